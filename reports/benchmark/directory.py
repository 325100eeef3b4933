"""The directory's search by grams against ``icontains``; and the last page of the list against OFFSET."""

from itertools import islice
from random import Random
from time import perf_counter

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.http import QueryDict

from organizations.directory import entry, with_parts
from organizations.grams import terms
from organizations.indexing import rebuild
from organizations.looking import PAGE, look
from organizations.models import Alias, FieldOfWork, Gram, Organization, Region
from organizations.paging import Asked, Place
from organizations.querysets import OrganizationQuerySet
from organizations.searching import A_PAGE, Search
from yixin.text import pinyin

from .measuring import Comparison, asked, measure, settle


def is_common(character: str) -> bool:
    """One of the 3,755 that the national standard lists first."""
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


SEED, BATCH = 2014, 5_000
OF_WORK = Organization.fields_of_work.through
# A word stands in some hundred names, an end in some ten thousand.
CHARACTERS = "知行益和善微光阳春晨星禾木青山绿水江河同心原野朝露蓝天白云红土沃田安康宁静远志明德惠民泽润雨竹松梅兰"
WORDS = [CHARACTERS[place : place + 2] for place in range(len(CHARACTERS) - 1)]
COMMON = [chr(code) for code in range(0x4E00, 0x9FA5) if is_common(chr(code))]
SEARCHES = {"知行": ("name",), "公益": ("name",), "zx": ("name_initials",), "zhixing": ("name_pinyin",)}
ENDS = "公益 志愿者协会 义工联 环保 助学 爱心社 服务中心 发展中心 社工 读书会 救援队 互助会".split()  # noqa: SIM905


def directory_search(rows: int, is_compared: bool) -> list[Comparison]:
    """All that the list shows: the entries, how many they are, and how many by city, type and field of work."""
    make_organizations(rows)
    return [*(compared(words, columns, rows) for words, columns in SEARCHES.items()), last_page(rows)]


def compared(words: str, columns: tuple[str, ...], rows: int) -> Comparison:
    (term,) = terms(words)
    sql = f"SELECT DISTINCT organization_id FROM {Gram._meta.db_table} WHERE gram >= %s AND gram < %s"  # noqa: S608
    works = (
        lambda: shown(f"q={words}"),
        lambda: by_icontains(words, columns),
        asked(sql, params=(term.start, term.end)),
    )
    ours, usual, floor = (measure(work, clock=perf_counter) for work in works)
    return Comparison(f"search {words}", rows, ours, "icontains", usual, "one range of the index", floor, of="time")


def last_page(rows: int) -> Comparison:
    """Without what is counted beside it."""
    public = Organization.objects.public()
    last = public.order_by("-name_pinyin", "-slug")[A_PAGE]
    asked_for = Asked(A_PAGE, after=Place(0, last.name_pinyin, last.slug))
    start = rows - A_PAGE
    by_offset = with_parts(public).order_by("name_pinyin", "slug")[start : start + A_PAGE]
    first = with_parts(public).order_by("name_pinyin", "slug")[:A_PAGE]
    works = (
        lambda: found(page_of(public, asked_for)),
        lambda: found(list(by_offset.all())),
        lambda: found(list(first.all())),
    )
    ours, usual, floor = (measure(work, clock=perf_counter) for work in works)
    ways = ("OFFSET", usual, "the first page", floor)
    return Comparison("search, the last page", rows, ours, *ways, of="time")


def page_of(public: OrganizationQuerySet, asked: Asked) -> list[Organization]:
    looked = look(public.ranked([]), asked, there=Q(), works=Q(), parts=(PAGE,))
    return looked.records(public)


def found(records: list[Organization]) -> list:
    if not records:
        raise AssertionError("nothing was found")
    return [entry(record) for record in records]


def shown(query: str) -> list:
    """All that the list shows."""
    search = Search(Organization.objects.visible_to(AnonymousUser()), QueryDict(query))
    return [found(search.window.records), search.total, search.cities, search.works, search.types]


def by_icontains(words: str, columns: tuple[str, ...]) -> list:
    """The same page and the same numbers as one would write them first. By initials these are more: each 中心, too."""
    asked = Q(*[(f"{column}__icontains", words) for column in columns], _connector=Q.OR)
    if columns == ("name",):
        asked |= Q(pk__in=Alias.objects.filter(name__icontains=words).values("organization"))
    every = Organization.objects.public().filter(asked)
    places = every.order_by().values_list("region", "type").annotate(number=Count("pk"))
    works = every.order_by().values_list("fields_of_work").annotate(number=Count("pk"))
    first = with_parts(every).order_by("name_pinyin", "slug")[:A_PAGE]
    return [found(list(first)), every.count(), list(places), list(works)]


def make_organizations(number: int) -> None:
    """As many as asked for, in all cities, each of one field of work and every third with a short name."""
    random = Random(SEED)  # noqa: S311  names that look different, the same ones each time
    regions = list(Region.objects.filter(valid_to=None, level="county").values_list("pk", flat=True))
    fields = list(FieldOfWork.objects.values_list("pk", flat=True))
    rows = (organization(random, each, random.choice(regions)) for each in range(number))
    while batch := list(islice(rows, BATCH)):
        made = Organization.objects.bulk_create(batch)
        OF_WORK.objects.bulk_create(
            OF_WORK(organization_id=each.pk, fieldofwork_id=random.choice(fields)) for each in made
        )
        Alias.objects.bulk_create(Alias(organization=each, name=each.name[:4]) for each in made[::3])
    rebuild()
    settle()


def organization(random: Random, number: int, region: int) -> Organization:
    rare = "".join(random.choices(COMMON, k=3))
    word = "知行" if not number % 400 else random.choice(WORDS)
    name = word + rare + random.choice(ENDS) if number % 3 else rare + word + random.choice(ENDS)
    return Organization(name=name, slug=f"{pinyin(name)}-{number}", region_id=region, listing="public", type="ngo")
