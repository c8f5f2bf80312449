"""Where one connects one's own chat, so that it says when one has gone home."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hemma.ui.toasts import say
from hemma.workday import actions, queries
from hemma.workday.chat_forms import ChatForm
from hemma.workday.views.day import me
from hemma.workday.words import chat_trouble


@require_http_methods(["GET", "POST"])
@never_cache
def chat(request: HttpRequest) -> HttpResponse:
    """One's chat: what it is told, whether that went well, or the form to connect one."""
    person = me(request)
    form = ChatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.connect_chat(actor=person, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            say(request, _("Connected. Your chat says when you have gone home."))
            return redirect("workday:chat")
    return chat_page(request, form)


def chat_page(request: HttpRequest, form: ChatForm, light_link: str = "") -> HttpResponse:
    """The page with one's chat and the light for one's household; `light_link`: just made."""
    person = me(request)
    link = queries.chat_of(person)
    context = {
        "form": form,
        "link": link,
        "light": queries.light_of(person),
        "light_link": light_link,
        "trouble": chat_trouble(link.problem) if link and link.problem else "",
    }
    return render(request, "workday/chat.html", context, status=422 if form.errors else 200)


@require_POST
def try_chat(request: HttpRequest) -> HttpResponse:
    """Tell it now what holds now."""
    if actions.try_chat(actor=me(request)):
        say(request, _("Your chat is told now. Look there, and here again in a moment."))
    return redirect("workday:chat")


@require_POST
def end_chat(request: HttpRequest) -> HttpResponse:
    """It is told nothing more."""
    actions.end_chat(actor=me(request))
    say(request, _("Disconnected, and the key is gone. What your chat says now you change there."))
    return redirect("workday:chat")
