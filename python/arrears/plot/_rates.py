"""Roll rates: who was where, and where they are a period later."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from arrears.plot import _read
from arrears.plot._grid import Cell, grid
from arrears.plot._look import BETTER, Measure, directions, grouped, heading, mixed, percent, short, unit_of
from arrears.plot._order import Order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arrears import Policy
    from arrears._given import ArrowStream
    from arrears.plot._figure import Figure

_TITLES: dict[Measure, str] = {
    "accounts": "Where accounts went, by where they were",
    "money": "Where money went, by where it was",
}


def roll_rates(
    matrix: ArrowStream,
    *,
    by: Measure = "accounts",
    policy: Policy | None = None,
    order: Sequence[str] | None = None,
    currency: str | None = None,
    title: str | None = None,
    note: str = "",
) -> Figure:
    """A transition matrix: of those who were in a row, the share that is in a column a period later.

    Every row adds up to 100 %: whoever left the book must be in the table, under a name of its own.

    Args:
        matrix: One row for each move: `from`, `to`, `accounts`, and `money` where it is asked for. Rows of the same
            move are added up.
        by: Whether shares are of accounts or of money.
        policy: Whose order of stages is kept; moves to a more severe one are orange then, to a milder one blue.
        order: The order from mild to severe, where the names are no stages.
        currency: Of the money; that of the policy if not given.
        title: What is seen, if not the plain words.
        note: A line below the title: period, cohort, what is left out.

    Raises:
        SchemaError: Columns are absent; all of them are named.
        ValueError: A cell of `accounts` or `money` is no such number.
    """
    needs = ["from", "to", "accounts"] + (["money"] if by == "money" else [])
    told = _read.texts(matrix, "matrix", needs, ["money"])
    starts, ends = _read.words(told["from"], "not known"), _read.words(told["to"], "not known")
    moved: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    counts = _read.counts(told["accounts"], "accounts")
    sums = _read.amounts(told["money"], "money") if "money" in told else [Decimal(0)] * len(counts)
    for start, end, count, money in zip(starts, ends, counts, sums, strict=True):
        moved[start, end][0] += count
        moved[start, end][1] += money
    ordered = Order.of([*starts, *ends], policy, order)
    which = 0 if by == "accounts" else 1
    whole: dict[str, Decimal] = defaultdict(Decimal)
    for (start, _), both in moved.items():
        whole[start] += both[which]
    if any(both[which] < 0 for both in moved.values()):
        raise ValueError("column `money`: a negative amount has no share of a row")
    cells, used = [], set()
    for (start, end), both in moved.items():
        share = both[which] / whole[start] if whole[start] else Decimal(0)
        deep = ordered.colour(start, end) if ordered.directed else BETTER
        used.add(deep)
        cells.append(
            Cell(start, end, mixed("#f7f7f7", deep, (share**Decimal("0.6")) * Decimal("0.9")),
                 percent(both[which], whole[start]), grouped(int(both[0])) if which == 0 else short(both[1]),
                 {"accounts": int(both[0]), **({"money": float(both[1])} if "money" in told else {}),
                  "share": float(share)})
        )  # fmt: skip
    shown = [name for name in ordered.names if name in whole]
    reached = [name for name in ordered.names if any(name == end for _, end in moved)]
    unit = unit_of(by, currency, policy)
    aside = "not in the order" if policy is None else "beside the ladder, or out of the book"
    return grid(
        cells,
        shown,
        reached,
        title=heading(
            title or _TITLES[by],
            note,
            f"each row is 100 % of its {unit}"
            + (" · " + directions(used, "more severe", aside) if ordered.directed else ""),
        ),
        down="before",
        across="a period later",
        beside=(unit, {name: grouped(int(whole[name])) if which == 0 else short(whole[name]) for name in shown}),
    )
