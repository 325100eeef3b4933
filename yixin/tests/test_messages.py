"""The translation is complete and current, and nothing is translated before a reader's language is known."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings

from yixin.tests import sources

FOLDER = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES"
TESTS = set(sources.modules(tests=True)) - set(sources.modules(tests=False))
NOW = {"gettext", "ngettext", "pgettext", "npgettext"}
TRANSLATING = NOW | {f"{name}_lazy" for name in NOW}


class Entry:
    """One entry of a .po file."""

    def __init__(self, block: list[str]):
        self.obsolete = any(line.startswith("#~") for line in block)
        self.fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in block)
        self.texts: dict[str, str] = {}
        key = ""
        for line in block:
            if found := re.match(r'(?:#~ )?(?:(msg[\w\[\]]+) )?(".*")$', line):
                key = found[1] or key
                self.texts[key] = self.texts.get(key, "") + ast.literal_eval(found[2])

    @property
    def key(self) -> str:
        """The message as the compiled catalogue names it."""
        context = self.texts.get("msgctxt")
        return self.texts["msgid"] if context is None else f"{context}\x04{self.texts['msgid']}"

    @property
    def translations(self) -> dict:
        """Catalogue key → text: one a plural form, if it has plural forms."""
        if "msgid_plural" not in self.texts:
            return {self.key: self.texts["msgstr"]}
        forms = [text for key, text in self.texts.items() if key.startswith("msgstr[")]
        return {(self.key, number): text for number, text in enumerate(forms)}


def entries(path) -> list[Entry]:
    """All entries but the header."""
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    parsed = [Entry(block.splitlines()) for block in blocks]
    return [entry for entry in parsed if entry.texts.get("msgid")]


@pytest.fixture(scope="module")
def translated() -> list[Entry]:
    return entries(FOLDER / "django.po")


def test_every_message_is_translated(translated):
    assert len(translated) > 100
    assert [entry.key for entry in translated if not all(entry.translations.values())] == []


def test_no_message_is_fuzzy_obsolete_or_there_twice(translated):
    keys = [entry.key for entry in translated]

    assert [entry.key for entry in translated if entry.fuzzy or entry.obsolete] == []
    assert [key for key in set(keys) if keys.count(key) > 1] == []


def test_translations_fill_in_what_the_messages_fill_in(translated):
    def fields(text: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text))

    wrong = [
        entry.key
        for entry in translated
        for text in entry.translations.values()
        if fields(text) != fields(entry.texts.get("msgid_plural", entry.texts["msgid"]))
    ]

    assert wrong == []


def test_compiled_catalogue_is_that_of_the_translation(translated):
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog

    expected = {key: text for entry in translated for key, text in entry.translations.items()}
    assert {key: text for key, text in compiled.items() if key} == expected


@pytest.mark.skipif(not shutil.which("xgettext"), reason="no xgettext here: apt install gettext")
def test_messages_of_the_code_are_those_of_the_translation(translated, tmp_path):
    for path in sources.files():
        if path.suffix in (".py", ".html", ".txt") and path not in TESTS:
            copy = tmp_path / path.relative_to(sources.ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    (tmp_path / "locale").mkdir()

    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale=zh_Hans", "--no-location", "--verbosity=0"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        check=True,
    )

    extracted = {entry.key for entry in entries(tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po")}
    known = {entry.key for entry in translated}
    assert (extracted - known, known - extracted) == (set(), set())


def bound_names(tree: ast.Module, wanted: set[str]) -> set[str]:
    """The names under which a module has the wanted functions of django.utils.translation."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in wanted
    }


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that are evaluated when the module is imported: not the bodies of functions and lambdas."""
    yield node
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        children = [*node.decorator_list, node.args]
    elif isinstance(node, ast.Lambda):
        children = [node.args]
    else:
        children = list(ast.iter_child_nodes(node))
    for child in children:
        yield from at_import(child)


def calls(nodes, names: set[str], wanted: set[str]) -> Iterator[ast.Call]:
    for node in nodes:
        if isinstance(node, ast.Call):
            function = node.func
            by_name = isinstance(function, ast.Name) and function.id in names
            if by_name or (isinstance(function, ast.Attribute) and function.attr in wanted):
                yield node


def translated_at_import(tree: ast.Module) -> list[int]:
    """The lines on which a text is translated once and for all."""
    return [call.lineno for call in calls(at_import(tree), bound_names(tree, NOW), NOW)]


def put_together(tree: ast.Module) -> list[int]:
    """The lines on which a message is computed, so that no catalogue can have it."""
    found = calls(ast.walk(tree), bound_names(tree, TRANSLATING), TRANSLATING)
    return [call.lineno for call in found if any(isinstance(arg, ast.JoinedStr | ast.BinOp) for arg in call.args)]


def test_nothing_is_translated_at_import():
    found = {sources.name(path): translated_at_import(sources.tree(path)) for path in sources.modules(tests=False)}

    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_message_is_put_together_before_it_is_translated():
    found = {sources.name(path): put_together(sources.tree(path)) for path in sources.modules(tests=False)}

    assert {name: lines for name, lines in found.items() if lines} == {}


IMPORT = "from django.utils.translation import gettext as _, gettext_lazy, ngettext\n"


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("label = _('a')", [2]),
        ("class Meta:\n    label = [_('a')]", [3]),
        ("def f(label=_('a')): pass", [2]),
        ("def f(*, label=ngettext('a', 'b', 1)): pass", [2]),
        ("@admin.display(description=_('a'))\ndef f(): pass", [2]),
        ("f = lambda label=_('a'): label", [2]),
        ("from django.utils import translation\nlabel = translation.gettext('a')", [3]),
        ("label = gettext_lazy('a')", []),
        ("def f():\n    return _('a')", []),
        ("class A:\n    def f(self):\n        return _('a')", []),
        ("f = lambda: _('a')", []),
    ],
)
def test_an_eager_label_is_found(code, lines):
    assert translated_at_import(ast.parse(IMPORT + code)) == lines


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("def f(x):\n    return _(f'{x} rows')", [3]),
        ("label = gettext_lazy('%s rows' % 3)", [2]),
        ("label = gettext_lazy('a' 'b')", []),
        ("def f(x):\n    return _('%s rows') % x", []),
    ],
)
def test_a_message_put_together_is_found(code, lines):
    assert put_together(ast.parse(IMPORT + code)) == lines
