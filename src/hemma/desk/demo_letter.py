"""The shape of a letter in the demo."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """One matter: what the customer writes, a fitting answer, and what may come back.

    `{me}` is the customer's first name, `{n}` a number of the customer's own.
    """

    trade: str
    language: str
    subject: str
    text: str
    answer: str
    follow_up: str = ""
