"""Few clusters: written out by the definition, and the promise of the interval kept."""

import numpy as np
import pytest

from hemma.core.effects import CannotEstimate, Why, fit, fit_by_clusters, fit_few, panel


def data(seed, clusters=7, periods=6, exposed=3):
    rng = np.random.default_rng(seed)
    person = np.repeat(np.arange(clusters), periods)
    period = np.tile(np.arange(periods), clusters)
    x = ((person < exposed) & (period >= periods // 2)).astype(float) + rng.normal(
        0, 0.1, len(person)
    )
    return rng.normal(size=len(person)), x, person, period


def by_definition(y, x, person, period):
    """CR2 and its degrees of freedom with full matrices, every dummy a column."""
    dummies = [(person[:, None] == np.unique(person))[:, 1:], period[:, None] == np.unique(period)]
    z = np.column_stack([x, *dummies]).astype(float)
    bread = np.linalg.inv(z.T @ z)
    rest = np.eye(len(y)) - z @ bread @ z.T
    e, c = rest @ y, z @ bread[:, 0]
    parts, variance = [], 0.0
    for p in np.unique(person):
        rows = person == p
        value, vector = np.linalg.eigh(rest[np.ix_(rows, rows)])
        root = (vector * np.where(value > 1e-9, 1 / np.sqrt(np.abs(value) + 1e-300), 0)) @ vector.T
        variance += (c[rows] @ root @ e[rows]) ** 2
        parts.append(rest[:, rows] @ root @ c[rows])
    spread = np.array(parts) @ np.array(parts).T
    return np.sqrt(variance), np.trace(spread) ** 2 / (spread**2).sum()


@pytest.mark.parametrize("seed", range(5))
def test_cr2_and_its_degrees_of_freedom_are_those_of_the_definition(seed):
    y, x, person, period = data(seed)
    error, df = by_definition(y, x, person, period)
    found = fit_few(panel(y, x, person, period)).estimates[0]
    assert found.error == pytest.approx(error, rel=1e-9)
    assert found.df == pytest.approx(df, rel=1e-9)
    assert found.value == pytest.approx(fit(panel(y, x, person, period)).estimates[0].value)


def test_three_exposed_of_twelve_are_covered_where_the_usual_error_is_too_sure():
    rng = np.random.default_rng(11)
    person, period = np.repeat(np.arange(12), 10), np.tile(np.arange(10), 12)
    x = ((person < 3) & (period >= 5)).astype(float)
    runs, held, usual = 400, 0, 0
    for _ in range(runs):
        drift = np.cumsum(rng.normal(size=(12, 10)), axis=1).ravel()
        one = panel(drift, x, person, period)
        few, many = fit_few(one).estimates[0], fit(one).estimates[0]
        held += few.low <= 0 <= few.high
        usual += many.low <= 0 <= many.high
    noise = 3 * np.sqrt(0.95 * 0.05 / runs)
    assert held / runs > 0.94 - noise
    assert usual / runs < held / runs - 0.03


def test_few_teams_choose_cr2_and_many_do_not():
    assert fit_by_clusters(panel(*data(1))).convention.startswith("CR2")
    many = panel(*data(1, clusters=60, exposed=20))
    assert fit_by_clusters(many).convention == "CR1 not-nested"
    # Persons within clusters are counted by the published tables alone: their errors are larger.
    assert fit_by_clusters(many).estimates[0].error < fit(many).estimates[0].error


def test_a_person_who_changed_team_cannot_be_half_in_a_cluster():
    y, x, person, period = data(2)
    with pytest.raises(CannotEstimate) as refused:
        fit_few(panel(y, x, person, period, cluster=period % 2))
    assert refused.value.why is Why.CLUSTERS_CUT_PERSONS
