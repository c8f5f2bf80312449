"""Customers, cases, messages; mail in and out."""
