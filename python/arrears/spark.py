"""Decisions of Spark DataFrames, made where the rows are.

```python
import arrears.spark

decisions = arrears.spark.decide(df, policy, as_of=date(2026, 3, 31), no_law="backtest")
decisions.write.parquet("decisions")
```

The workers need arrears itself, of the driver's version. The policy goes with the job: its files, its thresholds and
the hash that it must have. Each Python worker of an executor reads it once and keeps it for the jobs that follow.
"""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from arrears._arrears import __version__
from arrears._errors import ArrearsError, RowError, RowErrors
from arrears._law import chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    import pyarrow
    from pyspark.sql import DataFrame

    from arrears._decisions import Decisions
    from arrears._law import Law, PackLike
    from arrears._policy import Policy

__all__ = ["decide"]

Customers = Literal["refuse", "apart", "together"]

_CUSTOMER = "customer_id"
_KEPT = 8  # Policies that a worker keeps: a sweep over thresholds sends many.


def decide(
    df: DataFrame,
    policy: Policy,
    *,
    as_of: date,
    law: Law | None = None,
    no_law: str | None = None,
    enable: Sequence[str] = (),
    packs: Sequence[PackLike] = (),
    columns: Mapping[str, str | None] | None = None,
    never: Mapping[str, object] | None = None,
    customers: Customers = "refuse",
    reviews: bool = True,
    keep_going: bool = False,
) -> DataFrame:
    """Decide every row of a Spark DataFrame, where it is.

    Nothing runs until the result is used. What can be told from the columns alone is told at once: the columns are
    checked here, on the driver. Of the columns only those that the policy reads are sent to the workers.

    Each row is decided for itself, so an account that comes twice goes unnoticed unless both rows happen to come in one
    batch. The accounts of one person however bind each other: a hold may cover all of them, and only one of several
    contacts is made. Where the table has a column `customer_id`, say what is to be done:

    - `customers="together"`: the rows of a customer go to one partition, which is sorted by customer, and the accounts
      of each are settled together, as `Policy.decide` does. This costs a shuffle and a sort of the columns that are
      read. A row without a customer stands alone.
    - `customers="apart"`: the column is left out, and each account is decided as if its holder had no other.

    State is not carried here: what the last decisions left is read where the DataFrame has its columns
    (`previous_stage`, `days_in_stage`, ...: see `policy.inputs`), but what these leave is not given back.

    Args:
        df: One row an account. An empty cell is not known, not zero.
        policy: The policy.
        as_of: The day the decisions are for. A `datetime` is refused.
        law: The law, as in `Policy.decide`, with `no_law`, `enable` and `packs`. It goes with the job too.
        no_law: Why it is decided without guardrails of law. It is stamped on every decision.
        enable: Rules that bind nobody by default.
        packs: Packs of the bank's own.
        columns: Which column holds which fact, where their names differ, as in `Policy.decide`.
        never: Which values mean *never*, by fact.
        customers: What is done about customers with several accounts: `refuse` a table that names customers, settle
            their accounts `together`, or decide them `apart`.
        reviews: Whether to find out when to look at each account again, which takes most of the time.
        keep_going: Whether rows that cannot be decided are set aside. The result then has one column more, `error`:
            it is empty for a row that is decided, and says what is wrong with a row that is not, of which only
            `account_id` is filled besides. Rows in are rows out.

    Returns:
        A DataFrame with the columns of `Policy.decide`, words as plain strings, in no order that can be relied on.

    Raises:
        SchemaError: Columns that the policy reads are absent or hold something else; all are listed.
        NotInForceError: The policy does not decide on that day.
        TypeError: The table is no Spark DataFrame, or a day is no date.
        ValueError: The table names customers, and nothing is said of them.

    Whoever uses the result may meet a `pyspark.errors.PythonException`. Its text ends with what arrears says:

    - `RowErrors`, where rows cannot be decided and `keep_going` is false: partition, row, account and column of every
      bad row in the first batch that has one. Rows count from 1 within the partition, as it reaches the worker (with
      `customers="together"`: sorted by customer). Spark may number them otherwise the next time: go by the account.
    - `ArrearsError`, where a worker has another version of arrears than the driver.
    - `PolicyError`, where the policy is read on a worker with another hash than on the driver.
    """
    try:
        from pyspark.sql import functions as sql
        from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
    except ImportError as error:
        raise ImportError("arrears.spark needs pyspark: pip install 'arrears[spark]'") from error
    if not hasattr(df, "mapInArrow"):
        raise TypeError(f"df: a {type(df).__module__}.{type(df).__qualname__} is no Spark DataFrame: use Policy.decide")
    if customers not in ("refuse", "apart", "together"):
        raise ValueError(f'customers: `{customers}` is none of "refuse", "apart", "together"')

    mapped = dict(columns or {})
    customer = mapped.get(_CUSTOMER, _CUSTOMER)
    if customer not in df.columns:
        customer = None
    if customer is not None and customers == "refuse":
        raise ValueError(
            f"the table names customers in `{customer}`, and rows are decided each for itself: pass "
            'customers="together" to settle the accounts of each customer together, at the cost of a shuffle, or '
            'customers="apart" to decide each account as if its holder had no other'
        )
    if customer is not None and customers == "apart":
        mapped[_CUSTOMER] = customer = None

    under = chosen(law, no_law, enable, packs)
    asked = _Asked(
        __version__,
        pickle.dumps(policy),
        {"as_of": as_of, "law": under, "columns": mapped, "never": dict(never or {}), "reviews": reviews},
        keep_going,
        customer,
    )
    # An empty table of the same columns: what is wrong with them is told before any job starts.
    empty = policy.decide(to_arrow_schema(df.schema, timezone="UTC").empty_table(), **asked.options)
    read = {mapped.get(fact.name, fact.name) for fact in policy.inputs_under(as_of=as_of, law=under)}
    rows = df.select(*[_named(sql, column) for column in df.columns if column in read])
    if customer is not None:
        # As the engine reads a name: without the spaces around it, and nobody if nothing is left.
        person = sql.regexp_replace(_named(sql, customer).cast("string"), r"(?U)^\s+|\s+$", "")
        person = sql.when(person == "", None).otherwise(person)
        alone = sql.coalesce(person, _named(sql, mapped.get("account_id") or "account_id").cast("string"))
        # Rows without a customer are spread by account: otherwise all of them would meet in one partition.
        rows = rows.repartition(alone).sortWithinPartitions(person)
    return rows.mapInArrow(_deciding(asked), from_arrow_schema(_plain(empty, keep_going)))


@dataclass(frozen=True)
class _Asked:
    """What is asked of a worker."""

    version: str
    """That of arrears on the driver."""
    policy: bytes
    options: dict[str, Any]
    keep_going: bool
    customer: str | None
    """The column that names customers whose accounts are settled together."""


@lru_cache(maxsize=_KEPT)
def _read(policy: bytes) -> Policy:
    """The policy that was sent, hash and all: read once in each process."""
    found: Policy = pickle.loads(policy)
    return found


def _named(sql: Any, column: str) -> Any:
    quoted = column.replace("`", "``")
    return sql.col(f"`{quoted}`")


def _plain(decisions: Decisions, keep_going: bool) -> pyarrow.Schema:
    """The columns of decisions as Spark takes them: words are not coded."""
    import pyarrow

    fields = []
    for field in decisions.to_arrow().schema:
        coded = pyarrow.types.is_dictionary(field.type)
        kind = field.type.value_type if coded else field.type
        fields.append(pyarrow.field(field.name, kind, field.nullable or keep_going))
    if keep_going:
        fields.append(pyarrow.field("error", pyarrow.string()))
    return pyarrow.schema(fields)


def _deciding(asked: _Asked) -> Callable[[Iterable[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]:
    """What a worker does with a partition."""

    def partition(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        # This function is sent with the values of all that it names; `_partition` is the worker's own.
        return _partition(batches, asked)

    return partition


def _partition(batches: Iterable[pyarrow.RecordBatch], asked: _Asked) -> Iterator[pyarrow.RecordBatch]:
    if asked.version != __version__:
        raise ArrearsError(f"the driver has arrears {asked.version}, and this worker has {__version__}: make them one")
    _take_no_more_threads_than_given()
    policy = _read(asked.policy)
    seen = 0
    for rows in _tables(batches, asked.customer):
        yield from _decided(policy, rows, asked, seen)
        seen += len(rows)


def _take_no_more_threads_than_given() -> None:
    """One Python worker serves one task: it may use the cores of that task, and the engine would take all."""
    from pyspark import TaskContext

    task = TaskContext.get()
    if task is not None:
        os.environ.setdefault("RAYON_NUM_THREADS", str(max(task.cpus(), 1)))


def _tables(batches: Iterable[pyarrow.RecordBatch], customer: str | None) -> Iterator[pyarrow.Table]:
    """The rows in tables, none of which ends within the accounts of a customer.

    Where there are customers, the batches are sorted by them. Memory holds a batch and the accounts of one customer.
    """
    import pyarrow
    import pyarrow.compute

    held: list[pyarrow.RecordBatch] = []
    for batch in batches:
        whole = len(batch)
        if customer is not None and whole > 0:
            names = pyarrow.compute.utf8_trim_whitespace(batch.column(customer).cast(pyarrow.string()))
            # The customer of the last row may go on in the next batch.
            whole = pyarrow.compute.index(names, names[-1]).as_py() if names[-1].is_valid else whole
        if whole > 0:
            yield pyarrow.Table.from_batches([*held, batch.slice(0, whole)])
            held = []
        if whole < len(batch):
            held.append(batch.slice(whole))
    if held:
        yield pyarrow.Table.from_batches(held)


def _decided(policy: Policy, rows: pyarrow.Table, asked: _Asked, seen: int) -> Iterator[pyarrow.RecordBatch]:
    import pyarrow

    try:
        decisions = policy.decide(rows, **asked.options, keep_going=asked.keep_going)
    except RowErrors as errors:
        raise _of_partition(errors, seen) from None
    schema = _plain(decisions, asked.keep_going)
    table = decisions.to_arrow()
    if asked.keep_going:
        table = table.append_column("error", pyarrow.nulls(len(table), pyarrow.string()))
    yield from table.cast(schema).combine_chunks().to_batches()
    if decisions.errors:
        aside = [
            {"account_id": row.account_id, "error": "; ".join(str(fault) for fault in row.faults)}
            for row in decisions.errors
        ]
        yield pyarrow.RecordBatch.from_pylist(aside, schema)


def _of_partition(errors: RowErrors, seen: int) -> RowErrors:
    """The same errors with rows that count within the partition."""
    from pyspark import TaskContext

    def moved(row: RowError) -> RowError:
        return replace(row, row=seen + row.row)

    task = TaskContext.get()
    where = f"partition {task.partitionId()}, " if task is not None else ""
    rows = tuple(moved(row) for row in errors.errors)
    last = seen + errors.rows
    message = f"{where}rows {seen + 1} to {last}: {errors.total} cannot be decided, and the job ends:\n  "
    return RowErrors(message + "\n  ".join(str(row) for row in rows), rows, errors.total, errors.rows)
