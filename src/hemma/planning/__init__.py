"""The schedule: shifts and the activities inside them."""
