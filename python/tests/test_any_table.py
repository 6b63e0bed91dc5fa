"""Random tables: odd types, nulls, chunks, slices. None crashes; errors name column and row."""

from __future__ import annotations

import decimal
from datetime import date, datetime
from typing import Any

import arrears
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_tables import SMALL

MORE = """
hold "dispute" when dispute #{ stops: ["contact"] };
debtor "gone" when lost_contact;
debtor "paid_once" when days_since_payment < 30;
debtor "not_yet_known" otherwise;
"""
POLICY = arrears.Policy.from_source(SMALL + MORE)
COLUMNS = ["account_id", "dpd", "overdue", "dispute", "lost_contact", "days_since_payment"]

decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
TYPES: list[tuple[pa.DataType, st.SearchStrategy[Any]]] = [
    (pa.int8(), st.integers(-128, 127)),
    (pa.int64(), st.integers(-(2**63), 2**63 - 1)),
    (pa.uint64(), st.integers(0, 2**64 - 1)),
    (pa.float64(), st.floats()),
    (pa.float32(), st.floats(width=32)),
    (pa.bool_(), st.booleans()),
    (pa.string(), st.text(max_size=8) | st.sampled_from(["never", "true", "12", "3.50", "-1", " "])),
    (pa.large_string(), st.sampled_from(["never", "false", "12", "3.50", "999999"])),
    (pa.string_view(), st.text(max_size=20)),
    (pa.dictionary(pa.int8(), pa.string()), st.sampled_from(["a", "b", "12", "true"])),
    (pa.dictionary(pa.uint32(), pa.int64()), st.integers(0, 3)),
    (pa.decimal128(18, 2), decimals),
    (pa.decimal256(40, 2), decimals),
    (pa.date32(), st.dates(date(1900, 1, 1), date(2100, 1, 1))),
    (pa.timestamp("us"), st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))),
    (pa.null(), st.none()),
    (pa.binary(), st.binary(max_size=5)),
    (pa.list_(pa.int64()), st.lists(st.integers(0, 5), max_size=2)),
    (pa.struct([("a", pa.int64())]), st.fixed_dictionaries({"a": st.integers(0, 5)})),
    (pa.duration("s"), st.integers(0, 100)),
]
# What is usually there, so that rows are decided too.
USUAL: dict[str, tuple[pa.DataType, st.SearchStrategy[Any]]] = {
    "account_id": (pa.string(), st.text("ABC", min_size=1, max_size=3)),
    "dpd": (pa.int32(), st.integers(0, 120)),
    "overdue": (pa.decimal128(12, 2), decimals),
    "dispute": (pa.bool_(), st.booleans()),
    "lost_contact": (pa.string(), st.sampled_from(["true", "false"])),
    "days_since_payment": (pa.string(), st.sampled_from(["never", "3", "60"])),
}


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    rows = draw(st.integers(0, 12))
    columns = {}
    for name in draw(st.permutations(COLUMNS)):
        if draw(st.integers(0, 9)) == 0:
            continue
        odd = draw(st.integers(0, 5)) == 0
        kind, values = draw(st.sampled_from(TYPES)) if odd else USUAL[name]
        cells = draw(st.lists(st.none() | values if draw(st.booleans()) else values, min_size=rows, max_size=rows))
        if pa.types.is_dictionary(kind):
            array = pa.array(cells, kind.value_type).dictionary_encode().cast(kind)
        else:
            array = pa.array(cells, kind)
        cut = draw(st.integers(0, rows))
        columns[name] = pa.chunked_array([array.slice(0, cut), array.slice(cut)])
    table = pa.table(columns)
    if rows and draw(st.booleans()):
        start = draw(st.integers(0, rows))
        table = table.slice(start)
    return table


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(), st.booleans())
def test_no_table_crashes_the_interpreter_and_errors_name_column_and_row(table: pa.Table, keep_going: bool) -> None:
    asked: dict[str, Any] = {"as_of": date(2026, 3, 31), "no_law": "a test"}
    try:
        decisions = POLICY.decide(table, keep_going=keep_going, **asked)
    except arrears.SchemaError as error:
        assert error.columns
        for problem in error.columns:
            assert problem.message in str(error)
            assert problem.fact in COLUMNS
        return
    except arrears.RowErrors as error:
        assert not keep_going
        assert error.total == len(error.errors) > 0
        for bad in error.errors:
            assert 1 <= bad.row <= len(table)
            assert all(fault.problem for fault in bad.faults)
            assert f"row {bad.row}" in str(bad)
        return
    assert len(decisions) + len(decisions.errors) == len(table)
    # Batches of other sizes are decided alike.
    again = POLICY.decide(table.combine_chunks(), keep_going=keep_going, **asked)
    assert again.to_arrow().equals(decisions.to_arrow()) or again.to_polars().equals(decisions.to_polars())


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(COLUMNS[1:]),
        st.none()
        | st.booleans()
        | st.integers(-(2**70), 2**70)
        | st.decimals(allow_nan=False, allow_infinity=False)
        | st.text(max_size=6)
        | st.just(arrears.NEVER)
        | decimals.map(lambda amount: arrears.Money(decimal.Decimal(amount), "EUR")),
    )
)
def test_any_facts_are_decided_or_refused_by_name(facts: dict[str, Any]) -> None:
    try:
        decision = POLICY.decide_one(facts, as_of=date(2026, 3, 31), no_law="a test")
    except arrears.FactsError as error:
        assert error.problems
        assert all(name in facts for name, _ in error.problems)
        return
    assert decision.stage in POLICY.stages
    assert str(decision.explain())
