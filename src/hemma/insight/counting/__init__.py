"""Making the figures: in the worker alone, since arrays are heavy. What comes out has passed the gate."""
