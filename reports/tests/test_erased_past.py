"""Somebody is erased from what was published, logged, imported and backed up, and that is told."""

import json
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from docx import Document as Word

from activities.models import Expense
from activities.tests.factories import make_attendance, make_event, make_visit
from activities.tests.surveying import send
from grants.tests.factories import make_grant
from organizations.models import Person
from organizations.personal.erasing import plan
from organizations.personal.forgetting import nameless
from organizations.personal.gathering import lines
from reports.models import Amendment, Edition
from reports.publishing import file_of, is_intact, publish
from reports.tests.factories import make_edition, make_report, make_section
from reports.tests.somebody import NAME, NOW, PHONE, WORDS, telling
from yixin.access.models import Revision
from yixin.access.sweeping import mapped, texts_in
from yixin.intake.models import Change, Intake
from yixin.safekeeping import erased
from yixin.tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_var")]


def test_an_edition_is_retracted_in_both_forms_with_its_files_and_says_so(somebody, erasing, reason):
    report = make_report(year=2014, title="2014年报")
    make_section(report=report, prose=f"感谢{NAME}，电话{PHONE}。")
    make_grant(organization=None, person=somebody, report_year=2014, project="阅读角")
    edition = publish(report=report, number=1, by=make_user("coordinator"), now=NOW)
    old, old_files = edition.sha256, set(edition.files.values())
    before = len(telling([str(edition.snapshot)]))

    erasing(somebody)

    edition = Edition.objects.get()
    assert (before, telling([str(edition.snapshot), str(edition.public_snapshot)])) == (1, [])
    assert edition.sha256 != old
    assert is_intact(edition)
    assert nameless(somebody.pk) in str(edition.snapshot)
    there = {path.name.partition(".")[0] for path in Path(django_settings.MEDIA_ROOT).rglob("*.*")}
    assert (set(edition.files.values()) - there, (old_files - set(edition.files.values())) & there) == (set(), set())
    assert [name for name in edition.files if not file_of(edition, name)] == []
    told = Amendment.objects.get(record=f"reports.edition:{edition.pk}")
    assert (old in told.title, edition.sha256 in told.title, told.reason, told.year) == (True, True, "本人要求", 2014)


def test_the_year_says_the_same_as_its_edition_afterwards(somebody, erasing):
    report = make_report(year=2014)
    make_section(report=report, prose=f"感谢{NAME}。")
    make_grant(organization=None, person=somebody, report_year=2014)
    publish(report=report, number=1, by=make_user("coordinator"), now=NOW)

    erasing(somebody)

    with pytest.raises(ValidationError, match="没有任何变化"):
        publish(report=report, number=2, by=make_user("coordinator"), correction="没有", now=NOW)


def test_an_edition_that_was_altered_before_stays_visibly_so(somebody, erasing):
    report = make_report(year=2014)
    make_section(report=report, prose=f"感谢{NAME}。")
    edition = publish(report=report, number=1, by=make_user("coordinator"), now=NOW)
    Edition.objects.update(sha256="0" * 64)

    erasing(somebody)

    edition.refresh_from_db()
    assert (edition.sha256, is_intact(edition)) == ("0" * 64, False)
    assert telling([str(edition.snapshot)]) == []
    told = Amendment.objects.get(record=f"reports.edition:{edition.pk}")
    assert ("0" * 64 in told.title, told.reason) == (True, "本人要求")


def word_of(edition: Edition) -> str:
    return "\n".join(paragraph.text for paragraph in Word(BytesIO(file_of(edition, "docx"))).paragraphs)


def test_the_files_of_an_altered_edition_are_made_anew_and_the_old_ones_go(somebody, erasing):
    report = make_report(year=2014)
    make_section(report=report, prose=f"感谢{NAME}。")
    edition = publish(report=report, number=1, by=make_user("coordinator"), now=NOW)
    Edition.objects.update(sha256="0" * 64)
    before, old = word_of(edition), set(edition.files.values())

    erasing(somebody)

    edition.refresh_from_db()
    after = word_of(edition)
    assert (len(telling([before])), telling([after]), nameless(somebody.pk) in after) == (1, [], True)
    there = {path.name.partition(".")[0] for path in (Path(django_settings.MEDIA_ROOT) / "editions").iterdir()}
    assert (set(edition.files.values()) - there, (old - set(edition.files.values())) & there) == (set(), set())


def test_an_edition_that_nobody_can_read_any_more_hinders_no_erasing(client, somebody, erasing):
    report = make_report(year=2014)
    make_section(report=report, prose=f"感谢{NAME}。")
    edition = publish(report=report, number=1, by=make_user("coordinator"), now=NOW)
    Edition.objects.update(snapshot={"document": NAME})

    erasing(somebody)

    edition.refresh_from_db()
    assert (edition.snapshot, edition.files) == ({"document": nameless(somebody.pk)}, {})
    assert [path.name for path in (Path(django_settings.MEDIA_ROOT) / "editions").iterdir()] == []
    assert client.get(reverse("reports:report-docx", args=[2014])).status_code == 404
    client.force_login(make_user("coordinator"))
    assert client.get(reverse("reports:edition-xlsx", args=[2014, 1])).status_code == 404


def test_the_history_says_what_was_done_and_by_whom_without_values(somebody, erasing, reason):
    make_attendance(person=somebody, event=make_event(title=f"{NAME}讲座"))

    erasing(somebody)

    kept = Revision.objects.order_by("model").values_list("model", "changes", "made_by", "made_at")
    columns = ["name", "phone", "email", "remark", "consented_on", "is_active"]
    assert list(kept) == [
        ("activities.event", {"title": None}, reason.by.pk, NOW),
        ("organizations.person", dict.fromkeys(columns), reason.by.pk, NOW),
    ]


def test_an_import_keeps_nothing_of_what_it_replaced(somebody, erasing):
    intake = Intake.objects.create(table="attendance", created_at=NOW, finished_at=NOW, status="done")
    replaced = {"name": "旧名", "name_pinyin": "jiuming"}
    other = [somebody.pk + 1, 3, {"name": "别人"}, "b" * 64]
    note = [somebody.pk, 2, replaced, "a" * 64]
    change = Change.objects.create(intake=intake, model="organizations.person", notes=[note, other])
    make_attendance(person=somebody)

    erasing(somebody)

    change.refresh_from_db()
    assert change.notes == [[somebody.pk, 2, {}, ""], other]


def test_what_was_logged_with_a_name_loses_it_and_stays(somebody, erasing, reason):
    entry = LogEntry.objects.create(
        user=reason.by,
        content_type=ContentType.objects.get_for_model(Person),
        object_id=str(somebody.pk),
        object_repr=f"{NAME}的讲座",
        action_flag=CHANGE,
        change_message=f"[{NAME}]",
    )

    erasing(somebody)

    entry.refresh_from_db()
    gone = nameless(somebody.pk)
    assert (entry.object_repr, entry.change_message) == (f"{gone}的讲座", f"[{gone}]")


def test_what_the_admin_logged_of_a_line_in_a_form_is_found_and_loses_the_name(client, somebody, erasing):
    client.force_login(make_user("staff"))
    send(client, make_visit(), **{"expenses-0-purpose": f"接{NAME}的车费", "expenses-0-amount": "20"})
    entry, column = LogEntry.objects.get(), LogEntry._meta.get_field("change_message")
    before = entry.get_change_message()

    found = [place.record for place in plan(somebody).places if place.column == column]
    told = [line.value for line in lines(somebody) if line.column == str(column.verbose_name)]
    erasing(somebody)

    entry.refresh_from_db()
    gone = nameless(somebody.pk)
    assert (NAME in before, found, [NAME in text for text in told]) == (True, [entry.pk], [True])
    assert (entry.get_change_message(), entry.change_message.isascii()) == (before.replace(NAME, gone), True)
    assert Expense.objects.get().purpose == f"接{gone}的车费"


ESCAPED = json.dumps(NAME)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f'[{{"object": {ESCAPED}, "at": 1.10}}]', '[{"object": "X", "at": 1.10}]'),
        (f'{{{ESCAPED}: [{PHONE}, null]}}', '{"X": ["X", null]}'),
        (f'["饭 \\"{NAME}\\""]', '["饭 \\"X\\""]'),
        (json.dumps([json.dumps([NAME])]), json.dumps([json.dumps(["X"])])),
        (f"[{NAME}]，素食", "[X]，素食"),
        (f"{{{NAME}", "{X"),
        ("[" * 9_999 + NAME, "[" * 9_999 + "X"),
        ('["\\u4e00", 1.10]', '["\\u4e00", 1.10]'),
    ],
)  # fmt: skip
def test_a_text_that_is_json_is_swept_as_json_and_stays_it(text, after):
    swept = mapped(text, lambda said: WORDS.covered(said, "X"))

    assert swept == after
    assert any(WORDS.spans(said) for said in texts_in(text)) == (text != after)


def test_a_reason_with_the_name_in_it_is_kept_without(somebody, erasing, reason):
    make_edition(report=make_report(year=2014))
    make_attendance(person=somebody, event=make_event(report_year=2014), remark="素食")

    erasing(somebody, reason=replace(reason, text=f"{NAME}要求"))

    assert list(Amendment.objects.values_list("reason", flat=True)) == [f"{nameless(somebody.pk)}要求"]


def test_a_backup_brings_them_back_and_says_so(somebody, erasing, tmp_path):
    make_attendance(person=somebody)
    path, said, again = tmp_path / "backup.zip", StringIO(), StringIO()
    call_command("backup", path, stdout=StringIO())
    erasing(somebody)

    call_command("restore", path, yes=True, stdout=said)
    call_command("erase_person", again=True, stdout=again)

    somebody.refresh_from_db()
    assert somebody.name == NAME
    assert "erase_person --again" in said.getvalue()
    assert again.getvalue().startswith(f"{somebody.pk} · ")
    assert NAME not in again.getvalue()


def test_who_was_erased_is_remembered_by_number_alone(somebody, erasing):
    make_attendance(person=somebody)

    erasing(somebody)

    assert list(erased.remembered("organizations.person")) == [(somebody.pk, "2026-03-05T04:00:00+00:00")]
    assert telling([erased.path().read_text()]) == []
