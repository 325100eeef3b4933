"""Killed at ten moments of what writes most: all is as it was, or all of it is done; tried again, it is done once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from activities.models import Event
from activities.tests.factories import make_event, make_photo
from activities.tests.odd_files import HEADS, sheet, workbook
from organizations.merging.undoing import undo
from organizations.models import Merger
from organizations.tests.factories import NOW, make_organization
from organizations.tests.merging import dump, point_at
from reports.models import Edition
from reports.publishing import intact, is_intact, path_of
from reports.tests.factories import make_report, make_section
from reports.tests.faults.stage import KILLED, Stage, moments
from yixin.intake import services
from yixin.intake.locate import find_table
from yixin.intake.models import Change, Intake
from yixin.intake.reading import read_file
from yixin.intake.registry import resource
from yixin.intake.resource import Options
from yixin.safekeeping.rows import fingerprint
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 60


@dataclass(frozen=True)
class Doing:
    """One act on records of its own. ``is_done``: whether all of it is there; ``done`` and ``again``: what it says when
    it does it, and when there is nothing left to do."""

    act: str
    arguments: dict
    is_done: Callable[[], bool]
    done: object
    again: object


def noted() -> int:
    """Records for which it is kept how they came in."""
    return sum(len(notes) for notes in Change.objects.values_list("notes", flat=True))


def table_of_its_own(folder: Path, number: int) -> tuple[Path, Callable[[], bool]]:
    """A file of events, and whether all of them are there, with what undoing takes."""
    before, title, file = noted(), f"第{number}批", folder / f"{number}.xlsx"
    days = [f"2014-{row % 12 + 1:02}-{row % 28 + 1:02}" for row in range(ROWS)]
    file.write_bytes(workbook(sheet(HEADS, *([day, f"{title}{row}", 1] for row, day in enumerate(days)))))
    return file, lambda: (Event.objects.filter(title__startswith=title).count(), noted() - before) == (ROWS, ROWS)


def of_a_file(folder: Path, number: int) -> Doing:
    file, is_done = table_of_its_own(folder, number)
    told = {"table": "events", "file": str(file), "year": 2014, "area": "training"}
    return Doing("import_sheet", told, is_done, ["accepted", ROWS, 0, []], ["accepted", 0, ROWS, []])


def of_a_preview(folder: Path, number: int) -> Doing:
    file, is_done = table_of_its_own(folder, number)
    made, user = resource("events")(Options(year=2014, area="training")), make_user("staff")
    table = find_table(read_file(file.read_bytes()), made.heads, made.required, keeps_head=made.keeps_head)
    intake = services.preview(tables=[table], made=made, user=user, source=file.name)
    outcome = {"new": ROWS, "changed": 0, "same": 0, "skipped": 0, "refused": 0, "notes": []}
    return Doing("confirm", {"key": str(intake.key), "user": user.pk}, is_done, outcome, outcome)


def of_an_edition(folder: Path, number: int) -> Doing:
    year = 2000 + number
    event = make_event(headcount=9, report_year=year, when=f"{year}年1月9日")
    report = make_report(year=year)
    photo = make_photo(event=event, consented_on="2020-01-01", image=picture(number))
    make_section(report=report, area=event.area, prose="{培训.场次}").photos.add(photo)

    def is_done() -> bool:
        editions = list(Edition.objects.filter(report=report))
        return [is_intact(edition) and all(stored(edition)) for edition in editions] == [True]

    again = ["ValidationError", "刚才已经发布了第 1 版。请先看看那一版，再决定要不要发布新的。"]
    return Doing("publish", {"report": report.pk, "by": make_user("coordinator").pk}, is_done, 1, again)


def picture(number: int) -> ContentFile:
    stored = BytesIO()
    Image.new("RGB", (40 + number, 30), "#a9b0ad").save(stored, "JPEG")
    return ContentFile(stored.getvalue(), name="知行.jpg")


def stored(edition: Edition) -> Iterator[bool]:
    """Of each of its files, whether it lies there whole."""
    for name, digest in edition.files.items():
        found = intact(path_of(digest, name.rpartition(".")[2]), digest)
        yield bool(found)
        if found:
            found.close()


def of_two_organizations(folder: Path, number: int) -> Doing:
    kept, merged = make_organization(name=f"留存社{number}"), make_organization(name=f"并入社{number}")
    point_at(merged)
    before, by = dump(), make_user("coordinator")

    def is_done() -> bool:
        """Taken apart again, everything is as it was; it is left merged."""
        [merger] = Merger.objects.filter(merged_key=merged.pk)
        with transaction.atomic():
            undo(merger=merger, by=by, now=NOW)
            is_as_before = dump() == before
            transaction.set_rollback(True)
        return is_as_before

    told = {"kept": kept.pk, "merged": merged.pk, "by": by.pk}
    sentence = f"{by}已经把“{merged.name}”并入“{kept.name}”。什么都没有改。"
    return Doing("merge", told, is_done, kept.name, ["ValidationError", sentence])


def undisturbed(stage: Stage, doing: Doing) -> int:
    """The steps that it takes."""
    told = stage.do(doing.act, **doing.arguments)
    assert (told["said"], doing.is_done()) == (doing.done, True)
    return told["steps"]


@pytest.mark.parametrize("prepare", [of_a_file, of_a_preview, of_an_edition, of_two_organizations])
def test_killed_at_ten_moments_it_is_done_or_not_and_then_done_once(stage, tmp_path, prepare):
    ContentType.objects.get_for_model(Intake)
    steps = [undisturbed(stage, prepare(tmp_path, number)) for number in range(2)]
    outcomes = []

    for number, moment in enumerate(moments(steps[-1]), start=2):
        doing = prepare(tmp_path, number)
        before = fingerprint()
        assert stage.do(doing.act, die_at=moment, **doing.arguments) == KILLED
        is_done = fingerprint() != before
        outcomes.append(is_done)

        assert not is_done or doing.is_done()
        assert stage.said(doing.act, **doing.arguments) == (doing.again if is_done else doing.done)
        assert stage.said(doing.act, **doing.arguments) == doing.again
        assert doing.is_done()

    assert (outcomes[0], outcomes[-1], outcomes) == (False, True, sorted(outcomes))
