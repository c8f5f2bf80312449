from django.urls import path

from hemma.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.mine, name="mine"),
    path("notices/line/", views.line, name="line"),
    path("notices/after-hours/", views.after_hours, name="after_hours"),
    path("notices/read/", views.read, name="read"),
    path("notices/choose/", views.choose, name="choose"),
    path("notices/write/<int:person_id>/", views.write, name="write"),
]
