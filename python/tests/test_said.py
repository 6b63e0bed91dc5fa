"""Briefs, letters and messages: the command's words, and why there are none."""

from __future__ import annotations

import json
import pickle
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import arrears
import pytest
from arrears import Account, Facts, House, Money, Policy, Terms

EXAMPLES = Path(__file__).parents[2] / "examples"
POLICY = EXAMPLES / "policies/cn-card.rhai"
HOUSE = EXAMPLES / "words/house-cn.json"
HISTORY = EXAMPLES / "data/histories/staller.json"
CONVENTIONS = EXAMPLES / "data/histories/conventions.json"
TERMS = EXAMPLES / "terms/cn-card.json"
DAY = date(2026, 1, 12)
NO_LAW = "a test"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.from_file(POLICY)


@pytest.fixture(scope="module")
def house() -> House:
    return House.from_file(HOUSE)


@pytest.fixture(scope="module")
def account() -> Account:
    return Account.from_file(HISTORY, conventions=CONVENTIONS).with_terms(Terms.from_file(TERMS))


def by_command(command: str, *words: str) -> dict[str, Any]:
    given = ["--history", HISTORY, "--conventions", CONVENTIONS, "--terms", TERMS, "--as-of", DAY, "--house", HOUSE]
    asked = [command, words[0], POLICY, *given, "--no-law", NO_LAW, "--json", *words[1:]]
    ran = subprocess.run([str(word) for word in asked], capture_output=True, text=True, check=False)
    told: dict[str, Any] = json.loads(ran.stdout or ran.stderr)
    return told | {"code": ran.returncode}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_brief_is_the_commands(command: str, policy: Policy, house: House, account: Account, language: Any) -> None:
    told = by_command(command, "brief", "--language", language)
    brief = policy.brief(account, house, as_of=DAY, language=language, no_law=NO_LAW)
    assert told["code"] == 0
    for name, value in told["brief"].items():
        found = getattr(brief, name)
        if name == "record":
            found = [{"code": each.code, "meaning": each.meaning} for each in found]
        assert (list(found) if isinstance(found, tuple) else found) == value, name
    assert brief.seconds <= brief.most_seconds
    assert brief.opening in str(brief)
    assert brief.identity in brief._repr_html_()


def test_what_a_decision_writes_is_the_commands(command: str, policy: Policy, house: House, account: Account) -> None:
    told = by_command(command, "letter")
    texts = policy.texts(account, house, as_of=DAY, no_law=NO_LAW)
    assert bool(texts) == (told["code"] == 0)
    assert [each.text for each in texts.said] == [each["text"] for each in told.get("said", [])]
    preview = by_command(command, "letter", "--text", "sms/amount_and_day")
    assert preview["code"] == 0
    (said,) = policy.texts(account, house, as_of=DAY, preview="sms/amount_and_day", no_law=NO_LAW).said
    assert (said.preview, said.text) == (True, preview["said"][0]["text"])
    assert said.short_message is not None
    assert said.short_message.encoding == preview["said"][0]["short_message"]["encoding"] == "ucs2"
    assert said.text in said._repr_html_()


def test_who_is_protected_gets_no_demand_and_it_is_said_why(policy: Policy, house: House) -> None:
    facts = Facts("A-1", product="card", dpd=40, overdue=Money("900.00", "CNY"), deceased=True)
    texts = policy.texts(facts, house, as_of=DAY, no_law=NO_LAW)
    assert not texts
    assert texts.unsaid
    brief = policy.brief(facts, house, as_of=DAY, language="en", no_law=NO_LAW)
    assert not brief.asks
    assert brief.held_by
    assert "900" not in str(brief)
    with pytest.raises(arrears.WordsError, match="asks for money"):
        policy.texts(facts, house, as_of=DAY, preview="sms/amount_and_day", language="en", no_law=NO_LAW)


def test_what_is_told_beside_the_account_is_said(policy: Policy, house: House, account: Account) -> None:
    brief = policy.brief(account, house, as_of=DAY, language="en", told={"name": "Mr Wang"}, no_law=NO_LAW)
    assert "Mr Wang" in brief.identity
    with pytest.raises(arrears.DocumentError, match="nmae"):
        policy.brief(account, house, as_of=DAY, told={"nmae": "Mr Wang"}, no_law=NO_LAW)


def test_plans_that_can_be_kept_are_told_as_offers(policy: Policy, house: House, account: Account) -> None:
    rules = json.loads((EXAMPLES / "offers/cn-card.json").read_text(encoding="utf-8"))
    rules["plans"]["choices"] = 2
    offers = arrears.Offers.from_dict(rules)
    means = arrears.Means.from_dict(
        {"format": "arrears-means/1", "currency": "CNY", "income": [{"what": "wages", "amount": "9000.00"}]}
    )
    menu = account.ways_out(Terms.from_file(TERMS), offers, as_of=DAY, means=means)
    assert menu.plans
    brief = policy.brief(account, house, as_of=DAY, language="en", offers=offers, means=means, no_law=NO_LAW)
    said = " ".join(brief.offers)
    assert all(f"{plan.instalments[0].amount.amount:,}" in said for plan in menu.plans)


def test_a_banks_own_templates_take_the_place_of_the_shipped(policy: Policy, account: Account, tmp_path: Path) -> None:
    own = {"sms/amount_and_day.zh.txt": "请还款{{ amount }}。"}
    (tmp_path / "sms").mkdir()
    (tmp_path / "sms/amount_and_day.zh.txt").write_text(own["sms/amount_and_day.zh.txt"], encoding="utf-8")
    for templates in (own, tmp_path):
        spoken = House.from_file(HOUSE, templates=templates)
        asked: dict[str, Any] = {"as_of": DAY, "preview": "sms/amount_and_day", "no_law": NO_LAW}
        (said,) = policy.texts(account, pickle.loads(pickle.dumps(spoken)), **asked).said
        assert said.text.startswith("请还款")
    with pytest.raises(arrears.WordsError, match=r"sms/gentle\.en\.txt:1:8: unknown variable `amonut`"):
        House(templates={"sms/gentle.en.txt": "Pay {{ amonut }}."})
    with pytest.raises(NotADirectoryError):
        House(templates=tmp_path / "none")


def test_there_is_a_case_to_practise_on_for_each_debtor_type(policy: Policy, house: House) -> None:
    practice = policy.practice(house, as_of=DAY, language="en", no_law=NO_LAW)
    assert practice.problems == ()
    assert [each.debtor_type for each in practice.scenarios] == list(policy.debtor_types)
    for each in practice.scenarios:
        assert each.told["debtor_type"] == each.debtor_type
        assert each.brief.text in each.text
