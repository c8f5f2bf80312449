"""What a complaint taught is told to its customer, and goes with what the customer wrote."""

from collections.abc import Sequence

from hemma.desk.beyond import Beyond, Told, register
from hemma.portal.models import Remark


def _tell(message_ids: Sequence[int]) -> Told:
    rows = Remark.objects.filter(message__in=message_ids)
    return {
        one.message_id: {"remark": one.kind, **({"lesson": one.lesson} if one.lesson else {})}
        for one in rows
    }


def _empty(message_ids: Sequence[int]) -> None:
    # That there was a complaint, and when it was learned from, stays: it is counted.
    Remark.objects.filter(message__in=message_ids).update(lesson="")


register(Beyond("portal", _tell, _empty))
