"""Photos in Word: no larger than a page shows them, each file once, however often it stands in the report."""

from hashlib import sha256
from io import BytesIO

from docx.image.image import Image as WordImage
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.parts.document import DocumentPart
from docx.parts.image import ImagePart
from PIL import Image

from yixin.images import MAX_PIXELS, ORIENTATION, TURNS

LONGEST_EDGE = 1600  # pixels: 260 a printed inch across the text
QUALITY = 80
SIDEWAYS = range(5, 9)  # orientations that swap width and height


def fitted(content: bytes) -> tuple[bytes, bool]:
    """The photo as it goes into Word, and whether it was turned on its side for that: upright, and a JPEG of at most
    1600 pixels an edge; as it is where it was that already, or cannot be read. One photo is open at a time, a large
    JPEG at half or a quarter of its size. The same photo gives the same bytes with the same Pillow."""
    try:
        with Image.open(BytesIO(content)) as photo:
            turn = photo.getexif().get(ORIENTATION)
            if (max(photo.size) <= LONGEST_EDGE and turn not in TURNS) or photo.width * photo.height > MAX_PIXELS:
                return content, False
            photo.thumbnail((LONGEST_EDGE, LONGEST_EDGE), reducing_gap=1.0)
            upright = photo.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return content, False
    if turn in TURNS:
        upright = upright.transpose(TURNS[turn])
    upright.info = {}  # neither comments nor where it was taken
    stored = BytesIO()
    upright.save(stored, "JPEG", quality=QUALITY)
    return stored.getvalue(), turn in SIDEWAYS


class Photos:
    """Those of one Word file. python-docx would read all of them again for every further one."""

    def __init__(self, part: DocumentPart):
        self.part = part
        self.known: dict[str, tuple[str, str]] = {}

    def add(self, content: bytes) -> tuple[str, str]:
        """The relation to the photo and its name. Raises all kinds of errors for what is no picture."""
        digest = sha256(content).hexdigest()
        if digest not in self.known:
            image = WordImage.from_blob(content)
            name = PackURI(f"/word/media/image{len(self.known) + 1}.{image.ext}")
            relation = self.part.relate_to(ImagePart.from_image(image, name), RELATIONSHIP_TYPE.IMAGE)
            self.known[digest] = (relation, image.filename)
        return self.known[digest]
