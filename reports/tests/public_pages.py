"""Every page that anybody can open, with something on it. A new public page is one more entry of ``addresses``."""

from datetime import UTC, datetime

from django.core.files.base import ContentFile

from activities.models import Publication
from activities.tests.factories import make_event, make_event_organization, make_survey, make_visit
from grants.tests.factories import make_grant
from organizations.keeping.links import make_links, path_of
from organizations.models import FieldOfWork, Organization
from organizations.tests.factories import (
    make_alias,
    make_contact,
    make_network_group,
    make_organization,
    make_person,
    region,
)
from reports import demo
from reports.models import AnnualReport
from reports.publishing import publish
from reports.tests.factories import make_report
from yixin.tests.factories import make_user
from yixin.tests.uploads import PDF

LONG = "知行公益发展与志愿服务促进中心（赣南分中心暨青年成长联合项目办公室）"
WEBSITE = "https://example.org/a/very/long/address/that/goes/on/and/on/index.html?with=query"


def fill() -> dict[str, str]:
    """The addresses by name, on a site with a published year and organisations of every kind."""
    demo.load()
    staff = make_user("coordinator")
    told = organization_with_everything()
    quiet = make_organization(name="测试在一起", is_sensitive=True, listing="public")
    quiet.fields_of_work.set(FieldOfWork.objects.all()[:1])
    for number in range(31):
        make_organization(name=f"测试社{number}", listing="public", region=region("360700"))
    make_network_group(name="南昌公益伙伴群", is_public=True, region=region("360100"))
    publication = Publication.objects.filter(is_public=True)[0]
    publication.file.save("x.pdf", ContentFile(PDF))
    report = AnnualReport.objects.filter(year=2014).first() or make_report(year=2014)
    publish(report=report, number=1, by=staff)
    (link,) = make_links([told], by=staff, now=datetime.now(UTC))
    return addresses(told, quiet, path_of(link))


def organization_with_everything() -> Organization:
    organization = make_organization(
        name=LONG,
        listing="public",
        region=region("360721"),
        type="ngo",
        legal_status="registered",
        website=WEBSITE,
        introduction="从2008年起陪伴山区的孩子读书。\n\n现在有12个图书角。",
        confirmed_on="2020-01-01",
    )
    organization.fields_of_work.set(FieldOfWork.objects.all()[:3])
    make_alias(organization=organization, name="知行")
    make_alias(organization=organization, name="赣南知行协会", kind="former", valid_from=2008, valid_to=2014)
    person = make_person(name="测试甲某", phone="13800000001", email="jia@example.org")
    make_contact(organization=organization, person=person, role="秘书长", consented_on="2020-01-01")
    for number in range(55):
        event = make_event(title=f"第{number}次读书会：怎样与家长沟通", when=f"201{number % 5}年3月{number % 28 + 1}日")
        make_event_organization(event=event, organization=organization)
    make_visit(organization=organization, survey=make_survey(title="知行调研"))
    make_grant(organization=organization, project="山区图书角")
    return organization


def addresses(told: Organization, quiet: Organization, link: str) -> dict[str, str]:
    entry = told.get_absolute_url()
    return {
        "home": "/",
        "list": "/organizations/",
        "list as a table": "/organizations/?view=table",
        "list with filters": "/organizations/?q=测试&city=360700",
        "list with a slip": "/organizations/?city=999999",
        "list with nothing": "/organizations/?q=没有这样的组织",
        "organisation": entry,
        "organisation in a year": f"{entry}?year=2010",
        "organisation in a year without anything": f"{entry}?year=1999",
        "sensitive organisation": quiet.get_absolute_url(),
        "error report": f"{entry}report/",
        "error report sent": f"{entry}report/sent/",
        "entry link": link,
        "entry link that opens nothing": "/organizations/entry/x.y/",
        "groups": "/groups/",
        "publications": "/publications/",
        "reports": "/reports/",
        "report": "/reports/2014/",
        "report not published": "/reports/2013/",
        "open data": "/open-data/",
        "login": "/login/",
        "nothing there": "/nothing/",
    }
