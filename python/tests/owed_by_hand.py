"""What is owed, reckoned a second time: day by day, in fractions, sharing no code with the library.

    python python/tests/owed_by_hand.py

writes the cases of `crates/arrears-owed/tests/cases/owed_by_hand.json`: accounts, terms, and what is owed on
some days. Without being told to write (`--check`) it says whether the file is what it would write.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from owed_cases import CASES
from owed_days import DAY, day, rounded, year_part

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent.parent / "crates/arrears-owed/tests/cases/owed_by_hand.json"
DIGITS = {"JPY": 0, "KWD": 3}
Doc = dict[str, Any]
MOVES = {"payment", "credit", "refund", "chargeback", "write_off", "statement"}
COMPONENTS = ["principal", "interest", "penalty", "fee", "cost"]


class Item:
    def __init__(self, name: str, due: date | None, today: date, period_from: date | None = None) -> None:
        self.name, self.due, self.since = name, due, today
        self.open = dict.fromkeys(COMPONENTS, 0)
        self.later = {"interest": 0, "fee": 0}
        self.period_from = period_from or today
        self.booked = self.fresh = self.charged = 0
        self.ceiling = Fraction(0)
        self.feed: set[int] = set()

    def lent(self) -> int:
        return self.open["principal"] + self.open["interest"]

    def unpaid(self) -> int:
        return self.lent() if self.feed else sum(self.open.values()) - self.open["penalty"]


class Books:
    """One account, walked through one day after the other."""

    def __init__(self, history: Doc, terms: Doc) -> None:
        self.terms, self.history = terms, history
        self.unit = 10 ** DIGITS.get(terms["currency"], 2)
        self.count = terms["day_count"]
        self.items: list[Item] = []
        self.held: list[list[Any]] = []
        self.taken: list[list[Any]] = []
        self.seen: list[Doc] = []
        self.lent = self.lateness = 0
        rounding = terms.get("rounding", {})
        self.mode, self.step = rounding.get("mode", "half_even"), self.minor(rounding.get("unit", 0)) or 1
        self.rates: list[tuple[date, Doc]] = [(day(it["from"]), it) for it in terms.get("rates", [])]

    def minor(self, amount: str | int) -> int:
        value = Decimal(amount) * self.unit
        assert value == int(value), amount
        return int(value)

    def rate(self, kind: str, on: date) -> dict[str, str] | None:
        """The rate of a day and whether it is daily; none where none runs."""
        found: dict[str, str] | None = None
        for start, change in sorted(self.rates, key=lambda it: it[0]):
            if start <= on and kind in change:
                found = change[kind]
        if found is None and kind == "contract":
            found = self.terms.get("rate")
        if found is None and kind == "penalty" and (rule := self.terms.get("penalty")):
            if "rate" in rule:
                found = rule["rate"]
            else:
                ((span, value),) = (self.rate("contract", on) or {}).items()
                changed = Decimal(value) * Decimal(rule.get("times", "1")) + Decimal(rule.get("plus", "0"))
                found = {span: str(changed)}
        return found

    def interest(self, balance: int, rate: dict[str, str], start: date, end: date) -> Fraction:
        ((span, value),) = rate.items()
        time = Fraction((end - start).days) if span == "daily" else year_part(self.count, start, end)
        return balance * Fraction(Decimal(value)) * time

    def late_days(self, on: date) -> int:
        tolerance = self.minor(self.terms.get("tolerance", "0"))
        dues = [it.due for it in self.items if it.due and it.due < on and it.unpaid() > tolerance]
        return (on - min(dues)).days if dues else 0

    # ---- what grows

    def earning(self, item: Item, start: date) -> list[tuple[str, int, dict[str, str]]]:
        """What an item earns from a day on: pairs of component, balance and rate."""
        terms, grace = self.terms, timedelta(days=self.terms.get("grace_days", 0))
        beyond = item.unpaid() > self.minor(terms.get("tolerance", "0"))
        found: list[tuple[str, int, dict[str, str]]] = []
        rule: Doc = terms.get("penalty") or {}
        late = bool(beyond and item.due and item.due + grace <= start and rule)
        if late:
            balance = sum(int(item.open[it]) for it in rule["on"])
            found.append(("penalty", balance, self.rate("penalty", start) or {}))
        runs = terms.get("runs_on") == "outstanding" or (beyond and item.due and item.due <= start)
        contract = self.rate("contract", start)
        if contract and runs and not (late and not rule.get("beside_contract")):
            balance = item.open["principal"] + min(item.booked, item.open["interest"])
            balance += item.open["fee"] if terms.get("interest_on_fees") else 0
            found.append(("interest", balance, contract))
        return [
            (what, balance, rate) for what, balance, rate in found if balance > 0 and any(map(Decimal, rate.values()))
        ]

    def book(self, item: Item, on: date) -> None:
        start = item.since
        if start >= on:
            return
        earning, caps = self.earning(item, start), self.terms.get("caps", {})
        if earning and "total_rate" in caps:
            item.ceiling += self.interest(item.open["principal"], caps["total_rate"], start, on)
        for what, balance, rate in earning:
            amount = rounded(self.interest(balance, rate, start, on), self.mode, self.step)
            charged = self.charge(item, what, amount)
            if what == "interest":
                item.fresh += charged
        item.since = on

    def charge(self, item: Item, what: str, amount: int) -> int:
        caps = self.terms.get("caps", {})
        if "total_rate" in caps:
            amount = min(amount, item.ceiling.numerator // item.ceiling.denominator - item.charged)
        if "of_principal" in caps and what != "interest":
            most = Fraction(Decimal(caps["of_principal"])) * self.lent
            amount = min(amount, most.numerator // most.denominator - self.lateness)
        amount = max(amount, 0)
        item.charged += amount
        item.open[what] += amount
        if what != "interest":
            self.lateness += amount
        return amount

    def fees(self, on: date) -> None:
        grace = self.terms.get("grace_days", 0)
        for due, item in sorted(((it.due, it) for it in self.items if it.due), key=lambda pair: pair[0]):
            for number, rule in enumerate(self.terms.get("late_fees", [])):
                start = due + timedelta(days=max(rule["after_days"], grace + 1))
                late = item.lent()
                if start > on or number in item.feed or late <= self.minor(self.terms.get("tolerance", "0")):
                    continue
                if "flat" in rule:
                    amount = self.minor(rule["flat"])
                else:
                    amount = rounded(late * Fraction(Decimal(rule["percent"])), self.mode, self.step)
                    amount = max(amount, self.minor(rule.get("minimum", "0")))
                    amount = min(amount, self.minor(rule["maximum"])) if "maximum" in rule else amount
                self.book(item, on)
                self.charge(item, "fee", amount)
                item.feed.add(number)

    # ---- what money does

    def targets(self, on: date, named: str | None, only: str | None) -> Iterator[tuple[Item, str]]:
        orders = self.terms.get(
            "orders", [{"from_days": 0, "components": ["cost", "fee", "penalty", "interest", "principal"]}]
        )
        order = [it for it in orders if it.get("from_days", 0) <= self.late_days(on)][-1]
        components = [it for it in order["components"] if only in (None, it)]
        by_due = sorted(self.items, key=lambda it: it.due or date.max)
        yield from ((it, what) for it in by_due if it.name == named for what in components)
        due = [it for it in by_due if it.due and it.due <= on]
        if order.get("walk", "components") == "components":
            yield from ((it, what) for what in components for it in due)
        else:
            yield from ((it, what) for it in due for what in components)
        cards = any(it.due is None for it in self.items)
        if cards or only or self.terms.get("ahead") == "principal":
            what = components if cards or only else ["principal"]
            yield from ((it, each) for each in what for it in by_due if it not in due)

    def receive(self, on: date, payment: str, amount: int, named: str | None = None, only: str | None = None) -> None:
        for item, what in list(self.targets(on, named, only)):
            part = min(amount, item.open[what])
            if part > 0:
                item.open[what] -= part
                amount -= part
                self.taken.append([payment, item, what, part])
        if amount and not only:
            self.held.append([payment, amount])

    def give_back(self, payment: str, amount: int) -> None:
        """Money goes back: held first, then what was settled last."""
        total = 0
        for held in self.held:
            if held[0] == payment:
                part = min(held[1], amount - total)
                held[1] -= part
                total += part
        for entry in reversed(self.taken):
            if entry[0] == payment:
                part = min(entry[3], amount - total)
                entry[3] -= part
                entry[1].open[entry[2]] += part
                total += part

    # ---- what happened

    def received(self, event: Doc) -> int:
        """What a payment brought in, less what of it never counted; of other events some number but zero."""
        if event["event"] != "payment":
            return -1
        undone = [it for it in self.seen if it["event"] == "payment_reversed" and it["payment"] == event["id"]]
        return max(
            self.minor(event["amount"]) - sum(self.minor(it.get("amount") or event["amount"]) for it in undone), 0
        )

    def happen(self, on: date, event: Doc) -> None:
        kind = event["event"]
        if kind == "schedule":
            at = before = on
            for part in sorted(event["instalments"], key=lambda it: it["due_on"]):
                due = day(part["due_on"])
                if due > before:
                    at, before = before, due
                item = Item(part["item"], due, on, at)
                split = {"principal", "interest", "fees"} & part.keys()
                item.open["principal"] = self.minor(part.get("principal", "0") if split else part["amount"])
                item.later = {
                    "interest": self.minor(part.get("interest", "0")),
                    "fee": self.minor(part.get("fees", "0")),
                }
                self.lent += item.open["principal"]
                self.items.append(item)
            self.fall_due(on)
        elif kind == "invoice":
            item = Item(event["item"], day(event.get("due_on") or event["occurred_on"]), on)
            what = event.get("of", "principal")
            item.open[what] = self.minor(event["amount"])
            self.lent += item.open[what] if what == "principal" else 0
            self.items.append(item)
        elif kind == "statement":
            self.statement(on, event)
        elif kind == "payment":
            amount = self.received(event)
            if amount:
                self.receive(on, event["id"], amount, event.get("item"))
        elif kind == "credit":
            self.receive(on, event["id"], self.minor(event["amount"]), event.get("item"), event.get("of"))
        elif kind in ("refund", "chargeback"):
            whole = next(it["amount"] for it in self.seen if it["id"] == event["payment"])
            self.give_back(event["payment"], self.minor(event.get("amount", whole)))
        elif kind == "write_off":
            for item in self.items:
                if event.get("item") in (None, item.name):
                    item.open, item.later = dict.fromkeys(COMPONENTS, 0), {"interest": 0, "fee": 0}

    def statement(self, on: date, event: Doc) -> None:
        self.held = []
        for item in self.items:
            kept = item.open["principal"] if item.due else 0
            item.open = dict.fromkeys(COMPONENTS, 0) | {"principal": kept}
        item = Item(event["item"], day(event["due_on"]), on)
        item.open["principal"] = self.minor(event["minimum_payment"])
        self.items.append(item)
        rest = self.minor(event["balance"]) - sum(it.open["principal"] for it in self.items)
        self.lent = max(self.minor(event["balance"]), 0)
        card = next((it for it in self.items if it.due is None), None)
        if card is None:
            card = Item("", None, on)
            self.items.append(card)
        card.open["principal"] = max(rest, 0)
        if rest < 0:
            self.held.append([event["id"], -rest])

    def fall_due(self, on: date) -> None:
        for item in self.items:
            if item.due and item.due <= on:
                for what, amount in item.later.items():
                    item.open[what] += amount
                item.later = {"interest": 0, "fee": 0}

    def marks(self, item: Item) -> set[date]:
        grace = self.terms.get("grace_days", 0)
        after = [max(it["after_days"], grace + 1) for it in self.terms.get("late_fees", [])]
        return {item.due + timedelta(days=days) for days in [0, grace, *after]} if item.due else set()

    def run(self, as_of: date, known_by: date) -> Doc:
        known = [it for it in self.history["events"] if day(it.get("known_on", it["occurred_on"])) <= known_by]
        gone = {it["of"] for it in known if it["event"] == "withdrawn"}
        self.seen = [it for it in known if it["id"] not in gone and day(it["occurred_on"]) <= as_of]
        for event in self.seen:
            if event["event"] == "rate":
                contract = self.terms.get("rate", {"annual": ""})
                spans = {"contract": contract, "penalty": self.terms.get("penalty", {}).get("rate", contract)}
                change: Doc = {kind: {next(iter(span)): event[kind]} for kind, span in spans.items() if kind in event}
                self.rates.append((day(event["occurred_on"]), change))
        on, booking = day(self.history["opened_on"]), self.terms.get("booking", "change")
        while on <= as_of:
            todays = [it for it in self.seen if day(it["occurred_on"]) == on]
            moved = any(it["event"] in MOVES and self.received(it) != 0 for it in todays)
            regular = booking == "day" or (booking == "month" and on.day == 1)
            changes = any(start == on for start, _ in self.rates)
            for item in self.items:
                if moved or regular or changes or on == as_of or on in self.marks(item):
                    self.book(item, on)
            compounding = self.terms.get("compounding", "simple")
            if compounding == "daily" or (compounding == "monthly" and on.day == 1):
                for item in self.items:
                    item.booked = min(min(item.booked, item.open["interest"]) + item.fresh, item.open["interest"])
                    item.fresh = 0
            self.fall_due(on)
            for event in todays:
                self.happen(on, event)
            if self.held and any(sum(it.open.values()) for it in self.items):
                held, self.held = self.held, []
                for payment, amount in held:
                    if amount:
                        self.receive(on, payment, amount)
            self.fees(on)
            on += DAY
        return self.owed(as_of)

    def owed(self, as_of: date) -> Doc:
        overdue = sum(sum(it.open.values()) for it in self.items if it.due and it.due < as_of)
        today = sum(sum(it.open.values()) for it in self.items if it.due == as_of)
        late = self.late_days(as_of)
        for item in self.items:
            if item.due and item.period_from < as_of < item.due:
                part = Fraction((as_of - item.period_from).days, (item.due - item.period_from).days)
                item.open["interest"] += min(
                    rounded(item.later["interest"] * part, self.mode, self.step), item.later["interest"]
                )
        sums = {what: sum(it.open[what] for it in self.items) for what in COMPONENTS}
        held = sum(amount for _, amount in self.held)
        return {
            "total": sum(sums.values()) - held,
            "by_component": {what: amount for what, amount in sums.items() if amount},
            "held": held,
            "overdue": overdue,
            "to_be_current": overdue + today,
            "days_past_due": late,
        }


def made() -> str:
    cases = []
    for name, history, terms, days in CASES:
        expected = []
        for text in days:
            as_of, _, known_by = text.partition(" known ")
            found = Books(history, terms).run(day(as_of), day(known_by or as_of))
            expected.append({"as_of": as_of, "known_by": known_by or as_of, **found})
        cases.append({"name": name, "history": history, "terms": terms, "owed": expected})
    return json.dumps(cases, indent=1, ensure_ascii=False) + "\n"


def main() -> int | str:
    text = made()
    if "--check" in sys.argv:
        return 0 if TARGET.read_text(encoding="utf-8") == text else f"{TARGET.name} is stale: run this program"
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
