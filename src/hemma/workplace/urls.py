from django.urls import path

from hemma.workplace import views

app_name = "workplace"
urlpatterns = [
    path("workplace/", views.look, name="look"),
    path("workplace/forget/", views.forget, name="forget"),
    path("workplace/tips/<slug:tip>/", views.choose, name="choose"),
    path("workplace/tips/<slug:tip>/again/", views.again, name="again"),
]
