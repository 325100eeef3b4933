"""Addresses beside the directory, not below it."""

from django.urls import path

from organizations import data_views

app_name = "data"
urlpatterns = [
    path("organizations.csv", data_views.OrganizationsCsv.as_view(), name="organizations-csv"),
    path("organizations.json", data_views.OrganizationsJson.as_view(), name="organizations-json"),
]
