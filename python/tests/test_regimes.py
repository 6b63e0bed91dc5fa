"""Regimes and the life of an account: the command's answers."""

from __future__ import annotations

import json
import pickle
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import arrears
import pytest
from arrears import Account, Regimes

EXAMPLES = Path(__file__).parents[2] / "examples/data/histories"
CONVENTIONS = EXAMPLES / "conventions.json"


def by_command(command: str, *words: object) -> dict[str, Any]:
    asked = [command, *(str(word) for word in words), "--json"]
    ran = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


@pytest.mark.parametrize("name", ["plan-that-breaks", "charged-off", "staller", "forgetful"])
def test_the_class_of_an_account_is_the_commands_on_every_day(command: str, name: str) -> None:
    account = Account.from_file(EXAMPLES / f"{name}.json", conventions=CONVENTIONS)
    for day in (date(2025, 9, 30), date(2026, 1, 12)):
        words = ("regime", "CN-CARD-2011", EXAMPLES / f"{name}.json", "--conventions", CONVENTIONS, "--as-of", day)
        told = by_command(command, *words)
        answer = Regimes().answer_of("CN-CARD-2011", account, as_of=day)
        assert (answer.found, answer.facts) == (told["found"], told["facts"])
        assert answer.rule.cites == told["rule"]["cites"]


def test_what_is_asked_with_an_object_is_answered_as_by_the_command(command: str, tmp_path: Path) -> None:
    given = {"currency": "CNY", "payment": Decimal("500.00"), "owed": {"interest": "400.00", "principal": "5000.00"},
             "days_past_due": 91}  # fmt: skip
    (tmp_path / "given.json").write_text(json.dumps(given, default=str), encoding="utf-8")
    words = ("regime", "CN-CARD-ALLOCATION", "--given", tmp_path / "given.json", "--enable", "CN-CC2011-57-alloc")
    told = by_command(command, *words)
    answer = Regimes(enable=["CN-CC2011-57-alloc"]).answer("CN-CARD-ALLOCATION", given)
    assert answer.found == told["found"]
    assert answer.enabled_by_hand
    assert answer.found["shares"][0]["to"] == "principal"


def test_a_rule_that_was_not_verified_answers_only_where_it_is_enabled() -> None:
    with pytest.raises(ValueError, match="was not verified: read its source, then enable it by name"):
        Regimes().answer("CN-CARD-ALLOCATION", {})
    with pytest.raises(ValueError, match="did you mean `CN-CARD-2011`"):
        Regimes().answer("CN-CARD-201", {})
    with pytest.raises(arrears.DocumentError):
        Regimes().answer("CN-CARD-2011", {"dayspastdue": 3})
    with pytest.raises(ValueError, match="no regime has a rule"):
        Regimes(enable=["no-such-rule"])
    usable = {rule.rule for regime in Regimes() for rule in regime.rules if rule.usable}
    every = {rule.rule for regime in pickle.loads(pickle.dumps(Regimes(unverified=True))) for rule in regime.rules}
    assert usable < every
    assert all(rule.usable for regime in Regimes(unverified=True) for rule in regime.rules if rule.status != "draft")


def test_the_life_of_an_account_is_the_commands(command: str) -> None:
    account = Account.from_file(EXAMPLES / "charged-off.json", conventions=CONVENTIONS)
    words = ("lifecycle", EXAMPLES / "charged-off.json", "--conventions", CONVENTIONS, "--as-of", "2026-08-31")
    story = arrears.lifecycle(account, as_of=date(2026, 8, 31))
    assert story.told == by_command(command, *words)
    assert story.demands == (date(2025, 9, 12), date(2025, 11, 6))
    assert "charged" in story._repr_html_()
    with pytest.raises(arrears.DocumentError):
        arrears.lifecycle(account, as_of=date(2010, 1, 1))
