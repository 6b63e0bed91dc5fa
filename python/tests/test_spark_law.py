"""Spark: the law goes with the job, and the columns that it reads go to the workers."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'arrears[spark]'")
import arrears
from arrears import spark as on_spark
from pyspark.sql import SparkSession
from test_law import DAY, HEAD, OWN, REST, told
from test_spark import by_account, plain
from test_spark import session as session

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]


def test_a_law_binds_on_the_workers_as_it_does_at_home(session: SparkSession) -> None:
    small = arrears.Policy.from_source(HEAD + REST)
    table = told(small)
    df = session.createDataFrame(table.to_arrow())
    laws: dict[str, dict[str, Any]] = {
        "phone": {},
        "none": {"packs": [OWN], "enable": ["OWN-calls"]},
    }
    for action, law in laws.items():
        here = plain(small.decide(table, as_of=DAY, **law))
        there = by_account(on_spark.decide(df, small, as_of=DAY, **law))
        assert there["action"].to_pylist()[0] == action
        assert there.equals(here)
