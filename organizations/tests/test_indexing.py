"""The search's entries follow the records, whoever writes them, and go back with them."""

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from organizations.indexing import rebuild
from organizations.models import Alias, Gram, Organization
from organizations.tests.factories import make_alias, make_organization, region
from yixin.text import name_key

NAMES = st.text("知行空间义工 aA1", min_size=1, max_size=12).filter(str.strip)


def grams() -> set[tuple]:
    return {(organization, bytes(gram)) for organization, gram in Gram.objects.values_list("organization", "gram")}


class Editing(RuleBasedStateMachine):
    """Random edits by every way there is; after each the entries are those that a rebuild makes."""

    @rule(name=NAMES, listing=st.sampled_from(["public", "hidden"]), code=st.sampled_from(["360100", "360721", ""]))
    def add(self, name, listing, code):
        if not Organization.objects.filter(name_key=name_key(name)).exists():
            make_organization(name=name, region=region(code) if code else None, listing=listing)

    @rule(name=NAMES)
    def call_otherwise(self, name):
        if first := Organization.objects.first():
            Alias.objects.get_or_create(organization=first, name_key=name_key(name), defaults={"name": name})

    @rule(name=NAMES, is_sensitive=st.booleans())
    def change(self, name, is_sensitive):
        if last := Organization.objects.last():
            last.is_sensitive = is_sensitive
            last.save()

    @rule()
    def forget_an_alias(self):
        Alias.objects.filter(pk__in=Alias.objects.values("pk")[:1]).delete()

    @rule()
    def forget(self):
        Organization.objects.filter(pk__in=list(Organization.objects.values_list("pk", flat=True)[:1])).delete()

    @invariant()
    def as_a_rebuild_makes_them(self):
        before = grams()
        rebuild()
        assert before == grams()
        assert {pk for pk, _gram in before} == set(Organization.objects.values_list("pk", flat=True))


class TestEditing(TestCase):
    def test_entries_follow_the_records(self):
        class Fresh(Editing):
            def __init__(self):
                super().__init__()
                self.atomic = transaction.atomic()
                self.atomic.__enter__()

            def teardown(self):
                transaction.set_rollback(True)
                self.atomic.__exit__(None, None, None)

        run_state_machine_as_test(Fresh, settings=settings(max_examples=20))


@pytest.mark.django_db
def test_a_rebuild_costs_the_same_queries_for_one_and_for_thirty(django_assert_num_queries):
    def add():
        organization = make_organization(region=region("360721"))
        make_alias(organization=organization)

    add()
    Gram.objects.all().delete()
    with django_assert_num_queries(7):  # of them two for the savepoint
        rebuild()
    for _number in range(29):
        add()
    Gram.objects.all().delete()
    with django_assert_num_queries(7):
        rebuild()


@pytest.mark.django_db
def test_nothing_is_written_where_nothing_has_changed(django_assert_num_queries):
    make_organization()

    with django_assert_num_queries(6):
        rebuild()


@pytest.mark.django_db
def test_the_command_makes_them_anew(capsys):
    make_organization(name="知行社")
    before = grams()
    Gram.objects.all().delete()

    call_command("reindex")

    assert grams() == before
    assert capsys.readouterr().out == "已为1家组织编制搜索条目。\n"
