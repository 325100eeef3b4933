"""The pages by which staff bring tables in. Reading a page writes nothing; every step is sent by POST."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yixin.access.masking import SEE_PERSONAL
from yixin.access.showing import note
from yixin.forms import REASON, ReasonForm

from . import services
from .forms import ImportForm, OptionsForm
from .models import Intake, Status
from .permissions import may_import
from .previews import Preview, answers_in
from .registry import resource, resources
from .resource import Resource
from .services import Decisions
from .undo import undo as take_back
from .uploads import TOO_LARGE, BoundedUploadHandler

LATELY = 20


def shown(request: HttpRequest, page: str, title: str, **context) -> HttpResponse:
    context |= admin.site.each_context(request) | {"title": title}
    return TemplateResponse(request, f"admin/intake/{page}.html", context)


def chosen(request: HttpRequest, table: str) -> type[Resource]:
    """The table's Resource, for those who may bring it in."""
    try:
        found = resource(table)
    except KeyError as error:
        raise Http404 from error
    if not may_import(request.user, found.model):
        raise PermissionDenied
    return found


def own(request: HttpRequest, key) -> Intake:
    """The user's own import: nobody else's is there, not even for superusers."""
    intake = Intake.objects.filter(key=key, user=request.user).first()
    if intake is None:
        raise Http404
    intake.user = request.user  # with the permissions that were asked for already
    intake.resource = chosen(request, intake.table)
    return intake


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    tables = [found for found in resources().values() if may_import(request.user, found.model)]
    if not tables:
        raise PermissionDenied
    lately = Intake.objects.filter(user=request.user).defer("content")[:LATELY]
    known = resources()
    for intake in lately:
        intake.resource = known.get(intake.table)
        intake.is_overdue = services.is_overdue(intake)
    return shown(request, "index", _("Bring a table in"), tables=tables, lately=lately)


@csrf_exempt  # only until the upload is bounded: ``filled_in`` protects what reads the form
def start(request: HttpRequest, table: str) -> HttpResponse:
    found = chosen(request, table)
    request.upload_handlers = [BoundedUploadHandler(request)]
    try:
        return filled_in(request, found)
    except RequestDataTooBig:
        messages.error(request, TOO_LARGE)
        return redirect(request.get_full_path())


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def filled_in(request: HttpRequest, found: type[Resource]) -> HttpResponse:
    if request.method == "POST":
        form = ImportForm(found, request.POST, request.FILES)
        if form.is_valid() and (intake := kept(request, form)):
            return redirect("admin:import-preview", intake.key)
    else:
        form = ImportForm(found, initial=request.GET.dict())
    about = found.introduce(request.GET.dict())
    return shown(request, "start", found.label, form=form, resource=found, about=about, heads=heads_of(found()))


def kept(request: HttpRequest, form: ImportForm) -> Intake | None:
    """The import, waiting to be confirmed; None, with the reason in the form, if its rows may not be kept."""
    try:
        return services.preview(tables=form.tables, made=form.made, user=request.user, source=form.source())
    except ValidationError as error:
        form.add_error(None, error)
        return None


def heads_of(made: Resource) -> list[dict]:
    return [
        {"name": name, "synonyms": synonyms, "is_needed": name in made.required}
        for name, synonyms in made.heads.items()
    ]


@require_safe
def preview(request: HttpRequest, key) -> HttpResponse:
    intake = own(request, key)
    if intake.status != Status.PREVIEWED or services.is_overdue(intake):
        return redirect("admin:import-result", key)
    if sheets := services.sheets_of(intake):
        return shown(request, "sheet", intake.resource.label, intake=intake, sheets=sheets)
    return previewed(request, intake)


def previewed(request: HttpRequest, intake: Intake, answers: dict | None = None, errors=(), form=None) -> HttpResponse:
    made = intake.resource(services.options_of(intake))
    form = form or OptionsForm(intake.resource, initial=intake.options)
    plan, sees_personal = services.plan_of(intake, answers), request.user.has_perm(SEE_PERSONAL)
    seen = Preview(intake, made, plan, sees_personal=sees_personal)
    note(request.user, *seen.shown_in_full)
    context = {"preview": seen, "form": form, "errors": errors}
    context["asked"] = ReasonForm(request.POST if REASON in request.POST else None)
    about = made.introduce(intake.options)
    title = _("%(table)s: preview") % {"table": intake.resource.label}
    return shown(request, "preview", title, intake=intake, about=about, **context)


@require_POST
def choose_sheet(request: HttpRequest, key) -> HttpResponse:
    own(request, key)
    try:
        services.choose_sheet(key=key, user=request.user, sheet=request.POST.get("sheet", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("admin:import-preview", key)


@require_POST
def choose_options(request: HttpRequest, key) -> HttpResponse:
    intake = own(request, key)
    form = OptionsForm(intake.resource, request.POST)
    if intake.status != Status.PREVIEWED or services.is_overdue(intake) or services.sheets_of(intake):
        return redirect("admin:import-preview", key)
    if form.is_valid():
        try:
            services.choose_options(key=key, user=request.user, options=form.options())
            return redirect("admin:import-preview", key)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("admin:import-start", intake.table)
    return previewed(request, intake, form=form)


@require_POST
def confirm(request: HttpRequest, key) -> HttpResponse:
    intake = own(request, key)
    if services.sheets_of(intake):
        return redirect("admin:import-preview", key)
    answers, sent = answers_in(request.POST), request.POST
    try:
        decided = Decisions(answers, "good_rows" in sent, sent.get("seen", ""), ReasonForm(sent).reason)
        services.confirm(key=key, user=request.user, decided=decided)
    except ValidationError as error:
        return previewed(request, intake, answers, error.messages)
    return redirect("admin:import-result", key)


@require_POST
def cancel(request: HttpRequest, key) -> HttpResponse:
    own(request, key)
    intake = services.cancel(key=key, user=request.user)
    if intake.status != Status.CANCELLED:
        return redirect("admin:import-result", key)
    messages.success(request, _("Cancelled. Nothing was imported, and the rows are deleted."))
    return redirect("admin:import-index")


@require_safe
def result(request: HttpRequest, key) -> HttpResponse:
    intake = own(request, key)
    if intake.status == Status.PREVIEWED and not services.is_overdue(intake):
        return redirect("admin:import-preview", key)
    return finished(request, intake)


def finished(request: HttpRequest, intake: Intake, **context) -> HttpResponse:
    title = _("%(table)s: what became of it") % {"table": intake.resource.label}
    return shown(request, "result", title, intake=intake, records_address=records_address(intake), **context)


def records_address(intake: Intake) -> str:
    """The list of records that the import wrote to, narrowed by what was chosen for it."""
    name, option = intake.resource.list_page or ("", "")
    if intake.options.get(option):
        return reverse(f"admin:{name}", args=[intake.options[option]])
    model, lookups = intake.resource.list_model or intake.resource.model, intake.resource.list_lookups
    query = {lookup: intake.options[name] for name, lookup in lookups.items() if intake.options.get(name)}
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=query)


@require_POST
def undo(request: HttpRequest, key) -> HttpResponse:
    intake, asked = own(request, key), ReasonForm(request.POST)
    try:
        take_back(key=key, user=request.user, reason=asked.reason)
    except ValidationError as error:
        is_asking = any(found.code == "unexplained" for found in error.error_list)
        return finished(request, intake, errors=error.messages, asked=asked if is_asking else None)
    return redirect("admin:import-result", key)
