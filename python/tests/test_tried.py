"""Sweeps and comparisons say what deciding the table once for each value, or under each policy, says."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import arrears
import polars as pl
import pyarrow as pa
import pytest
from conftest import AS_OF, NO_LAW
from hypothesis import given, settings
from hypothesis import strategies as st
from test_same_everywhere import LIBRARIES

CONTACTS = ["push", "in_app", "chat", "sms", "email", "letter", "ivr", "phone", "visit", "branch", "meeting"]
STANDING = ["stage", "action", "treatment", "debtor_type"]
TALLIED = [*STANDING, "channel"]
ASKED: dict[str, Any] = {"as_of": AS_OF, "no_law": NO_LAW}
Counted = dict[tuple[str, str | None], tuple[int, Decimal | None]]


@pytest.fixture(scope="module")
def frame(book_path: Path) -> pl.DataFrame:
    return pl.read_parquet(book_path)


@pytest.fixture(scope="module")
def proposed(card: arrears.Policy) -> arrears.Policy:
    return card.with_thresholds(limit_full="0.80", small_debt="500.00")


def standings(policy: arrears.Policy, table: Any, **more: Any) -> pl.DataFrame:
    """How every account stands when the table is decided, in words, in the order of the table."""
    asked = {**ASKED, "reviews": False, **more}
    decided = policy.decide(table, **asked).to_polars()
    return decided.select("account_id", *(pl.col(name).cast(pl.String) for name in TALLIED))


def with_money(decided: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """With what is overdue by the raw table."""
    return decided.join(table.select("account_id", "overdue"), on="account_id", how="left", validate="1:1")


def counted(rows: pl.DataFrame) -> tuple[int, Decimal]:
    return rows.height, Decimal(rows["overdue"].sum() or 0)


def differ(*names: str) -> pl.Expr:
    """Accounts of which one of these is another than `..._own`; nothing and nothing are alike."""
    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_own")) for name in names)


def contact(name: str = "action") -> pl.Expr:
    return pl.col(name).is_in(CONTACTS)


def recounted(now: pl.DataFrame, own: pl.DataFrame) -> Counted:
    """What a sweep says of one value, counted from two tables of decisions."""
    both = now.join(own, on="account_id", suffix="_own", validate="1:1")
    found: Counted = {
        ("decided", None): counted(now),
        ("contacts", None): counted(now.filter(contact())),
        ("moved", "any"): counted(both.filter(differ(*STANDING))),
        ("moved", "into_contact"): counted(both.filter(contact() & ~contact("action_own"))),
        ("moved", "out_of_contact"): counted(both.filter(~contact() & contact("action_own"))),
        ("only_here", None): (0, Decimal(0)),
        ("only_own", None): (0, Decimal(0)),
        ("errors", None): (0, None),
    }
    found |= {("moved", name): counted(both.filter(differ(name))) for name in STANDING}
    for name in TALLIED:
        for (key,), rows in now.filter(pl.col(name).is_not_null()).group_by(name):
            found[name, str(key)] = counted(rows)
    return found


def swept(sweep: arrears.Sweep, value: Decimal) -> Counted:
    rows = sweep.to_polars().filter(pl.col("value") == value).select("measure", "key", "accounts", "overdue")
    told = {(str(measure), key): (accounts, overdue) for measure, key, accounts, overdue in rows.iter_rows()}
    assert len(told) == len(rows)
    return told


# ---- a sweep


@pytest.mark.parametrize(
    ("threshold", "values"),
    [
        ("limit_full", ["0.80", "0.90", "1"]),
        ("small_debt", [0, 500, 5000]),
        ("grace_days", [0, 7]),
        ("habit_lates", [6]),
        ("large_debt", [Decimal("5000.01"), "100000.00"]),
    ],
)
def test_a_sweep_is_the_table_decided_once_with_each_value(
    threshold: str, values: list[Any], card: arrears.Policy, frame: pl.DataFrame
) -> None:
    sweep = arrears.sweep(card, threshold, values, frame, **ASKED)
    own = with_money(standings(card, frame), frame)
    assert sweep.values == sorted([*(Decimal(value) for value in values), card.thresholds[threshold].value])
    for value in sweep.values:
        now = with_money(standings(card.with_thresholds(**{threshold: value}), frame), frame)
        assert swept(sweep, value) == recounted(now, own), value


def test_a_sweep_moves_somebody(card: arrears.Policy, frame: pl.DataFrame) -> None:
    """Otherwise the test above would say little."""
    moving = {"limit_full": "0.80", "small_debt": "500", "habit_lates": "6", "large_debt": "5000"}
    for threshold, value in moving.items():
        told = swept(arrears.sweep(card, threshold, [value], frame, **ASKED), Decimal(value))
        assert told["moved", "any"][0] > 0, threshold


def test_the_policys_own_value_is_among_them_marked_and_moves_nobody(card: arrears.Policy, frame: pl.DataFrame) -> None:
    sweep = arrears.sweep(card, "limit_full", ["0.80"], frame, **ASKED)
    assert (sweep.threshold, sweep.own, sweep.values) == ("limit_full", Decimal("0.95"), [Decimal("0.8"), sweep.own])
    own = sweep.to_polars().filter("own")
    assert set(own["value"]) == {sweep.own}
    assert own.filter(pl.col("measure").is_in(["moved", "only_here", "only_own"]))["accounts"].sum() == 0
    # What was set before the sweep is its own value too.
    moved = card.with_thresholds(limit_full="0.85")
    assert arrears.sweep(moved, "limit_full", ["0.95"], frame, **ASKED).own == Decimal("0.85")
    # A value that is given twice, or is the policy's own, stands there once.
    twice = arrears.sweep(card, "limit_full", ["0.80", "0.8", "0.950"], frame, **ASKED)
    assert twice.values == [Decimal("0.8"), Decimal("0.95")]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_sweep_does_not_depend_on_the_library(library: str, card: arrears.Policy, book_path: Path) -> None:
    table = LIBRARIES[library](book_path)
    sweep = arrears.sweep(card, "small_debt", [500], table, **ASKED)
    wanted = arrears.sweep(card, "small_debt", [500], book_path, **ASKED)
    assert sweep.to_polars().equals(wanted.to_polars())
    assert str(sweep) == str(wanted)
    assert {**sweep.to_dict(), "table": ""} == {**wanted.to_dict(), "table": ""}
    assert pl.DataFrame(sweep.to_arrow()).equals(pl.DataFrame(sweep.to_pandas()))


# ---- a comparison


def flows(comparison: arrears.Comparison) -> dict[tuple[str, str | None, str | None], tuple[int, Decimal]]:
    rows = comparison.flows.to_polars().select("measure", "from", "to", "accounts", "overdue")
    told = {(row[0], row[1], row[2]): (row[3], row[4]) for row in rows.iter_rows()}
    assert len(told) == len(rows)
    return told


def joined(a: arrears.Policy, b: arrears.Policy, table: pl.DataFrame, **more: Any) -> pl.DataFrame:
    """Two tables of decisions side by side, in the order of the table."""
    first, second = (with_money(standings(policy, table, **more), table) for policy in (a, b))
    second = second.drop("overdue").rename({name: f"{name}_b" for name in TALLIED})
    first = first.rename({name: f"{name}_a" for name in TALLIED})
    return first.join(second, on="account_id", validate="1:1", maintain_order="left")


def moved_by_hand(both: pl.DataFrame) -> pl.DataFrame:
    """Who stands otherwise, and in what, as a comparison lists it."""
    words = [
        pl.when(pl.col(f"{name}_a").ne_missing(pl.col(f"{name}_b"))).then(pl.lit(name)).otherwise(None)
        for name in STANDING
    ]
    listed = both.with_columns(moved=pl.concat_str(words, separator="; ", ignore_nulls=True))
    columns = [f"{name}_{side}" for name in STANDING for side in "ab"]
    return listed.filter(pl.col("moved") != "").select("account_id", *columns, "overdue", "moved")


def plain(table: arrears.Table) -> pl.DataFrame:
    frame = table.to_polars()
    return frame.with_columns(pl.col(pl.Categorical).cast(pl.String), pl.col("overdue").cast(pl.Decimal(38, 2)))


def test_a_comparison_is_two_tables_of_decisions_joined(
    card: arrears.Policy, proposed: arrears.Policy, frame: pl.DataFrame
) -> None:
    comparison = arrears.compare(card, proposed, frame, **ASKED)
    both = joined(card, proposed, frame)
    recount = {}
    for name in TALLIED:
        for (start, end), rows in both.group_by(f"{name}_a", f"{name}_b"):
            recount[name, start, end] = counted(rows)
    assert flows(comparison) == recount
    moved = moved_by_hand(both)
    assert 0 < moved.height < frame.height
    assert plain(comparison.moved).equals(moved.with_columns(pl.col("overdue").cast(pl.Decimal(38, 2))))
    assert comparison.kept == frame.height - moved.height
    told = comparison.to_dict()

    def count(where: pl.Expr | bool) -> dict[str, Any]:
        accounts, overdue = counted(both.filter(where))
        return {"accounts": accounts, "overdue": f"{overdue:.2f}", "overdue_unknown": 0}

    called, called_b = contact("action_a"), contact("action_b")
    assert told["both"] == count(True)
    assert told["contacts"] == {
        "both": count(called & called_b),
        "only_a": count(called & ~called_b),
        "only_b": count(~called & called_b),
        "neither": count(~called & ~called_b),
    }
    for name in STANDING:
        assert told["moved"][name] == count(pl.col(f"{name}_a").ne_missing(pl.col(f"{name}_b")))
    assert (told["a"]["policy_hash"], told["b"]["policy_hash"]) == (card.hash, proposed.hash)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_comparison_does_not_depend_on_the_library(
    library: str, card: arrears.Policy, proposed: arrears.Policy, book_path: Path
) -> None:
    comparison = arrears.compare(card, proposed, LIBRARIES[library](book_path), **ASKED)
    wanted = arrears.compare(card, proposed, book_path, **ASKED)
    assert comparison.flows.to_polars().equals(wanted.flows.to_polars())
    assert plain(comparison.moved).equals(plain(wanted.moved))
    assert str(comparison) == str(wanted)


def test_a_policy_beside_itself_moves_nobody(card: arrears.Policy, frame: pl.DataFrame) -> None:
    comparison = arrears.compare(card, card, frame, **ASKED)
    assert (comparison.kept, len(comparison.moved)) == (frame.height, 0)
    assert all(start == end for _, start, end in flows(comparison))
    assert comparison.moved.columns[0] == "account_id"
    assert "by stage, from A to B" not in str(comparison)


def test_a_and_b_change_places(card: arrears.Policy, proposed: arrears.Policy, frame: pl.DataFrame) -> None:
    there, back = (arrears.compare(*pair, frame, **ASKED) for pair in ((card, proposed), (proposed, card)))
    assert flows(back) == {(name, end, start): count for (name, start, end), count in flows(there).items()}
    swapped = {f"{name}_{a}": f"{name}_{b}" for name in STANDING for a, b in ("ab", "ba")}
    moved = plain(there.moved)
    assert plain(back.moved).select(moved.columns).equals(moved.rename(swapped).select(moved.columns))
    assert there.kept == back.kept


def test_a_sweep_moves_whom_a_comparison_moves(card: arrears.Policy, frame: pl.DataFrame) -> None:
    told = arrears.sweep(card, "limit_full", ["0.80", "1"], frame, **ASKED).to_dict()
    for point in told["points"]:
        other = card.with_thresholds(limit_full=point["value"])
        compared = arrears.compare(card, other, frame, **ASKED).to_dict()
        assert point["moved"] == compared["moved"]
        assert point["policy_hash"] == other.hash


# ---- what travels with the accounts

CALLS = """
policy "calls" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
threshold patience = 2 #{ from: 1, to: 9, why: "once is no pattern" };
threshold least = 50.00 #{ from: 10.00, to: 500.00, why: "a letter costs more than it brings below this" };
stage "late" when dpd >= 1;
stage "called" when dpd >= 1 && times("phone", 7) >= patience;
escalate #{ mode: "free" };
assume opted_out("letter") = false #{ why: "letters need no consent" };
treatment "a_letter" in ["late", "called"] when overdue >= least do letter(#{ text: "gentle", every: 7 });
"""
DAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def calls() -> arrears.Policy:
    return arrears.Policy.from_source(CALLS)


def test_contacts_beside_the_table_are_counted_in_both(calls: arrears.Policy) -> None:
    accounts = pl.DataFrame({"account_id": ["A", "B", "C"], "dpd": [3, 3, 3], "overdue": ["60.00", "60.00", "5.00"]})
    contacts = pl.DataFrame({
        "account_id": ["A", "A", "B", "C", "C"],
        "called_at": [date(2026, 3, 29), date(2026, 3, 30), date(2026, 3, 30), date(2026, 3, 1), date(2026, 3, 31)],
        "channel": ["phone"] * 5,
    })  # fmt: skip
    asked: dict[str, Any] = {
        "as_of": DAY, "no_law": "a test", "contacts": contacts, "event_columns": {"contacts": {"on": "called_at"}},
    }  # fmt: skip
    sweep = arrears.sweep(calls, "patience", [1, 3], accounts, **asked)
    found = {value: swept(sweep, value).get(("stage", "called"), (0, None))[0] for value in sweep.values}
    assert found == {Decimal(1): 3, Decimal(2): 1, Decimal(3): 0}
    comparison = arrears.compare(calls, calls.with_thresholds(patience=1), accounts, **asked)
    assert comparison.moved.to_polars()["account_id"].to_list() == ["B", "C"]
    assert sweep.to_dict()["events"] != []


def test_accounts_of_one_customer_are_settled_together_in_both(calls: arrears.Policy) -> None:
    accounts = pl.DataFrame({
        "account_id": ["A", "B", "C"], "customer_id": ["P", "P", "Q"], "dpd": [3, 40, 5], "times_phone_7": [0, 0, 0],
        "overdue": ["60.00", "70.00", "80.00"],
    })  # fmt: skip
    asked: dict[str, Any] = {"as_of": DAY, "no_law": "a test"}
    decided = calls.decide(accounts, **asked).to_polars()
    assert decided["rides_with"].drop_nulls().len() == 1
    sweep = arrears.sweep(calls, "least", [75, 100], accounts, **asked)
    found = {value: swept(sweep, value)["contacts", None] for value in sweep.values}
    alone = arrears.sweep(calls, "least", [75, 100], accounts.drop("customer_id"), **asked)
    assert swept(alone, Decimal(50))["contacts", None][0] == 3
    assert found[Decimal(50)][0] == 2
    assert found[Decimal(75)] == (1, Decimal("80.00"))
    assert found[Decimal(100)][0] == 0
    rides = decided.filter(pl.col("rides_with").is_not_null())["account_id"].item()
    moved = arrears.compare(calls, calls.with_thresholds(least=100), accounts, **asked).moved.to_polars()
    assert set(moved["account_id"]) >= {"A", "B", "C"} - {rides}


def test_what_the_last_night_left_is_used_in_both(
    card: arrears.Policy, proposed: arrears.Policy, frame: pl.DataFrame
) -> None:
    left = card.decide(frame, **ASKED, reviews=False, keep_state=True).state
    night: dict[str, Any] = {"as_of": date(2005, 10, 1), "no_law": NO_LAW, "state": left}
    sweep = arrears.sweep(card, "small_debt", [500], frame, **night)
    own = with_money(standings(card, frame, **night), frame)
    for value in sweep.values:
        now = with_money(standings(card.with_thresholds(small_debt=value), frame, **night), frame)
        assert swept(sweep, value) == recounted(now, own), value
    new = {**night, "state": None}
    assert swept(arrears.sweep(card, "small_debt", [500], frame, **new), Decimal(500)) != swept(sweep, Decimal(500))
    comparison = arrears.compare(card, proposed, frame, **night)
    moved = moved_by_hand(joined(card, proposed, frame, **night))
    assert plain(comparison.moved).equals(moved.with_columns(pl.col("overdue").cast(pl.Decimal(38, 2))))


def test_columns_are_renamed_in_both(card: arrears.Policy, frame: pl.DataFrame) -> None:
    renamed = frame.rename({"dpd": "tage 😀", "overdue": "rückstand"})
    columns = {"dpd": "tage 😀", "overdue": "rückstand"}
    sweep = arrears.sweep(card, "small_debt", [500], renamed, columns=columns, **ASKED)
    assert str(sweep) == str(arrears.sweep(card, "small_debt", [500], frame, **ASKED))
    other = card.with_thresholds(small_debt=500)
    comparison = arrears.compare(card, other, renamed, columns=columns, **ASKED)
    assert str(comparison) == str(arrears.compare(card, other, frame, **ASKED))


def test_a_stream_is_read_once_and_kept(card: arrears.Policy, proposed: arrears.Policy, book: pa.Table) -> None:
    def stream() -> pa.RecordBatchReader:
        return pa.RecordBatchReader.from_batches(book.schema, iter(book.to_batches(max_chunksize=1000)))

    sweep = arrears.sweep(card, "small_debt", [0, 500], stream(), **ASKED)
    assert sweep.to_polars().equals(arrears.sweep(card, "small_debt", [0, 500], book, **ASKED).to_polars())
    comparison = arrears.compare(card, proposed, stream(), **ASKED)
    assert str(comparison) == str(arrears.compare(card, proposed, book, **ASKED))


# ---- what is refused, and rows at fault


def test_an_unknown_threshold_comes_with_the_one_that_was_meant(card: arrears.Policy, book: pa.Table) -> None:
    with pytest.raises(arrears.PolicyError) as refused:
        arrears.sweep(card, "limit_ful", ["0.9"], book, **ASKED)
    (problem,) = refused.value.diagnostics
    assert problem.message == "the policy has no threshold `limit_ful`"
    assert problem.help == "did you mean `limit_full`?"
    assert "limit_ful" in str(refused.value)


def test_all_values_that_cannot_be_tried_are_named(card: arrears.Policy, book: pa.Table) -> None:
    with pytest.raises(arrears.PolicyError) as refused:
        arrears.sweep(card, "limit_full", ["0.9", "2", "0.1234567", 0, "0.95"], book, **ASKED)
    messages = [problem.message for problem in refused.value.diagnostics]
    assert [message.split(":")[0] for message in messages] == [
        f"`limit_full` cannot be {value}" for value in ("2", "0.1234567", "0")
    ]
    assert all(message in str(refused.value) for message in messages)
    assert all(problem.place is not None for problem in refused.value.diagnostics)


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ([0.9], TypeError, r'threshold `limit_full` is a float: write Decimal\("0\.9"\) or "0\.9"'),
        ([True], TypeError, "threshold `limit_full` is a bool"),
        ([None], TypeError, "threshold `limit_full` is a NoneType"),
        ("0.9", TypeError, r"`values` is one text: pass several values, as in \['0\.9'\]"),
        ([], ValueError, "there is no value of `limit_full` to try"),
        (["much"], ValueError, "`much` is not a decimal number"),
        ([Decimal("NaN")], ValueError, "is not a decimal number"),
    ],
)
def test_what_is_no_exact_value_is_refused(
    values: Any, error: type[Exception], message: str, card: arrears.Policy, book: pa.Table
) -> None:
    with pytest.raises(error, match=message):
        arrears.sweep(card, "limit_full", values, book, **ASKED)


def test_policies_of_two_currencies_are_not_compared(calls: arrears.Policy) -> None:
    other = arrears.Policy.from_source(CALLS.replace("EUR", "CHF"))
    table = pl.DataFrame({"account_id": ["A"], "dpd": [3], "overdue": ["60.00"], "times_phone_7": [0]})
    with pytest.raises(ValueError, match=r"EUR.*CHF"):
        arrears.compare(calls, other, table, as_of=DAY, no_law="a test")
    with pytest.raises(TypeError, match=r"accounts: .*list is no table"):
        arrears.compare(calls, calls, [table], as_of=DAY, no_law="a test")  # type: ignore[arg-type]


def test_columns_at_fault_are_named_as_when_deciding(calls: arrears.Policy) -> None:
    table = pl.DataFrame({"account_id": ["A"], "dpd": [3], "overdue": [60.0]})
    asked: dict[str, Any] = {"as_of": DAY, "no_law": "a test"}
    tries: list[Callable[[], Any]] = [
        lambda: calls.decide(table, **asked),
        lambda: arrears.sweep(calls, "least", [75], table, **asked),
        lambda: arrears.compare(calls, calls, table, **asked),
    ]
    found = []
    for run in tries:
        with pytest.raises(arrears.SchemaError) as refused:
            run()
        found.append(refused.value.columns)
    assert found[0] == found[1] == found[2]
    assert {problem.column or problem.fact for problem in found[0]} == {"overdue", "times_phone_7"}


def test_rows_at_fault_end_it_or_are_counted_with_each_value(calls: arrears.Policy) -> None:
    table = pl.DataFrame({
        "account_id": ["A", "B", None], "dpd": ["3", "-1", "3"], "overdue": ["60.00"] * 3, "times_phone_7": [0] * 3,
    })  # fmt: skip
    asked: dict[str, Any] = {"as_of": DAY, "no_law": "a test"}
    for run in (
        lambda: arrears.sweep(calls, "least", [75], table, **asked),
        lambda: arrears.compare(calls, calls, table, **asked),
    ):
        with pytest.raises(arrears.RowErrors) as refused:
            run()
        assert (refused.value.total, refused.value.rows) == (2, 3)
        assert [(bad.row, bad.account_id) for bad in refused.value.errors] == [(2, "B"), (3, None)]
    sweep = arrears.sweep(calls, "least", [75], table, keep_going=True, **asked)
    assert {swept(sweep, value)["errors", None][0] for value in sweep.values} == {2}
    told = arrears.compare(calls, calls, table, keep_going=True, **asked).to_dict()
    assert (told["both"]["accounts"], told["neither"], told["rows"]) == (1, 2, 3)
    assert [error["row"] for error in told["a"]["first_errors"]] == [2, 3]


def test_rows_that_one_policy_alone_decides_are_told_apart(calls: arrears.Policy) -> None:
    wide, narrow = (
        arrears.Policy.from_source(CALLS.replace('stage "late"', f'applies when overdue >= {least};\nstage "late"', 1))
        for least in ("1.00", "55.00")
    )
    table = pl.DataFrame({
        "account_id": ["A", "B", "C"], "dpd": [3] * 3, "overdue": ["60.00", "50.00", "0.50"], "times_phone_7": [0] * 3,
    })  # fmt: skip
    asked: dict[str, Any] = {"as_of": DAY, "no_law": "a test", "keep_going": True}
    comparison = arrears.compare(wide, narrow, table, **asked)
    told = comparison.to_dict()
    assert [told[name]["accounts"] for name in ("both", "only_a", "only_b")] == [1, 1, 0]
    assert told["only_a"]["overdue"] == "50.00"
    assert told["neither"] == 1
    assert "decided under A alone" in str(comparison)


def test_what_is_overdue_and_not_known_adds_nothing_and_is_counted(calls: arrears.Policy) -> None:
    table = pl.DataFrame({
        "account_id": ["A", "B", "C"], "dpd": [3] * 3, "overdue": ["60.00", None, "90.00"], "times_phone_7": [0] * 3,
    })  # fmt: skip
    asked: dict[str, Any] = {"as_of": DAY, "no_law": "a test"}
    sweep = arrears.sweep(calls, "least", [75], table, **asked)
    decided = sweep.to_polars().filter(pl.col("measure") == "decided")
    assert decided["overdue"].to_list() == [Decimal("150.00")] * 2
    assert decided["overdue_unknown"].to_list() == [1, 1]
    told = arrears.compare(calls, calls, table, **asked).to_dict()
    assert told["both"] == {"accounts": 3, "overdue": "150.00", "overdue_unknown": 1}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 40), st.none() | st.decimals(0, 600, places=2), st.integers(0, 4), st.sampled_from("PQR")
        ),
        max_size=12,
    ),
    st.integers(1, 9),
    st.decimals(10, 500, places=2),
)
def test_any_table_moves_back_what_it_moved(rows: list[Any], patience: int, least: Decimal) -> None:
    a = arrears.Policy.from_source(CALLS)
    b = a.with_thresholds(patience=patience, least=least)
    table = pa.table({
        "account_id": [str(number) for number in range(len(rows))],
        "dpd": pa.array([row[0] for row in rows], pa.int32()),
        "overdue": pa.array([row[1] for row in rows], pa.decimal128(12, 2)),
        "times_phone_7": pa.array([row[2] for row in rows], pa.int32()),
        "customer_id": pa.array([row[3] for row in rows], pa.string()),
    })  # fmt: skip
    asked: dict[str, Any] = {"as_of": DAY, "no_law": "a test"}
    there, back = arrears.compare(a, b, table, **asked), arrears.compare(b, a, table, **asked)
    assert flows(back) == {(name, end, start): count for (name, start, end), count in flows(there).items()}
    assert there.kept + len(there.moved) == len(rows)
    for name in ("stage", "action"):
        assert sum(count for (measure, _, _), (count, _) in flows(there).items() if measure == name) == len(rows)


# ---- how they look


def test_texts_are_aligned(card: arrears.Policy, proposed: arrears.Policy, frame: pl.DataFrame) -> None:
    lines = str(arrears.sweep(card, "small_debt", [0, 500, 5000], frame, **ASKED)).splitlines()
    table = [line for line in lines if line.strip()][:5]
    assert table[0].split()[0].startswith("small_debt")
    assert len({len(line) for line in table}) == 1
    assert [line.split()[1] == "*" or "*" in line for line in table[1:]].count(True) == 1
    comparison = str(arrears.compare(card, proposed, frame, **ASKED)).splitlines()
    assert comparison[0] == (
        f"A cn-card 2005.09 ({card.hash[:12]}), B cn-card 2005.09 ({proposed.hash[:12]}), as of 2005-09-30"
    )
    assert comparison[1].split() == ["accounts", "overdue,", "CNY"]
    assert len({len(line) for line in comparison[1:13]}) == 1
    assert comparison[2].split() == ["decided", "under", "both", "30,000", "28,672,520.90"]
    arrows = [line for line in comparison if " > " in line]
    assert arrows
    assert len({len(line) for line in arrows}) == 1
    for line in arrows:
        start, end = line[:38].split(" > ")
        assert start.strip() != end.strip()


def test_a_policy_that_reads_no_money_is_told_without(root: Path) -> None:
    panel = arrears.Policy.from_file(root / "examples/policies/panel.rhai")
    table = pl.DataFrame({"account_id": ["A", "B", "C"], "dpd": [0, 10, 100]})
    asked: dict[str, Any] = {"as_of": DAY, "no_law": "a test"}
    comparison = arrears.compare(panel, panel.with_thresholds(lost_wait=60), table, **asked)
    assert "overdue" not in comparison.to_dict()["both"]
    assert str(comparison).splitlines()[1].split() == ["accounts"]
    assert "overdue" not in comparison._repr_html_()
    sweep = arrears.sweep(panel, "lost_wait", [60], table, **asked)
    assert "overdue" not in str(sweep)
    assert sweep.to_polars()["overdue"].null_count() == len(sweep)


def test_texts_of_a_policy_are_escaped_in_a_notebook() -> None:
    hostile = arrears.Policy.from_source(
        CALLS.replace('"calls"', '"<script>a&b"').replace('"1"', '"<i>1"').replace('"called"', '"<b>called"')
    )
    table = pl.DataFrame({"account_id": ["<u>A"], "dpd": [3], "overdue": ["60.00"], "times_phone_7": [1]})
    asked: dict[str, Any] = {"as_of": DAY, "no_law": "<script>"}
    sweep = arrears.sweep(hostile, "patience", [1], table, **asked)
    comparison = arrears.compare(hostile, hostile.with_thresholds(patience=1), table, **asked)
    for page in (sweep._repr_html_(), comparison._repr_html_(), comparison.moved._repr_html_()):
        assert not any(f"<{tag}>" in page for tag in ("script", "i", "b", "u"))
    assert "&lt;script&gt;a&amp;b &lt;i&gt;1" in sweep._repr_html_()
    assert "&lt;b&gt;called" in comparison._repr_html_()


def test_they_say_what_they_are(card: arrears.Policy, proposed: arrears.Policy, frame: pl.DataFrame) -> None:
    sweep = arrears.sweep(card, "small_debt", [0, 500], frame, **ASKED)
    assert repr(sweep) == "<Sweep of small_debt over 0.00, 500.00, 2000.00>"
    told = sweep.to_dict()
    assert json.loads(json.dumps(told)) == told
    assert (told["policy"], told["as_of"], told["law"]) == ("cn-card", "2005-09-30", f"none: {NO_LAW}")
    assert told["threshold"]["why"] == card.thresholds["small_debt"].why
    assert str(sweep) in sweep._repr_html_()
    comparison = arrears.compare(card, proposed, frame, **ASKED)
    assert repr(comparison) == f"<Comparison: {len(comparison.moved):,} moved, {comparison.kept:,} stand alike>"
    assert json.loads(json.dumps(comparison.to_dict())) == comparison.to_dict()
    assert "Who moves" in comparison._repr_html_()


# ---- beside the interpreter


@pytest.fixture(scope="module")
def long(frame: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([frame.with_columns(pl.col("account_id") + f"/{number}") for number in range(20)])


def test_progress_is_told_pass_by_pass(card: arrears.Policy, proposed: arrears.Policy, frame: pl.DataFrame) -> None:
    told: list[arrears.Progress] = []
    arrears.sweep(card, "limit_full", ["0.80", "0.90"], frame, progress=told.append, **ASKED)
    assert told[-1] == arrears.Progress("deciding 3 of 3", frame.height, frame.height)
    assert {each.step for each in told} <= {f"deciding {number} of 3" for number in (1, 2, 3)}
    assert [(each.step, each.rows) for each in told] == sorted((each.step, each.rows) for each in told)
    told.clear()
    arrears.compare(card, proposed, frame, progress=told.append, **ASKED)
    assert told[-1] == arrears.Progress("deciding 2 of 2", frame.height, frame.height)


def test_a_bar_is_shown_for_each_pass(
    card: arrears.Policy, long: pl.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("tqdm")
    arrears.sweep(card, "limit_full", ["0.80"], long, progress=True, **ASKED)
    shown = capsys.readouterr().err
    assert "deciding 1 of 2" in shown
    assert "deciding 2 of 2" in shown


def test_ctrl_c_ends_a_sweep_and_a_comparison_at_once(
    card: arrears.Policy, proposed: arrears.Policy, long: pl.DataFrame
) -> None:
    runs: list[Callable[[], Any]] = [
        lambda: arrears.sweep(card, "small_debt", range(0, 5000, 10), long, **ASKED),
        lambda: [arrears.compare(card, proposed, long, **ASKED) for _ in range(20)],
    ]
    for run in runs:
        main = threading.main_thread().ident or 0
        timer = threading.Timer(0.3, lambda main=main: signal.pthread_kill(main, signal.SIGINT))
        asked = time.perf_counter() + 0.3
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            run()
        assert time.perf_counter() - asked < 1.0


def test_what_the_listener_raises_ends_the_sweep(card: arrears.Policy, long: pl.DataFrame) -> None:
    class Enough(Exception):
        pass

    def stop(progress: arrears.Progress) -> None:
        raise Enough

    with pytest.raises(Enough):
        arrears.sweep(card, "small_debt", range(0, 5000, 10), long, progress=stop, **ASKED)
