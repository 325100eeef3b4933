"""What the search boxes inside forms offer."""

from dataclasses import dataclass

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import Http404

from yixin.inactive import can_rest
from yixin.territory import choosable


@dataclass(frozen=True)
class Part:
    """What is offered at once; and whether there is more."""

    more: bool

    def has_next(self) -> bool:
        return self.more


class Autocomplete(AutocompleteJsonView):
    """Nothing that was taken out of use; and nothing is counted, for nobody sees the number."""

    def get_queryset(self):
        found = choosable(self.request.user, self.source_field, super().get_queryset())
        return found.filter(is_active=True) if can_rest(found.model) else found

    def paginate_queryset(self, queryset, page_size):
        """Whether there are more is seen by one row more than are shown."""
        number = self.request.GET.get("page", "1")
        if not (number.isascii() and number.isdigit() and 0 < int(number[:7]) < 1_000_000):
            raise Http404
        start = (int(number[:7]) - 1) * page_size
        rows = list(queryset[start : start + page_size + 1])
        return None, Part(len(rows) > page_size), rows[:page_size], True
