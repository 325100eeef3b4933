"""The page on open data in a browser: usable by everybody, down to a narrow phone, light and dark."""

import pytest

from organizations.tests.factories import make_organization
from reports.tests.test_opendata import make_public_grant, publish_year

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [(320, 700), (1280, 800)])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_page_has_no_finding_of_axe_and_fits_the_window(page_at, size, colours):
    make_organization(name="知行", listing="public", confirmed_on="2020-01-01")
    make_public_grant("知行社")
    publish_year()
    page = page_at(*size)
    page.emulate_media(color_scheme=colours)

    page.goto("/open-data/")
    for summary in page.locator("summary").all():
        summary.click()

    assert page_at.findings(page) == ()
