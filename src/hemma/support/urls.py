from django.urls import path

from hemma.support import views

app_name = "support"
urlpatterns = [
    path("leak/", views.leak, name="leak"),
    path("leak/told/", views.slips, name="slips"),
    path("leak/told/<int:slip_id>/", views.slip, name="slip"),
    path("talk/", views.talk, name="talk"),
    path("talk/contacts/", views.contacts, name="contacts"),
    path("talk/contacts/new/", views.contact, name="contact_new"),
    path("talk/contacts/<int:contact_id>/", views.contact, name="contact"),
    path("talk/contacts/<int:contact_id>/remove/", views.remove, name="remove"),
]
