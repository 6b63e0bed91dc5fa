"""The page of the morning is the command's."""

from __future__ import annotations

import json
import subprocess
from datetime import date, timedelta
from decimal import Decimal
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


def test_promises_and_money_are_those_of_a_recount_from_the_raw_rows() -> None:
    policy, accounts = Policy.from_file(POLICY), polars.read_parquet(TABLE).head(3000)
    names, overdue = accounts["account_id"].to_list(), accounts["overdue"].to_list()
    rows = [
        (name, DAY - timedelta(days=10 + n % 3), due, f"{10 + n % 7}.50", result, due if result == "kept" else None)
        for n, name in enumerate(names[:1200])
        for due in [DAY - timedelta(days=n % 4)]
        for result in (("open", "kept", "broken")[n % 3], *(["broken"] if n % 5 == 0 else []))
    ]
    columns = {"account_id": polars.String, "made_on": polars.Date, "due_on": polars.Date, "amount": polars.String}
    columns |= {"result": polars.String, "result_on": polars.Date}
    promises = polars.DataFrame(rows, schema=columns, orient="row")
    paid = [
        (name, DAY - timedelta(days=n % 3), f"{1 + n % 11}.25") for n, name in enumerate(names) for _ in range(n % 2)
    ]
    payments = polars.DataFrame(paid, schema=["account_id", "on", "amount"], orient="row")
    page = arrears.briefing(policy, accounts, as_of=DAY, promises=promises, payments=payments, no_law=NO_LAW).to_dict()

    raw = promises.to_pandas()
    raw["due_on"] = raw.due_on.dt.date
    # One that was not kept on its day is broken on the day after it.
    due = raw[(raw.due_on == DAY) & (raw.result != "kept")]
    assert sorted(each["account"] for each in page["promises_today"]) == sorted(due.account_id)
    assert len(due) > 50
    broken = raw[(raw.due_on == DAY - timedelta(days=1)) & (raw.result == "broken")]
    told = sorted((each["account"], each["amount"]) for each in page["broken_yesterday"])
    assert told == sorted(zip(broken.account_id, broken.amount, strict=True))
    assert len(told) > 50

    raw = payments.to_pandas()
    raw["on"], raw["amount"] = raw.on.dt.date, raw.amount.map(Decimal)
    yesterday = raw[raw.on == DAY - timedelta(days=1)].groupby("account_id").amount.sum()
    late = {name for name, amount in zip(names, overdue, strict=True) if amount}
    wanted = {name: amount for name, amount in yesterday.items() if name in late}
    assert {each["account"]: Decimal(each["amount"]) for each in page["inflows"]} == wanted
    assert len(wanted) > 50


def test_targets_stand_on_the_page_and_a_page_is_read_again_as_it_was_written(command: str, tmp_path: Path) -> None:
    policy, accounts = Policy.from_file(POLICY), polars.read_parquet(TABLE)
    figures = {"wanted": {"money": "1000.00"}, "reached": {"share": {"part": 1, "of": 2}}}
    targets = {"format": "arrears-targets/1", "currency": "TWD", "targets": [{"name": "received", **figures}]}
    document = json.dumps(targets | {"currency": f"{policy.currency}"})
    page = arrears.briefing(policy, accounts, as_of=DAY, no_law=NO_LAW, targets=document)
    assert page.to_dict()["targets"] == targets["targets"]
    (tmp_path / "targets.json").write_text(document)
    words = [command, "briefing", POLICY, "--on", TABLE, "--as-of", DAY, "--no-law", NO_LAW]
    words += ["--targets", tmp_path / "targets.json"]
    ran = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, str(page)), ran.stderr
    again = arrears.Morning.from_json(json.dumps(page.to_dict()))
    assert (str(again), again.markdown, again.html) == (str(page), page.markdown, page.html)
    wrong = document.replace('"money"', '"monney"')
    with pytest.raises(arrears.DocumentError, match=r"targets\[0\]\.wanted: found an object") as refused:
        arrears.briefing(policy, accounts, as_of=DAY, no_law=NO_LAW, targets=wrong)
    assert refused.value.problems[0][0] == "targets[0].wanted"
