"""Pages and commands by which somebody is told everything that is kept about them, and is erased."""

import json
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from organizations.models import Contact, NetworkGroup, Person, Proposal
from organizations.personal.erasing import plan
from organizations.personal.forgetting import nameless
from organizations.tests.factories import make_contact, make_network_group, make_person, make_proposal
from organizations.tests.merging import merged_into, twins
from yixin.access.models import Sighting
from yixin.intake.models import Export
from yixin.safekeeping import erased
from yixin.tests.factories import make_superuser, make_user

pytestmark = pytest.mark.django_db
ROLES = ["administrator", "coordinator", "staff", "volunteer", "partner"]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    translation.activate("en")


@pytest.fixture
def person() -> Person:
    person = make_person(name="甄金丝雀", phone="13912340917", email="zhen@canary.example", remark="素食")
    make_contact(person=person, role="会计")
    make_network_group(steward=person)
    make_proposal(message="甄金丝雀搬家了")
    return person


def page(name: str, person: Person) -> str:
    return reverse(f"admin:organizations_person_{name}", args=[person.pk])


def as_a(client, role: str):
    client.force_login(make_user(role))
    return client


@pytest.mark.parametrize(
    ("role", "statuses"),
    list(zip(ROLES, [(200, 200), (200, 403), (403, 403), (403, 403), (302, 302)], strict=True)),
)
def test_who_may_take_everything_and_who_may_erase(client, person, role, statuses):
    visitor = as_a(client, role)

    taken = visitor.post(page("everything", person), {"format": "xlsx"}).status_code
    asked = visitor.get(page("erase", person)).status_code

    assert (taken, asked) == statuses
    assert Person.objects.get().name == "甄金丝雀"


@pytest.mark.parametrize(("role", "offered"), [("administrator", (1, 1)), ("coordinator", (1, 0)), ("staff", (0, 0))])
def test_the_form_offers_what_one_may(client, person, role, offered):
    content = as_a(client, role).get(page("change", person)).content.decode()

    assert (content.count(page("everything", person)), content.count(page("erase", person))) == offered


def test_the_file_holds_all_that_leads_to_the_person_and_leaves_two_lines_in_the_log(client, person):
    coordinator = as_a(client, "coordinator")

    response = coordinator.post(page("everything", person), {"format": "xlsx"})

    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(response.content)).active.iter_rows()]
    values = {row[3] for row in rows}
    assert {"甄金丝雀", "13912340917", "zhen@canary.example", "素食", "会计", "甄金丝雀搬家了"} <= values
    assert len({row[0] for row in rows}) == 5  # the head, three kinds of records, texts
    export = Export.objects.get()
    assert (export.table, export.is_personal, export.rows) == ("organizations.person", True, len(rows) - 1)
    assert ("no-store" in response["Cache-Control"], Sighting.objects.get().record) == (True, person.pk)


def test_what_a_merge_put_aside_is_in_the_file(client, person):
    kept, merged = twins()
    for year, one in enumerate((kept, merged), start=2013):
        make_contact(person=person, organization=one, role="出纳", started_on=date(year, 5, 6))
    merged_into(kept, merged)

    response = as_a(client, "coordinator").post(page("everything", person), {"format": "json"})

    (aside,) = json.loads(response.content)["合并时搁置：联系人"].values()
    assert list(aside.values()) == ["出纳", "2014-05-06"]


@pytest.mark.parametrize("form", ["", "csv", "xml"])
def test_another_format_is_refused_and_not_logged(client, person, form):
    response = as_a(client, "coordinator").post(page("everything", person), {"format": form})

    assert (response.status_code, Export.objects.count(), Sighting.objects.count()) == (400, 0, 0)


def test_nothing_is_taken_or_written_by_get(client, person):
    assert as_a(client, "administrator").get(page("everything", person)).status_code == 405


def test_the_page_shows_what_would_be_done_and_is_noted(client, person):
    response = as_a(client, "administrator").get(page("erase", person))

    places = [(place.key, shared) for place, shared in response.context["plan"].choices]
    assert places == [(f"organizations.proposal:{Proposal.objects.get().pk}:message", False)]
    assert Sighting.objects.get().record == person.pk


def test_erasing_is_asked_for_with_a_reason(client, person):
    office = as_a(client, "administrator")

    response = office.post(page("erase", person), {"erase": "", "reason": " "})

    assert list(response.context["form"].errors) == ["reason"]
    assert Person.objects.get().name == "甄金丝雀"


def test_words_are_looked_for_before_anything_is_done(client, person):
    proposal = make_proposal(message="小雀来电")
    office = as_a(client, "administrator")

    response = office.post(page("erase", person), {"look": "", "reason": "本人要求", "also": "小雀"})

    assert [place.record for place, _shared in response.context["plan"].choices][-1] == proposal.pk
    assert Person.objects.get().name == "甄金丝雀"


def test_who_is_erased_is_gone_from_what_led_to_them(client, person, django_capture_on_commit_callbacks):
    left = make_proposal(message="与甄金丝雀同名")
    office = as_a(client, "administrator")
    office.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    sent = {"erase": "", "reason": "本人要求", "leave": f"organizations.proposal:{left.pk}:message"}

    with django_capture_on_commit_callbacks(execute=True):
        response = office.post(page("erase", person), sent, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        f"Person {person.pk} is erased. Places in texts: 1. All totals are as before."
    ]
    assert (Person.objects.count(), Contact.objects.count()) == (0, 0)
    assert NetworkGroup.objects.get().steward is None
    messages = list(Proposal.objects.order_by("pk").values_list("message", flat=True))
    assert messages == [f"{nameless(person.pk)}搬家了", "与甄金丝雀同名"]
    assert [key for key, _at in erased.remembered("organizations.person")] == [person.pk]


def test_who_was_erased_by_somebody_else_meanwhile_is_not_there(client, person):
    office = as_a(client, "administrator")
    address = page("erase", person)
    office.post(address, {"erase": "", "reason": "本人要求"})

    assert office.post(address, {"erase": "", "reason": "本人要求"}).status_code == 404


@pytest.mark.parametrize("others", ["0791-88001234-802", "0791-88001234"])
def test_the_number_of_a_switchboard_is_that_of_others_too(others):
    somebody, other = make_person(phone="0791-88001234-801"), make_person(phone=others)
    board, own, _of_nobody = (
        make_proposal(message=f"打{said}") for said in ("0791-88001234", "+86 791 88001234转801", "0791-88001234转803")
    )

    found = plan(somebody)

    assert found.known.namesakes == (other,)
    assert [place.record for place in found.places] == [board.pk, own.pk]
    assert found.shared == {f"organizations.proposal:{board.pk}:message"}


# By command


def said(name: str, *words) -> list[str]:
    out = StringIO()
    call_command(name, *map(str, words), stdout=out)
    return out.getvalue().splitlines()


def test_the_command_writes_a_file_that_only_its_owner_reads(person, tmp_path):
    path, coordinator = tmp_path / "all.json", make_user("coordinator")

    said("export_person", person.pk, path, "--by", coordinator.username)

    told = json.loads(path.read_text())
    assert told["人员"][str(person.pk)]["电话"] == "13912340917"
    (texts,) = (records for kind, records in told.items() if "修改建议" in kind)
    assert texts == {str(Proposal.objects.get().pk): {"留言": "甄金丝雀搬家了"}}
    assert path.stat().st_mode & 0o777 == 0o600
    assert Export.objects.get().user == coordinator


@pytest.mark.parametrize(
    ("number", "file", "role", "sentence"),
    [
        (None, "all.csv", "coordinator", "The file must end in .xlsx or .json."),
        (0, "all.json", "coordinator", "There is no person 0."),
        (None, "all.json", "staff", "You may not take personal data out."),
        (None, "nowhere/all.json", "coordinator", "The file was not written: No such file or directory"),
    ],
)
def test_what_cannot_be_exported_is_told_in_a_sentence(person, tmp_path, *, number, file, role, sentence):
    user = make_user(role)
    number = person.pk if number is None else number

    with pytest.raises(CommandError, match=sentence):
        said("export_person", number, tmp_path / file, "--by", user.username)

    assert list(tmp_path.glob("all.*")) == []


def test_an_account_that_is_none_does_nothing(person, tmp_path):
    with pytest.raises(CommandError, match="no active account"):
        said("export_person", person.pk, tmp_path / "all.json", "--by", "nobody")
    with pytest.raises(CommandError, match="no active account"):
        said("erase_person", person.pk, "--by", "nobody", "--reason", "x", "--commit")


def test_the_command_says_what_it_would_do_then_does_it(person):
    proposal, user = Proposal.objects.get(), make_superuser()

    looked = said("erase_person", person.pk)
    there = Person.objects.count()
    done = said("erase_person", person.pk, "--by", user.username, "--reason", "本人要求", "--commit")

    assert looked[0] == f"  organizations.proposal:{proposal.pk}:message  甄金丝雀搬家了"
    assert looked[-1].startswith("Nothing was changed.")
    assert (there, Person.objects.count()) == (1, 0)
    assert done == [
        "Contacts: 1",
        "Network groups: 1",
        *done[2:-2],
        "Persons: 1",
        "Erased. Places in texts: 1; sessions ended: 0.",
    ]


@pytest.mark.parametrize("role", ["coordinator", "staff"])
def test_who_may_not_erase_may_not_by_command(person, role):
    with pytest.raises(CommandError, match="may not erase"):
        said("erase_person", person.pk, "--by", make_user(role).username, "--reason", "x", "--commit")

    assert Person.objects.get().name == "甄金丝雀"


def test_a_reason_is_asked_for_by_the_command(person):
    with pytest.raises(CommandError, match="--reason"):
        said("erase_person", person.pk, "--by", make_superuser().username, "--commit")


def test_who_came_back_with_a_backup_is_listed_without_the_name(person):
    from django.utils import timezone

    gone = make_person()
    for one in (person, gone):
        erased.remember("organizations.person", one.pk, timezone.now())
    gone.delete()

    (line,) = said("erase_person", "--again")

    assert (line.startswith(f"{person.pk} · "), line.endswith(" · 甄…")) == (True, True)
