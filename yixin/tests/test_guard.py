"""The door: wrong passwords, new keys, ended sessions; nobody learns which accounts there are."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from yixin.tests.factories import make_superuser, make_user

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "qingyuan-shanlu-2014", "wrong"
ONE, OTHER = "192.0.2.1", "192.0.2.2"
DOORS = [reverse("login"), reverse("admin:login")]


@pytest.fixture
def member():
    return make_user("staff", username="某同事", password=RIGHT)


def knock(password: str, *, name: str = "某同事", door: str = DOORS[0], address: str = ONE, **headers):
    return Client(REMOTE_ADDR=address).post(door, {"username": name, "password": password}, headers=headers)


@pytest.mark.parametrize("door", DOORS)
def test_after_five_wrong_passwords_the_right_one_waits_a_quarter_of_an_hour(member, door):
    tries = [knock(WRONG, door=door).status_code for _ in range(5)]
    shut = knock(RIGHT, door=door)

    assert tries == [200] * 4 + [429]
    assert (shut.status_code, shut["Retry-After"]) == (429, "900")
    assert "15 分钟" in shut.content.decode()

    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert knock(RIGHT, door=door).status_code == 302


def test_both_doors_count_together(member):
    for door in [*DOORS, *DOORS, DOORS[0]]:
        knock(WRONG, door=door)

    assert knock(RIGHT).status_code == 429


def test_office_is_not_shut_out_with_one_account_nor_an_account_with_one_office(member):
    other = make_user("staff", username="另一同事")
    other.set_password(RIGHT)
    other.save()
    for _ in range(6):
        knock(WRONG)

    assert knock(RIGHT, name="另一同事").status_code == 302
    assert knock(RIGHT, address=OTHER).status_code == 302


def test_right_password_forgives_the_wrong_ones(member):
    for _ in range(3):
        for _each in range(4):
            knock(WRONG)
        assert knock(RIGHT).status_code == 302


def test_behind_a_proxy_its_own_word_counts_and_not_the_visitors(member, settings):
    settings.BEHIND_PROXY = 1
    for number in range(6):
        knock(WRONG, address="10.0.0.1", X_Forwarded_For=f"198.51.100.{number}, {ONE}")

    assert knock(RIGHT, address="10.0.0.1", X_Forwarded_For=f"203.0.113.9, {ONE}").status_code == 429
    assert knock(RIGHT, address="10.0.0.1", X_Forwarded_For=OTHER).status_code == 302


class CountingHasher(MD5PasswordHasher):
    runs = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.runs += 1
        return super().encode(password, salt)


def make_tried() -> dict[str, tuple[str, str]]:
    """Name and password that open nothing, each for another reason."""
    for name, password, is_active in (("已停用", RIGHT, False), ("也停用", RIGHT, False), ("无密码", None, True)):
        user = make_user("staff", username=name, is_active=is_active)
        user.set_password(password)
        user.save()
    return {
        "wrong": ("某同事", WRONG),
        "unknown": ("没有此人", WRONG),
        "inactive, wrong": ("已停用", WRONG),
        "inactive, right": ("也停用", RIGHT),
        "without a password": ("无密码", WRONG),
    }


@pytest.mark.parametrize("door", DOORS)
def test_every_login_that_fails_gets_the_same_answer_for_the_same_work(settings, member, door):
    """Counted: how often a password is worked on, which takes nearly all of the time, and how much the database is."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    tried, told = make_tried(), {}

    for reason, (name, password) in tried.items():
        answers = []
        for _each in range(6):
            before = CountingHasher.runs
            with CaptureQueriesContext(connection) as queries:
                answer = knock(password, name=name, door=door)
            page = without_tokens(answer.content.decode()).replace(name, "")
            answers.append((answer.status_code, page, CountingHasher.runs - before, len(queries)))
        told[reason] = answers

    assert [(status, runs) for status, _page, runs, _queries in told["wrong"]] == [(200, 1)] * 4 + [(429, 1), (429, 0)]
    assert told == dict.fromkeys(tried, told["wrong"])


def without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_key_of_the_session_changes_at_login(client, member):
    client.get(reverse("login"))
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key

    client.post(DOORS[0], {"username": "某同事", "password": RIGHT})

    assert client.session.session_key != before


def log_in() -> Client:
    client = Client()
    client.post(DOORS[0], {"username": "某同事", "password": RIGHT})
    return client


def is_in(client: Client) -> bool:
    """Whether the browser is logged in; to be inactive for a while is no way to stay so."""
    User.objects.filter(username="某同事").update(is_active=True)
    return client.get(reverse("admin:password_change")).status_code == 200


def by_an_administrator(page: str, member, **sent):
    office = Client()
    office.force_login(make_superuser())
    address = reverse(f"admin:auth_user_{page}", args=[member.pk])
    return office.post(address, sent).status_code


def form_of(member, **changes) -> dict:
    """What the page of the account sends."""
    told = {"username": member.username, "is_active": "on", "is_staff": "on"} | changes
    told |= {"groups": [group.pk for group in member.groups.all()]} if "groups" not in changes else {}
    joined = member.date_joined.astimezone()
    told |= {"date_joined_0": f"{joined:%Y-%m-%d}", "date_joined_1": f"{joined:%H:%M:%S}"}
    return {name: value for name, value in told.items() if value is not None}


def group(name: str) -> Group:
    return Group.objects.get(name=name)


ENDING = {
    "a new password": lambda member: member.set_password("another-qingyuan-2015") or member.save(),
    "one set by an administrator": lambda member: by_an_administrator(
        "password_change", member, password1="qingyuan-shuiyuan-2016", password2="qingyuan-shuiyuan-2016"
    ),
    "inactive": lambda member: by_an_administrator("change", member, **form_of(member, is_active=None)),
    "no longer of the staff": lambda member: by_an_administrator("change", member, **form_of(member, is_staff=None)),
    "another role": lambda member: by_an_administrator(
        "change", member, **form_of(member, groups=[group("volunteer").pk])
    ),
    "no role": lambda member: by_an_administrator("change", member, **form_of(member, groups=[])),
    "a role taken away": lambda member: member.groups.remove(group("staff")),
    "taken away from the role": lambda member: group("staff").user_set.set([]),
    "a role that demands a code": lambda member: member.groups.add(group("coordinator")),
    "all roles taken away": lambda member: member.groups.clear(),
    "a role that nobody has any more": lambda member: group("staff").user_set.clear(),
    "a superuser": lambda member: User(pk=member.pk, username="某同事", is_staff=True, is_superuser=True).save(
        update_fields=["is_superuser"]
    ),
}


@pytest.mark.parametrize("change", ENDING)
def test_what_changes_who_somebody_is_ends_all_their_sessions_and_no_other(member, change):
    clients, neighbour = [log_in(), log_in()], Client()
    neighbour.force_login(make_user("volunteer"))
    assert [is_in(client) for client in clients] == [True, True]

    ENDING[change](member)

    assert [is_in(client) for client in clients] == [False, False]
    assert neighbour.get(reverse("admin:password_change")).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda member: by_an_administrator("change", member, **form_of(member, first_name="甲")),
        lambda member: member.groups.add(group("staff")),
        lambda member: member.save(),
        lambda _member: log_in(),
    ],
)
def test_what_changes_nothing_of_that_ends_no_session(member, change):
    client = log_in()

    change(member)

    assert is_in(client)


def test_who_sets_a_new_password_stays_in_where_they_did(member):
    here, elsewhere, new = log_in(), log_in(), "another-qingyuan-2015"

    here.post(reverse("admin:password_change"), {"old_password": RIGHT, "new_password1": new, "new_password2": new})

    assert [is_in(here), is_in(elsewhere)] == [True, False]


def test_session_lasts_twelve_hours(client, member):
    client.post(DOORS[0], {"username": "某同事", "password": RIGHT})

    assert client.session.get_expiry_age() == 12 * 60 * 60


@pytest.mark.parametrize("password", ["short-1", "password123", "12345678901", "某同事某同事某同事"])
def test_weak_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(username="某同事某同事某同事"))


def test_wrong_passwords_are_kept_nowhere(member):
    knock("secret-wrong-word")

    assert AccessAttempt.objects.count() == 1
    assert not [value for value in AccessAttempt.objects.values_list().get() if "secret-wrong-word" in str(value)]
