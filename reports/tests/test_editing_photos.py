"""The photos of a section: what is taken in, what is refused and why, their order and captions."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from activities.models import Photo
from activities.tests.factories import make_event, make_photo
from reports.albums import MOST_AT_ONCE, MOST_PHOTOS
from reports.models import Section
from reports.tests.editor import address, browser_of, of_section, picture, told
from reports.tests.factories import make_report, make_section
from yixin.images import MAX_BYTES

UNREADABLE = "This is not a picture that can be read. Send a JPEG or PNG."


@pytest.fixture
def writer(db):
    return browser_of("coordinator")


@pytest.fixture
def section(db) -> Section:
    return make_section(report=make_report(year=2031), heading="培训")


def photos(section: Section) -> list[int]:
    placed = Section.photos.through.objects.filter(section=section).order_by("pk")
    return list(placed.values_list("photo_id", flat=True))


def upload(writer, section: Section, *files, **said):
    return writer.post(of_section("section-photos", section), {"upload": "", "files": list(files)} | said)


def kind_of(photo: Photo) -> str:
    with photo.image.open() as file:
        return Image.open(file).format


def put(section: Section, *captions: str) -> list[Photo]:
    made = [make_photo(caption=caption) for caption in captions]
    for photo in made:
        section.photos.add(photo)
    return made


@pytest.mark.django_db
def test_several_pictures_are_taken_at_once_with_what_is_said_of_them(writer, section):
    event = make_event(report_year=2031)
    said = {"caption": " 大家\x00在一起 ", "event": event.pk, "consented_on": "2020-05-01"}

    response = upload(writer, section, picture("a.jpg"), picture("b.png", kind="PNG"), **said)

    assert (response.status_code, response.url) == (302, of_section("section-photos", section))
    made = list(Photo.objects.order_by("pk"))
    assert photos(section) == [photo.pk for photo in made]
    assert {(p.caption, p.event, p.consented_on) for p in made} == {("大家在一起", event, date(2020, 5, 1))}
    assert [kind_of(photo) for photo in made] == ["JPEG", "JPEG"]
    assert told(writer.get(response.url)) == ["2 photos were taken."]


@pytest.mark.django_db
def test_an_upload_with_the_token_of_the_page_is_taken_and_one_without_is_not(section):
    careful = browser_of("coordinator", enforce_csrf_checks=True)
    page = careful.get(of_section("section-photos", section)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    codes = [upload(careful, section, picture(), **said).status_code for said in ({}, {"csrfmiddlewaretoken": token})]

    assert (codes, len(photos(section))) == ([403, 302], 1)


@pytest.mark.django_db
def test_good_pictures_are_taken_and_each_other_file_is_named_with_its_reason(writer, section):
    heic = SimpleUploadedFile("c.heic", b"\x00\x00\x00\x18ftypheic" + b"x" * 50)
    files = [SimpleUploadedFile("a.jpg", b""), SimpleUploadedFile("b.jpg", b"no picture"), heic, picture("d.txt")]

    response = upload(writer, section, *files)

    assert (response.status_code, Photo.objects.count(), len(photos(section))) == (302, 1, 1)
    assert told(writer.get(response.url)) == [
        "a.jpg: The file is empty. Fetch it from the phone or camera once more.",
        f"b.jpg: {UNREADABLE}",
        "c.heic: This is an iPhone's HEIC picture. Send it to yourself by WeChat and save it there: that makes a JPEG.",
        "1 photo was taken.",
    ]


def of_200_megapixels() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("1", (20_000, 10_000)).save(content, "PNG")
    return SimpleUploadedFile("huge.png", content.getvalue())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (lambda: SimpleUploadedFile("a.jpg", b"x"), f"a.jpg: {UNREADABLE}"),
        (of_200_megapixels, "huge.png: The picture has more than 50 million pixels. Send a smaller one."),
        (
            lambda: SimpleUploadedFile("big.jpg", b"\xff\xd8" + b"x" * MAX_BYTES),
            "big.jpg: The picture is larger than 20 MB. Send a smaller one.",
        ),
    ],
)
def test_what_is_no_picture_to_take_gets_a_sentence_and_the_form_stays(writer, section, file, sentence):
    response = upload(writer, section, file(), caption="我的说明")

    form = response.context["form"]
    assert (response.status_code, form.errors, form["caption"].value()) == (422, {"files": [sentence]}, "我的说明")
    assert Photo.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"files": []}, {"files": ["Choose at least one picture."]}),
        ({"caption": "长" * 201}, {"caption": ["Ensure this value has at most 200 characters (it has 201)."]}),
        ({"consented_on": "\x00"}, {"consented_on": ["Enter a valid date."]}),
        ({"consented_on": str(timezone.localdate() + timedelta(2))}, {"consented_on": ["This day has not come yet."]}),
        (
            {"event": "9" * 30},
            {"event": ["Select a valid choice. That choice is not one of the available choices."]},
        ),
    ],
)
def test_a_form_that_cannot_be_takes_nothing(writer, section, changes, errors):
    response = upload(writer, section, picture(), **changes)

    assert (response.status_code, response.context["form"].errors, Photo.objects.count()) == (422, errors, 0)


@pytest.mark.django_db
def test_more_files_than_at_once_are_none(writer, section):
    count = MOST_AT_ONCE + 1
    sentence = f"{count} files at once are too many: none was taken. Send at most 20, then the next ones."

    response = upload(writer, section, *(picture(f"{number}.jpg") for number in range(count)))

    assert (response.status_code, response.context["form"].errors) == (422, {"files": [sentence]})
    assert Photo.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("careful", [False, True])
def test_three_hundred_files_are_none_and_no_error_page(section, careful):
    writer = browser_of("coordinator", enforce_csrf_checks=careful)
    writer.get(of_section("section-photos", section))

    response = upload(writer, section, *(SimpleUploadedFile(f"{number}.jpg", b"x") for number in range(300)))

    assert (response.status_code, response.url) == (302, of_section("section-photos", section))
    assert told(writer.get(response.url)) == [
        "Too many files at once: none was taken. Send at most 20, then the next ones."
    ]
    assert Photo.objects.count() == 0


@pytest.mark.django_db
def test_a_section_holds_forty_photos_and_no_more(writer, section):
    put(section, *"一" * (MOST_PHOTOS - 1))
    more = [make_photo(), make_photo()]
    sentence = "A section holds at most 40 photos. It has 39; 2 more are too many. None was taken."

    sent = upload(writer, section, picture(), picture())
    chosen = writer.post(of_section("section-photos", section), {"choose": "", "photos": [photo.pk for photo in more]})
    said = told(writer.get(chosen.url))
    last = writer.post(of_section("section-photos", section), {"choose": "", "photos": [more[0].pk]})

    assert (sent.status_code, sent.context["form"].errors) == (422, {"files": [sentence]})
    assert said == [sentence]
    assert (last.status_code, photos(section)[-1], len(photos(section))) == (302, more[0].pk, MOST_PHOTOS)


@pytest.mark.django_db
def test_photos_of_the_years_events_and_of_none_can_be_chosen_once(writer, section):
    own, unattached = make_photo(event=make_event(report_year=2031)), make_photo()
    other = make_photo(event=make_event(report_year=2030))
    offered = list(writer.get(of_section("section-photos", section)).context["page_obj"])
    assert offered == [unattached, own]
    sent = {"choose": "", "photos": [own.pk, unattached.pk, other.pk, "x", "\x00", "9" * 30]}

    for _click in range(2):
        writer.post(of_section("section-photos", section), sent)

    assert sorted(photos(section)) == [own.pk, unattached.pk]
    assert list(writer.get(of_section("section-photos", section)).context["page_obj"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("button", "index", "expected"),
    [
        ("forward", 1, "乙甲丙"),
        ("back", 1, "甲丙乙"),
        ("forward", 0, "甲乙丙"),
        ("back", 2, "甲乙丙"),
        ("out", 0, "乙丙"),
    ],
)
def test_photos_are_moved_and_taken_out_and_stay_on_record(writer, section, button, index, expected):
    made = put(section, *"甲乙丙")

    writer.post(of_section("section-photos", section), {button: made[index].pk})

    captions = dict(Photo.objects.values_list("pk", "caption"))
    assert "".join(captions[pk] for pk in photos(section)) == expected
    assert len(captions) == 3


@pytest.mark.django_db
def test_captions_are_saved_and_one_that_somebody_changed_stays(writer, section):
    first, second = put(section, "甲", "乙")
    stranger = make_photo(caption="丙")
    sent = {
        f"caption-{first.pk}": "我的甲",
        f"seen-{first.pk}": "甲",
        f"caption-{second.pk}": "我的乙",
        f"seen-{second.pk}": "乙",
        f"caption-{stranger.pk}": "我的丙",
        f"seen-{stranger.pk}": "丙",
    }
    Photo.objects.filter(pk=second.pk).update(caption="别人的乙")

    response = writer.post(of_section("section-photos", section), sent, follow=True)

    captions = [Photo.objects.get(pk=photo.pk).caption for photo in (first, second, stranger)]
    assert captions == ["我的甲", "别人的乙", "丙"]
    assert told(response) == ["Somebody else changed a caption meanwhile; it stays as it is. You wrote: “我的乙”."]


@pytest.mark.django_db
def test_photos_for_a_section_that_was_deleted_are_told(writer, section):
    page = of_section("section-photos", section)
    section.delete()

    response = writer.post(page, {"upload": "", "files": [picture()]}, follow=True)

    assert told(response) == ["The section was deleted meanwhile. No photo was taken."]
    assert Photo.objects.count() == 0


@pytest.mark.django_db
def test_a_thumbnail_is_small_and_for_staff(writer, section):
    upload(writer, section, picture(size=(2000, 1000)))
    page = f"/reports/photos/{Photo.objects.get().pk}.jpg"

    small = writer.get(page)

    assert Image.open(BytesIO(small.content)).size == (320, 160)
    assert [browser_of(role).get(page).status_code for role in ("staff", "partner", None)] == [200, 403, 302]
    assert writer.get(f"/reports/photos/{make_photo().pk}.jpg").status_code == 404


@pytest.mark.django_db
def test_the_editor_shows_the_sections_own_photos(writer, section):
    (photo,) = put(section, "大家")

    page = writer.get(address("section-edit", pk=section.pk))

    assert page.context["section"].pictures == [photo]
    assert f'src="/reports/photos/{photo.pk}.jpg" alt="" loading="lazy"' in page.content.decode()
