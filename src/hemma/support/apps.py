from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "hemma.support"
    label = "support"
