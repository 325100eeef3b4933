from django.urls import path

from organizations.groups import GroupList

app_name = "groups"
urlpatterns = [path("", GroupList.as_view(), name="group-list")]
