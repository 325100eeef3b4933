"""Dates as people say them today."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from yixin.fuzzydate import parse
from yixin.spokendates import read
from yixin.tests.test_fuzzydate import ANY_TEXT, TRICKY_TEXT, in_words

WEDNESDAY = date(2014, 4, 23)
JANUARY = date(2014, 1, 5)


@pytest.mark.parametrize(
    ("typed", "text", "meaning"),
    [
        ("今天", "2014年4月23日", "2014-04-23 2014-04-23 day"),
        ("昨天下午", "2014年4月22日", "2014-04-22 2014-04-22 day"),
        ("前天", "2014年4月21日", "2014-04-21 2014-04-21 day"),
        ("大前天", "2014年4月20日", "2014-04-20 2014-04-20 day"),
        ("上周六", "2014年4月19日", "2014-04-19 2014-04-19 day"),
        ("本周一", "2014年4月21日", "2014-04-21 2014-04-21 day"),
        ("上周末", "2014年4月19-20日", "2014-04-19 2014-04-20 day-range"),
        ("这个周末", "2014年4月26-27日", "2014-04-26 2014-04-27 day-range"),
        ("3月初", "2014年3月初", "2014-03-01 2014-03-10 month-part"),
        ("4月26－28号", "2014年4月26－28号", "2014-04-26 2014-04-28 day-range"),
        ("4-26", "2014年4月26日", "2014-04-26 2014-04-26 day"),
        ("10-12月", "2013年10-12月", "2013-10-01 2013-12-31 month-range"),
        ("一季度", "2014年一季度", "2014-01-01 2014-03-31 month-range"),
        ("去年12月", "2013年12月", "2013-12-01 2013-12-31 month"),
        ("今年3月初", "2014年3月初", "2014-03-01 2014-03-10 month-part"),
        ("去年底", "2013年底", "2013-10-01 2013-12-31 month-range"),
        ("上个月底", "2014年3月底", "2014-03-21 2014-03-31 month-part"),
        ("本月5号", "2014年4月5号", "2014-04-05 2014-04-05 day"),
        ("22号", "2014年4月22日", "2014-04-22 2014-04-22 day"),
        ("30日", "2014年3月30日", "2014-03-30 2014-03-30 day"),
        ("2012年3月", "2012年3月", "2012-03-01 2012-03-31 month"),
        ("昨晚", "2014年4月22日", "2014-04-22 2014-04-22 day"),
        ("昨晚7点", "2014年4月22日", "2014-04-22 2014-04-22 day"),
        ("今早", "2014年4月23日", "2014-04-23 2014-04-23 day"),
        ("20-22号", "2014年4月20-22日", "2014-04-20 2014-04-22 day-range"),
        ("26号到28号", "2014年3月26-28日", "2014-03-26 2014-03-28 day-range"),
        ("3日至5日", "2014年4月3-5日", "2014-04-03 2014-04-05 day-range"),
    ],
)
def test_what_is_said_today_becomes_what_it_means_with_its_year(typed, text, meaning):
    found = read(typed, today=WEDNESDAY)

    assert (found.text, in_words(found)) == (text, meaning)
    assert in_words(parse(found.text)) == meaning


@pytest.mark.parametrize(
    ("typed", "today", "day"),
    [
        ("31号", date(2015, 5, 5), date(2015, 3, 31)),
        ("30日", date(2015, 3, 5), date(2015, 1, 30)),
        ("31号", date(2015, 8, 31), date(2015, 8, 31)),
        ("31号", date(2015, 1, 3), date(2014, 12, 31)),
    ],
)
def test_a_day_alone_is_the_last_one_of_that_number(typed, today, day):
    assert read(typed, today=today).earliest == day


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("12月20日", "2013年12月20日"),
        ("1月9日", "2014年1月9日"),
        ("2月5日", "2014年2月5日"),
        ("2月6日", "2013年2月6日"),
        ("上月15日", "2013年12月15日"),
        ("上上个月", "2013年11月"),
    ],
)
def test_in_january_what_lies_more_than_a_month_ahead_was_last_year(typed, text):
    assert read(typed, today=JANUARY).text == text


@pytest.mark.parametrize("typed", ["", "\u3000", "不详", "-"])
def test_unknown_is_none(typed):
    assert read(typed, today=WEDNESDAY) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("很久以前", "unreadable"),
        ("上周", "unreadable"),
        ("13月", "no_such_day"),
        ("2月29日", "no_such_day"),
        ("上个月5日以后", "unreadable"),
        ("本月" * 60, "too_long"),
    ],
)
def test_what_is_no_date_is_refused(typed, code):
    with pytest.raises(ValidationError) as caught:
        read(typed, today=WEDNESDAY)

    assert caught.value.code == code


def read_or_refused(read_it) -> tuple:
    """The date and "", or None and the code of the refusal, which always has a sentence."""
    try:
        return read_it(), ""
    except ValidationError as error:
        return None, error.code if error.messages[0] else "no sentence"


@given(ANY_TEXT | TRICKY_TEXT, st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_any_text_is_read_or_refused_and_what_names_its_year_means_the_same_every_day(value, today):
    found, refusal = read_or_refused(lambda: read(value, today=today))
    plain, plain_refusal = read_or_refused(lambda: parse(value))

    assert refusal != "no sentence"
    assert plain_refusal or found == plain
    assert found is None or date(1900, 1, 1) <= found.earliest <= found.latest <= date(2100, 12, 31)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 300))
def test_a_day_of_the_last_months_needs_no_year(today, ago):
    day = today - timedelta(days=ago)

    assert read(f"{day.month}月{day.day}日", today=today) == parse(f"{day.year}年{day.month}月{day.day}日")
