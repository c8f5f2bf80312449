from django.urls import path, register_converter
from django.urls.converters import StringConverter

from hemma.portal import views


class SpokenConverter(StringConverter):
    """The languages of customers' pages."""

    regex = "sv|nb|en|es"


register_converter(SpokenConverter, "spoken")

app_name = "portal"
OWN = "help/<spoken:lang>/case/<int:number>/<slug:code>/"
urlpatterns = [
    path("help/", views.begin, name="begin"),
    path("help/<spoken:lang>/", views.start, name="start"),
    path("help/<spoken:lang>/access/", views.access, name="access"),
    path("help/<spoken:lang>/case/", views.find, name="find"),
    path("help/<spoken:lang>/to/<slug:slug>/", views.write, name="write"),
    path(OWN, views.own, name="own"),
    path(f"{OWN}more/", views.more, name="more"),
    path(f"{OWN}call/", views.call, name="call"),
    path(f"{OWN}say/", views.say, name="say"),
    path(f"{OWN}answer/", views.rate, name="rate"),
    path("programme/", views.programme, name="programme"),
    path("programme/copy/", views.own_copy, name="own_copy"),
    path("programme/copy/here/", views.have_copy, name="have_copy"),
    path("clients/", views.clients, name="clients"),
    path("clients/<int:programme_id>/", views.leaving, name="leaving"),
    path("clients/<int:programme_id>/begin/", views.begin_exit, name="begin_exit"),
    path("clients/<int:programme_id>/call-off/", views.call_off_exit, name="call_off_exit"),
    path("clients/<int:programme_id>/end/", views.end_exit, name="end_exit"),
    path("clients/<int:programme_id>/report/", views.deletion_report, name="deletion_report"),
    path("customer-forms/", views.forms_list, name="forms"),
    path("customer-forms/new/", views.form, name="form_new"),
    path("customer-forms/<int:contact_form_id>/", views.form, name="form"),
    path("customer-forms/beside/<int:number>/", views.beside, name="beside"),
    path("customer-forms/complaints/", views.complaints, name="complaints"),
    path("customer-forms/complaints/<int:message_id>/", views.learn, name="learn"),
    path("customer-forms/contentment/", views.contentment, name="contentment"),
]
