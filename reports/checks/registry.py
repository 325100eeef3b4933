"""The rules, each one function from a reading of the report to findings; ``@check`` is all that makes one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import wraps

from reports.checks.findings import Finding, Level
from reports.checks.reading import Reading

Rule = Callable[[Reading], Iterator[Finding]]
ORDER = "CDYNTOGS"  # contradictions, days, years, what is missing, titles, organisations, grants, shares


@dataclass(frozen=True)
class Check:
    code: str
    level: Level
    title: str
    rule: Rule


CHECKS: dict[str, Check] = {}


def check(code: str, level: Level, title: str) -> Callable[[Rule], Rule]:
    """Registers the rule: what it finds gets its code and level. Raises ValueError for a code that is taken."""

    def register(rule: Rule) -> Rule:
        if code in CHECKS:
            raise ValueError(f"two checks are called {code}")

        @wraps(rule)
        def found(reading: Reading) -> Iterator[Finding]:
            return (replace(finding, code=code, level=level) for finding in rule(reading))

        CHECKS[code] = Check(code, level, title, found)
        return found

    return register


def place(code: str) -> tuple[int, str, int, str]:
    """Where a code stands among the others: C1, C2 … S2, then those of any new letter."""
    letter, number = code[:1], code[1:]
    known = ORDER.find(letter)
    return (known if known >= 0 else len(ORDER), letter, int(number) if number.isdigit() else 0, code)


def run(reading: Reading) -> list[Finding]:
    """Everything that the rules find, in the order of their codes; what two sentences say alike is found once."""
    found = (finding for code in sorted(CHECKS, key=place) for finding in CHECKS[code].rule(reading))
    return list({finding.fingerprint: finding for finding in found}.values())
