"""Roll rates: who was where, and where they are a period later."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from arrears.plot import _read
from arrears.plot._grid import Cell, grid
from arrears.plot._look import BETTER, Measure, directions, grouped, heading, mixed, percent, short, unit_of
from arrears.plot._order import Order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arrears import Policy, Report
    from arrears._decisions import Table
    from arrears._given import ArrowStream
    from arrears.plot._figure import Figure

_TITLES: dict[Measure, str] = {
    "accounts": "Where accounts went, by where they were",
    "money": "Where money went, by where it was",
}


class _Moves(NamedTuple):
    """From where to where, how many accounts and how much money, and what a report says of them."""

    starts: list[str]
    ends: list[str]
    counts: list[int]
    sums: list[Decimal] | None
    order: list[str] | None = None
    currency: str | None = None
    note: str = ""


def roll_rates(
    matrix: Report | ArrowStream,
    *,
    by: Measure = "accounts",
    month: date | str | None = None,
    policy: Policy | None = None,
    order: Sequence[str] | None = None,
    currency: str | None = None,
    title: str | None = None,
    note: str = "",
) -> Figure:
    """A transition matrix: of those who were in a row, the share that is in a column a period later.

    Every row adds up to 100 %: whoever left the book must be in the table, under a name of its own.

    Args:
        matrix: What `arrears.report` found of a panel, or what it or `arrears report --out` wrote: its `tracked_roll`.
            Or one row for each move: `from`, `to`, `accounts`, and `money` where it is asked for. Rows of the same
            move are added up.
        by: Whether shares are of accounts or of money.
        month: Of a report the later month, as a day in it or as `2026-03`; all months together if not given.
        policy: Whose order of stages is kept; moves to a more severe one are orange then, to a milder one blue.
        order: The order from mild to severe, where the names are no stages; that of the buckets in a report.
        currency: Of the money; that of the report or the policy if not given.
        title: What is seen, if not the plain words.
        note: A line below the title: period, cohort, what is left out; a report knows it.

    Raises:
        SchemaError: Columns are absent; all of them are named.
        ValueError: A cell of `accounts` or `money` is no such number; or the report has no such month, no rolls, or no
            money.
    """
    held, columns = _read.names(matrix, "matrix")
    is_report = {"measure", "count_numerator"} <= set(columns)
    if month is not None and not is_report:
        raise ValueError("matrix: `month` is chosen of a report; of another table choose the rows")
    moves = _of_report(held, by, month) if is_report else _of_table(held, by)
    if policy is None and order is None:
        order = moves.order
    currency, note = currency or moves.currency, note or moves.note
    starts, ends, counts = moves.starts, moves.ends, moves.counts
    sums = moves.sums if moves.sums is not None else [Decimal(0)] * len(counts)
    moved: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
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
                 {"accounts": int(both[0]), **({"money": float(both[1])} if moves.sums is not None else {}),
                  "share": float(share)})
        )  # fmt: skip
    shown = [name for name in ordered.names if name in whole]
    reached = [name for name in ordered.names if any(name == end for _, end in moved)]
    unit = unit_of(by, currency, policy)
    apart = "apart from the buckets" if is_report and order == moves.order else "not in the order"
    aside = apart if policy is None else "beside the ladder, or out of the book"
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
        down="at a month end" if is_report else "before",
        across="at the next" if is_report else "a period later",
        beside=(unit, {name: grouped(int(whole[name])) if which == 0 else short(whole[name]) for name in shown}),
    )


def _of_table(table: Table, by: Measure) -> _Moves:
    needs = ["from", "to", "accounts"] + (["money"] if by == "money" else [])
    told = _read.texts(table, "matrix", needs, ["money"])
    starts, ends = _read.words(told["from"], "not known"), _read.words(told["to"], "not known")
    counts = _read.counts(told["accounts"], "accounts")
    return _Moves(starts, ends, counts, _read.amounts(told["money"], "money") if "money" in told else None)


def _of_report(table: Table, by: Measure, month: date | str | None) -> _Moves:
    """The tracked roll of a report: of one month, or of all months together, which is a row without a month."""
    needs = ["measure", "from", "to", "month", "count_numerator"]
    told = _read.texts(table, "report", needs, ["money_numerator", "currency", "excluded"])
    rolls = [name == "tracked_roll" for name in told["measure"]]
    told = {name: list(compress(column, rolls)) for name, column in told.items()}
    if not any(rolls):
        raise ValueError("report: it has no `tracked_roll`, which needs a panel of two months in a row")
    months = sorted({there for there in told["month"] if there is not None})
    wanted = month.isoformat()[:7] if isinstance(month, date) else month
    if wanted is not None and wanted not in months:
        raise ValueError(f"report: nobody is followed into {wanted}; there are {months[0]} to {months[-1]}")
    mine = [there == wanted for there in told["month"]]
    told = {name: list(compress(column, mine)) for name, column in told.items()}
    has_money = any(cell is not None for cell in told.get("money_numerator", []))
    if by == "money" and not has_money:
        raise ValueError("report: it has no money: the panel had no `balance`")
    starts, ends = _read.words(told["from"], "not known"), _read.words(told["to"], "not known")
    buckets = {name for name in [*starts, *ends] if name[:1] == "M" and name[1:].isdigit()}
    left_out: Counter[str] = Counter()
    for start, excluded in dict(zip(starts, told.get("excluded", []), strict=False)).items():
        for each in (excluded or "").split("; ") if start else []:
            count, _, reason = each.partition(" ")
            left_out[reason] += int(count or 0)
    period = f"from the month end before to {wanted}" if wanted else f"all months to {months[-1]} together"
    aside = [f"left out: {count:,} {reason}" for reason, count in sorted(left_out.items()) if count]
    return _Moves(
        starts,
        ends,
        _read.counts(told["count_numerator"], "count_numerator"),
        _read.amounts(told["money_numerator"], "money_numerator") if has_money else None,
        sorted(buckets, key=lambda name: int(name[1:])),
        next(iter(told.get("currency", [])), None),
        " · ".join([period, *aside]),
    )
