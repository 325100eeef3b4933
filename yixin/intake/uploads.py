"""From what a request brings to located tables, without a byte of it on the disk."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.translation import gettext_lazy as _

from .importing import locate
from .locate import candidates
from .reading import read_file, read_text
from .resource import Resource
from .rosters import read_roster
from .sheets import Sheet, Table

MAX_BYTES = 5 * 1024**2  # of a file, and of a pasted text
MAX_SHEETS = 12  # among which somebody can choose
TOO_LARGE = _("This is larger than 5 MB. Take out pictures and sheets that do not belong to it, or send it in parts.")


class BoundedUploadHandler(FileUploadHandler):
    """Keeps the form's file in memory up to the limit; the rest, and any other file, is read past."""

    kept: BytesIO | None = None

    def new_file(self, field_name, *args, **kwargs):
        super().new_file(field_name, *args, **kwargs)
        if field_name != "file" or self.kept is not None:
            raise SkipFile
        self.kept, self.size = BytesIO(), 0

    def receive_data_chunk(self, raw_data, start):
        self.size += len(raw_data)
        if self.size <= MAX_BYTES:
            self.kept.write(raw_data)

    def file_complete(self, file_size):
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )


def sheets_in(made: Resource, text: str, data: bytes | None) -> list[Sheet]:
    """The sheets of the file, or of the pasted text where there is no file. Raises ValidationError."""
    if data is not None:
        return read_file(data)
    roster = read_roster(text) if made.reads_rosters else None
    return read_text(text) if roster is None else [roster]


def tables_in(made: Resource, sheets: list[Sheet]) -> list[Table]:
    """The table; several where more than one sheet holds such a table and none was named. Raises ValidationError."""
    named = made.options.sheet
    fitting = [] if named else candidates(sheets, made.heads, made.required)
    if len(fitting) > MAX_SHEETS:
        raise ValidationError(
            _("%(count)s sheets hold such a table. Write the name of the one that you mean below “More choices”."),
            params={"count": len(fitting)},
        )
    wanted = fitting if len(fitting) > 1 else [named]
    return [locate(made, sheets, sheet) for sheet in wanted]
