"""What sweeps and comparisons refuse, how they look, and how they behave beside the interpreter."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import arrears
import polars as pl
import pyarrow as pa
import pytest
from by_hand import (
    ASKED,
    CALLS,
    DAY,
    flows,
    swept,
)
from conftest import NO_LAW
from hypothesis import given, settings
from hypothesis import strategies as st

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
