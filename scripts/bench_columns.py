#!/usr/bin/env python3
"""Lets numpy, polars and duckdb decide the reference policy over whole columns.

    bench_columns.py FILE.parquet ANSWERS.csv

Both files come from `cargo run --release --manifest-path benches/Cargo.toml -- reference --write FOLDER`:
`accounts.parquet` and `answers.csv`. Every engine decides once and its four outputs are compared with the answers,
element by element; then it decides nine times more, and one JSON line tells what that took in nanoseconds an account.
Only deciding is timed: the columns are in memory, amounts as floating-point numbers and words as numbers, as the
rivals written by hand have them. Each engine runs in a process of its own, because polars reads its number of
threads once. Needs numpy, polars, duckdb and pyarrow; ends with 1 and says where an answer differs.
"""

import json
import os
import subprocess
import sys
import time

ROUNDS = 9
# What each reason does, and its least stage; the place is the reason.
ACTIONS = [0, 0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2]
FLOORS = [0, 0, 0, 0, 0, 0, 0, 0, 6, 5, 0, 3, 4, 1, 2, 0]
NOT_LATE = 4
STAGES = ["current", "s1", "s2", "s3", "s4", "s5", "s6"]
SEGMENTS = ["retail", "sme", "corporate"]
RETAIL = SEGMENTS.index("retail")
# What stands for *never* in a column of days; here it is -1, so that a range leaves it out.
NEVER = 999_999

DAYS = ["dpd", "promises_broken", "calls_made", "calls_unanswered", "contacts_7d", "days_since_contact", "promise_due_in"]
AMOUNTS = ["overdue", "inflow_3d"]
SCORES = ["ability_score", "customer_worth"]
FLAGS = ["hostile", "refused", "unreachable", "dispute", "bankrupt", "deceased", "hardship"]


def columns(path):
    """The columns that the policy reads, as numpy arrays."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    words = {"previous_stage": STAGES, "segment": SEGMENTS}
    table = pq.read_table(path, columns=DAYS + AMOUNTS + SCORES + FLAGS + list(words)).combine_chunks()
    read = {name: table[name].to_numpy() for name in DAYS + SCORES + FLAGS}
    read["promise_due_in"] = np.where(read["promise_due_in"] == NEVER, -1, read["promise_due_in"])
    for name in AMOUNTS:
        # Whole cents over a hundred: the floating-point number nearest to the amount.
        cents = pc.multiply(table[name].cast(pa.decimal128(18, 2)), pa.scalar(100, pa.decimal128(3, 0)))
        read[name] = cents.cast(pa.int64()).to_numpy() / 100.0
    for name, known in words.items():
        numbers = pc.index_in(table[name].cast(pa.string()), pa.array(known))
        if numbers.null_count:
            sys.exit(f"{path}: {name}: a word that is not one of {', '.join(known)}")
        read[name] = numbers.to_numpy().astype(np.int64 if name == "previous_stage" else np.uint8)
    return {name: np.ascontiguousarray(column) for name, column in read.items()}


def by_numpy(read, threads):
    import numpy as np

    actions, floors = np.array(ACTIONS, np.uint8), np.array(FLOORS, np.int64)

    def decide():
        dpd, broken, hostile = read["dpd"], read["promises_broken"], read["hostile"]
        overdue, since, ability = read["overdue"], read["days_since_contact"], read["ability_score"]
        promise, before = read["promise_due_in"], read["previous_stage"]
        avoids = read["refused"] | read["unreachable"]
        kinds = [
            (dpd >= 1) & (dpd <= 30) & (broken == 0),
            (dpd >= 31) & (dpd <= 60) & hostile,
            (dpd >= 31) & (dpd <= 90) & ((broken >= 1) | ~hostile),
            (dpd > 90) & (read["calls_made"] >= 3) & avoids,
            (dpd > 0) & (ability < 0.3),
        ]
        kind = np.select(kinds, [np.uint8(code) for code in range(5)], np.uint8(5))
        rules = [
            read["deceased"] | read["bankrupt"],
            read["dispute"],
            read["hardship"] & (dpd <= 90),
            dpd <= 0,
            read["contacts_7d"] >= 7,
            (promise >= 0) & (promise <= 2) & (broken <= 1),
            read["inflow_3d"] >= 0.5 * overdue,
            (kind == 3) & (overdue >= 5000) & (before >= 4),
            (kind == 3) | ((dpd > 120) & (overdue >= 2000)),
            (kind == 4) & ((read["customer_worth"] >= 0.6) | (ability < 0.15)),
            (kind == 1) & (since >= 2),
            (kind == 2) & ((broken >= 2) | (since >= 5)),
            (kind == 0) & ((overdue < 100) | (read["segment"] == RETAIL)),
            (since >= 3) & (read["calls_unanswered"] < 5),
        ]
        reason = np.select(rules, [np.uint8(code) for code in range(1, 15)], np.uint8(15))
        stage = np.where(reason == NOT_LATE, 0, np.maximum(before, floors[reason]))
        return [kind, actions[reason], reason, stage.astype(np.uint8)]

    return "numpy, select", decide


def by_polars(read, threads):
    import polars as pl

    if pl.thread_pool_size() != threads:
        sys.exit(f"polars has {pl.thread_pool_size()} threads where {threads} were asked for")
    frame = pl.DataFrame(read)
    fact = pl.col

    def code(number):
        return pl.lit(number, pl.UInt8)

    def first(conditions, base):
        chain = pl
        for number, condition in enumerate(conditions, base):
            chain = chain.when(condition).then(code(number))
        return chain.otherwise(code(base + len(conditions)))

    def decide():
        dpd, broken, kind = fact("dpd"), fact("promises_broken"), fact("kind")
        overdue, since, before = fact("overdue"), fact("days_since_contact"), fact("previous_stage")
        kinds = [
            dpd.is_between(1, 30) & (broken == 0),
            dpd.is_between(31, 60) & fact("hostile"),
            dpd.is_between(31, 90) & ((broken >= 1) | ~fact("hostile")),
            (dpd > 90) & (fact("calls_made") >= 3) & (fact("refused") | fact("unreachable")),
            (dpd > 0) & (fact("ability_score") < 0.3),
        ]
        rules = [
            fact("deceased") | fact("bankrupt"),
            fact("dispute"),
            fact("hardship") & (dpd <= 90),
            dpd <= 0,
            fact("contacts_7d") >= 7,
            fact("promise_due_in").is_between(0, 2) & (broken <= 1),
            fact("inflow_3d") >= 0.5 * overdue,
            (kind == 3) & (overdue >= 5000) & (before >= 4),
            (kind == 3) | ((dpd > 120) & (overdue >= 2000)),
            (kind == 4) & ((fact("customer_worth") >= 0.6) | (fact("ability_score") < 0.15)),
            (kind == 1) & (since >= 2),
            (kind == 2) & ((broken >= 2) | (since >= 5)),
            (kind == 0) & ((overdue < 100) | (fact("segment") == RETAIL)),
            (since >= 3) & (fact("calls_unanswered") < 5),
        ]
        reasons = list(range(16))
        floor = fact("reason").replace_strict(reasons, FLOORS, return_dtype=pl.Int64)
        later = pl.when(fact("reason") == NOT_LATE).then(0).otherwise(pl.max_horizontal(before, floor))
        plan = frame.lazy().with_columns(kind=first(kinds, 0)).with_columns(reason=first(rules, 1))
        plan = plan.select(
            "kind",
            fact("reason").replace_strict(reasons, ACTIONS, return_dtype=pl.UInt8).alias("action"),
            "reason",
            later.cast(pl.UInt8).alias("stage"),
        )
        decided = plan.collect()
        return [decided[name].to_numpy() for name in ("kind", "action", "reason", "stage")]

    return "polars, lazy when/then", decide


SQL = f"""
    WITH typed AS (SELECT *, CASE
        WHEN dpd BETWEEN 1 AND 30 AND promises_broken = 0 THEN 0
        WHEN dpd BETWEEN 31 AND 60 AND hostile THEN 1
        WHEN dpd BETWEEN 31 AND 90 AND (promises_broken >= 1 OR NOT hostile) THEN 2
        WHEN dpd > 90 AND calls_made >= 3 AND (refused OR unreachable) THEN 3
        WHEN dpd > 0 AND ability_score < 0.3 THEN 4
        ELSE 5 END::UTINYINT AS kind FROM accounts),
    ruled AS (SELECT kind, previous_stage, CASE
        WHEN deceased OR bankrupt THEN 1
        WHEN dispute THEN 2
        WHEN hardship AND dpd <= 90 THEN 3
        WHEN dpd <= 0 THEN 4
        WHEN contacts_7d >= 7 THEN 5
        WHEN promise_due_in BETWEEN 0 AND 2 AND promises_broken <= 1 THEN 6
        WHEN inflow_3d >= 0.5 * overdue THEN 7
        WHEN kind = 3 AND overdue >= 5000 AND previous_stage >= 4 THEN 8
        WHEN kind = 3 OR (dpd > 120 AND overdue >= 2000) THEN 9
        WHEN kind = 4 AND (customer_worth >= 0.6 OR ability_score < 0.15) THEN 10
        WHEN kind = 1 AND days_since_contact >= 2 THEN 11
        WHEN kind = 2 AND (promises_broken >= 2 OR days_since_contact >= 5) THEN 12
        WHEN kind = 0 AND (overdue < 100 OR segment = {RETAIL}) THEN 13
        WHEN days_since_contact >= 3 AND calls_unanswered < 5 THEN 14
        ELSE 15 END::UTINYINT AS reason FROM typed)
    SELECT kind,
        CASE reason WHEN 4 THEN 1 WHEN 5 THEN 2 WHEN 6 THEN 2 WHEN 15 THEN 2
            ELSE CASE WHEN reason <= 3 THEN 0 ELSE reason - 4 END END::UTINYINT AS action,
        reason,
        CASE reason WHEN 4 THEN 0 WHEN 8 THEN greatest(previous_stage, 6) WHEN 9 THEN greatest(previous_stage, 5)
            WHEN 11 THEN greatest(previous_stage, 3) WHEN 12 THEN greatest(previous_stage, 4)
            WHEN 13 THEN greatest(previous_stage, 1) WHEN 14 THEN greatest(previous_stage, 2)
            ELSE previous_stage END::UTINYINT AS stage
    FROM ruled
"""


def by_duckdb(read, threads):
    import duckdb
    import pyarrow as pa

    base = duckdb.connect(config={"threads": threads})
    base.register("read", pa.table(read))
    base.execute("CREATE TABLE accounts AS SELECT * FROM read")

    def decide():
        decided = base.execute(SQL).fetchnumpy()
        return [decided[name] for name in ("kind", "action", "reason", "stage")]

    return "duckdb, case", decide


ENGINES = {"numpy": by_numpy, "polars": by_polars, "duckdb": by_duckdb}


def compare(name, decided, wanted, ids):
    """Ends with the first account and output that differ."""
    import numpy as np

    for output, found, right in zip(("type", "action", "reason", "stage"), decided, wanted, strict=True):
        found = np.ma.filled(found, 255) if np.ma.isMaskedArray(found) else np.asarray(found)
        if len(found) != len(right):
            sys.exit(f"{name}: {output}: {len(found)} answers for {len(right)} accounts")
        wrong = np.flatnonzero(found != right)
        if len(wrong):
            row = wrong[0]
            sys.exit(f"{name}: account {ids[row]}: {output} {found[row]}, expected {right[row]}")


def measure(accounts, answers, engine, threads):
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet as pq

    told = pa.csv.read_csv(answers)
    wanted = [told[name].to_numpy() for name in ("type", "action", "reason", "stage")]
    ids = told["account_id"]
    # A row of the one file is a row of the other.
    if not pq.read_table(accounts, columns=["account_id"])["account_id"].equals(ids):
        sys.exit(f"{answers}: the accounts are not those of {accounts}")
    name, decide = ENGINES[engine](columns(accounts), threads)
    compare(name, decide(), wanted, ids)
    laps = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        decided = decide()
        laps.append((time.perf_counter() - begun) / len(ids) * 1e9)
    compare(name, decided, wanted, ids)
    laps.sort()
    told = {"contestant": name, "threads": threads, "accounts": len(ids), "rounds": ROUNDS}
    told |= {"min_ns": laps[0], "median_ns": laps[len(laps) // 2], "max_ns": laps[-1]}
    print(json.dumps(told), flush=True)


def main():
    match sys.argv[1:]:
        case [accounts, answers]:
            cores = os.cpu_count() or 1
            some = [("polars", 1), ("polars", cores), ("duckdb", 1), ("duckdb", cores)]
            for engine, threads in [("numpy", 1)] + list(dict.fromkeys(some)):
                settings = os.environ | {"POLARS_MAX_THREADS": str(threads)}
                one = [sys.executable, __file__, accounts, answers, engine, str(threads)]
                if subprocess.run(one, env=settings).returncode:
                    sys.exit(1)
        case [accounts, answers, engine, threads] if engine in ENGINES:
            measure(accounts, answers, engine, int(threads))
        case _:
            sys.exit("usage: bench_columns.py FILE.parquet ANSWERS.csv")


if __name__ == "__main__":
    main()
