"""Forecast, need and simulation from the command line. Only `options` may be imported lightly."""
