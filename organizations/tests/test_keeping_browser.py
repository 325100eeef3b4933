"""An organisation corrects its entry on a phone, staff take it over, a visitor reports an error: in a real browser."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from organizations.keeping.links import path_of
from organizations.models import FieldOfWork, Organization, Proposal
from organizations.tests.factories import make_alias, make_entry_link, make_organization, make_proposal, region
from yixin.tests.factories import make_user

DESK, PHONE = (1280, 900), (390, 844)
LOOKS = [(*PHONE, "light"), (*PHONE, "dark"), (*DESK, "light"), (*DESK, "dark"), (320, 640, "light")]
every_look = pytest.mark.parametrize("look", LOOKS, ids=str)


@pytest.fixture
def organization(live_server) -> Organization:
    cache.clear()
    made = make_organization(
        name="知行青年服务中心",
        listing="public",
        region=region("360721"),
        type="ngo",
        introduction="陪伴赣县的留守儿童。",
        website="https://zhixing.example.org/",
    )
    made.fields_of_work.set(FieldOfWork.objects.filter(code__in=["children", "education"]))
    make_alias(organization=made, name="知行青年")
    return made


def linked(organization, **changes):
    now = timezone.now()
    return make_entry_link(organization=organization, made_at=now, expires_at=now + timedelta(days=30), **changes)


def opened(page_at, address: str, look: tuple, login=None, user=None) -> Page:
    page = page_at(*look[:2])
    page.emulate_media(color_scheme=look[2])
    if user:
        login(page, user)
    page.goto(address)
    return page


def test_an_entry_is_corrected_by_a_link_and_taken_over(page_at, login, organization):
    desk, phone = page_at(*DESK), page_at(*PHONE)
    login(desk, make_user("staff"))
    desk.goto(f"/admin/organizations/organization/{organization.pk}/change/")
    desk.get_by_role("button", name="给机构的链接").or_(desk.get_by_role("button", name="Link for the org")).click()
    address = desk.locator("#link-1").input_value()

    phone.goto(address)
    phone.locator("#id_website").fill("https://new.example.org/")
    phone.locator("#id_founded").fill("很久以前")
    phone.locator("form button").last.click()
    expect(phone.locator("#id_founded_error")).to_contain_text("很久以前")
    expect(phone.locator("#id_website")).to_have_value("https://new.example.org/")
    page_at.complaints.clear()  # the browser notes the status 422
    phone.locator("#id_founded").fill("2010年5月")
    phone.locator("form button").last.click()

    expect(phone).to_have_url(f"{address}sent/")
    proposal = Proposal.objects.get()
    assert proposal.changes == {
        "website": ["https://zhixing.example.org/", "https://new.example.org/"],
        "founded": ["", "2010年5月"],
    }
    desk.goto(f"/admin/organizations/proposal/{proposal.pk}/change/")
    desk.locator("#accept-founded").uncheck()
    desk.locator("#id_note").fill("登记证上是2011年。")
    desk.locator("form button.default").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert Organization.objects.values_list("website", "founded_text").get() == ("https://new.example.org/", "")


def test_one_press_on_a_phone_is_enough_and_two_make_one_proposal(page_at, organization):
    page = opened(page_at, path_of(linked(organization)), (*PHONE, "light"))

    page.locator("button[name=confirm]").dblclick(no_wait_after=True)

    expect(page.locator("main form")).to_have_count(0)
    assert list(Proposal.objects.values_list("changes", flat=True)) == [
        {"confirmed_on": ["", timezone.localdate().isoformat()]}
    ]
    page_at.complaints.clear()  # the second press finds the link used: status 410


def test_an_error_is_reported_without_javascript(page_at, organization):
    context = page_at.browser.new_context(base_url=page_at.address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{organization.get_absolute_url()}report/")
    expect(page.locator("#id_homepage")).not_to_be_in_viewport()

    page.locator("#id_message").fill("网址打不开。")
    page.locator("main form button").click()

    expect(page).to_have_url(f"{page_at.address}{organization.get_absolute_url()}report/sent/")
    assert list(Proposal.objects.values_list("kind", "message")) == [("report", "网址打不开。")]


@every_look
def test_the_pages_for_visitors_are_usable_by_everybody_and_fit_the_window(page_at, organization, look):
    entry = path_of(linked(organization))
    page = opened(page_at, entry, look)
    found = {"entry": page_at.findings(page)}
    page.locator("#id_name").fill("")
    page.locator("form button").last.click()
    found["refused"] = page_at.findings(page)
    page.goto("/organizations/entry/abc/")
    found["closed"] = page_at.findings(page)
    page.goto(f"{path_of(linked(organization, used_at=timezone.now()))}sent/")
    found["sent"] = page_at.findings(page)
    page.goto(f"{organization.get_absolute_url()}report/")
    page.locator("main form button").click()
    found["report"] = page_at.findings(page)
    page_at.complaints[:] = [one for one in page_at.complaints if "status of 4" not in one]  # of those refused

    assert found == dict.fromkeys(found, ())


@every_look
def test_the_pages_for_staff_are_usable_by_everybody_and_fit_the_window(page_at, login, organization, look):
    changes = {"website": ["https://old.example.org/", "https://new.example.org/"], "name": ["知行", "知行社"]}
    proposals = [make_proposal(organization=organization, kind="changes", changes=changes) for _ in range(2)]
    linked(organization)
    page = opened(page_at, f"/admin/organizations/proposal/{proposals[0].pk}/change/", look, login, make_user("staff"))
    found = {"proposal": page_at.findings(page)}
    page.goto(f"/admin/organizations/organization/{organization.pk}/links/")
    found["links"] = page_at.findings(page)

    assert found == dict.fromkeys(found, ())
