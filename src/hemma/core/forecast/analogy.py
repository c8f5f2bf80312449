"""A new queue, after one that is known."""

from dataclasses import replace

import numpy as np

from hemma.core.forecast.forecasting import QueueForecast
from hemma.core.forecast.history import Floats
from hemma.core.forecast.spread import fit_spread

_UNSURE = 0.3


def by_analogy(
    model: QueueForecast, name: str, share: float, unsure: float = _UNSURE
) -> QueueForecast:
    """The forecast of a new queue that is expected to get `share` times the contacts of `model`.

    The bands are as wide as chance and an uncertainty of the share (`unsure`, 0.3: 30 %) make them;
    the backtest stays that of the model queue, and `analogy` names it, so that nobody takes this for
    a forecast from the queue's own past.
    """
    if share <= 0 or unsure < 0:
        raise ValueError("share: above 0; unsure: 0 or more")
    expected = model.expected * share
    plain = fit_spread(np.array([]), np.array([]))
    wide = replace(plain, common=unsure)
    return replace(
        model,
        queue=name,
        expected=expected,
        quantiles=wide.quantiles(expected),
        analogy=model.queue,
    )


def share_from_first_days(
    came: Floats, model_expected: Floats, guess: float, days_worth: float = 2.0
) -> float:
    """The share after some days: `came` and `model_expected` (slots,) of those days, `nan` unknown.

    The guess counts as much as `days_worth` days of contacts.
    """
    known = ~np.isnan(came)
    hoped = float(model_expected[known].sum())
    a_day = hoped / max(1.0, known.sum() / 96)
    return float((np.nansum(came) + guess * days_worth * a_day) / (hoped + days_worth * a_day))
