"""Plans reckoned a second time, in fractions and with no code of the library.

    python python/tests/plans_by_hand.py

writes `crates/arrears-owed/tests/cases/plans_by_hand.json`.
"""

from __future__ import annotations

import calendar
import json
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "crates/arrears-owed/tests/cases/plans_by_hand.json"


@dataclass(frozen=True)
class Asked:
    """A plan that is asked for; amounts in minor units."""

    currency: str
    amount: int
    annual: str
    day_count: str
    agreed_on: date
    first_due: date
    unit: int
    months: int


def of_year(count: str, start: date, end: date) -> Fraction:
    """The part of a year from one day to another."""
    if count == "act/365f":
        return Fraction((end - start).days, 365)
    if count == "act/360":
        return Fraction((end - start).days, 360)
    if count == "act/act":
        parts, day = Fraction(0), start
        while day < end:
            parts += Fraction(1, 366 if calendar.isleap(day.year) else 365)
            day += timedelta(days=1)
        return parts
    assert count == "30e/360"
    first, last = min(start.day, 30), min(end.day, 30)
    return Fraction(360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first, 360)


def half_even(amount: Fraction) -> int:
    """A whole number, ties to the even one."""
    return round(amount)


def month_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def schedule(asked: Asked, each: int) -> tuple[list[tuple[str, int, int]], int]:
    """Due days, amounts and interest of instalments of one amount, and what is left after them."""
    left, start, rows = asked.amount, asked.agreed_on, []
    for month in range(asked.months):
        if left == 0:
            break
        due = month_later(asked.first_due, month)
        interest = half_even(left * Fraction(asked.annual) * of_year(asked.day_count, start, due))
        amount = min(each, left + interest)
        left, start = left + interest - amount, due
        rows.append((due.isoformat(), amount, interest))
    return rows, left


def repays(asked: Asked, each: int) -> bool:
    """Whether nothing is left at the end, and no instalment falls short of the interest that has run until its day."""
    rows, left = schedule(asked, each)
    return left == 0 and all(amount >= interest for _, amount, interest in rows)


def least(asked: Asked) -> list[tuple[str, int, int]]:
    """The schedule with the least instalment that repays in time, and proof that one unit less does not."""
    units = range(1, 2 * asked.amount // asked.unit + 2)
    first = bisect_left(units, True, key=lambda number: repays(asked, number * asked.unit))
    each = units[first] * asked.unit
    assert each == asked.unit or not repays(asked, each - asked.unit)
    return schedule(asked, each)[0]


def asked() -> list[Asked]:
    """Plans over every day count, with and without interest, over leap years and month ends."""
    day = date.fromisoformat
    return [
        Asked("EUR", 100_000, "0.12", "30e/360", day("2026-01-15"), day("2026-02-15"), 1, 3),
        Asked("EUR", 100_000, "0", "act/365f", day("2026-01-15"), day("2026-02-15"), 1, 3),
        Asked("EUR", 100_000, "0", "act/365f", day("2026-01-15"), day("2026-02-15"), 1000, 7),
        Asked("CNY", 5_234_567, "0.18", "act/360", day("2026-11-27"), day("2026-12-31"), 100, 60),
        Asked("CNY", 5_234_567, "0.18", "act/360", day("2026-11-27"), day("2026-12-31"), 1, 24),
        Asked("CNY", 5_234_567, "0.18", "act/365f", day("2026-11-27"), day("2027-01-31"), 1, 12),
        Asked("CNY", 99_999, "0.1825", "act/365f", day("2027-10-31"), day("2027-11-30"), 1, 36),
        Asked("USD", 1_000_001, "0.2499", "act/act", day("2027-12-15"), day("2028-01-15"), 1, 18),
        Asked("USD", 1_000_001, "0.2499", "act/act", day("2028-01-31"), day("2028-02-29"), 500, 48),
        Asked("USD", 65_000, "0.06", "act/act", day("2023-06-30"), day("2023-07-31"), 1, 60),
        Asked("JPY", 300_000, "0.15", "act/365f", day("2026-03-31"), day("2026-04-30"), 1, 10),
        Asked("JPY", 300_000, "0.15", "act/365f", day("2026-03-31"), day("2026-04-30"), 1000, 10),
        Asked("KWD", 1_234_567, "0.045", "act/360", day("2026-02-28"), day("2026-03-28"), 1, 9),
        Asked("INR", 12_345_600, "0.36", "act/365f", day("2026-08-30"), day("2026-09-30"), 100, 6),
        Asked("GBP", 4_000, "0.399", "act/365f", day("2026-08-30"), day("2026-08-31"), 1, 2),
        Asked("GBP", 1, "0.399", "act/365f", day("2026-08-30"), day("2026-09-30"), 1, 12),
        Asked("GBP", 100, "0", "act/365f", day("2026-08-30"), day("2026-09-30"), 100, 12),
        Asked("EUR", 777_777, "0.0001", "30e/360", day("2026-01-31"), day("2026-02-28"), 1, 120),
        Asked("EUR", 777_777, "0.99", "30e/360", day("2026-01-31"), day("2026-03-31"), 1, 60),
        Asked("EUR", 777_777, "0.075", "act/act", day("2026-12-31"), day("2027-12-31"), 1, 12),
        Asked("EUR", 500_000, "0.1", "act/360", day("2027-02-27"), day("2027-02-28"), 1, 1),
        Asked("EUR", 500_000, "0.1", "act/360", day("2027-02-27"), day("2027-03-29"), 2500, 25),
    ]


def made() -> str:
    """The cases as they stand in the file."""
    cases = []
    for plan in asked():
        rows = least(plan)
        cases.append(
            {
                "currency": plan.currency,
                "amount": plan.amount,
                "annual": plan.annual,
                "day_count": plan.day_count,
                "agreed_on": plan.agreed_on.isoformat(),
                "first_due": plan.first_due.isoformat(),
                "unit": plan.unit,
                "months": plan.months,
                "instalments": [
                    {"due_on": due, "amount": amount, "interest": interest} for due, amount, interest in rows
                ],
            }
        )
    return json.dumps(cases, indent=1) + "\n"


def main() -> None:
    """Writes the cases."""
    TARGET.write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    main()
