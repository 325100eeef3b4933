"""A proposal that would move a figure of a published year is taken over with a reason, as any other change."""

import pytest
from django.urls import reverse

from activities.tests.factories import make_survey, make_visit
from organizations.keeping.handling import Review
from organizations.models import Organization
from organizations.tests.factories import make_organization, make_proposal, region
from reports.models import Amendment
from reports.tests.factories import make_edition, make_report
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
CHANGES = {"region": ["360100", "360704"], "website": ["", "https://a.example.org/"]}
NO_REASON = "Write the reason. Without one no record of a published year is changed; nothing was saved."


@pytest.fixture
def office(client):
    client.force_login(make_user("staff"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def proposal():
    """For an organisation of Nanchang that was visited in a year whose report is published."""
    organization = make_organization(name="知行社", region=region("360100"))
    make_visit(survey=make_survey(report_year=2014), organization=organization)
    make_edition(report=make_report(year=2014))
    return make_proposal(organization=organization, kind="changes", changes=CHANGES)


def send(office, proposal, **said):
    address = reverse("admin:organizations_proposal_handle", args=[proposal.pk])
    return office.post(address, {"seen": Review(proposal).seen} | said)


def test_the_page_asks_for_the_reason(office, proposal):
    page = office.get(reverse("admin:organizations_proposal_change", args=[proposal.pk]))

    assert [item.year for item in page.context["review"].published] == [2014]
    assert 'name="_reason"' in page.content.decode()


def test_without_a_reason_nothing_is_saved_and_what_was_ticked_stays(office, proposal):
    response = send(office, proposal, accepted=["region", "website"])

    form = response.context["decision"]
    assert (response.status_code, form.non_field_errors()) == (422, [NO_REASON])
    assert form.ticked == {"region", "website"}
    assert Organization.objects.values_list("region__code", "website").get() == ("360100", "")


def test_with_a_reason_it_is_taken_over_and_noted(office, proposal):
    response = send(office, proposal, accepted=["region", "website"], _reason="搬到赣县区了。")

    assert response.status_code == 302
    assert Organization.objects.values_list("region__code", "website").get() == ("360704", "https://a.example.org/")
    assert Amendment.objects.values_list("year", "title", "reason").get() == (2014, "知行社", "搬到赣县区了。")


def test_what_moves_no_figure_needs_none(office, proposal):
    response = send(office, proposal, accepted=["website"], note="还没搬。")

    assert (response.status_code, Amendment.objects.count()) == (302, 0)
