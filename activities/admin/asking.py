"""Whether an event is on record already: a question with links, answered by a button, never a refusal."""

from activities.forms import EventForm

OTHERS = "others"  # in the address: the keys of events of which somebody said that this is none of them
BUTTONS = ("_addanother", "_continue")


class Asking:
    """Mixed into the admin of events."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The class is made for this request alone. Only what the user may see is looked through."""
        form = super().get_form(request, obj, change, **kwargs)
        if self.has_view_permission(request):
            form.known = self.get_queryset(request)
        form.confirmed = request.GET.get(OTHERS, "").split(",")
        return form

    def render_change_form(self, request, context, **kwargs):
        form: EventForm = context["adminform"].form
        if form.near:
            address = request.GET.copy()
            address[OTHERS] = ",".join(str(event.pk) for event in form.near)
            button = next((name for name in BUTTONS if name in request.POST), "_save")
            context |= {"near": form.near, "confirm": f"?{address.urlencode()}", "button": button}
            if len(context["errors"]) == 1:  # the question itself, which is no error to be corrected
                context["errors"] = []
        return super().render_change_form(request, context, **kwargs)
