"""`hemma effects FILE`: what a change did, from a table of one row per person and period."""
