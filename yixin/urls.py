from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from yixin import views
from yixin.secondfactor import views as codes

urlpatterns = [
    path("admin/", admin.site.urls),
    path("organizations/", include("organizations.urls")),
    path("groups/", include("organizations.group_urls")),
    path("publications/", include("activities.urls")),
    path("", include("organizations.data_urls")),
    path("", include("reports.urls")),
    path("login/", auth.LoginView.as_view(template_name="login.html"), name="login"),
    path("login/code/", codes.code, name="code"),
    path("login/code/new/", codes.new_code, name="new-code"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("language/", include("django.conf.urls.i18n")),
    path("media/<path:name>", views.media, name="media"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
]
handler500 = "yixin.views.broken"
