"""Every notebook runs, says what it asserts, and shows pictures that need no network."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

jupytext = pytest.importorskip("jupytext")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

NOTEBOOKS = Path(__file__).parents[2] / "examples" / "notebooks"
PICTURES = {
    "backtest_threshold": 1,
    "change_a_policy": 1,
    "compare_policies": 4,
    "explain_to_customer": 1,
    "first_steps": 4,
    "permissions": 4,
    "roll_rates": 4,
    "what_is_owed": 3,
}
"""How many pictures each shows, with all data."""
NEEDS = {"backtest_threshold": "uci_months.parquet", "roll_rates": "card_months.parquet"}


def run(path: Path) -> Any:
    notebook = jupytext.read(path)
    client = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    return client.execute()


def outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_every_notebook_is_listed() -> None:
    assert sorted(PICTURES) == sorted(path.stem for path in NOTEBOOKS.glob("*.py"))


@pytest.mark.parametrize("name", sorted(PICTURES))
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_a_notebook_runs_and_shows_what_it_says(name: str) -> None:
    found = outputs(run(NOTEBOOKS / f"{name}.py"))
    texts = "".join(output.text for output in found if output.output_type == "stream")
    assert not [output for output in found if output.output_type == "stream" and output.name == "stderr"], texts
    folder, need = os.environ.get("ARREARS_DATA"), NEEDS.get(name)
    if need and not (folder and (Path(folder) / need).exists()):
        assert f"skipped: ARREARS_DATA names no folder with {need}" in texts
        return
    assert "skipped" not in texts
    bundles = [output.data for output in found if "data" in output]
    drawn = [data["image/svg+xml"] for data in bundles if "image/svg+xml" in data]
    assert len(drawn) == PICTURES[name]
    assert all(picture.startswith("<svg") for picture in drawn)
    assert not any(re.search(r'(src|href)\s*=\s*["\']?https?://', data.get("text/html", "")) for data in bundles)


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_notebook_names_no_folder_of_one_machine(name: str) -> None:
    text = (NOTEBOOKS / f"{name}.py").read_text(encoding="utf-8")
    assert not re.search(r"/(work|home|tmp|Users|root)/|\.\./shared", text)
