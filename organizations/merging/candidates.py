"""Which two organisations on record may be one: found by what they share, never by comparing each with each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import combinations
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from organizations.linking import may_lie_in
from organizations.models import Alias, Contact, Distinction, Organization, Region
from organizations.names import terms
from organizations.nearness import Reading, are_near, place_words, read_name
from organizations.people import canonical

CROWD = 40  # what more organisations than this have in common does not say that any two are one
FEW = 5  # so many may have the same phone, e-mail or website by mistake; a desk that serves more serves many
# Sites where everybody has a page: there the whole address counts, not the host.
SHARED_HOSTS = {
    "weibo.com", "mp.weixin.qq.com", "weixin.qq.com", "qzone.qq.com", "user.qzone.qq.com", "blog.sina.com.cn",
    "douban.com", "site.douban.com", "zhihu.com", "bilibili.com", "space.bilibili.com", "douyin.com", "gongyi.qq.com",
    "github.com", "baike.baidu.com", "tieba.baidu.com",
}  # fmt: skip


class Sign(IntEnum):
    """What two have in common, the most telling first."""

    CODE = 1
    NAME = 2
    ALIAS = 3
    WEBSITE = 4
    PHONE = 5
    EMAIL = 6
    NEAR = 7


REASONS = {
    Sign.CODE: _("The codes of both name the same legal body"),
    Sign.NAME: _("The same name"),
    Sign.ALIAS: _("“%(shared)s” is a name of both"),
    Sign.WEBSITE: _("The same website, %(shared)s"),
    Sign.PHONE: _("A contact of each has the same phone"),
    Sign.EMAIL: _("A contact of each has the same e-mail address"),
    Sign.NEAR: _("Nearly the same name: %(shared)s"),
}

Pair = tuple[int, int]  # ids, the lower one first


@dataclass
class Candidate:
    """Two organisations that may be one. ``shared``: what says so, in words where there are any."""

    pair: Pair
    shared: dict[Sign, str] = field(default_factory=dict)

    @property
    def reasons(self) -> list[str]:
        return [str(REASONS[sign]) % {"shared": self.shared[sign]} for sign in sorted(self.shared)]

    @property
    def rank(self) -> tuple:
        return min(self.shared), -len(self.shared), self.pair


@dataclass(frozen=True)
class Named:
    """One organisation as it is compared."""

    pk: int
    name: str
    key: str
    region: Region | None
    uscc: str
    website: str


class Candidates:
    """All pairs that may be one, best first, but for those of which somebody said that they are two. Five queries."""

    def __init__(self):
        self.regions = {region.pk: region for region in Region.objects.all()}
        self.places = place_words(self.regions.values())
        self.named = {row.pk: row for row in self._organizations()}
        self.aliases = list(Alias.objects.order_by("pk").values_list("organization", "name", "name_key"))
        self.found: dict[Pair, Candidate] = {}
        self._share_codes_and_websites()
        self._share_contacts()
        self._share_names()
        self._have_near_names()
        for pair in Distinction.objects.order_by().values_list("one", "other"):
            self.found.pop(ordered(*pair), None)

    def ranked(self) -> list[Candidate]:
        return sorted(self.found.values(), key=lambda candidate: candidate.rank)

    def _organizations(self) -> Iterator[Named]:
        columns = ("pk", "name", "name_key", "region", "uscc", "website")
        for pk, name, key, region, uscc, website in Organization.objects.order_by("pk").values_list(*columns):
            yield Named(pk, name, key, self.regions.get(region), uscc or "", website)

    def _note(self, one: int, other: int, sign: Sign, shared: str = "") -> None:
        pair = ordered(one, other)
        self.found.setdefault(pair, Candidate(pair)).shared.setdefault(sign, shared)

    def _note_all(self, sign: Sign, owners: dict[str, Iterable[int]], most: int, told: dict[str, str] | None = None):
        """Every two of those that own the same; none of those that too many own."""
        for shared, keys in owners.items():
            if shared and len(set(keys)) <= most:
                for one, other in combinations(sorted(set(keys)), 2):
                    self._note(one, other, sign, (told or {}).get(shared, shared))

    def _share_codes_and_websites(self) -> None:
        codes, sites = defaultdict(set), defaultdict(set)
        for row in self.named.values():
            codes[row.uscc[8:17]].add(row.pk)  # the body, without who registered it and as what
            sites[site(row.website)].add(row.pk)
        self._note_all(Sign.CODE, codes, FEW)
        self._note_all(Sign.WEBSITE, sites, FEW)

    def _share_contacts(self) -> None:
        phones, emails = defaultdict(set), defaultdict(set)
        columns = ("organization", "person__phone", "person__email")
        for pk, phone, email in Contact.objects.order_by().values_list(*columns):
            phones[canonical(phone) if phone else ""].add(pk)
            emails[email.casefold()].add(pk)
        self._note_all(Sign.PHONE, phones, FEW)
        self._note_all(Sign.EMAIL, emails, FEW)

    def _share_names(self) -> None:
        own, all_names, told = defaultdict(set), defaultdict(set), {}
        for row in self.named.values():
            own[row.key].add(row.pk)
            all_names[row.key].add(row.pk)
            told[row.key] = row.name
        for pk, name, key in self.aliases:
            all_names[key].add(pk)
            told.setdefault(key, name)
        self._note_all(Sign.NAME, own, CROWD)
        for key, keys in all_names.items():
            if len(keys) <= CROWD:
                for one, other in combinations(sorted(keys), 2):
                    if not {one, other} <= own.get(key, set()):
                        self._note(one, other, Sign.ALIAS, told[key])

    # Near names

    def _have_near_names(self) -> None:
        """Two near names share a term; only those that do are compared, each two once."""
        rows = [(row.pk, row.name) for row in self.named.values()] + [(pk, name) for pk, name, _key in self.aliases]
        read = [(pk, name, reading) for pk, name in rows for reading in read_name(name, self.places)]
        compared: set[tuple[int, int]] = set()
        for numbers in together([reading for _pk, _name, reading in read]):
            for pair in combinations(numbers, 2):
                if pair not in compared:
                    compared.add(pair)
                    self._compare(*(read[number] for number in pair))

    def _compare(self, mine: tuple[int, str, Reading], others: tuple[int, str, Reading]) -> None:
        (one, name, reading), (other, other_name, other_reading) = mine, others
        if one == other or self._share_a_name(one, other):
            return
        may_be = may_lie_in(self.named[one].region, self.named[other].region)
        if may_be and are_near(reading, other_reading):
            self._note(one, other, Sign.NEAR, f"{name} · {other_name}")

    def _share_a_name(self, one: int, other: int) -> bool:
        """Then it says nothing more that others of their names are near."""
        known = self.found.get(ordered(one, other))
        return known is not None and not known.shared.keys().isdisjoint((Sign.NAME, Sign.ALIAS))


def together(readings: list[Reading]) -> Iterator[list[int]]:
    """Numbers of the readings that share a term. Where too many do, those that also name the same place."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, reading in enumerate(readings):
        for term in terms(reading):
            index[term].append(number)
    for numbers in index.values():
        if len(numbers) <= CROWD:
            yield numbers
            continue
        placed: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            for place in readings[number].places or ("",):
                placed[place].append(number)
        yield from (some for some in placed.values() if len(some) <= CROWD)


def ordered(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def site(website: str) -> str:
    """The host without www; on a site where everybody has a page, the whole address."""
    if not website:
        return ""
    parts = urlsplit(website.casefold())
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}" if host in SHARED_HOSTS else host
