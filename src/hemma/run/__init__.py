"""Composition: commands, the process tree, the embedded database, backup. Nobody imports it."""
