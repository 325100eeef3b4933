"""The staff's pages of merging: what they show, what they do, and that nothing sent breaks them."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import translation

from organizations.models import Distinction, Merger, Organization
from organizations.tests.factories import make_alias, make_contact, make_organization, make_person
from organizations.tests.merging import twins
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
LIST = reverse("admin:organizations_organization_changelist")
CANDIDATES = reverse("admin:organizations_organization_candidates")
APART = reverse("admin:organizations_organization_told_apart")
MERGE = reverse("admin:organizations_organization_merge")


@pytest.fixture(autouse=True)
def in_english():
    translation.activate("en")


@pytest.fixture
def office(client):
    client.force_login(make_user("coordinator", username="测试甲"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def side_by_side(kept, merged) -> str:
    return f"{MERGE}?kept={kept.pk}&merged={merged.pk}"


def log_of(merger) -> str:
    return reverse("admin:organizations_merger_change", args=[merger.pk])


def sent(page, **said) -> dict[str, str]:
    """What the browser sends of the page as it stands."""
    form = page.context["form"]
    return {bound.name: bound.value() for bound in form if bound.value() is not None} | said


def texts(response) -> list[str]:
    return [str(message) for message in response.wsgi_request._messages]


def test_two_are_merged_from_the_list_and_taken_apart_on_the_page_that_tells_of_it(office):
    kept, merged = twins(website="https://a.example.org/")
    make_contact(organization=kept)
    ticked = {"action": "merge_two", "_selected_action": [merged.pk, kept.pk]}

    opened = office.post(LIST, ticked)
    assert (opened.status_code, opened.url) == (302, side_by_side(kept, merged))
    done = office.post(opened.url, sent(office.get(opened.url)), follow=True)

    merger = Merger.objects.get()
    assert done.redirect_chain == [(log_of(merger), 302)]
    assert texts(done) == ["“知行公益社” is merged into “知行社”."]
    assert done.context["told"].changes == [("Website", "", "https://a.example.org/")]
    history = LogEntry.objects.get()
    assert (history.object_id, history.get_change_message()) == (str(kept.pk), "“知行公益社” was merged into it")
    undone = office.post(reverse("admin:organizations_merger_undo", args=[merger.pk]), follow=True)
    assert texts(undone) == ["Undone: “知行公益社” and “知行社” are two again."]
    assert set(Organization.objects.all()) == {kept, merged}


@pytest.mark.parametrize("number", [1, 3])
def test_two_must_be_ticked(office, number):
    made = [make_organization() for _ in range(number)]

    page = office.post(LIST, {"action": "merge_two", "_selected_action": [one.pk for one in made]}, follow=True)

    assert texts(page) == ["Tick two organisations that are one, then choose this again."]


def test_the_page_says_what_moves_what_stands_twice_and_what_differs(office):
    kept, merged = twins(type="ngo", is_sensitive=True)
    person = make_person()
    make_contact(organization=kept, person=person)
    make_contact(organization=merged, person=person, started_on="2014-05-01")
    make_alias(organization=merged, name="公益知行")

    page = office.get(side_by_side(kept, merged))

    preview = page.context["preview"]
    assert preview.moved == [("Other names", 1)]
    assert preview.dropped == [("Contacts", 1)]
    assert [vars(one) for one in preview.lost] == [
        {"kind": "Contacts", "column": "From", "gone": "2014-05-01", "stays": ""}
    ]
    assert [
        (line.name, [choice[:2] for choice in choices]) for line, _bound, choices in page.context["form"].rows()
    ] == [
        ("name", [("kept", "of the kept one"), ("merged", "of the merged one")]),
        ("type", [("kept", "of the kept one"), ("merged", "of the merged one")]),
    ]
    assert "Sensitive: yes." in page.content.decode()


def test_what_is_chosen_is_what_stays(office):
    kept, merged = twins()
    page = office.get(side_by_side(kept, merged))

    office.post(
        side_by_side(kept, merged), sent(page, name="merged", kind="former", valid_from="2010", valid_to="2013")
    )

    kept.refresh_from_db()
    assert kept.name == "知行公益社"
    assert list(kept.aliases.values_list("name", "kind", "valid_from", "valid_to")) == [
        ("知行社", "former", 2010, 2013)
    ]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"valid_from": "2013", "valid_to": "2010"}, "The last year must not come before the first."),
        (
            {"seen": "old"},
            "One of the two was changed while this page was open.",
        ),
    ],
)
def test_a_refusal_comes_back_with_what_was_chosen(office, said, sentence):
    kept, merged = twins()
    page = office.get(side_by_side(kept, merged))

    again = office.post(side_by_side(kept, merged), sent(page, name="merged", **said))

    assert again.status_code == 422
    assert [error.startswith(sentence) for error in again.context["form"].non_field_errors()] == [True]
    assert again.context["form"]["name"].value() == "merged"
    assert Organization.objects.count() == 2


@pytest.mark.parametrize("value", ["", "x", "both", "\x00", "长" * 10_000, "9" * 30])
@pytest.mark.parametrize("name", ["name", "kind", "valid_from", "seen"])
def test_nonsense_is_no_choice(office, name, value):
    kept, merged = twins()
    page = office.get(side_by_side(kept, merged))
    nothing = name == "valid_from" and not value

    answer = office.post(side_by_side(kept, merged), sent(page, **{name: value}))

    assert (answer.status_code, Merger.objects.count()) == ((302, 1) if nothing else (422, 0))


@pytest.mark.parametrize("page", ["get", "post"])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Choose two organisations."),
        ("?kept=1", "Choose two organisations."),
        ("?kept=x&merged=２", "Choose two organisations."),
        ("?kept=%00&merged=99999999999999999999", "Choose two organisations."),
        ("?kept={kept}&merged={kept}", "An organisation cannot be merged with itself. Choose two."),
        (
            "?kept={kept}&merged=999999999999999999",
            "One of the two is not there any more: somebody deleted it. Nothing was changed.",
        ),
    ],
)
def test_who_cannot_be_merged_is_told_in_a_sentence(office, page, query, sentence):
    kept, _merged = twins()

    answer = getattr(office, page)(MERGE + query.format(kept=kept.pk), follow=True)

    assert (answer.redirect_chain, texts(answer)) == ([(CANDIDATES, 302)], [sentence])


def test_the_second_who_merges_the_same_two_is_told(office):
    kept, merged = twins()
    said = sent(office.get(side_by_side(kept, merged)))
    office.post(side_by_side(kept, merged), said)

    again = office.post(side_by_side(kept, merged), said, follow=True)

    assert texts(again)[-1:] == ["“知行公益社” was merged into “知行社” already, by 测试甲. Nothing was changed."]


def test_candidates_are_listed_with_the_one_that_has_more_records_first(office):
    make_organization(name="青原色")
    few, many = make_organization(name="知行公益社"), make_organization(name="知行社")
    make_contact(organization=many)

    page = office.get(CANDIDATES)

    [(candidate, sides)] = page.context["candidates"]
    assert [(side.organization, side.records) for side in sides] == [(many, 1), (few, 0)]
    assert candidate.reasons == ["Nearly the same name: 知行公益社 · 知行社"]


def test_two_that_are_told_apart_are_offered_again_only_when_somebody_says_so(office):
    one, other = twins()
    pair = {"one": other.pk, "other": one.pk}

    apart = office.post(APART, pair, follow=True)
    twice = office.post(APART, pair, follow=True)
    said = Distinction.objects.get()
    again = office.post(APART, pair | {"again": ""}, follow=True)

    assert [list(page.context["candidates"]) for page in (apart, twice)] == [[], []]
    assert (said.one, said.other, said.made_by.username) == (one, other, "测试甲")
    assert len(list(again.context["candidates"])) == 1
    assert Distinction.objects.count() == 0


@pytest.mark.parametrize("pair", [{}, {"one": "x", "other": "1"}, {"one": "1", "other": "1"}, {"one": "9" * 18}])
def test_what_is_no_pair_is_told_apart_by_nobody(office, pair):
    answer = office.post(APART, pair, follow=True)

    assert (answer.status_code, Distinction.objects.count()) == (200, 0)


def test_an_organization_is_merged_with_one_that_is_searched_for(office):
    kept, merged = make_organization(name="知行社"), make_organization(name="青原色")
    address = reverse("admin:organizations_organization_merge_with", args=[kept.pk])
    change = office.get(reverse("admin:organizations_organization_change", args=[kept.pk]))
    assert f'href="{address}"' in change.content.decode()

    page = office.get(address, {"q": "qys"})

    assert list(page.context["found"]) == [merged]
    assert side_by_side(kept, merged).replace("&", "&amp;") in page.content.decode()
    assert office.get(address, {"q": "\x00['" * 300}).status_code == 200
