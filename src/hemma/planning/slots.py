"""Where the planning room shows itself in the frame."""

from django.utils.translation import gettext_lazy as _

from hemma.planning.visibility import asks_law
from hemma.ui import nav

nav.register(_("What the law says"), "planning:law", order=70, allowed=asks_law)
