"""Staff decide on what came from outside: old beside new, field by field, all of it or nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from organizations.keeping.handling import Decision, Line, Review, handle
from organizations.keeping.stated import stated
from organizations.models import Alias, FieldOfWork, Organization, Proposal
from organizations.searching import Search
from organizations.tests.factories import NOW, make_alias, make_organization, make_proposal, region
from yixin.access.models import Revision
from yixin.fuzzydate import parse
from yixin.tests.factories import make_user

pytestmark = pytest.mark.django_db
CODE = "91110000600037341L"
LATER = NOW + timedelta(days=3)
ALL = {
    "name": ["知行社", "知行公益社"],
    "type": ["", "ngo"],
    "region": ["360100", "360704"],
    "fields_of_work": [["health"], ["education", "elderly"]],
    "introduction": ["", "一。\n二。"],
    "website": ["", "https://zhixing.example.org/"],
    "legal_status": ["", "registered"],
    "uscc": ["", CODE],
    "founded": ["", "2010年5月"],
    "aliases": [["知行", "老知行"], ["知行", "新知行"]],
}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def organization():
    made = make_organization(name="知行社", region=region("360100"))
    made.fields_of_work.set(FieldOfWork.objects.filter(code="health"))
    for name in ("知行", "老知行"):
        make_alias(organization=made, name=name)
    return made


def proposed(organization, changes: dict, **columns) -> Proposal:
    return make_proposal(organization=organization, kind="changes", changes=changes, **columns)


def decided(proposal, *accepted: str, by=None, **said) -> Proposal:
    """By somebody who looks at the entry as it stands now."""
    proposal = Proposal.objects.get(pk=proposal.pk)
    decision = Decision(frozenset(accepted), **{"seen": Review(proposal).seen} | said)
    return handle(proposal=proposal, decision=decision, by=by or make_user("staff"), now=LATER)


def refusal(proposal, *accepted: str, **said) -> tuple[str | None, list[str]]:
    """Code and sentences; nothing was written."""
    before = [list(model.objects.order_by("pk").values()) for model in (Organization, Alias, Proposal)]
    with pytest.raises(ValidationError) as caught:
        decided(proposal, *accepted, **said)
    assert before == [list(model.objects.order_by("pk").values()) for model in (Organization, Alias, Proposal)]
    return getattr(caught.value, "code", None), caught.value.messages


def test_all_that_is_accepted_stands_in_the_entry_afterwards(organization):
    user = make_user("staff")

    done = decided(proposed(organization, ALL), *ALL, by=user, keeps_old_name=True)

    entry = Organization.objects.get()
    assert stated(entry) == {name: new for name, (_old, new) in ALL.items()} | {
        "aliases": ["新知行", "知行", "知行社"],
        "confirmed_on": "2024-03-05",
    }
    assert (entry.name_key, entry.name_pinyin, entry.slug) == ("知行公益社", "zhixinggongyishe", "zhixingshe")
    assert list(entry.aliases.values_list("name", "kind")) == [
        ("新知行", "other"),
        ("知行", "short"),
        ("知行社", "former"),
    ]
    columns = ("status", "handled_by", "handled_at", "accepted", "note")
    assert Proposal.objects.values_list(*columns).get() == ("handled", user.pk, LATER, list(ALL), "")
    assert done.accepted == list(ALL)


def test_what_was_taken_stands_in_the_history_of_the_entry_and_of_the_proposal(organization):
    user, gone = make_user("staff"), organization.aliases.get(name="老知行")
    changes = {name: ALL[name] for name in ("website", "region", "fields_of_work", "aliases")}
    fields = {one.code: one.pk for one in FieldOfWork.objects.all()}

    proposal = decided(proposed(organization, changes), *changes, by=user)

    come = organization.aliases.get(name="新知行")
    revisions = {one.model: one for one in Revision.objects.all()}
    assert {(one.record, one.act, one.made_by, one.made_at) for one in revisions.values()} == {
        (organization.pk, "changed", user, LATER),
        (proposal.pk, "changed", user, LATER),
    }
    assert revisions["organizations.organization"].changes == {
        "website": ["", "https://zhixing.example.org/"],
        "region": [str(region("360100").pk), str(region("360704", 2024).pk)],
        "fields_of_work": [str(fields["health"]), ",".join(map(str, sorted([fields["education"], fields["elderly"]])))],
        f"organizations.alias:{gone.pk}:name": ["老知行", ""],
        f"organizations.alias:{come.pk}:name": ["", "新知行"],
        "confirmed_on": ["", "2024-03-05"],
    }
    assert revisions["organizations.proposal"].changes == {
        "status": ["open", "handled"],
        "handled_by": None,
        "handled_at": ["", str(LATER)],
        "accepted": ["", "region,fields_of_work,website,aliases"],
    }


def test_nothing_that_a_sensitive_organization_proposed_is_kept(organization):
    Organization.objects.update(is_sensitive=True)

    decided(proposed(organization, {"website": ALL["website"]}), "website")

    told = [value for one in Revision.objects.all() for value in one.changes.values()]
    assert (len(told) > 4, set(map(bool, told))) == (True, {False})


def test_only_what_is_ticked_is_taken_and_the_rest_is_noted(organization):
    proposal = proposed(organization, ALL)

    decided(proposal, "website", note="名称要先看登记证。")

    assert stated(Organization.objects.get()) == stated(organization) | {
        "website": "https://zhixing.example.org/",
        "confirmed_on": "2024-03-05",
    }
    assert Proposal.objects.values_list("accepted", "note").get() == (["website"], "名称要先看登记证。")


def test_nothing_ticked_leaves_the_entry_and_its_day_alone(organization):
    before = stated(organization)

    decided(proposed(organization, ALL), note="不是本机构的人。")

    assert stated(Organization.objects.get()) == before


def test_that_everything_is_right_sets_the_day_of_sending_and_never_an_earlier_one(organization):
    decided(proposed(organization, {"confirmed_on": ["", "2024-03-05"]}), "confirmed_on")
    assert Organization.objects.get().confirmed_on == date(2024, 3, 5)

    Organization.objects.update(confirmed_on=date(2024, 9, 1))
    decided(proposed(organization, {"confirmed_on": ["", "2024-03-05"]}), "confirmed_on")
    assert Organization.objects.get().confirmed_on == date(2024, 9, 1)


def test_fields_are_emptied_when_that_was_proposed(organization):
    organization.uscc, organization.founded = CODE, parse("2010年5月")
    organization.save()
    empty = {"region": "", "uscc": "", "founded": "", "aliases": [], "fields_of_work": []}
    values = stated(organization)

    decided(proposed(organization, {name: [values[name], new] for name, new in empty.items()}), *empty)

    assert {name: stated(Organization.objects.get())[name] for name in empty} == empty


def test_names_that_staff_added_in_the_meantime_stay(organization):
    proposal = proposed(organization, {"aliases": ALL["aliases"]})
    make_alias(organization=organization, name="中途添的")
    make_alias(organization=organization, name="新 知行")

    decided(proposal, "aliases")

    assert stated(organization)["aliases"] == ["中途添的", "新 知行", "知行"]


def test_names_for_a_sensitive_organization_only_come(organization):
    decided(proposed(organization, {"aliases": [None, ["新知行"]]}), "aliases")

    assert stated(organization)["aliases"] == ["新知行", "知行", "老知行"]


def test_what_breaks_a_rule_is_refused_with_its_sentence_and_nothing_is_half_written(organization):
    make_organization(name="别家", uscc=CODE, region=region("360100"))
    name = proposed(organization, {"name": ["知行社", "别 家"], "website": ["", "https://a.example.org/"]})
    code = proposed(organization, {"aliases": [[], ["新"]], "uscc": ["", CODE]})
    place = proposed(organization, {"region": ["", "999999"], "founded": ["", "很久以前"]})

    assert refusal(name, "name", "website")[1] == ["An organisation of this name in this region is there already."]
    assert refusal(code, "aliases", "uscc")[1] == ["Organisation with this Unified social credit code already exists."]
    assert refusal(place, "region", "founded")[1] == [
        "This place is not in the list of divisions any more. Change the entry by hand.",
        "“很久以前” is not a date that can be read. Write it like 2014年1月4日, 4月26-28日 or 2014年10-12月.",
    ]


def test_a_name_that_is_there_already_as_an_alias_is_no_obstacle(organization):
    decided(proposed(organization, {"name": ["知行社", "知行"]}), "name", keeps_old_name=True)

    assert (Organization.objects.get().name, stated(organization)["aliases"]) == ("知行", ["知行", "知行社", "老知行"])


def test_leaving_something_out_needs_a_word(organization):
    sentence = "Write in a word why the rest is not taken: a year from now somebody will ask. Nothing was saved."

    assert refusal(proposed(organization, ALL), "name") == ("note", [sentence])


def test_what_was_handled_is_not_handled_again(organization):
    proposal, user = proposed(organization, {}, message="请看。"), make_user("staff", username="测试甲")
    decided(proposal, by=user)

    assert refusal(proposal) == (
        "handled",
        ["This was handled already, by 测试甲 on 2024-03-08 12:00. Nothing was changed now."],
    )


def test_an_entry_that_was_changed_while_the_page_was_open_is_looked_at_again(organization):
    proposal = proposed(organization, {"website": ["", "https://zhixing.example.org/"]})
    seen = Review(proposal).seen
    Organization.objects.update(introduction="刚改的。")

    assert refusal(proposal, "website", seen=seen)[0] == "moved"


def test_a_proposal_that_was_deleted_meanwhile_is_told(organization):
    proposal = proposed(organization, {})
    decision = Decision(frozenset(), seen=Review(proposal).seen)
    Proposal.objects.all().delete()

    with pytest.raises(ValidationError, match="somebody deleted it"):
        handle(proposal=proposal, decision=decision, by=make_user("staff"), now=LATER)


def test_each_field_stands_beside_what_is_on_record_now(organization):
    """Two proposals for one field: after the first was taken, the second shows what the sender saw as well."""
    first = proposed(organization, {"website": ["", "https://a.example.org/"]})
    second = proposed(
        organization,
        {
            "website": ["", "https://b.example.org/"],
            "region": [None, "360704"],
            "aliases": [["知行", "老知行"], ["知行"]],
            "type": ["", "ngo"],
            "confirmed_on": ["", "2024-03-05"],
        },
        made_at=NOW + timedelta(hours=1),
    )
    assert Review(first).others == [second]
    decided(first, "website")
    Organization.objects.update(type="ngo")

    review = Review(Proposal.objects.get(pk=second.pk))

    on = ("5 March 2024",) * 2
    assert review.lines == [
        Line("type", "Type", "", "non-profit organisation", "non-profit organisation", True, True, True),
        Line("region", "Region", "", "南昌市", "赣州市 赣县区", False, False, False),
        Line("website", "Website", "", "https://a.example.org/", "https://b.example.org/", True, False, True),
        Line("aliases", "Other names", "知行、老知行", "知行、老知行", "知行", True, False, False),
        Line("confirmed_on", "Last confirmed on", "", *on, True, True, True),
    ]
    assert [line.name for line in review.lines if line.is_offered] == ["region", "aliases"]
    assert review.others == []


def test_the_search_finds_the_entry_by_what_was_accepted(organization):
    changes = {"name": ["知行社", "青原社"], "aliases": [["知行", "老知行"], ["庐陵"]]}

    decided(proposed(organization, changes), *changes)

    Organization.objects.update(listing="public")
    found = [
        [entry.name for entry in Search(Organization.objects.public(), {"q": words}).entries]
        for words in ("青原", "庐陵", "知行")
    ]
    assert found == [["青原社"], ["青原社"], []]
