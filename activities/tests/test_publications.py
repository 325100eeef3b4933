"""Publications: what stands on their page, and who gets which file."""

import pytest
from django.core.files.base import ContentFile

from activities.models import Publication
from activities.publications import Published, in_order, published
from activities.tests.factories import make_event, make_publication, make_survey, written
from organizations.tests.factories import make_person
from yixin.tests.factories import make_superuser
from yixin.tests.registry import as_it_stands
from yixin.tests.uploads import PDF, WORD, upload

pytestmark = pytest.mark.django_db


def with_file(content: bytes = PDF, name: str = "x.pdf", **columns) -> Publication:
    publication = make_publication(**{"title": "2014年 调研/报告", "is_public": True} | columns)
    publication.file.save(name, ContentFile(content))
    return publication


def test_the_public_ones_are_listed_with_their_origin_the_newest_first():
    survey, event = make_survey(title="调研"), make_event(title="发布会")
    with_file(title="旧的", published=written("2013年"))
    make_publication(
        title="新的", published=written("2014年3月初"), survey=survey, event=event, is_public=True, remark="金丝雀"
    )
    make_publication(title="内部的", is_public=False)

    assert published(list(in_order())) == [
        Published("新的", "xinde", "2014年3月初", ("调研", "发布会")),
        Published("旧的", "jiude", "2013年", (), "pdf", len(PDF)),
    ]


@pytest.mark.parametrize("columns", [{"is_sensitive": True}, {"status": "cancelled"}, {"title": "甲某金丝雀讲课"}])
def test_an_event_that_must_not_be_named_is_not_named_here(columns):
    make_person(name="甲某金丝雀")
    make_publication(event=make_event(**{"title": "发布会"} | columns), is_public=True)

    assert [one.of for one in published(list(in_order()))] == [()]


def test_the_file_is_a_download_with_a_safe_name(client):
    publication = with_file()

    response = client.get(f"/publications/{publication.slug}/file/")

    assert b"".join(response.streaming_content) == PDF
    assert {name: response[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''2014%E5%B9%B4-%E8%B0%83%E7%A0%94%E6%8A%A5%E5%91%8A.pdf",
        "X-Content-Type-Options": "nosniff",
    }


def test_a_title_of_signs_alone_has_a_name_too(client):
    publication = with_file(WORD, "x.docx", title="！？")

    response = client.get(f"/publications/{publication.slug}/file/")

    assert b"".join(response.streaming_content) == WORD
    assert response["Content-Disposition"] == f'attachment; filename="{publication.slug}.docx"'


def lost():
    publication = with_file()
    publication.file.storage.delete(publication.file.name)
    return publication


@pytest.mark.parametrize(
    "make",
    [
        lambda: with_file(is_public=False),
        lambda: make_publication(is_public=True),
        lost,
        lambda: with_file(b"<script>", "x.html"),
        lambda: make_publication(is_public=True, file="../../etc/passwd.pdf"),
    ],
    ids=["not public", "without a file", "lost", "of no kind of ours", "outside the store"],
)
@pytest.mark.parametrize("is_staff", [False, True])
def test_what_is_no_public_file_is_a_404(client, make, is_staff):
    publication = make()
    if is_staff:
        client.force_login(make_superuser())

    assert client.get(f"/publications/{publication.slug}/file/").status_code == 404


def test_a_publication_whose_file_is_lost_is_listed_without_a_link(client):
    lost()
    make_publication(title="没有文件", is_public=True, file="../../etc/passwd.pdf")

    page = client.get("/publications/").content.decode()

    assert [words in page for words in ("2014年 调研/报告", "没有文件", "/file/")] == [True, True, False]


@pytest.mark.parametrize("number", [0, 1, 30])
def test_the_page_takes_as_many_queries_whatever_the_number(client, number, django_assert_num_queries):
    for _each in range(number):
        make_publication(is_public=True, survey=make_survey())

    with django_assert_num_queries(3 if number else 1):
        response = client.get("/publications/")

    assert len(response.context["publications"]) == number


@pytest.mark.parametrize("page", ["2", "0", "-1", "9" * 30, "NaN", "\x00", "３"])
def test_a_page_that_is_none_is_the_nearest(client, page):
    for _each in range(51):
        make_publication(is_public=True)

    response = client.get("/publications/", {"page": page})

    assert len(response.context["publications"]) in (1, 50)


def test_staff_add_a_file_in_the_form_and_what_is_none_gets_a_sentence(client):
    client.force_login(make_superuser())
    publication = make_publication(title="年报", is_public=True)
    address = f"/admin/activities/publication/{publication.pk}/change/"

    refused = client.post(address, as_it_stands(client.get(address)) | {"file": upload(b"MZ", "年报.pdf")})
    saved = client.post(address, as_it_stands(client.get(address)) | {"file": upload(WORD, "年报.exe")})

    assert list(refused.context["adminform"].form.errors) == ["file"]
    assert saved.status_code == 302
    (one,) = published(list(in_order()))
    assert (one.kind, one.size, one.slug) == ("docx", len(WORD), "nianbao")
