"""The frame's own verbs."""

from django.urls import path

from hemma.ui import phone, views

app_name = "ui"
urlpatterns = [
    path("language", views.choose_language, name="language"),
    path("appearance", views.choose_appearance, name="appearance"),
    path("manifest.webmanifest", phone.manifest, name="manifest"),
    path("worker.js", phone.worker, name="worker"),
    path("kitchen-table/", views.kitchen_table, name="kitchen_table"),
    path("offline/", phone.offline, name="offline"),
]
