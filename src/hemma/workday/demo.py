"""The demo's working-time record: the last two weeks, as the plan had them but for a few minutes."""

from datetime import timedelta

from hemma.people.demo import DemoCompany
from hemma.planning.models import ActivityKind, Shift
from hemma.workday.demo_breaks import load_breaks
from hemma.workday.models import ReachWay, Way, Worked, WorkedRast

BACK, MANY = timedelta(days=14), 200
# Minutes by which a day ended after the plan, by turns: most people go home in time.
LATER = (0, 0, 4, 0, 0, 9, 0)
AGREED = ((Way.URGENT, 5), (Way.WORD, 120), (Way.MAIL, 480))


def load(company: DemoCompany) -> None:
    """Stretches for the shifts that are over, and an agreement for each team; once."""
    load_breaks(company)
    if Worked.objects.exists():
        return
    shifts = Shift.objects.filter(
        person__in=company.everyone[:MANY],
        ends_at__lt=company.now - timedelta(hours=1),
        starts_at__gt=company.now - BACK,
    ).prefetch_related("activities")
    rows, rasts = [], []
    for number, shift in enumerate(shifts.order_by("starts_at", "person")):
        row = Worked(
            person_id=shift.person_id,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at + timedelta(minutes=LATER[number % len(LATER)]),
            place_type=shift.place_type,
        )
        rows.append(row)
        rasts += [
            WorkedRast(worked=row, starts_at=one.starts_at, ends_at=one.ends_at)
            for one in shift.activities.all()
            if one.kind == ActivityKind.RAST
        ]
    Worked.objects.bulk_create(rows)
    WorkedRast.objects.bulk_create(rasts)
    ReachWay.objects.bulk_create(
        ReachWay(team=unit.team, way=way, answer_within_min=minutes, agreed_at=company.now)
        for unit in company.units
        for way, minutes in AGREED
    )
