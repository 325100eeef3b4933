"""Who came to which session of a course, and how many that makes."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from activities.models import Attendance
from activities.rosters.course import Grid, rosters_of
from activities.tests.factories import make_attendance, make_course, make_event
from activities.tests.rosters import allowed, english, page
from organizations.tests.factories import make_organization, make_person
from yixin.intake.models import Export
from yixin.tests.factories import make_superuser, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    return english(client, make_superuser())


@pytest.fixture
def course():
    """Two of three sessions have a roster: 李文 came twice, 王芳 once, 赵晓明 helped."""
    course = make_course(title="知行课程", stated_people=30, stated_organizations=1)
    first = make_event(course=course, when="2014年1月9日", title="第一次", headcount=35)
    second = make_event(course=course, when="2014年3月5日", title="第二次")
    make_event(course=course, when="2014年2月7日", title="没有名单", headcount=20)
    society = make_organization(name="知行青年社")
    people = [make_person(name=name) for name in ("李文", "王芳", "赵晓明")]
    make_attendance(event=first, person=people[0], organization=society)
    make_attendance(event=first, person=people[1])
    make_attendance(event=second, person=people[0], organization=make_organization(name="行知社"))
    make_attendance(event=second, person=people[2], role="staff", is_counted=False)
    return course


def grid_of(course) -> Grid:
    events = list(course.events.in_report_order())
    return Grid(course, events, rosters_of(events))


def address(course) -> str:
    return reverse("admin:activities_course_grid", args=[course.pk])


def figures(course) -> list[tuple]:
    return [(figure.value, figure.basis, figure.stated) for figure in grid_of(course).figures]


@pytest.fixture
def in_english():
    from django.utils import translation

    with translation.override("en"):
        yield


# What it says


def test_people_stand_by_pinyin_and_sessions_by_date(course):
    grid = grid_of(course)

    assert [session.event.title for session in grid.sessions] == ["第一次", "没有名单", "第二次"]
    assert [(line.name, line.organization, list(line.marks), line.times) for line in grid.lines] == [
        ("李文", "行知社", ["✓", "", "✓"], 2),
        ("王芳", "", ["✓", "", ""], 1),
        ("赵晓明", "", ["", "", "○"], 0),
    ]
    assert [session.named for session in grid.sessions] == [2, None, 1]


def test_figures_say_on_what_they_stand_and_what_was_stated(course, in_english):
    assert figures(course) == [
        (2, "rosters on 2 of 3 sessions", "stated: 30; the rosters say 2"),
        (55, "head-counts of 2 of 3 sessions", ""),
        (2, "rosters on 2 of 3 sessions", "stated: 1; the rosters say 2"),
    ]


def test_nothing_is_said_of_a_stated_figure_that_fits(course, in_english):
    course.stated_people = course.stated_organizations = 2

    assert [stated for *_, stated in figures(course)] == ["", "", ""]


def test_sessions_that_were_not_held_are_shown_and_not_counted(course, in_english):
    cancelled = make_event(course=course, when="2014年5月1日", status="cancelled", headcount=9)
    make_attendance(event=cancelled, person=make_person(name="周敏"))

    assert [value for value, *_ in figures(course)] == [2, 55, 2]
    assert [(line.name, line.times) for line in grid_of(course).lines][-1] == ("周敏", 0)


def test_what_nobody_knows_is_no_zero(in_english):
    course = make_course(stated_people=30)
    make_event(course=course)

    assert figures(course) == [
        (None, "rosters on 0 of 1 session", "stated: 30; no roster says it yet"),
        (None, "head-counts of 0 of 1 session", ""),
        (None, "rosters on 0 of 1 session", ""),
    ]


# The page


def test_page_shows_the_grid_and_leads_to_the_rosters(office, course):
    text = office.get(address(course)).content.decode()

    assert text.count("✓</td>") == 3
    assert "stated: 30; the rosters say 2" in text
    assert all(page(event) in text for event in course.events.all())


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(0, "This course has no sessions yet."), (1, "No session has a roster with names yet.")],
)
def test_empty_course_says_what_to_do_first(office, number, sentence):
    course = make_course()
    for _ in range(number):
        make_event(course=course)

    assert sentence in office.get(address(course)).content.decode()


@pytest.mark.parametrize(("people", "sessions"), [(1, 1), (40, 10)])
def test_grid_of_any_size_takes_five_queries(office, django_assert_num_queries, people, sessions):
    course, society = make_course(), make_organization()
    persons = [make_person() for _ in range(people)]
    for _ in range(sessions):
        event = make_event(course=course)
        rows = [Attendance(event=event, person=person, organization=society) for person in persons]
        Attendance.objects.bulk_create(rows)

    with django_assert_num_queries(5):
        response = office.get(address(course))

    assert len(response.context["grid"].lines) == people


def test_form_and_list_of_the_course_lead_there(office, course):
    form = office.get(reverse("admin:activities_course_change", args=[course.pk])).content.decode()
    listed = office.get(reverse("admin:activities_course_changelist")).content.decode()

    assert (form.count(f'href="{address(course)}"'), listed.count(f'href="{address(course)}"')) == (1, 1)
    assert office.get(reverse("admin:activities_course_add")).status_code == 200


# Who sees it


def test_only_who_may_see_courses_and_attendances_sees_it(client, course):
    client.force_login(make_user("partner"))
    partner = client.get(address(course)).status_code
    statuses = [
        allowed(client, *names).get(address(course)).status_code
        for names in (["view_course"], ["view_course", "view_event"], ["view_course", "view_event", "view_attendance"])
    ]

    assert (partner, statuses) == (302, [403, 403, 200])


def test_course_that_is_not_there_is_not_found(office):
    assert office.get("/admin/activities/course/99999999999999999999/grid/").status_code == 404


def test_who_came_to_a_sensitive_session_is_not_told_to_everybody(client, course):
    course.events.filter(title="第一次").update(is_sensitive=True)

    masked = allowed(client, "view_course", "view_event", "view_attendance").get(address(course))
    grid = masked.context["grid"]

    assert [(line.name, list(line.marks)) for line in grid.lines] == [
        ("李文", ["·", "", "✓"]),
        ("赵晓明", ["·", "", "○"]),
    ]
    assert "王芳" not in masked.content.decode()
    assert "1 session is sensitive" in masked.content.decode()
    assert [figure.value for figure in grid.figures] == [2, 55, 2]  # who they were is not told by how many


# The workbook


def test_workbook_has_the_grid_its_sums_and_its_figures(office, course):
    response = office.post(reverse("admin:activities_course_grid_file", args=[course.pk]))
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(response.content)).active.iter_rows()]

    assert rows[0][0] == "知行课程"
    assert rows[3:8] == [
        ["李文", "行知社", "✓", None, "✓", 2],
        ["王芳", None, "✓", None, None, 1],
        ["赵晓明", None, None, None, "○", 0],
        ["on the roster, counted", None, 2, None, 1, None],
        ["head-count", None, 35, 20, "unknown", None],
    ]
    assert rows[9][0] == "Unduplicated people 2（rosters on 2 of 3 sessions）；stated: 30; the rosters say 2"
    assert Export.objects.values_list("table", "rows", "is_personal").get() == ("activities.attendance", 3, True)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "https://example.org/"])
def test_text_of_the_workbook_is_never_a_formula(office, text):
    course = make_course(title=text)
    event = make_event(course=course, title=text)
    make_attendance(event=event, person=make_person(name=text))

    response = office.post(reverse("admin:activities_course_grid_file", args=[course.pk]))
    cells = [cell for row in load_workbook(BytesIO(response.content)).active.iter_rows() for cell in row]

    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []


def test_names_go_out_only_by_who_may_take_personal_data(client, course):
    client.force_login(make_user("staff"))

    assert client.post(reverse("admin:activities_course_grid_file", args=[course.pk])).status_code == 403
    assert client.get(reverse("admin:activities_course_grid_file", args=[course.pk])).status_code == 405
