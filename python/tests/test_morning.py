"""The page of the morning is the command's."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import arrears
import polars
import pytest
from arrears import Policy

EXAMPLES = Path(__file__).parents[2] / "examples"
TABLE = EXAMPLES / "data/card_accounts_2005_09.parquet"
POLICY = EXAMPLES / "policies/cn-card.rhai"
DAY = date(2005, 9, 30)
NO_LAW = "historic data"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_of_a_morning_is_the_commands(command: str, language: str) -> None:
    words = [command, "briefing", POLICY, "--on", TABLE, "--as-of", DAY, "--no-law", NO_LAW, "--language", language]
    policy, accounts = Policy.from_file(POLICY), polars.read_parquet(TABLE)
    page = arrears.briefing(policy, accounts, as_of=DAY, no_law=NO_LAW, language=language)  # type: ignore[arg-type]
    for more, found in (["--markdown"], page.markdown), ([], str(page)):
        ran = subprocess.run([str(word) for word in [*words, *more]], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stdout) == (0, found), ran.stderr
    ran = subprocess.run([*(str(word) for word in words), "--json"], capture_output=True, text=True, check=False)
    assert json.loads(ran.stdout) == page.to_dict()
    assert page.html.startswith("<!")


def test_contacts_due_today_are_those_that_are_decided() -> None:
    policy, accounts = Policy.from_file(POLICY), polars.read_parquet(TABLE)
    page = arrears.briefing(policy, accounts, as_of=DAY, no_law=NO_LAW).to_dict()
    decided = policy.decide(accounts, as_of=DAY, no_law=NO_LAW).to_polars()
    due = {each["account"] for each in page["due_today"]}
    visits = {each["account"] for each in page["visits"]}
    waiting = {each["account"] for each in page["approvals"]}
    contacts = decided.filter(polars.col("channel").is_not_null() & polars.col("rides_with").is_null())
    assert due | visits | waiting >= set(contacts["account_id"].to_list())
    assert due <= set(contacts["account_id"].to_list())


def test_a_last_briefing_lies_before_today() -> None:
    policy, accounts = Policy.from_file(POLICY), polars.read_parquet(TABLE)
    with pytest.raises(ValueError, match="expected a day before 2005-09-30"):
        arrears.briefing(policy, accounts, as_of=DAY, since=DAY, no_law=NO_LAW)
