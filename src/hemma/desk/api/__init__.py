"""The API for other programs: what it shows, and how it is described."""
