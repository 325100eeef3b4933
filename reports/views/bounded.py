"""Pages to which much can be sent: what is too much ends in a sentence, not in an error page."""

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect


@method_decorator(csrf_exempt, name="dispatch")  # only until what is sent is known to be bounded: see ``_protected``
class Bounded:
    """Mixed into views, first. ``too_large`` is the sentence for what was not even read."""

    too_large = _(
        "What was sent is larger than 6 MB and was not read. Nothing was saved. Go back in the browser: your text is "
        "still there. Make several sections of it."
    )

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return self._protected(request, *args, **kwargs)
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            return self.not_read(request)

    @method_decorator(csrf_protect)
    def _protected(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return super().dispatch(request, *args, **kwargs)

    def not_read(self, request: HttpRequest) -> HttpResponse:
        messages.error(request, self.too_large)
        return redirect(request.get_full_path())
