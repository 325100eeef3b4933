"""The network as people keep it: names, cities, heads and phones."""

import pytest

from organizations.models import Alias, Contact, Organization, Person
from organizations.resources import OrganizationResource
from organizations.tests.factories import make_alias, make_contact, make_organization, make_person, region
from yixin.intake.plan import SKIP
from yixin.intake.tests.tables import bring_in, done, plan, told

pytestmark = pytest.mark.django_db

HEADS = ("序号", "组织名称", "地市", "负责人", "电话", "备注")
SHORT = ("组织名称", "地市")


def network() -> list[tuple]:
    return list(Organization.objects.order_by("pk").values_list("name", "region__name", "slug"))


def test_table_of_a_network_brings_heads_and_phones_along():
    rows = [
        ("江西公益组织名单",),
        HEADS,
        (1, "南昌开心义工", "南昌", "李小明", 13800138000.0, ""),
        (2, "赣州义工联", "江西赣州", "王芳", "+86 139-0013-9000", "老会员"),
        ("合计", "2家", "", "", "", ""),
    ]

    planned = bring_in(OrganizationResource, *rows)

    assert (done(planned), planned.findings) == ({"new": 2}, [])
    assert network() == [
        ("南昌开心义工", "南昌市", "nanchangkaixinyigong"),
        ("赣州义工联", "赣州市", "ganzhouyigonglian"),
    ]
    contacts = Contact.objects.order_by("pk").values_list("person__name", "person__phone", "organization__name", "role")
    assert list(contacts) == [
        ("李小明", "13800138000", "南昌开心义工", "负责人"),
        ("王芳", "13900139000", "赣州义工联", "负责人"),
    ]
    assert set(Organization.objects.values_list("listing", flat=True)) == {"hidden"}


def test_same_table_again_adds_nothing():
    rows = [HEADS, ("", "南昌开心义工", "南昌市", "李小明", "138 0013 8000", "x")]
    bring_in(OrganizationResource, *rows)

    planned = bring_in(OrganizationResource, *rows)

    assert done(planned) == {"same": 1}
    assert (Organization.objects.count(), Person.objects.count(), Contact.objects.count()) == (1, 1, 1)


def test_another_name_finds_the_organisation_and_does_not_rename_it():
    organization = make_organization(name="江西在一起文化发展中心", region=region("360103"))
    make_alias(organization=organization, name="在一起")

    planned = bring_in(OrganizationResource, SHORT, ("在一起", "南昌"))

    assert (done(planned), told(planned.warnings)) == ({"same": 1}, [(2, "组织名称")])
    assert network() == [("江西在一起文化发展中心", region("360103").name, organization.slug)]


def test_near_name_is_asked_and_the_answer_remembered():
    organization = make_organization(name="中华义工联合会江西分会", region=region("360100"))
    rows = [SHORT, ("中华义工联江西分会", "南昌")]

    asked = plan(OrganizationResource, *rows, asks=True)
    (question,) = asked.questions
    left_out = plan(OrganizationResource, *rows, answers={question.key: SKIP}, asks=True)
    bring_in(OrganizationResource, *rows, answers={question.key: str(organization.pk)})
    again = plan(OrganizationResource, *rows, asks=True)

    assert (done(asked), done(left_out), done(again)) == ({"skipped": 1}, {"skipped": 1}, {"same": 1})
    assert [value for value, label in question.choices] == [str(organization.pk), "new", "skip"]
    assert list(Alias.objects.values_list("organization", "name")) == [(organization.pk, "中华义工联江西分会")]
    assert Organization.objects.count() == 1


def test_near_name_comes_in_as_new_with_a_warning_where_nobody_is_asked():
    make_organization(name="中华义工联合会江西分会", region=region("360100"))

    planned = bring_in(OrganizationResource, SHORT, ("中华义工联江西分会", "南昌"))

    assert (done(planned), told(planned.warnings)) == ({"new": 1}, [(2, "组织名称")])
    assert Organization.objects.count() == 2


def test_same_name_in_another_city_is_another_organisation():
    make_organization(name="爱心协会", region=region("360100"))

    planned = bring_in(OrganizationResource, SHORT, ("爱心协会", "赣州"), ("爱心协会", "南昌"))

    assert done(planned) == {"new": 1, "same": 1}
    assert [name for name, *_rest in network()] == ["爱心协会", "爱心协会"]


def test_county_that_has_another_name_today_stays_as_it_is_on_record():
    make_organization(name="知行空间", region=region("360721"))

    planned = plan(OrganizationResource, SHORT, ("知行空间", "赣县"), ("知行空间", "赣县区"))

    assert planned.rows[0].action == "same"


def test_credit_code_finds_the_organisation_whatever_its_name():
    organization = make_organization(name="知行空间", uscc="91350100M000100Y43")
    heads = (*SHORT, "统一社会信用代码")

    planned = plan(OrganizationResource, heads, ("完全不同的名称", "南昌", " 91350100m000100y43 "))

    assert planned.rows[0].record == organization
    assert planned.rows[0].changes == {"地市": ("", "南昌市")}


def test_bad_cells_are_named_by_row_and_column_together():
    heads = (*SHORT, "电话", "邮箱", "统一社会信用代码", "成立时间", "类型")
    row = ("知行空间", "亚特兰蒂斯", "12", "无效", "91350100M000100Y44", "2014年13月", "没有这种")

    planned = plan(OrganizationResource, heads, row, ("", "南昌", "", "", "", "", ""))

    assert told(planned.errors) == [
        (2, "电话"), (2, "邮箱"), (2, "统一社会信用代码"), (2, "成立时间"), (2, "地市"), (3, "组织名称"),
    ]  # fmt: skip
    assert told(planned.warnings) == [(2, "类型")]


def test_new_phone_of_a_known_head_changes_the_person_and_another_head_comes_beside():
    organization = make_organization(name="知行空间")
    head = make_person(name="李小明", phone="13800138000")
    make_contact(organization=organization, person=head, role="负责人")
    heads = ("组织名称", "地市", "负责人", "电话")

    changed = bring_in(OrganizationResource, heads, ("知行空间", "", "李 小明", "13900139000"))
    beside = bring_in(OrganizationResource, heads, ("知行空间", "", "王芳", "13700137000"))
    again = bring_in(OrganizationResource, heads, ("知行空间", "", "王芳", "13700137000"))

    assert (done(changed), done(beside), done(again)) == ({"changed": 1}, {"changed": 1}, {"same": 1})
    assert list(Person.objects.order_by("pk").values_list("name", "phone")) == [
        ("李小明", "13900139000"),
        ("王芳", "13700137000"),
    ]
    assert Contact.objects.count() == 2


def test_phone_without_a_name_is_kept_as_the_offices():
    planned = bring_in(OrganizationResource, ("组织名称", "地市", "电话"), ("知行空间", "", "0791-88000000"))

    assert told(planned.warnings) == [(2, "电话")]
    assert list(Contact.objects.values_list("person__name", "role")) == [("知行空间", "办公室")]
    assert done(bring_in(OrganizationResource, ("组织名称", "地市", "电话"), ("知行空间", "", "0791 88000000"))) == {
        "same": 1
    }


def test_columns_that_only_the_form_may_set_are_left_alone():
    make_organization(name="知行空间", is_sensitive=True, listing="hidden")
    heads = (*SHORT, "敏感", "目录中可见", "id", "is_public")

    planned = bring_in(OrganizationResource, heads, ("知行空间", "", "否", "公开", 7, 1))

    assert done(planned) == {"same": 1}
    assert list(Organization.objects.values_list("is_sensitive", "listing")) == [(True, "hidden")]


def test_other_names_come_along_and_a_sensitive_name_is_marked():
    heads = (*SHORT, "简称")
    rows = [heads, ("南昌LES群", "南昌", "拉拉群、小群")]

    planned = bring_in(OrganizationResource, *rows)

    assert (done(planned), told(planned.warnings)) == ({"new": 1}, [(2, "组织名称")])
    assert list(Alias.objects.order_by("pk").values_list("name", flat=True)) == ["拉拉群", "小群"]
    assert Organization.objects.get().is_sensitive is True
    assert done(bring_in(OrganizationResource, *rows)) == {"same": 1}


def test_more_than_a_thousand_organisations_with_heads_are_read_at_once():
    made = Organization.objects.bulk_create(
        Organization(name=f"受助社{n}", name_key=f"受助社{n}", slug=f"x-{n}") for n in range(1_100)
    )
    heads = Person.objects.bulk_create(Person(name=f"李明{n}", name_key=f"李明{n}") for n in range(1_100))
    Contact.objects.bulk_create(
        Contact(organization=organization, person=head) for organization, head in zip(made, heads, strict=True)
    )
    rows = [("", f"受助社{n}", "", f"李明{n}", "", "") for n in range(1_100)]

    planned = plan(OrganizationResource, HEADS, *rows)

    assert done(planned) == {"same": 1_100}
    assert [OrganizationResource().value_of(o, "负责人") for o in OrganizationResource().get_queryset()][:1] == [
        "李明0"
    ]


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow_with_rows(django_assert_num_queries, number):
    for n in range(number):
        make_contact(organization=make_organization(name=f"受助社{n}"), person=make_person(name=f"李明{n}"))
    known = [("", f"受助社{n}", "南昌", f"李明{n}", f"1380000{n:04d}", "") for n in range(number)]
    new = [("", f"完全别的{n}甲乙丙", "赣州", f"王芳{n}", f"1390000{n:04d}", "") for n in range(number)]

    with django_assert_num_queries(7):
        planned = plan(OrganizationResource, HEADS, *known, *new)

    assert done(planned) == {"new": number, "changed": number}


def test_same_name_in_another_county_is_asked_about_and_not_merged():
    rows = [SHORT, ("蓝天救援队", "瑞金"), ("蓝天救援队", "于都"), ("蓝天救援队", "于都县")]

    planned = bring_in(OrganizationResource, *rows)

    assert (done(planned), told(planned.warnings)) == ({"new": 2, "skipped": 1}, [(3, "组织名称")])
    assert [row[:2] for row in network()] == [("蓝天救援队", "瑞金市"), ("蓝天救援队", "于都县")]
    assert done(bring_in(OrganizationResource, *rows)) == {"same": 2, "skipped": 1}


def test_same_name_in_another_county_may_be_the_one_on_record():
    found = make_organization(name="蓝天救援队", region=region("360781"))
    rows = [SHORT, ("蓝天救援队", "于都")]

    asked = plan(OrganizationResource, *rows, asks=True)
    planned = plan(OrganizationResource, *rows, answers={asked.questions[0].key: str(found.pk)})

    assert [question.default for question in asked.questions] == ["new"]
    assert planned.rows[0].record == found


def test_former_county_is_no_other_county():
    make_organization(name="蓝天救援队", region=region("360782", 2012))

    planned = plan(OrganizationResource, SHORT, ("蓝天救援队", "南康区"), year=2020)

    assert planned.questions == []


def test_first_of_several_heads_and_phones_is_kept_and_that_is_said():
    rows = [("组织名称", "地市", "负责人", "电话"), ("益路", "南昌", "祝兰、徐丽", "13500018121/13500018122")]

    planned = bring_in(OrganizationResource, *rows)

    assert told(planned.warnings) == [(2, "负责人"), (2, "电话")]
    assert list(Person.objects.values_list("name", "phone")) == [("祝兰", "13500018121")]


@pytest.mark.parametrize("code", ["无", "—", "办理中", "未注册"])
def test_no_credit_code_yet(code):
    bring_in(OrganizationResource, (*SHORT, "统一社会信用代码"), ("益路", "南昌", code))

    assert Organization.objects.get().uscc is None


def test_what_only_the_row_says_that_is_left_out_is_pointed_out():
    heads = ("组织名称", "地市", "负责人")

    planned = plan(OrganizationResource, heads, ("益路", "南昌", "刘一"), ("益路", "南昌", "刘二"))

    assert (done(planned), told(planned.warnings)) == ({"new": 1, "skipped": 1}, [(3, "负责人")])


def test_phone_beside_a_head_is_no_part_of_the_name():
    bring_in(OrganizationResource, ("组织名称", "地市", "负责人"), ("益路", "南昌", "刘一 13800138000"))

    assert list(Person.objects.values_list("name", "phone")) == [("刘一", "13800138000")]
