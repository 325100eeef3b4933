"""What the tests of the editor share: a writer in a browser, and the form of a section as the page sends it."""

import html
import re
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from reports.models import Section
from yixin.tests.factories import make_user


def browser_of(role: str | None, **options) -> Client:
    """A client that reads English; ``user`` is the one who is logged in."""
    client = Client(headers={"accept-language": "en"}, **options)
    if role:
        client.user = make_user(role)
        client.force_login(client.user)
    return client


def address(page: str, year: int = 2031, **more) -> str:
    return reverse(f"reports:{page}", kwargs={"year": year} | more)


def of_section(page: str, section: Section) -> str:
    return address(page, section.report.year, pk=section.pk)


def text(section: Section | None = None, **changes) -> dict:
    """What the form of that section holds, with changes."""
    section = section or Section()
    columns = {"heading": section.heading, "prose": section.prose, "table": section.table}
    return columns | {"area": section.area_id or "", "version": section.version} | changes


def stored(section: Section) -> dict:
    return Section.objects.filter(pk=section.pk).values("heading", "prose", "table", "area", "version").get()


def words(response, css_class: str = "") -> str:
    """The page's text without tags, or that of all paragraphs, lists and boxes of that class."""
    page = response.content.decode()
    if css_class:
        element = rf'<(p|ul|ol|div|section) [^>]*class="(?:[^"]*\b)?{css_class}\b.*?>(.*?)</\1>'
        page = " ".join(content for _tag, content in re.findall(element, page, re.DOTALL))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def told(response) -> list[str]:
    """The sentences that greet the user after the redirect."""
    return [str(message) for message in response.context["messages"]]


def picture(name: str = "a.jpg", size: tuple[int, int] = (40, 30), kind: str = "JPEG") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(content, kind)
    return SimpleUploadedFile(name, content.getvalue())
