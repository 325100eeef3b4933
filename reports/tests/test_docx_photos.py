"""Photos in Word are no larger than a page shows them; what is stored stays as it came."""

from dataclasses import replace
from io import BytesIO
from time import process_time

import pytest
from docx.shared import Emu
from PIL import Image

from reports.document import Block, BlockKind, Document, Part, Picture, Run
from reports.render import docx
from reports.render.docx_photos import fitted
from reports.tests.documents import PHOTO, photo
from reports.tests.word_files import members, written
from yixin.images import ORIENTATION

EMPTY = Document(2014, "2014年度工作报告")
RED, BLUE = (200, 30, 30), (30, 30, 200)


def taken(width: int, height: int, kind: str = "JPEG", **options) -> bytes:
    """A photo, red on the left and blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    stored = BytesIO()
    image.save(stored, kind, **options)
    return stored.getvalue()


def turned(width: int, height: int, orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return taken(width, height, exif=exif)


def corners(content: bytes) -> list[str]:
    """What stands at the top left and at the bottom right."""
    with Image.open(BytesIO(content)) as image:
        places = (5, 5), (image.width - 5, image.height - 5)
        return ["red" if image.convert("RGB").getpixel(place)[0] > 100 else "blue" for place in places]


def images(*pictures: Picture, content: bytes) -> list[bytes]:
    """The photos that the Word file holds, in the order of their names."""
    file = members(replace(EMPTY, parts=(Part("a", "照片", pictures=pictures),)), lambda name: content)
    return [file.read(name) for name in file.namelist() if name.startswith("word/media/")]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("size", "shown"), [((4000, 3000), (1600, 1200)), ((1000, 4000), (400, 1600))])
def test_large_photo_becomes_one_of_1600_pixels(kind, size, shown):
    content = taken(*size, kind)

    (image,) = images(Picture(PHOTO, "合影", *size), content=content)

    with Image.open(BytesIO(image)) as found:
        assert (found.format, found.size, corners(image)) == ("JPEG", shown, ["red", "blue"])
    assert images(Picture(PHOTO, "合影", *size), content=content) == [image]


@pytest.mark.parametrize("size", [(1600, 1200), (640, 480)])
def test_photo_that_is_small_enough_stays_byte_for_byte(size):
    content = taken(*size)

    assert images(Picture(PHOTO, "合影", *size), content=content) == [content]


@pytest.mark.parametrize(
    ("orientation", "shown", "corner"),
    [
        (1, (1600, 1200), ["red", "blue"]),
        (2, (1600, 1200), ["blue", "red"]),
        (3, (1600, 1200), ["blue", "red"]),
        (6, (1200, 1600), ["red", "blue"]),
        (8, (1200, 1600), ["blue", "red"]),
    ],
)
def test_photo_stands_upright_as_it_was_held(orientation, shown, corner):
    content = turned(4000, 3000, orientation)
    part = Part("a", "照片", pictures=(Picture(PHOTO, "合影", 4000, 3000),))

    file = written(replace(EMPTY, parts=(part,)), lambda _name: content)

    found, is_turned = fitted(content)
    with Image.open(BytesIO(found)) as image:
        assert (image.size, dict(image.getexif()), corners(found)) == (shown, {}, corner)
    (shape,) = file.inline_shapes
    assert (is_turned, shape.height > shape.width) == (orientation > 4, orientation > 4)


def test_small_photo_that_lies_on_its_side_is_turned_as_well():
    (image,) = images(Picture(PHOTO, "合影", 640, 480), content=turned(640, 480, 6))

    with Image.open(BytesIO(image)) as found:
        assert found.size == (480, 640)


def test_large_photo_that_is_cut_off_stays_as_it_is():
    content = taken(4000, 3000)[:2000]

    assert fitted(content) == (content, False)


def test_photo_that_stands_twice_is_in_the_file_once():
    pictures = (Picture(PHOTO, "合影", 160, 120), Picture(PHOTO, "又一次", 160, 120))

    assert images(*pictures, content=photo(PHOTO)) == [photo(PHOTO)]


def test_photo_is_as_wide_on_the_page_as_before():
    part = Part("a", "照片", pictures=(Picture(PHOTO, "横幅", 4000, 500),))

    file = written(replace(EMPTY, parts=(part,)), lambda _name: taken(4000, 500))

    assert [(shape.width, shape.height) for shape in file.inline_shapes] == [(Emu(5_600_000), Emu(700_000))]


def test_thousands_of_lists_cost_seconds():
    """Looking for a free number among all lists, for each further one, took more than five minutes."""
    lists = (Block(BlockKind.NUMBERED, (Run("走访"),)), Block(BlockKind.PARAGRAPH, (Run("记录"),))) * 4000
    document = replace(EMPTY, parts=(Part("a", "一", lists),))

    before = process_time()
    docx.report(document, photo)

    assert process_time() - before < 30
