"""What delay costs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from arrears import _arrears, _given, _html
from arrears._decisions import Table
from arrears._facts import Money
from arrears._terms import Terms

if TYPE_CHECKING:
    from arrears._history import Account


@dataclass(frozen=True)
class Payments:
    """Payments from today on, and the terms that hold with them: an arrangement, or an offer."""

    payments: Mapping[date, Money | Decimal | int | str]
    """How much is paid when; not before today."""
    terms: Terms | None = None
    """The terms that hold from today on, where they differ: a lower rate, no fees. What was charged before today
    stays."""


@dataclass(frozen=True)
class DelayCell:
    """Where one way of paying leads by one day."""

    pays: str
    """How somebody pays: `nothing`, `minimum`, `in_full`, or the name of payments that were given."""
    on: date
    days: int
    """Days from today."""
    lawsuit: bool
    """Whether a lawsuit was brought on this day."""
    paid: Money
    """What was paid from today on."""
    owed: Money
    """What is owed then. Below zero: the bank owes the customer."""
    overdue: Money
    """What of it is late then."""
    cost: Money
    """Interest, penalty interest, fees and costs that were charged since today, paid or not."""


class Delay(Table):
    """What becomes of a debt by how somebody pays.

    As a table it has one row for each way of paying and day: `pays`, `on`, `days`, `lawsuit`, `paid`, `owed`,
    `overdue`, `cost`.
    """

    def __init__(self, told: str, native: _arrears.Table, terms: Terms) -> None:
        """Not for users: see `Account.delay`."""
        super().__init__(native)
        self._told: dict[str, Any] = json.loads(told)
        self._terms = terms

    @property
    def account_id(self) -> str:
        """The account."""
        return str(self._told["account_id"])

    @property
    def as_of(self) -> date:
        """Today."""
        return date.fromisoformat(self._told["as_of"])

    @property
    def total(self) -> Money:
        """What is owed today, before anybody pays more."""
        return self._terms._money(self._told["total"])

    @property
    def cells(self) -> tuple[DelayCell, ...]:
        """Every way of paying on every day, in the order in which they were asked for."""
        money = self._terms._money
        return tuple(
            DelayCell(
                pays=row["behaviour"],
                on=date.fromisoformat(cell["on"]),
                days=cell["days"],
                lawsuit=cell["lawsuit"],
                paid=money(cell["paid"]),
                owed=money(cell["owed"]),
                overdue=money(cell["overdue"]),
                cost=money(cell["cost"]),
            )
            for row in self._told["rows"]
            for cell in row["cells"]
        )

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data, as `arrears delay --json` writes it: amounts are whole minor units."""
        return self._told

    def __repr__(self) -> str:
        return f"<Delay of {self.account_id} from {self.as_of}: {self.total} today>"

    def _repr_html_(self) -> str:
        most = max([abs(cell.owed.amount) for cell in self.cells] or [Decimal(0)]) or Decimal(1)
        rows = []
        for cell in self.cells:
            pays = cell.pays.replace("_", " ") + (", sued" if cell.lawsuit else "")
            width = max(Decimal(0), cell.owed.amount) / most * 12
            amounts = (cell.paid, cell.owed, cell.overdue, cell.cost)
            bar = f'<span class="bar" style="width:{width:.2f}em"></span>'
            rows.append([escape(pays), f"{cell.on}", f"{cell.days}", *(f"{each.amount:,f}" for each in amounts), bar])
        head = [("pays", False), ("day", False), ("days", True)]
        head += [(name, True) for name in ("paid", "owed", "overdue", "cost")] + [("owed", False)]
        title = f"<h4>{escape(self.account_id)} owes {escape(str(self.total))} on {self.as_of}</h4>"
        return _html.page(title + _html.bare_grid(head, rows))


def delay(
    account: Account,
    terms: Terms,
    as_of: date,
    days: Sequence[int],
    given: Mapping[str, Payments],
) -> Delay:
    """What delay costs: for `Account.delay`."""
    document = account.to_json()
    paid = [
        (
            name,
            [(_given.day(on), _written(amount, terms.currency)) for on, amount in each.payments.items()],
            None if each.terms is None else each.terms._native,
        )
        for name, each in given.items()
    ]
    told, native = _arrears.delay(document, terms._native, _given.day(as_of), list(days), paid)
    return Delay(told, native, terms)


def _written(amount: Money | Decimal | int | str, currency: str) -> str:
    """An amount in a currency, as documents write it.

    Raises:
        ValueError: It is in another currency.
    """
    if isinstance(amount, Money):
        if amount.currency != currency:
            raise ValueError(f"found an amount in {amount.currency}: expected one in {currency}")
        return f"{amount.amount:f}"
    return f"{Money(amount, currency).amount:f}"
