"""Flows of accounts from stage to stage between two nights."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from arrears.plot import _read
from arrears.plot._look import directions, heading, many, unit_of
from arrears.plot._order import Order
from arrears.plot._ribbons import Flows, drawn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from arrears import Policy
    from arrears._given import ArrowStream
    from arrears.plot._figure import Figure

ABSENT = "not in the book"
"""Where accounts are of which only the other table has a row."""


def stage_flow(
    before: ArrowStream,
    after: ArrowStream,
    *,
    policy: Policy | None = None,
    order: Sequence[str] | None = None,
    money: ArrowStream | str | None = None,
    amount: str = "overdue",
    leave_out: Sequence[str] = (),
    currency: str | None = None,
    labels: tuple[str, str] = ("before", "after"),
    title: str | None = None,
) -> Figure:
    """Accounts as they flow from the stage of one table of decisions to that of another.

    The height of a ribbon is its number of accounts, or the money on them. Accounts of which only one table has a row
    come from, or go to, `not in the book`.

    Args:
        before: Decisions: `account_id`, `stage`.
        after: Later decisions of the same book.
        policy: Whose order of stages is kept, the mildest above; moves to a more severe stage are orange then, to a
            milder one blue.
        order: The order from mild to severe, where there is no policy.
        money: What accounts weigh: a table of `account_id` and `amount`, or the name of a column of `before`.
        amount: The column of money in that table.
        leave_out: Stages: who stays in one of them is not drawn, and counted in the line below the title.
        currency: Of the money; that of the policy if not given.
        labels: What the two nights are called.
        title: What is seen, if not the plain words.

    Raises:
        SchemaError: Columns are absent; all of them are named.
        ValueError: An account has two rows in a table, or an amount is no number or below zero.
    """
    own = money if isinstance(money, str) else None
    told = _read.texts(before, "before", ["account_id", "stage", *([own] if own else [])])
    was = _by_account(told, "before")
    now = _by_account(_read.texts(after, "after", ["account_id", "stage"]), "after")
    weights = _weights(told, money, own, amount)
    counted: Counter[tuple[str, str]] = Counter()
    weighed: dict[tuple[str, str], Decimal] = {}
    for account in was | now:
        move = was.get(account, ABSENT), now.get(account, ABSENT)
        counted[move] += 1
        if money is not None:
            weighed[move] = weighed.get(move, Decimal(0)) + weights.get(account, Decimal(0))
    ordered = Order.of([*was.values(), *now.values()], policy, order)
    flows = Flows(counted, weighed if money is not None else None, frozenset((stage, stage) for stage in leave_out))
    changed = sum(count for (start, end), count in counted.items() if start != end)
    unit = unit_of("accounts" if money is None else "money", currency, policy)
    aside = "beside the ladder, or in or out of the book"
    meant = directions((ordered.colour(*move) for move in flows.shown()), "more severe", aside)
    return drawn(
        flows,
        [*ordered.names, ABSENT],
        ordered,
        labels,
        heading(
            title or f"{changed:,} of {many(counted.total())} changed their stage",
            f"height: {unit}{_not_drawn(flows, leave_out)}",
            meant if ordered.directed else "",
        ),
    )


def _not_drawn(flows: Flows, leave_out: Sequence[str]) -> str:
    said = []
    left = sum(flows.accounts[move] for move in flows.hidden)
    if left:
        said.append(f"{many(left)} that stayed in {', '.join(dict.fromkeys(leave_out))}")
    nothing = sum(
        count for move, count in flows.accounts.items() if move not in flows.hidden and not flows.weight(move)
    )
    if nothing:
        said.append(f"{many(nothing)} in moves of no money")
    return f" · not drawn: {' and '.join(said)}" if said else ""


def _by_account(told: _read.Texts, called: str) -> dict[str, str]:
    accounts, stages = _read.words(told["account_id"], "not known"), _read.words(told["stage"], "not known")
    found = dict(zip(accounts, stages, strict=True))
    if len(found) != len(accounts):
        twice, _ = Counter(accounts).most_common(1)[0]
        raise ValueError(f"{called}: account `{twice}` has two rows")
    return found


def _weights(told: _read.Texts, money: ArrowStream | str | None, own: str | None, amount: str) -> Mapping[str, Decimal]:
    if money is None:
        return {}
    if isinstance(money, str):
        amount = money
    else:
        told = _read.texts(money, "money", ["account_id", amount])
    found = dict(zip(_read.words(told["account_id"], "not known"), _read.amounts(told[amount], amount), strict=True))
    below = next((account for account, weight in found.items() if weight < 0), None)
    if below is not None:
        raise ValueError(f"column `{amount}`: account `{below}` has {found[below]}, and a ribbon has no height below 0")
    return found
