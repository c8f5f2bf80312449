from django.urls import path

from hemma.planning import views

app_name = "planning"
urlpatterns = [
    path("law/", views.law_check, name="law"),
    path("law/to-verify/", views.law_to_verify, name="law_to_verify"),
]
