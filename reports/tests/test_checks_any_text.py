"""Whatever is typed or pasted into a section is read without an error, and every number is found where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.models import WorkArea
from reports.checks import Reading, run
from reports.checks.language import LONGEST
from reports.checks.numbers import loose_numbers
from reports.checks.passages import SectionText, read_sentences
from reports.checks.told_dates import told_dates
from reports.drafts import Draft
from reports.figures import Figures
from reports.models import Section
from reports.scope import Scope
from reports.tests.book_2023 import YEAR, Book, make_book

PIECES = [
    *"0123456789９一二三四五六七八九十百千万亿零〇两年月日号至到-~、，。：；！（）()《》{}“”\n .,%％",
    *"次场名家约近余多第会将共其",
    *[
        "2023年",
        "6月3日",
        "2月30日",
        "9999年",
        "2023.13.45",
        "3月0日",
        "上半年",
        "第一季度",
        "截至",
        "从",
        "人次",
        "个组织",
    ],
    *[
        "个地市",
        "元",
        "万元",
        "培训",
        "沙龙",
        "资助",
        "走访",
        "绿行者",
        "星火助学会",
        "该组织",
        "联合",
        "申请",
        "QQ群",
        "全年",
    ],
    *[
        "去年",
        "希望",
        "九江",
        "{培训.场次}",
        "1. ",
        "- ",
        "超过",
        "以上",
        "99999999999999999999",
        "\u3000",
        "\ufffc",
        "İ",
    ],
]
texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
subjects = st.sampled_from(["training", "exchange", "accompaniment", "relief", "survey", "grants", ""])


@pytest.fixture
def book(db) -> Book:
    return make_book()


@given(texts)
def test_numbers_and_dates_stand_where_they_are_found(text):
    numbers, dates = loose_numbers(text), told_dates(text, YEAR)

    assert [text[number.start : number.end].strip() for number in numbers] == [number.text for number in numbers]
    assert [number for number in numbers if number.low > number.high] == []
    assert [told for told in dates if not 0 <= told.start < told.end <= len(text) or told.earliest > told.latest] == []


@given(texts)
def test_sentences_stand_in_the_text_and_are_never_endless(text):
    section = SectionText("reports.section:1", "某一节", text * 20, "")

    sentences = list(read_sentences(section, YEAR, lambda _text: []))

    assert [s for s in sentences if len(s.text) > LONGEST + 1] == []
    assert [s.start for s in sentences] == sorted(s.start for s in sentences)
    assert [s for s in sentences if section.prose[s.start : s.start + len(s.text)].count("\n")] == []


def test_any_text_of_any_section_is_checked(book):
    areas = {area.code: area for area in WorkArea.objects.all()}
    figures = Figures(Scope(YEAR))

    @given(subjects, texts)
    def check(subject: str, text: str) -> None:
        table = subject if subject in ("survey", "grants") else ""
        section = Section(pk=1, report=book.report, heading="某一节", prose=text, area=areas.get(subject), table=table)
        section.pictures = []

        found = run(Reading(Draft(report=book.report, sections=(section,)), figures))

        assert [
            one for one in found if not (str(one.sentence) and str(one.suggestion) and len(one.fingerprint) == 64)
        ] == []

    check()
