"""Every list and every form of the staff's site in a browser: axe finds nothing, and no page is wider than a phone."""

import pytest

from yixin.tests.factories import make_superuser
from yixin.tests.registry import MODELS, address, links, make_full
from yixin.tests.test_desk_browser import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {"changelist": DESK, "change": PHONE}
MORE = {"add": PHONE, "history": DESK, "delete": PHONE}  # which are alike, whatever the model
WITH_MORE = {"activities.event", "activities.photo", "grants.grant", "organizations.person"}


@pytest.mark.parametrize("model", MODELS)
def test_axe_finds_nothing_on_the_lists_and_forms(page_at, login, model):
    make_full(model, links(model), 1)
    record = model._default_manager.order_by("pk").last()
    page, found = page_at(*DESK), []
    pages = PAGES | (MORE if model._meta.label_lower in WITH_MORE else {})
    login(page, make_superuser())
    page.emulate_media(reduced_motion="reduce")

    for number, (name, size) in enumerate(pages.items()):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="dark" if number % 2 else "light")
        answer = page.goto(address(model, name, *([record.pk] if name in ("change", "history", "delete") else [])))
        assert answer.status == 200
        found += [(name, *one) for one in page_at.findings(page)]

    assert found == []
