"""The page behind a link: what it shows, what it takes, and that the entry itself stays as it is."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from organizations.keeping.stated import stated
from organizations.models import Proposal
from organizations.tests.answering import CODE, as_shown, full, linked, sent
from organizations.tests.factories import make_alias, make_organization, region

pytestmark = pytest.mark.django_db
UNREAD = "“很久以前” is not a date that can be read. Write it like 2014年1月4日, 4月26-28日 or 2014年10-12月."
NO_CODE = "“12345” is not a valid unified social credit code: 18 characters, the last one a check digit."
UNCHANGED = "Nothing was changed and no message written. If all of it is right, press “Everything is right”."
CHANGED = "You changed something above. Press “Send the changes”, or open the link again and leave all as it is."


@pytest.fixture
def reader():
    """Without an account, and with every check that a browser's forms undergo."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


def errors(response) -> dict:
    assert response.status_code == 422
    assert Proposal.objects.count() == 0
    return response.context["form"].errors


def test_the_page_shows_what_the_directory_shows_and_nothing_else(reader):
    shown = as_shown(reader.get(linked(full())))

    assert {name: value for name, value in shown.items() if name != "seen"} == {
        "name": "知行社",
        "type": "ngo",
        "region": "360721",
        "fields_of_work": ["education", "health"],
        "introduction": "第一行。\n第二行。",
        "website": "https://zhixing.example.org/",
        "legal_status": "registered",
        "uscc": CODE,
        "founded": "2010年5月",
        "aliases": "知行",
        "message": "",
        "sender_name": "",
        "sender_contact": "",
    }


def test_the_page_names_its_own_address_nowhere(reader):
    path = linked(full())

    text = reader.get(path).content.decode()

    assert [word for word in (path.split("/")[3], "canonical", "og:") if word in text] == []
    assert '<meta name="robots" content="noindex">' in text


def test_a_former_county_stays_among_the_choices_until_another_is_chosen(reader):
    choices = reader.get(linked(full())).context["form"].fields["region"].choices

    assert choices[:2] == [("", "not known"), ("360721", "赣县")]
    assert [name for name, places in choices[2:]][:3] == ["南昌市", "景德镇市", "萍乡市"]
    assert choices[2][1][0] == ("360100", "南昌市")


def test_what_was_changed_is_kept_and_the_entry_stays_as_it_is(reader):
    organization = full()
    before, path = stated(organization), linked(organization)

    response = sent(
        reader,
        path,
        region="360704",
        fields_of_work=["education"],
        introduction="第一行。\r\n第二行。\r\n\r\n",
        website="zhixing.example.com",
        uscc=f" {CODE.lower()} ",
        founded="2011年",
        aliases="知 行\r\n\r\n知行公益",
        message="电话换了。",
        sender_name="测试甲",
        sender_contact="微信号测试",
    )

    assert (response.status_code, response.url) == (302, f"{path}sent/")
    columns = ("kind", "changes", "message", "sender_name", "sender_contact", "status")
    assert Proposal.objects.values(*columns).get() == {
        "kind": "changes",
        "changes": {
            "region": ["360721", "360704"],
            "fields_of_work": [["education", "health"], ["education"]],
            "website": ["https://zhixing.example.org/", "https://zhixing.example.com"],
            "founded": ["2010年5月", "2011年"],
            "aliases": [["知行"], ["知 行", "知行公益"]],
        },
        "message": "电话换了。",
        "sender_name": "测试甲",
        "sender_contact": "微信号测试",
        "status": "open",
    }
    organization.refresh_from_db()
    assert stated(organization) == before
    assert "Thank you" in reader.get(response.url).content.decode()
    assert reader.get(path).status_code == 410


def test_one_press_says_that_everything_is_right(reader):
    response = sent(reader, linked(full()), confirm="1")

    assert response.status_code == 302
    today = timezone.localdate().isoformat()
    assert Proposal.objects.values_list("changes", flat=True).get() == {"confirmed_on": ["2022-05-01", today]}


def test_a_message_alone_is_enough(reader):
    assert sent(reader, linked(full()), message="请打电话来。").status_code == 302
    assert Proposal.objects.values_list("changes", "message").get() == ({}, "请打电话来。")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"__all__": [UNCHANGED]}),
        ({"confirm": "1", "name": "知行二社"}, {"__all__": [CHANGED]}),
        ({"name": "\u3000\u200b"}, {"name": ["This field is required."]}),
        ({"name": "长" * 101}, {"name": ["Ensure this value has at most 100 characters (it has 101)."]}),
        ({"founded": "很久以前"}, {"founded": [UNREAD]}),
        ({"uscc": "12345"}, {"uscc": [NO_CODE]}),
        ({"website": "javascript:alert(1)"}, {"website": ["Enter a valid URL."]}),
        (
            {"type": "bank"},
            {"type": ["Select a valid choice. bank is not one of the available choices."]},
        ),
        (
            {"region": "999999"},
            {"region": ["Select a valid choice. 999999 is not one of the available choices."]},
        ),
        (
            {"fields_of_work": ["magic"]},
            {"fields_of_work": ["Select a valid choice. magic is not one of the available choices."]},
        ),
        (
            {"aliases": "长" * 101},
            {"aliases": [f"“{'长' * 39}…” has more than 100 characters. Write one name on each line."]},
        ),
        ({"aliases": "\n".join(map(str, range(21)))}, {"aliases": ["Write at most 20 names."]}),
    ],
    ids=str,
)
def test_what_cannot_be_taken_gets_a_sentence_and_stays_as_typed(reader, changes, expected):
    typed = {"message": "" if changes in ({}, {"confirm": "1"}) else "请看。", "sender_name": "测试甲"}

    response = sent(reader, linked(full()), **typed | changes)

    assert errors(response) == expected
    bound = response.context["form"]
    assert {name: bound[name].value() for name in typed | changes if name != "confirm"} == {
        name: value for name, value in (typed | changes).items() if name != "confirm"
    }


ODD = ["", "\x00", "９９", "-1", "9" * 30, "NaN", "长" * 20_000, "\u202eabc", "['", "\ud800"]


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_nothing_typed_breaks_the_page(reader, value):
    organization, junk = full(), value.encode("utf-8", "surrogatepass")
    names = [*as_shown(reader.get(linked(organization))), "unknown"]

    def status(**values) -> int:
        body = urlencode(values, doseq=True)
        return reader.post(linked(organization), body, content_type="application/x-www-form-urlencoded").status_code

    shown = as_shown(reader.get(linked(organization)))
    statuses = {name: status(**shown | {name: junk}) for name in names}
    statuses["all"] = status(**dict.fromkeys([*names, "confirm"], junk))

    assert {name: found for name, found in statuses.items() if found not in (302, 422)} == {}


def test_the_page_never_tells_of_another_organization(reader):
    """Its code and its name are proposed like any others; only staff learn that somebody has them."""
    other = make_organization(name="别家", uscc=CODE, region=region("360721"))

    response = sent(reader, linked(full(uscc=None)), name=other.name, uscc=CODE)

    assert response.status_code == 302


def test_a_change_is_told_from_what_staff_changed_while_the_page_was_open(reader):
    organization = full()
    path = linked(organization)
    typed = as_shown(reader.get(path)) | {"website": "https://new.example.org/"}
    organization.introduction = "工作人员改的。"
    organization.save()

    reader.post(path, typed)

    assert Proposal.objects.values_list("changes", flat=True).get() == {
        "website": ["https://zhixing.example.org/", "https://new.example.org/"]
    }


@pytest.mark.parametrize("seal", ["", "abc", "of another link"])
def test_a_seal_that_is_not_the_pages_own_counts_for_nothing(reader, seal):
    path, other = linked(full()), linked(make_organization(name="别家"))
    seal = as_shown(reader.get(other))["seen"] if seal == "of another link" else seal

    sent(reader, path, seen=seal, website="https://new.example.org/")

    assert Proposal.objects.values_list("changes", flat=True).get() == {
        "website": ["https://zhixing.example.org/", "https://new.example.org/"]
    }


def test_the_page_costs_the_same_for_an_entry_with_little_and_with_much(reader, django_assert_num_queries):
    little, much = linked(make_organization(name="少")), linked(full())
    for number in range(20):
        make_alias(organization=full(name=f"多{number}", uscc=None), name=f"多别名{number}")

    for path in (little, much):
        with django_assert_num_queries(5):
            reader.get(path)


def test_the_page_is_in_chinese_for_who_reads_chinese(reader):
    page = reader.get(linked(full()), headers={"accept-language": "zh-CN"})

    assert 'lang="zh-Hans"' in page.content.decode()
