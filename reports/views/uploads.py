"""Files that are read past where nobody will look at them."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from reports.albums import MOST_AT_ONCE
from yixin.images import MAX_BYTES


class PhotoUploadHandler(FileUploadHandler):
    """Stands before those that keep files: drops what is beyond the number, and whatever is larger than a photo may be.

    ``too_large`` holds the names of the latter.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.count, self.size, self.too_large = 0, 0, []

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.count, self.size = self.count + 1, 0
        if self.count > MOST_AT_ONCE + 1:  # one more is kept, so that the form knows that there are too many
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.size += len(raw_data)
        if self.size > MAX_BYTES:
            self.too_large.append(self.file_name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
