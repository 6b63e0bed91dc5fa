"""What can be arranged for who cannot pay what is asked for, and how an arrangement is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from arrears import _arrears, _given, _html
from arrears._delay import Delay
from arrears._facts import Money
from arrears._offers import Means, Offers
from arrears._terms import Terms

if TYPE_CHECKING:
    from arrears._history import Account


@dataclass(frozen=True)
class PlannedInstalment:
    """An instalment of a plan."""

    due_on: date
    amount: Money
    interest: Money
    """What of it is interest."""
    principal: Money
    """What of it repays."""
    left: Money
    """What is still to be repaid after it."""


@dataclass(frozen=True)
class PlanOffered:
    """A plan that is offered."""

    months: int
    """Its term, as the bank offers it."""
    amount: Money
    """What it repays."""
    total: Money
    """All that is paid."""
    cost: Money
    """The interest in it."""
    spare: Money
    """What would still be left of each month beside it."""
    instalments: tuple[PlannedInstalment, ...]


@dataclass(frozen=True)
class PlanRefused:
    """A term that is not offered."""

    months: int
    why: str


@dataclass(frozen=True)
class Settlement:
    """An offer to accept less than is owed, in full."""

    owed: Money
    accepted: Money
    let_go: Money
    """What is let go once all of it is paid in time."""
    authority: str
    """The lowest role that may approve it."""
    made_on: date
    stands_until: date
    """The last day on which it can be taken, by paying the first part."""
    parts: tuple[tuple[date, Money], ...]
    """What is paid when."""


@dataclass(frozen=True)
class Roll:
    """When an account rolls into the next worse bucket, and the least that stops it."""

    bucket: int
    """Today's bucket, by the bank's conventions; zero: nothing is late."""
    rolls_on: date
    """The first day on which it is in a worse bucket if nothing is paid."""
    pay_by: date
    """The last day on which the payment must have come in."""
    least: Money
    """The least payment that keeps the account in today's bucket."""


InstalmentKept = Literal["open", "in_time", "late", "in_part", "missed"]
"""What became of an instalment: its day has not passed; paid in time; paid after its day; some of it came; none did."""


Performing = Literal["paid_in_full", "ended", "broken", "behind", "performing"]
"""How an arrangement performs: paid; ended before that; so many missed that it is broken; some missed; none missed."""


@dataclass(frozen=True)
class ArrangementKept:
    """How an arrangement of a history is kept."""

    id: str
    """The id of its event."""
    made_on: date
    ended_on: date | None
    """The day on which it ended, kept or not, or another took its place."""
    next_missed_on: date | None
    """The first day on which the next instalment is missed."""
    left: Money
    """What is still to be paid under it."""
    instalments: tuple[tuple[date, Money, InstalmentKept], ...]
    performing: Performing
    """Whether it performs, by the bank's rule (`broken_after` of what it offers)."""
    to_resume: Money
    """The way back: what has to come in so that nothing is missed any more."""
    why: str
    """Why it performs so, in words."""

    @property
    def missed(self) -> int:
        """Instalments whose day has passed and that are not paid."""
        return sum(kept in ("missed", "in_part") for _, _, kept in self.instalments)


class WaysOut:
    """Everything that can be arranged for an account on a day, as it is known on that day."""

    def __init__(self, told: str, delay: Delay, terms: Terms) -> None:
        """Not for users: see `Account.ways_out`."""
        self._told: dict[str, Any] = json.loads(told)
        self._terms = terms
        self.delay = delay
        """What delay costs, with a row for each plan that is offered until its last day."""

    def _money(self, minor: int) -> Money:
        return self._terms._money(minor)

    @property
    def account_id(self) -> str:
        """The account."""
        return str(self._told["account_id"])

    @property
    def as_of(self) -> date:
        """The day."""
        return date.fromisoformat(self._told["as_of"])

    @property
    def total(self) -> Money:
        """What is owed in all: what a plan repays, and a settlement settles."""
        return self._money(self._told["total"])

    @property
    def to_be_current(self) -> Money:
        """The least that brings the account up to date on the day."""
        return self._money(self._told["to_be_current"])

    @property
    def roll(self) -> Roll | None:
        """When the account rolls into the next worse bucket, and what stops it; none: it does not."""
        found = self._told["roll"]
        if found is None:
            return None
        days = {name: date.fromisoformat(found[name]) for name in ("rolls_on", "pay_by")}
        return Roll(bucket=found["bucket"], least=self._money(found["least"]), **days)

    @property
    def affordable(self) -> Money | None:
        """What can be paid each month; none: nothing was stated."""
        found = self._told["affordable"]
        return None if found is None else self._money(found["monthly"])

    @property
    def plans(self) -> tuple[PlanOffered, ...]:
        """The plans that the bank offers and the person can keep, the first choice first."""
        menu = self._told["menu"]
        return () if menu is None else tuple(self._plan(offer) for offer in menu["offers"])

    @property
    def proposed(self) -> PlanOffered | None:
        """The plan of the instalment that was proposed; none: none was."""
        found = self._told["proposed"]
        return None if found is None else self._plan(found)

    def _plan(self, offer: dict[str, Any]) -> PlanOffered:
        plan, money = offer["plan"], self._money
        return PlanOffered(
            months=offer["months"],
            amount=money(plan["amount"]),
            total=money(plan["total"]),
            cost=money(plan["cost"]),
            spare=money(offer["spare"]),
            instalments=tuple(
                PlannedInstalment(
                    due_on=date.fromisoformat(each["due_on"]),
                    amount=money(each["amount"]),
                    interest=money(each["interest"]),
                    principal=money(each["principal"]),
                    left=money(each["left"]),
                )
                for each in plan["instalments"]
            ),
        )

    @property
    def refused(self) -> tuple[PlanRefused, ...]:
        """Terms that are not offered, and why."""
        menu = self._told["menu"]
        return () if menu is None else tuple(PlanRefused(**each) for each in menu["refused"])

    @property
    def settlements(self) -> tuple[Settlement, ...]:
        """Settlements: the one that was asked for, or the most that each role may let go."""
        return tuple(
            Settlement(
                owed=self._money(each["owed"]),
                accepted=self._money(each["accepted"]),
                let_go=self._money(each["let_go"]),
                authority=each["authority"],
                made_on=date.fromisoformat(each["made_on"]),
                stands_until=date.fromisoformat(each["stands_until"]),
                parts=self._parts(each["parts"]),
            )
            for each in self._told["settlements"]
        )

    def _parts(self, parts: list[dict[str, Any]]) -> tuple[tuple[date, Money], ...]:
        currency = self._terms.currency
        return tuple((date.fromisoformat(part["due_on"]), Money(part["amount"], currency)) for part in parts)

    @property
    def no_settlement(self) -> str | None:
        """Why there is no settlement, where one was asked for."""
        found: str | None = self._told["no_settlement"]
        return found

    @property
    def arrangements(self) -> tuple[ArrangementKept, ...]:
        """The arrangements of the history, and how each is kept."""

        def maybe(day: str | None) -> date | None:
            return None if day is None else date.fromisoformat(day)

        return tuple(
            ArrangementKept(
                id=each["id"],
                made_on=date.fromisoformat(each["made_on"]),
                ended_on=maybe(each["ended_on"]),
                next_missed_on=maybe(each["next_missed_on"]),
                performing=performs["performing"],
                to_resume=self._money(performs["to_resume"]),
                why=performs["why"],
                left=self._money(each["left"]),
                instalments=tuple((*self._parts([part])[0], kept) for part, kept in each["instalments"]),
            )
            for each, performs in zip(self._told["arrangements"], self._told["performance"], strict=True)
        )

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data, as `arrears arrange --json` writes it: amounts are whole minor units."""
        return self._told

    def __repr__(self) -> str:
        found = f"{len(self.plans)} plans, {len(self.settlements)} settlements"
        return f"<WaysOut of {self.account_id} on {self.as_of}: {self.total} owed, {found}>"

    def _repr_html_(self) -> str:
        parts = [f"<h4>{escape(self.account_id)} owes {self.total} on {self.as_of}</h4>"]
        said = [f"{self.to_be_current} bring it up to date"]
        if self.roll is not None:
            said.append(f"{self.roll.least} by {self.roll.pay_by} keep it out of the next bucket")
        if self.affordable is not None:
            said.append(f"{self.affordable} a month can be afforded")
        parts.append(f"<p>{escape(' · '.join(said))}</p>")
        head = [("plan of months", True), ("a month", True), ("last day", False), ("total", True), ("cost", True)]
        rows = [
            [
                *(f"{plan.months}", _shown(plan.instalments[0].amount), f"{plan.instalments[-1].due_on}"),
                *(_shown(plan.total), _shown(plan.cost)),
            ]
            for plan in self.plans
        ]
        refused = [[f"{each.months}", escape(each.why)] for each in self.refused]
        settled = [
            [_shown(each.accepted), _shown(each.let_go), escape(each.authority), f"{each.stands_until}"]
            for each in self.settlements
        ]
        grids = [
            (head, rows),
            ([("months", True), ("not offered", False)], refused),
            ([("accepted", True), ("let go", True), ("approved by", False), ("stands until", False)], settled),
        ]
        listed = "".join(_html.bare_grid(head, rows) for head, rows in grids if rows)
        return _html.page(f'{"".join(parts)}<div class="row">{listed}</div>')


def ways_out(
    account: Account,
    terms: Terms,
    offers: Offers,
    means: Means | None,
    as_of: date,
    asked: tuple[Decimal | str | None, Decimal | str | None],
) -> WaysOut:
    """What can be arranged: for `Account.ways_out`. `asked` are the share to be let go and the instalment proposed."""
    for number in asked:
        if isinstance(number, float):
            raise TypeError(f'{number} is a float: write Decimal("{number}")')
    settle, pay = (None if number is None else f"{number}" for number in asked)
    told, delay, native = _arrears.arranged(
        account._history(),
        terms._native,
        (offers.to_json(), None if means is None else means.to_json()),
        _given.day(as_of),
        (settle, pay),
    )
    return WaysOut(told, Delay(delay, native, terms), terms)


def _shown(amount: Money) -> str:
    return f"{amount.amount:,f}"
