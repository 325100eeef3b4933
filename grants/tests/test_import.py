"""Tables of micro-grants and payments, as people keep them."""

from datetime import date
from decimal import Decimal

import pytest

from grants.models import Funding, Grant, Payment
from grants.resources import GrantResource, PaymentResource
from grants.tests.factories import make_funding, make_grant, make_payment
from organizations.models import Organization, Person
from organizations.tests.factories import make_alias, make_organization, make_person
from yixin.intake.plan import Action
from yixin.intake.tests.tables import bring_in, done, plan, told

pytestmark = pytest.mark.django_db

HEADS = ("组织或者个人", "项目名称", "金额", "备注")
PAID = ("日期", "组织或者个人", "项目", "拨款金额", "备注")


def grants() -> list[tuple]:
    return list(
        Grant.objects.order_by("pk").values_list(
            "organization__name", "person__name", "project", "awarded_amount", "status", "report_year"
        )
    )


def test_table_of_grants_brings_recipients_along():
    rows = [
        HEADS,
        ("万建军", "癌症病人关怀", "\u3000", "申请退出资助"),
        ("曙光急救", "急救培训", 7000, ""),
        ("合计", "", 7000, ""),
    ]

    planned = bring_in(GrantResource, *rows, year=2014)

    assert done(planned) == {"new": 2}
    assert grants() == [
        (None, "万建军", "癌症病人关怀", None, "withdrawn", 2014),
        ("曙光急救", None, "急救培训", Decimal("7000.00"), "awarded", 2014),
    ]
    assert told(planned.warnings) == [(2, "状态"), (2, "组织或者个人"), (3, "组织或者个人")]


def test_same_table_again_adds_nothing():
    rows = [HEADS, ("彭英姿", "财务培训", "4,600元", ""), ("曙光急救", "急救培训", "0.7万", "")]
    bring_in(GrantResource, *rows, year=2014)

    planned = bring_in(GrantResource, *rows, year=2014)

    assert done(planned) == {"same": 2}
    assert (Grant.objects.count(), Person.objects.count(), Organization.objects.count()) == (2, 1, 1)


def test_alias_finds_the_organisation():
    organization = make_organization(name="江西在一起文化发展中心")
    make_alias(organization=organization, name="在一起")

    bring_in(GrantResource, HEADS, ("在一起", "行政费用支持", 5000, ""), year=2014)

    assert grants() == [("江西在一起文化发展中心", None, "行政费用支持", Decimal("5000.00"), "awarded", 2014)]


def test_changed_amount_shows_old_and_new_and_an_empty_one_keeps_the_old():
    organization = make_organization(name="渔公益")
    make_grant(organization=organization, project="盲童戏剧融合", awarded_amount=Decimal(2000))
    make_grant(organization=organization, project="走访", awarded_amount=Decimal(300))
    rows = [HEADS, ("渔公益", "盲童戏剧融合", 2500, ""), ("渔公益", "走访", "", "")]

    planned = bring_in(GrantResource, *rows, year=2014)

    assert [row.changes for row in planned.rows] == [{"金额": ("2,000.00", "2,500.00")}, {}]
    assert [amount for *_rest, amount, _, _ in grants()] == [Decimal(2500), Decimal(300)]


def test_empty_cell_wipes_only_when_asked():
    make_grant(organization=make_organization(name="渔公益"), project="走访", remark="待定")

    planned = plan(GrantResource, HEADS, ("渔公益", "走访", 7000, ""), year=2014, wipe=True)

    assert planned.rows[0].changes == {"备注": ("待定", "")}


def test_name_of_a_person_on_record_is_asked():
    person = make_person(name="彭英姿")
    rows = [HEADS, ("彭英姿", "财务培训", 4600, "")]

    asked = plan(GrantResource, *rows, asks=True, year=2014)
    answered = bring_in(GrantResource, *rows, answers={asked.questions[0].key: str(person.pk)}, year=2014)

    assert (done(asked), done(answered)) == ({"skipped": 1}, {"new": 1})
    assert Grant.objects.get().person == person


def test_organisation_with_a_name_like_a_person_is_found_first():
    make_organization(name="万建军")

    bring_in(GrantResource, HEADS, ("万建军", "走访", 300, ""), year=2014)

    assert grants() == [("万建军", None, "走访", Decimal(300), "awarded", 2014)]


def test_funder_links_the_only_funding_and_makes_one_where_there_is_none():
    funding = make_funding(funder=make_organization(name="正荣基金会"), purpose="微公益")
    heads = (*HEADS, "资助方")

    planned = bring_in(
        GrantResource, heads, ("曙光急救", "甲", 1, "", "正荣基金会"), ("曙光急救", "乙", 2, "", "乐施会"), year=2014
    )

    assert done(planned) == {"new": 2}
    first, second = Grant.objects.order_by("pk")
    assert first.funding == funding
    assert second.funding.funder.name == "乐施会"
    assert done(bring_in(GrantResource, heads, ("曙光急救", "乙", 2, "", "乐施会"), year=2014)) == {"same": 1}
    assert Funding.objects.count() == 2


def test_new_funder_that_is_a_recipient_in_another_row_is_one_organisation():
    rows = [
        ("组织或者个人", "项目名称", "金额", "资助方"),
        ("知行社", "图书角", "3000", "青原色"),
        ("青原色", "河流", "", ""),
    ]

    bring_in(GrantResource, *rows, year=2014)

    assert Organization.objects.filter(name="青原色").count() == 1
    assert Grant.objects.get(project="河流").organization == Funding.objects.get().funder


def test_without_a_year_the_whole_table_is_refused():
    planned = plan(GrantResource, HEADS, ("曙光急救", "急救培训", 7000, ""))

    assert told(planned.errors)[0] == (None, None)


def test_payments_find_their_grants_and_a_refund_says_so():
    grant = make_grant(organization=make_organization(name="曙光急救"), project="急救培训")
    rows = [
        PAID,
        ("2014-03-01", "曙光急救", "急救培训", 3500, ""),
        ("5月6日", "曙光急救", "", "3,500元", ""),
        ("2014-12-01", "曙光急救", "急救培训", 200, "余款退回"),
        ("合计", "", "", 7200, ""),
    ]

    first, second = (bring_in(PaymentResource, *rows, year=2014) for _ in range(2))

    assert (done(first), done(second)) == ({"new": 3}, {"same": 3})
    assert first.findings == []
    assert list(Payment.objects.order_by("paid_on").values_list("grant", "paid_on", "amount", "kind")) == [
        (grant.pk, date(2014, 3, 1), Decimal(3500), "instalment"),
        (grant.pk, date(2014, 5, 6), Decimal(3500), "instalment"),
        (grant.pk, date(2014, 12, 1), Decimal(200), "refund"),
    ]


def test_payment_of_no_grant_or_of_several_is_refused_with_its_place():
    organization = make_organization(name="曙光急救")
    make_grant(organization=organization, project="甲")
    make_grant(organization=organization, project="乙")
    rows = [
        PAID,
        ("2014-03-01", "不在册", "", 1, ""),
        ("2014-03-01", "曙光急救", "", 1, ""),
        ("2014-03-01", "曙光急救", "丙", 1, ""),
        ("2014-03-01", "曙光急救", "甲", 0, ""),
    ]

    planned = plan(PaymentResource, *rows, year=2014)

    assert done(planned) == {"refused": 4}
    assert told(planned.errors) == [(2, "组织或者个人"), (3, "项目"), (4, "项目"), (5, "拨款金额")]


def test_payment_of_the_same_day_and_amount_twice_is_two_where_two_are_on_record():
    grant = make_grant(organization=make_organization(name="曙光急救"), project="急救培训")
    for remark in ("第一笔", "第二笔"):
        make_payment(grant=grant, paid_on=date(2014, 3, 1), amount=Decimal(500), remark=remark)
    row = ("2014-03-01", "曙光急救", "急救培训", 500)

    planned = plan(PaymentResource, PAID, (*row, "第一笔"), (*row, "第二笔"))

    assert done(planned) == {"same": 2}


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow_with_rows(django_assert_num_queries, number):
    for n in range(number):
        make_grant(organization=make_organization(name=f"受助社{n}"), project="走访")
    grant_rows = [(f"受助社{n}", "走访", 800, "") for n in range(number)]
    new_rows = [(f"新社{n}甲乙丙", "走访", 800, "") for n in range(number)]
    payments = [("2014-03-01", f"受助社{n}", "", n + 1, "") for n in range(number)]

    with django_assert_num_queries(5):
        planned = plan(GrantResource, HEADS, *grant_rows, *new_rows, year=2014)
    with django_assert_num_queries(3):
        paid = plan(PaymentResource, PAID, *payments, year=2014)

    assert (done(planned), done(paid)) == ({"new": number, "changed": number}, {"new": number})
    assert {row.action for row in paid.rows} == {Action.NEW}


@pytest.mark.parametrize("head", ["受资助机构", "申请单位", "执行机构", "单位", "3、您的机构名称："])
def test_recipient_by_its_other_heads(head):
    planned = plan(GrantResource, (head, "项目名称", "金额"), ("益路", "助学", 5000), year=2018)

    assert (done(planned), told(planned.errors)) == ({"new": 1}, [])


def test_amounts_asked_for_and_given_under_one_head():
    rows = [("单位", "项目名称", "金额（元）", ""), ("", "", "申请", "批准"), ("益路", "助学", 6000, 5000)]

    bring_in(GrantResource, *rows, year=2018)

    assert list(Grant.objects.values_list("requested_amount", "awarded_amount")) == [(Decimal(6000), Decimal(5000))]


def test_total_in_capitals_is_no_grant():
    rows = [("单位", "项目名称", "金额"), ("益路", "助学", 5000), ("合计（大写）：伍仟元整", "", 5000)]

    assert done(plan(GrantResource, *rows, year=2018)) == {"new": 1}
