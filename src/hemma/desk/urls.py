from django.urls import path

from hemma.desk import views

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
]
