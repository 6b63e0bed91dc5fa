"""Accounts and terms of which `owed_by_hand.py` reckons what is owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

Doc = dict[str, Any]
Happened = tuple[str, str, Doc]
FEES_FIRST = ["cost", "fee", "penalty", "interest", "principal"]
PRINCIPAL_FIRST = ["principal", "interest", "penalty", "fee", "cost"]
# Interest and fees first up to day 90, principal first from day 91.
TURNS_AT_91: list[Doc] = [
    {"from_days": 0, "components": ["interest", "penalty", "fee", "cost", "principal"]},
    {"from_days": 91, "components": PRINCIPAL_FIRST},
]
YEAR_18 = {"annual": "0.18"}
DAILY = {"daily": "0.0005"}
LATE = {"why": "late payment", "after_days": 1}


def terms(count: str = "act/365f", currency: str = "EUR", **more: Any) -> Doc:
    return {"format": "arrears-terms/1", "currency": currency, "day_count": count, **more}


def history(opened: str, events: Iterable[Happened], currency: str = "EUR") -> Doc:
    """A history; events are given as day, kind and particulars."""
    written = []
    for number, (on, kind, more) in enumerate(events, 1):
        written.append({"id": f"e{number}", "occurred_on": on, **more, "event": kind})
    return {
        "format": "arrears-history/1",
        "account_id": "A-1",
        "currency": currency,
        "opened_on": opened,
        "complete": [],
        "events": written,
    }


def monthly(first: str, count: int, amount: str, **split: str) -> Doc:
    """Instalments of one amount, one a month."""
    start = date.fromisoformat(first)
    found = []
    for number in range(count):
        months = start.month - 1 + number
        year, month = start.year + months // 12, months % 12 + 1
        last = [31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        due = date(year, month, min(start.day, last))
        found.append({"item": str(number + 1), "due_on": due.isoformat(), "amount": amount, **split})
    return {"instalments": found}


def paid(on: str, amount: str, **more: str) -> Happened:
    return (on, "payment", {"amount": amount, **more})


def owes(
    amount: str, due: str, opened: str = "2027-01-04", currency: str = "EUR", more: Iterable[Happened] = ()
) -> Doc:
    """One instalment, and what came after."""
    plan = {"instalments": [{"item": "1", "due_on": due, "amount": amount}]}
    return history(opened, [(opened, "schedule", plan), *more], currency)


LOAN: Happened = ("2027-09-01", "schedule", monthly("2027-10-31", 6, "250.00"))
SPLIT: Happened = (
    "2027-09-01",
    "schedule",
    monthly("2027-10-15", 6, "110.00", principal="95.00", interest="12.50", fees="2.50"),
)
ACROSS = ["2028-02-28", "2028-02-29", "2028-03-01", "2028-12-31"]
PENALTY = {"rate": YEAR_18, "on": ["principal"]}
PARTLY = [LOAN, paid("2027-11-10", "100.00"), paid("2028-01-05", "333.33"), paid("2028-02-29", "77.01")]

CASES: list[tuple[str, Doc, Doc, list[str]]] = [
    *(
        (
            f"penalty interest over a leap day, {count}",
            owes("1234.56", "2027-12-31"),
            terms(count, penalty=PENALTY),
            ACROSS,
        )
        for count in ["act/365f", "act/360", "act/act", "30/360", "30e/360"]
    ),
    *(
        (
            f"part payments at month ends, {count}",
            history("2027-09-01", PARTLY),
            terms(count, penalty=PENALTY),
            ["2027-10-31", "2027-11-30", "2028-01-31", "2028-03-31", "2028-06-30"],
        )
        for count in ["act/365f", "act/360", "act/act", "30/360", "30e/360"]
    ),
    (
        "contract interest on all that is lent, booked each month and compounding",
        history("2027-09-01", PARTLY),
        terms("act/act", rate=YEAR_18, runs_on="outstanding", compounding="monthly", booking="month"),
        ["2027-10-31", "2028-01-01", "2028-02-29", "2028-07-15"],
    ),
    (
        "contract interest compounding each day",
        owes("5000.00", "2027-06-30", more=[paid("2027-09-09", "1000.00")]),
        terms(rate=DAILY, runs_on="outstanding", compounding="daily", booking="day"),
        ["2027-03-31", "2027-09-09", "2027-12-31"],
    ),
    (
        "a day's interest rounded up at the half, without compounding",
        owes("777.77", "2027-02-28"),
        terms(rate=DAILY, booking="day", rounding={"mode": "half_up"}),
        ["2027-02-28", "2027-03-01", "2027-08-31"],
    ),
    (
        "penalty interest of one and a half times the contract rate, in its place",
        owes("10000.00", "2027-05-31", more=[paid("2027-07-15", "2500.00")]),
        terms(
            rate={"annual": "0.0435"}, runs_on="outstanding", penalty={"times": "1.5", "on": ["principal", "interest"]}
        ),
        ["2027-05-31", "2027-06-30", "2027-07-15", "2028-05-31"],
    ),
    (
        "penalty interest of two points more, beside the contract's",
        owes("10000.00", "2027-05-31"),
        terms(
            "act/360", rate={"annual": "0.07"}, penalty={"plus": "0.02", "on": ["principal"], "beside_contract": True}
        ),
        ["2027-06-01", "2027-12-31"],
    ),
    (
        "rates that change by a plan and by an event",
        owes("8000.00", "2027-03-31", more=[("2027-10-10", "rate", {"contract": "0.1", "penalty": "0.3"})]),
        terms(
            rate={"annual": "0.06"},
            penalty={"times": "2", "on": ["principal"], "beside_contract": True},
            rates=[
                {"from": "2027-06-01", "contract": {"annual": "0.08"}},
                {"from": "2027-12-01", "contract": {"annual": "0.05"}},
            ],
        ),
        ["2027-05-31", "2027-06-01", "2027-10-10", "2027-11-30", "2028-01-15"],
    ),
    (
        "a daily penalty rate that an event lowers",
        owes("700.00", "2027-03-31", more=[("2027-06-01", "rate", {"penalty": "0.0003"}), paid("2027-07-01", "90.00")]),
        terms(penalty={"rate": DAILY, "on": ["principal"]}),
        ["2027-05-31", "2027-06-30", "2027-12-31"],
    ),
    (
        "grace and tolerance",
        history("2027-09-01", [LOAN, paid("2027-11-04", "249.50"), paid("2027-12-10", "250.00")]),
        terms(penalty=PENALTY, grace_days=5, tolerance="0.50", late_fees=[{**LATE, "flat": "5.00"}]),
        ["2027-11-03", "2027-11-05", "2027-12-04", "2027-12-06", "2028-02-10"],
    ),
    (
        "a late fee of a percentage, with a minimum",
        history("2027-09-01", PARTLY),
        terms(late_fees=[{**LATE, "percent": "0.05", "minimum": "10.00", "maximum": "40.00"}]),
        ["2027-11-01", "2028-03-31", "2028-05-01"],
    ),
    (
        "a late fee of a percentage, at its maximum, and a second fee later",
        owes("2500.00", "2027-04-30", more=[paid("2027-05-20", "60.00")]),
        terms(
            late_fees=[
                {**LATE, "percent": "0.05", "maximum": "40.00"},
                {"why": "demand", "after_days": 30, "flat": "12.00"},
            ]
        ),
        ["2027-05-01", "2027-05-20", "2027-05-30", "2027-12-31"],
    ),
    (
        "interest on unpaid fees",
        owes("900.00", "2027-04-30"),
        terms(
            rate={"annual": "0.12"},
            interest_on_fees=True,
            late_fees=[{"why": "demand", "after_days": 10, "flat": "30.00"}],
        ),
        ["2027-05-09", "2027-05-10", "2027-10-31"],
    ),
    (
        "penalty and fees capped at a part of the principal",
        owes("400.00", "2027-02-01"),
        terms(
            penalty={"rate": {"annual": "0.9"}, "on": ["principal"]},
            late_fees=[{**LATE, "flat": "25.00"}],
            caps={"of_principal": "0.15"},
        ),
        ["2027-02-02", "2027-03-01", "2027-04-30", "2028-02-01"],
    ),
    (
        "everything capped at 24 percent a year",
        owes("1000.00", "2027-02-01", more=[paid("2027-06-01", "300.00")]),
        terms(
            rate=YEAR_18,
            penalty={"rate": {"annual": "0.12"}, "on": ["principal"], "beside_contract": True},
            late_fees=[{**LATE, "flat": "15.00"}],
            caps={"total_rate": {"annual": "0.24"}},
        ),
        ["2027-02-02", "2027-06-01", "2027-09-30"],
    ),
    *(
        (
            f"{'principal' if walk == 'items' else 'interest'} and all components, {walk} first, around day 90",
            history(
                "2027-01-04",
                [
                    (
                        "2027-01-04",
                        "schedule",
                        monthly("2027-02-10", 4, "500.00", principal="440.00", interest="60.00"),
                    ),
                    paid("2027-05-11", "300.00"),
                    paid("2027-05-12", "300.00"),
                    paid("2027-08-01", "700.00"),
                ],
            ),
            terms(
                penalty={"rate": DAILY, "on": ["principal", "interest"]},
                late_fees=[{**LATE, "percent": "0.05"}],
                orders=[{**order, "walk": walk} for order in TURNS_AT_91],
            ),
            ["2027-05-10", "2027-05-11", "2027-05-12", "2027-08-01", "2027-10-01"],
        )
        for walk in ["components", "items"]
    ),
    (
        "principal first from the beginning",
        history("2027-09-01", [SPLIT, paid("2027-12-20", "150.00")]),
        terms(penalty=PENALTY, orders=[{"components": PRINCIPAL_FIRST}]),
        ["2027-12-19", "2027-12-20", "2028-02-29"],
    ),
    (
        "instalments of principal, interest and fees, between two due dates",
        history("2027-09-01", [SPLIT, paid("2027-10-15", "110.00")]),
        terms(),
        ["2027-09-30", "2027-10-15", "2027-11-01", "2027-11-15", "2028-04-01"],
    ),
    (
        "money that is held until the next instalment",
        history("2027-09-01", [SPLIT, paid("2027-10-01", "200.00"), paid("2027-11-20", "50.00")]),
        terms(penalty=PENALTY),
        ["2027-10-01", "2027-10-15", "2027-11-16", "2027-12-31"],
    ),
    (
        "money beyond what is due repays principal",
        history("2027-09-01", [LOAN, paid("2027-11-01", "700.00")]),
        terms(rate=YEAR_18, runs_on="outstanding", ahead="principal"),
        ["2027-10-31", "2027-11-01", "2028-03-31"],
    ),
    (
        "a payment reversed, as known before and after",
        owes(
            "600.00",
            "2027-03-15",
            more=[
                paid("2027-03-20", "600.00"),
                ("2027-03-25", "payment_reversed", {"payment": "e2", "known_on": "2027-04-01"}),
            ],
        ),
        terms(penalty=PENALTY, late_fees=[{"why": "reminder", "after_days": 10, "flat": "7.00"}]),
        ["2027-03-31", "2027-04-02", "2027-06-30", "2027-06-30 known 2027-03-31"],
    ),
    (
        "a payment reversed in part",
        owes(
            "600.00",
            "2027-03-15",
            more=[
                paid("2027-03-20", "600.00"),
                ("2027-04-02", "payment_reversed", {"payment": "e2", "amount": "150.00"}),
            ],
        ),
        terms(penalty=PENALTY),
        ["2027-04-01", "2027-04-02", "2027-12-31"],
    ),
    (
        "refunded in part, then charged back",
        history(
            "2027-09-01",
            [
                LOAN,
                paid("2027-11-05", "400.00"),
                ("2027-11-20", "refund", {"payment": "e2", "amount": "180.00"}),
                ("2027-12-15", "chargeback", {"payment": "e2"}),
            ],
        ),
        terms(penalty=PENALTY),
        ["2027-11-19", "2027-11-20", "2027-12-15", "2028-02-29"],
    ),
    (
        "a backdated payment",
        owes("1500.00", "2027-03-31", more=[paid("2027-04-10", "500.00", known_on="2027-05-02")]),
        terms("act/360", penalty=PENALTY),
        ["2027-05-01 known 2027-05-01", "2027-05-01 known 2027-05-02", "2027-06-30"],
    ),
    (
        "penalty interest waived, and an instalment written off",
        history(
            "2027-09-01",
            [
                LOAN,
                ("2028-02-01", "credit", {"amount": "9.99", "of": "penalty"}),
                ("2028-03-01", "write_off", {"item": "2"}),
            ],
        ),
        terms(penalty=PENALTY),
        ["2028-01-31", "2028-02-01", "2028-03-01", "2028-05-31"],
    ),
    (
        "court costs and a fee by invoice",
        owes(
            "1000.00",
            "2027-03-31",
            more=[
                ("2027-06-01", "invoice", {"item": "c", "amount": "230.00", "of": "cost", "why": "court fee"}),
                (
                    "2027-06-10",
                    "invoice",
                    {
                        "item": "f",
                        "amount": "12.50",
                        "due_on": "2027-06-30",
                        "of": "fee",
                        "why": "copy of the contract",
                    },
                ),
                paid("2027-07-05", "240.00"),
            ],
        ),
        terms(penalty=PENALTY),
        ["2027-06-01", "2027-06-20", "2027-07-05", "2027-09-30"],
    ),
    (
        "yen, which have no smaller unit",
        owes("150000", "2027-03-31", currency="JPY", more=[paid("2027-05-05", "50001")]),
        terms(
            "act/365f",
            "JPY",
            penalty={"rate": {"annual": "0.146"}, "on": ["principal"]},
            late_fees=[{**LATE, "percent": "0.013", "minimum": "500"}],
        ),
        ["2027-04-01", "2027-05-05", "2028-03-31"],
    ),
    (
        "dinars of a thousand fils",
        owes("99.999", "2027-03-31", currency="KWD", more=[paid("2027-05-05", "33.333")]),
        terms("30/360", "KWD", penalty={"rate": {"annual": "0.07125"}, "on": ["principal"]}),
        ["2027-04-01", "2027-05-05", "2028-03-31"],
    ),
    (
        "interest booked in steps of five hundredths",
        owes("1000.00", "2027-03-31", currency="CHF"),
        terms(
            "30e/360",
            "CHF",
            penalty={"rate": {"annual": "0.05"}, "on": ["principal"]},
            booking="month",
            rounding={"mode": "half_up", "unit": "0.05"},
        ),
        ["2027-04-10", "2027-05-01", "2027-12-31"],
    ),
    (
        "a card with two statements, minimum payments and interest by the day",
        history(
            "2027-01-04",
            [
                (
                    "2027-02-05",
                    "statement",
                    {"item": "feb", "due_on": "2027-02-25", "balance": "8000.00", "minimum_payment": "800.00"},
                ),
                paid("2027-02-20", "300.00"),
                (
                    "2027-03-05",
                    "statement",
                    {"item": "mar", "due_on": "2027-03-25", "balance": "7950.00", "minimum_payment": "795.00"},
                ),
                paid("2027-04-01", "1000.00"),
            ],
            "CNY",
        ),
        terms(
            "act/365f",
            "CNY",
            rate=DAILY,
            runs_on="outstanding",
            late_fees=[{**LATE, "percent": "0.05", "minimum": "10.00"}],
            orders=TURNS_AT_91,
        ),
        ["2027-02-25", "2027-02-26", "2027-03-05", "2027-03-31", "2027-04-01", "2027-06-30"],
    ),
]
