#!/usr/bin/env python3
"""A nightly job in one DuckDB file: facts by SQL, decisions by arrears, everything stored so that it can be replayed.

python examples/nightly/nightly.py --database night.duckdb --nights 3

Run again, it decides nothing twice. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import arrears
import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).resolve().parent
ACCOUNTS = HERE.parent / "data" / "card_accounts_2005_09.parquet"
POLICY = HERE.parent / "policies" / "cn-card.rhai"
NO_LAW = "an example on a book of 2005"
START = date(2005, 9, 30)
LAST = date(2005, 10, 5)
"""On this day the next payments of the book fall due, and whether they were made nobody knows."""


class NightError(Exception):
    """A night that cannot be decided or replayed."""


class OtherPolicyError(NightError):
    """A night that was decided under another policy than the one at hand."""


@dataclass(frozen=True)
class Difference:
    """A cell of a stored decision that is not what the stored inputs give."""

    account: str
    column: str
    stored: object
    replayed: object

    def __str__(self) -> str:
        return f"account {self.account}, `{self.column}`: stored {self.stored!r}, replayed {self.replayed!r}"


# ---- the tables


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """The database, with its tables; the book is loaded when it is new."""
    con = duckdb.connect(str(path))
    con.execute("SET TimeZone = 'UTC'")
    if not _has(con, "nights"):
        with _all_or_nothing(con):
            con.execute(_sql("tables"))
            con.execute(_sql("book"), {"start": START, "accounts": str(ACCOUNTS)})
    return con


def _sql(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


def _has(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(_row(con, "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [table])[0])


def _row(con: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[object] = ()) -> tuple[Any, ...]:
    # All of them, so that the connection is free for what comes next.
    rows = con.execute(query, parameters).fetchall()
    return rows[0] if rows else ()


@contextmanager
def _all_or_nothing(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    con.begin()
    try:
        yield
    except BaseException:
        con.rollback()
        raise
    con.commit()


# ---- one night


def decide_night(con: duckdb.DuckDBPyConnection, policy: arrears.Policy, day: date) -> bool:
    """Decide one night and store all of it, or nothing.

    Returns:
        Whether it was decided now; false if it was already.

    Raises:
        OtherPolicyError: The night was decided under another policy, and stays as it was.
        NightError: A later night was decided already.
        arrears.ArrearsError: The policy cannot decide it; nothing is stored.
    """
    stored = _row(con, "SELECT policy_hash FROM nights WHERE as_of = ?", [day])
    if stored and stored[0] != policy.hash:
        raise OtherPolicyError(
            f"decided already, under another policy: hash {stored[0][:12]} then, {policy.hash[:12]} now. "
            "It stays as it was"
        )
    if stored:
        return False
    before = _row(con, "SELECT max(as_of) FROM nights")[0]
    if before is not None and before > day:
        raise NightError(f"the night of {before} is decided already: {day} cannot be decided after it")

    with _all_or_nothing(con):
        if before is not None:
            for statement in duckdb.extract_statements(_sql("made_up_day")):
                named = {"day": day, "before": before}
                con.execute(statement, {name: named[name] for name in statement.named_parameters})
        con.execute(_sql("facts"), {"day": day})
        decided = _decide(con, policy, day, before, NO_LAW)
        _store(con, "decisions", decided, day)
        _store(con, "state", decided.state, day)
        _keep(con, policy)
        con.execute(
            "INSERT INTO nights VALUES (?, ?, ?, ?, ?, ?, ?)",
            [day, before, policy.hash, arrears.__version__, NO_LAW, inputs_hash(con, day, before), len(decided)],
        )
    return True


def _store(con: duckdb.DuckDBPyConnection, table: str, rows: arrears.Table | None, day: date) -> None:
    """Stores rows of a night; the first night gives the table its columns."""
    con.register("given", rows)
    if not _has(con, table):
        con.execute(f"CREATE TABLE {table} AS SELECT NULL::DATE AS as_of, * FROM given LIMIT 0")
    held = {name for (name,) in con.execute("SELECT column_name FROM (DESCRIBE TABLE " + table + ")").fetchall()}
    if rows is not None and not held.issuperset(rows.columns):
        more = ", ".join(f"`{name}`" for name in rows.columns if name not in held)
        raise NightError(
            f"this policy leaves {more}, for which `{table}` has no columns: give it a database of its own"
        )
    con.execute(f"INSERT INTO {table} BY NAME SELECT ?::DATE AS as_of, * FROM given", [day])
    con.unregister("given")


def _decide(
    con: duckdb.DuckDBPyConnection, policy: arrears.Policy, day: date, before: date | None, no_law: str
) -> arrears.Decisions:
    """The decisions of a night, from nothing but what is stored.

    Payments are not handed over: the facts hold what they changed, and this policy reads nothing else of them.
    """
    facts = con.sql("SELECT * EXCLUDE as_of FROM facts WHERE as_of = $1 ORDER BY account_id", params=[day])
    contacts = con.sql('SELECT * FROM contacts WHERE "on" <= $1 ORDER BY ALL', params=[day])
    state = None
    if before is not None:
        state = con.sql("SELECT * EXCLUDE as_of FROM state WHERE as_of = $1 ORDER BY account_id", params=[before])
    return policy.decide(facts, as_of=day, no_law=no_law, contacts=contacts, state=state, keep_state=True)


def inputs_hash(con: duckdb.DuckDBPyConnection, day: date, before: date | None) -> str:
    """SHA-256 over all that a night is decided from: its facts, the contacts up to it, the state that it takes up.

    Each row is hashed as JSON, and the hashes in their order. It is as stable as DuckDB's JSON: keep the version.
    """
    parts = [("facts", "as_of = ?", day), ("contacts", '"on" <= ?', day)]
    if before is not None:
        parts.append(("state", "as_of = ?", before))
    each = []
    for table, rows, value in parts:
        query = f"""
            SELECT coalesce(string_agg(hash, '' ORDER BY account_id, hash), '')
            FROM (SELECT account_id, sha256(to_json(t)::VARCHAR) AS hash FROM {table} AS t WHERE {rows})"""
        each.append(f"{table} {_row(con, f'SELECT sha256(({query}))', [value])[0]}")
    return str(_row(con, "SELECT sha256(?)", ["\n".join(each)])[0])


def _keep(con: duckdb.DuckDBPyConnection, policy: arrears.Policy) -> None:
    """Keeps the policy itself: a hash tells that it is another one, not what it said."""
    if _row(con, "SELECT 1 FROM policies WHERE hash = ?", [policy.hash]):
        return
    set_values = {name: str(each.value) for name, each in policy.thresholds.items() if each.value != each.written}
    con.execute(
        "INSERT INTO policies VALUES (?, ?, ?, ?, map(?::VARCHAR[], ?::VARCHAR[]))",
        [policy.hash, policy.name, policy.version, policy.source, list(set_values), list(set_values.values())],
    )
    stored_policy(con, policy.hash)


def stored_policy(con: duckdb.DuckDBPyConnection, hash: str) -> arrears.Policy:
    """A policy as it was stored.

    Raises:
        NightError: It does not read as it did: it was changed, it imports modules, or arrears reads it otherwise.
    """
    found = _row(con, "SELECT text, map_keys(thresholds), map_values(thresholds) FROM policies WHERE hash = ?", [hash])
    if not found:
        raise NightError(f"no policy with hash {hash[:12]} is stored")
    text, names, values = found
    policy = arrears.Policy.from_source(text, thresholds=dict(zip(names, values, strict=True)))
    if policy.hash != hash:
        raise NightError(f"the policy that is stored with hash {hash[:12]} reads with hash {policy.hash[:12]}")
    return policy


# ---- a night again


def replay(con: duckdb.DuckDBPyConnection, day: date) -> list[Difference]:
    """Decide a stored night again from its stored inputs and policy, and compare row by row. Nothing is stored.

    Raises:
        NightError: The night is not stored, or its inputs or its policy are no longer those that it was decided from.
    """
    night = _row(con, "SELECT before, policy_hash, no_law, inputs_hash, engine FROM nights WHERE as_of = ?", [day])
    if not night:
        raise NightError(f"no night of {day} is stored")
    before, policy_hash, no_law, hashed, engine = night
    found = inputs_hash(con, day, before)
    if found != hashed:
        raise NightError(f"the inputs of {day} have hash {found[:12]} and had {hashed[:12]}: they were changed")
    con.register("again", _decide(con, stored_policy(con, policy_hash), day, before, no_law))
    con.execute("CREATE OR REPLACE TEMP TABLE replayed AS FROM again")
    con.unregister("again")
    stored = "SELECT * EXCLUDE as_of FROM decisions WHERE as_of = $day"
    differing = con.execute(
        f"""
        SELECT DISTINCT account_id FROM (
            (({stored}) EXCEPT ALL (FROM replayed)) UNION ALL ((FROM replayed) EXCEPT ALL ({stored}))
        ) ORDER BY account_id""",
        {"day": day},
    ).fetchall()
    differences = []
    for (account,) in differing:
        was = _cells(con, f"{stored} AND account_id = $account", {"day": day, "account": account})
        now = _cells(con, "FROM replayed WHERE account_id = $account", {"account": account})
        if len(was) == len(now) == 1:
            pairs = ((name, was[0][name], now[0][name]) for name in was[0])
            differences += [Difference(account, name, one, other) for name, one, other in pairs if one != other]
        else:
            differences.append(Difference(account, "how many rows", len(was), len(now)))
    if differences and engine != arrears.__version__:
        print(f"note: {day} was decided by arrears {engine}; this is {arrears.__version__}", file=sys.stderr)
    return differences


def _cells(con: duckdb.DuckDBPyConnection, query: str, named: dict[str, object]) -> list[dict[str, object]]:
    found = con.execute(query, named)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


# ---- what people read


def report(con: duckdb.DuckDBPyConnection, day: date) -> str:
    """What was decided on a night, counted, and what changed since the night before."""
    night = _row(
        con,
        "SELECT before, name, version, policy_hash, engine, inputs_hash, accounts FROM nights "
        "JOIN policies ON hash = policy_hash WHERE as_of = ?",
        [day],
    )
    before, name, version, policy_hash, engine, hashed, accounts = night
    lines = [
        f"{day}: {accounts:,} accounts under {name} {version}",
        f"  policy {policy_hash[:12]}, inputs {hashed[:12]}, arrears {engine}",
    ]
    counted = "SELECT stage, action, count(*) AS n FROM decisions WHERE as_of = ? GROUP BY ALL ORDER BY n DESC, 1, 2"
    lines += [f"  {n:>7,}  {stage}: {action}" for stage, action, n in con.execute(counted, [day]).fetchall()]
    if before is None:
        return "\n".join(lines)
    lines.append(f"  since {before}:")
    worked = _row(
        con,
        """SELECT (SELECT count(*) FROM contacts WHERE "on" = $1), (SELECT count(*) FROM payments WHERE "on" = $1),
                  (SELECT coalesce(sum(amount), 0) FROM payments WHERE "on" = $1)""",
        [day],
    )
    lines.append(f"  {worked[0]:>7,}  contacts made, {worked[1]:,} payments of {worked[2]:,}")
    moved = """
        SELECT was.stage, now.stage, count(*) AS n
        FROM decisions AS now JOIN decisions AS was USING (account_id)
        WHERE now.as_of = $1 AND was.as_of = $2 AND now.stage <> was.stage
        GROUP BY ALL ORDER BY n DESC, 1, 2"""
    lines += [f"  {n:>7,}  from {was} to {now}" for was, now, n in con.execute(moved, [day, before]).fetchall()]
    other = """
        SELECT count(*) FROM decisions AS now JOIN decisions AS was USING (account_id)
        WHERE now.as_of = $1 AND was.as_of = $2 AND now.stage = was.stage
            AND (now.action, now.treatment) IS DISTINCT FROM (was.action, was.treatment)"""
    lines.append(f"  {_row(con, other, [day, before])[0]:>7,}  in the same stage, and something else is done")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Decides nights of the example book, and replays the last one.")
    parser.add_argument("--database", type=Path, required=True, help="the DuckDB file; made if it is not there")
    parser.add_argument("--nights", type=int, default=3, help=f"how many nights from {START} on, at most 6 (default 3)")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="sets a threshold of the policy"
    )
    given = parser.parse_args(arguments)
    days = [START + timedelta(days=night) for night in range(given.nights)]
    if not days or days[-1] > LAST:
        parser.error(f"--nights: from 1 to {(LAST - START).days + 1}, since the book ends on {LAST}")
    try:
        policy = arrears.Policy.from_file(POLICY, thresholds=dict(each.split("=", 1) for each in given.set))
        con = open_database(given.database)
        for day in days:
            try:
                decided = decide_night(con, policy, day)
                print(report(con, day) if decided else f"{day}: decided already, under the same policy")
            except OtherPolicyError as error:
                print(f"{day}: {error}")
        differences = replay(con, days[-1])
    except (NightError, arrears.ArrearsError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for difference in differences[:20]:
        print(difference)
    rows = _row(con, "SELECT accounts FROM nights WHERE as_of = ?", [days[-1]])[0]
    cells = f"{len(differences)} cells differ" if differences else "every row is the same"
    print(f"{days[-1]} replayed from what is stored: {rows:,} decisions, {cells}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
