"""A plan as its page shows it: bounded lists, words beside every number."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.db.models import Model
from django.utils.functional import cached_property

from yixin.access.masking import masked
from yixin.locks import Published

from .models import Intake
from .plan import Action, Plan, Question, Row
from .resource import Resource
from .services import MAX_QUESTIONS, plan_digest

OPEN, MOST, HEADS = 20, 200, 6  # items shown at once, items on the page at all, columns of a new row


@dataclass(frozen=True)
class Listing:
    """The first items of a list, and how many there are."""

    shown: list
    folded: list
    more: int

    @property
    def total(self) -> int:
        return len(self.shown) + len(self.folded) + self.more


def listing(items: Iterable, total: int) -> Listing:
    kept = list(islice(items, MOST))
    return Listing(kept[:OPEN], kept[OPEN:], total - len(kept))


@dataclass(frozen=True)
class Asked:
    """A question with the answer that was given, if any."""

    question: Question
    answer: str | None

    @property
    def name(self) -> str:
        return ANSWER + self.question.key


ANSWER = "answer:"


def answers_in(sent) -> dict[str, str]:
    """The answers in a form that was sent, by the question's key."""
    return {name.removeprefix(ANSWER): sent[name] for name in sent if name.startswith(ANSWER)}


class Preview:
    """What the page says about a plan, and the mark by which a confirmation tells that this was what it saw."""

    def __init__(self, intake: Intake, made: Resource, plan: Plan, *, sees_personal: bool):
        self.intake, self.made, self.plan, self.sees_personal = intake, made, plan, sees_personal
        self.seen = plan_digest(plan)
        self.undecided = {number for question in plan.unanswered for number in question.rows}

    @cached_property
    def waiting(self) -> list[Row]:
        """Rows that are left out only because nobody has decided yet."""
        return [row for row in self.plan.doing(Action.SKIPPED) if row.number in self.undecided]

    @cached_property
    def counts(self) -> dict[str, int]:
        counts = self.plan.counts
        return counts | {"skipped": counts["skipped"] - len(self.waiting), "waiting": len(self.waiting)}

    @property
    def to_write(self) -> int:
        return self.counts["new"] + self.counts["changed"]

    @property
    def has_something_to_do(self) -> bool:
        return bool(
            self.to_write or self.plan.questions or self.plan.needed_parts or self.plan.edits or self.plan.touched
        )

    @cached_property
    def obstacles(self) -> list[str]:
        """Why the whole table cannot come in, good rows or not."""
        return [*self.plan.blocks, *(finding.message for finding in self.plan.errors if finding.row is None)]

    @property
    def published(self) -> list[Published]:
        """The published years that it would change, for which a reason is asked."""
        return [] if self.obstacles else self.plan.published

    @property
    def is_partial(self) -> bool:
        return bool(self.plan.errors) and not self.obstacles

    @property
    def good(self) -> int:
        """Rows in which nothing is wrong, written or not."""
        return len(self.plan.rows) - self.counts["refused"]

    @property
    def questions(self) -> list[Asked]:
        return [
            Asked(question, self.plan.answers.get(question.key)) for question in self.plan.questions[:MAX_QUESTIONS]
        ]

    @property
    def questions_left_out(self) -> int:
        return max(len(self.plan.questions) - MAX_QUESTIONS, 0)

    @property
    def errors(self) -> Listing:
        of_rows = [finding for finding in self.plan.errors if finding.row is not None]
        return listing(of_rows, len(of_rows))

    @property
    def warnings(self) -> Listing:
        """Without those that only say that something is asked."""
        asked = {question.text for question in self.plan.questions}
        told = [finding for finding in self.plan.warnings if finding.message not in asked]
        return listing(told, len(told))

    @cached_property
    def changed(self) -> Listing:
        """Each with what it is called, and by column what is on record and what comes in."""
        rows = self.plan.doing(Action.CHANGED)
        return listing(((row, self._called(row), self._changes(row)) for row in rows), len(rows))

    def _changes(self, row: Row) -> dict[str, tuple[str, str]]:
        """What came in is shown as it came."""
        if self.sees_personal:
            return row.changes
        kinds = {name: self.made.columns[name].mask for name in row.changes}
        return {
            name: (masked(old, kinds[name]) if kinds[name] else old, new) for name, (old, new) in row.changes.items()
        }

    @property
    def shown_in_full(self) -> list[Model]:
        """Whose personal data stand on the page, as they are on record. No query."""
        if not self.sees_personal:
            return []
        columns = self.made.columns
        return [
            columns[name].holder(row.record)
            for row, _called, changes in (*self.changed.shown, *self.changed.folded)
            for name, (old, _new) in changes.items()
            if columns[name].mask and old
        ]

    @property
    def skipped(self) -> Listing:
        waiting = {row.number for row in self.waiting}
        rows = [row for row in self.plan.doing(Action.SKIPPED) if row.number not in waiting]
        return listing(((row, self._called(row)) for row in rows), len(rows))

    @property
    def new(self) -> Listing:
        rows = self.plan.doing(Action.NEW)
        return listing(((row, [self._told(row, head) for head in self.heads]) for row in rows), len(rows))

    @cached_property
    def heads(self) -> list[str]:
        """The first columns in which any of the new rows that are shown has something."""
        rows = self.plan.doing(Action.NEW)[:MOST]
        names = list(rows[0].values) if rows else []
        return [name for name in names if any(self._told(row, name) for row in rows)][:HEADS]

    @property
    def ignored(self) -> list[str]:
        return self.intake.content["ignored"]

    def _told(self, row: Row, head: str) -> str:
        return self.made.columns[head].widget.shown(row.values[head])

    def _called(self, row: Row) -> str:
        """What a person recognises the row by: the cells that it must have."""
        told = [self._told(row, name) for name in self.made.required if row.values.get(name) is not None]
        return " ".join(told[:2])
