"""Everything goes into one file and comes back the same; what is damaged, newer or in the way is refused."""

import json
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import translation

from organizations.models import Gram, Organization
from organizations.tests.factories import make_organization
from yixin.safekeeping.backup import back_up
from yixin.safekeeping.cipher import Damaged
from yixin.safekeeping.inserting import empty
from yixin.safekeeping.restore import Refused, restore
from yixin.safekeeping.rows import fingerprint, tables
from yixin.safekeeping.tests.everything import NOW, fill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    translation.activate("en")


@pytest.fixture
def media() -> Path:
    """The folder of files, which is this test's own."""
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def everything() -> None:
    fill()


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "backup.zip"


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path: Path, **changes) -> None:
    """The backup with other values in its list of contents."""
    members = contents(path)
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | changes).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)


def test_every_table_has_a_row_that_comes_back_the_same(everything, path, media):
    before = fingerprint()
    manifest = back_up(path, now=NOW)
    Organization.objects.update(name="改了")
    (media / "photos/2014/a.jpg").write_bytes(b"another")

    after = restore(path, now=NOW, replace=True)

    assert before == after == fingerprint() == manifest.fingerprint
    assert (media / "photos/2014/a.jpg").read_bytes() == b"picture"
    ours = {table.label for table in tables() if table.label.split(".")[0] in settings.YIXIN_APPS}
    empty = {label for label in ours if not manifest.tables[label]["rows"]}
    assert empty == {label for label in ours if apps.get_model(label)._meta.auto_created} - {
        "organizations.region_successors"
    }


def test_what_the_search_finds_is_made_anew(everything, path):
    make_organization(name="知行合一社")
    back_up(path, now=NOW)
    Organization.objects.filter(name="知行合一社").update(name="别的")
    Gram.objects.all().delete()

    restore(path, now=NOW, replace=True)

    assert Organization.objects.filter(grams__gram=b"zxhys").get().name == "知行合一社"


def test_next_record_gets_a_number_of_its_own(everything, path):
    back_up(path, now=NOW)
    restore(path, now=NOW, replace=True)

    assert make_organization().pk not in Organization.objects.exclude(name__startswith="知行社").values_list("pk")
    assert make_organization().pk > Organization.objects.order_by("pk").first().pk


def test_empty_database_takes_a_backup_without_being_told(path, media, everything):
    back_up(path, now=NOW)
    manifest = json.loads(contents(path)["manifest.json"])
    empty([table.model for table in tables() if table.label not in settings.REFERENCE_TABLES], DEFAULT_DB_ALIAS)

    assert restore(path, now=NOW) == manifest["fingerprint"]


def test_database_with_records_wants_to_be_told(everything, path):
    back_up(path, now=NOW)
    make_organization(name="后来的")

    with pytest.raises(Refused, match=r"holds records already .* add --yes"):
        restore(path, now=NOW)

    assert Organization.objects.filter(name="后来的").exists()


def test_backup_of_a_newer_version_is_refused(everything, path):
    back_up(path, now=NOW)
    done = [list(name) for name in MigrationRecorder(connection).applied_migrations()]
    rewritten(path, migrations=[*done, ["organizations", "0999_of_next_year"]])

    with pytest.raises(Refused, match=r"does not know “organizations\.0999_of_next_year”"):
        restore(path, now=NOW, replace=True)


@pytest.mark.parametrize("harm", ["cut", "empty", "text", "row", "file"])
def test_damaged_file_is_refused_and_nothing_changes(everything, path, media, harm):
    back_up(path, now=NOW)
    whole, before = path.read_bytes(), fingerprint()
    make_changes = {
        "cut": lambda: path.write_bytes(whole[: len(whole) // 2]),
        "empty": lambda: path.write_bytes(b""),
        "text": lambda: path.write_text("这不是备份"),
        "row": lambda: rewritten(path, fingerprint="0" * 64),
        "file": lambda: rewritten(path, media={"photos/2014/a.jpg": "0" * 64}),
    }
    make_changes[harm]()

    with pytest.raises(CommandError, match=r"^Nothing was put back\. "):
        call_command("restore", path, "--yes")

    assert fingerprint() == before
    assert (media / "photos/2014/a.jpg").read_bytes() == b"picture"


def test_wherever_a_byte_is_another_one_it_is_refused_or_makes_no_difference(everything, path):
    back_up(path, now=NOW)
    whole, before = path.read_bytes(), fingerprint()
    refused = 0
    for place in range(5, len(whole), len(whole) // 40):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        try:
            restore(path, now=NOW, replace=True)
        except (Damaged, Refused):
            refused += 1
        assert fingerprint() == before

    assert refused > 20


def test_file_in_a_backup_never_leaves_the_folder(everything, path, media):
    back_up(path, now=NOW)
    rewritten(path, media={"../../evil.txt": "0" * 64})

    with pytest.raises(CommandError, match="outside the folder of files"):
        call_command("restore", path, "--yes")

    assert not (media.parent.parent / "evil.txt").exists()


def test_files_that_were_there_are_kept_under_another_name(everything, path, media):
    back_up(path, now=NOW)
    (media / "photos/2014/later.jpg").write_bytes(b"later")

    restore(path, now=NOW, replace=True)

    assert not (media / "photos/2014/later.jpg").exists()
    (old,) = media.parent.glob("media.before-*")
    assert (old / "photos/2014/later.jpg").read_bytes() == b"later"


def test_file_that_a_record_names_and_that_is_missing_is_told(everything, path, capsys):
    call_command("backup", path)

    assert "which is not there" in capsys.readouterr().err


def test_sessions_are_not_kept(everything, client, path, admin_user):
    client.force_login(admin_user)

    assert "sessions.session" not in back_up(path, now=NOW).tables


def test_file_is_for_its_owner_only(everything, path):
    back_up(path, now=NOW)

    assert path.stat().st_mode & 0o077 == 0
