from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "hemma.planning"
    label = "planning"
