"""What is owed, and what delay costs: the command's figures, as exact amounts, as tables and in plain words."""

from __future__ import annotations

import json
import pickle
import subprocess
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import arrears
import polars
import pytest
from arrears import Account, Money, Payments, Terms

REPOSITORY = Path(__file__).parents[2]
HISTORY = REPOSITORY / "examples/data/owed/loan-late.json"
TERMS = REPOSITORY / "examples/terms/instalment-loan.json"
DAY = date(2027, 6, 30)


@pytest.fixture
def account() -> Account:
    return Account.from_file(HISTORY)


@pytest.fixture
def terms() -> Terms:
    return Terms.from_file(TERMS)


def by_command(command: str, *words: str) -> dict[str, Any]:
    ran = subprocess.run(
        [command, words[0], str(HISTORY), "--terms", str(TERMS), "--as-of", str(DAY), "--json", *words[1:]],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def minor(amount: Money) -> int:
    return int(amount.amount.scaleb(2))


def test_a_statement_is_the_commands(command: str, account: Account, terms: Terms) -> None:
    assert account.statement(terms, as_of=DAY).to_dict() == by_command(command, "statement")
    earlier = account.statement(terms, as_of=DAY, known_by=date(2027, 5, 1))
    assert earlier.to_dict() == by_command(command, "statement", "--known-by", "2027-05-01")
    assert earlier != account.statement(terms, as_of=DAY)


def test_every_amount_of_a_statement_is_the_sum_of_lines(account: Account, terms: Terms) -> None:
    owed = account.statement(terms, as_of=DAY)
    told = owed.to_dict()
    nothing = Money(0, "EUR")
    assert sum((line.amount for line in owed.lines), nothing) == owed.total
    for component, amount in owed.by_component.items():
        assert sum((line.amount for line in owed.lines if line.component == component), nothing) == amount
    assert {name: minor(amount) for name, amount in owed.by_component.items()} == told["by_component"]
    amounts = ("total", "held", "overdue", "to_be_current")
    assert {name: minor(getattr(owed, name)) for name in amounts} == {name: told[name] for name in amounts}
    assert owed.next is not None
    assert (str(owed.next.on), minor(owed.next.amount)) == (told["next"]["on"], told["next"]["amount"])
    assert owed.days_past_due == told["days_past_due"] > 0


def test_the_lines_are_a_table_that_ends_with_the_total(account: Account, terms: Terms) -> None:
    owed = account.statement(terms, as_of=DAY)
    table = owed.to_polars()
    assert len(table) == len(owed.lines)
    assert table["owed"][-1] == owed.total.amount
    assert table["amount"].sum() == owed.total.amount
    grown = [line for line in owed.lines if line.reason == "penalty_interest"]
    assert grown
    by_table = table.filter(polars.col("reason") == "penalty_interest")
    assert by_table["from"].to_list() == [line.start for line in grown]
    assert by_table["rate"].to_list() == [line.rate for line in grown]
    assert all(line.rate == "0.119 a year" for line in grown)


def test_statements_of_many_days_have_a_row_for_each(account: Account, terms: Terms) -> None:
    days = [DAY - timedelta(days=back) for back in (60, 30, 0)]
    table = arrears.statements([account, account], terms, days).to_polars()
    assert table["as_of"].to_list() == days * 2
    for row in table.head(3).to_dicts():
        owed = account.statement(terms, as_of=row["as_of"])
        assert row["total"] == owed.total.amount
        assert row["overdue"] == owed.overdue.amount
        assert row["days_past_due"] == owed.days_past_due
        parts = [row[name] for name in ("principal", "interest", "penalty", "fee", "cost")]
        assert sum(parts) - row["held"] == row["total"]
    assert len(arrears.statements([], terms, DAY)) == 0


def test_a_plain_statement_answers_how_much_and_by_when(account: Account, terms: Terms) -> None:
    owed = account.statement(terms, as_of=DAY)
    for language, day in (("en", "30 June 2027"), ("zh", "2027年6月30日")):
        plain = owed.plain(language)  # type: ignore[arg-type]
        first = plain.splitlines()[:2]
        assert f"{owed.to_be_current.amount:,}" in first[0]
        assert day in first[1]
        assert len(owed.plain(language, lines=True).splitlines()) > len(plain.splitlines())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="`fr` is not a language of the words: expected one of en, zh"):
        owed.plain("fr")  # type: ignore[arg-type]


def test_what_delay_costs_is_the_commands(command: str, account: Account, terms: Terms) -> None:
    delay = account.delay(terms, as_of=DAY, days=(0, 14))
    assert delay.to_dict() == by_command(command, "delay", "--days", "0,14")
    assert [cell.lawsuit for cell in delay.cells if cell.pays == "nothing"] == [False, False, True]
    assert delay.to_polars()["owed"].to_list() == [cell.owed.amount for cell in delay.cells]


def test_what_is_paid_by_a_plan_of_ones_own_has_its_row(account: Account, terms: Terms) -> None:
    free = json.loads(terms.to_json())
    for name in ("penalty", "late_fees", "lawsuit"):
        free.pop(name, None)
    total = account.statement(terms, as_of=DAY).total
    half = Money((total.amount / 2).quantize(Decimal("0.01")), "EUR")
    paid: dict[date, Money | Decimal | int | str] = {DAY: half, DAY + timedelta(days=30): (total - half).amount}
    given = {"halves": Payments(paid, Terms.from_dict(free)), "halves, as now": Payments(paid)}
    cells = account.delay(terms, as_of=DAY, days=[60], given=given).cells
    rows = {cell.pays: cell for cell in cells if not cell.lawsuit}
    assert rows["halves"].paid == rows["halves, as now"].paid == total
    assert rows["halves"].cost <= rows["halves, as now"].cost < rows["nothing"].cost


def test_what_cannot_be_reckoned_is_an_error_that_says_why(account: Account, terms: Terms) -> None:
    dollars = Terms.from_dict(json.loads(terms.to_json()) | {"currency": "USD"})
    with pytest.raises(arrears.OwedError, match="the account is in EUR, the terms are for USD"):
        account.statement(dollars, as_of=DAY)
    with pytest.raises(arrears.OwedError, match=account.id):
        arrears.statements([account], dollars, DAY)
    with pytest.raises(arrears.OwedError, match=r"payments\[0\].due_on: 2027-06-29 is before today"):
        account.delay(terms, as_of=DAY, given={"early": Payments({date(2027, 6, 29): "1.00"})})
    with pytest.raises(ValueError, match="found an amount in USD: expected one in EUR"):
        account.delay(terms, as_of=DAY, given={"other": Payments({DAY: Money("1.00", "USD")})})


def test_terms_with_mistakes_are_refused_with_all_of_them(terms: Terms) -> None:
    wrong = json.loads(terms.to_json()) | {"day_count": "act/361", "grace_days": -1}
    with pytest.raises(arrears.DocumentError) as refused:
        Terms.from_dict(wrong)
    assert {path for path, _ in refused.value.problems} == {"day_count", "grace_days"}
    with pytest.raises(TypeError, match=r"0\.069 is a float"):
        Terms.from_dict(wrong | {"rate": {"annual": 0.069}})


def test_terms_and_statements_are_the_same_after_a_journey(account: Account, terms: Terms) -> None:
    assert pickle.loads(pickle.dumps(terms)) == terms
    assert len({terms, Terms.from_file(TERMS)}) == 1
    assert account.statement(terms, as_of=DAY) == account.statement(Terms.from_file(TERMS), as_of=DAY)


def test_a_notebook_shows_the_total_first_and_escapes_what_the_history_says(account: Account, terms: Terms) -> None:
    renamed = json.loads(account.to_json()) | {"account_id": "<b>A</b>"}
    shown = Account.from_dict(renamed).statement(terms, as_of=DAY)._repr_html_()
    assert "&lt;b&gt;A&lt;/b&gt; owes 771.79 EUR on 2027-06-30" in shown
    assert "<b>A</b>" not in shown
    assert "nothing, sued" in account.delay(terms, as_of=DAY)._repr_html_()


POLICY = """
policy "small" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
stage "late"  when dpd >= 1;
stage "costly" when interest + fees >= 40.00;
debtor "any" otherwise;
"""


def test_a_history_with_terms_is_decided_by_what_is_owed_by_them(
    command: str, account: Account, terms: Terms, tmp_path: Path
) -> None:
    owing = account.with_terms(terms)
    owed = account.statement(terms, as_of=DAY)
    facts = owing.facts(DAY)
    assert facts["balance"] == owed.total
    assert facts["principal"] == owed.by_component["principal"]
    assert facts["interest"] == owed.by_component["interest"] + owed.by_component["penalty"]
    assert facts["fees"] == owed.by_component["fee"]
    assert "interest" not in account.facts(DAY)
    policy = arrears.Policy.from_source(POLICY)
    decided = policy.decide_one(owing, as_of=DAY, no_law="a test")
    assert decided.stage == "costly"
    (tmp_path / "policy.rhai").write_text(POLICY, encoding="utf-8")
    ran = subprocess.run(
        [
            *(command, "explain", str(tmp_path / "policy.rhai"), "--history", str(HISTORY), "--terms", str(TERMS)),
            *("--as-of", str(DAY), "--no-law", "a test", "--json"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["decision"]["stage"] == "costly"
    nights = policy.timeline(owing, no_law="a test").days
    assert [day["night"]["stage"] for day in nights if day.get("night")][-1] == "costly"
    dollars = Terms.from_dict(json.loads(terms.to_json()) | {"currency": "USD"})
    with pytest.raises(arrears.OwedError, match="the account is in EUR"):
        policy.decide_one(account.with_terms(dollars), as_of=DAY, no_law="a test")
    assert owing != account
    assert pickle.loads(pickle.dumps(owing)) == owing
