"""What decides and computes: plain Python over frozen dataclasses.

Nothing in here knows Django, a clock, the environment or global randomness. Facts come in as
values, decisions go out as codes and numbers; the rooms load the facts, store the outcome and put
it into words. That is why the same code can serve the live system, a replay and a simulation.

- `core.grid`: stretches of time and a grid of slots that stays right over clock changes
- `core.routing`: facts in, one decision with reasons out for every waiting contact
- `core.rules`: a person's timeline in, flags that name their paragraph out
- `core.disclosure`: a table of groups in, a table that may be shown out

The packages do not import each other; all of them may import `core.grid`.
"""
