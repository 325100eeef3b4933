"""Several people publish at one moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from activities.tests.factories import make_event
from reports.models import Edition
from reports.publishing import publish
from reports.tests.factories import make_report
from yixin.tests.factories import make_user

TOGETHER = 4


@pytest.mark.django_db(transaction=True)
def test_one_edition_comes_of_it_and_the_others_are_told():
    make_event(headcount=9)
    report, user, barrier = make_report(year=2014), make_user("coordinator"), Barrier(TOGETHER)

    def once(_number: int) -> str:
        barrier.wait(timeout=30)
        try:
            return str(publish(report=report, number=1, by=user).number)
        except ValidationError as error:
            return error.error_list[0].code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TOGETHER) as pool:
        outcomes = sorted(pool.map(once, range(TOGETHER)))

    assert outcomes == ["1", "published", "published", "published"]
    assert Edition.objects.count() == 1
