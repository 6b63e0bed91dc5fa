"""Columns of tables, as texts and exact numbers."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from arrears import _arrears, _given
from arrears._decisions import Table
from arrears._errors import ColumnProblem, SchemaError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arrears._given import ArrowStream

Texts = dict[str, list[str | None]]

_CHUNK = 100_000


def names(table: ArrowStream, called: str) -> tuple[Table, list[str]]:
    """A table, held where it is so that it can be read twice, and the names of its columns.

    Raises:
        TypeError: It does not speak Arrow.
    """
    if isinstance(table, Table):
        return table, table.columns
    _given._refuse(table, called)
    held = Table(_arrears.Table.of(table, called))
    return held, held.columns


def texts(table: ArrowStream, called: str, needs: Sequence[str], may: Sequence[str] = ()) -> Texts:
    """Some columns of a table as texts, exact; `None` where a cell is empty.

    Args:
        table: The table.
        called: What messages call it.
        needs: Columns that it must have.
        may: Columns that are read where it has them.

    Raises:
        SchemaError: It lacks columns; all of them are named.
        TypeError: It does not speak Arrow.
    """
    held, there = names(table, called)
    absent = [name for name in needs if name not in there]
    if absent:
        raise _absent(called, absent, there)
    wanted = [*needs, *(name for name in may if name in there and name not in needs)]
    try:
        import polars
    except ImportError:
        return _slowly(held, wanted)
    frame = polars.DataFrame(held).select(polars.col(name).cast(polars.String) for name in wanted)
    return {name: frame[name].to_list() for name in wanted}


def _slowly(held: Table, wanted: Sequence[str]) -> Texts:
    """Without another library, which takes seconds for a million rows."""
    places = {name: held.columns.index(name) for name in wanted}
    found: Texts = {name: [] for name in wanted}
    for start in range(0, len(held), _CHUNK):
        for row in held._native.texts(start, min(_CHUNK, len(held) - start)):
            for name, place in places.items():
                found[name].append(row[place])
    return found


def _absent(called: str, absent: Sequence[str], there: Sequence[str]) -> SchemaError:
    problems = tuple(
        ColumnProblem("absent", None, name, None, None, None, f"column `{name}` is absent") for name in absent
    )
    lacks = ", ".join(f"`{name}`" for name in absent)
    has = ", ".join(f"`{name}`" for name in there) or "none"
    return SchemaError(f"{called}: the table has no column {lacks}; its columns are {has}", problems)


def words(column: Sequence[str | None], empty: str) -> list[str]:
    """Words, with one of our own where a cell is empty."""
    return [empty if text is None else text for text in column]


def amounts(column: Sequence[str | None], name: str) -> list[Decimal]:
    """Amounts, exact; an empty cell adds nothing.

    Raises:
        ValueError: A cell holds no number.
    """
    return [_number(text, name, row) for row, text in enumerate(column, start=1)]


def counts(column: Sequence[str | None], name: str) -> list[int]:
    """Whole numbers from zero; an empty cell adds nothing.

    Raises:
        ValueError: A cell holds something else.
    """
    found = []
    for row, number in enumerate(amounts(column, name), start=1):
        if number < 0 or number != int(number):
            raise ValueError(f"column `{name}`, row {row}: {number} is no number of accounts")
        found.append(int(number))
    return found


def _number(text: str | None, name: str, row: int) -> Decimal:
    if text is None:
        return Decimal(0)
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"column `{name}`, row {row}: `{text}` is no number") from None
    if not number.is_finite():
        raise ValueError(f"column `{name}`, row {row}: `{text}` is no amount")
    return number
