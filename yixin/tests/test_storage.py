"""The folder of files: nothing half written stays, and what no record names is found, once it is old."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone, translation

from yixin.storage import unnamed
from yixin.tests.registry import make

LATER = timedelta(days=1, minutes=1)


class BrokenOff(ContentFile):
    """Of two pieces, of which the second never comes."""

    def chunks(self, chunk_size=None):
        yield b"first"
        raise OSError("broken off")


def there() -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_file_that_is_broken_off_does_not_stay():
    with pytest.raises(OSError, match="broken off"):
        default_storage.save("photos/2014/a.jpg", BrokenOff(b""))

    assert there() == []


@pytest.fixture
def photo(db):
    """A record with its file; beside it lies one that no record names."""
    made = make(apps.get_model("activities.Photo"), image=ContentFile(b"picture", name="named.jpg"))
    default_storage.save("photos/2014/unnamed.jpg", ContentFile(b"picture"))
    return made


def test_file_that_no_record_names_is_found_after_a_day(photo):
    now = timezone.now()

    assert (unnamed(now), unnamed(now + LATER)) == ([], ["photos/2014/unnamed.jpg"])


def test_file_that_was_unpacked_today_is_young_whatever_its_date(photo):
    path = Path(default_storage.path("photos/2014/unnamed.jpg"))
    os.utime(path, (0, 0))

    assert unnamed(timezone.now()) == []


def test_file_of_a_record_that_was_deleted_is_found(photo):
    name = photo.image.name
    photo.delete()

    assert unnamed(timezone.now() + LATER) == sorted([name, "photos/2014/unnamed.jpg"])


@pytest.mark.parametrize(("options", "left"), [([], 2), (["--yes"], 1)])
def test_command_lists_them_and_deletes_them_where_it_is_told(photo, capsys, monkeypatch, options, left):
    translation.activate("en")
    later = timezone.now() + LATER
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    call_command("forget_unnamed_files", *options)

    done = "Deleted." if options else "Nothing was deleted; add --yes for that, after a backup."
    assert capsys.readouterr().out == f"photos/2014/unnamed.jpg\n1 file that no record names. {done}\n"
    assert len(there()) == left


def test_command_says_where_there_is_none(db, capsys):
    translation.activate("en")

    call_command("forget_unnamed_files")

    assert capsys.readouterr().out == "Every file is named by a record.\n"
