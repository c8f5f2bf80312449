from django.urls import path

from hemma.routing import views

app_name = "routing"
urlpatterns = [
    path("offer/", views.my_offer, name="my_offer"),
    path("offer/<int:offer_id>/accept/", views.accept, name="accept"),
    path("offer/<int:offer_id>/decline/", views.decline, name="decline"),
    path("why/<int:number>/", views.why, name="why"),
]
