"""Links for organisations: what opens an entry, what does not, and what is said then."""

from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.utils import timezone

from organizations.keeping.links import Closed, Why, make_links, open_links, opened, path_of, revoke, token_of
from organizations.models import EntryLink
from organizations.tests.factories import NOW, make_entry_link, make_organization, make_proposal
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
SECRET = {
    "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
ASK = "Ask whoever sent it to you for a new one: that takes them one click."
ALTERED = "This link is not complete, or a part of it was changed on its way."


@pytest.fixture
def reader(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def valid_link(**changes) -> EntryLink:
    """Valid by the clock of the page."""
    now = timezone.now()
    return make_entry_link(**{"made_at": now, "expires_at": now + timedelta(days=30)} | changes)


def refused(token: str, now=NOW) -> Why:
    with pytest.raises(Closed) as caught:
        opened(token, now)
    return caught.value.why


def told(response) -> tuple[int, str, dict]:
    """Status, sentence and the headers that keep the address secret."""
    closed = response.context["closed"]
    assert closed.sentence in response.content.decode()
    assert closed.advice in response.content.decode()
    return response.status_code, closed.sentence, {name: response.headers.get(name) for name in SECRET}


def test_a_link_opens_its_entry_until_the_moment_it_ends():
    link = make_entry_link(expires_at=NOW + timedelta(days=30))

    assert opened(token_of(link), NOW + timedelta(days=30, seconds=-1)) == link
    assert refused(token_of(link), NOW + timedelta(days=30)) is Why.EXPIRED


def test_a_link_with_any_character_altered_left_out_or_added_opens_nothing():
    token = token_of(make_entry_link())
    others = {
        token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :] for place in range(len(token))
    } | {token[:place] for place in range(len(token))}
    others |= {token + "A", token.upper(), f" {token}", token.replace(".", ":"), "\x00", "长" * 5000}

    assert {refused(other) for other in others} == {Why.ALTERED}


def test_what_was_signed_for_another_purpose_opens_nothing():
    link = make_entry_link()

    for salt in ("", "django.core.signing", "organizations.keeping.seen"):
        assert refused(Signer(salt=salt or None, sep=".").sign(link.key.hex)) is Why.ALTERED


def test_a_link_that_was_used_taken_back_merged_or_deleted_opens_nothing():
    used, revoked, merged, deleted = (make_entry_link() for _ in range(4))
    EntryLink.objects.filter(pk=used.pk).update(used_at=NOW)
    revoke(revoked, now=NOW)
    EntryLink.objects.filter(pk=merged.pk).update(organization=make_organization())
    token = token_of(deleted)
    deleted.organization.delete()

    found = [refused(token_of(link)) for link in (used, revoked, merged)]

    assert [*found, refused(token)] == [Why.USED, Why.REVOKED, Why.GONE, Why.GONE]


def test_only_an_open_link_is_taken_back():
    link, used = make_entry_link(), make_entry_link(used_at=NOW)

    assert [revoke(link, now=NOW), revoke(link, now=NOW), revoke(used, now=NOW)] == [True, False, False]


def test_links_for_many_cost_one_query_and_last_for_as_long_as_is_set(settings, django_assert_num_queries):
    settings.ENTRY_LINK_DAYS = 7
    organizations, user = [make_organization() for _ in range(30)], make_user("staff")

    with django_assert_num_queries(1):
        links = make_links(organizations, by=user, now=NOW)

    assert [(link.organization, link.slug) for link in links] == [(one, one.slug) for one in organizations]
    assert {link.expires_at - NOW for link in links} == {timedelta(days=7)}
    assert len({token_of(link) for link in links}) == 30
    assert open_links(organizations[0], NOW) == [links[0]]
    assert open_links(organizations[0], NOW + timedelta(days=7)) == []


def test_each_page_of_a_link_is_kept_secret_and_says_what_to_do(reader):
    ended = make_entry_link()
    used = valid_link(used_at=NOW, proposal=make_proposal())
    revoked = valid_link(revoked_at=NOW)
    merged = valid_link(slug="something-else")
    gone = "The entry for which this link was made is not there any more."

    pages = [reader.get(path_of(link)) for link in (ended, used, revoked, merged)]

    assert [told(page) for page in [*pages, reader.get("/organizations/entry/abc/")]] == [
        (410, "This link was valid until 6 March 2024 12:00.", SECRET),
        (410, "An answer was sent by this link already, on 5 March 2024 12:00. Each link works once.", SECRET),
        (410, "This link was taken back.", SECRET),
        (410, gone, SECRET),
        (404, ALTERED, SECRET),
    ]
    assert pages[0].context["closed"].advice == ASK


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("rest", ["", "sent/"])
@pytest.mark.parametrize("token", ["x", "%00", "長" * 900, "a.b", ".", "%ED%A0%80.x", "9" * 5000])
def test_no_junk_in_the_place_of_a_token_breaks_a_page(reader, method, rest, token):
    response = getattr(reader, method)(f"/organizations/entry/{token}/{rest}")

    assert response.status_code == (405 if (method, rest) == ("post", "sent/") else 404)


def test_an_entry_that_is_called_entry_has_its_page_of_errors(reader):
    make_organization(name="Entry", listing="public")

    assert reader.get("/organizations/entry/report/").context["organization"].slug == "entry"
