"""Settlements reckoned a second time, in fractions and with no code of the library.

    python python/tests/settlements_by_hand.py

writes `crates/arrears-owed/tests/cases/settlements_by_hand.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from plans_by_hand import month_later

TARGET = Path(__file__).resolve().parents[2] / "crates/arrears-owed/tests/cases/settlements_by_hand.json"
AUTHORITY = {"collector": "0.05", "team_lead": "0.15", "manager": "0.333333"}


@dataclass(frozen=True)
class Asked:
    """A settlement that is asked for; amounts in minor units."""

    owed: int
    share: str
    unit: int
    parts: int
    stands_for: int
    made_on: date


def offered(asked: Asked) -> dict[str, object] | None:
    """What is accepted, by whose authority and when; none where nobody may let go of so much."""
    # The least multiple of the unit that keeps what is let go within the share; never more than is owed.
    accepted = 0
    while asked.owed - accepted > Fraction(asked.share) * asked.owed:
        accepted = min(accepted + asked.unit, asked.owed)
    let_go = asked.owed - accepted
    may = [role for role, upto in AUTHORITY.items() if let_go <= Fraction(upto) * asked.owed]
    if not may:
        return None
    until = asked.made_on + timedelta(days=asked.stands_for)
    # No part but the last is less than a unit: the most parts of which that is so.
    count = max(number for number in range(1, asked.parts + 1) if number == 1 or accepted // number >= asked.unit)
    each = accepted // count // asked.unit * asked.unit
    amounts = [each] * (count - 1) + [accepted - each * (count - 1)]
    due = [month_later(until, month).isoformat() for month in range(count)]
    return {
        "accepted": accepted,
        "let_go": let_go,
        "authority": may[0],
        "stands_until": until.isoformat(),
        "parts": [[on, amount] for on, amount in zip(due, amounts, strict=True) if amount > 0],
    }


def asked() -> list[Asked]:
    """Shares at, above and below each limit; amounts that units do not divide; month ends and leap days."""
    days = [date(2026, 11, 27), date(2027, 12, 31), date(2028, 1, 30)]
    shares = ["0.000001", "0.05", "0.050001", "0.15", "0.1501", "0.333333", "0.333334", "0.5", "1"]
    return [
        Asked(owed, share, unit, parts, stands_for, days[(owed + parts) % 3])
        for owed in (1, 99, 100, 3_333, 100_001)
        for share in shares
        for unit, parts, stands_for in ((1, 1, 30), (7, 3, 0), (100, 6, 31), (5_000, 2, 14))
    ]


def made() -> str:
    """The cases as they stand in the file, one a line."""
    cases = []
    for one in asked():
        case: dict[str, object] = {
            "owed": one.owed,
            "share": one.share,
            "unit": one.unit,
            "parts": one.parts,
            "stands_for": one.stands_for,
            "made_on": one.made_on.isoformat(),
            "offer": offered(one),
        }
        cases.append(json.dumps(case))
    return "[\n" + ",\n".join(cases) + "\n]\n"


def main() -> None:
    """Writes the cases."""
    TARGET.write_text(made(), encoding="utf-8")


if __name__ == "__main__":
    main()
