"""Pages of mail: mailboxes, sorting, quarantine, how a case came, an answer taken back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemma.desk import actions, mail_words, queries, words
from hemma.desk.actions.sorting import Facts, matching
from hemma.desk.actions.trying import try_mailbox
from hemma.desk.mail_forms import LanguageForm, MailboxForm, RuleForm
from hemma.desk.mail_models import SortingRule
from hemma.desk.models import Mailbox
from hemma.desk.queries import setups, sorting
from hemma.desk.views.cases import me
from hemma.people.visibility import NotVisible, standing
from hemma.ui import toasts


@require_GET
def mailboxes(request: HttpRequest) -> HttpResponse:
    """Every mailbox, and how its connection is doing."""
    return render(request, "desk/mailboxes.html", {"mailboxes": setups.mailboxes(me(request))})


def mailbox(request: HttpRequest, mailbox_id: int = 0) -> HttpResponse:
    """Set up a mailbox, a new one or one that is there."""
    person = me(request)
    box = setups.mailbox_for(person, mailbox_id) if mailbox_id else None
    queues = setups.queues_to_feed(person)
    form = MailboxForm(request.POST or None, queues=queues, mailbox=box)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.change_mailbox(actor=person, mailbox=box or Mailbox(), **form.values())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            toasts.say(request, _("The mailbox is saved."))
            return redirect("desk:mailbox", saved.pk)
    status = 422 if form.is_bound else 200
    return render(request, "desk/mailbox.html", {"form": form, "box": box}, status=status)


@require_POST
def mailbox_try(request: HttpRequest, mailbox_id: int) -> HttpResponse:
    """Try both connections of a mailbox and say what the servers said."""
    person = me(request)
    box = setups.mailbox_for(person, mailbox_id)
    form = MailboxForm(queues=setups.queues_to_feed(person), mailbox=box)
    tried = try_mailbox(actor=person, mailbox=box)
    return render(request, "desk/mailbox.html", {"form": form, "box": box, "tried": tried})


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, with how many of last week's mails it would have taken."""
    person = me(request)
    found = sorting.rules(person)
    mails = sorting.last_weeks_mails(person)
    active = [one for one in found if one.is_active]
    hits: dict[int, int] = {}
    for mail in mails:
        rule = matching(active, _facts(mail))
        if rule is not None:
            hits[rule.pk] = hits.get(rule.pk, 0) + 1
    rows = [(one, hits.get(one.pk, 0), mail_words.priority(one.priority)) for one in found]
    return render(request, "desk/rules.html", {"rows": rows, "mails": len(mails)})


def rule(request: HttpRequest, sorting_id: int = 0) -> HttpResponse:
    """Write a rule; *Try it* shows what it would have done last week and saves nothing."""
    person = me(request)
    kept = sorting.rule_for(person, sorting_id) if sorting_id else SortingRule()
    boxes, queues = sorting.choices_for_rules(person)
    initial = _rule_initial(kept) if sorting_id else {}
    form = RuleForm(request.POST or None, mailboxes=boxes, queues=queues, initial=initial)
    context: dict[str, object] = {"form": form, "rule": kept if sorting_id else None}
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/rule.html", context, status=422 if form.is_bound else 200)
    if "try" in request.POST:
        context["tried"] = _dry_run(request, SortingRule(**form.cleaned_data))
        return render(request, "desk/rule.html", context)
    try:
        actions.save_rule(actor=person, rule=kept, **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
        return render(request, "desk/rule.html", context, status=422)
    toasts.say(request, _("The rule is saved. It sorts mails from now on."))
    return redirect("desk:rules")


@require_POST
def rule_delete(request: HttpRequest, sorting_id: int) -> HttpResponse:
    """Take a rule away."""
    actions.delete_rule(actor=me(request), rule_id=sorting_id)
    toasts.say(request, _("The rule is gone. Cases that it sorted stay where they are."))
    return redirect("desk:rules")


def _dry_run(request: HttpRequest, tried: SortingRule) -> dict[str, object]:
    mails = sorting.last_weeks_mails(me(request))
    hit = [mail for mail in mails if matching([tried], _facts(mail))]
    # Counts are for whoever sorts; what a mail says is for those who see its case.
    shown = [mail for mail in hit if mail.is_seen]
    return {"hit": shown[:100], "count": len(hit), "of": len(mails), "queue": tried.queue}


def _facts(mail: sorting.Tried) -> Facts:
    return Facts(mail.mailbox_id, mail.sender, mail.subject, mail.language)


def _rule_initial(rule: SortingRule) -> dict[str, object]:
    names = (
        "name", "order", "is_active", "mailbox", "sender", "subject", "language", "queue",
        "priority",
    )  # fmt: skip
    return {**{name: getattr(rule, name) for name in names}, "tags": ", ".join(rule.tags)}


@require_GET
def quarantine(request: HttpRequest) -> HttpResponse:
    """Mails that look like spam, for the team's leaders."""
    person = me(request)
    if not standing(person).led:
        raise NotVisible("desk.case", "mails")
    mails = [(one, words.why_spam(one.detail)) for one in queries.mails_in_quarantine(person)]
    return render(request, "desk/quarantine.html", {"mails": mails})


@require_POST
def release_from_quarantine(request: HttpRequest, raw_id: int) -> HttpResponse:
    """Make a case of a mail in quarantine, and remember that such mails are wanted."""
    person = me(request)
    actions.learn_wanted(actor=person, raw_id=raw_id)
    actions.take_in_again(actor=person, raw_id=raw_id)
    toasts.say(request, _("It is a case now. Mails like it will be let in."))
    return redirect("desk:quarantine")


@require_GET
def how_it_came(request: HttpRequest, number: int) -> HttpResponse:
    """Fragment beside a case: why a case of its own, language, rule, files withheld, invitations."""
    facts = sorting.mail_facts(me(request), number)
    arrival = facts.arrival
    context = {
        "case": facts.case,
        "arrival": arrival,
        "why": mail_words.why_new(arrival.why) if arrival else "",
        "priority": mail_words.priority(arrival.priority) if arrival and arrival.priority else "",
        "withheld": [
            (one, mail_words.why_withheld(one.reason, one.detail)) for one in facts.withheld
        ],
        "invitations": facts.invitations,
        "language_form": LanguageForm(initial={"language": arrival.language}, auto_id="id_case_%s")
        if arrival
        else None,
    }
    return render(request, "desk/how_it_came.html", context)


@require_POST
def language(request: HttpRequest, number: int) -> HttpResponse:
    """Correct the language that a case is in."""
    person = me(request)
    found = queries.case_for(person, number)
    form = LanguageForm(request.POST)
    if form.is_valid():
        actions.correct_language(actor=person, case=found, language=form.cleaned_data["language"])
        toasts.say(request, _("The language is corrected."))
    else:
        messages.info(request, _("Choose a language from the list."))
    return redirect("desk:case", number)


@require_POST
def call_spam(request: HttpRequest, number: int) -> HttpResponse:
    """Close a case as spam, and remember it."""
    person = me(request)
    actions.call_spam(actor=person, case=queries.case_for(person, number))
    toasts.say(request, _("The case is closed. Mails like it will wait in quarantine."))
    return redirect("desk:cases")


@require_POST
def take_back(request: HttpRequest, number: int, message_id: int) -> HttpResponse:
    """Take one's own answer back before it leaves; its words are in the form again."""
    person = me(request)
    found = queries.case_for(person, number)
    try:
        text = actions.take_back(actor=person, case=found, message_id=message_id)
    except actions.TooLate as refused:
        messages.info(request, " ".join(refused.messages))
    else:
        actions.keep_draft(actor=person, case=found, text=text)
        messages.info(request, _("Nothing was sent. Your words are here again."))
    return redirect("desk:case", number)
