"""The files of an edition: made before anybody waits, stored whole, sent in blocks; and photos that are nowhere."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from activities.models import Event, Photo
from activities.tests.factories import make_event, make_photo
from reports.composing import size
from reports.models import AnnualReport, Edition
from reports.publishing import RENDERERS, document_of, file_of, open_picture, path_of, publish
from reports.tests.factories import make_report, make_section
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import as_it_stands

pytestmark = pytest.mark.django_db
FILES = ("xlsx", "docx", "public.xlsx", "public.docx")


def published() -> Edition:
    make_event(title="湘东培训", headcount=32)
    return publish(report=make_report(year=2014), number=1, by=make_user("coordinator"))


def stored_files() -> list[Path]:
    return sorted(Path(default_storage.path("editions")).iterdir())


def test_each_file_is_stored_whole_under_its_checksum():
    edition = published()

    assert {path.stem for path in stored_files()} == set(edition.files.values())
    assert [sha256(path.read_bytes()).hexdigest() for path in stored_files()] == [path.stem for path in stored_files()]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("is_public", [False, True])
def test_download_is_sent_from_the_store_in_blocks(as_role, kind, is_public):
    edition = published()
    name = f"public.{kind}" if is_public else kind

    response = as_role("staff").get(f"/reports/2014/editions/1/export.{kind}{'?public' if is_public else ''}")

    assert response.streaming
    assert response.headers["Content-Disposition"] == f'attachment; filename="yixin-2014-edition-1.{kind}"'
    content = response.getvalue()
    assert (content, response.headers["Content-Length"]) == (file_of(edition, name), str(len(content)))
    assert sha256(content).hexdigest() == edition.files[name]


@pytest.mark.parametrize("altered", [None, b"", b"something else"])
@pytest.mark.parametrize("name", FILES)
def test_file_that_is_lost_or_was_altered_is_made_anew(as_role, name, altered):
    edition = published()
    prefix, _dot, kind = name.rpartition(".")
    path = Path(default_storage.path(path_of(edition.files[name], kind)))
    path.unlink() if altered is None else path.write_bytes(altered)

    response = as_role("staff").get(f"/reports/2014/editions/1/export.{kind}{'?public' if prefix else ''}")

    assert sha256(response.getvalue()).hexdigest() == edition.files[name]


def test_record_that_changes_while_the_files_are_made_is_in_the_edition_and_in_its_files():
    event, is_changed = make_event(title="湘东培训", headcount=32), []

    def change_once(execute, sql, params, many, context):
        if sql.startswith("SAVEPOINT") and not is_changed:  # here the files are ready, and the report gets locked
            is_changed.append(Event.objects.filter(pk=event.pk).update(headcount=33))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(change_once):
        edition = publish(report=make_report(year=2014), number=1, by=make_user("coordinator"))

    assert (is_changed, edition.snapshot["content"]["figures"]["全年.人次"]) == ([1], "33")
    book = load_workbook(BytesIO(file_of(edition, "xlsx")), data_only=True)
    assert [cell.value for row in book["志愿者培训"].iter_rows() for cell in row if cell.value in (32, 33)] == [33, 33]
    for name in FILES:
        prefix, _dot, kind = name.rpartition(".")
        assert file_of(edition, name) == RENDERERS[kind](document_of(edition, is_public=bool(prefix)))


@pytest.mark.parametrize("name", ["../settings.py", "/etc/passwd", "editions/../../x.jpg", "photos/gone.jpg"])
def test_photo_whose_name_leads_nowhere_is_gone(name):
    size.cache_clear()

    assert (open_picture(name), size(name)) == (None, (0, 0))


def test_report_with_a_photo_that_leads_out_of_the_store_is_published_with_a_sentence():
    picture = make_photo(caption="合影")
    Photo.objects.filter(pk=picture.pk).update(image="../../etc/passwd")
    section = make_section(report=make_report(year=2014))
    section.photos.add(picture)

    edition = publish(report=section.report, number=1, by=make_user("coordinator"))

    assert [(p.file, p.width) for p in document_of(edition, is_public=False).parts[0].pictures] == [
        ("../../etc/passwd", 0)
    ]


# Title and cut-off


def change(report: AnnualReport) -> str:
    return reverse("admin:reports_annualreport_change", args=[report.pk])


def test_title_and_cut_off_are_written_in_the_editor_alone(client):
    client.force_login(make_superuser())
    report = make_report(year=2014, title="知行年报", cut_off="2014-12-31")

    page = client.get(change(report))
    sent = as_it_stands(page) | {"title": "另一个", "cut_off": "2013-01-01", "year": "2020"}
    response = client.post(change(report), sent)

    report.refresh_from_db()
    assert set(page.context["adminform"].form.fields) == set()
    assert (response.status_code, report.title, str(report.cut_off), report.year) == (
        302,
        "知行年报",
        "2014-12-31",
        2014,
    )


def test_year_of_a_report_without_cut_off_and_edition_can_be_corrected(client):
    client.force_login(make_superuser())
    report = make_report(year=2014)

    client.post(change(report), as_it_stands(client.get(change(report))) | {"year": "2015"})

    report.refresh_from_db()
    assert report.year == 2015


def test_report_begins_without_a_cut_off(client):
    client.force_login(make_superuser())
    address = reverse("admin:reports_annualreport_add")
    sent = {"year": "2014", "title": "知行年报", "cut_off": "2013-01-01"}
    sections = {"sections-TOTAL_FORMS": "0", "sections-INITIAL_FORMS": "0"}

    response = client.post(address, sent | sections)

    assert response.status_code == 302
    assert AnnualReport.objects.values_list("year", "title", "cut_off").get() == (2014, "知行年报", None)
