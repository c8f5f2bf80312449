from django.urls import path

from hemma.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.mine, name="mine"),
    path("notices/line/", views.line, name="line"),
    path("notices/after-hours/", views.after_hours, name="after_hours"),
    path("notices/read/", views.read, name="read"),
    path("notices/settings/", views.settings, name="settings"),
    path("notices/choose/", views.choose, name="choose"),
    path("notices/habit/", views.set_habit, name="set_habit"),
    path("notices/devices/", views.add_device, name="add_device"),
    path("notices/devices/try/", views.try_devices, name="try_devices"),
    path("notices/devices/<int:device_id>/remove/", views.remove_device, name="remove_device"),
    path("notices/write/<int:person_id>/", views.write, name="write"),
]
