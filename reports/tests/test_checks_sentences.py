"""The text against the records, sentence by sentence, in a year that is not 2014: what speaks and what is silent."""

import pytest

from reports.tests.book_2023 import make_book, told_codes, write
from reports.tests.sentences_right import RIGHT
from reports.tests.sentences_wrong import MISSED, WRONG

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(db):
    return make_book().report


def test_every_wrong_sentence_is_asked_about_and_nothing_else(report):
    found = {}
    for subject, text, expected in WRONG:
        write(report, subject, text)
        if told_codes() != set(expected.split()):
            found[text] = told_codes()

    assert found == {}


def test_no_right_sentence_is_asked_about(report):
    found = {}
    for subject, text in RIGHT:
        write(report, subject, text)
        if told_codes():
            found[text] = told_codes()

    assert found == {}


def test_what_is_missed_is_known(report):
    for subject, text, _expected in MISSED:
        write(report, subject, text)

        assert told_codes() == set()


def test_there_are_enough_of_both():
    assert (len(WRONG) > 40, len(RIGHT) > 40) == (True, True)
