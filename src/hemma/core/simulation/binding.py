"""Plain functions, compiled with the functions they call swapped for compiled ones.

A policy is written once, as plain functions on objects (`person.load.get(channel, 0)`), and used
live as it is. Here the very same code is compiled on rows of arrays that answer to the same names.
What was compiled is kept on disk under a name that holds a digest of all the sources bound together:
a changed policy is never played by yesterday's compiled code.
"""

import hashlib
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

from numba import njit, types
from numba.extending import overload_method

type Function = Callable[..., Any]


@overload_method(types.Array, "get")
def _get(row: Any, key: Any, otherwise: Any) -> Any:  # noqa: ARG001 (only the compiler calls it)
    """A row of numbers answers as the mapping from its places to them."""

    def get(row: Any, key: Any, otherwise: Any) -> Any:
        return row[key] if 0 <= key < row.size else otherwise

    return get


@overload_method(types.Array, "values")
def _values(row: Any) -> Any:  # noqa: ARG001 (as above)

    def values(row: Any) -> Any:  # named and typed as above: the compiler compares
        return row

    return values


def bound(
    function: Function, names: Mapping[str, Function], digest: str, *, is_inside: bool = True
) -> Any:
    """`function` compiled, with its global `names` standing for these (compiled) functions.

    What is called from compiled code only (`is_inside`) gets no door for Python, which would cost
    more to compile than the function, and is kept on disk as a part of whoever calls it. No
    references are counted (`_nrt`): nothing new is made inside.
    """
    plain: Any = function
    copy = FunctionType(
        plain.__code__, {**plain.__globals__, **names}, plain.__name__, plain.__defaults__
    )
    copy.__module__ = plain.__module__
    copy.__qualname__ = f"{plain.__qualname__}_{digest}"
    return njit(
        cache=not is_inside, error_model="numpy", _nrt=False,
        no_cpython_wrapper=is_inside, no_cfunc_wrapper=True,
    )(copy)  # fmt: skip


def either(functions: tuple[Function, ...], digest: str) -> Any:
    """(person, asked) → whether any of these says yes, asked in turn."""
    found = bound(_never, {}, digest)
    for function in reversed(functions):
        found = bound(_first_or_rest, {"first": bound(function, {}, digest), "rest": found}, digest)
    return found


def _never(person: Any, asked: Any) -> bool:  # noqa: ARG001 (one shape)
    return False


def _first_or_rest(person: Any, asked: Any) -> bool:
    return first(person, asked) or rest(person, asked)  # type: ignore[name-defined]  # noqa: F821


def digest_of(*functions: Function) -> str:
    """Of what the functions do, so that two that differ are kept apart."""
    told = hashlib.sha256()
    for function in functions:
        code = function.__code__
        consts = [const for const in code.co_consts if not hasattr(const, "co_code")]
        told.update(repr((code.co_code, code.co_names, consts)).encode())
    return told.hexdigest()[:16]
