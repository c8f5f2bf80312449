from django.urls import path

from hemma.routing import views

app_name = "routing"
urlpatterns = [
    path("offer/", views.my_offer, name="my_offer"),
    path("offer/<int:offer_id>/accept/", views.accept, name="accept"),
    path("offer/<int:offer_id>/decline/", views.decline, name="decline"),
    path("limit/", views.my_limit, name="my_limit"),
    path("limit/set/", views.set_limit, name="set_limit"),
    path("unplaced/", views.unplaced, name="unplaced"),
    path("how/", views.how, name="how"),
    path("why/<int:number>/", views.why, name="why"),
]
