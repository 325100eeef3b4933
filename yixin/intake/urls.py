"""Mounted inside the admin's site, whose namespace and log-in they share."""

from django.contrib import admin
from django.urls import path

from . import views


def page(route: str, view, name: str):
    return path(route, admin.site.admin_view(view), name=f"import-{name}")


urlpatterns = [
    page("", views.index, "index"),
    page("<slug:table>/", views.start, "start"),
    page("preview/<uuid:key>/", views.preview, "preview"),
    page("preview/<uuid:key>/sheet/", views.choose_sheet, "sheet"),
    page("preview/<uuid:key>/options/", views.choose_options, "options"),
    page("preview/<uuid:key>/confirm/", views.confirm, "confirm"),
    page("preview/<uuid:key>/cancel/", views.cancel, "cancel"),
    page("result/<uuid:key>/", views.result, "result"),
    page("result/<uuid:key>/undo/", views.undo, "undo"),
]
