"""The one place that sends to a person: through the border of their working hours."""
