"""Whom to talk to when it is heavy. Opening it leaves no trace, of anybody."""
