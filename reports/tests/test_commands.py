"""The commands as scripts use them."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from activities.models import Event
from activities.tests.factories import make_event
from organizations.models import Organization
from organizations.tests.factories import make_organization
from reports import demo
from reports.figures import Figures
from reports.scope import Scope
from yixin.fields import DerivedField
from yixin.intake.management.commands.import_sheet import GIVES_WAY

pytestmark = pytest.mark.django_db


def output(*arguments: str) -> str:
    stream = StringIO()
    call_command(*arguments, stdout=stream)
    return stream.getvalue()


def test_figures_prints_one_line_of_json(year_2014):
    printed = output("figures", "2014", "--json")

    assert printed.count("\n") == 1
    assert json.loads(printed) == Figures(Scope(2014)).as_json()


def test_figures_of_one_funder(year_2014):
    found = json.loads(output("figures", "2014", "--funder", "乐施会", "--json"))

    assert (found["once"]["events"], found["survey"]["visited"]) == (0, 72)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["0"], "年份要在 1900 到 2100 之间。"),
        (["99999"], "年份要在 1900 到 2100 之间。"),
        (["2014", "--funder", "没有这家"], "没有叫“没有这家”的组织。"),
    ],
)
def test_figures_refuses_with_a_sentence(arguments, sentence):
    with pytest.raises(CommandError) as refusal:
        output("figures", *arguments, "--json")

    assert str(refusal.value) == sentence


def test_figures_asks_which_of_two_namesakes_is_meant():
    make_organization(name="爱心社", region=apps.get_model("organizations.Region").objects.get(code="360100"))
    make_organization(name="爱心社")

    with pytest.raises(CommandError) as refusal:
        output("figures", "2014", "--funder", "爱心社")

    assert str(refusal.value) == "有几个组织都叫“爱心社”。"


def test_demo_adds_the_year_and_the_users_and_says_the_passwords_once():
    first = output("demo")

    users = get_user_model().objects.order_by("pk")
    assert [(user.username, user.is_staff, user.is_superuser) for user in users] == [
        ("administrator", True, True),
        ("coordinator", True, False),
        ("staff", True, False),
        ("volunteer", True, False),
        ("partner", False, False),
    ]
    said = dict(line.split() for line in first.splitlines()[-5:])
    assert all(user.check_password(said[user.username]) for user in users)
    assert [user.username for user in users.filter(territory__region__code="360700")] == ["volunteer"]
    assert output("demo").splitlines() == [
        "2014 年的数据已经在里面了，没有再添加。",
        "演示用户以前已建好。要重设密码：manage.py changepassword administrator",
    ]
    assert Event.objects.count() == 48


def test_demo_refuses_a_database_with_other_records_unless_told():
    make_event(headcount=1)

    with pytest.raises(CommandError) as refusal:
        output("demo")
    assert "--yes" in str(refusal.value)
    assert output("demo", "--if-empty") == ""
    assert (Event.objects.count(), get_user_model().objects.count()) == (1, 0)

    output("demo", "--yes")
    assert Event.objects.count() == 49


def test_demo_that_does_not_fit_in_adds_nothing():
    make_organization(name="乐施会")

    with pytest.raises(CommandError) as refusal:
        output("demo", "--yes")

    assert str(refusal.value) == "已有同名的记录，2014 年的数据放不进来；什么也没有添加。"
    assert (Organization.objects.count(), Event.objects.count()) == (1, 0)


def test_the_fixture_loads_by_itself_and_its_derived_columns_are_current():
    call_command("loaddata", "report_2014", verbosity=0)

    assert Figures(Scope(2014)).once.person_times == 2078
    models = [model for label in settings.YIXIN_APPS for model in apps.get_app_config(label).get_models()]
    for model in models:
        derived = [field for field in model._meta.concrete_fields if isinstance(field, DerivedField)]
        for record in model.objects.all():
            assert [getattr(record, f.name) for f in derived] == [f.pre_save(record, add=False) for f in derived]
            record.full_clean(validate_unique=False, validate_constraints=False)


def test_passwords_are_strong_and_never_the_same():
    passwords = {demo.password() for _ in range(100)}

    assert len(passwords) == 100
    assert {len(password) for password in passwords} == {14}


def test_manage_py_knows_the_commands():
    listed = subprocess.run(  # noqa: S603  our own interpreter and file
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "help", "figures"],
        capture_output=True,
        text=True,
        check=False,
        env={"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "localhost", "PATH": ""},
    )

    assert (listed.returncode, "--funder" in listed.stdout) == (0, True)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system knows no priority of processes")
def test_whoever_reads_comes_before_a_table_that_is_brought_in():
    """As a command of its own, and not where another program calls it."""
    told = "import os, sys; from django.core.management import execute_from_command_line as run\n"
    told += "try: run(['manage.py', 'import_sheet', '--help'])\nfinally: print('gave way by', os.nice(0))"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "yixin.testing"}

    answer = subprocess.run(  # noqa: S603  our own command line
        [sys.executable, "-c", told], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )

    assert answer.stdout.splitlines()[-1] == f"gave way by {os.nice(0) + GIVES_WAY}"
