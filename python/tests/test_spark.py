"""Spark: what is decided where the rows are is what `Policy.decide` decides."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import arrears
import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq
import pytest
from arrears import _policy

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'arrears[spark]'")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java, and there is none", allow_module_level=True)

from arrears import spark as on_spark
from pyspark.errors import PythonException
from pyspark.sql import DataFrame, SparkSession

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]

POLICIES = Path(__file__).parents[2] / "examples" / "policies"
DAY = date(2026, 3, 31)
ASKED: dict[str, Any] = {"as_of": DAY, "no_law": "a test"}
NEVER = 999_999


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Any:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    started = (
        SparkSession.builder.master("local[2]")
        .appName("arrears")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.adaptive.coalescePartitions.enabled", "false")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    started.sparkContext.setLogLevel("OFF")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def policy() -> arrears.Policy:
    return arrears.Policy.from_file(POLICIES / "reference.rhai")


def accounts(rows: int, seed: int = 7) -> pa.Table:
    """Accounts with the columns that the reference policy reads: the same for the same seed."""
    rng = np.random.default_rng(seed)

    def decimals(units: Any, digits: int) -> pa.Array:
        # Two words of 64 bits, the low one first; none of these numbers is negative.
        words = np.stack([units.astype(np.int64), np.zeros(rows, np.int64)], axis=1)
        return pa.Array.from_buffers(pa.decimal128(18, digits), rows, [None, pa.py_buffer(words.tobytes())])

    def flag(share: float) -> pa.Array:
        return pa.array(rng.random(rows) < share)

    def some(values: Any, absent: float) -> pa.Array:
        return pa.array(values, mask=rng.random(rows) < absent)

    def or_never(days: int, share: float) -> Any:
        return np.where(rng.random(rows) < share, NEVER, rng.integers(0, days, rows))

    dpd = np.where(rng.random(rows) < 0.4, 0, rng.integers(0, 200, rows))
    segment = np.array(["retail", "sme", "corporate"])[rng.integers(0, 3, rows)]
    stage = np.array(["current", "s1", "s2", "s3", "s4", "s5", "s6"])[rng.integers(0, 7, rows)]
    return pa.table(
        {
            "account_id": pa.array(np.char.mod("A-%07d", rng.permutation(rows)).tolist()),
            "deceased": flag(0.01),
            "bankrupt": flag(0.02),
            "dispute": flag(0.03),
            "hardship": some(rng.random(rows) < 0.05, 0.01),
            "dpd": some(dpd.astype(np.int32), 0.01),
            "promises_broken": pa.array(rng.integers(0, 4, rows).astype(np.int32)),
            "promise_due_in": pa.array(or_never(10, 0.7).astype(np.int32)),
            "hostile": flag(0.1),
            "calls_made": pa.array(rng.integers(0, 10, rows).astype(np.int16)),
            "refused": flag(0.2),
            "unreachable": flag(0.1),
            "ability_score": decimals(rng.integers(0, 101, rows), 2),
            "contacts_7d": pa.array(rng.integers(0, 9, rows)),
            "inflow_3d": decimals(np.where(rng.random(rows) < 0.7, 0, rng.integers(0, 300_000, rows)), 2),
            "overdue": decimals(np.where(dpd > 0, rng.integers(1, 1_000_000, rows), 0), 2),
            "customer_worth": decimals(rng.integers(0, 101, rows), 2),
            "days_since_contact": some(or_never(40, 0.3), 0.01),
            "segment": pa.array(segment.tolist()),
            "previous_stage": some(stage.tolist(), 0.5),
            "calls_unanswered": pa.array(rng.integers(0, 8, rows)),
            "branch": pa.array(np.char.mod("branch %d", rng.integers(0, 90, rows)).tolist()),
        }
    )


def held_by_spark(session: SparkSession, table: pa.Table, folder: Path, parts: int) -> DataFrame:
    """The table as a DataFrame of several partitions."""
    each = -(-len(table) // parts)
    for part in range(parts):
        pq.write_table(table.slice(part * each, each), folder / f"{part}.parquet")
    return session.read.parquet(str(folder))


def plain(decisions: arrears.Decisions) -> pa.Table:
    """Decisions with words as plain strings, by account."""
    table = decisions.to_arrow()
    kinds = [f.type.value_type if pa.types.is_dictionary(f.type) else f.type for f in table.schema]
    named = [f.with_type(kind) for f, kind in zip(table.schema, kinds, strict=True)]
    return table.cast(pa.schema(named)).combine_chunks().sort_by("account_id")


def by_account(decided: DataFrame) -> pa.Table:
    return decided.toArrow().combine_chunks().sort_by("account_id")


# Finding the next reviews takes most of the time, so the large table goes without.
@pytest.mark.parametrize(("rows", "reviews"), [(1_000_000, False), (50_000, True)])
def test_many_accounts_are_decided_on_spark_as_they_are_at_home(
    session: SparkSession, policy: arrears.Policy, tmp_path: Path, rows: int, reviews: bool
) -> None:
    table = accounts(rows)
    (tmp_path / "accounts").mkdir()
    df = held_by_spark(session, table, tmp_path / "accounts", 4)
    here = plain(policy.decide(table, **ASKED, reviews=reviews))
    on_spark.decide(df, policy, **ASKED, reviews=reviews).write.parquet(str(tmp_path / "decided"))
    there = pq.read_table(tmp_path / "decided").combine_chunks().sort_by("account_id")
    assert there.column_names == here.column_names
    assert there.equals(here.cast(there.schema))
    assert set(pa.compute.unique(here["stage"]).to_pylist()) == set(policy.stages)
    assert (here["next_review_on"].null_count < rows) == reviews


def test_what_is_declared_is_what_comes(session: SparkSession, policy: arrears.Policy, tmp_path: Path) -> None:
    decided = on_spark.decide(held_by_spark(session, accounts(100), tmp_path, 2), policy, **ASKED)
    declared = {field.name: (field.dataType.simpleString(), field.nullable) for field in decided.schema}
    assert declared["account_id"] == ("string", False)
    assert declared["stage"] == ("string", False)
    assert declared["held_by"] == ("string", True)
    assert declared["next_review_on"] == ("date", True)
    assert declared["review_exact"] == ("boolean", False)
    assert list(declared) == policy.decide(accounts(0), **ASKED).columns


def test_only_the_columns_that_the_policy_reads_are_sent(
    session: SparkSession, policy: arrears.Policy, tmp_path: Path
) -> None:
    df = held_by_spark(session, accounts(100), tmp_path, 1)
    decided = on_spark.decide(df, policy, **ASKED)
    plan = decided._jdf.queryExecution().optimizedPlan().toString()
    assert "dpd" in plan
    assert "branch" not in plan.split("Relation")[0]
    assert len(by_account(decided)) == 100


def test_a_worker_reads_a_policy_once_however_many_partitions_it_decides(
    session: SparkSession, policy: arrears.Policy, tmp_path: Path
) -> None:
    tuned = arrears.Policy.from_source(policy.source.replace('version: "1"', 'version: "read once"'))
    df = held_by_spark(session, accounts(800), tmp_path, 1).repartition(8)
    decided = on_spark.decide(df, tuned, **ASKED)

    def told(batches: Any) -> Any:
        from arrears import spark

        for _ in batches:
            pass  # A worker that leaves rows unread is not kept.
        kept = spark._read.cache_info()
        yield pa.RecordBatch.from_pylist([{"pid": os.getpid(), "read": kept.misses, "found": kept.hits}])

    def ask() -> dict[int, tuple[int, int]]:
        """How often each worker has read a policy, and how often it had it already."""
        asked = session.range(0, 8, 1, 8).mapInArrow(told, "pid long, read long, found long").toArrow()
        return {row["pid"]: (row["read"], row["found"]) for row in asked.to_pylist()}

    before = ask()
    assert len(by_account(decided)) == 800
    assert len(by_account(decided)) == 800
    after = ask()
    assert after.keys() == before.keys(), "workers are kept between jobs"
    gained = [(after[pid][0] - before[pid][0], after[pid][1] - before[pid][1]) for pid in after]
    assert max(read for read, _ in gained) == 1
    # Two jobs of eight partitions each.
    assert sum(read + found for read, found in gained) == 16


def test_thresholds_that_were_set_go_with_the_policy(session: SparkSession) -> None:
    starter = arrears.Policy.from_file(POLICIES / "starter.rhai")
    raised = starter.with_thresholds(small_debt="9999.00")
    table = pq.read_table(POLICIES.parent / "data" / "card_accounts_2005_09.parquet")
    df = session.read.parquet(str(POLICIES.parent / "data" / "card_accounts_2005_09.parquet"))
    there = by_account(on_spark.decide(df, raised, **ASKED, reviews=False))
    assert there.equals(plain(raised.decide(table, **ASKED, reviews=False)))
    assert set(there["policy_hash"].to_pylist()) == {raised.hash}
    assert raised.hash != starter.hash


# ---- customers


@pytest.fixture(scope="module")
def with_customers() -> pa.Table:
    """The card book with a made up column of customers: several accounts each, some without."""
    book = pq.read_table(POLICIES.parent / "data" / "card_accounts_2005_09.parquet")
    rng = np.random.default_rng(11)
    names = [None if each % 7 == 0 else f"C-{each}" for each in rng.integers(0, 9_000, len(book)).tolist()]
    dead = pa.array(rng.random(len(book)) < 0.02)
    return book.append_column("customer_id", pa.array(names)).append_column("deceased", dead)


@pytest.fixture(scope="module")
def card() -> arrears.Policy:
    return arrears.Policy.from_file(POLICIES / "cn-card.rhai")


def test_a_table_that_names_customers_is_refused_until_something_is_said_of_them(
    session: SparkSession, card: arrears.Policy, with_customers: pa.Table, tmp_path: Path
) -> None:
    df = held_by_spark(session, with_customers.slice(0, 10), tmp_path, 1)
    with pytest.raises(ValueError, match=r'names customers in `customer_id`.*customers="together".*customers="apart"'):
        on_spark.decide(df, card, **ASKED)
    renamed = df.withColumnRenamed("customer_id", "holder")
    with pytest.raises(ValueError, match="names customers in `holder`"):
        on_spark.decide(renamed, card, **ASKED, columns={"customer_id": "holder"})
    assert on_spark.decide(renamed, card, **ASKED).columns


def test_accounts_of_one_person_are_settled_together_wherever_their_rows_are(
    session: SparkSession, card: arrears.Policy, with_customers: pa.Table, tmp_path: Path
) -> None:
    df = held_by_spark(session, with_customers, tmp_path, 3)
    # Batches so small that the accounts of many a customer lie in two of them.
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "97")
    try:
        there = by_account(on_spark.decide(df, card, **ASKED, customers="together"))
    finally:
        session.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")
    here = plain(card.decide(with_customers, **ASKED))
    assert here["rides_with"].null_count < len(here)
    assert there.equals(here)


def test_spaces_around_the_name_of_a_person_make_no_other_person(
    session: SparkSession, card: arrears.Policy, with_customers: pa.Table, tmp_path: Path
) -> None:
    names = with_customers["customer_id"].to_pylist()
    around = ["", " ", "\u3000", "\t"]
    spaced = [name if name is None else f"{around[n % 4]}{name}{around[n // 4 % 4]}" for n, name in enumerate(names)]
    place = with_customers.schema.get_field_index("customer_id")
    table = with_customers.set_column(place, "customer_id", pa.array(spaced))
    df = held_by_spark(session, table, tmp_path, 3)
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "97")
    try:
        there = by_account(on_spark.decide(df, card, **ASKED, customers="together"))
    finally:
        session.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")
    assert there.equals(plain(card.decide(with_customers, **ASKED)))
    assert there.equals(plain(card.decide(table, **ASKED)))


def test_accounts_apart_are_decided_as_if_their_holder_had_no_other(
    session: SparkSession, card: arrears.Policy, with_customers: pa.Table, tmp_path: Path
) -> None:
    df = held_by_spark(session, with_customers, tmp_path, 3)
    there = by_account(on_spark.decide(df, card, **ASKED, customers="apart"))
    alone = plain(card.decide(with_customers.drop_columns(["customer_id"]), **ASKED))
    assert there.equals(alone)
    assert not there.equals(plain(card.decide(with_customers, **ASKED)))


def test_customers_are_cut_only_between_people() -> None:
    def batch(names: list[str | None]) -> pa.RecordBatch:
        return pa.RecordBatch.from_pydict({"customer_id": pa.array(names, pa.string())})

    batches = [batch([None, None]), batch([None, "a", "b"]), batch(["b", "b"]), batch([]), batch(["b", "c"])]
    tables = [table["customer_id"].to_pylist() for table in on_spark._tables(batches, "customer_id")]
    assert tables == [[None, None], [None, "a"], ["b", "b", "b", "b"], ["c"]]
    assert [len(table) for table in on_spark._tables(batches, None)] == [2, 3, 2, 2]


# ---- what goes wrong


def test_columns_that_do_not_fit_are_told_before_any_job_starts(
    session: SparkSession, policy: arrears.Policy, tmp_path: Path
) -> None:
    df = held_by_spark(session, accounts(10), tmp_path, 1).drop("overdue", "dpd").withColumnRenamed("hostile", "hostil")
    jobs = session.sparkContext.statusTracker().getJobIdsForGroup(None)
    with pytest.raises(arrears.SchemaError) as raised:
        on_spark.decide(df, policy, **ASKED)
    assert {problem.fact for problem in raised.value.columns} >= {"overdue", "dpd", "hostile"}
    with pytest.raises(TypeError, match="datetime"):
        on_spark.decide(df, policy, as_of="2026-03-31", no_law="a test")  # type: ignore[arg-type]
    assert session.sparkContext.statusTracker().getJobIdsForGroup(None) == jobs


def test_a_bad_row_is_named_with_its_partition_row_account_and_column(
    session: SparkSession, policy: arrears.Policy, tmp_path: Path
) -> None:
    table = accounts(25_000)
    broken = table["dpd"].to_pylist()
    broken[20_004] = -5
    table = table.set_column(table.column_names.index("dpd"), "dpd", pa.array(broken, pa.int32()))
    name = table["account_id"][20_004].as_py()
    df = held_by_spark(session, table, tmp_path, 1)
    with pytest.raises(PythonException) as raised:
        on_spark.decide(df, policy, **ASKED).collect()
    told = str(raised.value)
    # The third batch of ten thousand, and still the row of the partition.
    assert "RowErrors: partition 0, rows 20001 to 25000: 1 cannot be decided, and the job ends:" in told
    assert f"row 20005, account {name}, column `dpd`: `-5` is below zero" in told


def test_bad_rows_are_set_aside_with_what_is_wrong_and_the_others_are_decided(
    session: SparkSession, policy: arrears.Policy, tmp_path: Path
) -> None:
    table = accounts(5_000)
    broken = [None if row % 1_000 == 7 else value for row, value in enumerate(table["account_id"].to_pylist())]
    late = [-1 if row % 1_000 == 8 else value for row, value in enumerate(table["dpd"].to_pylist())]
    table = table.set_column(0, "account_id", pa.array(broken))
    table = table.set_column(table.column_names.index("dpd"), "dpd", pa.array(late, pa.int32()))
    decided = on_spark.decide(held_by_spark(session, table, tmp_path, 2), policy, **ASKED, keep_going=True)
    assert decided.columns[-1] == "error"
    everything = decided.toArrow()
    assert len(everything) == 5_000
    good = everything.filter(pa.compute.is_null(everything["error"])).drop_columns(["error"])
    bad = everything.filter(pa.compute.is_valid(everything["error"])).to_pylist()
    here = policy.decide(table, **ASKED, keep_going=True)
    assert good.sort_by("account_id").to_pylist() == plain(here).to_pylist()
    assert len(bad) == len(here.errors) == 10
    assert {row["account_id"] for row in bad} == {error.account_id for error in here.errors}
    assert all(row["stage"] is None for row in bad)
    assert sum("column `dpd`: `-1` is below zero" in row["error"] for row in bad) == 5
    assert sum("account_id" in row["error"] for row in bad) == 5


def test_a_policy_that_reads_otherwise_on_a_worker_is_refused_there(
    session: SparkSession, policy: arrears.Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def expects_another_hash(self: arrears.Policy) -> Any:
        return _policy._again, (self._native.sources(), dict[str, Decimal](), "0" * 64)

    df = held_by_spark(session, accounts(10), tmp_path, 1)
    monkeypatch.setattr(arrears.Policy, "__reduce__", expects_another_hash)
    decided = on_spark.decide(df, policy, **ASKED)
    with pytest.raises(PythonException, match=f"PolicyError: the policy was pickled with hash {'0' * 64} and is read"):
        decided.collect()


def test_a_worker_with_another_version_decides_nothing(
    session: SparkSession, policy: arrears.Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    df = held_by_spark(session, accounts(10), tmp_path, 1)
    monkeypatch.setattr(on_spark, "__version__", "99.0")
    decided = on_spark.decide(df, policy, **ASKED)
    with pytest.raises(
        PythonException, match=rf"the driver has arrears 99\.0, and this worker has {arrears.__version__}"
    ):
        decided.collect()


def test_other_tables_and_other_words_are_refused_with_what_helps(policy: arrears.Policy) -> None:
    with pytest.raises(TypeError, match=r"is no Spark DataFrame: use Policy\.decide"):
        on_spark.decide(accounts(1), policy, **ASKED)


def test_a_spark_table_is_not_pulled_to_the_driver_by_mistake(
    session: SparkSession, policy: arrears.Policy, tmp_path: Path
) -> None:
    df = held_by_spark(session, accounts(10), tmp_path, 1)
    with pytest.raises(TypeError, match=r"would be pulled to the driver: use arrears\.spark\.decide"):
        policy.decide(df, **ASKED)
    with pytest.raises(ValueError, match="`merged` is none of"):
        on_spark.decide(df, policy, **ASKED, customers="merged")  # type: ignore[arg-type]
