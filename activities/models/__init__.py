from .event import Attendance, Course, Engagement, Event, EventOrganization, Talk, WorkArea
from .record import Expense, Photo, Publication
from .survey import Answer, Question, Survey, SurveyTarget, Visit

__all__ = [
    "Answer",
    "Attendance",
    "Course",
    "Engagement",
    "Event",
    "EventOrganization",
    "Expense",
    "Photo",
    "Publication",
    "Question",
    "Survey",
    "SurveyTarget",
    "Talk",
    "Visit",
    "WorkArea",
]
