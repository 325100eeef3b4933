"""The year 2014 as it was reported, and one user of each role: to look around with, and to test against."""

import json
import secrets
from io import BytesIO

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.serializers import python
from django.db import transaction
from PIL import Image, ImageDraw

from activities.models import WorkArea
from organizations.models import FieldOfWork, Region, Territory
from reports.models import AnnualReport
from yixin.access.roles import ROLES
from yixin.access.territories import ROLE as VOLUNTEER

FIXTURE = settings.BASE_DIR / "fixtures" / "report_2014.json"
REFERENCE = (Region, FieldOfWork, WorkArea)  # every database brings these along
PICTURE = (1200, 800)  # pixels of the picture that stands for a photo of 2014: the photos themselves are not at hand
CITY = "360700"  # of the volunteer: Ganzhou
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is easily taken for another


def is_loaded() -> bool:
    """Whether the 2014 data are here already."""
    title = next(row["fields"]["title"] for row in _rows() if row["model"] == "reports.annualreport")
    return AnnualReport.objects.general().filter(year=2014, title=title).exists()


def holds_records() -> bool:
    """Whether anything was recorded here, besides what every new database brings along."""
    models = [model for label in settings.YIXIN_APPS for model in apps.get_app_config(label).get_models()]
    return any(model.objects.exists() for model in models if model not in REFERENCE)


def _rows() -> list[dict]:
    return json.loads(FIXTURE.read_text(encoding="utf-8"))


@transaction.atomic
def load() -> int:
    """Add the 2014 data with new ids, beside whatever is here. Returns the number of records added.

    Raises IntegrityError, and adds nothing, where a record of the same name stands in the way.
    """
    made: dict[tuple[str, int], int] = {}
    rows = _rows()
    for row in rows:
        fields = {name: _moved(row["model"], name, value, made) for name, value in row["fields"].items()}
        (parsed,) = python.Deserializer([{"model": row["model"], "fields": fields}])
        parsed.object.save()
        for name, values in (parsed.m2m_data or {}).items():
            getattr(parsed.object, name).set(values)
        made[row["model"], row["pk"]] = parsed.object.pk
        if row["model"] == "activities.photo":
            _store_picture(row["fields"]["image"])
    return len(rows)


def _store_picture(name: str) -> None:
    """A plain grey picture under that name, unless there is one already."""
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(placeholder()))


def placeholder() -> bytes:
    """A JPEG of a frame with hills and a sun in grey: the same bytes every time."""
    width, height = PICTURE
    picture = Image.new("RGB", PICTURE, "#e4e6e5")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((40, 40, width - 41, height - 41), outline="#a9b0ad", width=6)
    pen.ellipse((820, 170, 960, 310), fill="#c6cbc9")
    pen.polygon([(120, 680), (430, 300), (740, 680)], fill="#b9bfbc")
    pen.polygon([(520, 680), (800, 420), (1080, 680)], fill="#a9b0ad")
    stored = BytesIO()
    picture.save(stored, "JPEG", quality=85)
    return stored.getvalue()


def _moved(model: str, name: str, value, made: dict[tuple[str, int], int]):
    """The field's value with the file's ids replaced by those given here; codes stay codes."""
    related = apps.get_model(model)._meta.get_field(name).related_model
    if related is None:
        return value
    values = value if isinstance(value, list) else [value]
    new = [made.get((related._meta.label_lower, item), item) if isinstance(item, int) else item for item in values]
    return new if isinstance(value, list) else new[0]


def password() -> str:
    """Twelve letters and digits in groups of four: 59 bits, and still typed on a phone."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


@transaction.atomic
def create_users() -> dict[str, str]:
    """One user of each role that is not there yet; returns their new passwords by user name."""
    user_model, made = get_user_model(), {}
    for role in ROLES:
        if user_model.objects.filter(username=role).exists():
            continue
        made[role] = password()
        is_first = role == "administrator"
        user = user_model.objects.create_user(
            role, password=made[role], is_staff=role != "partner", is_superuser=is_first
        )
        user.groups.add(Group.objects.get(name=role))
        if role == VOLUNTEER:
            Territory.objects.create(user=user, region=Region.objects.prefectures().in_use(2014).get(code=CITY))
    return made
