"""Pictures are drawn from tables of any library, and written to files without a network."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("altair")
pytest.importorskip("vl_convert")
import arrears
import arrears.plot as plot
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
from arrears.plot import _read

if TYPE_CHECKING:
    import altair as alt

EXAMPLES = Path(__file__).parents[2] / "examples"
AS_OF = date(2005, 9, 30)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def card() -> arrears.Policy:
    return arrears.Policy.from_file(EXAMPLES / "policies" / "cn-card.rhai")


@pytest.fixture(scope="module")
def accounts() -> pl.DataFrame:
    return pl.read_parquet(EXAMPLES / "data" / "card_accounts_2005_09.parquet").head(3_000)


@pytest.fixture(scope="module")
def decided(card: arrears.Policy, accounts: pl.DataFrame) -> arrears.Decisions:
    return card.decide(accounts, as_of=AS_OF, no_law="a test", reviews=False)


@pytest.fixture(scope="module")
def otherwise(card: arrears.Policy, accounts: pl.DataFrame) -> arrears.Decisions:
    other = card.with_thresholds(limit_full="0.80", small_debt="500.00")
    return other.decide(accounts, as_of=AS_OF, no_law="a test", reviews=False)


def rows_of(chart: alt.TopLevelMixin, *columns: str) -> Rows:
    """The rows in a chart that have all of some columns."""
    told = chart.to_dict()
    layers = [layer.get("data", {}).get("values", []) for layer in told["layer"]]
    sets = [*told.get("datasets", {}).values(), *layers, told.get("data", {}).get("values", [])]
    found = [rows for rows in sets if rows and set(columns) <= set(rows[0])]
    assert found, f"no rows with {columns}"
    return list(found[0])


def lines_of(drawn: str) -> set[str]:
    """The texts of a picture."""
    return {"".join(each.itertext()) for each in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")}


# ---- tables of any library


def test_tables_of_every_library_give_the_same_picture() -> None:
    data = {"from": ["a", "b"], "to": ["b", "b"], "accounts": [3, 4], "money": [1.5, 2.25]}
    arrow = pa.table(data)
    tables: list[Any] = [pl.DataFrame(data), pd.DataFrame(data), arrow, duckdb.sql("from arrow"), arrow.to_reader()]
    pictures = [plot.roll_rates(table, by="money").to_dict() for table in tables]
    assert all(picture == pictures[0] for picture in pictures)


def test_columns_are_read_alike_with_and_without_polars(decided: arrears.Decisions) -> None:
    wanted = ["account_id", "stage", "channel", "priority", "review_exact"]
    assert _read._slowly(decided, wanted) == {
        name: [None if cell is None else str(cell).replace("False", "false").replace("True", "true") for cell in cells]
        for name, cells in decided.to_polars().select(wanted).to_dict(as_series=False).items()
    }
    assert _read.texts(decided, "decisions", wanted) == _read._slowly(decided, wanted)


# ---- files and notebooks


@pytest.fixture(scope="module")
def chart() -> plot.Figure:
    moves = pl.DataFrame({"from": ["early", "early"], "to": ["early", "late"], "accounts": [3, 1]})
    return plot.roll_rates(moves)


def test_files_are_written_without_a_network(chart: plot.Figure, tmp_path: Path) -> None:
    svg = plot.save(chart, tmp_path / "a.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert {"early", "late", "75.0 %", "25.0 %", "before", "a period later"} <= lines_of(svg)
    assert plot.save(chart, tmp_path / "a.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    html = plot.save(chart, str(tmp_path / "a.html")).read_text(encoding="utf-8")
    assert "<script src" not in html
    assert "75.0 %" in html
    assert json.loads(plot.save(chart, tmp_path / "a.json").read_text(encoding="utf-8"))["layer"]
    with pytest.raises(ValueError, match=r"not as `\.gif`"):
        plot.save(chart, tmp_path / "a.gif")


def test_a_notebook_gets_the_picture_itself(chart: plot.Figure) -> None:
    bundle, _ = chart._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg")
    assert "text/html" not in bundle
    wider = chart.properties(width=500)
    assert isinstance(wider, plot.Figure)


def test_charts_can_be_put_beside_one_another(chart: plot.Figure, tmp_path: Path) -> None:
    other = plot.roll_rates(pl.DataFrame({"from": ["x"], "to": ["y"], "accounts": [9]}))
    svg = plot.save(chart | other, tmp_path / "two.svg").read_text(encoding="utf-8")
    assert {"early", "late", "x", "y"} <= lines_of(svg)


def test_nothing_of_altair_is_changed_for_everybody() -> None:
    state = "(a.renderers.active, a.theme.active, a.data_transformers.active)"
    program = f"import altair as a\nbefore = {state}\nimport arrears.plot\nassert before == {state}"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


def test_without_altair_one_is_told_what_to_install() -> None:
    program = "import sys\nsys.modules['altair'] = None\nimport arrears\nimport arrears.plot"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert 'plots need altair: pip install "arrears[plot]"' in said.stderr
