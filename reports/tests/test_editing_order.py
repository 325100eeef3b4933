"""The order of a report's sections, deleting one, who may write, and what a page costs."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from activities.models import Photo
from activities.tests.factories import make_event, make_photo
from reports.models import AnnualReport, Section
from reports.tests.editor import address, browser_of, of_section, text, told, words
from reports.tests.factories import make_report, make_section
from reports.writing import Direction, move_section

PAGES = ["report-begin", "report-edit", "section-add", "section-edit", "section-delete", "section-photos"]


@pytest.fixture
def writer(db):
    return browser_of("coordinator")


@pytest.fixture
def report(db) -> AnnualReport:
    return make_report(year=2031)


@pytest.fixture
def three(report) -> list[Section]:
    """With gaps between their positions."""
    return [
        make_section(report=report, heading=name, position=place)
        for name, place in zip("甲乙丙", (3, 8, 9), strict=True)
    ]


def order() -> str:
    return "".join(Section.objects.order_by("position").values_list("heading", flat=True))


def move(writer, section: Section, direction: str, position: object = None):
    seen = section.position if position is None else position
    return writer.post(of_section("section-move", section), {"direction": direction, "position": seen})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("index", "direction", "expected"),
    [(0, "down", "乙甲丙"), (1, "up", "乙甲丙"), (2, "up", "甲丙乙"), (0, "up", "甲乙丙"), (2, "down", "甲乙丙")],
)
def test_a_section_changes_places_with_its_neighbour(writer, three, index, direction, expected):
    response = move(writer, three[index], direction)

    assert (response.status_code, order()) == (302, expected)
    assert response.url == f"{address('report-edit')}#section-{three[index].pk}"
    assert sorted(Section.objects.values_list("position", flat=True)) == [3, 8, 9]


@pytest.mark.django_db
def test_a_double_click_moves_once(writer, three):
    first, second = move(writer, three[2], "up"), move(writer, three[2], "up")

    assert (order(), first.url) == ("甲丙乙", second.url)
    assert told(writer.get(address("report-edit"))) == [
        "The order has just changed. Look at it before you move the section."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("direction", "position"), [("", 3), ("left", 3), ("\x00", 3), ("down", "x"), ("down", "")])
def test_a_move_that_is_none_moves_nothing(writer, three, direction, position):
    assert move(writer, three[0], direction, position).status_code == 302
    assert order() == "甲乙丙"


def move_at_once(section: Section, seen: int, direction: Direction, barrier: Barrier) -> bool:
    barrier.wait()
    try:
        return move_section(section=section, direction=direction, seen=seen)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_moves_at_the_same_moment_keep_every_section_in_one_place():
    report = make_report(year=2031)
    sections = [make_section(report=report, heading=str(number), position=number) for number in range(1, 9)]
    barrier = Barrier(len(sections))
    directions = [Direction.DOWN, Direction.UP] * 4

    with ThreadPoolExecutor(len(sections)) as pool:
        tasks = [
            pool.submit(move_at_once, section, section.position, direction, barrier)
            for section, direction in zip(sections, directions, strict=True)
        ]
        moved = [task.result() for task in tasks]

    assert any(moved)
    assert sorted(order()) == list("12345678")
    assert sorted(Section.objects.values_list("position", flat=True)) == list(range(1, 9))


@pytest.mark.django_db
def test_deleting_asks_first_and_keeps_photos_and_text(writer, three):
    photo = make_photo()
    three[1].photos.add(photo)
    Section.objects.filter(pk=three[1].pk).update(prose="写了很久")

    asked = writer.get(of_section("section-delete", three[1]))
    assert (asked.status_code, order()) == (200, "甲乙丙")
    assert words(asked, "doomed") == ""  # the text stands in a quotation
    assert "写了很久" in words(asked)
    response = writer.post(of_section("section-delete", three[1]), {"version": 1})

    assert (response.status_code, order(), Photo.objects.get()) == (302, "甲丙", photo)
    note = LogEntry.objects.get()
    assert (note.change_message, note.user) == ("Section “乙” deleted. Its text was: 写了很久", writer.user)


@pytest.mark.django_db
def test_a_section_edited_since_it_was_looked_at_is_not_deleted(writer, three):
    Section.objects.filter(pk=three[1].pk).update(version=F("version") + 1)

    response = writer.post(of_section("section-delete", three[1]), {"version": 1}, follow=True)

    assert (order(), response.redirect_chain) == ("甲乙丙", [(of_section("section-delete", three[1]), 302)])
    assert told(response) == ["The section was edited meanwhile. Nothing is deleted; read it again."]


@pytest.mark.django_db
def test_deleting_twice_is_deleted(writer, three):
    page = of_section("section-delete", three[0])

    codes = [writer.post(page, {"version": 1}).status_code for _click in range(2)]

    assert (codes, order()) == ([302, 302], "乙丙")


def pages_of(section: Section) -> dict[str, str]:
    of_report = ("report-begin", "report-edit", "section-add")
    return {name: address(name) if name in of_report else of_section(name, section) for name in PAGES}


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "code"), [(None, 302), ("partner", 403), ("staff", 403)])
def test_only_those_who_write_reports_get_in(three, role, code):
    client, before = browser_of(role), order()
    posts = [*pages_of(three[0]).values(), of_section("section-move", three[0]), address("section-preview")]

    read = {client.get(page).status_code for page in pages_of(three[0]).values()}
    sent = {client.post(page, text(three[0], heading="别的", start="outline")).status_code for page in posts}

    assert (read, sent, order()) == ({code}, {code}, before)
    assert Section.objects.filter(heading="别的").count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_those_who_write_reports_get_in(three, role):
    client = browser_of(role)

    codes = {name: client.get(page).status_code for name, page in pages_of(three[0]).items()}

    assert codes == dict.fromkeys(PAGES, 200) | {"report-begin": 302}


@pytest.mark.django_db
def test_every_form_wants_its_token(three):
    client = browser_of("coordinator", enforce_csrf_checks=True)
    pages = [*pages_of(three[0]).values(), of_section("section-move", three[0]), address("section-preview")]

    codes = {page: client.post(page, text(three[0], heading="别的")).status_code for page in pages}

    assert codes == dict.fromkeys(pages, 403)
    assert order() == "甲乙丙"


@pytest.mark.django_db
def test_the_token_of_the_page_is_taken(three):
    client = browser_of("coordinator", enforce_csrf_checks=True)
    page = client.get(of_section("section-edit", three[0])).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    sent = text(three[0], heading="别的", csrfmiddlewaretoken=token)

    assert client.post(of_section("section-edit", three[0]), sent).status_code == 302
    assert order() == "别的乙丙"


def cost(act) -> int:
    act()  # what a process reads only once has then been read
    with CaptureQueriesContext(connection) as queries:
        assert act().status_code == 200
    return len(queries)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_pages_cost_the_same_for_1_and_30_sections_photos_and_events(writer, report, number):
    make_section(report=make_report(year=2030), prose="去年")
    for place in range(1, number + 1):
        section = make_section(report=report, position=place, prose="{培训.场次}", table="training")
        event = make_event(report_year=2031, headcount=5)
        section.photos.add(make_photo(event=event))
        make_photo(event=event)
    make_photo()

    costs = {
        name: cost(lambda name=name: writer.get(pages_of(section)[name]))
        for name in PAGES
        if name not in ("report-begin", "section-add")
    }
    costs["preview"] = cost(lambda: writer.post(address("section-preview"), text(section)))
    costs["begin"] = cost(lambda: writer.get(address("report-begin", 2032)))

    assert costs == {
        "report-edit": 13,
        "section-edit": 16,
        "section-delete": 7,
        "section-photos": 10,
        "preview": 15,
        "begin": 10,
    }
