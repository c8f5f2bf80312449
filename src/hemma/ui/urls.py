"""The frame's own verbs."""

from django.urls import path

from hemma.ui import views

app_name = "ui"
urlpatterns = [
    path("language", views.choose_language, name="language"),
    path("appearance", views.choose_appearance, name="appearance"),
]
