"""Preview, confirm, cancel and undo. One import at a time, exactly once, all or nothing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from yixin import locks
from yixin.text import excerpt

from . import storage
from .journal import Journal
from .models import Change, Intake, Status
from .permissions import refuse_forbidden
from .plan import Action, Plan, Row
from .private import holds_private_number
from .registry import resource
from .resource import Options, Resource
from .sheets import Table

KEPT_UNCONFIRMED = timedelta(hours=24)
UNDOABLE = timedelta(days=30)  # what was replaced is somebody's data, and is not kept for ever
MAX_QUESTIONS = 300  # asked on one page; the rows of further ones are left out


def preview(*, tables: Sequence[Table], made: Resource, user: AbstractUser, source: str) -> Intake:
    """Keep the table until its user confirms or cancels it, or a day has passed.

    Several tables are those of the sheets that fit equally: ``choose_sheet`` says which of them is meant.
    Raises ValidationError where the rows may not even be kept.
    """
    forget_expired()
    for table in tables:
        refuse_unkept(made, table)
    return Intake.objects.create(
        table=made.name,
        source=source_of(source),
        user=user,
        created_at=timezone.now(),
        options=asdict(made.options),
        content=content_of(made, tables),
    )


def content_of(made: Resource, tables: Sequence[Table]) -> dict:
    """What is kept of the tables until they are confirmed."""
    kept = [storage.to_json(made.kept(table)) for table in tables]
    return kept[0] if len(kept) == 1 else {"tables": kept}


def source_of(name: str) -> str:
    """A file's name for the log; "" where it holds the number of a card."""
    return "" if holds_private_number(name) else excerpt(name, 200)


def refuse_unkept(made: Resource, table: Table) -> None:
    """Names that nobody has agreed to are not stored, not even for a day."""
    if made.reads_rosters:
        plan = made.plan(table, takes_defaults=False)
        if plan.keeps_nothing:
            sentences = dict.fromkeys(finding.message for finding in plan.errors)
            raise ValidationError([ValidationError(sentence, code="unkept") for sentence in sentences])


def sheets_of(intake: Intake) -> list[str]:
    """The sheets among which somebody still has to choose; [] once that is done."""
    return [table["sheet"] for table in (intake.content or {}).get("tables", ())]


def choose_sheet(*, key: UUID, user: AbstractUser, sheet: str) -> Intake:
    """Keep the table of that sheet only. Raises ValidationError for a sheet that is none of them."""
    with transaction.atomic():
        intake = own(key, user)
        tables = {table["sheet"]: table for table in (intake.content or {}).get("tables", ())}
        if tables:
            if sheet not in tables:
                raise ValidationError(_("Choose one of the sheets."), code="no_sheet")
            intake.content = tables[sheet]
            intake.save()
    return intake


def choose_options(*, key: UUID, user: AbstractUser, options: Options) -> Intake:
    """Look at the same rows in another way: another year, say.

    Raises ValidationError where the rows may not be kept like that; then they are gone.
    """
    refusal = None
    with transaction.atomic():
        intake = own(key, user)
        if intake.status == Status.PREVIEWED and not is_overdue(intake):
            made = resource(intake.table)(options)
            tables = [storage.from_json(table) for table in intake.content.get("tables", [intake.content])]
            try:
                refuse_to_name(intake, options)
                for table in tables:
                    refuse_unkept(made, table)
            except ValidationError as error:
                refusal = error
                finish(intake, Status.CANCELLED)
            else:
                intake.options, intake.content = asdict(options), content_of(made, tables)
                intake.save()
    if refusal:
        raise refusal
    return intake


def refuse_to_name(intake: Intake, options: Options) -> None:
    """Names that were left out on the way in cannot be asked for afterwards."""
    if intake.options.get("headcount_only") and not options.headcount_only:
        raise ValidationError(_("The names were not kept. Bring the roster in again."))


def own(key: UUID, user: AbstractUser) -> Intake:
    """The user's import, locked until the transaction ends."""
    intake = Intake.objects.select_for_update(of=("self",)).get(key=key, user=user)
    intake.user = user  # with the permissions that were asked for already
    return intake


def plan_of(intake: Intake, answers: dict[str, str] | None = None) -> Plan:
    """What confirming would do now. Raises ValidationError if the rows are gone."""
    if intake.content is None:
        raise ValidationError(_("This import is finished; its rows are not kept. Bring the table in again."))
    if sheets_of(intake):
        raise ValidationError(_("Choose one of the sheets."), code="no_sheet")
    made = resource(intake.table)(options_of(intake))
    plan = made.plan(storage.from_json(intake.content), answers, takes_defaults=False)
    refuse_forbidden(plan, intake.user)
    return plan


def options_of(intake: Intake) -> Options:
    known = {field.name for field in fields(Options)}
    options = {name: value for name, value in intake.options.items() if name in known}
    if options.get("consented_on"):
        options["consented_on"] = date.fromisoformat(options["consented_on"])
    return Options(**options)


@contextmanager
def one_import() -> Iterator[None]:
    """A transaction in which no other import runs: two of the same rows at once would both find them new.

    Raises ValidationError, with nothing written, where a record stands in the way after all, also at the very end.
    """
    ContentType.objects.get_for_model(Intake)  # there before it is locked
    try:
        with transaction.atomic():
            ContentType.objects.select_for_update().get(app_label="intake", model="intake")
            yield
    except IntegrityError as error:
        raise ValidationError(
            _("A record was added or deleted at this moment; nothing was written. Try again."), code="changed"
        ) from error


@dataclass(frozen=True)
class Decisions:
    """What its user says when confirming. ``seen``: the digest of the plan that was shown."""

    answers: dict[str, str] = field(default_factory=dict)
    takes_good_rows: bool = False
    seen: str | None = None
    reason: str = ""  # why a published year changes


def confirm(*, key: UUID, user: AbstractUser, decided: Decisions) -> Intake:
    """Write what the preview showed, once; whoever comes later gets the finished import.

    Raises ValidationError, and writes nothing, if what was seen has changed, if questions are open, if rows are
    refused and the user did not take the good ones, or if a published year would change without a reason. Plans once.
    """
    with one_import():
        intake = own(key, user)
        if is_overdue(intake):
            finish(intake, Status.EXPIRED)
        if intake.status != Status.PREVIEWED:
            return intake
        plan = plan_of(intake, decided.answers)
        refuse_unready(plan, takes_good_rows=decided.takes_good_rows, seen=decided.seen)
        carry_out(intake, plan, decided.reason)
    return intake


def refuse_unready(plan: Plan, *, takes_good_rows: bool, seen: str | None) -> None:
    """Questions that are too many for a page need no answer: their rows stay out."""
    if any(not plan.is_answered(question) for question in plan.questions[:MAX_QUESTIONS]):
        raise ValidationError(_("Please decide all questions first."), code="unanswered")
    if seen is not None and seen != plan_digest(plan):
        raise ValidationError(
            _("What would be done is no longer what this preview showed. Look at it again."), code="changed"
        )
    refuse_errors(plan, takes_good_rows=takes_good_rows)


def refuse_errors(plan: Plan, *, takes_good_rows: bool) -> None:
    """One row in error keeps out all of them, unless the user takes the good rows."""
    if plan.blocks:
        raise ValidationError(plan.blocks, code="blocked")
    of_the_whole = any(finding.row is None for finding in plan.errors)
    if plan.errors and (of_the_whole or not takes_good_rows):
        raise ValidationError(_("Some rows cannot come in. Correct them, or take only the good rows."), code="errors")


def refuse_unexplained(plan: Plan, reason: str) -> None:
    if plan.published and not reason:
        raise ValidationError(locks.NO_REASON, code="unexplained")


def carry_out(intake: Intake, plan: Plan, reason: str = "") -> None:
    """Write the plan, note the reason, and finish the import, inside ``one_import``."""
    refuse_unexplained(plan, reason)
    journal = Journal(intake)
    plan.resource.write(plan, journal)
    journal.close()
    if plan.published:
        locks.amend(plan.writes(), plan.published, signed(reason, intake))
    finish(intake, Status.DONE, outcome=plan.counts | {"notes": [str(note) for note in plan.notes]})


def signed(reason: str, intake: Intake) -> locks.Reason:
    return locks.Reason(reason, intake.user, timezone.now(), f"{Intake._meta.label_lower}:{intake.pk}")


def finish(intake: Intake, status: Status, *, outcome: dict | None = None) -> None:
    intake.status, intake.content, intake.finished_at = status, None, timezone.now()
    intake.outcome = outcome if outcome is not None else intake.outcome
    intake.save()


def cancel(*, key: UUID, user: AbstractUser) -> Intake:
    with transaction.atomic():
        intake = own(key, user)
        if intake.status == Status.PREVIEWED:
            finish(intake, Status.CANCELLED)
    return intake


def is_overdue(intake: Intake) -> bool:
    return intake.status == Status.PREVIEWED and intake.created_at < timezone.now() - KEPT_UNCONFIRMED


def forget_expired() -> int:
    """Drop the rows of imports that nobody confirmed within a day, and what undoing takes after a month.

    Returns how many imports had rows.
    """
    Change.objects.filter(intake__finished_at__lt=timezone.now() - UNDOABLE).delete()
    overdue = Intake.objects.filter(status=Status.PREVIEWED, created_at__lt=timezone.now() - KEPT_UNCONFIRMED)
    return overdue.update(status=Status.EXPIRED, content=None, finished_at=timezone.now())


def forget_on_login(sender, **kwargs) -> None:
    """Receiver of user_logged_in: a small hub has nobody who sets up a nightly job."""
    forget_expired()


def plan_digest(plan: Plan) -> str:
    """Short mark of what a plan does with the rows that nobody is asked about, and of what was chosen for it, to
    notice that this has changed."""
    asked = {number for question in plan.questions for number in question.rows}
    told = [_told(row) for row in plan.rows if row.number not in asked]
    said = repr((plan.resource.options, told))  # with what is on record: nobody may try out what gives this mark
    return salted_hmac("yixin.intake.plan", said, algorithm="sha256").hexdigest()[:16]


def _told(row: Row) -> tuple:
    record = row.record.pk if row.record and row.action != Action.NEW else None
    return row.number, row.action and row.action.value, record, sorted(row.changes.items())
