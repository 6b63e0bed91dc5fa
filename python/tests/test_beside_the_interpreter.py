"""Long work lets other threads run, hears Ctrl-C, and tells how far it has come."""

from __future__ import annotations

import signal
import threading
import time

import arrears
import polars as pl
import pytest
from conftest import AS_OF, NO_LAW


@pytest.fixture(scope="module")
def long(book_path: object) -> pl.DataFrame:
    book = pl.read_parquet(str(book_path))
    copies = [book.with_columns(pl.col("account_id") + f"/{number}") for number in range(40)]
    return pl.concat(copies)


def test_ctrl_c_ends_a_long_run_at_once(card: arrears.Policy, long: pl.DataFrame) -> None:
    timer = threading.Timer(0.3, lambda: signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT))
    asked = time.perf_counter() + 0.3
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        card.decide(long, as_of=AS_OF, no_law=NO_LAW)
    waited = time.perf_counter() - asked
    print(f"Ctrl-C was heard after {1000 * waited:.0f} ms")
    assert waited < 1.0
    # The next run is not disturbed by the one that was ended.
    assert len(card.decide(long.head(1000), as_of=AS_OF, no_law=NO_LAW)) == 1000


def test_other_threads_run_meanwhile(card: arrears.Policy, long: pl.DataFrame) -> None:
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.wait(0.005):
            ticks += 1

    thread = threading.Thread(target=tick)
    thread.start()
    card.decide(long, as_of=AS_OF, no_law=NO_LAW, reviews=False)
    done.set()
    thread.join()
    assert ticks > 5


def test_progress_is_told_and_what_it_raises_ends_the_run(card: arrears.Policy, long: pl.DataFrame) -> None:
    told: list[arrears.Progress] = []
    card.decide(long, as_of=AS_OF, no_law=NO_LAW, reviews=False, progress=told.append)
    assert told[-1] == arrears.Progress("deciding", len(long), len(long))
    assert [each.rows for each in told] == sorted(each.rows for each in told)

    class Enough(Exception):
        pass

    def stop(progress: arrears.Progress) -> None:
        raise Enough

    with pytest.raises(Enough):
        card.decide(long, as_of=AS_OF, no_law=NO_LAW, progress=stop)


def test_a_bar_is_shown_where_there_is_one(
    card: arrears.Policy, long: pl.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("tqdm")
    card.decide(long.head(20_000), as_of=AS_OF, no_law=NO_LAW, reviews=False, progress=True)
    assert "deciding" in capsys.readouterr().err


def test_two_threads_decide_at_the_same_time_and_alike(card: arrears.Policy, long: pl.DataFrame) -> None:
    some = long.head(60_000)
    results: list[pl.DataFrame] = []

    def decide() -> None:
        results.append(card.decide(some, as_of=AS_OF, no_law=NO_LAW, reviews=False).to_polars())

    threads = [threading.Thread(target=decide) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 3
    assert results[0].equals(results[1])
    assert results[1].equals(results[2])


def test_a_stream_that_is_left_in_the_middle_ends_its_thread(card: arrears.Policy, long: pl.DataFrame) -> None:
    before = threading.active_count()
    for batch in card.decide_stream(long, as_of=AS_OF, no_law=NO_LAW, reviews=False):
        assert len(batch) > 0
        break
    assert threading.active_count() == before
