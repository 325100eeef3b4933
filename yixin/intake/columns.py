"""One column of an exchanged table: its head, the synonyms of that, and what its cells hold."""

from collections.abc import Callable
from functools import partial

from django.db.models import Model
from import_export import fields

from .readers import Reader


def itself(record: Model) -> Model:
    return record


class Column(fields.Field):
    """One column. ``attribute`` None: the resource itself reads and writes the value.

    ``synonyms``: other heads, parted by spaces; a head is compared without spaces and punctuation.
    """

    def __init__(self, column_name: str, attribute: str | None, widget: Reader, **care):
        self.synonyms: tuple[str, ...] = tuple(care.pop("synonyms", "").split())
        self.needs_head: bool = care.pop("needs_head", False)  # the sheet must have the column
        self.needs_value: bool = care.pop("needs_value", False)  # every row must have the cell
        self.is_personal: bool = care.pop("is_personal", False)
        self.mask: str = care.pop("mask", "")  # as what a value on record is masked, as in yixin.access.masking
        self.holder: Callable[[Model], Model] = care.pop("holder", itself)  # from the row's record to whose value it is
        self.is_soft: bool = care.pop("is_soft", False)  # what cannot be read is left out with a warning
        self.is_totalled: bool = care.pop("is_totalled", False)
        super().__init__(attribute=attribute, column_name=column_name, widget=widget, **care)

    def get_value(self, record):
        """As the library reads it, which for an attribute of the record itself is a long way round."""
        is_own = self.attribute and "__" not in self.attribute
        return getattr(record, self.attribute) if is_own else super().get_value(record)

    def put(self, record, value) -> None:
        setattr(record, self.attribute, self.widget.empty if value is None else value)


Required = partial(Column, needs_head=True, needs_value=True)
