"""How the cells of a roster are read: names of people, and their phones."""

from organizations.people import canonical, read_phones
from yixin.intake.readers import Line as Text
from yixin.intake.readers import Reader
from yixin.personnames import DOUBLE_SURNAMES, SURNAMES, looks_like_a_person


class PersonName(Text):
    """The name of a person, who writes 王 五 to fill the cell."""

    def read(self, value, **kwargs):
        text = super().read(value) or ""
        surname, joined = text.partition(" ")[0], text.replace(" ", "")
        is_parted = surname in SURNAMES | DOUBLE_SURNAMES and looks_like_a_person(joined)
        return (joined if is_parted else text) or None


class Phones(Reader):
    """Shape: list of phones, the first of them the person's; the others go into the remark."""

    def read(self, value, **kwargs):
        return read_phones(value) or None

    def same(self, old, new):
        return canonical((old or [""])[0]) == canonical((new or [""])[0])

    def render(self, value, **kwargs):
        return value[0] if value else None

    plain = render
