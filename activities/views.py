"""Publications for download."""

from django.core.exceptions import SuspiciousFileOperation
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView, View

from activities.models import Publication
from activities.publications import file_name, in_order, kind, published
from yixin.documents import CONTENT_TYPES
from yixin.headers import SANDBOX

A_PAGE = 50


class PublicationList(TemplateView):
    """Everything that may be read by everybody, a page at a time. Three queries."""

    template_name = "activities/publication_list.html"

    def get_context_data(self, **kwargs):
        page = Paginator(in_order(), A_PAGE).get_page(self.request.GET.get("page"))
        publications = published(list(page.object_list))
        return super().get_context_data(page=page, publications=publications, **kwargs)


class PublicationFile(View):
    """The file of a publication, as a download: never run or shown inside our own pages."""

    def get(self, request: HttpRequest, slug: str) -> FileResponse:
        publication = get_object_or_404(Publication.objects.public(), slug=slug)
        if kind(publication) not in CONTENT_TYPES:
            raise Http404
        try:
            file = publication.file.open()
        except (OSError, SuspiciousFileOperation) as error:
            raise Http404 from error
        name, content_type = file_name(publication), CONTENT_TYPES[kind(publication)]
        return FileResponse(file, as_attachment=True, filename=name, content_type=content_type, headers=SANDBOX)
