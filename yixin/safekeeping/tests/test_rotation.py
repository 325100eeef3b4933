"""Of many backups in a folder, 7 daily and 12 monthly ones stay."""

from datetime import datetime, timedelta

from django.core.management import call_command

from yixin.safekeeping.rotation import name_for, rotate
from yixin.safekeeping.tests.everything import fill


def test_newest_of_7_days_and_of_12_months_stay(tmp_path):
    last = datetime(2024, 12, 31, 3, 30)
    made = [last - timedelta(hours=12 * number) for number in range(2 * 800)]
    for moment in made:
        (tmp_path / name_for(moment)).touch()
    for other in ("notes.txt", "yixin-2014-01-04.zip", "yixin-2024-12-31-033000.zip.part"):
        (tmp_path / other).touch()

    rotate(tmp_path)

    days = [f"yixin-2024-12-{day}-153000.zip" for day in range(25, 31)]
    months = ["2024-11-30", "2024-10-31", "2024-09-30", "2024-08-31", "2024-07-31", "2024-06-30", "2024-05-31"]
    months += ["2024-04-30", "2024-03-31", "2024-02-29", "2024-01-31"]
    kept = {"yixin-2024-12-31-033000.zip", *days, *(f"yixin-{month}-153000.zip" for month in months)}
    others = {"notes.txt", "yixin-2014-01-04.zip", "yixin-2024-12-31-033000.zip.part"}
    assert {path.name for path in tmp_path.iterdir()} == kept | others


def test_fewer_backups_all_stay(tmp_path):
    for day in (1, 2):
        (tmp_path / name_for(datetime(2024, 1, day))).touch()

    rotate(tmp_path)

    assert len(list(tmp_path.iterdir())) == 2


def test_command_into_a_folder_names_the_file_by_date(db, tmp_path, capsys):
    folder = tmp_path / "backups"
    fill()
    folder.mkdir()

    call_command("backup", folder)

    (path,) = folder.iterdir()
    assert path.name.startswith("yixin-20")
    assert str(path) in capsys.readouterr().out
