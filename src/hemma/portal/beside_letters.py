"""What a complaint taught is told to its customer, and goes with what the customer wrote."""

from collections.abc import Sequence

from hemma.desk.beyond import Beyond, Told, register
from hemma.portal.models import Remark


def remark_told(one: Remark) -> dict[str, str]:
    """A customer's thanks or complaint as it is told, with what it taught."""
    return {"remark": one.kind, **({"lesson": one.lesson} if one.lesson else {})}


def _tell(message_ids: Sequence[int]) -> Told:
    rows = Remark.objects.filter(message__in=message_ids)
    return {one.message_id: remark_told(one) for one in rows}


def _empty(message_ids: Sequence[int]) -> None:
    # That there was a complaint, and when it was learned from, stays: it is counted.
    Remark.objects.filter(message__in=message_ids).update(lesson="")


register(Beyond("portal", _tell, _empty))
