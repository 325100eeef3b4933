"""The page of the checks: who reads it, who answers, and what becomes of an answer."""

from decimal import Decimal

import pytest

from activities.models import Event
from activities.tests.factories import area, make_event, make_event_organization
from grants.tests.factories import make_grant
from organizations.tests.factories import make_alias, make_organization
from reports.checks import Finding, Reading, run
from reports.models import Acceptance
from reports.tests.editor import address, browser_of, told, words
from reports.tests.factories import make_acceptance, make_report, make_section

pytestmark = pytest.mark.django_db
PAGE, ACCEPT = address("checks"), address("checks-accept")


@pytest.fixture
def finding() -> Finding:
    """The only one of its year: an event that nobody counted."""
    make_report(year=2031)
    for code in ("360100", "360200"):
        make_event(report_year=2031, when="2031年3月1日", title=f"知行培训{code}", headcount=30, area=area("training"))
    Event.objects.filter(title="知行培训360100").update(headcount=None)
    (found,) = findings()
    return found


def findings(code: str = "N1") -> list[Finding]:
    return [found for found in run(Reading.of(2031)) if found.code == code]


def sent(found: Finding, reason: str = "签到表没有留下。", **more) -> dict:
    return {"fingerprint": found.fingerprint, "reason": reason} | more


def entries(response, code: str = "N1") -> list:
    levels = response.context["levels"]
    return [entry for _level, several in levels for entry in several if entry.finding.code == code]


def test_coordinator_answers_a_finding(finding):
    coordinator = browser_of("coordinator")

    response = coordinator.post(ACCEPT, sent(finding, is_printed="on"), follow=True)

    assert (response.redirect_chain, told(response)) == ([(PAGE, 302)], ["Accepted: N1."])
    assert (entries(response), [entry.finding for entry in response.context["accepted"]]) == ([], [finding])
    assert words(response, "signed").startswith(f"{coordinator.user.username}, ")
    assert list(Acceptance.objects.values_list("fingerprint", "reason", "is_printed", "accepted_by")) == [
        (finding.fingerprint, "签到表没有留下。", True, coordinator.user.pk)
    ]


def test_staff_reads_everything_and_answers_nothing(finding):
    given = make_acceptance(fingerprint="0" * 64, report=Reading.of(2031).draft.report)
    staff = browser_of("staff")

    response = staff.get(PAGE)

    assert [entry.form for entry in entries(response)] == [None]
    assert words(browser_of("coordinator").get(PAGE)).count("Take it back") == 1
    assert words(response).count("Take it back") == 0
    assert staff.post(ACCEPT, sent(finding)).status_code == 403
    assert staff.post(address("checks-take-back", pk=given.pk)).status_code == 403
    assert list(Acceptance.objects.all()) == [given]


def test_partners_are_refused_and_anybody_logs_in_first(finding):
    partner, anybody = browser_of("partner"), browser_of(None)

    assert [partner.get(PAGE).status_code, partner.post(ACCEPT, sent(finding)).status_code] == [403, 403]
    for response in (anybody.get(PAGE), anybody.post(ACCEPT, sent(finding))):
        assert (response.status_code, response.url.partition("?")[0]) == (302, "/login/")
    assert Acceptance.objects.count() == 0


def test_reports_of_a_funder_have_checks_of_their_own(finding):
    funder = make_organization(name="知行基金会")
    own = address("checks", funder=funder.slug)

    assert entries(browser_of("staff").get(own)) == []
    assert [browser_of("partner").get(own).status_code, browser_of(None).get(own).status_code] == [403, 302]


@pytest.mark.parametrize("reason", ["", "   ", "\u3000"])
def test_an_answer_needs_a_reason_and_the_rest_stays_typed(finding, reason):
    response = browser_of("coordinator").post(ACCEPT, sent(finding, reason, is_printed="on"))

    (entry,) = entries(response)
    assert response.status_code == 422
    assert entry.form.errors == {"reason": ["Say why it stays as it is: one sentence is enough."]}
    assert (entry.form["is_printed"].value(), Acceptance.objects.count()) == (True, 0)


def test_a_reason_that_is_too_long_is_kept_in_the_form(finding):
    reason = "长" * 1001

    response = browser_of("coordinator").post(ACCEPT, sent(finding, reason))

    (entry,) = entries(response)
    assert (response.status_code, entry.form["reason"].value(), Acceptance.objects.count()) == (422, reason, 0)


def test_a_second_click_finds_the_first_answer(finding):
    coordinator = browser_of("coordinator")
    coordinator.post(ACCEPT, sent(finding))

    response = coordinator.post(ACCEPT, sent(finding, "另一个理由"), follow=True)

    assert told(response) == ["Accepted: N1.", f"{coordinator.user} has accepted it already."]
    assert Acceptance.objects.get().reason == "签到表没有留下。"


@pytest.mark.parametrize("fingerprint", ["", "0" * 64, "知行", "a" * 5000])
def test_a_question_that_is_not_asked_is_not_answered(finding, fingerprint):
    response = browser_of("coordinator").post(ACCEPT, {"fingerprint": fingerprint, "reason": "是"}, follow=True)

    assert told(response) == ["This question is not asked any more, or it has changed. Nothing was accepted."]
    assert Acceptance.objects.count() == 0


def test_without_a_report_there_is_nothing_to_keep_an_answer_with(finding):
    Reading.of(2031).draft.report.delete()
    coordinator = browser_of("coordinator")

    response = coordinator.post(ACCEPT, sent(finding), follow=True)

    assert told(response) == ["The report on this year has to be begun first: an answer is kept with it."]
    assert [entry.form for entry in entries(response)] == [None]


def test_another_number_is_asked_anew_and_the_old_answer_is_listed(finding):
    report, coordinator = Reading.of(2031).draft.report, browser_of("coordinator")
    for number in range(3):
        make_grant(report_year=2031, awarded_amount=Decimal(1000 * 5**number))
    (large,) = findings("G1")
    coordinator.post(ACCEPT, sent(large))
    grant = report.acceptances.get()
    make_grant(report_year=2031, awarded_amount=Decimal(900))

    response = coordinator.get(PAGE)

    (entry,) = entries(response, "G1")
    assert (entry.finding.records, entry.finding.facts) == (large.records, (Decimal(25_000), Decimal(31_900)))
    assert (response.context["accepted"], response.context["outdated"]) == ([], (grant,))


def test_an_answer_is_taken_back_once(finding):
    coordinator = browser_of("coordinator")
    coordinator.post(ACCEPT, sent(finding))
    take_back = address("checks-take-back", pk=Acceptance.objects.get().pk)

    coordinator.get(PAGE)
    first, second = (coordinator.post(take_back, follow=True) for _time in range(2))

    assert told(first)[-1] == "Taken back: the question is open again."
    assert told(second) == ["This answer has been taken back already."]
    assert [entry.finding for entry in entries(first)] == [finding]


def test_more_than_six_megabytes_are_not_read_and_the_list_says_so(finding):
    coordinator = browser_of("coordinator")

    response = coordinator.post(ACCEPT, sent(finding, "长" * 3_000_000), follow=True)

    assert (response.redirect_chain, response.status_code, Acceptance.objects.count()) == ([(PAGE, 302)], 200, 0)
    assert told(response) == ["What was sent is larger than 6 MB and was not read. Nothing was accepted."]


def test_answers_are_refused_without_the_token_of_their_form(finding):
    coordinator = browser_of("coordinator", enforce_csrf_checks=True)

    assert (coordinator.post(ACCEPT, sent(finding)).status_code, Acceptance.objects.count()) == (403, 0)


def test_a_years_worth_of_records_costs_as_many_queries_as_one(django_assert_num_queries):
    report, client = make_report(year=2031), browser_of("coordinator")
    make_section(report=report, heading="培训", prose="共举办培训5场，30人次。", area=area("training"), position=1)
    add_records(0)
    for last in (1, 30):
        for number in range(1, last):
            add_records(number)

        with django_assert_num_queries(17):
            client.get(PAGE)


def add_records(number: int) -> None:
    organization = make_organization(name=f"知行{number}社")
    make_alias(organization=organization, name=f"知行{number}队")
    event = make_event(report_year=2031, when=f"2031年3月{number % 28 + 1}日", title=f"第{number}次培训")
    make_event_organization(event=event, organization=organization)
    make_grant(report_year=2031, organization=organization)
    make_acceptance(report=Reading.of(2031).draft.report)
