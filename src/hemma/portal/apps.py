from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "hemma.portal"
    label = "portal"

    def ready(self) -> None:
        from hemma.portal import beside_letters  # noqa: F401  tells the desk what it adds
