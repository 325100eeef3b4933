"""The site in a real browser; and that the browser tests leave the next test what it needs."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from playwright.sync_api import Error

from yixin.access.roles import ROLES
from yixin.tests.factories import make_superuser

PHONE, DESK = (375, 667), (1280, 800)


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_login_page_is_chinese_and_fits_the_window(page_at, size):
    page = page_at(*size)

    page.goto("/login/")

    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.get_by_role("heading", level=1).inner_text() == "登录"
    assert not page_at.is_wide(page)


def test_login_page_lets_a_staff_member_in(page_at, live_server):
    make_superuser(username="laoshi", password="correct horse battery")
    page = page_at(*PHONE)
    page.goto("/login/?next=/admin/")

    page.get_by_label("用户名").fill("laoshi")
    page.get_by_label("密码").fill("correct horse battery")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/admin/")

    assert page.url == live_server.url + "/admin/"


def test_a_user_put_into_the_browser_is_logged_in(page_at, login, live_server):
    page = page_at(*DESK)
    login(page, make_superuser())

    page.goto("/admin/")

    assert page.url == live_server.url + "/admin/"


def test_a_style_refused_by_the_policy_is_a_complaint(page_at):
    page = page_at(*DESK)
    page.goto("/login/")
    assert page_at.complaints == []

    page.evaluate("document.body.setAttribute('style', 'color: red')")

    assert [complaint.split(" violates ")[0] for complaint in page_at.complaints] == ["console: Applying inline style"]
    page_at.complaints.clear()


def test_a_request_to_another_host_is_a_complaint_and_reaches_nobody(page_at):
    page = page_at(*DESK)

    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")

    assert page_at.complaints == ["foreign: http://example.org/"]
    page_at.complaints.clear()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "again"])
def test_reference_data_are_back_after_a_test_that_emptied_the_database(turn):
    """A transactional test ends with a flush; what comes after a migration comes after that too."""
    tables = ["organizations.Region", "organizations.FieldOfWork", "activities.WorkArea"]

    empty = [label for label in tables if not apps.get_model(label).objects.exists()]

    assert empty == []
    assert sorted(Group.objects.values_list("name", flat=True)) == sorted(ROLES)
    assert Permission.objects.filter(group__name="staff", codename="add_event").exists()
    make_superuser(username="there only until the test ends")
