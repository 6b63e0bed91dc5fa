"""The law of decisions is the host's to choose, in one way everywhere; the shipped packs bind where nothing is said."""

from __future__ import annotations

import pickle
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import arrears
import polars as pl
import pytest
from arrears import Law, PolicyError
from conftest import AS_OF, NO_LAW
from test_same_everywhere import plain

DAY = date(2026, 11, 30)
HEAD = 'policy "small" #{ version: "1", currency: "USD", zone: "America/New_York", jurisdiction: "US-NJ" };'
REST = """
threshold least = 50.00 #{ from: 10.00, to: 500.00, why: "a call costs more than it brings below this" };
stage "late" when dpd >= 1;
assume opted_out("phone") = false #{ why: "nobody is asked" };
treatment "a_call" in ["late"] when overdue >= least do phone(#{ at: "15:00", every: 1 });
"""
OWN = """
pack "own" #{ version: "1", jurisdiction: "US", title: "Of the bank" };
guardrail "OWN-letters" when channel == "letter" do refuse()
    #{ cites: "none", basis: "house", says: "no letters", not_covered: "nothing" };
guardrail "OWN-calls" when channel == "phone" do refuse()
    #{ cites: "none", basis: "house", status: "unverified", says: "no calls", not_covered: "nothing" };
"""
FACTS: dict[str, Any] = {"dpd": 12, "overdue": 60, "collector": "first_party"}
TABLE = pl.DataFrame(
    {"account_id": ["A", "B"], "dpd": [12, 0], "overdue": ["60.00", "0.00"], "collector": ["first_party", None]}
)


@pytest.fixture(scope="module")
def small() -> arrears.Policy:
    return arrears.Policy.from_source(HEAD + REST)


@pytest.fixture(scope="module")
def nowhere() -> arrears.Policy:
    return arrears.Policy.from_source(HEAD.replace(', jurisdiction: "US-NJ"', "") + REST)


def told(policy: arrears.Policy, **law: Any) -> pl.DataFrame:
    """The table with every column that the policy reads under the law, of which most are not known."""
    kinds = {"flag": pl.Boolean(), "days": pl.Int64(), "count": pl.Int64(), "category": pl.String()}
    needed = [each for each in policy.inputs_under(as_of=DAY, **law) if each.need == "required"]
    return TABLE.with_columns(
        pl.lit(None, kinds[each.kind]).alias(each.name) for each in needed if each.name not in TABLE.columns
    )


def ways(policy: arrears.Policy, table: pl.DataFrame, **law: Any) -> dict[str, str]:
    """The action for account A, by every way to decide it, under a law."""
    streamed = policy.decide_stream(table, as_of=DAY, **law)
    explained = policy.explain(table, "A", as_of=DAY, **law).to_dict()
    swept = arrears.sweep(policy, "least", ["50.00"], table, as_of=DAY, **law).to_polars()
    compared = arrears.compare(policy, policy.with_thresholds(least="55.00"), table, as_of=DAY, **law)
    named = swept.filter((pl.col("measure") == "action") & (pl.col("key") != "none"))["key"].to_list()
    kinds = [flow["from"] for flow in compared.to_dict()["by_action"] if flow["from"] not in ("none", None)]
    return {
        "decide": policy.decide(table, as_of=DAY, **law).to_polars()["action"][0],
        "decide_stream": pl.DataFrame(streamed)["action"][0],
        "decide_one": policy.decide_one(FACTS, as_of=DAY, **law).action,
        "explain": explained["decision"]["action"],
        "sweep": named[0] if named else "none",
        "compare": kinds[0] if kinds else "none",
    }


def test_every_way_to_decide_takes_the_law_alike(small: arrears.Policy, nowhere: arrears.Policy) -> None:
    table = told(small)
    assert set(ways(small, table, no_law="a test").values()) == {"phone"}
    assert set(ways(small, table, law=Law.none("a test")).values()) == {"phone"}
    assert set(ways(small, table).values()) == {"phone"}, "the regulation does not bind a creditor in its own name"
    assert set(ways(small, table, packs=[OWN]).values()) == {"phone"}, "what was not verified binds nobody"
    own = Law.shipped().with_pack(OWN).enabling(["OWN-calls"])
    for law in ({"packs": [OWN], "enable": ["OWN-calls"]}, {"law": own}):
        assert set(ways(small, table, **law).values()) == {"none"}
    assert set(ways(nowhere, TABLE).values()) == {"review"}
    assert set(ways(nowhere, TABLE, no_law="a test").values()) == {"phone"}


def test_a_policy_that_no_law_binds_permits_no_contact_and_a_person_must_look(nowhere: arrears.Policy) -> None:
    decision = nowhere.decide_one({"dpd": 12, "overdue": 60}, as_of=DAY)
    assert (decision.action, decision.channel) == ("review", None)
    assert decision.vetoed_by == ("a_call: no law binds the account",)
    abroad = arrears.Policy.from_source(HEAD.replace("US-NJ", "NZ") + REST)
    assert abroad.decide_one({"dpd": 12, "overdue": 60}, as_of=DAY).action == "review"


def test_what_the_table_does_not_say_leads_to_review_and_a_column_that_is_missing_is_named(
    small: arrears.Policy,
) -> None:
    table = told(small).with_columns(collector=pl.lit(None, pl.String))
    decided = small.decide(table, as_of=DAY).to_polars()
    assert decided["action"].to_list() == ["review", "none"]
    assert small.decide_one({**FACTS, "collector": None}, as_of=DAY).action == "review"
    with pytest.raises(arrears.SchemaError) as refused:
        small.decide(TABLE, as_of=DAY)
    named = {problem.fact for problem in refused.value.columns}
    assert {"cease_contact", "represented"} <= named
    by_itself = {each.name for each in small.inputs}
    more = {each.name for each in small.inputs_under(as_of=DAY)} - by_itself
    assert {"collector", "cease_contact", "jurisdiction"} <= more
    assert small.inputs_under(as_of=DAY, no_law="a test") == small.inputs
    assert not any(each.need == "contact" for each in small.inputs_under(as_of=DAY))


def test_the_law_is_stamped_on_every_decision(small: arrears.Policy) -> None:
    shipped = small.decide_one(FACTS, as_of=DAY)
    assert shipped.law == Law.shipped().stamp
    assert "us-regf 20" in shipped.law
    enabled = small.decide(told(small, enable=["US-BK-362-stay"]), as_of=DAY, enable=["US-BK-362-stay"])
    assert enabled.summary["law"].endswith("; enabled: US-BK-362-stay")
    none = small.decide_one(FACTS, as_of=DAY, no_law="a test")
    assert none.law == "none: a test"
    assert none.policy_hash == small.hash != shipped.policy_hash


def test_a_notebook_shows_the_rules_that_refused_something(small: arrears.Policy) -> None:
    table = told(small).with_columns(collector=pl.lit("third_party"), cease_contact=pl.lit(True))
    decisions = small.decide(table, as_of=DAY)
    (rule,) = [each for each in decisions.summary["rules"] if each["rule"] == "US-REGF-6c-cease"]
    assert (rule["pack"], rule["accounts"]) == ("us-regf", 1)
    shown = decisions._repr_html_()
    for said in ("rule that refused something", "US-REGF-6c-cease", "12 CFR 1006.6(c)(1)", ">26 packs</span>"):
        assert said in shown
    enabled = ["US-BK-362-stay"]
    more = small.decide(told(small, enable=enabled), as_of=DAY, enable=enabled)._repr_html_()
    assert ">26 packs, enabled: US-BK-362-stay</span>" in more
    assert "law: none: a test" in small.decide(told(small), as_of=DAY, no_law="a test")._repr_html_()


def test_accounts_decided_one_by_one_keep_the_law_of_their_day(small: arrears.Policy) -> None:
    own = Law.shipped().with_pack(OWN.replace('title: "Of', 'from: "2026-12-01", title: "Of')).enabling(["OWN-calls"])
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 11, 30)]
    assert [small.decide_one(FACTS, as_of=day, law=own).action for day in days] == ["phone", "none", "phone"]
    laws: list[dict[str, Any]] = [{}, {"law": own}, {"no_law": "x"}, {"law": own}, {}]
    found = [small.decide_one(FACTS, as_of=days[1], **law).action for law in laws]
    assert found == ["phone", "none", "phone", "none", "phone"]


def test_without_law_everything_is_decided_as_it_was(card: arrears.Policy, book: Any) -> None:
    without = card.decide(book, as_of=AS_OF, no_law=NO_LAW, reviews=False)
    same = card.decide(book, as_of=AS_OF, law=Law.none(NO_LAW), reviews=False)
    assert plain(without).equals(plain(same))
    assert set(without.to_polars()["law"].to_list()) == {f"none: {NO_LAW}"}


def test_a_history_is_decided_under_the_law_night_after_night(root: Path, card: arrears.Policy) -> None:
    histories = root / "examples/data/histories"
    account = arrears.Account.from_file(histories / "staller.json", conventions=histories / "conventions.json")
    nights = [day for day in card.timeline(account, last=date(2026, 2, 18)).days if "night" in day]
    last = date.fromisoformat(nights[-1]["on"])
    decision = card.decide_one(account, as_of=last)
    assert decision.law == Law.shipped().stamp
    assert (decision.stage, decision.action) == (nights[-1]["night"]["stage"], nights[-1]["night"]["action"])


def test_two_things_that_cannot_both_be_said_are_refused(small: arrears.Policy) -> None:
    for more in ({"law": Law.shipped()}, {"enable": ["US-BK-362-stay"]}, {"packs": [OWN]}):
        with pytest.raises(TypeError, match="`no_law` decides without any law"):
            small.decide_one(FACTS, as_of=DAY, no_law="x", **more)
    with pytest.raises(TypeError, match=r"pass an arrears\.Law"):
        small.decide_one(FACTS, as_of=DAY, law="none")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"enable=\['US-BK-362-stay'\]"):
        small.decide_one(FACTS, as_of=DAY, enable="US-BK-362-stay")
    with pytest.raises(TypeError, match="`packs` is several"):
        small.decide_one(FACTS, as_of=DAY, packs="own.rhai")
    with pytest.raises(
        ValueError, match="no pack has a rule `US-BK-362-sty`: did you mean `US-BK-362-stay`"
    ) as unknown:
        small.decide_one(FACTS, as_of=DAY, enable=["US-BK-362-sty", "nothing"])
    assert "`nothing`" in str(unknown.value)
    with pytest.raises(ValueError, match="a law without guardrails has no packs"):
        Law.none("a test").enabling(["OWN-calls"])
    with pytest.raises(ValueError, match="a law without guardrails has no packs"):
        Law.none("a test").with_pack(OWN)
    with pytest.raises(ValueError, match="is empty"):
        Law.none("  ")


def test_a_pack_of_the_bank_is_read_from_its_file_or_its_text(tmp_path: Path) -> None:
    path = tmp_path / "own.rhai"
    path.write_text(OWN, encoding="utf-8")
    assert Law.shipped().with_pack(path) == Law.shipped().with_pack(str(path)) == Law.shipped().with_pack(OWN)
    assert Law.shipped().with_pack(path) != Law.shipped()
    with pytest.raises(PolicyError, match="the pack cannot be used") as wrong:
        Law.shipped().with_pack(OWN.replace("refuse", "refuze"))
    assert {diagnostic.severity for diagnostic in wrong.value.diagnostics} == {"error"}
    assert len(wrong.value.diagnostics) == 2
    with pytest.raises(arrears.FileError, match="nowhere"):
        Law.shipped().with_pack(tmp_path / "nowhere.rhai")


def test_a_pack_of_the_same_name_takes_the_others_place() -> None:
    regf = arrears.packs()["us-regf"]
    own = Law.shipped().with_pack(regf.text.replace('"2026.11"', '"own"'))
    assert [pack.name for pack in own.packs()] == [pack.name for pack in arrears.packs()]
    assert (own.packs()["us-regf"].version, regf.version) == ("own", "2026.11")


def test_thresholds_of_packs_are_tightened_inside_their_ranges_and_that_is_stamped() -> None:
    tighter = Law.shipped().with_thresholds({"us-regf.calls_in_window": 5, "us-ma.contacts_in_week": "1"})
    own = tighter.packs()["us-regf"].thresholds["calls_in_window"]
    assert [int(each) for each in (own.value, own.written, own.low, own.high)] == [5, 7, 1, 7]
    assert tighter.packs()["us-ma"].thresholds["contacts_in_week"].value == 1
    assert tighter != Law.shipped()
    with pytest.raises(PolicyError, match="the thresholds cannot be set") as wrong:
        Law.shipped().with_thresholds({"us-regf.calls_in_window": 8})
    assert len(wrong.value.diagnostics) == 1
    with pytest.raises(PolicyError, match="calls_in_widow"):
        Law.shipped().with_thresholds({"us-regf.calls_in_widow": 5})
    with pytest.raises(ValueError, match="no pack is called `us-reg`: did you mean `us-regf`"):
        Law.shipped().with_thresholds({"us-reg.calls_in_window": 5})
    with pytest.raises(TypeError, match="is a float"):
        Law.shipped().with_thresholds({"us-regf.calls_in_window": 5.0})  # type: ignore[dict-item]


def test_everything_that_is_not_verified_can_be_enabled_at_once() -> None:
    law = Law.shipped().with_unverified()
    rules = [rule for pack in law.packs(on=DAY) for rule in pack.rules]
    assert {rule.rule for rule in rules if rule.status == "unverified"} == set(law.enabled)
    assert not any(rule.enabled for rule in rules if rule.status == "draft")


def test_a_law_can_be_sent_and_is_the_same_when_it_arrives(tmp_path: Path) -> None:
    path = tmp_path / "own.rhai"
    path.write_text(OWN, encoding="utf-8")
    shipped = Law.shipped()
    steps = shipped.enabling(["US-BK-362-stay"]).with_pack(path).with_thresholds({"us-regf.calls_in_window": 5})
    for law in (shipped, Law.none("why not"), steps, steps.enabling(["OWN-calls"]), shipped.with_unverified()):
        again = pickle.loads(pickle.dumps(law))
        assert again == law
        assert (again.stamp, again.enabled, hash(again)) == (law.stamp, law.enabled, hash(law))


def test_a_pack_of_several_files_can_be_sent_without_them(tmp_path: Path) -> None:
    head, rules = OWN.strip().split("\n", 1)
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/rules.rhai").write_text(rules, encoding="utf-8")
    (tmp_path / "own.rhai").write_text(f'{head}\nimport "parts/rules" as rules;\n', encoding="utf-8")
    law = Law.shipped().with_pack(tmp_path / "own.rhai").enabling(["OWN-calls"])
    sent = pickle.dumps(law)
    for path in (tmp_path / "own.rhai", tmp_path / "parts/rules.rhai"):
        path.unlink()
    assert pickle.loads(sent) == law


def test_the_packs_that_are_shipped_are_listed_with_all_that_their_rules_say(root: Path) -> None:
    packs = arrears.packs()
    files = {path.stem for path in (root / "crates/arrears-rules/packs").glob("*.rhai")}
    assert {pack.name for pack in packs} == files
    assert len(packs) == len(files)
    regf = packs["us-regf"]
    assert (regf.jurisdiction, regf.start, regf.end, regf.in_force) == ("US", date(2021, 11, 30), None, None)
    assert regf.text == (root / "crates/arrears-rules/packs/us-regf.rhai").read_text(encoding="utf-8")
    (hours,) = [rule for rule in regf.rules if rule.rule == "US-REGF-6b1i-hours"]
    assert (hours.kind, hours.status, hours.basis, hours.certainty, hours.strength) == (
        *("limit", "in_force", "primary", "high", "must"),
    )
    assert "1006.6(b)(1)(i)" in hours.cites
    assert hours.says
    assert hours.not_covered
    assert (hours.binds, hours.enabled) == (None, False)
    assert regf in packs
    assert packs[0] in packs[:1]
    with pytest.raises(KeyError, match="the packs are au-rg96"):
        packs["us-regz"]
    assert "us-regf" in repr(packs)
    assert "United States: Regulation F" in packs._repr_html_()


def test_the_rules_are_a_table_too() -> None:
    packs = arrears.packs(on=DAY)
    rows = packs.rules.to_polars()
    assert len(rows) == len(packs.rules) == sum(len(pack.rules) for pack in packs)
    listed = [(pack.name, rule.rule, rule.status, rule.binds, rule.says) for pack in packs for rule in pack.rules]
    names = ["pack", "rule", "status", "binds", "says"]
    assert rows.select(pl.col(names).cast(pl.String)).rows() == [
        (*each[:3], str(each[3]).lower(), each[4]) for each in listed
    ]
    assert rows.filter(pl.col("pack").cast(pl.String) == "us-regf")["from"].unique().to_list() == [date(2021, 11, 30)]


def test_on_a_day_it_is_said_what_binds() -> None:
    before, after = (arrears.packs(on=day)["us-regf"] for day in (date(2021, 11, 29), date(2021, 11, 30)))
    assert (before.in_force, after.in_force) == (False, True)
    assert not any(rule.binds for rule in before.rules)
    assert all(rule.binds == (rule.status == "in_force") for rule in after.rules)
    enabled = Law.shipped().enabling(["US-BK-362-stay"]).packs(on=DAY, jurisdiction="US-MA")
    assert {pack.name for pack in enabled} >= {"us-regf", "us-ma", "us-bankruptcy"}
    assert not {pack.jurisdiction for pack in enabled} - {"US", "US-MA"}
    (stay,) = [rule for rule in enabled["us-bankruptcy"].rules if rule.rule == "US-BK-362-stay"]
    assert (stay.status, stay.enabled, stay.binds) == ("unverified", True, True)
    assert "enabled US-BK-362-stay" in repr(Law.shipped().enabling(["US-BK-362-stay"]))


def test_a_book_is_decided_under_the_law_as_by_the_command(
    small: arrears.Policy, nowhere: arrears.Policy, command: str, tmp_path: Path
) -> None:
    (tmp_path / "own.rhai").write_text(OWN, encoding="utf-8")
    ways: list[tuple[dict[str, Any], list[str]]] = [
        ({}, []),
        ({"enable": ["US-BK-362-stay"]}, ["--enable", "US-BK-362-stay"]),
        (
            {"packs": [tmp_path / "own.rhai"], "enable": ["OWN-calls"]},
            ["--pack", str(tmp_path / "own.rhai"), "--enable", "OWN-calls"],
        ),
    ]
    collectors = ["first_party", "third_party", None]
    for policy in (small, nowhere):
        (tmp_path / "policy.rhai").write_text(policy.source, encoding="utf-8")
        for law, words in ways:
            rows = [told(policy, **law).with_columns(collector=pl.lit(who, pl.String)) for who in collectors]
            book = pl.concat(rows).with_columns(account_id=pl.int_range(pl.len()).cast(pl.String))
            book.write_parquet(tmp_path / "book.parquet")
            asked = [command, "run", str(tmp_path / "policy.rhai"), "--on", str(tmp_path / "book.parquet"), *words]
            asked += ["--as-of", DAY.isoformat(), "--out", str(tmp_path / "out.parquet"), "--quiet"]
            subprocess.run(asked, check=True)
            decided = plain(policy.decide(book, as_of=DAY, **law))
            assert decided.equals(plain(pl.read_parquet(tmp_path / "out.parquet").to_arrow()))
