"""What will come: contacts per slot for any number of queues, with bands and with their backtest.

`forecast(History, days)` is the whole interface. Nothing is returned without what the same way of
forecasting did in the past, and without what was found there.
"""

from hemma.core.forecast.backtest import Backtest, Score
from hemma.core.forecast.calendar import public_holidays
from hemma.core.forecast.cleaning import Finding, FindingKind
from hemma.core.forecast.forecasting import Forecast, QueueForecast, forecast, updated
from hemma.core.forecast.history import Event, History, TooLittle

__all__ = [
    "Backtest",
    "Event",
    "Finding",
    "FindingKind",
    "Forecast",
    "History",
    "QueueForecast",
    "Score",
    "TooLittle",
    "forecast",
    "public_holidays",
    "updated",
]
