"""Who was in the report of 2014 is found in the directory, however somebody calls them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from organizations.models import Organization
from organizations.searching import Search


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("知行", "知行创新空间"),
        ("zx", "知行创新空间"),
        ("zhixing", "知行创新空间"),
        ("在一起", "江西在一起文化发展中心"),
        ("江西在一起文化发展中心", "江西在一起文化发展中心"),
        ("中华义工联", "中华义工联合会江西分会"),
    ],
)
def test_the_right_entry_comes_first(year_2014, words, name):
    found = Search(Organization.objects.visible_to(AnonymousUser()), QueryDict(f"q={words}"))

    assert found.entries[0].name == name
