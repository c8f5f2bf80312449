from django.urls import path

from hemma.people import views

app_name = "people"
urlpatterns = [
    path("who-sees-what/", views.visibility, name="visibility"),
    path("demo/enter/<int:person_id>/", views.demo_enter, name="demo_enter"),
]
