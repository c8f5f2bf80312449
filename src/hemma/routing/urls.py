from django.urls import path

from hemma.routing import overtime_views, rule_views, views

app_name = "routing"
urlpatterns = [
    path("offer/", views.my_offer, name="my_offer"),
    path("offer/<int:offer_id>/accept/", views.accept, name="accept"),
    path("offer/<int:offer_id>/decline/", views.decline, name="decline"),
    path("limit/", views.my_limit, name="my_limit"),
    path("limit/set/", views.set_limit, name="set_limit"),
    path("unplaced/", views.unplaced, name="unplaced"),
    path("how/", views.how, name="how"),
    path("rules/", rule_views.rules, name="rules"),
    path("rules/<int:queue_id>/", rule_views.queue_rules, name="queue_rules"),
    path("rules/<int:queue_id>/on-call/", rule_views.put_on_call, name="put_on_call"),
    path(
        "rules/<int:queue_id>/on-call/<int:on_call_id>/end/", rule_views.off_call, name="off_call"
    ),
    path("rules/<int:queue_id>/back/", rule_views.go_back, name="go_back"),
    path("replay/<int:replay_id>/", rule_views.replay, name="replay"),
    path("replay/<int:replay_id>/now/", rule_views.replay_now, name="replay_now"),
    path("replay/<int:replay_id>/stop/", rule_views.stop, name="stop"),
    path("replay/<int:replay_id>/switch-on/", rule_views.switch_on, name="switch_on"),
    path("overtime/", overtime_views.mine, name="overtime"),
    path("overtime/people/", overtime_views.people, name="overtime_people"),
    path("overtime/people/<int:person_id>/", overtime_views.of_person, name="overtime_of"),
    path("overtime/people/<int:person_id>/file/", overtime_views.file, name="overtime_file"),
    path("why/<int:number>/", views.why, name="why"),
]
