"""Random small books: events, rosters and grants of several years, as mixed as real ones, the same for each seed."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from activities.models import Event, WorkArea
from activities.tests.factories import make_attendance, make_event, make_event_organization
from grants.tests.factories import make_funding, make_grant, make_payment
from organizations.models import Organization
from organizations.tests.factories import make_organization, make_person, region
from yixin.fuzzydate import FuzzyDate

PLACES = ["360100", "360721", "360000", "340000", "360900", None]


def make_book(seed: int) -> Organization:
    """Returns the funder that paid for some of it."""
    random = Random(seed)  # noqa: S311 no secret
    funder = make_organization(name=f"资助方{seed}")
    fundings = [None, make_funding(funder=funder), make_funding()]
    bodies = [make_organization(is_sensitive=random.random() < 0.2) for _ in range(3)]
    people = [make_person() for _ in range(4)]
    for _ in range(random.randint(3, 14)):
        event = random_event(random, fundings)
        for body in random.sample(bodies, random.randint(0, 2)):
            make_event_organization(event=event, organization=body)
        for person in random.sample(people, random.randint(0, 3)):
            make_attendance(event=event, person=person, is_counted=random.random() < 0.8)
    for _ in range(random.randint(0, 6)):
        random_grant(random, fundings, bodies, people)
    return funder


def random_event(random: Random, fundings: list) -> Event:
    start = date(2013, 10, 1) + timedelta(days=random.randint(0, 500))
    areas = list(WorkArea.objects.all())
    number = random.choice([None, 0, 7, 30, 400])
    place = random.choice(PLACES)
    event = make_event(
        when=FuzzyDate.on(start, start + timedelta(days=random.choice([0, 0, 2]))),
        headcount=number,
        headcount_is_estimated=number is not None and random.random() < 0.2,
        area=random.choice(areas),
        report_year=random.choice([2013, 2014, 2014, 2014, 2015]),
        region=region(place) if place else None,
        status=random.choice(["held", "held", "held", "planned", "cancelled"]),
        funding=random.choice(fundings),
        is_sensitive=random.random() < 0.2,
    )
    event.also_listed_in.set([area for area in random.sample(areas, random.randint(0, 2)) if area != event.area])
    return event


def random_grant(random: Random, fundings: list, bodies: list, people: list) -> None:
    recipient = {"organization": random.choice(bodies)} if random.random() < 0.7 else {"person": random.choice(people)}
    grant = make_grant(
        **{"organization": None} | recipient,
        report_year=random.choice([2014, 2014, 2015]),
        awarded_amount=random.choice([None, Decimal(0), Decimal("99.90"), Decimal(5000)]),
        status=random.choice(["applied", "awarded", "completed", "withdrawn", "declined"]),
        funding=random.choice(fundings),
    )
    for _ in range(random.randint(0, 2)):
        make_payment(grant=grant, amount=Decimal("33.30"), kind=random.choice(["instalment", "refund"]))
