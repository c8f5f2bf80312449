from django.urls import path

from hemma.planning import views

app_name = "planning"
urlpatterns = [
    path("law/", views.law_check, name="law"),
    path("law/to-verify/", views.law_to_verify, name="law_to_verify"),
    path("schedule/", views.schedule, name="schedule"),
    path("schedule/<int:team_id>/", views.schedule, name="team"),
    path("schedule/<int:team_id>/shift/", views.add_shift, name="add_shift"),
    path("schedule/<int:team_id>/shift/remove/", views.remove_shift, name="remove_shift"),
    path("schedule/<int:team_id>/absence/", views.add_absence, name="add_absence"),
    path("schedule/<int:team_id>/file/", views.import_file, name="import_file"),
    path("schedule/<int:team_id>/templates/", views.templates, name="templates"),
    path("schedule/<int:team_id>/templates/keep/", views.keep_template, name="keep_template"),
    path(
        "schedule/<int:team_id>/templates/<int:template_id>/",
        views.use_template,
        name="use_template",
    ),
    path(
        "schedule/<int:team_id>/templates/<int:template_id>/drop/",
        views.drop_template,
        name="drop_template",
    ),
    path("me/calendar/", views.my_calendar, name="my_calendar"),
    path("me/calendar/new/", views.make_link, name="make_link"),
    path("me/calendar/end/", views.end_link, name="end_link"),
    path("calendar/shifts.ics", views.feed, name="feed"),
]
