#!/usr/bin/env python3
"""Checks how the house is built: who may use whom, file lengths, no floats or clocks in the core.

Run from anywhere in the repository; prints every fault and exits 1 if there is one.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Which crate of the workspace may depend on which others (DESIGN.md, section 2).
CRATES = {
    "arrears": set(),
    "arrears-rules": {"arrears"},
    "arrears-batch": {"arrears"},
    "arrears-editor": {"arrears", "arrears-rules"},
    "arrears-owed": {"arrears"},
    "arrears-words": {"arrears", "arrears-owed"},
    "arrears-conform": {"arrears", "arrears-rules", "arrears-owed"},
    "arrears-workbench": {"arrears", "arrears-rules", "arrears-batch", "arrears-words"},
    "arrears-cli": {"arrears", "arrears-rules", "arrears-batch", "arrears-editor", "arrears-owed", "arrears-words", "arrears-conform", "arrears-workbench"},
    "arrears-python": {"arrears", "arrears-rules", "arrears-batch", "arrears-editor", "arrears-owed", "arrears-words", "arrears-conform", "arrears-workbench"},
    "arrears-testkit": {"arrears"},
}
# What the core may not reach for at all.
NOT_IN_CORE = {"rhai", "arrow-array", "arrow-schema", "parquet", "pyo3", "miette", "clap", "rayon"}

# Which module of the core may use which others.
CORE = {
    "span": set(),
    "number": set(),
    "problem": {"span"},
    "facts": {"number", "problem"},
    "document": {"number", "problem"},
    "account": {"number", "facts", "document", "problem"},
    "condition": {"number", "facts", "span"},
    "calendar": {"condition"},
    "draft": {"facts", "condition", "span"},
    "policy": {"number", "facts", "condition", "calendar", "draft", "problem", "span"},
    "guardrail": {"number", "facts", "document", "condition", "calendar", "policy", "problem", "span"},
    "decide": {"number", "facts", "condition", "policy", "problem"},
    "explain": {"number", "facts", "condition", "policy", "decide", "span"},
    "trial": {"number", "facts", "condition", "draft", "policy", "decide", "span"},
    "nights": {"number", "facts", "account", "condition", "policy", "decide", "explain"},
    "build": {"condition", "draft", "policy", "problem", "span"},
}
# Names re-exported at the crate's root, and the module they belong to.
ROOT_NAMES = {
    "Span": "span",
    "Kind": "number",
    "Cell": "number",
    "Currency": "number",
    "Money": "number",
    "Channel": "facts",
    "Class": "facts",
    "Facts": "facts",
    "table": "facts",
    "Policy": "policy",
    "Problem": "problem",
    "nearest": "problem",
}
LONGEST = 400


def crates(faults):
    for name, may_use in CRATES.items():
        manifest = tomllib.loads((ROOT / "crates" / name / "Cargo.toml").read_text())
        used = set(manifest.get("dependencies", {}))
        for other in sorted(used & set(CRATES) - may_use):
            faults.append(f"crates/{name}/Cargo.toml: {name} may not depend on {other}")
        if name == "arrears":
            for other in sorted(used & NOT_IN_CORE):
                faults.append(f"crates/{name}/Cargo.toml: the core may not depend on {other}")
    for folder in (ROOT / "crates").iterdir():
        if folder.is_dir() and folder.name not in CRATES:
            faults.append(f"crates/{folder.name}: not listed in scripts/check_house.py")


def without_tests(text):
    """The text up to the unit tests at the end of a file, comments and strings of docs left out."""
    text = text.split("#[cfg(test)]")[0]
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//"))


def core_modules(faults):
    source = ROOT / "crates" / "arrears" / "src"
    for path in sorted(source.rglob("*.rs")):
        relative = path.relative_to(source)
        module = relative.parts[0].removesuffix(".rs")
        if module == "lib":
            continue
        if module not in CORE:
            faults.append(f"{path.relative_to(ROOT)}: module `{module}` is not listed in scripts/check_house.py")
            continue
        text = without_tests(path.read_text())
        for line_number, line in enumerate(text.splitlines(), 1):
            for name in re.findall(r"\bcrate::(\w+)", line):
                target = ROOT_NAMES.get(name, name)
                if target != module and target not in CORE[module]:
                    faults.append(f"{path.relative_to(ROOT)}: `{module}` may not use `{target}`: {line.strip()}")
        for word in ("f32", "f64", "SystemTime", "Instant::now", "Utc::now", "Local::now", "std::fs", "std::env"):
            if re.search(rf"\b{re.escape(word)}\b", text):
                faults.append(f"{path.relative_to(ROOT)}: `{word}` has no place in the core")


def lengths(faults):
    for pattern in ("crates/**/*.rs", "scripts/*.py", "python/**/*.py", "examples/**/*.py", "benches/**/*.rs", "examples/**/*.rs"):
        for path in sorted(ROOT.glob(pattern)):
            if "target" in path.parts:
                continue
            lines = len(path.read_text().splitlines())
            if lines > LONGEST:
                faults.append(f"{path.relative_to(ROOT)}: {lines} lines, at most {LONGEST}: it holds two ideas")


def features(*chosen):
    """Every crate that is built for some packages, with the features that they ask of it."""
    command = ["cargo", "tree", "--locked", "--prefix", "none", "--no-dedupe", "--format", "{p}|{f}", *chosen]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {line.replace(" (*)", "").replace(" (proc-macro)", "") for line in told.splitlines() if line.strip()}


def built_once(faults):
    """The Python package is linked with what was built for the tests, where it asks crates for the same features."""
    tests = features("--workspace", "--edges", "normal,dev,no-proc-macro")
    for line in sorted(features("--package", "arrears-python", "--edges", "normal,no-proc-macro") - tests):
        faults.append(
            f"crates/arrears-python: builds {line} a second time, and all that uses it: the tests ask it for other "
            "features; ask for the same in its Cargo.toml"
        )


def main():
    faults = []
    crates(faults)
    core_modules(faults)
    lengths(faults)
    built_once(faults)
    for fault in faults:
        print(fault)
    if not faults:
        print("the house is in order: crates and core modules one-way, no floats or clocks in the core, no long file")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
