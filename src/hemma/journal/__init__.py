"""Insert-only event log and outbox; partitions dropped by retention class."""
