"""Arguments as the extension module takes them: tables, days, columns, progress."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, Protocol, TypeAlias, runtime_checkable

from arrears import _arrears


@runtime_checkable
class ArrowStream(Protocol):
    """Any table that speaks the Arrow PyCapsule interface: pandas, polars, pyarrow, DuckDB, datafusion, ..."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows, in a capsule."""


AnyTable: TypeAlias = ArrowStream | str | os.PathLike[str]
"""A table: one that speaks Arrow, or the path of a `.parquet` or `.csv` file."""

Threshold: TypeAlias = Decimal | int | str
"""A value for a threshold."""


class Progress(NamedTuple):
    """How far a run has come."""

    step: str
    """`events`, `numbering`, `settling` or `deciding`; in sweeps and comparisons with the pass: `deciding 2 of 5`."""
    rows: int
    total: int | None


ProgressLike: TypeAlias = bool | Callable[[Progress], object] | None
"""`True` for a bar (needs tqdm), a function that is called now and then, or nothing."""


def day(value: date, name: str = "as_of") -> str:
    """A day as text.

    Raises:
        TypeError: It is a `datetime`, or no date at all.
    """
    if isinstance(value, datetime):
        raise TypeError(f"`{name}` is a datetime: a decision is made for a day, so pass {name}=value.date()")
    if not isinstance(value, date):
        raise TypeError(f"`{name}` is a {type(value).__name__}: pass a datetime.date, as in date(2026, 3, 31)")
    return value.isoformat()


def _is_path(table: object) -> bool:
    return isinstance(table, str | os.PathLike)


def _refuse(table: object, called: str) -> None:
    kind = type(table)
    if kind.__module__.startswith("pyspark."):
        raise TypeError(
            f"{called}: a Spark DataFrame would be pulled to the driver: "
            "use arrears.spark.decide(df, policy, as_of=..., no_law=...), which decides where the rows are"
        )
    if not hasattr(table, "__arrow_c_stream__"):
        lazy = hasattr(table, "collect") or hasattr(table, "compute")
        hint = (
            "it is lazy: collect it first"
            if lazy
            else "pass a table that speaks Arrow (pandas 3, polars, pyarrow, DuckDB, datafusion) or the path of a file"
        )
        raise TypeError(f"{called}: a {kind.__module__}.{kind.__qualname__} is no table: {hint}")


def held(table: AnyTable, called: str) -> _arrears.Table | str:
    """A table to be read as often as it takes, where it is."""
    if isinstance(table, str | os.PathLike):
        return os.fspath(table)
    _refuse(table, called)
    return _arrears.Table.of(table, called)


def maybe_held(table: AnyTable | None, called: str) -> _arrears.Table | str | None:
    """As `held`, of a table that need not be there."""
    return None if table is None else held(table, called)


def once(table: AnyTable, called: str) -> _arrears.Stream | str:
    """A table to be read once, batch after batch."""
    if isinstance(table, str | os.PathLike):
        return os.fspath(table)
    _refuse(table, called)
    return _arrears.Stream.of(table, called)


def thresholds(values: Mapping[str, Threshold]) -> list[tuple[str, str]]:
    """Values for thresholds as text.

    Raises:
        TypeError: One of them is a float.
    """
    given = []
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
            fix = f'write Decimal("{value}") or "{value}"' if isinstance(value, float) else "pass Decimal, int or str"
            raise TypeError(f"threshold `{name}` is a {type(value).__name__}: {fix}")
        given.append((name, f"{value:f}" if isinstance(value, Decimal) else str(value)))
    return given


def mapping(
    columns: Mapping[str, str | None] | None,
    never: Mapping[str, object] | None,
    event_columns: Mapping[str, Mapping[str, str]] | None,
    holds_cover: Sequence[str] | None,
) -> str | None:
    """A mapping of columns, as the text of a mapping file."""
    sections: dict[str, dict[str, Any]] = {}
    if columns:
        sections["columns"] = {fact: False if column is None else column for fact, column in columns.items()}
    if never:
        sections["never"] = dict(never)
    for table, renamed in (event_columns or {}).items():
        sections[table] = dict(renamed)
    if holds_cover is not None:
        sections.setdefault("holds", {})["covers"] = list(holds_cover)
    if not sections:
        return None
    lines = []
    for section, entries in sections.items():
        lines.append(f"[{json.dumps(section, ensure_ascii=False)}]")
        lines.extend(
            f"{json.dumps(str(key), ensure_ascii=False)} = {json.dumps(value, ensure_ascii=False)}"
            for key, value in entries.items()
        )
    return "\n".join(lines)


def progress(wanted: ProgressLike) -> Callable[[str, int, int | None], None] | None:
    """What is called with how far a run has come.

    Raises:
        ImportError: A bar is wanted and tqdm is not installed.
    """
    if wanted is None or wanted is False:
        return None
    if wanted is not True:
        listener = wanted
        return lambda step, rows, total: _ignore(listener(Progress(step, rows, total)))
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise ImportError("a progress bar needs tqdm: pip install tqdm, or pass a function") from error
    bars: dict[str, Any] = {}

    def advance(step: str, rows: int, total: int | None) -> None:
        if step not in bars:
            for bar in bars.values():
                bar.close()
            bars[step] = tqdm(total=total, desc=step, unit=" rows", unit_scale=True)
        bars[step].update(rows - bars[step].n)
        if total is not None and rows >= total:
            bars[step].close()

    return advance


def _ignore(_: object) -> None:
    """Whatever a listener gives back means nothing."""
