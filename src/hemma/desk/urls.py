from django.urls import path

from hemma.desk import mail_views, views

app_name = "desk"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("list/", views.case_list, name="list"),
    path("mine/", views.my_cases, name="my_cases"),
    path("queues/", views.queue_health, name="queue_health"),
    path("set-aside/", views.set_aside, name="set_aside"),
    path("set-aside/<int:raw_id>/again/", views.take_in_again, name="take_in_again"),
    path("files/<int:attachment_id>/", views.attachment, name="attachment"),
    path("<int:number>/", views.case, name="case"),
    path("<int:number>/now/", views.case_now, name="case_now"),
    path("<int:number>/answer/", views.answer, name="answer"),
    path("<int:number>/take/", views.take, name="take"),
    path("<int:number>/release/", views.release, name="release"),
    path("<int:number>/hand-over/", views.hand_over, name="hand_over"),
    path("<int:number>/came/", mail_views.how_it_came, name="how_it_came"),
    path("<int:number>/language/", mail_views.language, name="language"),
    path("<int:number>/spam/", mail_views.call_spam, name="call_spam"),
    path("<int:number>/answer/<int:message_id>/back/", mail_views.take_back, name="take_back"),
    path("mailboxes/", mail_views.mailboxes, name="mailboxes"),
    path("mailboxes/new/", mail_views.mailbox, name="mailbox_new"),
    path("mailboxes/<int:mailbox_id>/", mail_views.mailbox, name="mailbox"),
    path("mailboxes/<int:mailbox_id>/try/", mail_views.mailbox_try, name="mailbox_try"),
    path("sorting/", mail_views.rules, name="rules"),
    path("sorting/new/", mail_views.rule, name="rule_new"),
    path("sorting/<int:rule_id>/", mail_views.rule, name="rule"),
    path("sorting/<int:rule_id>/delete/", mail_views.rule_delete, name="rule_delete"),
    path("quarantine/", mail_views.quarantine, name="quarantine"),
    path(
        "quarantine/<int:raw_id>/release/",
        mail_views.release_from_quarantine,
        name="release_from_quarantine",
    ),
]
