"""Handling time and patience: what a contact takes, and how long a customer waits for it."""

import numpy as np

from hemma.core.forecast.history import Floats, Whole

_MEMORY_DAYS = 28.0
_PRIOR_CONTACTS = 200.0


def mean_handling_s(
    handling_s: Floats, contacts: Floats, day_numbers: Whole, labels: Whole
) -> Floats:
    """(labels in order of their numbers,) expected handling time by time of day.

    All inputs (observations,): mean handling time, how many contacts it is the mean of, the day, and
    the label of the day. Old days fade; a time of day with few contacts is drawn to the mean of all,
    as if 200 contacts more had been seen there.
    """
    weight = contacts * 0.5 ** ((day_numbers.max() - day_numbers) / _MEMORY_DAYS)
    if weight.sum() <= 0:
        raise ValueError("handling time: no contacts to learn from")
    middle = float(np.average(handling_s, weights=weight))
    names, place = np.unique(labels, return_inverse=True)
    seen = np.bincount(place, weight, minlength=names.size)
    total = np.bincount(place, weight * handling_s, minlength=names.size)
    return np.asarray((total + _PRIOR_CONTACTS * middle) / (seen + _PRIOR_CONTACTS))


def mean_patience_s(waited_s: Floats, gave_up: Floats) -> float:
    """Mean time until a customer gives up, from waits (contacts,) of all, answered or not.

    Those who were answered would have waited longer: all waiting over the number who gave up, the
    maximum-likelihood estimate for exponential patience. `inf` when nobody gave up.
    """
    lost = float(np.sum(gave_up))
    return float(np.sum(waited_s)) / lost if lost > 0 else float("inf")
