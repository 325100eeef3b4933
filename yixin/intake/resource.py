"""The one declaration of an exchanged table: export, blank template, paste box, upload and import_sheet use it."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from import_export import resources

from .columns import Column
from .journal import Journal, columns_of
from .plan import Action, Plan, Row
from .rows import read_rows
from .sheets import Table
from .titles import year_named


@dataclass(frozen=True)
class Options:
    """What a user says about a table besides the table itself."""

    year: int | None = None  # the report year, and the year of dates that name none
    area: str = ""
    event: int | None = None
    survey: int | None = None
    sheet: str = ""
    wipe: bool = False  # an empty cell empties the stored value
    consented_on: date | None = None  # every person of a sensitive event's roster agreed on that day
    headcount_only: bool = False  # of a roster, keep how many there were


class Resource(resources.Resource):
    """Declared once an app and table: columns, what a row is, how it finds its record and what it links to."""

    name: str  # as import_sheet calls it
    label: str
    model: type[Model]
    asks: tuple[str, ...] = ()  # which Options its users choose
    explains: str = ""  # one sentence for the page
    reads_rosters: bool = False  # a pasted list of people comes in too
    list_model: type[Model] | None = None  # whose list in the admin shows the records, if not the model's own
    list_lookups: dict[str, str] = {}  # Option → lookup by which the admin's list shows the records of an import
    list_page: tuple[str, str] | None = None  # name of the admin's page that shows them instead, of the option's record

    def __init__(self, options: Options | None = None):
        super().__init__()
        self.options = options or Options()

    # What the declaration says

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Every column by its head, in the order of declaration."""
        return {field.column_name: field for field in self.fields.values()}

    @property
    def heads(self) -> dict[str, tuple[str, ...]]:
        """Heads that come in, with their synonyms."""
        return {name: column.synonyms for name, column in self.columns.items() if not column.readonly}

    @property
    def required(self) -> list[str]:
        return [name for name, column in self.columns.items() if column.needs_head]

    @classmethod
    def form_fields(cls) -> dict[str, forms.Field]:
        """A form field for each option that the table asks for, besides the year."""
        return {}

    @classmethod
    def introduce(cls, options: dict[str, object]) -> list[str]:
        """Sentences for the page about what was chosen, by the names of Options: which event, how many are named."""
        return []

    @staticmethod
    def keeps_head(head: str) -> bool:
        """Whether a column that is none of the declared ones is wanted all the same, such as a day that people tick."""
        return False

    def kept(self, table: Table) -> Table:
        """What may be kept of the table until it is confirmed."""
        return table

    # Planning. Nothing here writes.

    def plan(self, table: Table, answers: dict[str, str] | None = None, *, takes_defaults: bool = True) -> Plan:
        """What importing the table would do. A fixed number of queries, whatever the number of rows."""
        plan = Plan(answers or {}, takes_defaults, findings=list(table.findings))
        self.table, self.plan_now, plan.resource = table, plan, self
        self.year_named = year_named(table)
        try:
            self.begin(plan)
        except ValidationError as error:
            plan.refuse_all(" ".join(error.messages))
        read_rows(self, table, plan)
        if plan.is_refused:
            for row in plan.open_rows:
                row.action = Action.REFUSED
            return plan
        self.resolve(plan)
        self._match(plan)
        self.finish(plan)
        return plan

    def year(self) -> int | None:
        """The year of dates that name none: the chosen one, else that of the lines above the table."""
        return self.options.year or self.year_named

    def begin(self, plan: Plan) -> None:
        """Look at the options and the title lines. Raises ValidationError where the whole table cannot come in."""

    def resolve(self, plan: Plan) -> None:
        """Find what the rows link to: put it into their values, or leave findings and questions."""

    def existing(self, rows: list[Row]) -> dict[int, Model]:
        """Row number → the stored record that the row speaks of."""
        raise NotImplementedError

    def identity(self, row: Row) -> Hashable:
        """What two rows share that say the same; a later one is left out."""
        raise NotImplementedError

    def see_new(self, row: Row) -> None:
        """A look at a row that will be a new record."""

    def year_key(self, row: Row) -> Hashable:
        """What new rows share that belong to the same report year; one of them is looked at for all."""
        return row.number

    def draft(self, row: Row) -> Model:
        """The record of a new row with everything that stands in it, as it will be stored."""
        row.record = self.make(row)
        self.put(row, row.values)
        drafted, row.record = row.record, None
        return drafted

    def make(self, row: Row) -> Model:
        """A new record with what does not stand in the row; made only once it is written."""
        return self.model()

    def finish(self, plan: Plan) -> None:
        """A last look at the whole."""

    def _match(self, plan: Plan) -> None:
        self._leave_out_repeated(plan.open_rows)
        found = self.existing(plan.open_rows)
        for row in plan.open_rows:
            row.record = found.get(row.number)
            if row.record is None:
                row.action = Action.NEW
                self.see_new(row)
            else:
                row.before = columns_of(row.record)
                self._compare(row)

    def _leave_out_repeated(self, rows: Iterable[Row]) -> None:
        first: dict[Hashable, Row] = {}
        for row in rows:
            other = first.setdefault(self.identity(row), row)
            if other is not row:
                row.skip(str(_("Row %(row)s says the same.") % {"row": other.number}))
                self.tell_difference(row, other)

    def tell_difference(self, row: Row, other: Row) -> None:
        """A row that is left out for another must not be left out with what only it says."""
        told = [
            name
            for name, value in row.values.items()
            if value is not None and not self.columns[name].widget.same(other.values.get(name), value)
        ]
        if told:
            sentence = _(
                "Left out, since row %(row)s is the same; but here %(columns)s says something else. Check both."
            )
            self.plan_now.warn(row, told[0], sentence % {"row": other.number, "columns": "、".join(told)})

    def _compare(self, row: Row) -> None:
        told = {}
        for name, new in row.values.items():
            column = self.columns[name]
            old = self.value_of(row.record, name)
            if column.readonly or (new is None and not self._wipes(column, old)) or column.widget.same(old, new):
                continue
            told[name] = new
            row.changes[name] = (column.widget.shown(old), column.widget.shown(new))
        self.put(row, told)
        row.action = Action.CHANGED if row.changes else Action.SAME

    def _wipes(self, column: Column, old) -> bool:
        return self.options.wipe and not column.needs_value and old not in (None, "", False)

    def value_of(self, record: Model, name: str):
        """A record's value of a column: what a cell of the column is read as."""
        return self.reader_of(name)(record)

    def reader_of(self, name: str) -> Callable[[Model], object]:
        """What reads a column's value from a record: ``dehydrate_<field>`` where there is one, else its attribute."""
        column = self.columns[name]
        return getattr(self, column.get_dehydrate_method(self.get_field_name(column)), column.get_value)

    def put(self, row: Row, values: dict[str, object]) -> None:
        """Set the values that came in on the record; a new record takes no empty ones."""
        for name, value in values.items():
            column = self.columns[name]
            if column.attribute and not column.readonly and not (row.action == Action.NEW and value is None):
                column.put(row.record, value)

    # Writing

    def write(self, plan: Plan, journal: Journal) -> None:
        """Store the new and changed rows. The caller holds the transaction and the lock."""
        new, changed = plan.doing(Action.NEW), plan.doing(Action.CHANGED)
        for row in new:
            row.record = self.draft(row)
        journal.create(plan.needed_parts)
        records = [row.record for row in new if row.record.pk is None]  # a part may be a row's record too
        journal.create(records, {id(row.record): row.number for row in new})
        journal.update((row.record, row.before, row.number) for row in changed)
        written = {Action.NEW, Action.CHANGED}
        journal.update((record, before, row.number) for row, record, before in plan.edits if row.action in written)
        self.write_links(plan, journal)

    def write_links(self, plan: Plan, journal: Journal) -> None:
        """Store what stands in other tables than the record's own."""
