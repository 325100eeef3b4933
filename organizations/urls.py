from django.urls import path

from organizations import views
from organizations.keeping import views as keeping

app_name = "organizations"
urlpatterns = [
    path("", views.OrganizationList.as_view(), name="organization-list"),
    path("<slug:slug>/report/", keeping.ErrorReport.as_view(), name="error-report"),
    path("<slug:slug>/report/sent/", keeping.ErrorReportSent.as_view(), name="error-report-sent"),
    path("entry/<str:token>/", keeping.EntryPage.as_view(), name="entry"),
    path("entry/<str:token>/sent/", keeping.EntrySent.as_view(), name="entry-sent"),
    path("<slug:slug>/", views.OrganizationDetail.as_view(), name="organization-detail"),
]
