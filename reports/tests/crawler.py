"""A visitor that follows every link, form, piece and file of the site, from the home page on."""

import re
import zipfile
from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

HOST = "http://testserver"
WORDS = ("知行", "zx", "赣州教育")  # what the visitor types into boxes
MOST_OF_A_PATH = 30  # addresses that differ in their query only
IN_TEXT = re.compile(HOST + r"""(?:(?![<>"',\]})])[!-~])*""")  # an address has no letter beyond ASCII
SKIPPED = ("/static/", "/logout/", "/language/")


class Links(HTMLParser):
    """Every address that a page names, and what its forms would ask for."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.form: tuple[str, dict[str, list[str]]] | None = None
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attributes}
        self.found += [value for name, value in own.items() if is_address(name, value)]
        if tag == "form" and own.get("method", "get").lower() == "get":
            self.form = own.get("action", ""), {}
        if self.form and own.get("name") and tag in ("input", "select", "button"):
            kind = own.get("type", "text")
            values = self.form[1].setdefault(own["name"], [])
            values += [] if tag == "select" else WORDS if kind in ("text", "search") else [own.get("value", "")]
            self.select = own["name"] if tag == "select" else self.select
        if self.form and tag == "option" and self.select:
            self.form[1][self.select].append(own.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "form" and self.form:
            action, boxes = self.form
            pairs = [(name, value) for name, values in boxes.items() for value in values if value]
            self.found += [f"{action}?{urlencode([pair])}" for pair in pairs]
            self.form = None


def is_address(name: str, value: str) -> bool:
    return name in ("href", "src", "action", "hx-get", "content") and value.startswith(("/", "?", ".", HOST, "h"))


class Visitor:
    """``told``: what was answered at each address, headers too; ``statuses``: with which status."""

    def __init__(self, client: Client, **headers: str):
        self.client, self.headers = client, headers
        self.told: dict[str, str] = {}
        self.statuses: dict[str, int] = {}
        self._queries: dict[str, int] = {}

    def crawl(self, *starts: str) -> None:
        waiting = deque(starts)
        while waiting:
            address = waiting.popleft()
            if self._is_new(address):
                waiting += [link for link in self.visit(address) if self._is_new(link)]

    def _is_new(self, address: str) -> bool:
        path, _mark, query = address.partition("?")
        if address in self.told or not path.startswith("/") or path.startswith(SKIPPED):
            return False
        return not query or self._queries.get(path, 0) < MOST_OF_A_PATH

    def visit(self, address: str) -> list[str]:
        """Asks for it by GET, by HEAD, and, where a page has pieces, for the piece; the addresses that it names."""
        path, mark, _query = address.partition("?")
        self._queries[path] = self._queries.get(path, 0) + bool(mark)
        answer = self.client.get(address, headers=self.headers)
        content = b"".join(answer)
        head = self.client.head(address, headers=self.headers)
        piece = b""
        if answer["Content-Type"].startswith("text/html"):
            piece = b"".join(self.client.get(address, headers=self.headers | {"HX-Request": "true"}))
        bodies = "\n".join([*texts(content), *texts(piece)])
        self.told[address] = "\n".join([str(answer.headers), str(head.headers), str(b"".join(head)), bodies])
        self.statuses[address] = answer.status_code
        links = Links(bodies).found if "html" in answer["Content-Type"] else []
        links += [*IN_TEXT.findall(self.told[address]), answer.get("Location", "")]
        return [link for link in (whole(address, link) for link in links) if link]


def whole(page: str, link: str) -> str:
    """The path and query of a link of ours; "" of any other."""
    parts = urlsplit(urljoin(HOST + page, link.strip()))
    if f"{parts.scheme}://{parts.netloc}" != HOST:
        return ""
    query = urlencode(parse_qsl(parts.query, keep_blank_values=True))
    return parts.path + (f"?{query}" if query else "")


def texts(content: bytes) -> Iterator[str]:
    """The text of it; of a file that is a package, of every part and of the packages inside."""
    if not content.startswith(b"PK"):
        yield content.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            yield name
            yield from texts(parts.read(name))


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address that the site knows, as the URLconf spells it, but those of the admin site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        elif route != "admin/":
            yield from routes(pattern, route)


def route_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).route
    except Resolver404:
        return ""


def filled(route: str, examples: dict[str, object]) -> str:
    """The route with a record's own values in it, by the word before it and its name, or by its name. Raises KeyError
    where there is no example."""
    parts = route.split("/")
    for number, part in enumerate(parts):
        for found in re.finditer(r"<(?:\w+:)?(\w+)>", part):
            name = f"{parts[number - 1]}/{found[1]}"
            value = examples[name] if name in examples else examples[found[1]]
            parts[number] = parts[number].replace(found[0], str(value))
    return "/" + "/".join(parts)
