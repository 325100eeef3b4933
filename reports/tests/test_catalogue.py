"""The tables of 2014 row by row, and that a new table or a new work area needs no other edit."""

import csv
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook

from activities.models import Event, WorkArea
from activities.tests.factories import area, make_event, make_work_area
from grants.tests.factories import make_grant
from reports import catalogue
from reports.catalogue import tables
from reports.figures import Figures
from reports.scope import Scope
from reports.table import Column, Kind, Spec

pytestmark = pytest.mark.django_db


def tables_of(year: int) -> dict:
    with translation.override("zh-hans"):
        return {table.code: table for table in tables(Figures(Scope(year)))}


def printed(table) -> list[list[str]]:
    return [["" if cell is None else str(cell) for cell in row.cells] for row in table.rows]


def test_the_tables_stand_in_the_order_of_the_report(year_2014):
    found = tables_of(2014)

    assert [(table.title, table.labels, table.totals) for table in found.values()][:7] == [
        ("年度概览", ("项目", "数值", "怎样计算"), (None, None, None)),
        ("从各表合计到每场只计一次", ("步骤", "场次", "人次"), (None, None, None)),
        (
            "工作板块",
            (
                *("工作板块", "场次", "人次", "人数不详场次", "表中行数", "表中合计"),
                *("人数中位数", "有名单场次", "去重人数"),
            ),
            (None, 48, 2078, 1, 49, 2087, None, 0, None),
        ),
        ("组织交流", ("时间", "内容", "人数"), (None, None, 221)),
        ("陪伴成长", ("时间", "内容", "人数"), (None, None, 404)),
        ("志愿者培训", ("时间", "内容", "人数"), (None, None, 1462)),
        ("微公益小额资助", ("组织或者个人", "项目名称", "金额", "备注"), (None, None, Decimal("53100.00"), None)),
    ]


@pytest.mark.parametrize(("code", "count"), [("exchange", 5), ("accompaniment", 18), ("training", 26)])
def test_an_event_table_prints_its_own_events_and_those_listed_in_it_by_date(year_2014, code, count):
    rows = printed(tables_of(2014)[code])

    events = Event.objects.printed_in(area(code)).in_report_order()
    assert rows == [[e.when_text, e.title, "" if e.headcount is None else str(e.headcount)] for e in events]
    assert len(rows) == count


def test_the_accompaniment_table_says_what_its_reader_must_know(year_2014):
    assert tables_of(2014)["accompaniment"].notes == (
        "有 1 行人数不详，未计入合计：2014年10-12月 支持在一起开展艾滋病反歧视项目。",
        "“中华义工联管理层培训”（2014年3月23日，9 人）计入志愿者培训，这里同时列出，只计一次。",
        "有 4 行（95 人次）的日期不在 2014 年：2013年6月14日 艾博公益艾滋病反歧视研讨会；"
        "2013年10月13日 南昌知行空间第一次沙龙讲座；2013年10月13日 支持南昌LES群开展性别培训；"
        "2013年11月8日 协调寇延丁老师为南昌知行空间做分享。",
    )


def test_the_withdrawn_grant_stays_in_the_table_and_out_of_the_total(year_2014):
    table = tables_of(2014)["grants"]

    assert printed(table)[:2] == [
        ["万建军", "癌症病人关怀", "", "申请退出资助"],
        ["曙光急救", "美国心脏协会（AHA）的基础生命支持（BLS）课程为国际权威课程", "7000.00", ""],
    ]
    assert [row.counted for row in table.rows] == [False] + [True] * 7
    assert table.notes == ("万建军：申请方退出，金额不详；不计入合计。",)


def test_the_bridge_leads_from_the_printed_totals_to_the_year(year_2014):
    assert printed(tables_of(2014)["bridge"]) == [
        ["各表合计相加", "49", "2087"],
        ["− 在另一张表里重复列出", "-1", "-9"],
        ["＝ 每场只计一次", "48", "2078"],
        ["− 日期早于 2014 年", "-4", "-95"],
        ["＝ 日期在 2014 年", "44", "1983"],
    ]


def test_the_summary_says_how_each_number_is_counted(year_2014):
    assert printed(tables_of(2014)["summary"]) == [
        ["活动场次", "48", "每场只计一次，不论日期在哪一年。"],
        ["人次", "2078", "各场人数之和；有 1 场没有人数，未计入。"],
        ["去重人数", "", "48 场活动中有 0 场有名单。"],
        ["参与的组织", "26", "48 场活动中有 28 场写明了组织。"],
        ["有活动的设区市", "6", "共 11 个。没有活动记录的：景德镇市、九江市、新余市、鹰潭市、抚州市。"],
        ["小额资助批准金额（元）", "53100.00", "6 个组织，1 名个人；另有 1 项退出，未计入。"],
        ["小额资助已拨金额（元）", "", "没有拨款记录。"],
        ["计划走访组织", "55", "江西公益组织调研（2013年11月至2014年1月）"],
        ["实际走访组织", "72", "按陈述的数字；没有走访名单。"],
    ]


def test_cities_show_their_zeros_and_add_up(year_2014):
    table = tables_of(2014)["cities"]

    assert table.rows[1].cells == ("景德镇市", 0, 0, 0, 0, 0, 0, 0, 0)
    assert [row.cells[0] for row in table.rows[-2:]] == ["地市不详", "省外"]
    assert table.totals == (None, 5, 221, 13, 300, 26, 1462, 44, 1983)


def test_a_year_without_records_has_empty_tables_not_errors():
    found = tables_of(2031)

    assert found["training"].rows == ()
    assert found["training"].totals == (None, None, 0)
    assert printed(found["bridge"]) == [
        ["各表合计相加", "0", "0"],
        ["＝ 每场只计一次", "0", "0"],
        ["＝ 日期在 2031 年", "0", "0"],
    ]


def test_a_head_count_that_is_an_estimate_is_said_to_be_one():
    make_event(headcount=40, headcount_is_estimated=True, title="知行培训")

    table = tables_of(2014)["training"]

    assert (printed(table), table.totals[2]) == ([["2014年1月9日", "知行培训", "约40"]], 40)
    assert table.notes == ("有 1 行的人数是估计的：2014年1月9日 知行培训。",)


def test_a_new_spec_is_on_the_page_and_in_the_workbook_with_no_other_edit(as_role, monkeypatch):
    shortest = Spec(
        code="shortest",
        title="名称最短的板块",
        columns=[Column("板块", "name"), Column("字数", lambda a: len(a.name), Kind.NUMBER, totalled=True)],
        records=lambda figures: WorkArea.objects.filter(code="relief"),
    )
    monkeypatch.setattr(catalogue, "CATALOGUE", [*catalogue.CATALOGUE, shortest])
    client = as_role("coordinator")
    make_event(headcount=1)

    page = client.get("/reports/2014/")
    sheets = load_workbook(BytesIO(client.get("/reports/2014/export.xlsx").content), data_only=True)

    assert page.context["tables"][-1].title == "名称最短的板块"
    assert 'id="shortest"' in page.content.decode()
    assert [cell.value for cell in sheets["名称最短的板块"][5]] == ["合计", 6]


def test_a_new_work_area_gets_its_table_with_no_other_edit(as_role):
    make_work_area(code="advocacy", name="倡导", position=99)
    make_event(area=area("advocacy"), headcount=3)
    client = as_role("coordinator")

    sheets = load_workbook(BytesIO(client.get("/reports/2014/export.xlsx").content), data_only=True)

    assert tables_of(2014)["advocacy"].totals == (None, None, 3)
    assert [cell.value for cell in sheets["倡导"][5]] == ["合计", None, 3]


def test_report_page_and_workbook_cost_the_same_queries_for_one_row_and_for_thirty(as_role, django_assert_num_queries):
    client = as_role("coordinator")
    make_event(headcount=1).also_listed_in.add(area("exchange"))
    make_event(headcount=1)
    make_grant(report_year=2014)
    costs = {"/reports/2014/": 12, "/reports/2014/export.xlsx": 19}  # the workbook holds the checks, too
    for address, cost in costs.items():
        with django_assert_num_queries(cost):
            client.get(address)

    for number in range(29):
        event = make_event(headcount=number)
        event.also_listed_in.add(area("exchange"))
        make_grant(report_year=2014)
    for address, cost in costs.items():
        with django_assert_num_queries(cost):
            client.get(address)


def test_the_data_are_the_report_row_by_row(year_2014):
    """The fixture against a transcript of the printed training table."""
    transcript = """2014-01-09,湘东志愿者培训,32
2014-01-19,上饶地区志愿者培训,50
2014-03-22,高安志愿者培训,25
2014-03-23,中华义工联管理层培训,9
2014-03-26,南昌大学公益培训,29
2014-04-06,萍乡志愿者培训,8
2014-04-20,上犹志愿者组织培训,26
2014-04-29,萍乡福田镇志愿者培训,120
2014-05-03,上饶爱心烛光社志愿者培训,35
2014-05-11,南昌开心义工志愿者培训,17
2014-05-12,赣州赣县关爱残障人培训,400
2014-05-17,南昌大学学生会公益培训,30
2014-07-06,滕王阁公益培训,10
2014-07-24,安徽益和志愿者培训,26
2014-09-26,井冈山大学培训,30
2014-09-27,吉安志愿者培训,24
2014-10-12,吉安志愿者培训,12
2014-10-14,南昌大学公益培训,120
2014-10-19,上高志愿者培训,46
2014-10-19,江西财大志愿者培训,124
2014-10-21,江西师大IDOR分享,103
2014-10-25,永新志愿者培训,34
2014-11-28,吉安安福志愿者培训,55
2014-11-29,上栗志愿者培训,27
2014-12-06,南昌一米益拍暖冬行动,57
2014-12-12,峡江志愿者培训,13"""

    rows = tables_of(2014)["training"].rows

    assert [[row.cells[0].earliest.isoformat(), row.cells[1], str(row.cells[2])] for row in rows] == list(
        csv.reader(transcript.splitlines())
    )
