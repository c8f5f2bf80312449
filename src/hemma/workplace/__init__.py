"""A look around where one works, for oneself alone. The room of kit and access is still to come."""
