"""What the tests share: the shipped data, the card panel where it is, and the command."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import arrears
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2005, 9, 30)
NO_LAW = "historic data, no contact is made"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def card() -> arrears.Policy:
    return arrears.Policy.from_file(ROOT / "examples/policies/cn-card.rhai")


@pytest.fixture(scope="session")
def book_path() -> Path:
    return ROOT / "examples/data/card_accounts_2005_09.parquet"


@pytest.fixture(scope="session")
def book(book_path: Path) -> pa.Table:
    return pq.read_table(book_path)


@pytest.fixture(scope="session")
def command() -> str:
    """The command `arrears`, which the test script builds."""
    found = os.environ.get("ARREARS_COMMAND")
    if not found:
        print("skipped: ARREARS_COMMAND does not name the command", file=sys.stderr)
        pytest.skip("ARREARS_COMMAND does not name the command")
    return found


def data(name: str) -> Path:
    """A file of the data that are not shipped."""
    folder = os.environ.get("ARREARS_DATA")
    if not folder:
        print(f"skipped: ARREARS_DATA does not name the folder of {name}", file=sys.stderr)
        pytest.skip(f"ARREARS_DATA does not name the folder of {name}")
    return Path(folder) / name


@pytest.fixture(scope="session")
def frame(book_path: Path) -> pl.DataFrame:
    """The shipped book in polars."""
    return pl.read_parquet(book_path)


@pytest.fixture(scope="session")
def proposed(card: arrears.Policy) -> arrears.Policy:
    """The card policy with two thresholds changed."""
    return card.with_thresholds(limit_full="0.80", small_debt="500.00")


@pytest.fixture(scope="session")
def calls() -> arrears.Policy:
    """A policy that counts calls."""
    from by_hand import CALLS

    return arrears.Policy.from_source(CALLS)
