"""What the workbench says of a policy is what the command says of it."""

from __future__ import annotations

import json
import pickle
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import arrears
import polars as pl
import pytest

DAY = date(2026, 3, 31)
LAWLESS: dict[str, Any] = {"as_of": DAY, "no_law": "a test"}
WORDS = ["--as-of", "2026-03-31", "--no-law", "a test"]
SMALL = """
policy "small" #{ version: "1", currency: "GBP", zone: "Europe/London" };
threshold patience = 30 #{ from: 10, to: 60, why: "a test" };
assume opted_out("sms") = false #{ why: "a test" };
assume opted_out("phone") = false #{ why: "a test" };
debtor "late" otherwise;
stage "reminder" when dpd >= 1;
stage "firm" when dpd > patience;
escalate #{ mode: "free" };
treatment "text" in ["reminder"] do sms(#{ text: "gentle" });
treatment "call" in ["firm"] when overdue >= 50.00 do phone(#{});
never "a call about little" when action == "phone" && overdue < 50.00;
never "a call" when action == "phone" && dpd > 400;
test "a week late" given quiet + #{ dpd: 7, overdue: 200.00 } expect #{ action: "sms" };
"""
ACCOUNTS = "account_id,dpd,overdue\nA,3,100.00\nB,45,80.00\nC,45,10.00\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("policies")
    (folder / "small.rhai").write_text(SMALL)
    (folder / "accounts.csv").write_text(ACCOUNTS)
    return folder


@pytest.fixture(scope="module")
def small(folder: Path) -> arrears.Policy:
    return arrears.Policy.from_file(folder / "small.rhai")


def asked(command: str, folder: Path, *words: object, ends: int = 0) -> str:
    said = [str(word) for word in words]
    ran = subprocess.run([command, *said], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == ends, ran.stderr
    return ran.stdout


def test_an_analysis_is_the_commands(small: arrears.Policy, folder: Path, command: str) -> None:
    found = small.analyse()
    assert (
        found.to_dict()
        == json.loads(asked(command, folder, "check", "small.rhai", "--deep", "--json", ends=1))["analysis"]
    )
    assert not found
    assert {each.name: each.verdict for each in found.verdicts} == {"a call about little": "proved", "a call": "broken"}
    (broken,) = (each for each in found.findings if each.severity == "fault")
    assert (broken.kind, broken.at.place) == ("never_broken", "small.rhai:13")
    assert broken.account is not None
    assert broken.account.action == "phone"
    shown = found._repr_html_()
    assert "never_broken" in shown
    assert "proved" in shown


def test_an_account_that_an_analysis_shows_is_decided_so(small: arrears.Policy) -> None:
    (gap,) = (each for each in small.analyse().findings if each.kind == "gap" and each.at.name == "firm")
    assert gap.account is not None
    assert (gap.account.stage, gap.account.action, gap.account.treatment) == ("firm", "none", None)
    assert int(gap.account.row["dpd"]) > 30


def test_an_analysis_under_a_law_needs_its_day(small: arrears.Policy) -> None:
    assert small.analyse(no_law="a reason").law == "none: a reason"
    under = small.analyse(law=arrears.Law.shipped(), as_of=DAY)
    assert under.law == arrears.Law.shipped().stamp
    with pytest.raises(TypeError, match="`as_of` is missing: a law binds on a day"):
        small.analyse(law=arrears.Law.shipped())


def test_a_difference_is_the_commands(small: arrears.Policy, folder: Path, command: str) -> None:
    other = small.with_thresholds(patience=20)
    said = ["diff", "small.rhai", "small.rhai", "--set-b", "patience=20"]
    found = small.diff(other)
    assert found.to_dict() == json.loads(asked(command, folder, *said, "--json"))
    assert str(found) == asked(command, folder, *said)
    assert found.markdown == asked(command, folder, *said, "--markdown")
    (change,) = found.changes
    assert (change.keyword, change.name, change.how, change.decides) == ("threshold", "patience", "changed", True)
    assert change.clauses[0].by is not None
    assert found
    assert not small.diff(small)
    assert small.diff(small).same


def test_where_two_policies_decide_otherwise_is_the_commands(small: arrears.Policy, folder: Path, command: str) -> None:
    other = small.with_thresholds(patience=20)
    said = ["diff", "small.rhai", "small.rhai", "--set-b", "patience=20", "--deep"]
    found = small.region(other)
    assert found.to_dict() == json.loads(asked(command, folder, *said, "--json"))["region"]
    assert asked(command, folder, *said).endswith(str(found))
    assert found
    assert found.complete
    for part in found.parts:
        (dpd,) = (each for each in part.only_where if each.fact == "dpd")
        assert dpd.least is not None
        assert dpd.most is not None
        for move in part.moves:
            assert move.account is not None
            assert int(dpd.least) <= int(move.account.row["dpd"]) <= int(dpd.most)
            assert (move.before.stage, move.after.stage) == (part.before, part.after)
    assert small.region(small).same
    assert not small.region(small)


def test_what_would_change_a_decision_is_the_commands(small: arrears.Policy, folder: Path, command: str) -> None:
    words = ["explain", "small.rhai", *WORDS, "--what-if", "--json"]
    told = json.loads(asked(command, folder, *words, "--facts", "dpd=45", "overdue=80.00"))["what_if"]
    found = small.what_if({"dpd": 45, "overdue": arrears.Money("80.00", "GBP")}, **LAWLESS)
    assert found.to_dict() == told
    assert found.now.action == "phone"
    assert found.milder
    assert all(change.leads_to.strength <= found.now.strength for change in found.milder)
    told = json.loads(asked(command, folder, *words, "--on", "accounts.csv", "--account", "C"))["what_if"]
    assert small.what_if_of(folder / "accounts.csv", "C", **LAWLESS).to_dict() == told


def test_the_least_payment_that_ends_a_call_does_and_a_penny_less_does_not(small: arrears.Policy) -> None:
    found = small.what_if({"dpd": 45, "overdue": arrears.Money("80.00", "GBP")}, **LAWLESS)
    least = next(change for change in found.milder if change.kind == "payment")
    assert least.size is not None
    paid = arrears.Money(*least.size.split(" "))
    for left, action in (("80.00", "phone"), ("50.00", "phone"), ("49.99", "none")):
        assert small.decide_one({"dpd": 45, "overdue": arrears.Money(left, "GBP")}, **LAWLESS).action == action
    assert paid == arrears.Money("30.01", "GBP")
    assert least.facts["overdue"] == ("80.00 GBP", "49.99 GBP")


def test_coverage_is_the_commands(small: arrears.Policy, folder: Path, command: str) -> None:
    words = ["test", "small.rhai", "--coverage", "--json"]
    told = json.loads(asked(command, folder, *words, ends=1))["coverage"]
    assert small.coverage().to_dict() == told
    told = json.loads(asked(command, folder, *words, "--on", "accounts.csv", *WORDS, ends=1))["coverage"]
    found = small.coverage("accounts.csv" if Path("accounts.csv").exists() else folder / "accounts.csv", **LAWLESS)
    assert {**found.to_dict()["table"], "table": ""} == {**told["table"], "table": ""}
    assert {**found.to_dict(), "table": 0} == {**told, "table": 0}
    statements = found.measures["statements"]
    assert statements.by_table is not None
    assert statements.together.covered > statements.by_tests.covered
    with pytest.raises(TypeError, match="`as_of` is missing"):
        small.coverage(folder / "accounts.csv")


def test_a_handbook_and_a_ladder_are_the_commands(card: arrears.Policy, root: Path, command: str) -> None:
    path = root / "examples/policies/cn-card.rhai"
    words = ["handbook", path, "--as-of", "2026-11-02", "--samples", "0"]
    book = card.handbook(as_of=date(2026, 11, 2), samples=0)
    assert book.html == asked(command, root, *words, "--html")
    assert book.markdown == asked(command, root, *words, "--markdown")
    assert book._repr_html_().startswith('<iframe sandbox=""')
    ladder = card.graph()
    assert ladder.to_dict() == json.loads(asked(command, root, "graph", path, "--json"))
    for form in ("mermaid", "dot", "svg"):
        assert getattr(ladder, form) == asked(command, root, "graph", path, f"--{form}")


def test_the_layout_and_the_language_are_the_commands(folder: Path, command: str) -> None:
    assert arrears.language() == json.loads(asked(command, folder, "language", "--json"))
    assert arrears.about("dpd") + "\n" == asked(command, folder, "language", "dpd")
    with pytest.raises(ValueError, match="no word `phon`: did you mean `phone`"):
        arrears.about("phon")
    laid = arrears.format(SMALL)
    assert arrears.format(laid) == laid
    assert arrears.Policy.from_source(laid).hash == arrears.Policy.from_source(SMALL).hash
    with pytest.raises(arrears.PolicyError) as refused:
        arrears.format("define late = dpd >", name="late.rhai")
    assert refused.value.diagnostics[0].place is not None
    assert refused.value.diagnostics[0].place.file == "late.rhai"


def test_decisions_are_proved_and_a_changed_one_is_found(small: arrears.Policy, folder: Path) -> None:
    accounts = pl.read_csv(folder / "accounts.csv", schema_overrides={"overdue": pl.Decimal(18, 2)})
    decisions = small.decide(accounts, **LAWLESS)
    again = arrears.replay(decisions, policies=folder, accounts=accounts, **LAWLESS)
    assert again
    assert (again.logged, again.equal) == (3, 3)
    changed = decisions.to_polars().with_columns(
        stage=pl.when(pl.col("account_id") == "B").then(pl.lit("reminder")).otherwise(pl.col("stage").cast(pl.String))
    )
    found = arrears.replay(changed, policies=folder, accounts=accounts, **LAWLESS)
    assert not found
    assert found.by_column == {"stage": 1}
    (first,) = found.first
    assert (first.account_id, first.column, first.logged, first.decided) == ("B", "stage", "reminder", "firm")
    with pytest.raises(TypeError, match="`accounts` is missing"):
        arrears.replay(decisions, policies=folder, **LAWLESS)
    other = small.with_thresholds(patience=20).decide(accounts, **LAWLESS)
    with pytest.raises(ValueError, match="no policy has the hash"):
        arrears.replay(other, policies=folder, accounts=accounts, **LAWLESS)
    assert arrears.replay(other, policies=folder, accounts=accounts, thresholds={"patience": 20}, **LAWLESS)


def test_the_record_of_a_run_is_replayed_as_by_the_command(folder: Path, command: str, tmp_path: Path) -> None:
    night, log = tmp_path / "night.csv", tmp_path / "night.json"
    table = folder / "accounts.csv"
    run = ["run", folder / "small.rhai", "--on", table, *WORDS, "--out", night, "--log", log, "--quiet"]
    asked(command, folder, *run)
    told = json.loads(asked(command, folder, "replay", log, "--policies", folder, "--json"))
    found = arrears.replay_record(log, policies=folder)
    assert found.to_dict() == told
    assert found
    moved = tmp_path / "moved.csv"
    moved.write_text(ACCOUNTS)
    assert arrears.replay_record(log, policies=folder, elsewhere={"accounts": moved})
    moved.write_text(ACCOUNTS.replace("45", "46"))
    with pytest.raises(arrears.FileError, match="is not the file of the record"):
        arrears.replay_record(log, policies=folder, elsewhere={"accounts": moved})
    with pytest.raises(ValueError, match="`account` is none of accounts"):
        arrears.replay_record(log, policies=folder, elsewhere={"account": moved})
    night.write_text(night.read_text().replace("reminder", "remainder"))
    altered = arrears.replay_record(log, policies=folder)
    assert not altered
    assert altered.altered is not None
    log.write_text('{"format": "arrears-run/2"}')
    with pytest.raises(arrears.DocumentError, match="is no format of a record"):
        arrears.replay_record(log, policies=folder)


def test_what_the_workbench_found_reaches_another_process(small: arrears.Policy) -> None:
    found = small.analyse()
    assert pickle.loads(pickle.dumps(found)).findings == found.findings


def test_the_workbench_says_the_same_of_an_example_policy(root: Path, command: str) -> None:
    path = root / "examples/policies/starter.rhai"
    policy = arrears.Policy.from_file(path)
    told = json.loads(asked(command, root, "check", path, "--deep", "--json"))["analysis"]
    assert policy.analyse().to_dict() == told
    told = json.loads(asked(command, root, "test", path, "--coverage", "--json"))["coverage"]
    assert policy.coverage().to_dict() == told


def test_what_would_change_the_last_night_of_a_history_is_the_commands(
    card: arrears.Policy, root: Path, command: str
) -> None:
    path, day = root / "examples/data/histories/staller.json", "2026-03-20"
    words = [
        "explain",
        root / "examples/policies/cn-card.rhai",
        "--history",
        path,
        "--as-of",
        day,
        "--no-law",
        "a test",
    ]
    told = json.loads(asked(command, root, *words, "--what-if", "--json"))["what_if"]
    found = card.what_if(arrears.Account.from_file(path), as_of=date.fromisoformat(day), no_law="a test")
    assert found.to_dict() == told
    assert found.milder
    assert found.harsher


def test_an_overdue_configuration_becomes_the_commands_policy(folder: Path, command: str) -> None:
    xml = (
        "<overdueConfig><accountOverdueStates>\n"
        "<state name='OD2'><condition><timeSinceEarliestUnpaidInvoiceEqualsOrExceeds><unit>WEEKS</unit>"
        "<number>6</number></timeSinceEarliestUnpaidInvoiceEqualsOrExceeds></condition></state>\n"
        "<state name='OD1'><condition><totalUnpaidInvoiceBalanceEqualsOrExceeds>25.50"
        "</totalUnpaidInvoiceBalanceEqualsOrExceeds></condition><autoReevaluationInterval><unit>DAYS</unit>"
        "<number>5</number></autoReevaluationInterval></state>\n"
        "</accountOverdueStates></overdueConfig>"
    )
    (folder / "overdue.xml").write_text(xml, encoding="utf-8")
    found = arrears.import_overdue(xml, currency="USD", zone="America/New_York")
    words = ["import", "overdue.xml", "--currency", "USD", "--zone", "America/New_York", "--json"]
    told = json.loads(asked(command, folder, *words))
    assert told["policy"] == found.policy
    assert [note["says"] for note in told["notes"]] == [note.says for note in found.notes]
    assert [(note.line, note.element) for note in found.notes] == [(3, "autoReevaluationInterval")]
    policy = arrears.Policy.from_source(found.policy)
    assert policy.test()
    assert arrears.format(found.policy) == found.policy
    with pytest.raises(ValueError, match=r"overdue.xml:2:.*`MOONS` is no unit"):
        arrears.import_overdue(xml.replace("WEEKS", "MOONS"), currency="USD")
