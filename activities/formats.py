"""What kind of gathering an event was, told by its title: nobody has to choose it from a list."""

from django.utils.translation import pgettext_lazy

# The word that stands last in the title decides: a 调研报告发布会 is a launch, a 培训交流会 an exchange meeting.
FORMATS = {
    "annual-meeting": (pgettext_lazy("format of an event", "annual meeting"), ("年会",)),
    "salon": (pgettext_lazy("format of an event", "salon"), ("沙龙",)),
    "launch": (pgettext_lazy("format of an event", "launch"), ("发布会", "发布")),
    "training": (pgettext_lazy("format of an event", "training"), ("培训", "工作坊", "课程", "训练营", "讲座")),
    "seminar": (pgettext_lazy("format of an event", "seminar"), ("研讨会", "研讨", "论坛")),
    "consultation": (pgettext_lazy("format of an event", "consultation"), ("咨询", "辅导", "督导", "走访")),
    "exchange": (pgettext_lazy("format of an event", "meeting"), ("交流", "会议", "座谈", "例会", "见面会")),
    "talk": (pgettext_lazy("format of an event", "talk"), ("分享", "演讲")),
    "action": (pgettext_lazy("format of an event", "action"), ("行动", "活动", "义诊", "募捐", "慰问")),
}
OTHER = "other"
OTHER_LABEL = pgettext_lazy("format of an event", "other")


def format_of(title: str) -> str:
    """A key of ``FORMATS``, or ``OTHER``."""
    places = {
        code: max((title.rfind(word) + len(word) for word in words if word in title), default=-1)
        for code, (_, words) in FORMATS.items()
    }
    best = max(places, key=places.get)
    return best if places[best] >= 0 else OTHER
