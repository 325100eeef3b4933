"""A whole report as plain values, with everything in it that a renderer must cope with; keywords change it."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from PIL import Image

from reports.chart import Bar, Chart, ChartKind
from reports.document import Block, BlockKind, Correction, Document, Part, Picture, Run
from reports.table import Kind, Row, Table
from yixin.fuzzydate import parse
from yixin.quantities import HeadCount

PHOTO = "photos/2014/exchange.jpg"
LOST_PHOTO = "photos/2014/lost.jpg"

MONTHS = (140, 25, None, 168, 12, 0, 0, 26, 54, 103, 18, 57)
CITIES = {
    "九江": (0, 2), "景德镇": (0, 3), "宜春": (1, 1), "南昌": (1, 2), "鹰潭": (1, 3), "上饶": (1, 4),
    "萍乡": (2, 0), "新余": (2, 1), "抚州": (2, 3), "吉安": (3, 1), "赣州": (4, 1),
}  # fmt: skip
EVENTS_OF_CITIES = (0, 0, 3, 12, None, 2, 5, 0, 0, 8, 3)


def make_table(*rows: Row, **changes) -> Table:
    """An event table; without rows given, one of three: counted, estimated and of unknown head-count."""
    columns = {
        "code": "training",
        "title": "志愿者培训",
        "labels": ("时间", "内容", "人数"),
        "kinds": (Kind.DATE, Kind.TEXT, Kind.NUMBER),
        "totalled": (False, False, True),
        "rows": rows or EVENTS,
        "totals": (None, None, 1432),
        "notes": ("有1行人数不详，合计中没有计入：2014年10-12月 支持反歧视项目。",),
    }
    return Table(**columns | changes)


EVENTS = (
    Row((parse("2014年1月9日"), "县城志愿者培训", HeadCount(32))),
    Row((parse("2014年4月26-28日"), "志愿者管理层培训第一期", HeadCount(1400, is_estimated=True))),
    Row((parse("2014年10-12月"), "支持反歧视项目", None)),
)


def make_grants() -> Table:
    """One grant counts, one was withdrawn and its amount is unknown."""
    return Table(
        code="grants",
        title="微公益小额资助",
        labels=("组织或者个人", "项目名称", "金额", "备注"),
        kinds=(Kind.TEXT, Kind.TEXT, Kind.MONEY, Kind.TEXT),
        totalled=(False, False, True, False),
        rows=(
            Row(("某公益发展中心", "留守儿童故事集", Decimal("24000.00"), "")),
            Row(("某志愿者协会", "行政费用支持", None, "申请退出资助"), counted=False),
        ),
        totals=(None, None, Decimal("24000.00"), None),
        notes=("某志愿者协会：已退出，金额不详，不计入合计。", "一个项目可以分几次拨款。"),
    )


def make_chart(kind: ChartKind = ChartKind.COLUMNS) -> Chart:
    """A picture of that kind, with a zero and with something that nobody knows."""
    if kind is ChartKind.COLUMNS:
        bars = tuple(Bar(f"{month}月", (value,)) for month, value in enumerate(MONTHS, start=1))
        return Chart(kind, "2014年各月人次", ("人次",), bars)
    if kind is ChartKind.BARS:
        bars = (
            Bar("某基金会", (Decimal("48500.00"), None)),
            Bar("某社区公益基金会“公益1+1”县域志愿服务组织能力建设专项", (Decimal("4600.50"), Decimal("4600.50"))),
            Bar("没有登记资助方", (Decimal("0.00"), Decimal("0.00"))),
        )
        return Chart(kind, "各资助方：已承诺与已拨付（元）", ("已承诺（元）", "已拨付（元）"), bars)
    if kind is ChartKind.TILES:
        bars = tuple(
            Bar(name, (value,), cell=place)
            for (name, place), value in zip(CITIES.items(), EVENTS_OF_CITIES, strict=True)
        )
        return Chart(kind, "2014年各市活动场数", ("活动场数",), bars)
    steps = [("各表合计", 2087, True), ("− 在第二个表中重复列出", -9, False), ("＝ 每场活动只计一次", 2078, True)]
    steps += [("− 日期早于2014年", -95, False), ("＝ 日期在2014年", 1983, True)]
    bars = tuple(Bar(label, (value,), is_sum=is_sum) for label, value, is_sum in steps)
    return Chart(kind, "从各表合计到每场活动只计一次（人次）", ("人次",), bars)


def make_measures(chart: Chart, **changes) -> Table:
    """The table of a chart: one row a bar, one column a series."""
    columns = {
        "code": chart.kind.value,
        "title": chart.title,
        "labels": ("项目", *chart.series),
        "kinds": (Kind.TEXT, *(Kind.NUMBER for _ in chart.series)),
        "totalled": (False, *(False for _ in chart.series)),
        "rows": tuple(Row((bar.label, *bar.values)) for bar in chart.bars),
        "totals": (None, *(None for _ in chart.series)),
        "notes": (),
        "chart": chart,
    }
    return Table(**columns | changes)


def make_wide(columns: int = 11, value: int | Decimal = 1462) -> Table:
    """One row a city, and so many columns."""
    numbers = tuple(f"志愿者培训 · {'场数' if column % 2 else '人次'}" for column in range(1, columns))
    kind = Kind.MONEY if isinstance(value, Decimal) else Kind.NUMBER
    return Table(
        code="wide",
        title="各市与各工作板块",
        labels=("地市", *numbers),
        kinds=(Kind.TEXT, *(kind for _ in numbers)),
        totalled=(False, *(True for _ in numbers)),
        rows=tuple(Row((city, *(value for _ in numbers))) for city in CITIES),
        totals=(None, *(value * len(CITIES) for _ in numbers)),
        notes=(),
    )


def make_review() -> Table:
    return Table(
        code="review",
        title="核对与说明",
        labels=("编号", "发现", "答复"),
        kinds=(Kind.TEXT, Kind.TEXT, Kind.TEXT),
        totalled=(False, False, False),
        rows=(Row(("C1", "文中说交流12场，表中列出5场。", "另外7场没有登记人数，因此没有列入。")),),
        totals=(None, None, None),
        notes=(),
    )


def photo(name: str) -> bytes | None:
    """What the media storage would give: a grey JPEG, or nothing."""
    if name == LOST_PHOTO:
        return None
    stream = BytesIO()
    Image.new("RGB", (160, 120), "#888888").save(stream, "JPEG")
    return stream.getvalue()


def make_block(*runs: str | Run, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(kind, tuple(run if isinstance(run, Run) else Run(run) for run in runs))


def make_parts() -> tuple[Part, ...]:
    unknown = Run("不详（还没有签到名单）", "培训.去重", is_unknown=True)
    blocks = (
        make_block("2014年共组织志愿者培训", Run("3", "培训.场次"), "场，参加人次", Run("1,432", "培训.人次"), "。"),
        make_block("面向县城志愿者组织的基础培训；", kind=BlockKind.NUMBERED),
        make_block("面向管理层的系列课程，去重人数", unknown, "。", kind=BlockKind.NUMBERED),
        make_block("与往年相比，今年的培训更多地走进县城和乡镇。"),
        make_block("第二张编号列表重新从1开始。", kind=BlockKind.NUMBERED),
        make_block("志愿者的招募与激励", kind=BlockKind.BULLET),
        make_block("与政府、媒体的沟通", kind=BlockKind.BULLET),
    )
    return (
        Part("training", "志愿者培训", blocks, "training", (Picture(PHOTO, "第一期培训的合影", 1600, 1200),)),
        Part("grants", "小额资助", (), "grants", (Picture(LOST_PHOTO, "资助签约", 640, 480),)),
    )


def make_document(**changes) -> Document:
    """The second edition of a report for one funder."""
    columns = {
        "year": 2014,
        "title": "2014年度工作报告",
        "funder": "某基金会",
        "cut_off": date(2014, 12, 20),
        "edition": 2,
        "published_on": date(2015, 3, 1),
        "corrections": (Correction(2, date(2015, 3, 1), "第一版把一场活动重复列在两个表中。"),),
        "parts": make_parts(),
        "tables": (make_table(), make_grants(), *(make_measures(make_chart(kind)) for kind in ChartKind), make_wide()),
        "notes": ("交流12场包括没有登记人数的7场。",),
        "review": make_review(),
    }
    return Document(**columns | changes)
