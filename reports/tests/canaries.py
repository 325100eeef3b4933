"""A word of its own in every column that is not for everybody, by what ``levels`` says: a new one is in at once."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import count
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from PIL import Image

from organizations.models import Organization
from organizations.tests.factories import region
from reports.publishing import publish
from reports.tests.factories import make_report, make_section
from yixin.access.levels import LEVELS, Level, level_of
from yixin.tests.factories import make_user
from yixin.tests.registry import EITHER_OR, make

# Made by publishing, out of other columns; keys and bytes that no page prints.
MADE_OF_OTHERS = {"reports.edition", "organizations.gram"}
# Columns that take nothing but numbers of one kind.
SHAPED = {"phone": "139{:08d}", "uscc": "91360{:013d}", "fingerprint": "{:064x}"}
YEAR, UNPUBLISHED = 2014, 2015
PAGE = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass
class Aviary:
    """Where each word was put, and the records that lead a visitor there."""

    planted: dict[str, str] = field(default_factory=dict)  # word → model.column
    for_partners: set[str] = field(default_factory=set)  # words that a partner may read
    refused: list[str] = field(default_factory=list)  # columns that the database took no word in
    records: dict[type[models.Model], models.Model] = field(default_factory=dict)
    numbers: count = field(default_factory=lambda: count(101))

    def plant(self, record: models.Model, *, least: Level = Level.INTERNAL, without: set[str] = frozenset()) -> None:
        """A word in every column of the record from that level on that can hold one."""
        label = record._meta.label_lower
        for column in record._meta.concrete_fields:
            if column.primary_key or column.name in without or level_of(type(record), column.name) < least:
                continue
            number = next(self.numbers)
            word, value = word_for(column, number)
            if word:
                self.put(record, {column.attname: value} | whole_date(column.name), word, f"{label}.{column.name}")

    def put(self, record: models.Model, values: dict, word: str, where: str) -> None:
        try:
            with transaction.atomic():
                type(record)._base_manager.filter(pk=record.pk).update(**values)
        except IntegrityError:
            self.refused.append(where)
        else:
            self.planted[word] = where

    def said(self, word: str, where: str) -> str:
        self.planted[word] = where
        return word


def whole_date(column: str) -> dict[str, object]:
    """The other columns of a date as people write it, which stand together or not at all."""
    stem, _, part = column.rpartition("_")
    if not stem or part != "text":
        return {}
    return {f"{stem}_earliest": date(2014, 5, 1), f"{stem}_latest": date(2014, 5, 31), f"{stem}_precision": "month"}


def word_for(column: models.Field, number: int) -> tuple[str, object]:
    """What to look for, and what to store; "" for a column of which nothing can be told apart."""
    word, latin = f"金丝雀{number}号", f"jinsique{number}x"
    if column.is_relation or column.choices or getattr(column, "max_length", None) in range(1, len(word)):
        return "", None
    if column.name in SHAPED:
        return (SHAPED[column.name].format(number),) * 2
    # The first kind that fits: an address of the web is a line of text, too.
    kinds = {
        models.DecimalField: (f"{number}7654", Decimal(f"{number}7654.32")),
        models.PositiveSmallIntegerField: ("", None),
        models.IntegerField: (f"{number}765", number * 1000 + 765),
        models.JSONField: (word, {"name": word}),
        models.UUIDField: (str(UUID(int=number * 10**30)), UUID(int=number * 10**30)),
        models.EmailField: (f"{latin}@", f"{latin}@canary.example"),
        models.URLField: (f"{latin}.", f"https://{latin}.example/"),
        models.SlugField: (latin, latin),
        models.FileField: (latin, latin),
        models.CharField: (word, word),
        models.TextField: (word, word),
    }
    return next((told for kind, told in kinds.items() if isinstance(column, kind)), ("", None))


def build() -> Aviary:
    """Everything once as far as it is public, with a word in every other column; then all that is never public."""
    aviary = Aviary()
    make_public(aviary)
    make_secret(aviary)
    publish(report=aviary.records["report"], number=1, by=aviary.records[User])
    return aviary


def make_public(aviary: Aviary) -> None:
    """One record of each model, linked with those before it; an organisation that everybody may find stands below."""
    records = aviary.records
    records[User] = make_user("staff", username=aviary.said("金丝雀用户", "auth.user.username"))
    home = region("360721")
    records[Organization] = make(Organization, name="知行空间", listing="public", region=home, uscc=None)
    report = records["report"] = make_report(year=YEAR, title="知行年报")
    draft = make_report(year=UNPUBLISHED, title=aviary.said("金丝雀草稿", "a report not published"))
    for label in LEVELS:
        model = apps.get_model(label)
        if label in MADE_OF_OTHERS or model in records or label == "reports.annualreport":
            continue
        columns = linked(model, records) | PUBLIC.get(label, {})
        if label == "organizations.territory":
            columns["region"] = region("360700")  # of a whole city, where organisations lie in a county
        if label.startswith("reports.") and "report" in {f.name for f in model._meta.fields}:
            columns["report"] = draft if label == "reports.section" else report
        records[model] = make(model, **columns)
    for record in [one for name, one in records.items() if name not in (User, "report")]:
        aviary.plant(record, without=WHAT_MAKES_IT_PUBLIC)
    payment = apps.get_model("grants.payment")
    make(payment, grant=records[apps.get_model("grants.grant")], amount=Decimal(7))  # the sum of both is public
    store(records)


# What makes a record one that everybody may read.
WHAT_MAKES_IT_PUBLIC = {"listing", "is_public"}
PUBLIC = {
    "activities.event": {"headcount": 30, "is_sensitive": False},
    "activities.publication": {"is_public": True},
    "activities.visit": {"status": "done"},
    "organizations.networkgroup": {"is_public": True, "region": None},
    "grants.grant": {"awarded_amount": Decimal(5000), "report_year": YEAR},
    "reports.amendment": {"year": YEAR},
    "activities.survey": {"report_year": YEAR},
}


def linked(model: type[models.Model], records: dict) -> dict[str, models.Model]:
    """The records for its links, of two of which it may have one the first."""
    left_out = set(EITHER_OR.get(model._meta.label_lower, [])[1:]) | {
        "parent",
        "undone_by",
        "proposal",
        "handled_by",
        "other",
    }
    links = [f for f in model._meta.concrete_fields if f.is_relation and f.name not in left_out]
    return {f.name: records[f.related_model] for f in links if f.related_model in records}


def store(records: dict) -> None:
    """A file for the publication that everybody may have."""
    publication = records[apps.get_model("activities.publication")]
    name = default_storage.save("publications/handbook.pdf", ContentFile(PAGE))
    type(publication)._base_manager.filter(pk=publication.pk).update(file=name)


def make_secret(aviary: Aviary) -> None:
    """Rows that are never public, a word in each of their columns, and a report that tells of them."""
    name = {"name", "name_key", "name_pinyin", "name_initials", "slug"}
    sensitive = make(Organization, name="乙丑互助社", is_sensitive=True, listing="public")
    hidden = make(Organization, listing="hidden", region=region("360900"))
    partners = aviary.records["partners"] = make(Organization, listing="partners", region=region("360900"))
    aviary.plant(sensitive, least=Level.PUBLIC, without=name)
    aviary.plant(hidden, least=Level.PUBLIC)
    before = set(aviary.planted)
    aviary.plant(partners, least=Level.PUBLIC, without={"remark", "address"})
    aviary.for_partners = aviary.planted.keys() - before
    aviary.plant(partners)
    for organization in (sensitive, hidden):
        for label in ("alias", "contact", "formeraddress", "proposal"):
            record = make(apps.get_model("organizations", label), organization=organization)
            aviary.plant(record, least=Level.PUBLIC)
    aviary.plant(make(apps.get_model("organizations.networkgroup"), is_public=False), least=Level.PUBLIC)
    aviary.plant(make(apps.get_model("activities.publication"), is_public=False), least=Level.PUBLIC)
    make_secret_work(aviary, sensitive)
    make_text(aviary)


def make_secret_work(aviary: Aviary, sensitive: Organization) -> None:
    event, grant = apps.get_model("activities.event"), apps.get_model("grants.grant")
    engagement = make(apps.get_model("activities.engagement"), organization=sensitive)
    marked = make(event, is_sensitive=True, headcount=31)
    stood_by = make(event, engagement=engagement, headcount=32)
    attended = make(event, headcount=33)
    make(apps.get_model("activities.eventorganization"), event=attended, organization=sensitive)
    person = make(apps.get_model("organizations.person"))
    to_person = make(grant, organization=None, person=person, report_year=YEAR)
    to_sensitive = make(grant, organization=sensitive, report_year=YEAR)
    funder = make(Organization, listing="hidden")
    secret = make(apps.get_model("grants.funding"), is_sensitive=True, funder=funder)
    paid = make(grant, organization=aviary.records[Organization], funding=secret, report_year=YEAR)
    for record in (engagement, marked, stood_by, attended, person, to_person, to_sensitive, secret, paid):
        aviary.plant(record, least=Level.PUBLIC, without={"headcount"})
    aviary.plant(funder, least=Level.PUBLIC)


def make_text(aviary: Aviary) -> None:
    """The text of the published report, which names what it should not."""
    person, alias = apps.get_model("organizations.person"), apps.get_model("organizations.alias")
    name = aviary.said("甲某金丝雀", "a person in a text")
    make(person, name=name, phone=aviary.said("13911112222", "a phone in a text"))
    secret = aviary.said("丙寅同伴小组", "an organisation in a text")
    organization = make(Organization, is_sensitive=True, listing="hidden", name=secret)
    other = aviary.said("丁卯同窗社", "an alias in a text")
    make(alias, organization=organization, name=other)
    title = aviary.said("戊辰谈心会", "an event in a text")
    make(apps.get_model("activities.event"), title=title, is_sensitive=True, headcount=34)
    lines = [f"{name}来讲课，电话13911112222。", f"见{other}。", f"去了{secret}。", f"办了{title}。", "照常。"]
    section = make_section(report=aviary.records["report"], heading="培训", prose="\n".join(lines), table="training")
    photo, day = apps.get_model("activities.photo"), date(2014, 5, 1)
    caption = aviary.said("己巳未同意照片", "a photo")
    section.photos.add(make(photo, caption=caption, image=stored("grey")))
    section.photos.add(make(photo, caption="同意公开的照片", image=stored("white"), consented_on=day))


def stored(colour: str) -> str:
    """The name of a picture."""
    content = BytesIO()
    Image.new("RGB", (60, 40), colour).save(content, "JPEG")
    return default_storage.save(f"photos/{colour}.jpg", ContentFile(content.getvalue()))
