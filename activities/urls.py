from django.urls import path

from activities import views

app_name = "activities"
urlpatterns = [
    path("", views.PublicationList.as_view(), name="publication-list"),
    path("<slug:slug>/file/", views.PublicationFile.as_view(), name="publication-file"),
]
