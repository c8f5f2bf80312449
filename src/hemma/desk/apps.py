from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "hemma.desk"
    label = "desk"
