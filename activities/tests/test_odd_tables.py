"""Money, organisations and visits: what is unknown, what is near, what is refused."""

from functools import partial

import pytest

from grants.tests.factories import make_grant
from organizations.tests.factories import make_organization

from .factories import make_survey
from .odd_files import Odd, Says, accepted, expected, hand_in, rejected, xlsx

pytestmark = pytest.mark.django_db

OF_2014 = ("--year", "2014")
GRANTS = ["组织或者个人", "项目名称", "金额"]
PAYMENTS = ["日期", "组织或者个人", "项目", "拨款金额"]
ORGANIZATIONS = ["组织名称", "地市"]
TARGETS = ["地市", "计划走访家数"]
VISITS = ["走访日期", "组织名称"]


def two_rounds() -> None:
    for _ in range(2):
        make_survey(report_year=2014)


def granted() -> None:
    make_grant(organization=make_organization(name="知行社"))


def organization(name: str, outcome: dict, row: list, *heads: str, **rest) -> Odd:
    return Odd(f"organisation {name}", xlsx([*ORGANIZATIONS, *heads], row), outcome, "organizations", (), **rest)


OTHERS = [
    Odd(
        "payment of an unknown grant",
        xlsx(PAYMENTS, ["2014-03-01", "无名社", "微公益", 3000]),
        rejected((2, "组织或者个人"), refused=1),
        "payments",
        (),
    ),
    Odd(
        "payment of another project",
        xlsx(PAYMENTS, ["2014-03-01", "知行社", "净滩", 3000]),
        rejected((2, "项目"), refused=1),
        "payments",
        (),
        granted,
    ),
    Odd(
        "negative grant",
        xlsx(GRANTS, ["知行社", "微公益", -5]),
        rejected((2, "金额"), refused=1),
        "grants",
        OF_2014,
    ),
    Odd(
        "grant that was withdrawn",
        xlsx(["组织或者个人", "项目名称", "金额", "备注"], ["知行社", "微公益", 7000, "申请退出资助"]),
        accepted(new=1, warnings=[(2, "状态"), (2, "组织或者个人")]),
        "grants",
        OF_2014,
    ),
    Odd(
        "grant without a year",
        xlsx(GRANTS, ["知行社", "微公益", 7000]),
        rejected(Says("Say of which report year these grants are."), refused=1),
        "grants",
        (),
    ),
    Odd(
        "grant of an unknown amount",
        xlsx(GRANTS, ["知行社", "微公益", None], ["合计", None, 0]),
        accepted(new=1, warnings=[(2, "组织或者个人")]),
        "grants",
        OF_2014,
    ),
    Odd(
        "amounts in ten thousands by their head",
        xlsx(["组织或者个人", "项目名称", "金额（万元）"], ["知行社", "微公益", 0.7]),
        rejected((1, "金额"), new=1, warnings=[(2, "组织或者个人")]),
        "grants",
        OF_2014,
    ),
    Odd(
        "visits with two rounds",
        xlsx(VISITS, ["2014-10-20", "知行社"]),
        accepted(new=1, warnings=[(None, None), (2, "组织名称")]),
        "visits",
        OF_2014,
        two_rounds,
    ),
    Odd(
        "visits without a round",
        xlsx(VISITS, ["2014-10-20", "知行社"]),
        accepted(new=1, warnings=[(None, None), (2, "组织名称")]),
        "visits",
        OF_2014,
    ),
    Odd(
        "targets with two rounds and no line above",
        xlsx(TARGETS, ["南昌", 5]),
        rejected(
            Says("No line above the table names the round. Write its name there, or choose the round."), refused=1
        ),
        "targets",
        OF_2014,
        two_rounds,
    ),
    Odd(
        "target of an unknown city",
        xlsx(["2014年调研"], TARGETS, ["亚特兰蒂斯", 5], ["南昌", 5], ["合计", 10]),
        rejected((3, "地市"), new=1, refused=1, warnings=[(None, None)]),
        "targets",
        OF_2014,
    ),
    Odd(
        "target twice",
        xlsx(["2014年调研"], TARGETS, ["南昌", 5], ["江西省南昌市", 5]),
        accepted(new=1, skipped=1, warnings=[(None, None)]),
        "targets",
        OF_2014,
    ),
    organization(
        "with a near name",
        accepted(new=1, warnings=[(2, "组织名称")]),
        ["南昌市义工联合会", "南昌"],
        before=partial(make_organization, name="南昌义工联"),
    ),
    organization(
        "with a wrong credit code",
        rejected((2, "统一社会信用代码"), refused=1),
        ["知行社", "南昌", "51360000MJB123456X"],
        "统一社会信用代码",
    ),
    organization("of an unknown city", rejected((2, "地市"), refused=1), ["知行社", "亚特兰蒂斯"]),
    organization("that is a person", accepted(skipped=1), ["知行社", "南昌", "个人"], "类型"),
    organization("of an unknown kind", accepted(new=1, warnings=[(2, "类型")]), ["知行社", "南昌", "外星人"], "类型"),
    organization("whose name is of an illness", accepted(new=1, warnings=[(2, "组织名称")]), ["感染者小组", "南昌"]),
    organization("without a name", rejected((2, "组织名称"), refused=1), [None, "南昌"]),
]


@pytest.mark.parametrize("odd", OTHERS, ids=str)
def test_table(odd, tmp_path):
    assert hand_in(odd, tmp_path) == expected(odd)
