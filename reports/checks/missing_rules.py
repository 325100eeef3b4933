"""What is not known, and what the text tells though no record holds it."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from activities.models import Photo
from grants.choices import FundingStatus, GrantStatus
from reports.checks.event_claims import area_words
from reports.checks.findings import Finding, Level, RecordRef, finding, told
from reports.checks.language import likeness, occasions, of_one_kind
from reports.checks.reading import OF_SURVEYS, Reading, event_ref, grant_ref
from reports.checks.registry import check
from reports.checks.tellings import OTHER_DAY, read_tellings
from reports.records import EventRecord

RECORD = _("Enter it, or leave it out of the text.")


@check("N1", Level.WARNING, _("Nobody counted"))
def no_headcount(reading: Reading) -> Iterator[Finding]:
    """An event without a head-count: unknown, not nobody."""
    for event in reading.events:
        if event.people is None:
            sentence = told(_("“%(event)s” has no head-count; it adds nothing to the total."), event=event)
            suggestion = told(_("Ask whoever was there, and enter the number, or an estimate such as 约20."))
            yield finding(sentence, suggestion, [event_ref(event)])


@check("N2", Level.WARNING, _("A grant without an amount"))
def no_amount(reading: Reading) -> Iterator[Finding]:
    """A grant that was awarded or withdrawn, and of which no amount is known: unknown, not nothing."""
    for grant in reading.figures.grants.rows:
        if grant.amount is not None or grant.status in (GrantStatus.APPLIED, GrantStatus.DECLINED):
            continue
        sentence = told(
            _("The grant to %(recipient)s (%(project)s, %(status)s) has no amount."),
            recipient=grant.recipient, project=grant.project, status=GrantStatus(grant.status).label,
        )  # fmt: skip
        suggestion = told(_("Enter what was promised, even if it was withdrawn; nothing is 0, unknown stays empty."))
        yield finding(sentence, suggestion, [grant_ref(grant)], grant.status)


@check("N3", Level.WARNING, _("Told, but not recorded"))
def told_not_recorded(reading: Reading) -> Iterator[Finding]:
    """Areas, meetings, joint applications and groups of which the text tells and of which there is no record."""
    yield from _areas_without_records(reading)
    yield from _days_without_records(reading)
    yield from _joint_applications(reading)
    yield from _groups_without_records(reading)


_NOTHING = re.compile("(?:没有|没能|未能|未|暂未|不再)(?:开展|举办|组织|进行|实施|安排|参与)")
_DONE = "(?:开展|发放|参与|参加|投入|组织|实施|进行|完成|启动|响应|送出|送去|支援|随着|配合)"


def _areas_without_records(reading: Reading) -> Iterator[Finding]:
    counted = {event.area for event in reading.events} | {pk for event in reading.events for pk in event.printed_in}
    for pk, area in reading.areas.items():
        if pk in counted:
            continue
        sections = [s for s in reading.sections if s.area and s.area.pk == pk and s.prose.strip()]
        if not area.has_table:
            doing = re.compile(f"{_DONE}.{{0,12}}(?:{'|'.join(map(re.escape, sorted(area_words(area))))})")
            told_in = {s.section.key: s.section for s in reading.sentences if doing.search(s.flat)}
            sections = list({section.key: section for section in [*sections, *told_in.values()]}.values())
        sections = [section for section in sections if not _NOTHING.search(section.prose)]
        if sections:
            sentence = told(
                _("“%(section)s” tells of %(area)s; no event of it is on record in %(year)s."),
                section=sections[0].heading, area=area, year=reading.year,
            )  # fmt: skip
            yield finding(sentence, told(RECORD), [section.ref for section in sections], area.code)


_OTHER_MATTER = re.compile("拨款|拨付|打款|到账|签约|签订|签署|注册|成立|创办|创立|获批|登记|发文|出版|印刷|启用")


def _days_without_records(reading: Reading) -> Iterator[Finding]:
    """A day told with an organisation, when no record of three days around it has to do with either."""
    for telling in reading.once(read_tellings):
        date, section = telling.date, telling.sentence.section
        organizations = telling.organizations - reading.funders
        if telling.on or telling.near or not organizations or _OTHER_MATTER.search(telling.words):
            continue
        if any(_is_visit(visit, organizations, date) for visit in reading.visits):
            continue
        known = [reading.organizations[pk] for pk in sorted(organizations)]
        sentence = told(
            _("“%(section)s” tells of %(day)s with %(name)s; no record of these days has to do with it."),
            section=section.heading, day=date.text, name=known[0].name,
        )  # fmt: skip
        records = [section.ref, *(organization.ref for organization in known)]
        yield finding(sentence, told(RECORD), records, date.earliest, date.latest)


def _is_visit(visit: tuple, organizations: frozenset[int], date) -> bool:
    organization, earliest, latest = visit
    return organization in organizations and (earliest is None or date.distance(earliest, latest or earliest) <= 3)


_JOINTLY = re.compile(
    "(?:联合|共同|携手|合作|一起)(?:(?!如何|怎[么样]|讨论|经验|[,。;:、!?]).){0,16}?(?:申请|申报)(?![书表人者])"
)


def _joint_applications(reading: Reading) -> Iterator[Finding]:
    for sentence in reading.sentences:
        if not _JOINTLY.search(sentence.flat):
            continue
        joint = [funding for funding in reading.fundings if funding.partners]
        named = sentence.organizations - reading.ours
        meant = [f for f in joint if named & (f.partners | {f.funder})] if named else joint
        settled = [f for f in meant if f.amount is not None and f.status != FundingStatus.APPLIED]
        if not meant:
            text = told(
                _("“%(section)s” tells of a joint application; none is on record with its partners."),
                section=sentence.section.heading,
            )  # fmt: skip
            yield finding(text, told(RECORD), [sentence.section.ref], *sorted(named))
        elif not settled:
            text = told(
                _("“%(section)s” tells of a joint application; “%(funding)s” has no outcome or no amount on record."),
                section=sentence.section.heading, funding=meant[0].label,
            )  # fmt: skip
            suggestion = told(_("Enter whether it was awarded, and how much."))
            yield finding(text, suggestion, [sentence.section.ref, meant[0].ref], meant[0].status, meant[0].amount)


_GROUPS = re.compile("(?:qq|微信)(?:交流|工作|联络|志愿者?|公益)?群")


def _groups_without_records(reading: Reading) -> Iterator[Finding]:
    said = [sentence for sentence in reading.sentences if _GROUPS.search(sentence.flat)]
    if said and not reading.has_groups:
        sections = list(dict.fromkeys(sentence.section.ref for sentence in said))
        sentence = told(
            _("“%(section)s” tells of QQ or WeChat groups; none is on record."), section=said[0].section.heading
        )
        yield finding(sentence, told(RECORD), sections, "groups")


@check("N4", Level.WARNING, _("A photo of nothing on record"))
def photo_without_event(reading: Reading) -> Iterator[Finding]:
    """A photo that belongs to no event, and whose caption fits none."""
    where = {photo.pk: section for section in reading.sections for photo in section.photos}
    for photo in reading.photos:
        section = where.get(photo.pk)
        if photo.event_id or _is_of_survey(reading, photo) or any(_shows(reading, photo, e) for e in reading.events):
            continue
        sentence = told(_("The photo “%(photo)s” fits no event on record."), photo=photo.caption or photo.image.name)
        suggestion = told(_("Choose its event, enter the event that is missing, or change the caption."))
        records = [RecordRef(f"activities.photo:{photo.pk}", str(photo)), *([section.ref] if section else [])]
        yield finding(sentence, suggestion, records, photo.caption)


def _is_of_survey(reading: Reading, photo: Photo) -> bool:
    surveys = reading.figures.survey.surveys
    of_section = any(photo in section.photos for section in reading.sections if section.subject == OF_SURVEYS)
    told_of = bool(re.search("调研|走访|访谈|问卷", photo.caption))
    return bool(surveys) and told_of and (of_section or not occasions(photo.caption))


def _shows(reading: Reading, photo: Photo, event: EventRecord) -> bool:
    if not photo.caption or not of_one_kind(photo.caption, event.title):
        return False
    shown, there = reading.names.owners(photo.caption) - reading.ours, reading.named_at[event.pk]
    if shown and there:
        return bool(shown & there)
    return likeness(event.title, photo.caption) >= OTHER_DAY
