"""Decisions of whole tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from arrears import _arrears, _html
from arrears._errors import RowError, row_errors_of

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Table:
    """Rows in Arrow's layout, for any library that speaks it.

    `polars.DataFrame(table)`, `pyarrow.table(table)`, `duckdb.sql("from table")` and
    `pandas.DataFrame.from_arrow(table)` read it where it is.
    """

    def __init__(self, native: _arrears.Table) -> None:
        self._native = native

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def __len__(self) -> int:
        return len(self._native)

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return [name for name, _ in self._native.columns()]

    def head(self, rows: int = 10) -> list[dict[str, str | None]]:
        """The first rows, as text; `None` where a cell is empty."""
        names = self.columns
        return [dict(zip(names, cells, strict=True)) for cells in self._native.texts(0, rows)]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas table (pandas 3). Columns with few different words are categorical."""
        import pandas

        return pandas.DataFrame.from_arrow(self)

    def to_polars(self) -> polars.DataFrame:
        """The rows as a polars table."""
        import polars

        return polars.DataFrame(self)

    def to_arrow(self) -> pyarrow.Table:
        """The rows as a pyarrow table, not copied."""
        import pyarrow

        return pyarrow.table(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self):,} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        return _html.table(self.columns, self.head(), len(self))


class Decisions(Table):
    """One decision for each account, in the order of the table.

    Rows that could not be decided are not among them: they are in `errors`, and decisions and errors together are the
    rows of the table.
    """

    def __init__(self, native: _arrears.Decided) -> None:
        super().__init__(native.decisions())
        self._decided = native

    @cached_property
    def summary(self) -> dict[str, Any]:
        """What was decided, counted: by stage, action, treatment, type, with the money overdue."""
        found: dict[str, Any] = json.loads(self._decided.summary())
        found.pop("first_errors")
        return found

    @cached_property
    def errors(self) -> tuple[RowError, ...]:
        """The rows that could not be decided, with `keep_going=True`."""
        return row_errors_of(json.loads(self._decided.summary())["first_errors"])

    @property
    def state(self) -> Table | None:
        """What these decisions leave for the next night, with `keep_state=True`: pass it as `state=` then."""
        left = self._decided.state()
        return None if left is None else Table(left)

    @property
    def assumptions(self) -> list[dict[str, Any]]:
        """What the policy took as known because the table has no such column."""
        taken: list[dict[str, Any]] = self.summary["assumptions"]
        return taken

    def __repr__(self) -> str:
        told = self.summary
        by = ", ".join(f"{tally['name']} {tally['accounts']:,}" for tally in told["by_action"][:5])
        bad = f", {len(self.errors):,} rows not decided" if self.errors else ""
        return f"<Decisions of {told['as_of']} under {told['policy']} {told['policy_version']}: {by}{bad}>"

    def _repr_html_(self) -> str:
        return _html.decisions(self.summary, self.errors, self.columns, self.head(8))


class DecisionStream:
    """Decisions that are made while they are read, once, in bounded memory.

    Any library that reads an Arrow stream can read it; or go through it batch by batch:

    ```python
    for batch in policy.decide_stream(reader, as_of=day, no_law="backtest"):
        save(batch.to_arrow())
    ```

    Errors that the engine finds end the stream. Going through it raises them as `decide` does; other libraries raise
    what they make of their text.
    """

    def __init__(self, native: _arrears.Deciding) -> None:
        self._native = native

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def __iter__(self) -> Iterator[Table]:
        while (batch := self._native.next()) is not None:
            yield Table(batch)

    @property
    def summary(self) -> dict[str, Any] | None:
        """What was decided, counted; `None` before the end.

        Raises:
            ArrearsError: What ended the stream, if that was an error.
        """
        text = self._native.summary()
        if text is None:
            return None
        found: dict[str, Any] = json.loads(text)
        found.pop("first_errors")
        return found

    @property
    def errors(self) -> tuple[RowError, ...]:
        """With `keep_going=True`, the first thousand rows that could not be decided; `summary` counts all of them.

        There are none before the end.
        """
        text = self._native.summary()
        return () if text is None else row_errors_of(json.loads(text)["first_errors"])
