"""No room on the disk, for each file that is written and for rows: a sentence, nothing half written, and once there is
room the same is done once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activities.models import Event, Expense, Photo, Publication
from activities.tests.factories import make_event, make_photo
from activities.tests.odd_files import HEADS, sheet, workbook
from organizations.tests.factories import make_organization
from reports.models import Edition
from reports.tests.factories import make_report, make_section
from reports.tests.faults.stage import Stage
from reports.tests.faults.test_killed import picture, stored
from yixin.fulldisk import SENTENCE
from yixin.intake.models import Export
from yixin.intake.tests.bringing import bring, seen
from yixin.safekeeping.rows import fingerprint
from yixin.storage import unnamed
from yixin.tests.factories import make_superuser

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = (507, "<h1>服务器的磁盘满了</h1>")
ROOM = [0, 500]  # bytes of a file: none, and its beginning
ROWS = 2_000
UPLOADS = [
    (Photo, "image", {}),
    (Expense, "receipt", {"purpose": "车票", "amount": "7"}),
    (Publication, "file", {"title": "手册"}),
]


@pytest.fixture
def office(client) -> Client:
    client.force_login(make_superuser())
    client.key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return client


def media() -> list[Path]:
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def page(said: list) -> tuple[int, str]:
    """The status and the heading."""
    status, text = said
    return status, next((line.strip() for line in text.splitlines() if "<h1>" in line), "")


def send_without_room(stage: Stage, room: int, **sent) -> int:
    """Sends a form, the disk being full from its first file on, from its second file on, and so forth, until there is
    room for all of them. How often there was none: each time the page says so, no row is written, and no part of a file
    stays."""
    before, there = fingerprint(), set(media())
    for file in count(1):
        said = page(stage.said("page", no_room=(file, room), **sent))
        if said != PAGE:
            assert said[0] == 302
            return file - 1
        assert fingerprint() == before
        assert all(map(is_whole, set(media()) - there))
        forget()
    return 0


def is_whole(path: Path) -> bool:
    """Whether it lies among the editions, under its own checksum."""
    return path.parent.name == "editions" and path.stem == sha256(path.read_bytes()).hexdigest()


def forget() -> None:
    """What was written before the disk was full, and is named by no record."""
    for name in unnamed(timezone.now() + timedelta(days=2)):
        default_storage.delete(name)


@pytest.mark.parametrize("room", ROOM)
def test_edition_is_published_whole_or_not_at_all(stage, office, room):
    event = make_event(headcount=9, report_year=2014)
    report = make_report(year=2014)
    make_section(report=report).photos.add(make_photo(event=event, consented_on="2020-01-01", image=picture(1)))

    times = send_without_room(stage, room, session=office.key, address="/reports/2014/publish/", sent={"number": 1})

    assert times == 5  # the photo's copy, two files for everybody, two for staff
    forget()
    assert all(stored(Edition.objects.get()))
    editions = [path for path in media() if path.parent.name == "editions"]
    assert len(editions) == times
    assert all(map(is_whole, editions))


@pytest.mark.parametrize("room", ROOM)
@pytest.mark.parametrize("upload", UPLOADS)
def test_upload_is_stored_whole_or_not_at_all(stage, office, tmp_path, upload, room):
    model, name, sent = upload
    file = tmp_path / ("手册.pdf" if model is Publication else "知行.jpg")
    file.write_bytes(b"%PDF-1.7" + b" " * 3_000_000 + b"%%EOF" if model is Publication else picture(1).read())
    address = reverse(f"admin:activities_{model._meta.model_name}_add")

    times = send_without_room(stage, room, session=office.key, address=address, sent=sent, files={name: str(file)})

    assert times == (2 if model is Publication else 1)  # what is large waits in a file before it is looked at
    assert [Path(getattr(one, name).path) for one in model.objects.all()] == media()
    assert list(stage.temporary.iterdir()) == []


@pytest.mark.parametrize("room", ROOM)
def test_list_is_taken_out_whole_or_not_at_all(stage, office, room):
    for _each in range(20):
        make_organization(introduction="知行合一。" * 200)
    told = {"session": office.key, "address": reverse("admin:organizations_organization_export")}

    said = page(stage.said("page", no_room=(1, room), sent={"format": "xlsx"}, **told))

    assert (said, Export.objects.count(), list(stage.temporary.iterdir())) == (PAGE, 0, [])
    assert stage.said("page", sent={"format": "xlsx"}, **told)[0] == 200
    assert list(Export.objects.values_list("rows", flat=True)) == [20]


@contextmanager
def no_room_for(table: str) -> Iterator[None]:
    """What PostgreSQL says where its disk is full, at each row of the table; SQLite says it in the process itself."""
    if connection.vendor == "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE 'No space left on device' USING ERRCODE = 'disk_full'; END $$"
        )
        cursor.execute(f"CREATE TRIGGER no_room BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION no_room()")
        try:
            yield
        finally:
            cursor.execute(f"DROP TRIGGER no_room ON {table}")
            cursor.execute("DROP FUNCTION no_room()")


def test_table_is_imported_by_the_command_whole_or_not_at_all(stage, tmp_path):
    file, before = tmp_path / "events.xlsx", fingerprint()
    days = [f"2014-{row % 12 + 1:02}-{row % 28 + 1:02}" for row in range(ROWS)]
    file.write_bytes(workbook(sheet(HEADS, *([day, f"培训{row}", 1] for row, day in enumerate(days)))))
    told = {"table": "events", "file": str(file), "year": 2014, "area": "training"}

    with no_room_for("activities_event"):
        said = stage.said("import_sheet", is_full=True, **told)

    assert (said, fingerprint()) == (["rejected", 0, 0, [str(SENTENCE)]], before)
    assert stage.said("import_sheet", **told) == ["accepted", ROWS, 0, []]


def test_table_is_imported_by_the_page_whole_or_not_at_all(stage, office):
    lines = [f"2014年{row % 12 + 1}月{row % 28 + 1}日\t培训{row}\t9" for row in range(ROWS)]
    key = bring(office, "\n".join(["时间\t内容\t人数", *lines]))
    sent, before = {"seen": seen(office, key)}, fingerprint()
    told = {"session": office.key, "address": reverse("admin:import-confirm", args=[key]), "sent": sent}

    with no_room_for("activities_event"):
        said = page(stage.said("page", is_full=True, **told))

    assert (said, fingerprint()) == (PAGE, before)
    assert [stage.said("page", **told)[0], Event.objects.count()] == [302, ROWS]
