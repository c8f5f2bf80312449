"""Rules about the tables as Django knows them."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Model


def upward_keys(models: Iterable[type[Model]], order: Sequence[str]) -> Iterator[str]:
    """Foreign keys point down the order of the rooms (`order`: top first), or stay in the room."""
    height = {room: -number for number, room in enumerate(order)}
    for model in models:
        room = model._meta.app_label
        if room not in height:
            continue
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            target = field.related_model
            if target is None or isinstance(target, str):
                continue
            other = target._meta.app_label
            if other in height and height[other] > height[room]:
                yield f"{model._meta.label}.{field.name} points up to {target._meta.label}"
            elif other in height and other != room and height[other] == height[room]:
                yield f"{model._meta.label}.{field.name} points sideways to {target._meta.label}"
