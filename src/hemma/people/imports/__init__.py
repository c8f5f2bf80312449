"""Lists of people from outside: read, judged row by row, applied as a whole, undone as a whole."""
