"""A decision does not depend on the library that holds the table, nor on the way to the engine."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import arrears
import datafusion
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from conftest import AS_OF, NO_LAW, ROOT, data


def plain(table: Any) -> pa.Table:
    """Decisions as plain texts, days and flags, so that they can be compared."""
    found = pa.table(table)

    def column(name: str) -> pa.ChunkedArray:
        cells = found[name]
        worded = pa.types.is_dictionary(cells.type) or pa.types.is_large_string(cells.type)
        return cells.cast(pa.string()) if worded else cells

    return pa.table({name: column(name) for name in found.column_names}).combine_chunks()


def by_command(command: str, policy: str, table: Path, as_of: date, out: Path, *more: str) -> pa.Table:
    """What the command decides."""
    asked = [command, "run", str(ROOT / "examples/policies" / policy), "--on", str(table), "--as-of", as_of.isoformat()]
    subprocess.run([*asked, "--no-law", NO_LAW, "--out", str(out), "--quiet", *more], check=True)
    return plain(pq.read_table(out))


LIBRARIES: dict[str, Callable[[Path], Any]] = {
    "pandas": lambda path: pd.read_parquet(path),
    "polars": lambda path: pl.read_parquet(path),
    "pyarrow": lambda path: pq.read_table(path),
    "pyarrow in small batches": lambda path: pa.Table.from_batches(pq.read_table(path).to_batches(max_chunksize=777)),
    "datafusion": lambda path: datafusion.SessionContext().read_parquet(str(path)),
    "duckdb": lambda path: duckdb.sql(f"from '{path}'"),
    "a path": lambda path: path,
}


@pytest.fixture(scope="module")
def wanted_card(command: str, book_path: Path, tmp_path_factory: pytest.TempPathFactory) -> pa.Table:
    return by_command(command, "cn-card.rhai", book_path, AS_OF, tmp_path_factory.mktemp("card") / "out.parquet")


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_30000_accounts_are_decided_alike_from_every_library_and_by_the_command(
    library: str, card: arrears.Policy, book_path: Path, wanted_card: pa.Table
) -> None:
    decisions = card.decide(LIBRARIES[library](book_path), as_of=AS_OF, no_law=NO_LAW)
    assert len(decisions) == 30_000
    assert plain(decisions).equals(wanted_card)
    # Out again through the library they are the same.
    assert plain(decisions.to_polars().to_arrow(compat_level=pl.CompatLevel.oldest())).equals(wanted_card)


@pytest.fixture(scope="module")
def panel_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every month of every card of the status panel, each an account of its own."""
    months = pq.read_table(data("card_months.parquet"))
    account = pc.binary_join_element_wise(
        months["account_id"].cast(pa.string()), months["month_offset"].cast(pa.string()), "/"
    )
    rows = months.set_column(months.schema.get_field_index("account_id"), "account_id", account)
    path = tmp_path_factory.mktemp("panel") / "panel.parquet"
    pq.write_table(rows.append_column("dpd", months["days_past_due"]), path)
    return path


@pytest.mark.parametrize("library", [name for name in LIBRARIES if "small" not in name])
def test_the_1048575_months_of_the_status_panel_are_decided_alike(
    library: str, panel_path: Path, command: str, tmp_path: Path
) -> None:
    as_of = date(2020, 2, 29)
    wanted = by_command(command, "panel.rhai", panel_path, as_of, tmp_path / "out.parquet", "--no-review")
    policy = arrears.Policy.from_file(ROOT / "examples/policies/panel.rhai")
    decisions = policy.decide(LIBRARIES[library](panel_path), as_of=as_of, no_law=NO_LAW, reviews=False)
    assert len(decisions) == 1_048_575
    assert plain(decisions).equals(wanted)


def test_a_stream_decides_as_the_table_does(card: arrears.Policy, book: pa.Table) -> None:
    whole = plain(card.decide(book, as_of=AS_OF, no_law=NO_LAW, reviews=False))

    def reader() -> pa.RecordBatchReader:
        return pa.RecordBatchReader.from_batches(book.schema, iter(book.to_batches(max_chunksize=1000)))

    asked: dict[str, Any] = {"as_of": AS_OF, "no_law": NO_LAW, "reviews": False}
    assert plain(pa.table(card.decide_stream(reader(), **asked))).equals(whole)
    assert plain(
        pl.DataFrame(card.decide_stream(reader(), **asked)).to_arrow(compat_level=pl.CompatLevel.oldest())
    ).equals(whole)
    batches = [pa.table(batch) for batch in card.decide_stream(reader(), **asked)]
    assert len(batches) > 2
    assert plain(pa.concat_tables(batches, promote_options="permissive")).equals(whole)
    once = card.decide_stream(reader(), **asked)
    counted = duckdb.sql("select count(*), count(distinct account_id) from once")
    assert counted is not None
    assert counted.fetchall() == [(30_000, 30_000)]
    told = once.summary
    assert told is not None
    assert told["decisions"] == 30_000


def test_state_is_carried_from_night_to_night_as_by_the_command(
    card: arrears.Policy, book: pa.Table, book_path: Path, command: str, tmp_path: Path
) -> None:
    first = card.decide(book, as_of=AS_OF, no_law=NO_LAW, reviews=False, keep_state=True)
    second = card.decide(book, as_of=date(2005, 10, 1), no_law=NO_LAW, reviews=False, state=first.state)
    left = tmp_path / "state.parquet"
    out = tmp_path / "out.parquet"
    by_command(command, "cn-card.rhai", book_path, AS_OF, out, "--no-review", "--state-out", str(left))
    wanted = by_command(command, "cn-card.rhai", book_path, date(2005, 10, 1), out, "--no-review", "--state", str(left))
    assert second.summary["with_state"] == 30_000
    assert plain(second).equals(wanted)
    assert plain(first.state).equals(plain(pq.read_table(left)))


def test_events_beside_the_table_tell_facts() -> None:
    policy = arrears.Policy.from_source(
        """
        policy "calls" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
        stage "late" when dpd >= 1;
        stage "called" when dpd >= 1 && times("phone", 7) >= 2;
        escalate #{ mode: "free" };
        """
    )
    accounts = pl.DataFrame({"account_id": ["A", "B", "C"], "dpd": [3, 3, 0]})
    contacts = pl.DataFrame(
        {
            "account_id": ["A", "B", "A"],
            "called_at": [date(2026, 3, 30), date(2026, 3, 30), date(2026, 3, 29)],
            "channel": ["phone", "phone", "phone"],
        }
    )
    decisions = policy.decide(
        accounts,
        as_of=date(2026, 3, 31),
        no_law="an example",
        contacts=contacts,
        event_columns={"contacts": {"on": "called_at"}},
    )
    assert decisions.to_polars()["stage"].to_list() == ["called", "late", "current"]
