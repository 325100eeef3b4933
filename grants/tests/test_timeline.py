"""What a public page tells of the grants to an organisation."""

from datetime import date
from decimal import Decimal

import pytest

from grants.tests.factories import make_funding, make_grant
from grants.timeline import grants, years
from organizations.tests.factories import make_organization, make_person
from organizations.timeline import Happening

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization():
    return make_organization(listing="public")


def test_its_grants_are_told_with_project_and_amount_the_newest_first(organization):
    make_grant(organization=organization, project="图书角", awarded_amount=Decimal(7000), report_year=2013)
    make_grant(organization=organization, project="夏令营", awarded_amount=Decimal("1234.50"))
    make_grant(organization=organization, project="金额不详", awarded_amount=None, report_year=2012, remark="金丝雀")
    make_grant(organization=make_organization(listing="public"), project="别家的")
    make_grant(person=make_person(), project="个人的")

    told = grants(organization, 50, None)

    assert told == [
        Happening(date(2014, 12, 31), "2014年", "资助", "夏令营", "1,234.50 元"),
        Happening(date(2013, 12, 31), "2013年", "资助", "图书角", "7,000 元"),
        Happening(date(2012, 12, 31), "2012年", "资助", "金额不详"),
    ]
    assert sorted(years(organization)) == [2012, 2013, 2014]
    assert (grants(organization, 50, 2013), grants(organization, 1, None)) == (told[1:2], told[:1])


@pytest.mark.parametrize("status", ["applied", "withdrawn", "declined"])
def test_what_was_not_committed_is_not_told(organization, status):
    make_grant(organization=organization, status=status)

    assert (grants(organization, 50, None), years(organization)) == ([], [])


def test_a_grant_out_of_sensitive_funding_is_not_told(organization):
    make_grant(organization=organization, funding=make_funding(is_sensitive=True))

    assert grants(organization, 50, None) == []


@pytest.mark.parametrize("columns", [{"listing": "partners"}, {"listing": "hidden"}, {"is_sensitive": True}])
def test_an_organization_that_not_everybody_may_tie_to_money_has_none(columns):
    organization = make_organization(**{"listing": "public"} | columns)
    make_grant(organization=organization)

    assert grants(organization, 50, None) == []
