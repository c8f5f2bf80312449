from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "hemma.notices"
    label = "notices"
