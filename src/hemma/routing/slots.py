"""Where routing shows itself on other rooms' pages."""

from hemma.ui import slots

slots.register("my_day.next", "routing:my_offer", order=10)
slots.register("case.why", "routing:why", order=10)
