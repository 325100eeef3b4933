"""Who makes a contact public: whoever may see a phone in full. For all others the day stands there, and stays."""

from datetime import date

import pytest

from organizations.directory import contacts_of
from organizations.models import Contact
from organizations.tests.factories import make_contact, make_organization, make_person, make_territory, region
from yixin.tests.factories import make_user
from yixin.tests.registry import address, as_it_stands

pytestmark = pytest.mark.django_db
DAY = date(2014, 3, 1)


@pytest.fixture(params=["volunteer", "staff"])
def somebody(client, request):
    """The client and the day that stands on record once they have sent DAY."""
    sees = request.param == "staff"
    client.force_login(make_user("staff") if sees else make_territory(region=region("360700")).user)
    return client, DAY if sees else None


@pytest.fixture
def volunteer(client):
    client.force_login(make_territory(region=region("360700")).user)
    return client


def contact(**changes) -> Contact:
    return make_contact(organization=make_organization(listing="public", region=region("360721")), **changes)


def save(client, record, **changes):
    page = address(type(record), "change", record.pk)
    response = client.post(page, as_it_stands(client.get(page)) | changes)
    assert response.status_code == 302


def test_day_is_set_on_a_contact_by_who_may_see_personal_data_in_full(somebody):
    client, expected = somebody
    one = contact(person=make_person(phone="13812345678"))

    save(client, one, consented_on="2014-03-01", role="秘书长")

    one.refresh_from_db()
    assert (one.role, one.consented_on) == ("秘书长", expected)
    assert [public.phone for public in contacts_of(one.organization)] == (["13812345678"] if expected else [])


def test_so_it_is_in_the_form_of_the_organisation(somebody):
    client, expected = somebody
    one = contact()

    save(client, one.organization, **{"contacts-0-consented_on": "2014-03-01", "contacts-0-role": "秘书长"})

    one.refresh_from_db()
    assert (one.role, one.consented_on) == ("秘书长", expected)


def test_new_contact_is_public_only_by_who_may_see_personal_data_in_full(somebody):
    client, expected = somebody
    beside = contact()
    sent = {"person": beside.person.pk, "organization": beside.organization.pk, "role": "财务"}

    client.post(address(Contact, "add"), sent | {"consented_on": "2014-03-01"})
    rows = {"contacts-TOTAL_FORMS": 3, "contacts-2-person": beside.person.pk, "contacts-2-role": "出纳"}
    save(client, beside.organization, **rows, **{"contacts-2-consented_on": "2014-03-01"})

    made = Contact.objects.exclude(pk=beside.pk).order_by("pk").values_list("role", "consented_on")
    assert list(made) == [("财务", expected), ("出纳", expected)]


def test_day_that_stands_there_is_read_and_kept(volunteer):
    one = contact(consented_on=DAY)

    save(volunteer, one, consented_on="", role="秘书长")
    save(volunteer, one.organization, **{"contacts-0-consented_on": ""})

    one.refresh_from_db()
    assert (one.role, one.consented_on) == ("秘书长", DAY)


@pytest.mark.parametrize("inside", [False, True])
def test_nobody_else_becomes_public_by_the_day_of_whoever_stood_there(volunteer, inside):
    one, other = contact(consented_on=DAY), contact().person

    if inside:
        save(volunteer, one.organization, **{"contacts-0-person": other.pk})
    else:
        save(volunteer, one, person=other.pk)

    one.refresh_from_db()
    assert (one.person, one.consented_on) == (other, None)
