"""The table of docs/promises.md: which tests show a promise, and what they said last on each database.

python -m yixin.tests.promises SQLITE.xml[,MORE.xml] POSTGRESQL.xml[,MORE.xml]
writes the last two columns, from what pytest left with --junitxml; of a test in several files the last one counts.
"""

import re
import shlex
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

PAGE = Path(__file__).resolve().parents[2] / "docs" / "promises.md"
LINE = re.compile(
    r"\| (?P<promise>.+?) \| `python -m pytest (?P<arguments>[^`]+)` \|(?P<sqlite>.*?)\|(?P<postgresql>.*?)\|"
)
Results = dict[tuple[str, str], tuple[str, float]]  # module and test → passed, failed or skipped, and seconds


@dataclass(frozen=True)
class Shown:
    """What of the suite shows one promise."""

    nodes: tuple[str, ...]  # files, or file::function
    word: str = ""  # in the names of the tests

    @classmethod
    def by(cls, arguments: str) -> "Shown":
        """Of a command's arguments: nodes, ``-k`` with one word, and ``-m ""``, which takes in the slow ones."""
        parts = shlex.split(arguments)
        options = dict(pairwise(parts))
        taken = {name: options[name] for name in ("-k", "-m") if name in options}
        return cls(tuple(part for part in parts if part not in {*taken, *taken.values()}), taken.get("-k", ""))

    def holds(self, module: str, test: str) -> bool:
        return self.word in test and any(self._is_at(node, module, test) for node in self.nodes)

    def _is_at(self, node: str, module: str, test: str) -> bool:
        path, _, function = node.partition("::")
        return path.removesuffix(".py").replace("/", ".") == module and function in ("", test.partition("[")[0])


def promises(page: str) -> list[re.Match]:
    return list(LINE.finditer(page))


def results(files: str) -> Results:
    """Of junit files, by commas."""
    found: Results = {}
    for file in files.split(","):
        for case in ElementTree.parse(file).iter("testcase"):  # noqa: S314  our own pytest wrote it
            outcome = next((kind for kind in ("failure", "error", "skipped") if case.find(kind) is not None), "passed")
            found[case.get("classname"), case.get("name")] = outcome, float(case.get("time"))
    return found


def said(shown: Shown, found: Results) -> str:
    """In one line, as pytest would: how many passed, failed and were skipped, and the seconds of them together."""
    of_it = [result for (module, test), result in found.items() if shown.holds(module, test)]
    counts = Counter("failed" if outcome in ("failure", "error") else outcome for outcome, _seconds in of_it)
    told = [f"{counts[outcome]:,} {outcome}" for outcome in ("failed", "passed", "skipped") if counts[outcome]]
    return f"{', '.join(told)} in {sum(seconds for _outcome, seconds in of_it):,.0f} s" if told else "not run"


def filled(page: str, sqlite: Results, postgresql: Results) -> str:
    def line(match: re.Match) -> str:
        shown = Shown.by(match["arguments"])
        begun = match[0][: match.end("arguments") - match.start() + len("` |")]
        return f"{begun} {said(shown, sqlite)} | {said(shown, postgresql)} |"

    return LINE.sub(line, page)


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), *map(results, sys.argv[1:3])), encoding="utf-8")
