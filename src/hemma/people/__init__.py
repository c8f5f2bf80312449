"""Accounts, teams, sites, skills, roles, the access log and the who-sees-what registry."""
