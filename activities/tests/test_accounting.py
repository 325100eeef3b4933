"""Whatever stands in a sheet, every row of it is accounted for, and comes in once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants.tests.factories import make_grant
from organizations.tests.factories import make_organization, make_person
from yixin.intake.importing import locate
from yixin.intake.models import Intake
from yixin.intake.plan import Action, Plan
from yixin.intake.registry import resources
from yixin.intake.resource import Options, Resource
from yixin.intake.services import carry_out
from yixin.intake.sheets import Cell, CellError, Line, Sheet, Table
from yixin.text import clean_text

from .factories import make_event, make_survey

pytestmark = pytest.mark.django_db

ODD: list[Cell] = [
    *(None, "", " ", "\u3000", "合计", "小计：", "共3人", "同上", "〃", "注：以上不全", "填表人：甲", "-", "不详"),
    *("2014-01-04", "1月4日", "2月30日", "2014年10-12月", date(2014, 1, 4), 41643, "去年冬天", "0000-00-00"),
    *(
        0,
        3,
        -1,
        12.7,
        True,
        10**20,
        1e300,
        "约40",
        "400人",
        "４００",
        "百余人",
        "0.35万",
        "￥7,000",
        "3,00",
        Decimal("7.5"),
    ),
    *("南昌", "赣州市", "赣县", "江西", "安徽合肥", "亚特兰蒂斯", "志愿者培训", "陪伴成长", "外星事务"),
    *("知行社", "知行 社", "南昌义工联", "南昌市义工联合会", "张三", "李四", "王 五", "13800138000", 13800138001.0),
    *(
        "湘东志愿者培训",
        "微公益",
        "长" * 300,
        "🎉",
        "a\0b",
        "\ud800",
        "=1+1",
        "<script>",
        "取消",
        "请假",
        "申请退出资助",
    ),
    *("110101199003070134", CellError("#REF!", "错"), "a@b", "http://x.org", "个人", "是", "讲师", "艾滋病"),
]
SANE = {
    "时间": ["2014-01-04", "1月4日", "2014年10-12月"],
    "内容": ["湘东志愿者培训", "管理层培训", "合计培训"],
    "姓名": ["张三", "李四", "王 五"],
    "组织名称": ["知行社", "南昌义工联", "赣州新绿洲"],
    "地市": ["南昌", "赣州市", "全省"],
    "组织或者个人": ["知行社", "张三"],
    "项目名称": ["微公益", "净滩"],
    "日期": ["2014-03-01", date(2014, 5, 1)],
    "拨款金额": [3000, "0.35万"],
    "走访日期": ["2014-10-20", ""],
    "计划走访家数": [5, "6家"],
}
TABLES = resources()


@st.composite
def sheets(draw) -> tuple[str, Sheet]:
    """A table's name, and a sheet with its heads in any order, some of its other columns, and any rows below."""
    name = draw(st.sampled_from(sorted(TABLES)))
    made = TABLES[name]()
    others = draw(st.lists(st.sampled_from([*made.heads, "序号", "照片", "id"]), max_size=5, unique=True))
    heads = draw(st.permutations(list(dict.fromkeys([*made.required, *others]))))
    rows = draw(st.lists(st.tuples(*(cells(head) for head in heads)), max_size=7))
    rows += draw(st.lists(st.sampled_from(rows), max_size=2)) if rows else []
    lines = (Line(number, tuple(filled(row))) for number, row in enumerate([heads, *rows], 1))
    return name, Sheet("", tuple(line for line in lines if any(cell is not None for cell in line.cells)))


def cells(head: str) -> st.SearchStrategy:
    odd = st.sampled_from(ODD)
    return st.one_of(st.sampled_from(SANE[head]), st.sampled_from(SANE[head]), odd) if head in SANE else odd


def filled(row) -> list[Cell]:
    """As the reading layer has it: blanks are empty cells, and no text holds NUL."""
    return [(clean_text(cell) or None) if isinstance(cell, str) else cell for cell in row]


@pytest.fixture
def options() -> Options:
    """Those with which every table can come in."""
    make_grant(organization=make_organization(name="知行社"), project="微公益")
    make_person(name="李四", phone="13800138000")
    event, survey = make_event(), make_survey(report_year=2014)
    return Options(year=2014, area="training", event=event.pk, survey=survey.pk)


@given(made=sheets())
@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_row_of_a_random_sheet_is_accounted_for_and_comes_in_once(options, made):
    name, sheet = made
    table = locate(TABLES[name](options), [sheet])

    with transaction.atomic():
        plan = carried_out(TABLES[name](options), table)
        again = TABLES[name](options).plan(table)
        for record in [row.record for row in plan.doing(Action.NEW, Action.CHANGED)][:3]:
            record.full_clean()
        transaction.set_rollback(True)

    assert [row.number for row in plan.rows if row.action not in Action] == []
    assert sum(plan.counts.values()) == len(plan.rows)
    assert [line.number for line in sheet.lines[1:] if is_lost(line, plan, table)] == []
    assert (again.counts["new"], again.counts["refused"]) == (0, plan.counts["refused"])


def carried_out(made: Resource, table: Table) -> Plan:
    """What was done with the good rows."""
    plan = made.plan(table)
    carry_out(Intake.objects.create(table=made.name, created_at=timezone.now()), plan)
    return plan


def is_lost(line: Line, plan: Plan, table: Table) -> bool:
    """Whether the line became no row, and is neither blank, nor a total, nor left out with a word about it."""
    told = {finding.row for finding in plan.findings}
    kept = next((one for one in table.lines if one.number == line.number), None)
    if kept is None:
        return None not in told and any(table.cell(line, name) is not None for name in table.columns)
    if line.number in told | {row.number for row in plan.rows}:
        return False
    columns = plan.resource.columns
    known = {name: table.cell(kept, name) for name in table.columns if table.cell(kept, name) is not None}
    words = [name for name in known if not columns[name].is_totalled]
    labels = [cell for cell in kept.cells if isinstance(cell, str) and ("计" in cell or cell.startswith("共"))]
    return bool(words) and not labels


def rows_of(name: str, number: int) -> list[tuple]:
    """Heads and as many rows of a table, each of another name."""
    days = [date(2014, n % 12 + 1, n % 28 + 1) for n in range(number)]
    cities = ["南昌", "赣州", "九江"]
    of_table = {
        "organizations": [("组织名称", "地市"), *((f"甲{n}乙社", cities[n % 3]) for n in range(number))],
        "events": [("时间", "内容", "人数"), *((days[n], f"培训{n}", n) for n in range(number))],
        "attendance": [("姓名", "单位", "电话"), *((f"张三{n}", f"甲{n}乙社", f"139{n:08}") for n in range(number))],
        "grants": [("组织或者个人", "项目名称", "金额"), *((f"甲{n}乙社", "净滩", n) for n in range(number))],
        "payments": [("日期", "组织或者个人", "项目", "拨款金额"), *((d, "知行社", "微公益", 5) for d in days)],
        "visits": [("走访日期", "组织名称"), *((days[n], f"甲{n}乙社") for n in range(number))],
        "targets": [("地市", "计划走访家数"), *((cities[n % 3], 5) for n in range(number))],
    }
    return of_table[name]


@pytest.mark.parametrize("number", [3, 300])
@pytest.mark.parametrize(
    ("name", "queries"),
    {
        "organizations": 3,
        "events": 5,
        "attendance": 8,
        "grants": 4,
        "payments": 3,
        "visits": 6,
        "targets": 4,
    }.items(),
)
def test_queries_of_a_plan_do_not_grow_with_rows(options, name, queries, number):
    lines = tuple(Line(place, cells) for place, cells in enumerate(rows_of(name, number), 1))
    table = locate(TABLES[name](options), [Sheet("", lines)])

    with CaptureQueriesContext(connection) as captured:
        plan = TABLES[name](options).plan(table)

    assert plan.counts["new"] + plan.counts["skipped"] == number
    assert len(captured) == queries
