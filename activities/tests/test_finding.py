"""Events as staff look for them."""

import pytest

from activities.finding import events_called
from activities.models import Event
from activities.tests.factories import make_event, make_event_organization
from organizations.tests.factories import make_alias, make_organization

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["环保沙龙", "沙龙", "huanbao", "SHALONG", "NGO", "ngo", "沙龙 环保"])
def test_event_is_found_by_any_part_of_its_title(words):
    event = make_event(title="NGO环保沙龙")
    make_event(title="读书会")

    assert list(events_called(Event.objects.all(), words)) == [event]


@pytest.mark.parametrize("words", ["知行", "zhixing", "zxs", "老名字", "沙龙 知行"])
def test_event_is_found_by_who_took_part(words):
    organization = make_organization(name="知行社")
    make_alias(organization=organization, name="老名字")
    event = make_event(title="环保沙龙")
    make_event_organization(event=event, organization=organization)
    make_event_organization(event=event, organization=organization, role="host")
    make_event(title="读书会")

    assert list(events_called(Event.objects.all(), words)) == [event]


def test_each_word_has_to_fit():
    make_event(title="环保沙龙")

    assert list(events_called(Event.objects.all(), "沙龙 读书")) == []
