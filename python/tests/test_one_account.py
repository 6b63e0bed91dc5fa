"""One account, by its facts or over its history."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path

import arrears
import pytest
from arrears import Facts, Money
from test_tables import DAY, SMALL


@pytest.fixture(scope="module")
def small() -> arrears.Policy:
    return arrears.Policy.from_source(SMALL)


def test_facts_are_decided_and_explained(small: arrears.Policy) -> None:
    facts = Facts("A-17", dpd=40, overdue=Money("60.00", "EUR"))
    decision = small.decide_one(facts, as_of=DAY, no_law="servicing screen")
    assert (decision.account_id, decision.stage, decision.action) == ("A-17", "firm", "letter")
    assert decision.law == "none: servicing screen"
    assert decision.policy_hash == small.hash
    text = str(decision.explain())
    assert "overdue >= least" in text
    assert "50.00 EUR" in text
    assert decision.to_dict()["stage"] == "firm"
    assert decision.explain().to_dict()["decision"]["stage"] == "firm"
    assert "A-17" in decision._repr_html_()


def test_what_is_not_known_leads_to_no_contact(small: arrears.Policy) -> None:
    decision = small.decide_one(Facts(dpd=40, overdue=None), as_of=DAY, no_law="x")
    assert decision.channel is None
    assert decision.missing == ("overdue",)


def test_amounts_are_given_as_money_decimals_or_whole_units(small: arrears.Policy) -> None:
    for amount in (Money("60.00", "EUR"), Decimal("60"), 60):
        assert small.decide_one({"dpd": 40, "overdue": amount}, as_of=DAY, no_law="x").action == "letter"


def test_everything_wrong_with_the_facts_is_told_at_once(small: arrears.Policy) -> None:
    with pytest.raises(arrears.FactsError) as refused:
        small.decide_one({"dpd": -3, "overdue": Money("60.00", "USD"), "dpdd": 4}, as_of=DAY, no_law="x")
    assert {name for name, _ in refused.value.problems} == {"dpd", "overdue", "dpdd"}
    assert "did you mean `dpd`?" in str(refused.value)
    with pytest.raises(arrears.FactsError, match="expected a whole number of days"):
        small.decide_one({"dpd": Decimal("3.5")}, as_of=DAY, no_law="x")
    with pytest.raises(TypeError, match=r"`overdue` is a float.*Decimal\(\"60.5\"\)") as floats:
        Facts(overdue=60.5, dpd=3.0)  # type: ignore[arg-type]
    assert "`dpd` is a float" in str(floats.value)


def test_a_fact_of_the_trade_that_this_policy_does_not_read_is_left_alone(small: arrears.Policy) -> None:
    assert small.decide_one(Facts(dpd=40, overdue=60, deceased=True), as_of=DAY, no_law="x").stage == "firm"


def test_money_is_exact_and_keeps_its_currency() -> None:
    assert Money("0.10", "EUR") + Money("0.20", "EUR") == Money("0.30", "EUR")
    assert Money(1, "EUR") < Money("1.01", "EUR")
    assert -Money("1.50", "EUR") == Money("-1.50", "EUR")
    assert len({Money(1, "EUR"), Money("1", "EUR")}) == 1
    with pytest.raises(TypeError, match=r'cannot be a float: write Money\("0.1", "EUR"\)'):
        Money(0.1, "EUR")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="cannot be added or compared"):
        Money(1, "EUR") + Money(1, "USD")
    with pytest.raises(ValueError, match="three capital letters"):
        Money(1, "eur")
    with pytest.raises(ValueError, match="not a number"):
        Money("ten", "EUR")


HISTORIES = Path(__file__).resolve().parents[2] / "examples/data/histories"
STORIES = sorted(path.name for path in HISTORIES.glob("*.json") if path.name != "conventions.json")


@pytest.mark.parametrize("story", STORIES)
def test_a_history_is_decided_over_its_nights_and_drawn(story: str, card: arrears.Policy) -> None:
    account = arrears.Account.from_file(HISTORIES / story, conventions=HISTORIES / "conventions.json")
    timeline = card.timeline(account, no_law="an example")
    assert timeline.svg.startswith("<svg")
    nights = [day for day in timeline.days if "night" in day]
    assert nights
    last = date.fromisoformat(nights[-1]["on"])
    decision = card.decide_one(account, as_of=last, no_law="an example")
    assert decision.stage == nights[-1]["night"]["stage"]
    assert arrears.Account.from_json(account.to_json()).to_json() == account.to_json()
    assert account.id in repr(timeline)
    assert nights[-1]["on"] in timeline._repr_html_()


def test_events_are_added_all_or_none() -> None:
    account = arrears.Account.from_file(HISTORIES / "staller.json")
    paid = {"id": "late-payment", "occurred_on": date(2026, 2, 20), "event": "payment", "amount": Decimal("10.00")}
    more = account.with_events([paid])
    assert len(more.events) == len(account.events) + 1
    with pytest.raises(arrears.HistoryError) as refused:
        account.with_events([paid, {"id": "x", "occurred_on": "2026-02-30", "event": "payment", "amount": "1.00"}])
    assert refused.value.problems
    with pytest.raises(TypeError, match="holds no amount exactly"):
        account.with_events([{**paid, "amount": 10.5}])


def test_what_became_known_later_was_not_known_on_the_day() -> None:
    account = arrears.Account.from_file(HISTORIES / "late-pause.json", conventions=HISTORIES / "conventions.json")
    days = [date.fromisoformat(day["on"]) for day in account.timeline().days]
    last = days[-1]
    assert any(account.facts(day) != account.facts(day, known_by=last) for day in days if day < last)


def test_the_conformance_cases_that_the_engine_reads_pass(root: Path) -> None:
    files = sorted((root / "conformance").glob("*.json"))
    kinds = {
        "ageing",
        "ladder",
        "contact_permission",
        "call_counting",
        "date_computation",
        "message_classification",
        "procedure_check",
        "furnishing_permission",
    }
    read = [path for path in files if json.loads(path.read_text(encoding="utf-8")).get("kind") in kinds]
    report = arrears.conform(*read)
    assert report
    assert report.passed >= 600
    assert str(report).startswith(f"unverified rules are enabled: {len(report.unverified)}\n")
    assert str(report).rstrip().endswith(f"{report.passed} passed, 0 failed")
    with pytest.raises(arrears.ArrearsError, match="nowhere"):
        arrears.conform("nowhere.json")


def test_a_decision_can_be_copied_and_sent_and_explains_only_itself(small: arrears.Policy) -> None:
    decision = small.decide_one(Facts("A-17", dpd=40, overdue=60), as_of=DAY, no_law="x")
    for again in (copy.deepcopy(decision), pickle.loads(pickle.dumps(decision))):
        assert again == decision
        assert again.explain() == decision.explain()
    with pytest.raises(ValueError, match="was changed after it was made"):
        dataclasses.replace(decision, stage="late").explain()


def test_money_is_exact_whatever_the_context_of_the_program() -> None:
    with localcontext() as context:
        context.prec = 6
        assert Money("123456.78", "GBP") + Money("0.01", "GBP") == Money("123456.79", "GBP")
        assert str(-Money("123456.78", "GBP")) == "-123456.78 GBP"
    account = arrears.Account.from_file(HISTORIES / "staller.json")
    paid = {"id": "x", "occurred_on": date(2026, 2, 20), "event": "payment", "amount": Decimal("120").normalize()}
    assert account.with_events([paid]).events


def test_the_last_days_of_the_calendar_are_refused(small: arrears.Policy) -> None:
    with pytest.raises(ValueError, match="9998-12-30 is the last"):
        small.decide_one({"dpd": 3, "overdue": 60}, as_of=date(9999, 12, 31), no_law="x")
    last = small.decide_one({"dpd": 3, "overdue": 60}, as_of=date(9998, 12, 30), no_law="x")
    assert last.next_review_on is not None
