"""Swap sets: who gets something else under another policy."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import compress
from typing import TYPE_CHECKING, Literal

from arrears._tried import Comparison
from arrears.plot import _read
from arrears.plot._grid import Cell, grid
from arrears.plot._look import (
    STRENGTH,
    Measure,
    colours_of,
    directions,
    grouped,
    heading,
    many,
    mixed,
    percent,
    short,
    unit_of,
)
from arrears.plot._order import Order

if TYPE_CHECKING:
    from arrears import Policy
    from arrears._given import ArrowStream
    from arrears.plot._figure import Figure


def swap_set(
    moved: Comparison | ArrowStream,
    *,
    what: Literal["action", "stage"] | None = None,
    by: Measure = "accounts",
    a: str | None = None,
    b: str | None = None,
    policy: Policy | None = None,
    currency: str | None = None,
    title: str | None = None,
) -> Figure:
    """From what to what accounts move between two policies. Who does not move is shown in grey.

    Args:
        moved: What `arrears.compare` found; or a table of `action_a` and `action_b`, or of `stage_a` and `stage_b`; or
            the flows of a comparison: `measure`, `from`, `to`. With `accounts`, or one row an account where there is
            no such column; and with `overdue` where money is asked for.
        what: Whether actions or stages are shown; actions if the table has them.
        by: Whether accounts or money is counted.
        a: What the first policy is called; a comparison of two versions knows it, else it is A.
        b: What the second policy is called; else it is B.
        policy: Whose order of stages is kept, and whose currency.
        currency: Of the money; that of the comparison or the policy if not given.
        title: What is seen, if not the plain words.

    Raises:
        SchemaError: Columns are absent; all of them are named.
        ValueError: A cell of `accounts` or `overdue` is no such number.
    """
    if isinstance(moved, Comparison):
        compared, moved = moved.to_dict(), moved.flows
        currency = currency or compared["currency"]
        called = [f"{compared[side]['policy']} {compared[side]['policy_version']}" for side in "ab"]
        if called[0] != called[1]:
            a, b = a or called[0], b or called[1]
    a, b = a or "A", b or "B"
    held, there = _read.names(moved, "moved")
    shown = what or ("stage" if "stage_a" in there and "action_a" not in there else "action")
    flows = {"measure", "from", "to"} <= set(there)
    first, second = ("from", "to") if flows else (f"{shown}_a", f"{shown}_b")
    needs = [first, second, *(["measure"] if flows else []), *(["overdue"] if by == "money" else [])]
    told = _read.texts(held, "moved", needs, ["accounts", "overdue"])
    if flows:
        mine = [measure == shown for measure in told["measure"]]
        told = {name: list(compress(column, mine)) for name, column in told.items()}
    starts, ends = _read.words(told[first], "not decided"), _read.words(told[second], "not decided")
    counts = _read.counts(told["accounts"], "accounts") if "accounts" in told else [1] * len(starts)
    money = _read.amounts(told["overdue"], "overdue") if "overdue" in told else [Decimal(0)] * len(starts)
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for start, end, count, amount in zip(starts, ends, counts, money, strict=True):
        sums[start, end][0] += count
        sums[start, end][1] += amount
    which = 0 if by == "accounts" else 1
    seen = [*starts, *ends]
    names = colours_of(seen)[0] if shown == "action" else list(Order.of(seen, policy, None).names)
    ordered = Order(tuple(names), STRENGTH) if shown == "action" else Order.of(seen, policy, None)
    most = max((both[which] for (start, end), both in sums.items() if start != end), default=Decimal(0))
    whole = sum((both[which] for both in sums.values()), Decimal(0))
    cells = []
    for (start, end), both in sums.items():
        part = both[which] / most if most > 0 else Decimal(0)
        deep = ordered.colour(start, end)
        fill = "#e9e9e9" if start == end else mixed("#f7f7f7", deep, Decimal("0.25") + Decimal("0.65") * part)
        cells.append(
            Cell(start, end, fill, grouped(int(both[0])) if which == 0 else short(both[1]),
                 "unchanged" if start == end else percent(both[which], whole),
                 {"accounts": int(both[0]), **({"money": float(both[1])} if "overdue" in told else {})})
        )  # fmt: skip
    others = sum(int(both[0]) for (start, end), both in sums.items() if start != end)
    everybody = sum(int(both[0]) for both in sums.values())
    unit = unit_of(by, currency, policy)
    leave: dict[str, Decimal] = defaultdict(Decimal)
    for (start, end), both in sums.items():
        leave[start] += both[which] if start != end else 0
    used = [ordered.colour(*move) for move in sums]
    words = ("stronger", "as strong") if shown == "action" else ("more severe", "without a direction")
    return grid(
        cells,
        [name for name in names if name in starts],
        [name for name in names if name in ends],
        title=heading(
            title or f"{many(others)} of {everybody:,} get another {shown} under {b} than under {a}",
            f"{unit}, and the share of the whole table · {directions(used, *words)}",
        ),
        down=f"{shown} under {a}",
        across=f"{shown} under {b}",
        beside=("move away", {name: grouped(int(leave[name])) if which == 0 else short(leave[name]) for name in names}),
    )
