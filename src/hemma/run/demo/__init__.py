"""The demo: a small company that lives. A mail server, customers who write, colleagues who answer.

Everything happens from outside, by SMTP, IMAP and HTTP, as it would in a real company; only the
company itself (people, teams, shifts, mailboxes) is set up through the rooms' own actions.
"""
