"""One search over everything that staff keep."""

from urllib.parse import quote_from_bytes

import pypinyin
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yixin.finding import MOST, asked_for, beyond, readings
from yixin.tests.desks import enter
from yixin.tests.factories import make_superuser, make_user
from yixin.tests.registry import ADMINS, make

pytestmark = pytest.mark.django_db
MODELS = {model._meta.model_name: model for model in ADMINS}
PLAIN = st.text("abcz019", min_size=1, max_size=5)


@pytest.fixture
def office(client):
    return enter(client, make_superuser())


def found(office, words: str) -> dict[str, list[tuple[str, str]]]:
    groups = office.get(reverse("admin:find"), {"q": words}).context["groups"]
    return {group.kind: [(one.title, one.note) for one in group.found] for group in groups}


@given(PLAIN, PLAIN)
def test_range_of_a_prefix_holds_all_that_begin_with_it_and_nothing_else(prefix, text):
    end = beyond(prefix)

    assert (prefix <= text and (not end or text < end)) == text.startswith(prefix) or (not end and text > prefix)


@pytest.mark.parametrize(("prefix", "end"), [("a", "b"), ("az", "b"), ("z", ""), ("9", "a"), ("wang9", "wanga")])
def test_range_ends_at_the_next_letter(prefix, end):
    assert beyond(prefix) == end


def test_characters_read_several_ways_are_looked_for_in_each():
    assert readings("重庆") == {"zhongqing", "chongqing", "tongqing"}
    assert readings("") == readings("иван") == readings("…") == set()


@given(st.text("王单曾解仇重行长乐朴查盖万俟尉迟于都区", min_size=1, max_size=4), st.text("王明都行长", max_size=3))
def test_readings_begin_whatever_the_whole_name_is_read_as(start, rest):
    whole = "".join(pypinyin.lazy_pinyin(start + rest))

    assert any(whole.startswith(reading) for reading in readings(start))


def test_all_kinds_are_found_with_what_tells_them_apart(office):
    organization = make(MODELS["organization"], name="知行社")
    person = make(MODELS["person"], name="知行人", phone="13800000001")
    make(MODELS["contact"], person=person, organization=organization)
    make(MODELS["event"], title="知行沙龙")
    make(MODELS["grant"], organization=organization, project="读书")

    response = office.get(reverse("admin:find"), {"q": "知行"})

    assert found(office, "知行") == {
        "organisations": [("知行社", "")],
        "persons": [("知行人", "知行社")],
        "grants": [("读书", "知行社 · 2014")],
        "events": [("知行沙龙", "2014年1月9日")],
    }
    assert "13800000001" not in response.content.decode()


@pytest.mark.parametrize("words", ["知行", "zhixing", "ZhiXing", "zx", "ｚｘ", " 知行 "])
def test_found_in_characters_pinyin_and_initials(office, words):
    make(MODELS["organization"], name="知行社")
    make(MODELS["person"], name="知行人")

    assert found(office, words) == {"organisations": [("知行社", "")], "persons": [("知行人", "")]}


def test_eight_are_shown_and_the_list_of_all_is_linked(office):
    for number in range(MOST + 1):
        make(MODELS["event"], title=f"知行沙龙{number}")

    (group,) = office.get(reverse("admin:find"), {"q": "沙龙"}).context["groups"]

    assert (len(group.found), group.more) == (MOST, reverse("admin:activities_event_changelist", query={"q": "沙龙"}))
    assert len(office.get(group.more).context["cl"].result_list) == MOST + 1


def test_only_kinds_that_one_may_view(client):
    make(MODELS["grant"], project="知行计划")
    assert "grants" in found(enter(client, make_superuser()), "知行")  # there is something to hide

    assert "grants" not in found(enter(client, make(MODELS["territory"]).user), "知行")


@pytest.mark.parametrize("role", [None, "partner"])
def test_nobody_else_may_search(client, role):
    if role:
        enter(client, make_user(role))

    response = client.get(reverse("admin:find"), {"q": "知行"})

    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("admin:login"))


def test_partner_who_is_let_in_by_mistake_finds_nothing(client):
    make(MODELS["event"], title="知行沙龙")

    assert found(enter(client, make_user("partner", is_staff=True)), "知行") == {}


def cost(office, words: str) -> int:
    office.get(reverse("admin:find"), {"q": words})
    with CaptureQueriesContext(connection) as queries:
        office.get(reverse("admin:find"), {"q": words})
    return len(queries)


def test_search_costs_the_same_for_1_and_30_of_each_kind(office):
    for name in ("organization", "contact", "event", "grant"):
        make(MODELS[name])
    for_one = cost(office, "知行")
    for name in ("organization", "contact", "event", "grant"):
        for _number in range(29):
            make(MODELS[name])

    assert (for_one, cost(office, "知行")) == (6, 6)


def test_nothing_found_says_what_to_try(office):
    page = office.get(reverse("admin:find"), {"q": "没有这个"}).content.decode()

    assert "Nothing is called “没有这个”." in page
    assert "People: the beginning of the name, the surname first" in page


ODD = [
    "\x00", "知\x00行", "%", "_", "\\", "'", '"; --', "*", "(" * 50, "知" * 10_000, "z" * 10_000, "0" * 400,
    "\uffff", "\u202e知行", "👩‍👩‍👧", "e" + "\u0301" * 500, "ß", "İ", "重" * 60,
    "a b c d e f g h", "-", "…", "\t\n", "𠮷",
]  # fmt: skip


@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("page", ["find", "organizations_person_changelist", "activities_event_changelist"])
def test_odd_words_are_no_error(office, page, words):
    for name in ("organization", "person", "event", "grant"):
        make(MODELS[name])

    assert office.get(reverse(f"admin:{page}"), {"q": words}).status_code == 200


@pytest.mark.parametrize("sent", [b"\xed\xa0\x80", b"\xff\xfe", b"\xf0\x9f", b"\xe7\x9f"])
def test_bytes_that_are_no_text_are_no_error(office, sent):
    address = reverse("admin:find")

    assert office.get(f"{address}?q={quote_from_bytes(sent)}").status_code == 200


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_any_text_is_no_error(office, words):
    sent = words.encode(errors="surrogatepass")

    assert office.get(f"{reverse('admin:find')}?q={quote_from_bytes(sent)}").status_code == 200


def test_words_are_one_clean_line_of_bounded_length():
    assert asked_for(" 知\x00行\n社 ") == "知行 社"
    assert len(asked_for("知" * 10_000)) == 200


@pytest.mark.parametrize(
    "page", ["index", "organizations_person_changelist", "organizations_organization_add", "import-index"]
)
def test_search_stands_in_every_head(office, page):
    content = office.get(reverse(f"admin:{page}")).content.decode()

    assert f'<form id="find" role="search" method="get" action="{reverse("admin:find")}">' in content


def offered(office, model: str, field: str, term: str) -> list[str]:
    query = {"app_label": "activities", "model_name": model, "field_name": field, "term": term}
    return [row["text"] for row in office.get(reverse("admin:autocomplete"), query).json()["results"]]


@pytest.mark.parametrize(("kind", "field"), [("person", "person"), ("organization", "organization")])
@pytest.mark.parametrize("term", ["", "知行"])
def test_what_was_taken_out_of_use_is_not_offered_in_forms(office, kind, field, term):
    make(MODELS[kind], name="知行旧", is_active=False)
    make(MODELS[kind], name="知行新")

    assert offered(office, "attendance", field, term) == ["知行新"]
