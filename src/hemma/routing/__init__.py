"""Offers: who is asked to take what, and why."""
