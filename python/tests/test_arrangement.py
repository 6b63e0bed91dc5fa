"""What can be arranged: the command's answers as exact amounts, and errors that say everything."""

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
from arrears import Account, Means, Money, Offers, Terms

EXAMPLES = Path(__file__).parents[2] / "examples"
HISTORY = EXAMPLES / "data/owed/loan-late.json"
TERMS = EXAMPLES / "terms/instalment-loan.json"
OFFERS = EXAMPLES / "offers/instalment-loan.json"
MEANS = EXAMPLES / "offers/means.json"
DAY = date(2027, 6, 30)


def ways(**more: Any) -> arrears.WaysOut:
    given: dict[str, Any] = {"as_of": DAY, "means": Means.from_file(MEANS)} | more
    return Account.from_file(HISTORY).ways_out(Terms.from_file(TERMS), Offers.from_file(OFFERS), **given)


def by_command(command: str, *more: str) -> dict[str, Any]:
    words = [command, "arrange", HISTORY, "--terms", TERMS, "--offers", OFFERS, "--as-of", DAY, "--json", *more]
    ran = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def test_what_can_be_arranged_is_the_commands(command: str) -> None:
    assert ways().to_dict() == by_command(command, "--means", str(MEANS))
    assert ways(means=None, settle=Decimal("0.20")).to_dict() == by_command(command, "--settle", "0.20")


def test_every_plan_repays_what_is_owed_and_ends_its_row_with_its_cost() -> None:
    found = ways()
    cells = {cell.pays: cell for cell in found.delay.cells}
    assert [plan.months for plan in found.plans] == [3, 6, 9]
    for plan in found.plans:
        nothing = Money(0, "EUR")
        assert plan.amount == found.total
        assert sum((each.principal for each in plan.instalments), nothing) == plan.amount
        assert sum((each.amount for each in plan.instalments), nothing) == plan.total == plan.amount + plan.cost
        assert plan.instalments[-1].left == nothing
        last = cells[f"plan_of_{plan.months}_months"]
        assert (last.cost, last.paid, last.owed) == (plan.cost, plan.total, nothing)
        assert found.affordable is not None
        assert plan.spare == found.affordable - max(each.amount for each in plan.instalments)
    assert {each.months for each in found.refused} == {12, 18, 24}


def test_a_settlement_names_who_may_approve_it_and_until_when_it_stands() -> None:
    (offer,) = ways(settle="0.2").settlements
    assert (offer.accepted, offer.let_go, offer.authority) == (
        Money("617.44", "EUR"),
        Money("154.35", "EUR"),
        "manager",
    )
    assert (offer.made_on, offer.stands_until) == (DAY, date(2027, 7, 14))
    assert offer.parts == ((offer.stands_until, offer.accepted),)
    above = ways(settle="0.5")
    assert (above.settlements, "`manager` may" in (above.no_settlement or "")) == ((), True)
    with pytest.raises(ValueError, match=r"`1\.5`: expected a share above 0 and at most 1"):
        ways(settle="1.5")
    with pytest.raises(TypeError, match="is a float"):
        ways(settle=0.2)


def test_an_instalment_that_is_proposed_is_a_plan_or_refused_with_the_least_that_repays(command: str) -> None:
    found = ways(pay="200")
    assert found.to_dict() == by_command(command, "--means", str(MEANS), "--pay", "200")
    assert found.proposed is not None
    assert (found.proposed.months, found.proposed.instalments[0].amount) == (4, Money("200.00", "EUR"))
    assert ways().proposed is None
    with pytest.raises(arrears.OwedError, match=r"25\.00 EUR a month never repays 771\.79 EUR in 24 months: the least"):
        ways(pay=Decimal(25))
    with pytest.raises(ValueError, match="more than 2 decimals, expected an amount in EUR"):
        ways(pay="2.505")
    with pytest.raises(TypeError, match="is a float"):
        ways(pay=200.0)


def test_what_stops_the_roll_is_told_with_its_last_day() -> None:
    roll = ways().roll
    assert roll is not None
    assert (roll.pay_by, roll.rolls_on, roll.least) == (date(2027, 7, 14), date(2027, 7, 15), Money("106.00", "EUR"))


def test_an_arrangement_is_told_with_what_became_of_each_instalment() -> None:
    folder = EXAMPLES / "data/histories"
    account = Account.from_file(folder / "plan-that-breaks.json", conventions=folder / "conventions.json")
    offers = Offers.from_file(EXAMPLES / "offers/cn-card.json")
    asked = (Terms.from_file(EXAMPLES / "terms/cn-card.json"), offers)
    (kept,) = account.ways_out(*asked, as_of=date(2025, 12, 20)).arrangements
    assert [word for _, _, word in kept.instalments][:4] == ["in_time", "in_time", "in_time", "missed"]
    assert (kept.missed, kept.ended_on, kept.performing) == (1, None, "behind")
    assert kept.to_resume == Money("1000.00", "CNY")
    facts = account.facts(date(2025, 12, 20))
    assert (facts["arrangement_active"], facts["arrangement_missed"]) == (True, kept.missed)
    (ended,) = account.ways_out(*asked, as_of=date(2026, 1, 5)).arrangements
    assert (ended.ended_on, ended.performing) == (date(2026, 1, 5), "ended")


def test_means_and_offers_with_mistakes_are_refused_with_all_of_them() -> None:
    assert Means.from_file(MEANS).affordable == Money("380.00", "EUR")
    with pytest.raises(arrears.DocumentError) as refused:
        Means.from_dict({"format": "arrears-means/1", "currency": "EUR", "income": [{"what": "pay", "amount": "-1.00"}],
                         "rent": 3})  # fmt: skip
    assert {path for path, _ in refused.value.problems} == {"income[0].amount", "rent"}
    with pytest.raises(arrears.DocumentError, match=r"plans\.months: the list is empty"):
        Offers.from_dict({"format": "arrears-offers/1", "currency": "EUR", "plans": {"months": []}})
    dollars = Offers.from_dict(json.loads(OFFERS.read_text()) | {"currency": "USD"})
    with pytest.raises(arrears.OwedError, match=r"offers\.currency: found USD: expected EUR"):
        Account.from_file(HISTORY).ways_out(Terms.from_file(TERMS), dollars, as_of=DAY)
    for document in (Offers.from_file(OFFERS), Means.from_file(MEANS)):
        assert pickle.loads(pickle.dumps(document)) == document


def test_a_notebook_shows_plans_and_settlements() -> None:
    shown = ways()._repr_html_()
    assert "LOAN-LATE owes 771.79 EUR on 2027-06-30" in shown
    assert "259.50" in shown
    assert "collector" in shown
