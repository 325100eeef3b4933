"""A code besides the password: asked of whoever set it up, good once, and no page opens before it is given."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from yixin.tests.factories import make_superuser, make_user

pytestmark = pytest.mark.django_db
RIGHT, CODE, NEW, DESK = "qingyuan-shanlu-2014", reverse("code"), reverse("new-code"), reverse("admin:index")


@pytest.fixture
def member():
    return make_user("coordinator", username="某同事", password=RIGHT)


def log_in() -> Client:
    client = Client()
    client.post(reverse("login"), {"username": "某同事", "password": RIGHT})
    return client


def code_of(secret: bytes, steps: int = 0) -> str:
    return f"{totp(secret, t0=-30 * steps):06}"


def set_up(client: Client) -> tuple[bytes, list[str]]:
    """The secret of the phone, and the codes on paper."""
    page = client.get(NEW)
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]
    secret = bytes.fromhex(key_in(page))
    done = client.post(NEW, {"key": key, "code": code_of(secret)})
    return secret, re.findall(r"<li><code>(\w+)</code>", done.content.decode())


def key_in(page) -> str:
    from base64 import b32decode

    return b32decode(page.context["secret"]).hex()


def test_without_a_phone_the_password_is_enough(member):
    assert log_in().get(DESK).status_code == 200


def test_whoever_set_it_up_is_asked_and_sees_no_page_before(member):
    _secret, codes = set_up(log_in())
    client = log_in()

    for path in (
        DESK,
        "/",
        "/reports/",
        reverse("admin:organizations_organization_changelist"),
        NEW,
        "/organizations.json",
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, CODE), path
    assert client.get(CODE).status_code == 200
    assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert len(codes) == 10


def test_right_code_opens_and_is_good_once(member, freezer_of_throttle):
    secret, _codes = set_up(log_in())
    client = log_in()
    code = code_of(secret, 1)

    opened = client.post(CODE, {"code": code, "next": DESK})
    again = log_in().post(CODE, {"code": code})

    assert (opened.status_code, opened.url) == (302, DESK)
    assert client.get(DESK).status_code == 200
    assert again.status_code == 200


@pytest.fixture
def freezer_of_throttle(monkeypatch):
    """A wrong code makes the next one wait; not in these tests."""
    monkeypatch.setattr(TOTPDevice, "get_throttle_factor", lambda self: 0)


def test_code_on_paper_opens_once(member):
    _secret, codes = set_up(log_in())

    assert log_in().post(CODE, {"code": codes[0]}).status_code == 302
    assert StaticToken.objects.count() == 9


def test_wrong_codes_make_even_the_right_one_wait(member):
    secret, _codes = set_up(log_in())
    client = log_in()

    for _each in range(5):
        client.post(CODE, {"code": "000000"})

    answer = client.post(CODE, {"code": code_of(secret, 1)})
    assert (answer.status_code, "几分钟" in answer.content.decode()) == (200, True)


def test_wrong_codes_make_those_on_paper_wait_too_in_every_browser(member):
    _secret, codes = set_up(log_in())
    for _each in range(5):
        log_in().post(CODE, {"code": "000000"})

    assert log_in().post(CODE, {"code": codes[0]}).status_code == 200
    assert StaticToken.objects.count() == 10


def test_sessions_from_before_it_was_set_up_end(member):
    here, elsewhere = log_in(), log_in()
    assert elsewhere.get(DESK).status_code == 200

    set_up(here)

    assert [here.get(DESK).status_code, elsewhere.get(DESK).status_code] == [200, 302]


def test_key_of_the_session_changes_with_the_code(member, freezer_of_throttle):
    secret, _codes = set_up(log_in())
    client = log_in()
    before = client.session.session_key

    client.post(CODE, {"code": code_of(secret, 1)})

    assert client.session.session_key not in (None, before)


def test_who_is_made_a_coordinator_is_asked_before_they_go_on(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = make_user("staff", username="某同事")
    user.set_password(RIGHT)
    user.save()
    client = log_in()
    assert client.get(DESK).status_code == 200

    user.groups.add(Group.objects.get(name="coordinator"))

    assert client.get(DESK).url.partition("?")[0] == reverse("admin:login")
    assert log_in().get(DESK).url.partition("?")[0] == NEW


def test_page_for_a_new_password_leads_to_it(client, member):
    client.force_login(member)

    assert f'href="{NEW}"' in client.get(reverse("admin:password_change")).content.decode()


def test_where_it_is_required_the_first_login_sets_it_up(member, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client = log_in()

    assert client.get(DESK).url.partition("?")[0] == NEW
    set_up(client)

    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize(("role", "page"), [("staff", None), ("partner", None), ("administrator", NEW)])
def test_it_is_required_of_coordinators_and_administrators_alone(client, settings, role, page):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(make_user(role))

    answer = client.get("/")

    assert (answer.status_code, page) in {(200, None), (302, NEW)}


def test_it_is_required_of_superusers(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(make_superuser())

    assert client.get("/").status_code == 302


@pytest.mark.parametrize("change", [{"code": "123"}, {"code": "\x00"}, {"code": "９" * 6}, {"key": "forged"}, {}])
def test_what_is_no_code_sets_nothing_up(member, change):
    client = log_in()
    key = re.search(r'name="key" value="([^"]+)"', client.get(NEW).content.decode())[1]

    answer = client.post(NEW, {"key": key, "code": "123456"} | change)

    assert (answer.status_code, TOTPDevice.objects.count()) == (200, 0)


def test_asking_leads_to_no_other_site(member):
    secret, _codes = set_up(log_in())

    answer = log_in().post(CODE, {"code": code_of(secret, 1), "next": "https://example.org/"})

    assert answer.url == reverse("reports:home")


def test_lost_phone_is_forgotten_by_a_command(member, capsys):
    found = log_in()
    set_up(found)

    call_command("forget_second_factor", "某同事")

    assert found.get(DESK).status_code == 302  # whoever has the phone is out
    assert log_in().get(DESK).status_code == 200


def test_keys_are_on_no_page_of_the_site(admin_client, member):
    set_up(log_in())

    assert admin_client.get("/admin/otp_totp/totpdevice/").status_code == 404
