"""A contact is permitted, blocked or to be reviewed, and every word of the engine's answer is there."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import arrears
import pytest
from arrears import Answer, Case, permit
from cases import LOS_ANGELES, MONDAY, NEW_YORK, call, earlier, standing

HOURS = "US-REGF-6b1i-hours"
SEVEN = "US-REGF-14b2A-7in7"


def test_what_is_permitted_is_true_and_everything_else_is_not() -> None:
    told: dict[Answer, bool] = {}
    for at, known in ((MONDAY, closed()), (MONDAY, standing()), (MONDAY.replace(hour=22), closed())):
        permission = permit(known, call(at))
        told[permission.answer] = bool(permission)
        assert bool(permission) == bool(permission.answer) == bool(Case(known, now=at).answer(call(at)))
    assert told == {Answer.ALLOW: True, Answer.REVIEW: False, Answer.BLOCK: False}
    assert Answer.BLOCK == "block"
    assert f"{Answer.REVIEW}" == "review"


def closed(**more: Any) -> dict[str, Any]:
    """A person of whom nothing but what is given is on file."""
    return standing(**more, nothing=True)


def test_a_call_at_night_is_blocked_by_the_rule_and_allowed_in_the_morning() -> None:
    at = datetime(2026, 11, 30, 22, 15, tzinfo=NEW_YORK)
    found = permit(closed(), call(at))
    (rule,) = found.rules
    assert (found.answer, rule.rule, rule.pack, rule.answer, rule.strength) == (
        Answer.BLOCK,
        HOURS,
        "us-regf",
        Answer.BLOCK,
        "must",
    )
    assert "12 CFR 1006.6(b)(1)(i)" in rule.cites
    assert rule.debts == ("A-1",)
    assert rule.missing == found.missing == ()
    morning = datetime(2026, 12, 1, 8, 0, tzinfo=NEW_YORK)
    assert found.earliest == found.earliest_unblocked == morning
    assert found.earliest is not None
    assert found.earliest.utcoffset() == timedelta(hours=-5)
    assert found.law == arrears.Law.shipped().stamp
    assert permit(closed(), call(morning))
