"""What the staff see of a merge: whom it may be about, what it would move, and afterwards what it has moved."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count, F
from django.utils.functional import cached_property
from django.utils.text import capfirst

from organizations.merging.candidates import Candidate, Candidates
from organizations.merging.choosing import Choices, Line, complete, fingerprint, label, lines, restate, words
from organizations.merging.moving import Move, Twice
from organizations.merging.relations import label as kind
from organizations.merging.relations import relations, told
from organizations.merging.rows import record_of
from organizations.merging.services import plan
from organizations.merging.undoing import source
from organizations.models import Distinction, Merger, Organization
from yixin import locks
from yixin.locks import Published, Write

MOST_TOLD = 50  # differing values of records that stand twice


def pair_of(kept: int, merged: int) -> list[Organization]:
    """Both with all that the page shows of them, kept one first; fewer where one is not there. Two queries."""
    both = Organization.objects.select_related("region__parent").prefetch_related("fields_of_work")
    found = both.in_bulk([kept, merged])
    return [found[key] for key in (kept, merged) if key in found]


class Preview:
    """Two organisations side by side, and what merging them would do. A fixed number of queries."""

    def __init__(self, kept: Organization, merged: Organization):
        self.kept, self.merged = kept, merged
        self.values: Mapping[str, str] = {}  # what was chosen so far
        self.lines = lines(kept, merged)
        self.seen = fingerprint(kept, merged)

    @cached_property
    def move(self) -> Move:
        return plan(self.kept, self.merged, self.choices, locks=False)

    @property
    def choices(self) -> Choices:
        return complete(self.values, self.kept, self.merged)

    @cached_property
    def published(self) -> list[Published]:
        """The published years that it would change. One query at most."""
        after = copy(self.kept)
        restate(after, self.merged, self.choices)
        return locks.published([*self.move.writes(), Write(after, locks.columns_of(self.kept))])

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if not line.is_same]

    @property
    def same(self) -> list[Line]:
        return [line for line in self.lines if line.is_same]

    @property
    def moved(self) -> list[tuple[str, int]]:
        return summed(self.move.counts())

    @property
    def dropped(self) -> list[tuple[str, int]]:
        return summed(self.move.dropped_counts())

    @property
    def lost(self) -> list["Difference"]:
        """What records say that would be dropped, where those that stay say something else."""
        return [one for twice in self.move.twice for one in differences(twice)][:MOST_TOLD]

    @property
    def becomes_sensitive(self) -> bool:
        return self.kept.is_sensitive or self.merged.is_sensitive


@dataclass(frozen=True)
class Difference:
    kind: str
    column: str
    gone: str
    stays: str


def differences(twice: Twice) -> Iterable[Difference]:
    for name in twice.differing:
        column = twice.gone._meta.get_field(name)
        texts = (str(getattr(record, name) or "") for record in (twice.gone, twice.stays))
        yield Difference(kind(type(twice.gone)), str(capfirst(column.verbose_name)), *texts)


def summed(numbers: Iterable[tuple[type, int]]) -> list[tuple[str, int]]:
    sums: Counter = Counter()
    for model, number in numbers:
        sums[kind(model)] += number
    return list((+sums).items())


def record_counts(keys: Collection[int]) -> Counter:
    """How many records point to each of the organisations. One query."""
    parts = []
    for column in relations(Organization):
        rows = column.model._base_manager.filter(**{f"{column.attname}__in": list(keys)}).order_by()
        rows = rows.annotate(owner=F(column.attname)).values_list("owner")
        parts.append(rows.annotate(number=Count("pk")))
    found: Counter = Counter()
    for owner, number in parts[0].union(*parts[1:], all=True):
        found[owner] += number
    return found


@dataclass(frozen=True)
class Side:
    """One of two organisations that may be one, and how many records it has."""

    organization: Organization
    records: int

    @property
    def place(self) -> str:
        return words(self.organization, "region")


class Listed:
    """Candidates as a page lists them. Two queries, whatever their number."""

    def __init__(self, candidates: Iterable[Candidate]):
        self.candidates = list(candidates)
        keys = {key for candidate in self.candidates for key in candidate.pair}
        self.organizations = Organization.objects.select_related("region__parent").in_bulk(keys)
        self.counts = record_counts(keys) if keys else Counter()

    def __iter__(self):
        """Each with the one to keep first: the one with more records."""
        for candidate in self.candidates:
            sides = [Side(self.organizations[key], self.counts[key]) for key in candidate.pair]
            yield candidate, sorted(sides, key=lambda side: (-side.records, side.organization.pk))


def candidates_of(pk: int) -> list[Candidate]:
    """Those that may be the same as the one. Five queries."""
    return [candidate for candidate in Candidates().ranked() if pk in candidate.pair]


def distinctions() -> list[Distinction]:
    return list(Distinction.objects.select_related("one", "other", "made_by"))


class Told:
    """A merge that was made, in words. Three queries at most."""

    def __init__(self, merger: Merger):
        self.merger = merger

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Field, what the kept one had, what it has by the merge."""
        names = dict.fromkeys(source(name) for name in self.merger.changes)
        before, after = (
            record_of(Organization, {name: values[place] for name, values in self.merger.changes.items()})
            for place in (0, 1)
        )
        return [(label(name), words(before, name), words(after, name)) for name in names]

    @property
    def moved(self) -> str:
        return told((apps.get_model(one["model"]), len(one["rows"])) for one in self.merger.moved)

    @property
    def dropped(self) -> str:
        return told((apps.get_model(one["model"]), len(one["rows"])) for one in self.merger.dropped)
