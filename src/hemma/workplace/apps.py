from django.apps import AppConfig


class WorkplaceConfig(AppConfig):
    name = "hemma.workplace"
    label = "workplace"
