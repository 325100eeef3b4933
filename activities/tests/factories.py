"""One valid saved record each, with as little in it as the model demands; keywords change columns."""

from datetime import date
from decimal import Decimal
from itertools import count

from activities import models
from organizations.tests.factories import make_organization, make_person, region, saved
from yixin.fuzzydate import FuzzyDate, parse

numbers = count(1)


def area(code: str = "training") -> models.WorkArea:
    """One of the areas that every database starts with."""
    return models.WorkArea.objects.get(code=code)


def make_work_area(**changes) -> models.WorkArea:
    number = next(numbers)
    return saved(models.WorkArea(**{"code": f"area-{number}", "name": f"知行板块{number}"} | changes))


def make_event(**changes) -> models.Event:
    """A training of 2014, whose head-count nobody knows; ``when`` may be text as people write it."""
    columns = {"when": "2014年1月9日", "title": f"知行志愿者培训{next(numbers)}"} | changes
    columns |= {"when": written(columns["when"]), "area": changes.get("area") or area()}
    return saved(models.Event(**columns))


def written(when: str | FuzzyDate | None) -> FuzzyDate | None:
    return parse(when) if isinstance(when, str) else when


def make_event_organization(**changes) -> models.EventOrganization:
    columns = {"event": changes.get("event") or make_event()}
    columns["organization"] = changes.get("organization") or make_organization()
    return saved(models.EventOrganization(**columns | changes))


def make_attendance(**changes) -> models.Attendance:
    columns = {"event": changes.get("event") or make_event(), "person": changes.get("person") or make_person()}
    return saved(models.Attendance(**columns | changes))


def make_course(**changes) -> models.Course:
    return saved(models.Course(**{"title": f"知行课程{next(numbers)}"} | changes))


def make_engagement(**changes) -> models.Engagement:
    columns = {"organization": changes.get("organization") or make_organization(), "need": "知行合一"}
    return saved(models.Engagement(**columns | changes))


def make_talk(**changes) -> models.Talk:
    columns = {"engagement": changes.get("engagement") or make_engagement(), "summary": "知行"}
    return saved(models.Talk(**{"held_on": date(2014, 3, 5)} | columns | changes))


def make_survey(**changes) -> models.Survey:
    columns = {"title": f"知行调查{next(numbers)}", "period": "2014年10-12月", "report_year": 2014} | changes
    columns["period"] = written(columns["period"])
    return saved(models.Survey(**columns))


def make_survey_target(**changes) -> models.SurveyTarget:
    columns = {"survey": changes.get("survey") or make_survey(), "region": changes.get("region") or region("360100")}
    return saved(models.SurveyTarget(**columns | changes))


def make_visit(**changes) -> models.Visit:
    columns = {"survey": changes.get("survey") or make_survey()}
    columns["organization"] = changes.get("organization") or make_organization()
    return saved(models.Visit(**columns | changes))


def make_question(**changes) -> models.Question:
    columns = {"survey": changes.get("survey") or make_survey(), "text": f"知行问题{next(numbers)}"}
    return saved(models.Question(**columns | changes))


def make_answer(**changes) -> models.Answer:
    columns = {"visit": changes.get("visit") or make_visit()}
    columns["question"] = changes.get("question") or make_question(survey=columns["visit"].survey)
    return saved(models.Answer(**columns | changes))


def make_publication(**changes) -> models.Publication:
    return saved(models.Publication(**{"title": f"知行手册{next(numbers)}"} | changes))


def make_photo(**changes) -> models.Photo:
    """A record only: no file is stored."""
    return saved(models.Photo(**{"image": f"photos/{next(numbers)}.jpg", "caption": "知行"} | changes))


def make_expense(**changes) -> models.Expense:
    return saved(models.Expense(**{"purpose": f"知行车费{next(numbers)}", "amount": Decimal(20)} | changes))


FACTORIES = {
    models.WorkArea: make_work_area,
    models.Event: make_event,
    models.EventOrganization: make_event_organization,
    models.Attendance: make_attendance,
    models.Course: make_course,
    models.Engagement: make_engagement,
    models.Talk: make_talk,
    models.Survey: make_survey,
    models.SurveyTarget: make_survey_target,
    models.Visit: make_visit,
    models.Question: make_question,
    models.Answer: make_answer,
    models.Publication: make_publication,
    models.Photo: make_photo,
    models.Expense: make_expense,
}
