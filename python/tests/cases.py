"""People and contacts of whom everything is made up."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

NEW_YORK, LOS_ANGELES = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=NEW_YORK)
NIGHT = MONDAY.replace(hour=22)


def standing(**more: Any) -> dict[str, Any]:
    """A person in New York whose one debt is collected for another, and of whom much is known."""
    return {
        "jurisdiction": "US-NJ",
        "zones": ["America/New_York"],
        "debts": [{"id": "A-1"}],
        "contacts": [],
        "preferences": [],
        "consents": [],
        "refusals": [],
        "wrong_numbers": [],
        "facts": {"collector": "third_party"},
        **copy.deepcopy(more),
    }


def call(at: datetime | str = MONDAY, **more: Any) -> dict[str, Any]:
    """A call to the debtor's mobile."""
    return {
        "at": at,
        "channel": "phone",
        "recipient": "debtor",
        "number": "+1 212 555 0100",
        "number_kind": "mobile",
        "purpose": "demand",
        "content": "collection",
        **more,
    }


def earlier(at: datetime, outcome: str, **more: Any) -> dict[str, Any]:
    """A call that was made."""
    return call(at, direction="out", outcome=outcome, **more)


def calls_before(count: int) -> list[dict[str, Any]]:
    """So many calls that nobody answered, hour after hour on the day before."""
    return [earlier(MONDAY - timedelta(hours=14 + hour), "no_answer") for hour in range(count)]
