"""Every address of the site by every role: who may open it, and who may send to it, as the table addresses.txt says.

To write the table again, and then read every line that changed:
python -m yixin.tests.addresses > /tmp/addresses.txt && mv /tmp/addresses.txt yixin/tests/addresses.txt
"""

import logging
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from yixin.tests.answers import Written, wrong

FILE = Path(__file__).with_name("addresses.txt")
ROLES = ["anybody", "partner", "volunteer", "staff", "coordinator", "administrator"]
HEAD = f"""\
# What each role gets at each address, of one record in the city of the volunteer: first by GET, then by an empty POST.
# The last two numbers: what the volunteer gets of a record that lies in another city.
# {" ".join(ROLES)}
"""
WORDS = {"number": "1", "table": "events", "kind": "docx", "url": "nowhere/"}
A_PICTURE = "x"  # a name that no edition's photo has
WORDS |= {
    "app_label": "organizations",
    "key": str(UUID(int=1)),
    "token": "x",
    "section": "organizations",
    "name": "培训.场次",
    "content_type_id": "1",
}
MODELS_OF = {"sections": "reports.section", "checks": "reports.acceptance", "reports/photos": "activities.photo"}
# Who saw personal data is noted; a message that is shown is taken out of the session.
WRITTEN_BY_READING = {"access_sighting", "django_session"}
KEYS = {"pk", "object_id", "id"}
OPTION = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def routes(resolver=None, before: str = "") -> Iterator[str]:
    """All patterns as they are written, in their order."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


@dataclass(frozen=True)
class World:
    """One account of each role, and one record of each model: here, in the city of the volunteer, or elsewhere."""

    accounts: dict[str, Model | None]
    here: dict[str, Model]
    elsewhere: dict[str, Model]

    def address(self, route: str, records: dict[str, Model]) -> str:
        """The address of the pattern, about one of the records."""

        def fill(option: re.Match) -> str:
            return self._value(option[1] or option[2], route, records)

        return "/" + OPTION.sub(fill, route).replace("^", "").replace("$", "")

    def _value(self, name: str, route: str, records: dict[str, Model]) -> str:
        if route.startswith("media/"):
            return records["activities.photo"].image.name
        if "photos/<slug:name>" in route and name == "name":
            return A_PICTURE
        body, report = records["organizations.organization"], records["reports.annualreport"]
        named = records["activities.publication"] if "publications" in route else body
        values = {"year": report.year, "funder": body.slug, "slug": named.slug}
        values |= {"link": records["organizations.entrylink"].pk, "survey": records["activities.survey"].pk}
        if name in KEYS:
            return str(records[label_of(route)].pk)
        return str(values.get(name) or WORDS[name])


def label_of(route: str) -> str:
    """The model that a pattern's record is of."""
    inside = re.match(r"admin/(\w+)/(\w+)/", route)
    if inside:
        return f"{inside[1]}.{inside[2]}"
    return next(
        (label for part, label in MODELS_OF.items() if f"{part}/<int:pk>" in route), "organizations.organization"
    )


def is_about_a_place(route: str) -> bool:
    from yixin.tests.lying import IN_A_CITY

    labels = {model._meta.label_lower for model in IN_A_CITY}
    named = {option[0] or option[1] for option in OPTION.findall(route)}
    is_of_staff = route.startswith(("admin/", "media/"))
    return (
        is_of_staff
        and bool(named & {"pk", "object_id", "name"})
        and (label_of(route) in labels or route.startswith("media/"))
    )


class Visitor:
    """A browser in which one account is logged in, whatever a page does to its session.

    ``complaints``: what was wrong with an answer, besides its status; and what was written although nothing was sent.
    """

    def __init__(self, account: Model | None):
        self.client = Client(raise_request_exception=False)
        if account:
            self.client.force_login(account)
        self.cookies, self.complaints = self.client.cookies.copy(), []

    def status(self, method: str, address: str) -> int:
        """Nothing that the request writes stays."""
        self.client.cookies = self.cookies.copy()
        with transaction.atomic(), Written() as tables:
            response = getattr(self.client, method)(address, secure=True)
            for _part in response.streaming_content if response.streaming else ():
                pass
            transaction.set_rollback(True)
        found = [*wrong(response, has_session=bool(self.cookies))]
        if method == "get":
            found += [f"writes {table}" for table in sorted(tables - WRITTEN_BY_READING)]
        self.complaints += [f"{method} {address} {response.status_code}: {one}" for one in found]
        return response.status_code


def line_of(route: str, world: World, visitors: dict[str, Visitor]) -> str:
    """The line of the table as it would be written now."""
    address = world.address(route, world.here)
    found = [str(visitors[role].status(method, address)) for method in ("get", "post") for role in ROLES]
    away = ["-", "-"]
    if is_about_a_place(route):
        other = world.address(route, world.elsewhere)
        away = [str(visitors["volunteer"].status(method, other)) for method in ("get", "post")]
    return f"{'  '.join([' '.join(found[:6]), ' '.join(found[6:]), ' '.join(away)])}  /{route}"


def make_world() -> World:
    from yixin.tests.factories import make_user
    from yixin.tests.lying import IN_A_CITY, lying_in
    from yixin.tests.registry import ADMINS, make, make_territory

    accounts = {role: make_user(role) for role in ROLES if role not in ("anybody", "volunteer")}
    accounts |= {"anybody": None, "volunteer": make_territory().user}
    here = {model._meta.label_lower: make(model) for model in ADMINS if model not in IN_A_CITY}
    here |= {"auth.user": make_user("staff"), "auth.group": accounts["staff"].groups.get()} | make_logs(make_user())
    for label in ("reports.section", "reports.acceptance"):
        here[label] = make(apps.get_model(label), report=here["reports.annualreport"])
    elsewhere = dict(here)
    for model in IN_A_CITY:
        here[model._meta.label_lower] = lying_in(model, "360700")
        elsewhere[model._meta.label_lower] = lying_in(model, "360100")
    for records in (here, elsewhere):
        body = records["organizations.organization"]
        type(body).objects.filter(pk=body.pk).update(listing="public")
        records["organizations.entrylink"] = make(apps.get_model("organizations.entrylink"), organization=body)
    for records in (here, elsewhere):
        default_storage.save(records["activities.photo"].image.name, ContentFile(b"picture"))
    return World(accounts, here, elsewhere)


def make_logs(user: Model) -> dict[str, Model]:
    """One line of each log that the site shows."""
    signed, now = {"user": user, "created_at": timezone.now()}, timezone.now()
    sighting = apps.get_model("access.sighting")(user=user, seen_at=now, model="organizations.person", record=1)
    intake = apps.get_model("intake.intake")(table="events", status="cancelled", **signed)
    export = apps.get_model("intake.export")(
        table="activities.event", format="csv", rows=1, is_personal=False, **signed
    )
    for line in (sighting, intake, export):
        line.save()
    return {line._meta.label_lower: line for line in (sighting, intake, export)}


def table() -> Iterator[str]:
    world = make_world()
    visitors = {role: Visitor(account) for role, account in world.accounts.items()}
    yield from (line_of(route, world, visitors) for route in dict.fromkeys(routes()))


def main() -> None:
    import django

    django.setup()
    from django.test.runner import DiscoverRunner

    logging.disable(logging.ERROR)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        with transaction.atomic():
            sys.stdout.write(HEAD + "".join(f"{line}\n" for line in table()))
            transaction.set_rollback(True)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "yixin.testing"
    main()
