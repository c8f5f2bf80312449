from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "hemma.routing"
    label = "routing"
