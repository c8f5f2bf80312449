"""The queue summed state by state, as slowly and plainly as possible."""

import numpy as np


def by_states(per_s, handling_s, patience_s, people, within_s):
    """Within, waits, gives up, mean wait, occupancy from the birth–death distribution."""
    top = int(people + 60 * np.sqrt(people + 1) + 8 * per_s * min(patience_s, 4000) + 400)
    if np.isinf(patience_s):
        top = int(people + 40 / max(1e-3, 1 - per_s * handling_s / people))
    state = np.arange(top + 1)
    leave = np.minimum(state, people) / handling_s + np.maximum(state - people, 0) / patience_s
    steps = np.log(per_s) - np.log(leave[1:])
    share = np.exp(np.concatenate([[0.0], np.cumsum(steps)]) - np.max(np.cumsum(steps)))
    share /= share.sum()
    line = np.maximum(state - people, 0)
    waits = share[people:].sum()
    gives_up = (share * line).sum() / patience_s / per_s
    within = (
        1
        - waits
        + sum(
            share[people + ahead]
            * served_in_time(people / handling_s, 1 / patience_s, ahead, within_s)
            for ahead in range(top - people)
            if share[people + ahead] > 1e-13
        )
    )
    busy = (share * np.minimum(state, people)).sum() / people
    return within, waits, gives_up, (share * line).sum() / per_s, busy


def served_in_time(rate, give_up, ahead, within_s):
    """P(served within the time, not given up) with so many ahead: the steps' own equations.

    The one who waits leaves the line by giving up at `give_up`, moves up at `rate` plus what those
    ahead give up. Integrated by small steps over the places in the line.
    """
    if ahead > 400:
        return 0.0
    from scipy.linalg import expm

    places = ahead + 1
    moves = np.zeros((places + 1, places + 1))  # state k: k people ahead; last state: served
    for k in range(places):
        to = k - 1 if k else places
        moves[k, to] += rate + k * give_up
        moves[k, k] -= rate + (k + 1) * give_up
    return expm(moves * within_s)[ahead, places]
