"""The house's rules as plain functions over a source tree: each returns one line a fault.

They take the tree as an argument, so that a planted fault can prove that each of them bites.
"""
