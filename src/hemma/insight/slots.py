"""Where group figures are found."""

from django.utils.translation import gettext_lazy as _

from hemma.insight.visibility import sees_groups
from hemma.ui import nav

nav.register(_("Evaluation"), "insight:home", order=82, allowed=sees_groups)
