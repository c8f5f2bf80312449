"""What to try next when a mail server does not let us in: its own words made into advice."""

from django.utils.translation import gettext as _

_REFUSED = ("authenticat", "login failed", "invalid credentials", "535", "badcredentials")
_SILENT = ("timeout", "timed out", "refused", "unreachable", "reset")
_UNKNOWN = ("gaierror", "name or service", "nodename", "name resolution")


def advice(words: str, *, port: int, usual: int, host: str) -> str:
    """One sentence on what to try, for `words` of a failed connection to `host` at `port`.

    `usual` is the port that most servers of this sort use.
    """
    said = words.lower()
    if any(sign in said for sign in _UNKNOWN):
        return _("There is no server called %(host)s. Look in another mail program's settings.") % {
            "host": host
        }
    if any(sign in said for sign in _REFUSED):
        return _(
            "The server knows its users, but not this name with this password. Many providers want"
            " an app key instead of the password."
        )
    if "certificate" in said:
        return _("Its certificate does not fit its name. Is %(host)s the name it should have?") % {
            "host": host
        }
    if "ssl" in said or "tls" in said:
        return _("It does not speak that way on port %(port)d. Most use %(usual)d. Try that.") % {
            "port": port,
            "usual": usual,
        }
    if any(sign in said for sign in _SILENT) and port != usual:
        return _("It does not answer on port %(port)d. Most use %(usual)d. Try that.") % {
            "port": port,
            "usual": usual,
        }
    return _("Ask whoever looks after your mail for the server's name and port.")
