"""What an import would do: each row accounted for, and what somebody must decide first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model, TextChoices
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy

from yixin.locks import Published, Write, published

from .sheets import Finding

NEW, SKIP = "new", "skip"  # answers that every question may offer, beside the ids of records


class Action(TextChoices):
    NEW = "new", pgettext_lazy("row of an import", "new")
    CHANGED = "changed", pgettext_lazy("row of an import", "changed")
    SAME = "same", pgettext_lazy("row of an import", "the same")
    SKIPPED = "skipped", pgettext_lazy("row of an import", "left out")
    REFUSED = "refused", pgettext_lazy("row of an import", "refused")


@dataclass
class Row:
    """One row of the sheet on its way to a record."""

    number: int  # the sheet's own
    values: dict[str, object]  # by column name; only columns that stand in the sheet
    action: Action | None = None
    reason: str = ""  # why it was left out
    record: Model | None = None  # the stored one; a new one once it is written
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)  # column → old and new, as shown
    before: dict[str, object] = field(default_factory=dict)  # columns of the record as they were
    key: tuple | None = None  # what the resource compares rows by

    @property
    def is_open(self) -> bool:
        """Whether nothing has been decided about it yet."""
        return self.action is None

    def skip(self, reason: str) -> None:
        if self.action != Action.REFUSED:
            self.action, self.reason = Action.SKIPPED, reason


@dataclass(frozen=True)
class Question:
    """What only a person can decide. Without an answer, a script takes the default."""

    key: str
    rows: tuple[int, ...]
    column: str
    text: str
    choices: tuple[tuple[str, str], ...]  # value, label
    default: str


@dataclass
class Plan:
    """All rows, findings and questions of one import, before anything is written."""

    answers: dict[str, str] = field(default_factory=dict)
    takes_defaults: bool = True  # nobody is there to be asked
    resource: object = None  # whose plan it is, and who writes it
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    parts: list[tuple[Row, Model]] = field(default_factory=list)  # new records that a row needs, in order of writing
    edits: list[tuple[Row, Model, dict]] = field(default_factory=list)  # stored records that a row changes too; before
    touched: list[Model] = field(default_factory=list)  # stored records that it changes besides
    blocks: list[str] = field(default_factory=list)  # what must be said before anything can be written
    is_refused: bool = False
    keeps_nothing: bool = False  # the rows may not even be kept for a preview
    checked: list[str] = field(default_factory=list)  # sentences for what was looked into and is right
    notes: list[str] = field(default_factory=list)  # sentences for the whole: named 31, declared 35

    def error(self, row: Row | None, column: str | None, message) -> None:
        self.findings.append(Finding(row and row.number, column, str(message)))
        if row is not None:
            row.action = Action.REFUSED

    def warn(self, row: Row | None, column: str | None, message) -> None:
        self.findings.append(Finding(row and row.number, column, str(message), is_error=False))

    def refuse_all(self, message) -> None:
        """Nothing of the table can come in; its cells are looked at all the same."""
        self.is_refused = True
        self.error(None, None, message)

    def block(self, message) -> None:
        """It can be looked at, but not confirmed like this."""
        self.blocks.append(str(message))

    def ask(self, question: Question) -> str | None:
        """The answer; the default where nobody is asked; None where somebody still has to decide."""
        self.questions.append(question)
        answer = self.answers.get(question.key)
        if answer in {value for value, label in question.choices}:
            return answer
        return question.default if self.takes_defaults else None

    def is_answered(self, question: Question) -> bool:
        return self.answers.get(question.key) in dict(question.choices)

    @property
    def unanswered(self) -> list[Question]:
        return [question for question in self.questions if not self.is_answered(question)]

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if row.is_open]

    @property
    def needed_parts(self) -> list[Model]:
        """New records that the rows link to, each once: also a name by which somebody found what stays the same."""
        taken = (Action.NEW, Action.CHANGED, Action.SAME)
        parts = {id(part): part for row, part in self.parts if row.action in taken}
        return list(parts.values())

    def writes(self) -> list[Write]:
        """What was written. Before that, new rows are drafted, one of each report year."""
        new = self.doing(Action.NEW)
        drafted = {self.resource.year_key(row): row for row in new if row.record is None}
        rows = [Write(row.record) for row in new if row.record is not None]
        rows += [Write(self.resource.draft(row)) for row in drafted.values()]
        rows += [Write(row.record, row.before) for row in self.doing(Action.CHANGED)]
        written = (Action.NEW, Action.CHANGED)
        rows += [Write(record, before) for row, record, before in self.edits if row.action in written]
        return rows + [Write(record) for record in [*self.needed_parts, *self.touched]]

    @cached_property
    def published(self) -> list[Published]:
        """The published years that it changes. One query, the first time that somebody asks."""
        return published(self.writes())

    def doing(self, *actions: Action) -> list[Row]:
        return [row for row in self.rows if row.action in actions]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by action, all actions named; they add up to the number of rows."""
        counted = Counter(row.action for row in self.rows)
        return {action.value: counted[action] for action in Action}

    @property
    def errors(self) -> list[Finding]:
        return in_order(finding for finding in self.findings if finding.is_error)

    @property
    def warnings(self) -> list[Finding]:
        return in_order(finding for finding in self.findings if not finding.is_error)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By row, those of the whole file first, each once."""
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.row or 0)
