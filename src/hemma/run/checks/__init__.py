"""`./hemma check`: everything the project asks of its own files, in one command.

    python -m hemma.run.checks      one line a check, the whole output of those that fail

Works in a source checkout only: the wheel carries neither tests nor templates' sources to judge.
"""
