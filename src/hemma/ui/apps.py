"""The frame every page stands in. No tables of its own."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UiConfig(AppConfig):
    """Loads what the rooms hang into the frame, once all of them are there."""

    name = "hemma.ui"
    label = "ui"

    def ready(self) -> None:
        # By the time any ready() runs, every app is imported and its models are loaded,
        # so a room's module may import its own models and views here.
        autodiscover_modules("visibility", "slots", "topics")
