"""Every address of the product."""

from allauth.account.views import LogoutView
from django.urls import include, path

from hemma import health
from hemma.people.urls import account
from hemma.people.views import start

urlpatterns = [
    path("", start, name="start"),
    *account,
    path("sign-out/", LogoutView.as_view(), name="account_logout"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("hemma.people.urls")),
    path("", include("hemma.planning.urls")),
    path("", include("hemma.workday.urls")),
    path("", include("hemma.notices.urls")),
    path("", include("hemma.support.urls")),
    path("", include("hemma.workplace.urls")),
    path("cases/", include("hemma.desk.urls")),
    path("api/v1/", include("hemma.desk.api_urls")),
    path("routing/", include("hemma.routing.urls")),
    path("", include("hemma.portal.urls")),
    path("evaluation/", include("hemma.insight.urls")),
    path("ui/", include("hemma.ui.urls")),
]

handler400 = "hemma.ui.views.bad_request"
handler403 = "hemma.ui.views.forbidden"
handler404 = "hemma.ui.views.not_found"
handler500 = "hemma.ui.views.server_error"
