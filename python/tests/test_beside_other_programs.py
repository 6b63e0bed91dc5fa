"""The package in other people's programs: generators, threads, processes, the end of the interpreter."""

from __future__ import annotations

import pickle
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import arrears
import polars as pl
import pyarrow as pa
import pytest
from test_tables import DAY, SMALL


@pytest.fixture(scope="module")
def small() -> arrears.Policy:
    return arrears.Policy.from_source(SMALL)


BAD = {"account_id": ["A\0B"], "dpd": [-5], "overdue": ["60.00"]}


def program(text: str, *, seconds: int = 60) -> subprocess.CompletedProcess[str]:
    """Runs a program of its own over the small policy."""
    head = f"""
        import arrears, pyarrow as pa, os, sys, signal, threading, time
        from datetime import date
        P = arrears.Policy.from_source({SMALL!r})
        ASKED = dict(as_of=date(2026, 3, 31), no_law="an example")
        ROW = pa.table({{"account_id": ["A"], "dpd": [3], "overdue": ["60.00"]}})
        def endless():
            while True:
                yield ROW.to_batches()[0]
        def reader():
            return pa.RecordBatchReader.from_batches(ROW.schema, endless())
    """
    whole = textwrap.dedent(head) + textwrap.dedent(text)
    return subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, timeout=seconds, check=False)


def test_rows_that_are_null_as_a_whole_are_not_read_as_what_stands_beneath(small: arrears.Policy) -> None:
    rows = pa.StructArray.from_arrays(
        [["A", "B"], [3, 40], ["60.00", "60.00"]], names=["account_id", "dpd", "overdue"], mask=pa.array([False, True])
    )
    with pytest.raises(ValueError, match="row 2 is null as a whole"):
        small.decide(pa.chunked_array([rows]), as_of=DAY, no_law="x")
    with pytest.raises(arrears.TableError, match="row 2 is null as a whole"):
        list(small.decide_stream(pa.chunked_array([rows]), as_of=DAY, no_law="x"))


def test_an_error_that_no_c_text_can_hold_is_told_all_the_same(small: arrears.Policy) -> None:
    with pytest.raises(pa.ArrowException, match=r"A\\0B"):
        pa.table(small.decide_stream(pa.table(BAD), as_of=DAY, no_law="x"))
    with pytest.raises(arrears.RowErrors, match="A\0B"):
        small.decide(pa.table(BAD), as_of=DAY, no_law="x")


def test_a_stream_that_failed_fails_again_and_one_that_was_read_is_not_empty(small: arrears.Policy) -> None:
    stream = small.decide_stream(pa.table(BAD), as_of=DAY, no_law="x")
    for _ in range(2):
        with pytest.raises(arrears.RowErrors):
            list(stream)
        with pytest.raises(arrears.RowErrors):
            _ = stream.summary
    elsewhere = small.decide_stream(
        pl.DataFrame({"account_id": ["A"], "dpd": [3], "overdue": ["1.00"]}), as_of=DAY, no_law="x"
    )
    assert len(pa.table(elsewhere)) == 1
    with pytest.raises(ValueError, match="a stream can be read once"):
        list(elsewhere)
    own = small.decide_stream(
        pl.DataFrame({"account_id": ["A"], "dpd": [3], "overdue": ["1.00"]}), as_of=DAY, no_law="x"
    )
    assert [len(list(own)), len(list(own))] == [1, 0]


def test_many_threads_may_ask_a_stream_what_became_of_it(small: arrears.Policy) -> None:
    rows = pa.table({"account_id": [str(n) for n in range(2000)], "dpd": [-1] * 2000, "overdue": ["1.00"] * 2000})
    stream = small.decide_stream(rows, as_of=DAY, no_law="x")
    with pytest.raises(arrears.RowErrors):
        list(stream)
    found: list[int] = []

    def ask() -> None:
        for _ in range(20):
            try:
                _ = stream.summary
            except arrears.RowErrors as error:
                found.append(error.total)

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == [2000] * 80


def test_a_table_that_a_generator_makes_is_decided_as_it_comes(small: arrears.Policy) -> None:
    rows = pa.table({"account_id": ["A", "B"], "dpd": [3, 40], "overdue": ["60.00", "60.00"]})

    def made() -> Iterator[pa.RecordBatch]:
        for _ in range(50):
            yield from rows.to_batches()

    reader = pa.RecordBatchReader.from_batches(rows.schema, made())
    first = small.decide_stream(reader, as_of=DAY, no_law="x", reviews=False)
    assert sum(len(batch) for batch in first) == 100


def test_a_stream_that_is_not_read_to_its_end_does_not_disturb_the_end_of_the_program() -> None:
    ended = program(
        """
        stream = P.decide_stream(reader(), **ASKED)
        print(len(next(iter(stream))))
        """
    )
    assert (ended.returncode, ended.stdout.strip(), ended.stderr) == (0, "1", "")


def test_ctrl_c_ends_the_reading_of_an_endless_table_and_the_program_ends_well() -> None:
    ended = program(
        """
        threading.Timer(0.5, lambda: signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)).start()
        try:
            P.decide(reader(), **ASKED)
        except KeyboardInterrupt:
            print("heard")
        """
    )
    assert (ended.returncode, ended.stdout.strip(), ended.stderr) == (0, "heard", "")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_a_forked_process_is_told_what_to_do_rather_than_left_to_wait_for_ever() -> None:
    ended = program(
        """
        P.decide(ROW, **ASKED)
        child = os.fork()
        if child == 0:
            try:
                P.decide(ROW, **ASKED)
            except arrears.ArrearsError as error:
                print(error, flush=True)
            os._exit(0)
        os.waitpid(child, 0)
        """
    )
    assert 'get_context("spawn")' in ended.stdout
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_pickled_policy_writes_nothing_where_its_name_says(tmp_path: Path) -> None:
    victim = tmp_path / "victim.rhai"
    victim.write_text("precious")
    for name in (str(victim), "../victim.rhai", ""):
        policy = arrears.Policy.from_source(SMALL, name=name)
        assert pickle.loads(pickle.dumps(policy)) == policy
    assert victim.read_text() == "precious"


def test_a_policy_that_is_not_in_force_decides_nobody() -> None:
    policy = arrears.Policy.from_source(SMALL.replace('version: "1"', 'version: "1", to: "2026-12-31"'))
    rows = pl.DataFrame({"account_id": ["A"], "dpd": [3], "overdue": ["60.00"]})
    late = date(2027, 3, 1)
    with pytest.raises(arrears.NotInForceError):
        policy.decide(rows, as_of=late, no_law="x")
    with pytest.raises(arrears.NotInForceError):
        policy.decide_one({"dpd": 3, "overdue": 60}, as_of=late, no_law="x")
    with pytest.raises(arrears.NotInForceError):
        policy.explain(rows, "A", as_of=late, no_law="x")


def test_an_account_that_shares_its_person_is_explained_so(small: arrears.Policy) -> None:
    rows = pl.DataFrame(
        {"account_id": ["A", "B"], "dpd": [3, 40], "overdue": ["60.00", "60.00"], "customer_id": ["P", "P"]}
    )
    told = str(small.explain(rows, "A", as_of=DAY, no_law="x"))
    assert "settles this account together with 1 other account of P" in told
    assert "settles" not in str(small.explain(rows.drop("customer_id"), "A", as_of=DAY, no_law="x"))
    twice = pl.concat([rows, rows.head(1)])
    with pytest.raises(arrears.RowErrors, match="stands in row 1 already"):
        small.explain(twice, "A", as_of=DAY, no_law="x")
