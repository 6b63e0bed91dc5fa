"""Sweeps and comparisons say what deciding the table once for each value, or under each policy, says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import arrears
import polars as pl
import pyarrow as pa
import pytest
from by_hand import (
    ASKED,
    DAY,
    STANDING,
    TALLIED,
    contact,
    counted,
    flows,
    recounted,
    standings,
    swept,
    with_money,
)
from conftest import NO_LAW
from test_same_everywhere import LIBRARIES

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
