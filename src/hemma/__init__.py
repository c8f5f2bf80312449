"""Hemma: customer service from anywhere."""

__version__ = "0.1.0"
