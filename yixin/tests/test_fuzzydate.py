from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from yixin.fuzzydate import FuzzyDate, Precision, parse

ANY_TEXT = st.text(st.characters(categories=None), max_size=110)
TRICKY_TEXT = st.lists(
    st.sampled_from(
        [
            "2014",
            "14",
            "13",
            "0",
            "4",
            "26",
            "28",
            "年",
            "月",
            "日",
            "-",
            "~",
            "至",
            "、",
            ".",
            "/",
            " ",
            "初",
            "底",
            "上旬",
            "下旬",
            "上半年",
            "第",
            "一季度",
            "Q1",
            "周六",
            "（",
            "）",
            "十",
            "二",
            "〇",
            "9:00",
            "T",
            "9999",
            "²",
        ]
    ),
    max_size=9,
).map("".join)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WEDNESDAY = date(2014, 4, 23)


def refusal(value, **context):
    with pytest.raises(ValidationError) as caught:
        parse(value, **context)
    with override("en"):
        return caught.value.code, caught.value.params["text"], caught.value.messages


def in_words(found):
    return f"{found.earliest} {found.latest} {found.precision}"


@pytest.mark.parametrize(
    "typed",
    [
        "2014年1月4日", "2014-1-4", "2014.1.4", "2014/01/04", "20140104", "2014、1、4", "2014年1月4号",
        "2014年1月4",
        "2014-01-04 00:00:00", "2014-01-04T00:00:00", "2014-01-04T14:30:00.000+08:00", "2014-01-04 14:30",
        "14年1月4日",
        "２０１４年１月４日", "2014 年 1 月 4 日", "2014 - 1 - 4", "2014．1．4", "２０１４／１／４",
        "2014。1。4", "2014年1.4",
        "二〇一四年一月四日", "二零一四年元月四号", "二○一四年一月四日", "二0一四年一月四日",
        "2014年1月4日（周六）", "2014年1月4日 星期六", "2014-1-4 (Sat)", "2014-1-4 Saturday",
        "2014年1月4日（周六上午）",
        "2014年1月4日上午", "2014年1月4日下午2:30", "2014年1月4日晚上", "2014年1月4日 中午",
        "2014年1月4日全天",
        "2014年1月4日 9:00-17:00", "2014年1月4日14点30分", "2014年1月4日。",
        "2014\u200b年1月4日[bookmark: OLE_LINK1]",
    ],
)  # fmt: skip
def test_one_day_is_read_from_every_notation(typed):
    assert in_words(parse(typed)) == "2014-01-04 2014-01-04 day"


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("2014年4月26-28日", "2014-04-26 2014-04-28 day-range"),
        ("2014年4月26日-28日", "2014-04-26 2014-04-28 day-range"),
        ("2014年4月26－28日", "2014-04-26 2014-04-28 day-range"),
        ("2014年4月26—28日", "2014-04-26 2014-04-28 day-range"),
        ("2014年4月26–28日", "2014-04-26 2014-04-28 day-range"),
        ("2014年4月26～28日", "2014-04-26 2014-04-28 day-range"),
        ("2014年4月26到28号", "2014-04-26 2014-04-28 day-range"),
        ("2014年4月26 至 28 日", "2014-04-26 2014-04-28 day-range"),
        ("2014年4月26日（周六）-27日（周日）", "2014-04-26 2014-04-27 day-range"),
        ("2014年4月26日9:00-4月27日17:00", "2014-04-26 2014-04-27 day-range"),
        ("2014年4月26日至5月2日", "2014-04-26 2014-05-02 day-range"),
        ("2014年4月26-5月2日", "2014-04-26 2014-05-02 day-range"),
        ("二〇一四年四月二十六日至五月二日", "2014-04-26 2014-05-02 day-range"),
        ("2014.4.26-28", "2014-04-26 2014-04-28 day-range"), ("2014.4.26-4.28", "2014-04-26 2014-04-28 day-range"),
        ("2014/4/26-4/28", "2014-04-26 2014-04-28 day-range"),
        ("2014-04-26~2014-04-28", "2014-04-26 2014-04-28 day-range"),
        ("2014-04-26 - 2014-04-28", "2014-04-26 2014-04-28 day-range"),
        ("2014-4-26-28", "2014-04-26 2014-04-28 day-range"), ("2014-4-26-4-28", "2014-04-26 2014-04-28 day-range"),
        ("20140426-20140428", "2014-04-26 2014-04-28 day-range"),
        ("2013年12月30日至2014年1月2日", "2013-12-30 2014-01-02 day-range"),
        ("2014年12月30日至1月2日", "2014-12-30 2015-01-02 day-range"),
        ("2014年4月26日、27日", "2014-04-26 2014-04-27 day-range"),
        ("2014年4月26、27、30日", "2014-04-26 2014-04-30 day-range"),
        ("2014年4月5日和12日", "2014-04-05 2014-04-12 day-range"),
        ("2014年4月26日，5月2日", "2014-04-26 2014-05-02 day-range"),
        ("2014年4月26-26日", "2014-04-26 2014-04-26 day"), ("2014年10-12月", "2014-10-01 2014-12-31 month-range"),
        ("2014年10月-12月", "2014-10-01 2014-12-31 month-range"), ("2014.10-12", "2014-10-01 2014-12-31 month-range"),
        ("2014-10~12", "2014-10-01 2014-12-31 month-range"), ("2014-10-12月", "2014-10-01 2014-12-31 month-range"),
        ("2014年1月、3月", "2014-01-01 2014-03-31 month-range"),
        ("2013年11月至2014年1月", "2013-11-01 2014-01-31 month-range"),
        ("2014年12月-1月", "2014-12-01 2015-01-31 month-range"),
        ("2014年3月-4月5日", "2014-03-01 2014-04-05 month-range"), ("2014年3月", "2014-03-01 2014-03-31 month"),
        ("2014-03", "2014-03-01 2014-03-31 month"), ("2014/3", "2014-03-01 2014-03-31 month"),
        ("2014.3", "2014-03-01 2014-03-31 month"), ("2014年2月份", "2014-02-01 2014-02-28 month"),
        ("201401", "2014-01-01 2014-01-31 month"), ("2014年3月初", "2014-03-01 2014-03-10 month-part"),
        ("2014年3月上旬", "2014-03-01 2014-03-10 month-part"), ("2014年3月中旬", "2014-03-11 2014-03-20 month-part"),
        ("2012年2月下旬", "2012-02-21 2012-02-29 month-part"), ("2014年3月底", "2014-03-21 2014-03-31 month-part"),
        ("2014年3月末", "2014-03-21 2014-03-31 month-part"),
        ("2014年3月中旬至4月上旬", "2014-03-11 2014-04-10 month-range"),
        ("2014年3月中旬至下旬", "2014-03-11 2014-03-31 month-range"), ("2014年", "2014-01-01 2014-12-31 year"),
        ("2014", "2014-01-01 2014-12-31 year"), ("2014年度", "2014-01-01 2014-12-31 year"),
        ("二零一四年", "2014-01-01 2014-12-31 year"), ("85年", "1985-01-01 1985-12-31 year"),
        ("2013-2014年", "2013-01-01 2014-12-31 year-range"), ("2013年至2014年", "2013-01-01 2014-12-31 year-range"),
        ("2013-14年", "2013-01-01 2014-12-31 year-range"), ("2014年初", "2014-01-01 2014-03-31 month-range"),
        ("2014年年中", "2014-05-01 2014-08-31 month-range"), ("2014年底", "2014-10-01 2014-12-31 month-range"),
        ("2014年末", "2014-10-01 2014-12-31 month-range"), ("2014年底-2015年初", "2014-10-01 2015-03-31 month-range"),
        ("2014年上半年", "2014-01-01 2014-06-30 month-range"), ("2014下半年", "2014-07-01 2014-12-31 month-range"),
        ("2014年第一季度", "2014-01-01 2014-03-31 month-range"),
        ("2014年四季度", "2014-10-01 2014-12-31 month-range"), ("2014年Q2", "2014-04-01 2014-06-30 month-range"),
        ("2014 Q3", "2014-07-01 2014-09-30 month-range"),
        ("2014年第一季度至第二季度", "2014-01-01 2014-06-30 month-range"),
        (date(2014, 1, 4), "2014-01-04 2014-01-04 day"), (datetime(2014, 1, 4, 14, 30), "2014-01-04 2014-01-04 day"),
        (2014, "2014-01-01 2014-12-31 year"), (20140104, "2014-01-04 2014-01-04 day"),
    ],
)  # fmt: skip
def test_dates_are_read_as_written(typed, meaning):
    assert in_words(parse(typed)) == meaning


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("1/4", "2014-01-04 2014-01-04 day"), ("4-26", "2014-04-26 2014-04-26 day"),
        ("十二月二十三日", "2014-12-23 2014-12-23 day"), ("4月26-28日", "2014-04-26 2014-04-28 day-range"),
        ("4月26、27日", "2014-04-26 2014-04-27 day-range"), ("四月廿六、廿七日", "2014-04-26 2014-04-27 day-range"),
        ("4.26-28", "2014-04-26 2014-04-28 day-range"), ("4-26~4-28", "2014-04-26 2014-04-28 day-range"),
        ("1/4-6", "2014-01-04 2014-01-06 day-range"), ("12.30-1.2", "2014-12-30 2015-01-02 day-range"),
        ("3月", "2014-03-01 2014-03-31 month"), ("3月初", "2014-03-01 2014-03-10 month-part"),
        ("10-12月", "2014-10-01 2014-12-31 month-range"), ("年底", "2014-10-01 2014-12-31 month-range"),
        ("上半年", "2014-01-01 2014-06-30 month-range"), ("一季度", "2014-01-01 2014-03-31 month-range"),
        ("2013年4月26日", "2013-04-26 2013-04-26 day"),
    ],
)  # fmt: skip
def test_the_year_is_given_where_none_is_named(typed, meaning):
    assert in_words(parse(typed, year=2014)) == meaning


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("今天", 23), ("今日", 23), ("昨天", 22), ("昨天下午", 22), ("昨天 14:30", 22), ("前天", 21), ("明天", 24),
        ("上周六", 19), ("上个星期日", 20), ("本周六", 26), ("这周六", 26), ("周六", 26), ("本周一", 21),
        ("星期天", 27), ("周六晚上", 26), ("下周一", 28),
    ],
)  # fmt: skip
def test_relative_days_become_the_day_they_mean(typed, day):
    meant = date(2014, 4, day)

    assert parse(typed, today=WEDNESDAY) == FuzzyDate(f"2014年4月{day}日", meant, meant, Precision.DAY)


def test_the_text_stays_as_typed():
    meant = FuzzyDate("4月26－28号", date(2014, 4, 26), date(2014, 4, 28), Precision.DAY_RANGE)

    assert parse(" 4月26－28号\u3000", year=2014) == meant


@pytest.mark.parametrize("typed", [None, "", "\u3000", " ", "-", "—", "/", "不详", "未知", "待定", "无"])
def test_unknown_is_none(typed):
    assert parse(typed) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("春季", "unreadable"), ("2014年春季", "unreadable"), ("41643", "unreadable"), ("41643.0", "unreadable"),
        ("昨天", "unreadable"), ("上周六", "unreadable"), ("周六", "unreadable"), ("14:30", "unreadable"),
        ("上午", "unreadable"), ("2014 1 4", "unreadable"), ("4/1/2014", "unreadable"), ("14.1.4", "unreadable"),
        ("2014年10-12", "unreadable"), ("2014年3月中", "unreadable"), ("2014年5日", "unreadable"),
        ("26日", "unreadable"), ("月初", "unreadable"), ("2014年上旬", "unreadable"), ("初", "unreadable"),
        ("2014年-3月", "unreadable"),
        ("2014年3月-28日", "unreadable"), ("2014年3月-年底", "unreadable"), ("年底-3月", "year_missing"),
        ("2014年4月26-", "unreadable"), ("①", "unreadable"), ("2014年²月", "unreadable"), ("٢٠١٤", "unreadable"),
        ("∞", "unreadable"), ("20145年", "unreadable"), ("2014年3月年初", "unreadable"), ("2014年月初", "unreadable"),
        (41643, "unreadable"), (5, "unreadable"), (True, "unreadable"), (2014.0, "unreadable"), ([], "unreadable"),
        ("1月4日", "year_missing"), ("10-12月", "year_missing"), ("1/4", "year_missing"), ("年底", "year_missing"),
        ("2014年4月28-26日", "ends_before_start"), ("2014年4月28日至4月26日", "ends_before_start"),
        ("2014年12月1日至3月1日", "ends_before_start"), ("2014年至2013年", "ends_before_start"),
        ("2014年11月-1月", "ends_before_start"), ("2014年4月27、26日", "ends_before_start"),
        ("2014年2月30日", "no_such_day"), ("2014-02-29", "no_such_day"), ("2014年13月", "no_such_day"),
        ("2014-13-01", "no_such_day"), ("2014年0月", "no_such_day"), ("2014年1月0日", "no_such_day"),
        ("2014年4月26-31日", "no_such_day"), ("2014年4月26-0日", "no_such_day"),
        ("1899年", "year_out_of_range"), ("2101年1月1日", "year_out_of_range"), ("9999-12-31", "year_out_of_range"),
        ("0000-01-01", "year_out_of_range"), ("2100年12月30日-1月2日", "year_out_of_range"),
        (date(1899, 12, 31), "year_out_of_range"), (datetime.max, "year_out_of_range"),
        ("2014年1月4日" * 20, "too_long"),
        pytest.param("9" * 100_000, "too_long", id="huge text"),
        pytest.param(10**5000, "too_long", id="huge number"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(typed, code):
    found, quoted, messages = refusal(typed)

    assert found == code
    assert [quoted in message and "%(" not in message for message in messages] == [True]
    assert 0 < len(quoted) <= 40


def test_a_day_that_does_not_exist_is_named():
    assert refusal("2月30日", year=2014) == (
        "no_such_day",
        "2月30日",
        ["“2月30日”: there is no 2014年2月30日. Check the month and the day."],
    )


@pytest.mark.parametrize("context", [{"year": 0}, {"year": 10**9}, {"today": date.min}, {"today": date.max}])
def test_a_year_from_outside_is_checked_too(context):
    assert refusal("昨天" if "today" in context else "1月4日", **context)[0] == "year_out_of_range"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2014, 1, 4), None, "2014年1月4日"),
        (date(2014, 4, 26), date(2014, 4, 28), "2014年4月26-28日"),
        (date(2014, 4, 30), date(2014, 5, 2), "2014年4月30日-5月2日"),
        (date(2013, 12, 30), date(2014, 1, 2), "2013年12月30日-2014年1月2日"),
    ],
)
def test_on_writes_the_canonical_text(start, end, text):
    assert str(FuzzyDate.on(start, end)) == text


def test_on_refuses_an_end_before_the_start():
    with pytest.raises(ValidationError) as caught:
        FuzzyDate.on(date(2014, 1, 4), date(2014, 1, 3))

    assert caught.value.code == "ends_before_start"


@given(DAYS, st.integers(0, 800))
def test_the_canonical_form_reads_back(start, days):
    end = min(start + timedelta(days=days), date(2100, 12, 31))

    for written in (FuzzyDate.on(start), FuzzyDate.on(start, end)):
        assert parse(str(written)) == written


@given(DAYS)
def test_every_day_reads_back_in_every_spelling(day):
    digits = str.maketrans("0123456789", "〇一二三四五六七八九")
    full_width = str.maketrans("0123456789", "０１２３４５６７８９")
    month, day_of_month = (
        f"{('', '', '二', '三')[n // 10]}{'十' if n >= 10 else ''}{str(n % 10).translate(digits) if n % 10 else ''}"
        for n in (day.month, day.day)
    )
    spellings = [day.isoformat(), f"{day:%Y%m%d}", f"{day:%Y.%m.%d}", f"{day.year}/{day.month}/{day.day}"]
    spellings += [
        f"{day.year} 年 {day.month} 月 {day.day} 号（周一）",
        f"{day} 23:59:59".translate(full_width),
    ]
    spellings += [f"{str(day.year).translate(digits)}年{month}月{day_of_month}日"]

    assert [in_words(parse(spelling)) for spelling in spellings] == [f"{day} {day} day"] * len(spellings)
    assert in_words(parse(f"{day.month}月{day.day}日", year=day.year)) == f"{day} {day} day"


@given(ANY_TEXT | TRICKY_TEXT, st.none() | st.integers(), st.none() | st.dates())
@settings(max_examples=500)
def test_any_text_is_read_or_refused(value, year, today):
    try:
        found = parse(value, year=year, today=today)
    except ValidationError as error:
        found = None if error.messages[0] else "no sentence"

    assert found is None or date(1900, 1, 1) <= found.earliest <= found.latest <= date(2100, 12, 31)
