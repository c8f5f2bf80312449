from django.apps import AppConfig


class WorkdayConfig(AppConfig):
    name = "hemma.workday"
    label = "workday"
