"""What docs/scale-out.md shows runs as it stands."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import arrears
import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "scale-out.md").read_text(encoding="utf-8")
SHOWN = dict(re.findall(r"^## ([^\n]+)\n(?:(?!^## ).)*?^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
NEEDS = {"One machine first": "arrears", "DuckDB": "duckdb", "Spark": "pyspark", "Ray": "ray", "Dask": "dask.dataframe"}


def there(module: str) -> bool:
    return importlib.util.find_spec(module.partition(".")[0]) is not None


def test_each_way_has_a_snippet_of_at_most_fifteen_lines() -> None:
    assert SHOWN.keys() == NEEDS.keys()
    lines = {title: [line for line in code.splitlines() if line.strip()] for title, code in SHOWN.items()}
    assert {title for title, each in lines.items() if len(each) > 15} == set()


@pytest.mark.parametrize(
    "title", [pytest.param(each, marks=[pytest.mark.spark] if each == "Spark" else []) for each in NEEDS]
)
def test_the_snippet_runs(title: str, tmp_path: Path) -> None:
    if not there(NEEDS[title]):
        pytest.skip(f"{NEEDS[title]} is not installed")
    if title == "Spark" and shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java, and there is none")
    program = tmp_path / "snippet.py"
    program.write_text(SHOWN[title], encoding="utf-8")
    found = [str(Path(arrears.__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
    ran = subprocess.run(
        [sys.executable, str(program)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(found), "PYSPARK_PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "warning" in ran.stdout or "30000" in ran.stdout
