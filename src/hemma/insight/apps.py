from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "hemma.insight"
    label = "insight"
