"""Signing in and finding one's first page."""

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from hemma.people import queries
from hemma.people.models import Person, Role
from hemma.people.system import SYSTEM
from hemma.people.visibility import has_role
from hemma.ui import nav


@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """Everyone's first page: the first place in the menu that is theirs."""
    if not isinstance(request.user, Person):
        return redirect("account_login")
    if has_role(request.user, Role.ADMINISTRATOR) and queries.set_up(request.user) is not None:
        return redirect("people:set_up")
    mine = (entry.url_name for entry in nav.menu if entry.allowed(request.user))
    return redirect(next(mine, "people:visibility"))


def second_step_needed(request: HttpRequest) -> HttpResponse:
    """Who holds a role that needs a second proof, and has none yet."""
    return render(request, "people/second_step_needed.html")


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """Password sign-in; in the demo also one door a role."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context: dict[str, object] = super().get_context_data(**kwargs)
        context["doors"] = queries.demo_doors(SYSTEM) if settings.DEMO else []
        context["empty"] = queries.nobody_is_here(SYSTEM)
        context["company"], context["company_name"] = bool(settings.OIDC_URL), settings.OIDC_NAME
        return context


@login_not_required
@require_POST
def demo_enter(request: HttpRequest, person_id: int) -> HttpResponse:
    """Step in as one of the demo's people. Does not exist outside the demo."""
    if not settings.DEMO:
        raise Http404
    person = next((one for one, _ in queries.demo_doors(SYSTEM) if one.pk == person_id), None)
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("start")
