"""Somebody with a name and numbers of their own, in all spellings, and where they stand."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import CharField, JSONField, SlugField, TextField

from organizations.models import Gram
from yixin.safekeeping.rows import tables
from yixin.spellings import wanted

NOW = datetime(2026, 3, 5, 4, tzinfo=UTC)
NAME, NICK, PHONE, EMAIL = "甄金丝雀", "金丝姐", "13912340917", "zhen.jsq@canary.example"
SPELLINGS = [
    NAME,
    "甄 金丝雀",
    "甄·金丝雀",
    NICK,
    PHONE,
    "139-1234-0917",
    "１３９１２３４０９１７",
    EMAIL,
    EMAIL.upper(),
]
# What tells of them, and what is made of it.
WORDS = wanted([NAME, NICK, PHONE, EMAIL, "zhenjinsique", "zjsq"])
SAID = "和" + "、".join(SPELLINGS) + "谈过"
# Tables and columns that tell of nobody, or of somebody else: what an organisation is called is its own name.
OTHERS = {"auth.user", "auth.group", "auth.permission", "contenttypes.contenttype", "sessions.session"}
CALLED = {"organizations.organization.name", "organizations.alias.name"}
CALLED |= {f"organizations.person.{column}" for column in ("name", "phone", "email")}
# Where a column of JSON is read again by record, as it holds them.
SHAPED = {"organizations.merger.dropped": [{"model": "organizations.organization", "rows": [{"remark": SAID}]}]}

# Where a column of text holds JSON, as the admin writes it.
WRITTEN = {"admin.logentry.change_message": json.dumps([{"added": {"name": "支出", "object": SAID}}])}
_ESCAPE = re.compile(r"\\+u([0-9a-f]{4})", re.IGNORECASE)


def everything_kept() -> list[str]:
    """Every row of every table, and what lies in the folder of files, as text."""
    rows = [line.decode() for table in tables() for line in table.lines("default")]
    rows += [str(bytes(gram)) for gram in Gram.objects.values_list("gram", flat=True)]
    rows += [str(session.get_decoded()) for session in Session.objects.all()]
    files = [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return [*rows, *(path.name for path in files)]


def telling(texts) -> list[str]:
    """Those that tell of them: escaped as JSON has it, and inside the pinyin of an address, too."""
    return [text for text in texts if _tells(_ESCAPE.sub(lambda sign: chr(int(sign[1], 16)), text))]


def _tells(text: str) -> bool:
    return bool(WORDS.spans(text)) or any(word in text.casefold() for word in (PHONE, EMAIL, "zhenjinsique"))


def planted() -> list[str]:
    """Their name and numbers, in all spellings, in every text of one record of every table; and where that was."""
    done = []
    for model in apps.get_models(include_auto_created=True):
        record = model._base_manager.order_by("pk").last() if model._meta.label_lower not in OTHERS else None
        for column in model._meta.concrete_fields if record else ():
            where = f"{model._meta.label_lower}.{column.name}"
            if where in CALLED or not holds_words(column):
                continue
            as_json = SHAPED.get(where, {"said": [SAID]})
            text = as_json if isinstance(column, JSONField) else WRITTEN.get(where, SAID[: column.max_length or None])
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=record.pk).update(**{column.name: text})
            except IntegrityError:
                continue
            done.append(where)
    return done


def holds_words(column) -> bool:
    """Whatever anybody types; no word of a list, no address, nothing that is made of another column."""
    is_made = column.primary_key or column.choices or isinstance(column, SlugField) or hasattr(column, "function")
    return isinstance(column, CharField | TextField | JSONField) and not is_made
