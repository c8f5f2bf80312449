"""Mode, my day, the team right now."""
