from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "hemma.journal"
    label = "journal"
