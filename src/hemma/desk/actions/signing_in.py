"""Signing in to mailboxes: an access token where OAuth 2 is used, kept until it runs out."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from hemma.desk.mail_models import MailboxSetup
from hemma.desk.models import Mailbox
from hemma.lib import clock, sealing
from hemma.lib.mail import oauth
from hemma.lib.mail.imap import ImapServer
from hemma.lib.mail.smtp import Security, SmtpServer
from hemma.people.system import SYSTEM, System

EARLY = timedelta(minutes=2)


def setup_of(box: Mailbox) -> MailboxSetup | None:
    """The mailbox's setup, if anything was ever set."""
    return MailboxSetup.objects.filter(mailbox=box.pk).first()


def imap_server(box: Mailbox) -> ImapServer:
    """How to reach a mailbox by IMAP. Raises sealing.Unreadable."""
    setup = setup_of(box)
    token = _token_source(box.pk) if _uses_oauth(setup) else None
    return ImapServer(
        host=box.imap_host,
        port=box.imap_port,
        user=box.user or box.address,
        password="" if token else sealing.unseal(box.sealed_password),
        security=Security(box.imap_security),
        token=token,
    )


def smtp_server(box: Mailbox) -> SmtpServer:
    """How to hand mail in. Raises sealing.Unreadable, oauth.Refused, oauth.Unreachable."""
    if _uses_oauth(setup_of(box)):
        user, password, token = box.user or box.address, "", access_token(mailbox_id=box.pk)
    else:
        password, token = sealing.unseal(box.sealed_password), ""
        user = (box.user or box.address) if password else ""
    return SmtpServer(
        host=box.smtp_host,
        port=box.smtp_port,
        security=Security(box.smtp_security),
        user=user,
        password=password,
        token=token,
    )


def _uses_oauth(setup: MailboxSetup | None) -> bool:
    return setup is not None and setup.sign_in == MailboxSetup.SignIn.OAUTH2


def _token_source(mailbox_id: int) -> Callable[[], str]:
    def token() -> str:
        try:
            return access_token(mailbox_id=mailbox_id)
        except (oauth.Refused, ValueError) as failure:
            # For the watcher this is a connection that can't be made now: tried again with pauses.
            raise PermissionError(f"sign-in refused: {failure}") from failure

    return token


@transaction.atomic
def access_token(*, actor: System = SYSTEM, mailbox_id: int) -> str:
    """A token that is good for at least two minutes more; asked anew when the last one is not.

    Raises oauth.Refused, oauth.Unreachable, ValueError, sealing.Unreadable. The row is locked, so
    two processes never use one refresh token up against each other.
    """
    del actor
    setup = MailboxSetup.objects.select_for_update().get(mailbox=mailbox_id)
    now = clock.now()
    if setup.access_until and setup.access_until - EARLY > now and setup.sealed_access_token:
        return sealing.unseal(setup.sealed_access_token)
    tokens = oauth.refresh(
        oauth.Grant(
            token_url=setup.token_url,
            client_id=setup.client_id,
            client_secret=sealing.unseal(setup.sealed_client_secret),
            refresh_token=sealing.unseal(setup.sealed_refresh_token),
            scope=setup.scope,
        )
    )
    setup.sealed_access_token = sealing.seal(tokens.access_token)
    setup.access_until = now + timedelta(seconds=tokens.lives_s)
    if tokens.refresh_token:  # they rotate: the old one is void from now on
        setup.sealed_refresh_token = sealing.seal(tokens.refresh_token)
    setup.save(update_fields=["sealed_access_token", "access_until", "sealed_refresh_token"])
    return tokens.access_token
