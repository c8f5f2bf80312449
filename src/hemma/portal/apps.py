from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "hemma.portal"
    label = "portal"
