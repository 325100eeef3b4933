"""Attempts that once got through."""

import json
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from yixin.intake.heads import Head, head_key
from yixin.intake.private import holds_private_number
from yixin.intake.readers import Year
from yixin.intake.rosters import read_roster
from yixin.intake.tests.bringing import page, send
from yixin.intake.tests.locating import BANK_CARD, IDENTITY_CARD

CARD = IDENTITY_CARD


@pytest.mark.parametrize(
    "text",
    [
        f"{CARD} 13800138000",
        f"{CARD} 2014-01-04",
        f"{CARD} 3次",
        f"{CARD}A组",
        f"{CARD}\n{CARD}",
        f"X{CARD}",
        f"{CARD[:6]} {CARD[6:10]} {CARD[10:14]} {CARD[14:]}",
        f"{CARD[:6]}-{CARD[6:10]}-{CARD[10:14]}-{CARD[14:]}",
        f"{CARD[:6]}·{CARD[6:14]}·{CARD[14:]}",
        f"{CARD[:6]}_{CARD[6:14]}_{CARD[14:]}",
        f"CARD{BANK_CARD}",
        f"{BANK_CARD[:6]} {BANK_CARD[6:]}",
    ],
)
def test_number_of_a_card_is_seen_whatever_stands_beside_it(text):
    assert holds_private_number(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "13800138000 13911114449",
        "2014年1月4日 2014年1月5日",
        "1、2、3、4、5、6、7、8、9、10、11、12、13",
        "0791-88000000 13800138000",
        "2014-01-04 10:00 2014-01-05 11:00",
        "138 0013 8000 139 0013 9000",
    ],
)
def test_other_numbers_are_not_taken_for_cards(text):
    assert holds_private_number(text) is False


@pytest.mark.parametrize(
    ("text", "is_private"),
    [
        ("备注（健康状况）", True),
        ("备注(病情)", True),
        ("说明[民族]", True),
        ("电话（银行卡号）", True),
        ("族别", True),
        ("姓名（与身份证一致）", False),
        ("姓名（请与身份证上相同）", False),
        ("备注", False),
        ("金额（元）", False),
    ],
)
def test_head_is_judged_by_what_stands_in_its_brackets_too(text, is_private):
    assert Head(text, head_key(text)).is_private is is_private


def test_card_in_a_list_of_people_does_not_take_the_phone_along():
    sheet = read_roster(f"1. 王建国 13911114444 {CARD}\n2. 李晓明 13911114445")

    assert sheet.lines[1].cells == ("王建国", None, "13911114444", CARD)


@pytest.mark.parametrize("typed", ["9" * 5_000, "20145", "二〇", "-2014"])
def test_year_of_any_length_is_refused_in_a_sentence(typed):
    with pytest.raises(ValidationError):
        Year().clean(typed)


def report(*arguments: str) -> dict:
    said = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("import_sheet", *arguments, "--json", stdout=said)
    assert stopped.value.code == 1
    return json.loads(said.getvalue())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere", "x.csv"),
        ("events", "x.csv", "--year", "abc"),
        ("events", "x.csv", "--year", "9" * 50),
        ("attendance", "x.csv", "--event=-1"),
        ("events", "."),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(arguments):
    told = report(*arguments)

    assert (told["status"], told["errors"][0]["row"], len(told["errors"])) == ("rejected", None, 1)


@pytest.mark.django_db
def test_console_of_few_characters_still_gets_the_report(tmp_path, monkeypatch):
    file = tmp_path / "x.csv"
    file.write_text("时间,内容,人数\n2014-01-04,年会🙂,3\n", encoding="utf-8")

    class Console(StringIO):
        def write(self, text):
            text.encode("gbk")
            return super().write(text)

    said = Console()
    call_command("import_sheet", "events", str(file), "--area", "exchange", "--json", stdout=said)

    assert json.loads(said.getvalue())["records"]["2"]["内容"] == "年会🙂"


@pytest.mark.django_db
def test_only_the_forms_own_file_is_kept(office):
    files = {f"other{number}": SimpleUploadedFile("x.csv", b"x" * 100) for number in range(3)}
    upload = SimpleUploadedFile("a.csv", "时间,内容,人数\n2014-01-04,年会,3\n".encode())

    response = send(office, "", file=upload, **files)

    assert response.status_code == 302
    assert list(response.wsgi_request.FILES) == ["file"]
    assert office.get(page("index")).status_code == 200


@pytest.mark.django_db
def test_file_name_with_the_number_of_a_card_is_not_logged(office):
    from yixin.intake.models import Intake

    send(office, "", file=SimpleUploadedFile(f"{CARD}.csv", "时间,内容,人数\n2014-01-04,年会,3\n".encode()))

    assert list(Intake.objects.values_list("source", flat=True)) == [""]


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", ["junk", "1" * 30, "-1"])
def test_action_on_what_is_no_record_leads_back_to_the_list(office, chosen):
    response = office.post("/admin/activities/event/", {"action": "export_csv", "_selected_action": chosen, "index": 0})

    assert response.status_code == 302
