"""The staff's pages of links and proposals: who sees them, what they show, what they cost."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from organizations.keeping.handling import Review
from organizations.keeping.links import opened, path_of
from organizations.models import EntryLink, Organization, Proposal
from organizations.tests.factories import NOW, make_entry_link, make_organization, make_proposal
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
LIST = reverse("admin:organizations_organization_changelist")
PROPOSALS = reverse("admin:organizations_proposal_changelist")
SITE = {"website": ["", "https://a.example.org/"]}


@pytest.fixture
def office(client):
    client.force_login(make_user("staff", username="测试甲"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page_of(proposal) -> str:
    return reverse("admin:organizations_proposal_change", args=[proposal.pk])


def handle(office, proposal, **said):
    sent = {"seen": Review(Proposal.objects.get(pk=proposal.pk)).seen} | said
    return office.post(reverse("admin:organizations_proposal_handle", args=[proposal.pk]), sent)


def links_of(organization) -> str:
    return reverse("admin:organizations_organization_links", args=[organization.pk])


def texts(response) -> list[str]:
    return [str(message) for message in response.wsgi_request._messages]


def test_one_press_makes_a_link_and_a_second_shows_it_again(office):
    organization = make_organization()
    change = office.get(reverse("admin:organizations_organization_change", args=[organization.pk]))
    assert f'action="{links_of(organization)}"' in change.content.decode()

    pages = [office.post(links_of(organization), follow=True) for _ in range(2)]

    link = EntryLink.objects.get()
    assert [[shown.address for shown in page.context["links"]] for page in pages] == [
        [f"http://testserver{path_of(link)}"]
    ] * 2
    assert opened(pages[0].context["links"][0].address.split("/")[-2], timezone.now()) == link
    assert (link.made_by.username, link.expires_at - link.made_at) == ("测试甲", timedelta(days=30))


def test_another_link_is_made_where_that_is_said_and_each_is_taken_back_alone(office):
    organization = make_organization()
    for _ in range(2):
        office.post(links_of(organization), {"another": ""})
    first, second = EntryLink.objects.order_by("pk")
    take_back = reverse("admin:organizations_organization_links_take_back", args=[organization.pk, first.pk])

    pages = [office.post(take_back, follow=True) for _ in range(2)]

    assert [str(message) for page in pages for message in page.context["messages"]][2:] == [
        "Taken back: the link opens nothing any more.",
        "The link was used or taken back before. Nothing was changed.",
    ]
    assert [shown.link for shown in pages[1].context["links"]] == [second]


def test_a_link_is_taken_back_at_its_own_organization_only(office):
    link = make_entry_link()
    elsewhere = reverse("admin:organizations_organization_links_take_back", args=[make_organization().pk, link.pk])

    assert office.post(elsewhere).status_code == 404
    assert office.get(elsewhere).status_code == 405


@pytest.mark.parametrize("number", [2, 30])
def test_links_for_the_ticked_ones_come_as_lines_at_a_fixed_cost(office, django_assert_num_queries, number):
    made = [make_organization(name=f"知行{each:02}") for each in range(number)]
    ticked = {"action": "make_links", "_selected_action": [one.pk for one in made]}
    office.get(LIST)

    with django_assert_num_queries(10):
        page = office.post(LIST, ticked)

    links = [shown.link for shown in page.context["links"]]
    assert [link.organization for link in links] == made
    lines = page.content.decode().partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]
    with translation.override("en"):
        day = date_format(timezone.localtime(links[0].expires_at))
    assert lines.splitlines() == [
        f"{link.organization} http://testserver{path_of(link)} (valid until {day})" for link in links
    ]


@pytest.mark.parametrize("role", [None, "partner"])
def test_links_are_for_who_may_change_the_entry(client, role):
    organization = make_organization()
    client.force_login(make_user(role))
    assert client.post(links_of(organization)).status_code == 302

    user = make_user(role, is_staff=True)
    client.force_login(user)
    answers = [client.post(links_of(organization)).status_code, client.get(links_of(organization)).status_code]

    assert (answers, EntryLink.objects.count()) == ([403, 403], 0)


def test_the_first_page_says_what_waits_to_those_who_may_change_entries(office, client):
    make_proposal(organization=make_organization(confirmed_on=timezone.localdate()))
    make_proposal(handled_by=make_user())

    text = " ".join(office.get(reverse("admin:index")).content.decode().split())

    assert (f'href="{PROPOSALS}?status__exact=open"' in text, "open proposal for an entry" in text) == (True, True)
    assert (f'href="{LIST}?confirmed=due"' in text, "entry not confirmed for a year" in text) == (True, True)
    client.force_login(make_user("partner", is_staff=True))
    assert "confirmed=due" not in client.get(reverse("admin:index")).content.decode()


def test_the_first_page_costs_the_same_however_much_waits(office, django_assert_num_queries):
    """Session, account, two of permissions, one each of what waits and of what the desk tells, what was done lately."""
    for more in (1, 20):
        for _ in range(more):
            make_proposal()
        with django_assert_num_queries(12):
            office.get(reverse("admin:index"))


def test_the_list_has_the_open_ones_first_in_the_order_in_which_they_came(office):
    second, first = make_proposal(made_at=NOW + timedelta(days=1)), make_proposal()
    done = make_proposal(handled_by=make_user())

    page = office.get(PROPOSALS)

    assert list(page.context["cl"].result_list) == [first, second, done]


def test_a_proposal_is_taken_over_by_its_ticks_and_stands_in_the_history_of_the_entry(office):
    organization = make_organization()
    proposal = make_proposal(organization=organization, kind="changes", changes=SITE | {"type": ["", "ngo"]})
    page = office.get(page_of(proposal))
    assert page.context["decision"].ticked == {"website", "type"}

    response = handle(office, proposal, accepted=["website"], note="类型不对。")

    assert (response.status_code, response.url) == (302, PROPOSALS)
    assert texts(response) == ["Handled. Taken over: Website."]
    assert Organization.objects.values_list("website", "type").get() == ("https://a.example.org/", "")
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.get_change_message()) == (str(organization.pk), "Taken from a proposal: Website")
    assert "类型不对。" in office.get(page_of(proposal)).content.decode()


def test_what_was_taken_over_is_not_called_changed_since(office):
    proposal = make_proposal(kind="changes", changes=SITE, message="")
    changed = "The entry was changed after the sender looked at it."

    handle(office, proposal, accepted=["website"])
    page = office.get(page_of(proposal)).content.decode()

    assert ("taken over" in page, changed in page, "The sender saw" in page) == (True, False, True)


def test_a_refusal_keeps_what_was_ticked_and_typed(office):
    make_organization(name="别家")
    changes = SITE | {"name": ["知行社", "别家"], "uscc": ["", "12345"]}
    proposal = make_proposal(organization=make_organization(name="知行社"), kind="changes", changes=changes)

    response = handle(office, proposal, accepted=["name", "uscc"], note="网站打不开。")

    assert response.status_code == 422
    form = response.context["decision"]
    assert form.non_field_errors() == [
        "Unified social credit code: “12345” is not a valid unified social credit code: 18 characters, the last one a"
        " check digit.",
        "An organisation of this name is there already; say in which region this one is.",
    ]
    assert (form.ticked, form["note"].value()) == ({"name", "uscc"}, "网站打不开。")
    assert "网站打不开。" in response.content.decode()


def test_a_page_that_was_open_too_long_comes_again_with_the_values_of_now_and_can_then_be_sent(office):
    organization = make_organization()
    proposal = make_proposal(organization=organization, kind="changes", changes=SITE)
    Organization.objects.update(introduction="刚改的。")

    again = handle(office, proposal, accepted=["website"], seen="old")
    seen = again.content.decode().partition('name="seen" value="')[2].partition('"')[0]

    assert again.status_code == 422
    assert handle(office, proposal, accepted=["website"], seen=seen).status_code == 302


def test_two_that_handle_the_same_are_told(office):
    proposal = make_proposal(handled_by=make_user("staff", username="测试乙"))

    page = handle(office, proposal)

    assert page.status_code == 422
    assert page.context["decision"].non_field_errors() == [
        "This was handled already, by 测试乙 on 2024-03-05 12:00. Nothing was changed now."
    ]


@pytest.mark.parametrize(
    "said", [{"accepted": ["nothing"]}, {"note": "长" * 1001}, {"accepted": ["\x00"], "note": "\x00"}]
)
def test_nonsense_gets_a_sentence(office, said):
    proposal = make_proposal(kind="changes", changes=SITE)

    assert handle(office, proposal, **said).status_code == 422
    assert Proposal.objects.get().is_open


def test_who_may_only_look_decides_nothing(client):
    proposal = make_proposal(kind="changes", changes=SITE)
    user = make_user(is_staff=True)
    user.user_permissions.add(*permissions("view_proposal"))
    client.force_login(user)

    page = client.get(page_of(proposal)).content.decode()

    assert ("https://a.example.org/" in page, "accepted" in page) == (True, False)
    assert handle(client, proposal, accepted=["website"]).status_code == 403


def permissions(*codenames):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename__in=codenames)


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("coordinator", 403), ("staff", 403)])
def test_rubbish_is_deleted_by_administrators(client, role, status):
    proposal = make_proposal()
    client.force_login(make_user(role))

    assert client.get(reverse("admin:organizations_proposal_delete", args=[proposal.pk])).status_code == status


def test_an_organization_goes_with_its_links_and_what_came_by_them(client):
    organization = make_organization()
    make_entry_link(organization=organization, used_at=NOW, proposal=make_proposal(organization=organization))
    client.force_login(make_user("administrator"))

    client.post(reverse("admin:organizations_organization_delete", args=[organization.pk]), {"post": "yes"})

    assert [model.objects.count() for model in (Organization, EntryLink, Proposal)] == [0, 0, 0]


def test_the_page_of_a_proposal_costs_the_same_whatever_stands_in_the_entry(office, django_assert_num_queries):
    changes = {"region": ["", "360704"], "fields_of_work": [[], ["health"]], "aliases": [[], ["甲", "乙"]]}
    for others in (0, 20):
        organization = make_organization()
        for _ in range(others):
            make_proposal(organization=organization)
        proposal = make_proposal(organization=organization, kind="changes", changes=changes)
        office.get(page_of(proposal))
        with django_assert_num_queries(16):  # one of them notes who saw the message
            office.get(page_of(proposal))
