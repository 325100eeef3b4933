"""A coordinator merges two organisations on a phone and takes them apart again; everybody can read the pages."""

import pytest
from playwright.sync_api import Page, expect

from organizations.models import Merger, Organization
from organizations.tests.factories import (
    make_alias,
    make_contact,
    make_distinction,
    make_field_of_work,
    make_organization,
    make_person,
    region,
)
from yixin.tests.factories import make_user

DESK, PHONE = (1280, 900), (390, 844)
LOOKS = [(*PHONE, "light"), (*PHONE, "dark"), (*DESK, "light"), (*DESK, "dark")]


@pytest.fixture
def two(live_server) -> tuple[Organization, Organization]:
    kept = make_organization(
        name="知行创新空间",
        type="ngo",
        region=region("360121"),
        listing="public",
        introduction="陪伴南昌的青年志愿者。" * 12,
        website="https://zhixing.example.org/a/very/long/address/that/does/not/break/by/itself/at/all",
        remark="总部的说明",
    )
    merged = make_organization(name="知行公益空间", type="volunteers", listing="partners", remark="另一份说明")
    person = make_person(name="测试张三", phone="13800001111")
    make_contact(organization=kept, person=person)
    for _ in range(3):
        make_contact(organization=kept)
    make_contact(organization=merged, person=person, started_on="2014-05-01")
    make_contact(organization=merged)
    make_alias(organization=merged, name="公益知行")
    for one in (kept, merged):
        one.fields_of_work.add(make_field_of_work())
    make_distinction(one=make_organization(name="青原色"), other=make_organization(name="青原社"))
    return kept, merged


@pytest.fixture
def coordinator(live_server):
    return make_user("coordinator", username="测试李四")


def opened(page_at, login, user, look: tuple[int, int, str]) -> Page:
    page = page_at(*look[:2])
    page.emulate_media(color_scheme=look[2])
    login(page, user)
    page.goto("/admin/organizations/organization/candidates/")
    return page


def test_two_are_merged_on_a_phone_and_taken_apart_again(page_at, login, coordinator, two):
    kept, merged = two
    page = opened(page_at, login, coordinator, LOOKS[0])

    page.locator(".pair a.button").click()
    page.locator("label", has=page.locator("#name-merged")).click()
    page.locator("label", has=page.locator("#type-kept")).click()
    page.locator("#id_kind").select_option("former")
    page.locator("#id_valid_to").fill("2013")
    page.locator(".acts button.default").click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    kept.refresh_from_db()
    assert (kept.name, kept.type, kept.listing) == ("知行公益空间", "ngo", "partners")
    assert list(kept.aliases.values_list("name", "valid_to")) == [("公益知行", None), ("知行创新空间", 2013)]
    page.locator(".acts button").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert set(Organization.objects.filter(pk__in=[kept.pk, merged.pk])) == {kept, merged}
    assert Merger.objects.get().undone_by == coordinator


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_are_usable_by_everybody_and_fit_the_window(page_at, login, coordinator, two, look):
    page, found = opened(page_at, login, coordinator, look), {}
    page.locator(".apart summary").click()
    found["candidates"] = page_at.findings(page)
    page.goto(f"/admin/organizations/organization/{two[0].pk}/merge/?q=qys")
    found["with whom"] = page_at.findings(page)
    page.locator(".pair a.button").click()
    found["side by side"] = page_at.findings(page)
    page.locator(".acts button.default").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    two[0].contacts.all().delete()
    page.reload()
    found["what was merged"] = page_at.findings(page)

    assert found == dict.fromkeys(["candidates", "with whom", "side by side", "what was merged"], ())


def test_the_two_are_chosen_by_keyboard_alone(page_at, login, coordinator, two):
    page = opened(page_at, login, coordinator, LOOKS[2])
    page.locator(".pair a.button").focus()
    page.keyboard.press("Enter")
    page.locator("#name-kept").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#name-merged").is_checked()

    page.locator("#id_kind").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist .success")).to_be_visible()
    two[0].refresh_from_db()
    assert two[0].name == "知行公益空间"
