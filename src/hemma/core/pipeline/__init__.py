"""What alone may join the others: forecast → need → simulation, and the live policy in a simulation."""
