from django.urls import path

from hemma.workday import views

app_name = "workday"
urlpatterns = [
    path("day/", views.my_day, name="my_day"),
    path("day/end/", views.end_day, name="end_day"),
    path("day/start/", views.start_day, name="start_day"),
    path("day/begin/", views.begin, name="begin"),
    path("day/rhythm/", views.rhythm, name="rhythm"),
    path("day/rhythm/book/", views.book, name="book"),
    path("day/rhythm/<int:activity_id>/back/", views.take_back, name="take_back"),
    path("day/todos/", views.todos, name="todos"),
    path("day/todos/new/", views.todo_new, name="todo_new"),
    path("day/todos/<int:todo_id>/", views.todo_do, name="todo_do"),
    path("day/shutdown/", views.shutdown, name="shutdown"),
    path("day/gaps/", views.gaps, name="gaps"),
    path("day/breaks/", views.breaks, name="breaks"),
    path("day/band/", views.my_day_band, name="my_day_band"),
    path("day/team/", views.my_team, name="my_team"),
    path("day/bar/", views.mebar, name="mebar"),
    path("day/here/", views.here, name="here"),
    path("day/sick/", views.sick, name="sick"),
    path("day/back/", views.back, name="back"),
    path("day/away/", views.absent, name="absent"),
    path("day/mode/", views.mode, name="mode"),
    path("team/", views.team_now, name="team_now"),
    path("team/<int:team_id>/", views.team_now, name="team"),
    path("team/<int:team_id>/list/", views.team_list, name="team_list"),
]
