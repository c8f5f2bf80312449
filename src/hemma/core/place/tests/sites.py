"""Sites of any size, drawn by chance."""

import numpy as np

from hemma.core.place import Prices, Site


def site(seed, people, weeks=1, teams=2, working=0.7, seats=0.5, days=7):
    """`days`: how many of each week anybody works."""
    chance = np.random.default_rng(seed)
    shape = (people, 7 * weeks)
    works = (chance.random(shape) < working) & (np.arange(shape[1]) % 7 < days)[None]
    may = chance.random((people, 1)) < 0.85
    may_home = np.broadcast_to(may, shape) & (chance.random(shape) < 0.95)
    fixed = may_home & (chance.random(shape) < 0.1)
    most = chance.integers(0, 5, (people, weeks))
    least = np.minimum(most, chance.integers(0, 3, (people, weeks)))
    return Site(
        works, may_home, fixed, chance.choice([0.0, 0.0, 0.5, -1.0], shape), least, most,
        (least + most) / 2, chance.integers(-1, teams, people), chance.random(people) < 0.1,
        chance.choice([0.0, 0.0, 2.0], people), np.full(shape[1], int(people * seats)), Prices(),
    )  # fmt: skip
