"""Which notices one wants, in which way, and the browsers that show them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemma.notices import actions, queries, usual
from hemma.notices.forms import FIELDS, ChoiceForm, DeviceForm, HabitForm
from hemma.notices.models import Sort, Way
from hemma.notices.views.reading import me
from hemma.people import devices
from hemma.people.system import SYSTEM
from hemma.workday import queries as workday


@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """The table of kinds and ways, how closely bundled, and this person's browsers."""
    return _page(request)


def _page(request: HttpRequest, habit: HabitForm | None = None) -> HttpResponse:
    person = me(request)
    chosen = queries.my_choices(person)
    rows = [(sort, [_cell(sort, way, chosen[way]) for way in Way]) for sort in Sort]
    reach = workday.reach(person, person)
    context = {
        "ways": list(Way),
        "rows": rows,
        "habit": habit or HabitForm(instance=queries.habit_of(person, person)),
        "hour": queries.budget_of(person),
        "devices": queries.my_devices(person),
        "key": queries.push_key(SYSTEM),
        "can_try": reach.state is workday.State.HERE,
    }
    status = 422 if habit is not None else 200
    return render(request, "notices/settings.html", context, status=status)


def _cell(sort: Sort, way: Way, chosen: set[str]) -> dict[str, object]:
    """What stands in the table: a box, or a word for what cannot be chosen."""
    return {
        "way": way,
        "field": FIELDS[way],
        "always": (sort.value, way.value) in usual.ALWAYS,
        "never": (sort.value, way.value) in usual.IMPOSSIBLE,
        "on": sort.value in chosen,
    }


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Which kinds one wants."""
    form = ChoiceForm(request.POST)
    if form.is_valid():
        for way, wanted in form.chosen().items():
            actions.choose(actor=me(request), wanted=wanted, way=way)
        messages.success(request, _("Kept. You can change it whenever you like."))
    return redirect("notices:settings")


@require_POST
def set_habit(request: HttpRequest) -> HttpResponse:
    """How closely one is told, and when by mail."""
    person = me(request)
    form = HabitForm(request.POST, instance=queries.habit_of(person, person))
    if not form.is_valid():
        return _page(request, form)
    said = form.cleaned_data
    actions.set_habit(
        actor=person,
        push_every=said["push_every"],
        says_who=said["says_who"],
        mail_at=said["mail_at"],
        most_an_hour=said["most_an_hour"],
        base=request.build_absolute_uri("/"),
    )
    messages.success(request, _("Kept. You can change it whenever you like."))
    return redirect("notices:settings")


@require_POST
def add_device(request: HttpRequest) -> HttpResponse:
    """This browser shows notices from now on."""
    form = DeviceForm(request.POST)
    name = devices.describe(request.headers.get("User-Agent", "")) or _("A browser")
    if not form.is_valid():
        return HttpResponse(status=422)
    try:
        actions.add_device(actor=me(request), name=name, **form.cleaned_data)
    except ValidationError:
        return HttpResponse(status=422)
    return HttpResponse(status=204)


@require_POST
def remove_device(request: HttpRequest, device_id: int) -> HttpResponse:
    """That browser shows no more."""
    actions.remove_device(actor=me(request), device_id=device_id)
    messages.success(request, _("That browser shows no notices any more."))
    return redirect("notices:settings")


@require_POST
def try_devices(request: HttpRequest) -> HttpResponse:
    """A notice to see how it looks: through the same border as all others."""
    person = me(request)
    if workday.reach(person, person).state is not workday.State.HERE:
        messages.info(
            request,
            _(
                "You are not in your hours, or at rest: nothing comes to you now. Try it while you work."
            ),
        )
    elif actions.try_devices(actor=person):
        messages.success(request, _("It is on its way. It may take a few seconds."))
    else:
        messages.info(request, _("No browser of yours shows notices yet."))
    return redirect("notices:settings")
