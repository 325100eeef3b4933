"""The photos of a section: chosen among those on record, uploaded, put in order, with what is said under them."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from PIL import Image

from activities.models import Photo
from reports.albums import (
    MOST_AT_ONCE,
    Caption,
    Refused,
    add_photos,
    choosable,
    choose_photos,
    move_photo,
    sorted_out,
    take_out,
    write_captions,
)
from reports.forms import UploadForm
from reports.models import Section
from reports.views.access import sees_live
from reports.views.bounded import Bounded
from reports.views.editing import OfWriting
from reports.views.uploads import PhotoUploadHandler
from yixin.admin import IDENTITY
from yixin.headers import SANDBOX
from yixin.text import clean_text

PAGE = 48  # photos to choose from at once
EDGE = 320  # pixels of a thumbnail
LONGEST_CAPTION = 200
TOO_LARGE = gettext_lazy("The picture is larger than 20 MB. Send a smaller one.")


class SectionPhotos(Bounded, OfWriting):
    """Everything about the photos of one section; its text is not on this page, so nothing here can lose it."""

    too_large = gettext_lazy("Too many files at once: none was taken. Send at most 20, then the next ones.")

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.handler = PhotoUploadHandler(request)
        request.upload_handlers.insert(0, self.handler)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.page(self.known(pk), self.form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        section = self.section(pk)
        act = next((act for act in (self.upload, self.choose) if act.__name__ in request.POST), self.arrange)
        try:
            if section is not None:
                return act(section)
        except Section.DoesNotExist:
            pass
        messages.error(request, _("The section was deleted meanwhile. No photo was taken."))
        return redirect(self.address("report-edit"))

    def form(self, *data) -> UploadForm:
        events = self.figures.scope.all_events().order_by("-when_earliest", "-pk")
        return UploadForm(*data, events=events)

    def upload(self, section: Section) -> HttpResponse:
        """Takes the good ones and names the others; none where there are too many."""
        form = self.form(self.request.POST, self.request.FILES)
        refused = [Refused(name, str(TOO_LARGE)) for name in self.handler.too_large]
        if not form.is_valid():
            return self.refused(section, form, refused)
        pictures, unreadable = sorted_out(form.cleaned_data["files"])
        refused += unreadable
        said = {name: form.cleaned_data[name] for name in ("caption", "event", "consented_on")}
        try:
            add_photos(section=section, pictures=pictures, **said)
        except ValidationError as error:
            refused = [Refused("", " ".join(error.messages))]
        else:
            if pictures:
                return self.taken(section, len(pictures), refused)
        return self.refused(section, form, refused)

    def taken(self, section: Section, count: int, refused: list[Refused]) -> HttpResponse:
        for item in refused:
            messages.error(self.request, str(item))
        sentence = ngettext("%(count)s photo was taken.", "%(count)s photos were taken.", count)
        messages.success(self.request, sentence % {"count": count})
        return self.again(section)

    def refused(self, section: Section, form: UploadForm, refused: list[Refused]) -> HttpResponse:
        """The form as it was filled in, with what is wrong at the files."""
        if refused:
            form.errors.pop("files", None)
        for item in refused:
            form.add_error("files", str(item))
        return self.page(section, form, status=422)

    def choose(self, section: Section) -> HttpResponse:
        wanted = [key for key in self.request.POST.getlist("photos") if IDENTITY.fullmatch(key)]
        try:
            count = choose_photos(section=section, photos=choosable(self.figures.scope).filter(pk__in=wanted))
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        else:
            sentence = ngettext("%(count)s photo is added.", "%(count)s photos are added.", count)
            messages.success(self.request, sentence % {"count": count})
        return self.again(section)

    def arrange(self, section: Section) -> HttpResponse:
        """Store the captions; then move or take out the photo whose button was pressed."""
        sent, keys = self.request.POST, [photo.pk for photo in section.pictures]
        stale = write_captions(section=section, captions=captions_in(sent, keys))
        for key in keys:
            if str(key) == sent.get("out"):
                take_out(section=section, photo=key)
            for name, step in (("forward", -1), ("back", 1)):
                if str(key) == sent.get(name):
                    move_photo(section=section, photo=key, step=step)
        for caption in stale:
            sentence = _("Somebody else changed a caption meanwhile; it stays as it is. You wrote: “%(text)s”.")
            messages.error(self.request, sentence % {"text": caption.text})
        if not stale:
            messages.success(self.request, _("Saved."))
        return self.again(section)

    def again(self, section: Section) -> HttpResponse:
        page = self.request.GET.get("page", "")
        query = f"?page={page}" if IDENTITY.fullmatch(page) else ""
        return redirect(self.address("section-photos", pk=section.pk) + query)

    def page(self, section: Section, form: UploadForm, status: int = 200) -> HttpResponse:
        own = [photo.pk for photo in section.pictures]
        paginator = Paginator(choosable(self.figures.scope).exclude(pk__in=own), PAGE)
        page = paginator.get_page(self.request.GET.get("page"))
        context = {"section": section, "form": form, "report": self.draft.report, "most_at_once": MOST_AT_ONCE}
        context |= {"page_obj": page, "paginator": paginator}
        return render(self.request, "reports/section_photos.html", self.context(**context), status=status)


def captions_in(sent: QueryDict, photos: list[int]) -> list[Caption]:
    """What was written under each of the photos."""
    return [
        Caption(
            photo=key,
            text=clean_text(sent[f"caption-{key}"])[:LONGEST_CAPTION],
            seen=clean_text(sent.get(f"seen-{key}", "")),
        )
        for key in photos
        if f"caption-{key}" in sent
    ]


class PhotoThumbnail(UserPassesTestMixin, View):
    """A small picture of a photo; the stored one is a hundred times as large."""

    def test_func(self) -> bool:
        return sees_live(self.request.user)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        photo = get_object_or_404(Photo, pk=pk)
        try:
            with default_storage.open(photo.image.name) as file, Image.open(file) as image:
                image.draft("RGB", (EDGE, EDGE))
                image.thumbnail((EDGE, EDGE))
                small = BytesIO()
                image.convert("RGB").save(small, "JPEG", quality=75)
        except (OSError, ValueError) as error:
            raise Http404 from error
        return HttpResponse(small.getvalue(), content_type="image/jpeg", headers=SANDBOX)
