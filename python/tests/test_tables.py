"""Tables go in and out where they are, and what is wrong with one is said by column and row."""

from __future__ import annotations

import datetime as dt
import decimal
from datetime import date
from pathlib import Path
from typing import Any

import arrears
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from arrears import _arrears
from conftest import AS_OF, NO_LAW

SMALL = """
policy "small" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
threshold least = 50.00 #{ from: 10.00, to: 500.00, why: "a letter costs more than it brings below this" };
stage "late" when dpd >= 1;
stage "firm" when dpd > 30 && overdue >= least;
escalate #{ mode: "free" };
assume opted_out("letter") = false #{ why: "letters need no consent" };
treatment "first_letter" in ["late", "firm"] when overdue >= least do letter(#{ text: "gentle", every: 7 });
"""
DAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def small() -> arrears.Policy:
    return arrears.Policy.from_source(SMALL)


def decide(policy: arrears.Policy, table: Any, **more: Any) -> arrears.Decisions:
    return policy.decide(table, as_of=DAY, no_law="an example", **more)


def rows(**columns: Any) -> dict[str, Any]:
    return {"account_id": ["A", "B"], "dpd": [3, 40], "overdue": ["60.00", "40.00"], **columns}


def test_columns_of_fixed_width_are_read_where_they_are() -> None:
    table = pa.table({"account_id": ["A", "B", "C"], "dpd": pa.array([1, 2, 3], pa.int64())})
    taken = _arrears.Table.of(table, "accounts")
    held = [chunk.buffers()[1].address for chunk in table["dpd"].chunks]
    assert [batch[0] for batch in taken.addresses(1)] == held
    frame = pl.DataFrame({"dpd": np.arange(10_000, dtype=np.int64)})
    of_polars = pa.table(frame)["dpd"].chunk(0).buffers()[1].address
    assert _arrears.Table.of(frame, "accounts").addresses(0) == [[of_polars]]
    numbers = pd.DataFrame({"dpd": np.arange(10_000, dtype=np.int64)})
    assert _arrears.Table.of(numbers, "accounts").addresses(0) == [[numbers["dpd"].to_numpy().ctypes.data]]


def test_decisions_go_out_where_they_are(card: arrears.Policy, book: pa.Table) -> None:
    decisions = card.decide(book, as_of=AS_OF, no_law=NO_LAW, reviews=False)
    place = decisions.columns.index("next_review_on")
    own = [addresses[0] for addresses in decisions._native.addresses(place)]
    for _ in range(2):
        out = decisions.to_arrow()["next_review_on"]
        assert [chunk.buffers()[1].address for chunk in out.chunks] == own


def test_every_form_of_a_column_is_read_alike(small: arrears.Policy) -> None:
    plain = decide(small, pl.DataFrame(rows())).to_polars()
    forms: list[dict[str, Any]] = [
        {"dpd": pa.array([3, 40], pa.int8())},
        {"dpd": pa.array([3, 40], pa.uint64())},
        {"overdue": pa.array([decimal.Decimal("60.0000"), decimal.Decimal("40.0000")], pa.decimal128(20, 4))},
        {"overdue": pa.array(["60.00", "40.00"], pa.large_string())},
        {"overdue": pa.array(["60.00", "40.00"], pa.string_view())},
        {"overdue": pa.array(["60.00", "40.00"]).dictionary_encode()},
        {"account_id": pa.array(["A", "B"]).dictionary_encode()},
    ]
    for form in forms:
        assert decide(small, pa.table(rows(**form))).to_polars().equals(plain), form
    chunked = pa.table({name: pa.chunked_array([[v[0]], [], [v[1]]]) for name, v in rows().items()})
    assert decide(small, chunked).to_polars().equals(plain)
    sliced = pa.table({name: pa.array([v[1], *v, v[0]]) for name, v in rows().items()}).slice(1, 2)
    assert decide(small, sliced).to_polars().equals(plain)


def test_a_float_is_no_money_and_the_message_has_the_fix(small: arrears.Policy) -> None:
    with pytest.raises(arrears.SchemaError) as refused:
        decide(small, pd.DataFrame(rows(overdue=[60.0, 40.0])))
    (problem,) = refused.value.columns
    assert (problem.kind, problem.column, problem.fact) == ("wrong_type", "overdue", "overdue")
    assert problem.fix is not None
    assert "decimal" in problem.fix.lower()
    assert problem.message in str(refused.value)


def test_every_problem_of_the_columns_is_told_at_once(small: arrears.Policy) -> None:
    with pytest.raises(arrears.SchemaError) as refused:
        decide(small, pa.table({"account_id": ["A"], "overdue": [True]}), columns={"dpd": "days_late", "dpf": "x"})
    kinds = {problem.kind for problem in refused.value.columns}
    assert kinds == {"no_such_column", "no_such_fact", "wrong_type"}


def test_columns_are_renamed_by_a_dict(small: arrears.Policy) -> None:
    renamed = pl.DataFrame(rows()).rename({"dpd": "tage verzögert 😀", "account_id": "konto"})
    columns = {"dpd": "tage verzögert 😀", "account_id": "konto"}
    decisions = decide(small, renamed, columns=columns)
    assert decisions.to_polars().equals(decide(small, pl.DataFrame(rows())).to_polars())
    never = pl.DataFrame(rows(days_since_payment=[-1, 5]))
    assert len(decide(small, never, never={})) == 2


def test_bad_rows_are_named_by_row_account_and_column(small: arrears.Policy) -> None:
    table = pl.DataFrame({"account_id": ["A", "B", None, "A"], "dpd": ["3", "-1", "1", "2"], "overdue": ["1.00"] * 4})
    with pytest.raises(arrears.RowErrors) as refused:
        decide(small, table)
    assert (refused.value.total, refused.value.rows) == (3, 4)
    second, third, fourth = refused.value.errors
    assert (second.row, second.account_id, second.faults[0].column, second.faults[0].found) == (2, "B", "dpd", "-1")
    assert (third.row, third.account_id) == (3, None)
    assert "row 1" in str(fourth)
    kept = decide(small, table, keep_going=True)
    assert kept.errors == refused.value.errors
    assert len(kept) + len(kept.errors) == len(table)
    assert "3 rows were not decided" in kept._repr_html_()


@pytest.mark.parametrize(
    "table",
    [
        pa.table(
            {
                "account_id": pa.array([], pa.string()),
                "dpd": pa.array([], pa.int64()),
                "overdue": pa.array([], pa.string()),
            }
        ),
        pa.schema([("account_id", pa.string()), ("dpd", pa.int32()), ("overdue", pa.string())]).empty_table(),
        pl.DataFrame(schema={"account_id": pl.String, "dpd": pl.Int64, "overdue": pl.Decimal(12, 2)}),
    ],
)
def test_a_table_without_rows_has_no_decisions(small: arrears.Policy, table: Any) -> None:
    decisions = decide(small, table)
    assert len(decisions) == 0
    assert decisions.to_polars().columns[0] == "account_id"
    assert len(list(small.decide_stream(table, as_of=DAY, no_law="x"))) == 0
    # And leaves a state that the next night reads.
    left = decide(small, table, keep_state=True).state
    assert left is not None
    assert decide(small, pl.DataFrame(rows()), state=left).summary["with_state"] == 0


def test_what_is_no_table_is_refused_with_a_hint(small: arrears.Policy) -> None:
    with pytest.raises(TypeError, match=r"accounts: .*list is no table: pass a table that speaks Arrow"):
        decide(small, [{"account_id": "A"}])
    with pytest.raises(TypeError, match="it is lazy: collect it first"):
        decide(small, pl.DataFrame(rows()).lazy())
    spark = type("DataFrame", (), {"__module__": "pyspark.sql.classic.dataframe", "__arrow_c_stream__": None})()
    with pytest.raises(TypeError, match=r"use arrears\.spark\.decide"):
        decide(small, spark)
    with pytest.raises(TypeError, match=r"contacts: .* is no table"):
        decide(small, pl.DataFrame(rows()), contacts=3)


def test_a_day_is_a_date(small: arrears.Policy) -> None:
    with pytest.raises(TypeError, match=r"`as_of` is a datetime.*as_of=value\.date\(\)"):
        small.decide(pl.DataFrame(rows()), as_of=dt.datetime(2026, 3, 31), no_law="x")
    with pytest.raises(TypeError, match=r"pass a datetime\.date"):
        small.decide(pl.DataFrame(rows()), as_of="2026-03-31", no_law="x")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="the reason for deciding without law is empty"):
        small.decide(pl.DataFrame(rows()), as_of=DAY, no_law=" ")


def test_a_file_that_is_not_there_or_not_a_table_says_so(small: arrears.Policy, tmp_path: Path) -> None:
    with pytest.raises(arrears.FileError, match=r"nowhere\.parquet: cannot be opened"):
        decide(small, tmp_path / "nowhere.parquet")
    (tmp_path / "short.parquet").write_bytes(b"PAR1")
    with pytest.raises(arrears.TableError, match="too short for a Parquet file"):
        decide(small, tmp_path / "short.parquet")
    with pytest.raises(arrears.FileError):
        arrears.Policy.from_file(tmp_path / "nowhere.rhai")


def test_customers_are_settled_in_a_table_and_refused_in_a_stream(small: arrears.Policy) -> None:
    table = pl.DataFrame(rows(customer_id=["P", "P"], overdue=["60.00", "60.00"]))
    decisions = decide(small, table).to_polars()
    assert decisions["rides_with"].drop_nulls().to_list() != []
    bad = pl.DataFrame(rows(dpd=["3", "x"]))
    kept = small.decide_stream(bad, as_of=DAY, no_law="x", keep_going=True)
    assert not kept.errors
    assert sum(len(batch) for batch in kept) == 1
    assert [error.account_id for error in kept.errors] == ["B"]
    stream = small.decide_stream(table, as_of=DAY, no_law="x")
    with pytest.raises(arrears.ArrearsError, match="names no customers"):
        list(stream)


def test_decisions_say_what_they_are_in_a_notebook(card: arrears.Policy, book: pa.Table) -> None:
    decisions = card.decide(book, as_of=AS_OF, no_law=NO_LAW, reviews=False)
    page = decisions._repr_html_()
    assert "30,000 decisions under cn-card" in page
    assert NO_LAW in page
    assert str(len(decisions.assumptions)) + " assumptions" in page
    assert "<script" not in page
    assert sum(tally["accounts"] for tally in decisions.summary["by_action"]) == 30_000
    assert decisions.head(2)[0]["account_id"] == "TW-00001"
    hostile = pl.DataFrame({"account_id": ["<script>alert(1)</script>"], "dpd": [3], "overdue": ["60.00"]})
    assert "<script" not in decide(arrears.Policy.from_source(SMALL), hostile)._repr_html_()


def test_arguments_that_name_columns_are_read_as_they_are_meant(small: arrears.Policy) -> None:
    odd = 'days "late"\n\t\x7f\\ 😀'
    table = pl.DataFrame(rows()).rename({"dpd": odd})
    assert len(decide(small, table, columns={"dpd": odd})) == 2
    with pytest.raises(ValueError, match="event_columns: `columns` is none of contacts, payments, promises, holds"):
        decide(small, pl.DataFrame(rows()), event_columns={"columns": {"dpd": "x"}})
    with pytest.raises(TypeError, match=r'holds_cover is a list of protections: write \["dispute"\]'):
        decide(small, pl.DataFrame(rows()), holds_cover="dispute")
    with pytest.raises(TypeError, match=r'never\["days_since_payment"\] is None'):
        decide(small, pl.DataFrame(rows()), never={"days_since_payment": None})
    with pytest.raises(TypeError, match=r'columns\["dpd"\] is 3'):
        decide(small, pl.DataFrame(rows()), columns={"dpd": 3})
