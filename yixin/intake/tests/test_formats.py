import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixin.intake.reading.formats import Shown, built_in, shown_by


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", None),
        ("0.00", None),
        ('#,##0"人"', None),
        ('0"d"', None),
        ("0.00E+00", None),
        ("@", None),
        ("[Red]0.0;[Blue]-0.0", None),
        ('"y"', None),
        ("yyyy/m/d", Shown.DAY),
        ('yyyy"年"m"月"d"日";@', Shown.DAY),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Shown.DAY),
        ("m/d/yy h:mm", Shown.DAY),
        ("aaaa", Shown.DAY),
        ("mmm", Shown.DAY),
        ('[DBNum1][$-804]yyyy"年"m"月"', Shown.MONTH),
        ("mmm-yy", Shown.MONTH),
        ('e"年"', Shown.YEAR),
        ("h:mm AM/PM", Shown.TIME),
        ("上午/下午h:mm", Shown.TIME),
        ("mm:ss.0", Shown.TIME),
        ("[h]:mm:ss", Shown.DURATION),
    ],
)
def test_what_a_format_shows(code, shown):
    assert shown_by(code) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, None), (14, Shown.DAY), (31, Shown.DAY), (27, Shown.MONTH), (49, None), (46, Shown.DURATION)],
)
def test_formats_known_by_number_alone(number, shown):
    assert built_in(number) == shown


@given(st.text(max_size=60))
def test_any_format_shows_something_or_nothing(code):
    assert shown_by(code) in {None, *Shown}
