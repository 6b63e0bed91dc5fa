"""Days, parts of years and rounding, for `owed_by_hand.py`."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def year_part(count: str, start: date, end: date) -> Fraction:
    """The part of a year from start up to end."""
    if count == "act/365f":
        return Fraction((end - start).days, 365)
    if count == "act/360":
        return Fraction((end - start).days, 360)
    if count == "act/act":
        total, at = Fraction(0), start
        while at < end:
            total += Fraction(1, 366 if isleap(at.year) else 365)
            at += DAY
        return total
    first, last = start.day, end.day
    if first == 31:
        first = 30
    if last == 31 and (count == "30e/360" or first == 30):
        last = 30
    return Fraction(360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first, 360)


def rounded(value: Fraction, mode: str, unit: int = 1) -> int:
    """A fraction of minor units as a multiple of the unit."""
    steps = value / unit
    low = steps.numerator // steps.denominator
    rest = steps - low
    if rest > Fraction(1, 2) or (rest == Fraction(1, 2) and (mode == "half_up" or low % 2)):
        low += 1
    return low * unit
