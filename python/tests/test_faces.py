"""Everything that the package offers is documented, and everything that the command offers has its place in it."""

from __future__ import annotations

import inspect
import re
import subprocess
from pathlib import Path

import arrears
import arrears._arrears as native


def test_every_public_name_has_a_docstring_and_its_members_too() -> None:
    bare = []
    for name in arrears.__all__:
        found = getattr(arrears, name)
        if not (inspect.isclass(found) or inspect.isfunction(found)):
            continue
        if not inspect.getdoc(found):
            bare.append(name)
        members = vars(found).items() if inspect.isclass(found) else ()
        bare.extend(
            f"{name}.{member}"
            for member, what in members
            if not member.startswith("_")
            and (inspect.isfunction(what) or isinstance(what, property | staticmethod | classmethod))
            and not inspect.getdoc(getattr(found, member))
        )
    assert not bare


def test_every_class_and_function_is_named_in_the_documentation(root: Path) -> None:
    pages = "".join((root / "docs" / page).read_text() for page in ("python.md", "scale-out.md"))
    helpers = {"Progress", "Place", "Diagnostic", "ColumnProblem", "RowError", "Fault", "Threshold", "Input", "Tested"}
    results = {"TestReport", "Decision", "Decisions", "DecisionStream", "Explanation", "Comparison", "Sweep", "Report"}
    types = {"AnyTable", "ArrowStream", "FactValue", "Never", "PackLike", "ConformReport", "Table", "__version__"}
    said = [name for name in arrears.__all__ if name not in helpers | results | types]
    assert [name for name in said if not re.search(rf"\b{name}\b", pages)] == []


def test_every_command_has_its_line_in_the_documentation(root: Path, command: str) -> None:
    told = subprocess.run([command, "--help"], check=True, capture_output=True, text=True).stdout
    commands = re.findall(r"^  ([a-z]+) {2,}", told.split("Commands:")[1].split("Options:")[0], re.M)
    assert "run" in commands
    page = (root / "docs/python.md").read_text()
    missing = [name for name in commands if name != "help" and f"| `arrears {name}` |" not in page]
    assert not missing


def test_the_extension_module_has_nothing_that_its_stub_does_not_name(root: Path) -> None:
    stub = (root / "python/arrears/_arrears.pyi").read_text()
    listed = set(re.findall(r'^    "(\w+)",$', stub, re.M))
    there = {name for name in dir(native) if not name.startswith("_")} | {"__version__"}
    assert there - {"annotations"} == listed


def test_the_version_is_that_of_the_workspace(root: Path) -> None:
    assert f'version = "{arrears.__version__}"' in (root / "Cargo.toml").read_text()
