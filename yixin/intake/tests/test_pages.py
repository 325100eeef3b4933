"""The pages of an import: who may open them, what they refuse, that looking writes nothing, what they cost."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from yixin.intake.models import Intake
from yixin.intake.registry import resources
from yixin.intake.tests.bringing import (
    bring,
    confirm,
    event_model,
    events,
    intake,
    padded,
    page,
    seen,
    send,
    stored,
    text_file,
    told,
)
from yixin.intake.uploads import MAX_BYTES, TOO_LARGE
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import address

pytestmark = pytest.mark.django_db

KEYED = ["preview", "result"]
POSTED = ["confirm", "cancel", "options", "sheet", "undo"]


def enter(user) -> Client:
    office = Client(HTTP_ACCEPT_LANGUAGE="en")
    office.user = user
    office.force_login(user)
    return office


def with_permissions(*names: str) -> Client:
    """Somebody in no group who may do just that."""
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return enter(user)


# Who


@pytest.mark.parametrize("role", ["staff", "coordinator", "administrator"])
def test_roles_of_the_hub_are_offered_every_table(role):
    office = enter(make_user(role))

    offered = [table.name for table in office.get(page("index")).context["tables"]]
    opened = [office.get(page("start", name)).status_code for name in resources()]

    assert offered == list(resources())
    assert opened == [200] * len(offered)


def test_partner_is_sent_to_the_log_in():
    office = enter(make_user("partner"))

    assert office.get(page("start", "events")).url == f"/admin/login/?next={page('start', 'events')}"


@pytest.mark.parametrize(
    "names",
    [
        ["view_event", "import_tables"],
        ["add_event", "change_event", "view_event"],
        ["import_tables", "add_organization"],
    ],
    ids=["only views", "may not import", "another table"],
)
def test_table_is_closed_to_who_may_not_write_or_not_import(names):
    office = with_permissions(*names)

    codes = [office.get(page("start", "events")).status_code, send(office, events(1)).status_code]
    listed = office.get(address(event_model(), "changelist"))

    assert (codes, Intake.objects.count()) == ([403, 403], 0)
    assert page("start", "events") not in listed.content.decode()


def test_nobody_without_a_table_has_an_index():
    assert with_permissions("import_tables").get(page("index")).status_code == 403


def test_list_of_events_offers_the_table(office):
    listed = office.get(address(event_model(), "changelist")).content.decode()

    assert re.findall(r'<a href="(/admin/import/[^"]*)">\s*Bring a table in', listed) == ["/admin/import/events/"]


def test_no_such_table_is_not_found(office):
    assert office.get(page("start", "nothing")).status_code == 404


@pytest.mark.parametrize("other", ["staff", "superuser"])
def test_import_of_somebody_else_is_not_there(office, other):
    key = bring(office, events(1))
    stranger = enter(make_superuser() if other == "superuser" else make_user(other))
    sent = {"seen": seen(office, key)}

    codes = [stranger.get(page(name, key)).status_code for name in KEYED]
    codes += [stranger.post(page(name, key), sent).status_code for name in POSTED]

    assert codes == [404] * 7
    assert (intake(key).status, stored()) == ("previewed", [])


def test_own_import_is_closed_to_who_lost_the_permission(office):
    key = bring(office, events(1))
    sent = {"seen": seen(office, key)}
    office.user.groups.clear()
    office.force_login(office.user)  # whose sessions ended with it

    codes = [office.get(page(name, key)).status_code for name in KEYED]
    codes += [office.post(page(name, key), sent).status_code for name in POSTED]

    assert codes == [403] * 7
    assert stored() == []


def test_who_may_only_add_changes_nothing():
    staff = enter(make_user("staff"))
    confirm(staff, bring(staff, events(1)))
    office = with_permissions("import_tables", "add_event", "view_event")
    key = bring(office, events(2, people=50))

    preview = office.get(page("preview", key)).context["preview"]
    confirm(office, key, good_rows="1")

    assert [(finding.row, finding.message) for finding in preview.errors.shown] == [
        (2, "This is on record already with other values, and you may not change it. Ask your administrator.")
    ]
    assert stored() == [("2014年1月1日", "年会0", 20), ("2014年2月1日", "沙龙1", 51)]


def test_who_may_only_change_adds_nothing():
    office = with_permissions("import_tables", "change_event", "view_event")
    key = bring(office, events(1))

    response = confirm(office, key, good_rows="1")

    assert response.url == page("result", key)
    assert (intake(key).outcome["refused"], stored()) == (1, [])


# What is refused


def test_form_without_a_token_is_refused(office):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(office.user)

    assert send(strict, events(1)).status_code == 403
    assert Intake.objects.count() == 0


@pytest.mark.parametrize("name", POSTED)
def test_steps_are_taken_by_post_only(office, name):
    assert office.get(page(name, bring(office, events(1)))).status_code == 405


def test_neither_paste_nor_file_is_told(office):
    response = send(office, " \n")

    assert response.context["form"].non_field_errors() == ["Paste the table, or choose a file."]


def test_both_paste_and_file_are_told(office):
    response = send(office, events(1), file=text_file(events(1).encode()))

    errors = response.context["form"].non_field_errors()
    assert errors == ["Paste the table or choose a file, not both. Empty one of them."]
    assert response.context["form"]["text"].value() == events(1)


def test_file_that_is_too_large_is_told_and_never_on_the_disk(office, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    content = events(1).encode().ljust(MAX_BYTES + 1)

    response = send(office, file=text_file(content))

    assert response.context["form"].errors == {"file": [TOO_LARGE]}
    assert (list(tmp_path.iterdir()), Intake.objects.count()) == ([], 0)


def test_file_just_as_large_as_may_be_comes_in_without_touching_the_disk(office, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "missing"

    key = bring(office, "", file=text_file(padded(events(1), MAX_BYTES).encode()))

    assert (intake(key).source, len(intake(key).content["lines"])) == ("活动.csv", 1)


@pytest.mark.parametrize("size", [MAX_BYTES + 1, MAX_BYTES * 2])
def test_paste_that_is_too_large_is_told(office, size):
    response = office.post(page("start", "events"), {"text": events(1).ljust(size)}, follow=True)

    errors = response.context["form"].errors.get("text", []) + told(response)
    assert errors == [str(TOO_LARGE)]
    assert Intake.objects.count() == 0


def test_paste_just_as_large_as_may_be_comes_in(office):
    key = bring(office, padded(events(1), MAX_BYTES))

    assert len(intake(key).content["lines"]) == 1


def test_text_that_is_no_such_table_is_told_and_kept_in_the_form(office):
    response = send(office, "谁\t多少\n甲\t1")

    assert [len(response.context["form"].non_field_errors()), Intake.objects.count()] == [1, 0]
    assert response.context["form"]["text"].value() == "谁\t多少\n甲\t1"


@pytest.mark.parametrize("sent", [{"year": "1"}, {"area": "nothing"}, {"year": "二〇一四"}])
def test_option_that_is_none_is_told_at_its_field(office, sent):
    assert list(send(office, events(1), **sent).context["form"].errors) == list(sent)


@pytest.mark.parametrize("query", ["event=x", "event=9999999999999999999999", "event=0", "event=1&event=%00", "x=1"])
def test_junk_in_the_address_presets_nothing(office, query):
    response = office.get(f"{page('start', 'attendance')}?{query}")

    assert (response.status_code, response.context["about"]) == (200, [])


def test_address_presets_the_options(office):
    form = office.get(f"{page('start', 'events')}?area=training&year=2013").context["form"]

    assert [form[name].value() for name in ("area", "year")] == ["training", "2013"]
