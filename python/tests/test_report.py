"""The measures of a portfolio are those that pandas computes straight from the raw columns."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import arrears
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import AS_OF, NO_LAW, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from recount import (
    PANELS,
    Panel,
    Shares,
    Wide,
    bucket_recovery,
    cure_rate,
    entry_rate_of_m0,
    flow_through,
    millionths,
    pool_roll,
    redefault_rate,
    shipped,
    status,
    stock,
    tracked_roll,
)
from test_same_everywhere import LIBRARIES

# ---- the two beside each other


def ratio(pair: tuple[int, int]) -> Decimal | None:
    return millionths(Fraction(*pair)) if pair[1] > 0 else None


def exclusions(text: str | None) -> Counter[str]:
    said = (each.partition(" ") for each in (text or "").split("; ") if each)
    return Counter({reason: int(count) for count, _, reason in said})


def told(report: arrears.Report, measure: str) -> dict[tuple[str | None, str | None, str | None], dict[str, Any]]:
    rows = [row for row in report.to_arrow().to_pylist() if row["measure"] == measure]
    found = {(row["from"], row["to"], row["month"]): row for row in rows}
    assert len(found) == len(rows) > 0
    return found


def assert_same(report: arrears.Report, measure: str, wanted: Shares, *, excluded: bool = True) -> None:
    found = told(report, measure) if measure in report.measures else {}
    empty = {key for key in wanted if key not in found}
    assert not set(found) - set(wanted), f"{measure}: only the report has these"
    assert all(wanted[key].count[1] == 0 and not wanted[key].left_out.total() for key in empty), f"{measure}: {empty}"
    for key, row in found.items():
        share = wanted[key]
        assert (row["count_numerator"], row["count_denominator"]) == share.count, (measure, key)
        assert row["count_ratio"] == ratio(share.count), (measure, key)
        money = share.money or (None, None)
        assert (row["money_numerator"], row["money_denominator"]) == money, (measure, key)
        assert row["money_ratio"] == (ratio(share.money) if share.money else None), (measure, key)
        if excluded:
            assert exclusions(row["excluded"]) == +share.left_out, (measure, key)


CONVENTIONS: dict[str, dict[str, Any]] = {
    "as they are": {},
    "three buckets": {"buckets": [1, 61, 91]},
    "a tolerance": {"tolerance": 3000, "buckets": [31, 61]},
    "longer horizons": {"cured_within": 92, "redefault_within": 31},
    "sixty days": {"cured_within": 62, "redefault_within": 60},
}


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("name", PANELS)
def test_the_measures_are_those_that_pandas_computes_from_the_raw_columns(name: str, convention: str) -> None:
    assert_measured(PANELS[name](), CONVENTIONS[convention])


def assert_measured(panel: Panel, chosen: dict[str, Any]) -> None:
    report = arrears.report(panel=panel.rows, currency=panel.currency, columns=panel.columns, **chosen)
    wide = Wide(panel, chosen.get("buckets", [1, 31, 61, 91, 121, 151, 181]), chosen.get("tolerance", 0))
    assert_same(report, "stock", stock(wide))
    assert_same(report, "entry_rate_of_m0", entry_rate_of_m0(wide))
    assert_same(report, "pool_roll", pool_roll(wide))
    assert_same(report, "tracked_roll", tracked_roll(wide))
    assert_same(report, "cure_rate", cure_rate(wide, chosen.get("cured_within", 31)))
    assert_same(report, "redefault_rate", redefault_rate(wide, chosen.get("redefault_within", 92)))
    assert_same(report, "bucket_recovery", bucket_recovery(wide))
    through = flow_through(wide)
    if through:
        found = told(report, "flow_through")
        assert {month: (row["count_ratio"], row["money_ratio"]) for (_, _, month), row in found.items()} == through
    else:
        assert "flow_through" in {each["name"] for each in report.not_measured}


AMOUNT = st.integers(-50, 500)
ACCOUNT = st.lists(
    st.none() | st.tuples(st.sampled_from([0, 0, 1, 30, 31, 60, 61, 95]), AMOUNT, st.integers(0, 90), AMOUNT.map(abs)),
    min_size=7, max_size=7,
)  # fmt: skip


@settings(max_examples=80, deadline=None, report_multiple_bugs=False)
@given(st.lists(ACCOUNT, max_size=8), st.integers(1, 12), st.booleans(), st.sampled_from([31, 62, 92]), st.booleans())
def test_accounts_that_come_and_go_are_followed_as_pandas_follows_them(
    accounts: list[Any], first: int, has_overdue: bool, days: int, two_buckets: bool
) -> None:
    ends = [pd.Timestamp(2027, first, 1) + pd.offsets.MonthEnd(number) for number in range(1, 8)]
    rows = [("there", end, 0, 100, 0, 5) for end in ends]
    for number, seen in enumerate(accounts):
        rows += [(f"{number}", end, *cells) for end, cells in zip(ends, seen, strict=True) if cells is not None]
    names = ["account_id", "as_of", "dpd", "balance", "overdue", "paid"]
    frame = pd.DataFrame(rows, columns=names)
    columns: dict[str, str | None] = {name: name for name in names if has_overdue or name != "overdue"}
    if not has_overdue:
        frame = frame.drop(columns="overdue")
    chosen = {"cured_within": days, "redefault_within": days, "tolerance": 20}
    assert_measured(Panel(frame, "EUR", columns), {**chosen, "buckets": [1, 31] if two_buckets else [1, 31, 61]})


def test_the_status_panel_has_the_buckets_of_its_statuses() -> None:
    """Straight from the letters of the source, without days past due."""
    panel = status()
    report = arrears.report(panel=panel.rows, currency=panel.currency, columns=panel.columns)
    bucket_of = {"X": "M0", "C": "M0", "0": "M1", "1": "M1", "2": "M2", "3": "M3", "4": "M4", "5": "M5"}
    by_hand = panel.rows.groupby([panel.rows["status"].map(bucket_of), panel.rows["as_of"].dt.strftime("%Y-%m")]).size()
    found = {(start, month): row["count_numerator"] for (start, _, month), row in told(report, "stock").items()}
    assert {key: count for key, count in found.items() if count} == by_hand.to_dict()
    assert sum(found.values()) == 1_048_575


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_measures_do_not_depend_on_the_library(library: str, tmp_path: Path) -> None:
    panel = shipped()
    path = tmp_path / "panel.parquet"
    panel.rows.to_parquet(path, index=False)
    asked: dict[str, Any] = {"currency": panel.currency, "columns": panel.columns}
    wanted = arrears.report(panel=path, **asked)
    report = arrears.report(panel=LIBRARIES[library](path), **asked)
    assert report.to_polars().equals(wanted.to_polars())
    assert report.to_dict()["measures"] == wanted.to_dict()["measures"]
    # The order of the rows does not matter.
    shuffled = arrears.report(panel=panel.rows.sample(frac=1, random_state=7), **asked)
    assert shuffled.to_polars().equals(wanted.to_polars())


def test_the_first_and_the_last_month_leave_out_the_others() -> None:
    panel = shipped()
    asked: dict[str, Any] = {"currency": panel.currency, "columns": panel.columns}
    report = arrears.report(panel=panel.rows, first=date(2005, 6, 17), last=date(2005, 8, 1), **asked)
    head = report.to_dict()["head"]
    assert (head["first_month"], head["last_month"]) == ("2005-06", "2005-08")
    assert head["tables"][0] == {"table": "panel", "called": "panel", "rows": 180_000, "outside": 90_000}
    months = panel.rows["month"]
    some = panel.rows[(months >= "2005-06-01") & (months <= "2005-08-31")]
    assert report.to_polars().equals(arrears.report(panel=some, **asked).to_polars())


# ---- the night

BOOK = pl.read_parquet(ROOT / "examples/data/card_accounts_2005_09.parquet")


def test_coverage_of_the_30000_decisions_adds_up_to_the_book(card: arrears.Policy) -> None:
    decisions = card.decide(BOOK, as_of=AS_OF, no_law=NO_LAW)
    panel = BOOK.select("account_id", "dpd", "balance", "overdue", as_of=pl.lit(AS_OF))
    report = arrears.report(decisions=decisions, panel=panel, currency="CNY")
    rows = {end: row for (_, end, _), row in told(report, "coverage").items()}
    assert sum(row["count_numerator"] for row in rows.values()) == BOOK.height == 30_000
    assert sum(row["money_numerator"] for row in rows.values()) == BOOK["balance"].sum()
    assert {row["count_denominator"] for row in rows.values()} == {30_000}
    made = decisions.to_polars().join(BOOK.select("account_id", "balance"), on="account_id")
    action = pl.col("action").cast(pl.String)
    by_class = {
        "review": made.filter(action == "review"),
        "nothing_fits": made.filter(action == "none"),
        "action": made.filter(~action.is_in(["none", "review", "wait", "held"])),
    }
    assert sum(rows.height for rows in by_class.values()) == 30_000
    for name, accounts in by_class.items():
        found = rows[name]
        assert found["count_numerator"] == accounts.height > 0
        assert found["money_numerator"] == accounts["balance"].sum()
        assert found["count_ratio"] == ratio((accounts.height, 30_000))
    assert all(row["count_numerator"] == 0 for name, row in rows.items() if name not in by_class)


CASES = """
account_id,action,type_possible,vetoed_by,missing,next_review_on,rides_with,flags,class
A,phone,,,,,,,action
B,wait,,,,,A,,rides_along
C,held,,,,,,,held
D,wait,,call: opted_out,,2026-04-01,,,vetoed_only
E,wait,,,,2026-04-01,,,dated_wait
F,wait,,,hardship; dispute,2026-04-01,,waits_for_facts,facts_missing
G,none,hardship; staller,,,,,,type_not_yet_known
H,review,,,,,,,review
I,wait,,,,,,,undated_wait
J,none,,,,,,closed,closed
K,none,,,,,,,nothing_fits
L,wait,,call: opted_out,hardship,,,waits_for_facts,facts_missing
""".strip()


def test_every_class_of_coverage_takes_the_first_that_fits() -> None:
    lines = [line.split(",") for line in CASES.splitlines()]
    cases = pl.DataFrame(lines[1:], schema=lines[0], orient="row").with_columns(pl.all().replace("", None))
    report = arrears.report(decisions=cases.drop("class"), currency="EUR")
    found = {end: row["count_numerator"] for (_, end, _), row in told(report, "coverage").items()}
    assert found == dict(cases["class"].value_counts().iter_rows())
    missing = {start or end: row["count_numerator"] for (start, end, _), row in told(report, "missing_facts").items()}
    assert missing == {"hardship": 2, "dispute": 1}


# ---- small books


def months(**columns: Any) -> pl.DataFrame:
    plain = {
        "account_id": ["A", "B", "A", "B"],
        "as_of": [date(2026, 1, 31)] * 2 + [date(2026, 2, 28)] * 2,
        "dpd": [0, 0, 28, 0],
        "balance": ["900.00", "300.00", "900.00", "300.00"],
    }
    return pl.DataFrame(plain | columns)


def test_a_measure_has_its_formula_cohort_horizon_and_trap() -> None:
    report = arrears.report(panel=months(), currency="EUR")
    entry = report.measure("entry_rate_of_m0")
    assert entry["values"][0]["count"] == {"numerator": 1, "denominator": 2, "millionths": 500_000}
    assert entry["values"][0]["money"] == {"numerator": "900.00", "denominator": "1200.00", "millionths": 750_000}
    assert all(entry[part] for part in ("title", "formula", "cohort", "horizon", "trap"))
    assert report.measures[:2] == ["stock", "entry_rate_of_m0"]
    assert not set(report.measures) & {each["name"] for each in report.not_measured}
    assert all(each["needs"] for each in report.not_measured)
    with pytest.raises(KeyError, match="coverage: measured are stock, "):
        report.measure("coverage")


def test_an_account_without_a_row_or_on_a_plan_stands_apart() -> None:
    rows = months(
        account_id=["A", "B", "A", "C"], on_plan=[False, False, True, False], charged_off=[False, False, False, True]
    )
    report = arrears.report(panel=rows, currency="EUR")
    rolls = {(start, end): row["count_numerator"] for (start, end, month), row in told(report, "tracked_roll").items()
             if month is None}  # fmt: skip
    assert rolls == {("M0", "plan"): 1, ("M0", "absent"): 1}
    inside = arrears.report(panel=rows, currency="EUR", plans="in")
    assert told(inside, "tracked_roll")["M0", "M1", None]["count_numerator"] == 1


def test_of_an_account_that_stands_twice_in_a_month_no_row_counts() -> None:
    rows = months(account_id=["A", "B", "A", "A"])
    head = arrears.report(panel=rows, currency="EUR").to_dict()["head"]
    assert head["excluded"] == [
        {"table": "panel", "reason": "the account stands more than once in the month", "rows": 2}
    ]


def test_an_empty_cell_is_left_out_and_counted() -> None:
    report = arrears.report(panel=months(balance=[None, "300.00", "900.00", None]), currency="EUR")
    row = told(report, "entry_rate_of_m0")["M0", None, "2026-02"]
    assert (row["count_numerator"], row["count_denominator"]) == (1, 2)
    assert (row["money_numerator"], row["money_denominator"]) == (Decimal("0.00"), Decimal("300.00"))
    assert row["excluded"] == "1 the balance is not known: counted by number only"


# ---- what is refused


def test_floats_are_no_money_and_every_such_column_is_named() -> None:
    rows = months(balance=[1.5] * 4, overdue=[0.5] * 4, paid=[0.0] * 4)
    with pytest.raises(arrears.SchemaError) as refused:
        arrears.report(panel=rows, currency="EUR")
    messages = [problem.message for problem in refused.value.columns]
    assert len(messages) == 3
    for column, message in zip(("balance", "overdue", "paid"), messages, strict=True):
        assert message.startswith(f"panel: column `{column}` holds floating-point numbers")
        assert "cast the column to a decimal" in message
        assert message in str(refused.value)


def test_unknown_names_of_columns_are_all_listed_at_once() -> None:
    with pytest.raises(arrears.SchemaError) as refused:
        arrears.report(
            panel=months(),
            contacts=pl.DataFrame({"account_id": ["A"]}),
            currency="EUR",
            columns={"dpd": "days_late", "balanc": "balance", "as_of": "day"},
        )
    listed = "\n".join(problem.message for problem in refused.value.columns)
    wanted = ["`balanc`", "did you mean `balance`?", "`days_late`", "`day`"]
    for said in [*wanted, "contacts: column `on`", "contacts: column `channel`"]:
        assert said in listed


def test_unknown_names_of_columns_of_events_are_listed_too() -> None:
    contacts = pl.DataFrame({"account_id": ["A"], "on": [date(2026, 2, 1)], "channel": ["phone"], "result": ["x"]})
    with pytest.raises(arrears.SchemaError, match="did you mean `outcome`"):
        arrears.report(contacts=contacts, currency="EUR", event_columns={"contacts": {"outcom": "result"}})


def test_bad_rows_are_named_by_row_account_and_column() -> None:
    rows = months(dpd=["0", "x", "-1", "0"], balance=["900.00", "1.005", "900.00", "much"])
    with pytest.raises(arrears.RowErrors) as refused:
        arrears.report(panel=rows, currency="EUR")
    assert (refused.value.total, refused.value.rows) == (3, 4)
    assert [(bad.row, bad.account_id, [fault.column for fault in bad.faults]) for bad in refused.value.errors] == [
        (2, "B", ["dpd", "balance"]), (3, "A", ["dpd"]), (4, "B", ["balance"]),
    ]  # fmt: skip
    assert refused.value.errors[0].faults[1].found == "1.005"


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ({"tolerance": 1.5}, TypeError, r'`tolerance` is a float.*write Decimal\("1\.5"\)'),
        ({"tolerance": "-1"}, ValueError, "`tolerance`: `-1` is below zero"),
        ({"tolerance": "0.005"}, ValueError, "has more than 2 decimals"),
        ({"tolerance": arrears.Money("1", "USD")}, ValueError, "`tolerance` is in USD, the report in EUR"),
        ({"buckets": [1, 61, 31]}, ValueError, "`buckets`: buckets must rise from day 1: 31 follows 61"),
        ({"buckets": []}, ValueError, "1 to 60 buckets"),
        ({"plans": "maybe"}, ValueError, "`plans`: `maybe`: expected out or in"),
        ({"zone": "Nowhere"}, ValueError, "`zone`: `Nowhere`"),
        ({"cut_off": "noon"}, ValueError, "`cut_off`: `noon`: expected an hour, as in 18:30"),
        ({"cured_within": -1}, ValueError, "`cured_within`: -1 is no number of days"),
        ({"redefault_within": 1.5}, TypeError, "`redefault_within` is a float: pass a whole number of days"),
        ({"first": "2026-01"}, TypeError, r"`first` is a str: pass a datetime\.date"),
        ({"currency": "euro"}, ValueError, "`currency`: `euro`"),
        ({"panel": [1]}, TypeError, "panel: a builtins.list is no table"),
        ({"panel": "nowhere.parquet"}, arrears.ArrearsError, r"nowhere\.parquet: cannot be opened"),
    ],
)
def test_conventions_that_are_none_are_refused_by_name(
    asked: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        arrears.report(**{"panel": months(), "currency": "EUR", **asked})


def test_a_tolerance_may_be_money() -> None:
    for tolerance in (arrears.Money("10", "EUR"), Decimal("10.00"), "10.00", 10):
        report = arrears.report(panel=months(), currency="EUR", tolerance=tolerance)
        assert report.to_dict()["head"]["tolerance"] == "10.00"


# ---- how it looks


def test_a_report_says_what_it_is() -> None:
    report = arrears.report(panel=months(), currency="EUR")
    assert repr(report) == f"<Report: {len(report.measures)} measures of 2 accounts, EUR>"
    assert "Entry rate, of M0 (entry_rate_of_m0)" in str(report)
    assert json.loads(json.dumps(report.to_dict())) == report.to_dict()
    assert len(report) == report.to_arrow().num_rows
    assert pa.table(report).column_names == report.columns
    hostile = pl.DataFrame({"account_id": ["A"], "action": ["none"]}).with_columns(
        **{name: pl.lit(None, pl.String) for name in ("type_possible", "vetoed_by", "rides_with")},
        action=pl.lit("wait"), flags=pl.lit("waits_for_facts"), missing=pl.lit("<script>x"),
        next_review_on=pl.lit(None, pl.Date),
    )  # fmt: skip
    page = arrears.report(decisions=hostile, currency="EUR")._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;x" in page


def test_progress_is_told_while_tables_are_read() -> None:
    panel = shipped()
    seen: list[arrears.Progress] = []
    arrears.report(panel=panel.rows, currency="TWD", columns=panel.columns, progress=seen.append)
    assert all(isinstance(each, arrears.Progress) for each in seen)
    assert [each.rows for each in seen] == sorted(each.rows for each in seen)
