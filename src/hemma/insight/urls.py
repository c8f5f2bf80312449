from django.urls import path

from hemma.insight import views

app_name = "insight"
urlpatterns = [
    path("", views.home, name="home"),
    path("method/", views.method, name="method"),
    path("figures/", views.export, name="export"),
    path("focus/", views.focus, name="focus"),
    path("focus/file/", views.focus_file, name="focus_file"),
    path("files/", views.files, name="files"),
    path("files/<int:file_id>/", views.one_file, name="file"),
    path("files/<int:file_id>/drop/", views.drop_file, name="drop_file"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/new/", views.decision_new, name="decision_new"),
    path("trials/", views.pilots, name="pilots"),
    path("trials/new/", views.pilot_new, name="pilot_new"),
    path("trials/<int:pilot_id>/", views.pilot, name="pilot"),
    path("trials/<int:pilot_id>/change/", views.pilot_change, name="pilot_change"),
    path("trials/<int:pilot_id>/start/", views.pilot_start, name="pilot_start"),
    path("trials/<int:pilot_id>/end/", views.pilot_end, name="pilot_end"),
]
