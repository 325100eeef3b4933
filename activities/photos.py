"""Several photos of one event taken over at once: each a record of its own, with the same caption and consent."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from activities.models import Photo
from yixin.forms import ModelForm
from yixin.images import ACCEPTED, cleaned
from yixin.text import excerpt

MOST = 12  # photos at once: each of them is read and made smaller while the browser waits


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class SeveralPhotosField(forms.FileField):
    """Shape: a list of pictures as ``cleaned`` makes them, at least one."""

    widget = SeveralFiles(attrs={"accept": ACCEPTED})

    def clean(self, data, initial=None):
        if not data:
            return super().clean(None, initial)
        if len(data) > MOST:
            sentence = _("These are %(number)s photos. Choose at most %(most)s at once.")
            raise ValidationError(sentence, code="too_many", params={"number": len(data), "most": MOST})
        pictures, problems = [], []
        for upload in data:
            try:
                pictures.append(cleaned(super().clean(upload)))
            except ValidationError as error:
                name = f"{excerpt(upload.name)}：" if len(data) > 1 else ""
                problems += [f"{name}{message}" for message in error.messages]
        if problems:
            raise ValidationError(problems)
        return pictures


class NewPhotosForm(ModelForm):
    image = SeveralPhotosField(
        label=capfirst(Photo._meta.get_field("image").verbose_name),
        help_text=_("JPEG or PNG; several at once, at most 12. Where and by what they were taken is not kept."),
    )

    others: list[ContentFile] = []

    def clean_image(self):
        first, *self.others = self.cleaned_data["image"]
        return first

    def others_of(self, photo: Photo) -> list[Photo]:
        """The photos beside the first, not stored yet."""
        columns = {name: getattr(photo, name) for name in ("caption", "event", "consented_on")}
        return [Photo(image=picture, **columns) for picture in self.others]
