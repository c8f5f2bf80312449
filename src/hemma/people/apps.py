from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hemma.people"
    label = "people"

    def ready(self) -> None:
        from hemma.people import organisation_kinds, own_kinds  # noqa: F401  fill the registry
