from django.urls import path, register_converter

from reports import views


class YearConverter:
    """A year that a report can have; anything else is no address of ours."""

    regex = "(?:19|20)[0-9]{2}|2100"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(YearConverter, "year")

app_name = "reports"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("reports/", views.ReportList.as_view(), name="report-list"),
    path("reports/<year:year>/", views.YearPage.as_view(), name="report-detail"),
    path("reports/<year:year>/export.xlsx", views.YearWorkbook.as_view(), name="report-xlsx"),
]
