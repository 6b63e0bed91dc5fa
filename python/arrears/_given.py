"""Arguments as the extension module takes them: tables, days, columns, progress."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, runtime_checkable

from arrears import _arrears

if TYPE_CHECKING:
    from arrears._law import Law


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


LAST_DAY = date(9998, 12, 30)
EVENT_TABLES = ("contacts", "payments", "promises", "holds")


def day(value: date, name: str = "as_of") -> str:
    """A day as text.

    Raises:
        TypeError: It is a `datetime`, or no date at all.
    """
    if isinstance(value, datetime):
        raise TypeError(f"`{name}` is a datetime: a decision is made for a day, so pass {name}=value.date()")
    if not isinstance(value, date):
        raise TypeError(f"`{name}` is a {type(value).__name__}: pass a datetime.date, as in date(2026, 3, 31)")
    if value > LAST_DAY:
        raise ValueError(
            f"`{name}` is {value}: a review up to a year later must be a date too, so {LAST_DAY} is the last"
        )
    return value.isoformat()


def _is_path(table: object) -> bool:
    return isinstance(table, str | os.PathLike)


def _refuse(table: object, called: str) -> None:
    kind = type(table)
    if kind.__module__.startswith("pyspark."):
        raise TypeError(
            f"{called}: a Spark DataFrame would be pulled to the driver: "
            "use arrears.spark.decide(df, policy, as_of=...), which decides where the rows are"
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
    """A mapping of columns, as the text of a mapping file.

    Raises:
        TypeError: A name is no text; the argument is named.
        ValueError: `event_columns` names a table that is none of the four.
    """
    lines: list[str] = []
    if columns:
        lines.append("[columns]")
        for fact, column in columns.items():
            named = "false" if column is None else _quoted(f'columns["{fact}"]', column)
            lines.append(f"{_quoted('columns', fact)} = {named}")
    if never:
        lines.append("[never]")
        lines.extend(_entry(f'never["{fact}"]', fact, value) for fact, value in never.items())
    events = {table: dict(renamed) for table, renamed in (event_columns or {}).items()}
    if strange := [table for table in events if table not in EVENT_TABLES]:
        raise ValueError(f"event_columns: `{strange[0]}` is none of {', '.join(EVENT_TABLES)}")
    if isinstance(holds_cover, str):
        raise TypeError(f'holds_cover is a list of protections: write ["{holds_cover}"]')
    if holds_cover is not None:
        events.setdefault("holds", {})
    for table, renamed in events.items():
        lines.append(f"[{table}]")
        lines.extend(_entry(f'event_columns["{table}"]["{name}"]', name, column) for name, column in renamed.items())
        if table == "holds" and holds_cover is not None:
            lines.append(_entry("holds_cover", "covers", list(holds_cover)))
    return "\n".join(lines) if lines else None


def _entry(argument: str, key: object, value: object) -> str:
    return f"{_quoted(argument, key)} = {_written(argument, value)}"


def _written(argument: str, value: object) -> str:
    match value:
        case bool() | float():
            raise TypeError(f"{argument} is {value!r}: expected a text or a whole number")
        case int():
            return str(value)
        case Decimal() if value == value.to_integral_value():
            return f"{value:.0f}"
        case list() | tuple():
            return "[" + ", ".join(_written(argument, each) for each in value) + "]"
        case str():
            return _quoted(argument, value)
        case _:
            raise TypeError(f"{argument} is {value!r}: expected a text or a whole number")


def _quoted(argument: str, text: object) -> str:
    if not isinstance(text, str):
        raise TypeError(f"{argument} is {text!r}: expected a text")
    # What JSON leaves as it is and TOML does not take.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def asked(
    as_of: date,
    law: Law,
    mapped: str | None,
    beside: Mapping[str, AnyTable | None],
    **flags: bool,
) -> dict[str, object]:
    """What is asked of a run, as the extension module takes it.

    Args:
        as_of: The day of the decisions.
        law: The law under which they are made.
        mapped: The text of a mapping of columns.
        beside: Tables beside that of the accounts: state and events.
        flags: How it is decided.
    """
    # Messages call the state `the state that was given`.
    called = {name: "that was given" if name == "state" else name for name in beside}
    tables = {name: maybe_held(table, called[name]) for name, table in beside.items()}
    return {"as_of": day(as_of), "law": law._native, "mapping": mapped, **tables, **flags}


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
