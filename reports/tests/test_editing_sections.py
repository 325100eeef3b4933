"""Writing a section: what is saved, what two at once see, what is too much, and who may do it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from activities.tests.factories import area
from organizations.tests.factories import make_organization
from reports.models import AnnualReport, Section
from reports.prose import LONGEST
from reports.tests.editor import address, browser_of, of_section, stored, text, told, words
from reports.tests.factories import make_report, make_section
from reports.writing import Stale, save_section
from yixin.tests.factories import make_user


@pytest.fixture
def writer(db):
    return browser_of("coordinator")


@pytest.fixture
def section(db) -> Section:
    return make_section(report=make_report(year=2031), heading="培训", prose="原来的")


@pytest.mark.django_db
def test_what_was_written_is_saved_with_who_and_when(writer, section):
    before, training = timezone.now(), area("training")
    sent = text(section, heading="志愿者培训", prose="共{培训.场次}场。\r\n- 一", table="training", area=training.pk)

    response = writer.post(of_section("section-edit", section), sent, follow=True)

    assert response.redirect_chain == [(of_section("section-edit", section), 302)]
    assert [(str(m), m.tags) for m in response.context["messages"]] == [("Saved.", "saved success")]
    assert stored(section) == {
        "heading": "志愿者培训",
        "prose": "共{培训.场次}场。\n- 一",
        "table": "training",
        "area": training.pk,
        "version": 2,
    }
    section.refresh_from_db()
    assert section.edited_by == writer.user
    assert before < section.edited_at < timezone.now()


@pytest.mark.django_db
def test_a_new_section_stands_at_the_end(writer, section):
    sent = text(heading="新的", prose="一")

    response = writer.post(address("section-add"), sent)

    made = Section.objects.exclude(pk=section.pk).get()
    assert (response.status_code, response.url) == (302, of_section("section-edit", made))
    assert (made.heading, made.position, made.edited_by) == ("新的", section.position + 1, writer.user)


@pytest.mark.django_db
def test_a_text_that_somebody_saved_meanwhile_is_not_overwritten_and_both_are_shown(writer, section):
    opened, other = text(section), make_user("coordinator", username="李知行")
    theirs = {"heading": "别人的标题", "prose": "原来的\n别人的<b>", "table": "training", "area": area("training")}
    save_section(pk=section.pk, version=1, by=other, now=timezone.now(), **theirs)
    hers = opened | {"heading": "我的标题", "prose": "原来的\r\n  我的  \r\n"}

    response = writer.post(of_section("section-edit", section), hers)

    form = response.context["form"]
    assert (response.status_code, stored(section)["prose"]) == (409, "原来的\n别人的<b>")
    assert (form["heading"].value(), form["prose"].value()) == ("我的标题", "原来的\r\n  我的  \r\n")
    assert form["version"].value() == 2
    assert "While you were writing, 李知行 saved this section" in words(response, "problem")
    assert words(response, "other") == ("别人的标题 Table: Volunteer training · Volunteer training 原来的 别人的<b>")
    assert "<mark>别人的&lt;b&gt;</mark>" in response.content.decode()


@pytest.mark.django_db
def test_saving_again_after_a_conflict_replaces_the_other_text_knowingly(writer, section):
    opened = text(section)
    save_section(pk=section.pk, version=1, by=writer.user, now=timezone.now(), prose="别人的")
    shown = writer.post(of_section("section-edit", section), opened | {"prose": "我的"}).context["form"]
    again = {name: shown[name].value() or "" for name in opened}

    response = writer.post(of_section("section-edit", section), again)

    assert (response.status_code, stored(section)["prose"], stored(section)["version"]) == (302, "我的", 3)


@pytest.mark.django_db
@pytest.mark.parametrize("changed", [{"heading": "别的"}, {"table": "grants"}, {"area": None}])
def test_another_heading_table_or_area_is_a_conflict_too(writer, section, changed):
    Section.objects.filter(pk=section.pk).update(area=area("training"))
    section.refresh_from_db()
    opened = text(section)
    save_section(pk=section.pk, version=1, by=writer.user, now=timezone.now(), **changed)

    response = writer.post(of_section("section-edit", section), opened)

    assert (response.status_code, stored(section)["version"]) == (409, 2)


@pytest.mark.django_db
def test_the_same_text_sent_twice_is_no_conflict(writer, section):
    sent = text(section, prose="新的")

    codes = [writer.post(of_section("section-edit", section), sent).status_code for _click in range(2)]

    assert (codes, stored(section)["prose"], stored(section)["version"]) == ([302, 302], "新的", 2)


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 30, "1.5", "\x00", "2"])
def test_a_version_that_nobody_saw_overwrites_nothing(writer, section, version):
    response = writer.post(of_section("section-edit", section), text(section, prose="新的", version=version))

    assert (response.status_code, stored(section)["prose"]) == (409, "原来的")


def save_at_once(pk: int, user, prose: str, barrier: Barrier) -> str:
    barrier.wait()
    try:
        save_section(pk=pk, version=1, by=user, now=timezone.now(), prose=prose)
        return prose
    except Stale as stale:
        return f"{prose} saw {stale.current.prose}"
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_wins_and_the_other_is_told():
    section, user, barrier = make_section(), make_user(), Barrier(2)

    with ThreadPoolExecutor(2) as pool:
        tasks = [pool.submit(save_at_once, section.pk, user, prose, barrier) for prose in ("甲", "乙")]
        answers = [task.result() for task in tasks]

    won = stored(section)["prose"]
    lost = {"甲": "乙", "乙": "甲"}[won]
    assert sorted(answers) == sorted([won, f"{lost} saw {won}"])
    assert stored(section)["version"] == 2


@pytest.mark.django_db
def test_a_section_deleted_meanwhile_comes_back_as_a_new_one_with_one_click(writer, section):
    page, sent = of_section("section-edit", section), text(section, heading="我的", prose="写了很久")
    section.delete()

    shown = writer.post(page, sent)
    form = shown.context["form"]
    saved = writer.post(address("section-add"), {name: form[name].value() or "" for name in sent})

    assert (shown.status_code, form["prose"].value()) == (409, "写了很久")
    assert f'action="{address("section-add")}"' in shown.content.decode()
    assert "somebody deleted this section" in words(shown, "problem")
    assert (saved.status_code, Section.objects.values_list("heading", "prose").get()) == (302, ("我的", "写了很久"))


@pytest.mark.django_db
def test_text_for_a_report_that_is_gone_stays_in_the_form(writer, section):
    sent = text(section, prose="写了很久")
    AnnualReport.objects.all().delete()

    edited, added = (
        writer.post(of_section("section-edit", section), sent),
        writer.post(address("section-add"), sent),
    )

    assert [page.context["form"]["prose"].value() for page in (edited, added)] == ["写了很久"] * 2
    assert added.context["form"].non_field_errors() == [
        "There is no report on this year any more. Begin it in a new window, then save here."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("length", [LONGEST + 1, 200_000])
def test_a_text_that_is_too_long_is_told_and_stays_in_the_box(writer, section, length):
    prose = "长" * length
    sentence = f"The text has {length:,} characters; a section holds 50,000. Make several sections of it."

    response = writer.post(of_section("section-edit", section), text(section, prose=prose))

    assert (response.status_code, response.context["form"].errors) == (422, {"prose": [sentence]})
    assert prose in response.content.decode()
    assert stored(section)["prose"] == "原来的"


@pytest.mark.django_db
def test_the_longest_text_is_saved(writer, section):
    response = writer.post(of_section("section-edit", section), text(section, prose="长" * LONGEST))

    assert (response.status_code, len(stored(section)["prose"])) == (302, LONGEST)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["section-edit", "section-add"])
def test_more_than_the_server_reads_ends_in_a_sentence_and_saves_nothing(writer, section, name):
    page = of_section(name, section) if name == "section-edit" else address(name)

    response = writer.post(page, text(section, prose="x" * (6 * 1024**2 + 1)), follow=True)

    assert response.redirect_chain == [(page, 302)]
    assert told(response) == [
        "What was sent is larger than 6 MB and was not read. Nothing was saved. Go back in the browser: your text is "
        "still there. Make several sections of it."
    ]
    assert (Section.objects.count(), stored(section)["prose"]) == (1, "原来的")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"heading": " \x00\u200b"}, {"heading": ["This field is required."]}),
        ({"heading": "长" * 201}, {"heading": ["Ensure this value has at most 200 characters (it has 201)."]}),
        ({"table": "no-such"}, {"table": ["Select a valid choice. no-such is not one of the available choices."]}),
        (
            {"area": "9" * 30},
            {"area": ["Select a valid choice. That choice is not one of the available choices."]},
        ),
        ({"area": "x"}, {"area": ["Select a valid choice. That choice is not one of the available choices."]}),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_the_text_stays(writer, section, changes, errors):
    response = writer.post(of_section("section-edit", section), text(section, prose="我的") | changes)

    form = response.context["form"]
    assert (response.status_code, form.errors, form["prose"].value()) == (422, errors, "我的")
    assert stored(section)["prose"] == "原来的"


@pytest.mark.django_db
def test_characters_nobody_sees_are_not_stored(writer, section):
    dirty = "\ufeff知\x00行\u200b\u202e\r\n\x07{培训.场次}"

    writer.post(of_section("section-edit", section), text(section, prose=dirty))

    assert stored(section)["prose"] == "知行\n{培训.场次}"


@pytest.mark.django_db
def test_a_table_that_is_gone_is_told_kept_and_can_be_chosen_away(writer, section):
    Section.objects.filter(pk=section.pk).update(table="old-area")
    sentence = "The table “old-area” is not there any more. Choose another one for this section, or none."

    page = writer.get(of_section("section-edit", section))
    kept = writer.post(of_section("section-edit", section), text(section, table="old-area"))
    away = writer.post(of_section("section-edit", section), text(section, table="", version=2))

    assert page.context["form"].fields["table"].choices[:2] == [("", "none"), ("old-area", "no longer there: old-area")]
    assert words(page, "warning") == sentence
    assert (kept.status_code, away.status_code, stored(section)["table"]) == (302, 302, "")


@pytest.mark.django_db
def test_a_section_of_another_report_is_not_at_this_address(writer, section):
    funder = make_organization()
    addresses = [
        address("section-edit", 2030, pk=section.pk),
        address("section-edit", 2031, pk=section.pk, funder=funder.slug),
        address("section-edit", 2031, pk=10**30),
        address("section-photos", 2031, pk=10**30),
        address("section-delete", 2030, pk=section.pk),
    ]

    assert [writer.get(page).status_code for page in addresses] == [404] * len(addresses)
    assert writer.get(address("section-edit", 2031, pk=section.pk)).status_code == 200
