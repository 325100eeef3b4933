from django.urls import path

from organizations import views

app_name = "organizations"
urlpatterns = [
    path("", views.OrganizationList.as_view(), name="organization-list"),
    path("<slug:slug>/", views.OrganizationDetail.as_view(), name="organization-detail"),
]
