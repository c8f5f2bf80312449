"""How someone signs in, and where they are signed in. Only ever about the asker themselves."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from hemma.lib import clock
from hemma.people.models import Person, Session
from hemma.people.visibility import Asker, NotVisible, reads, visible_people

# With fewer codes left it is time for new ones.
FEW_CODES = 3


@dataclass(frozen=True, slots=True)
class Strength:
    """What a person proves with that it is them. `codes_left` None: no recovery codes were made."""

    password: bool
    totp: bool
    codes_left: int | None

    @property
    def few_codes(self) -> bool:
        return self.codes_left is not None and self.codes_left <= FEW_CODES


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey or security key, as the page shows it."""

    pk: int
    name: str
    since: datetime
    used: datetime | None


@reads("people.sign_in")
def strength(asker: Asker) -> Strength:
    """How strongly `asker` signs in."""
    if not isinstance(asker, Person):
        return Strength(password=False, totp=False, codes_left=None)
    rows = {
        row.type: row
        for row in Authenticator.objects.filter(user=asker).exclude(
            type=Authenticator.Type.WEBAUTHN
        )
    }
    codes = rows.get(Authenticator.Type.RECOVERY_CODES)
    return Strength(
        password=asker.has_usable_password(),
        totp=Authenticator.Type.TOTP in rows,
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
    )


@reads("people.sign_in")
def my_passkeys(asker: Asker) -> list[Passkey]:
    """The passkeys of `asker`, oldest first."""
    if not isinstance(asker, Person):
        return []
    rows = Authenticator.objects.filter(user=asker, type=Authenticator.Type.WEBAUTHN)
    return [
        Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at)
        for row in rows.order_by("pk")
    ]


@reads("people.sign_in")
def my_sessions(asker: Asker) -> list[Session]:
    """Where `asker` is signed in now, last used first."""
    if not isinstance(asker, Person):
        return []
    rows = Session.objects.filter(person=asker, expire_date__gt=clock.now())
    return list(rows.defer("session_data").order_by("-last_seen", "number"))


@reads("people.sign_in")
def my_authenticator(asker: Asker, kind: str, number: int | None = None) -> Authenticator:
    """The proof of `asker` of this kind: `totp`, `recovery_codes` or `webauthn` (with its number).

    Raises NotVisible when it is not there or somebody else's.
    """
    rows = Authenticator.objects.filter(type=kind)
    if number is not None:
        rows = rows.filter(pk=number)
    row = rows.filter(user=asker).first() if isinstance(asker, Person) else None
    if row is None:
        raise NotVisible("people.sign_in", f"{kind}:{number or ''}")
    return row


@reads("people.account")
def person_by_email(asker: Asker, email: str) -> Person | None:
    """Who signs in with `email`, as far as `asker` may know them."""
    return visible_people(asker, "people.account").filter(email__iexact=email.strip()).first()


@reads("people.sign_in")
def has_second_step(asker: Asker) -> bool:
    """Whether `asker` can prove with more than a password that it is them."""
    strong = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    rows = Authenticator.objects.filter(type__in=strong)
    return isinstance(asker, Person) and rows.filter(user=asker).exists()
