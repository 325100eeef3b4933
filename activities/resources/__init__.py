from .attendance import AttendanceResource
from .events import EventResource
from .surveys import TargetResource, VisitResource

__all__ = ["AttendanceResource", "EventResource", "TargetResource", "VisitResource"]
