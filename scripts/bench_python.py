#!/usr/bin/env python3
"""What the way through Python takes, and how much memory a stream does.

    bench_python.py ACCOUNTS.parquet POLICY.rhai DAY ROUNDS
    bench_python.py --stream ROWS ACCOUNTS.parquet POLICY.rhai DAY

The first decides a polars table over and over, and prints one JSON line: seconds of each round, accounts by action.
`cargo run --release --manifest-path benches/Cargo.toml -- python PYTHON` writes the file and runs it beside the library.

The second decides so many rows as a stream of batches, made from those of the file again and again, into a stream of
decisions of which each batch is dropped, and prints by how much the memory of the process rose above what it had before.
The package must be installed, with polars for the first and pyarrow for the second.
"""

import json
import sys
import threading
import time
from datetime import date
from pathlib import Path

import arrears

REASON = "a bench decides nobody's account"


def rounds(table, policy, day, count):
    import polars as pl

    accounts = pl.read_parquet(table)
    policy = arrears.Policy.from_file(policy)
    taken = []
    for _ in range(count):
        begun = time.perf_counter()
        decisions = policy.decide(accounts, as_of=day, no_law=REASON, reviews=False)
        taken.append(time.perf_counter() - begun)
    by_action = [(tally["name"], tally["accounts"]) for tally in decisions.summary["by_action"]]
    print(json.dumps({"rounds": taken, "by_action": by_action}))


def resident():
    """The memory that the process has now, in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def stream(rows, table, policy, day):
    import pyarrow as pa
    import pyarrow.parquet as pq

    batches = pq.read_table(table).combine_chunks().to_batches(max_chunksize=65_536)
    policy = arrears.Policy.from_file(policy)

    def made():
        left = rows
        while left > 0:
            for batch in batches:
                some = batch.slice(0, min(left, batch.num_rows))
                left -= some.num_rows
                if some.num_rows:
                    yield some

    before = resident()
    most = [before]
    done = threading.Event()

    def watch():
        while not done.wait(0.02):
            most[0] = max(most[0], resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    begun = time.perf_counter()
    reader = pa.RecordBatchReader.from_batches(batches[0].schema, made())
    decided = sum(len(batch) for batch in policy.decide_stream(reader, as_of=day, no_law=REASON, reviews=False))
    seconds = time.perf_counter() - begun
    done.set()
    watcher.join()
    megabytes = (most[0] - before) / 1e6
    print(f"{decided:,} rows in {seconds:.1f} s, {decided / seconds / 1e6:.2f} million a second")
    print(f"memory at most {megabytes:.0f} MB above the {before / 1e6:.0f} MB before")


def main(arguments):
    match arguments:
        case ["--stream", rows, table, policy, day]:
            stream(int(rows), table, policy, date.fromisoformat(day))
        case [table, policy, day, count]:
            rounds(table, policy, date.fromisoformat(day), int(count))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
