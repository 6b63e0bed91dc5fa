"""Pictures show what is in the tables, and nothing else."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("altair")
pytest.importorskip("vl_convert")
import arrears
import arrears.plot as plot
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt

EXAMPLES = Path(__file__).parents[2] / "examples"
AS_OF = date(2005, 9, 30)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def card() -> arrears.Policy:
    return arrears.Policy.from_file(EXAMPLES / "policies" / "cn-card.rhai")


@pytest.fixture(scope="module")
def accounts() -> pl.DataFrame:
    return pl.read_parquet(EXAMPLES / "data" / "card_accounts_2005_09.parquet").head(3_000)


@pytest.fixture(scope="module")
def decided(card: arrears.Policy, accounts: pl.DataFrame) -> arrears.Decisions:
    return card.decide(accounts, as_of=AS_OF, no_law="a test", reviews=False)


@pytest.fixture(scope="module")
def otherwise(card: arrears.Policy, accounts: pl.DataFrame) -> arrears.Decisions:
    other = card.with_thresholds(limit_full="0.80", small_debt="500.00")
    return other.decide(accounts, as_of=AS_OF, no_law="a test", reviews=False)


def rows_of(chart: alt.TopLevelMixin, *columns: str) -> Rows:
    """The rows in a chart that have all of some columns."""
    told = chart.to_dict()
    layers = [layer.get("data", {}).get("values", []) for layer in told["layer"]]
    sets = [*told.get("datasets", {}).values(), *layers, told.get("data", {}).get("values", [])]
    found = [rows for rows in sets if rows and set(columns) <= set(rows[0])]
    assert found, f"no rows with {columns}"
    return list(found[0])


def lines_of(drawn: str) -> set[str]:
    """The texts of a picture."""
    return {"".join(each.itertext()) for each in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")}


# ---- the charts hold what they claim


@pytest.mark.parametrize("by", ["stage", "debtor_type", "channel"])
@pytest.mark.parametrize("of", ["share", "accounts"])
def test_bars_of_actions_are_the_recount(decided: arrears.Decisions, card: arrears.Policy, by: str, of: Any) -> None:
    empty = {"debtor_type": "not certain", "channel": "no contact"}.get(by, "")
    frame = decided.to_polars().select(pl.col(by, "action").cast(pl.String))
    recount = Counter(zip(frame[by].fill_null(empty), frame["action"], strict=True))
    chart = plot.action_mix(decided, by=by, of=of, policy=card)
    shown = rows_of(chart, by, "action", "share", "left", "right")
    assert {(row[by], row["action"]): row["accounts"] for row in shown} == recount
    whole = Counter(frame[by].fill_null(empty))
    for row in shown:
        size = row["accounts"] / (whole[row[by]] if of == "share" else 1)
        assert row["right"] - row["left"] == pytest.approx(size)


def test_a_flow_is_the_join_of_two_tables(
    decided: arrears.Decisions, otherwise: arrears.Decisions, card: arrears.Policy
) -> None:
    before, after = (
        each.to_polars().select("account_id", pl.col("stage").cast(pl.String)) for each in (decided, otherwise)
    )
    after = after.filter(pl.col("account_id") != "TW-00001")
    joined = before.join(after, on="account_id", how="left").fill_null("not in the book")
    recount = Counter(zip(joined["stage"], joined["stage_right"], strict=True))
    shown = rows_of(plot.stage_flow(before, after, policy=card), "flow", "from", "to", "top")
    assert {(row["from"], row["to"]): row["accounts"] for row in shown} == recount
    assert ("firm", "not in the book") in recount
    for row in shown:
        assert row["bottom"] > row["top"]


def test_a_flow_of_money_is_as_high_as_its_money(
    decided: arrears.Decisions, otherwise: arrears.Decisions, accounts: pl.DataFrame
) -> None:
    chart = plot.stage_flow(decided, otherwise, money=accounts, leave_out=["firm"])
    moves = (
        decided.to_polars()
        .select("account_id", a=pl.col("stage").cast(pl.String))
        .join(otherwise.to_polars().select("account_id", b=pl.col("stage").cast(pl.String)), on="account_id")
        .join(accounts, on="account_id")
        .group_by("a", "b")
        .agg(pl.col("overdue").sum())
        .filter((pl.col("overdue") > 0) & ((pl.col("a") != "firm") | (pl.col("b") != "firm")))
    )
    money = {(a, b): float(overdue) for a, b, overdue in moves.iter_rows()}
    shown = {(row["from"], row["to"]): row for row in rows_of(chart, "flow", "money")}
    assert {move: row["money"] for move, row in shown.items()} == pytest.approx(money)
    heights = {move: (row["bottom"] - row["top"]) / row["money"] for move, row in shown.items()}
    assert max(heights.values()) == pytest.approx(min(heights.values()))
    assert "not drawn" in json.dumps(chart.to_dict()["title"])


def test_rows_of_roll_rates_add_up_to_one() -> None:
    moves = pl.DataFrame({
        "from": ["m1", "m1", "m1", "m2", "m1"],
        "to": ["current", "m1", "m2", "m2", "m2"],
        "accounts": [50, 25, 20, 7, 5],
        "money": ["500.00", "0.00", "300.50", "70.00", "199.50"],
    })  # fmt: skip
    order = ["current", "m1", "m2"]
    shown = rows_of(plot.roll_rates(moves, order=order), "from", "to", "share")
    assert {(row["from"], row["to"]): (row["accounts"], row["share"]) for row in shown} == {
        ("m1", "current"): (50, 0.5), ("m1", "m1"): (25, 0.25), ("m1", "m2"): (25, 0.25), ("m2", "m2"): (7, 1.0),
    }  # fmt: skip
    weighed = rows_of(plot.roll_rates(moves, by="money", order=order, currency="EUR"), "from", "to", "share")
    assert {(row["from"], row["to"]): row["share"] for row in weighed} == {
        ("m1", "current"): 0.5, ("m1", "m1"): 0.0, ("m1", "m2"): 0.5, ("m2", "m2"): 1.0,
    }  # fmt: skip


def test_worse_better_and_the_same_have_colours_of_their_own(card: arrears.Policy) -> None:
    order = ["current", "m1", "m2"]
    moves = pl.DataFrame({"from": ["m1"] * 4, "to": ["current", "m1", "m2", "gone"], "accounts": [1] * 4})
    drawn = plot.roll_rates(moves, order=order).to_dict()["title"]["subtitle"]
    assert drawn == [
        "each row is 100 % of its accounts · "
        "orange: more severe · blue: milder · purple: not in the order · grey: unchanged"
    ]
    same = pl.DataFrame({"from": ["firm"], "to": ["firm"], "accounts": [3]})
    assert plot.roll_rates(same, policy=card).to_dict()["title"]["subtitle"] == [
        "each row is 100 % of its accounts · grey: unchanged"
    ]


def test_a_swap_set_counts_who_moves(
    decided: arrears.Decisions, otherwise: arrears.Decisions, accounts: pl.DataFrame
) -> None:
    parts = [
        each.to_polars().select("account_id", pl.col("action").cast(pl.String).alias(f"action_{name}"))
        for name, each in (("a", decided), ("b", otherwise))
    ]
    both = parts[0].join(parts[1], on="account_id").join(accounts.select("account_id", "overdue"), on="account_id")
    moved = both.filter(pl.col("action_a") != pl.col("action_b")).height
    assert moved > 0
    summed = both.group_by("action_a", "action_b").agg(accounts=pl.len(), overdue=pl.col("overdue").sum())
    for table in (both, summed):
        chart = plot.swap_set(table)
        assert chart.to_dict()["title"]["text"] == f"{moved} accounts of 3,000 get another action under B than under A"
        shown = rows_of(chart, "from", "to", "accounts")
        assert {(row["from"], row["to"]): row["accounts"] for row in shown} == {
            (a, b): count for a, b, count in summed.select("action_a", "action_b", "accounts").iter_rows()
        }
    by_money = rows_of(plot.swap_set(summed, by="money"), "from", "to", "money")
    assert sum(row["money"] for row in by_money) == pytest.approx(float(accounts["overdue"].sum()))


def test_actions_of_equal_strength_have_no_direction() -> None:
    moves = pl.DataFrame(
        {"action_a": ["push", "push", "phone"], "action_b": ["sms", "phone", "offer"], "accounts": [1, 1, 1]}
    )
    subtitle = plot.swap_set(moves).to_dict()["title"]["subtitle"][0]
    assert "orange: stronger · blue: milder · purple: as strong" in subtitle


SWEEP = pl.DataFrame({
    "value": ["10", "10", "10", "9.5", "9.5", "10"],
    "measure": ["action", "action", "action", "action", "stage", "stage"],
    "key": ["phone", "none", "sms", "phone", "firm", "firm"],
    "accounts": [5, 80, 3, 8, 9, 9],
    "money": ["50.00", "0.00", "30.00", "80.00", "90.00", "90.00"],
})  # fmt: skip


def test_a_sweep_shows_contacts_and_counts_what_is_absent_as_nothing() -> None:
    shown = rows_of(plot.sweep_curve(SWEEP, own=Decimal("9.75")), "value_text", "key", "accounts")
    assert [(row["value_text"], row["key"], row["accounts"]) for row in shown] == [
        ("9.5", "sms", 0), ("10", "sms", 3), ("9.5", "phone", 8), ("10", "phone", 5),
    ]  # fmt: skip
    money = rows_of(plot.sweep_curve(SWEEP, by="money", keys=["none"]), "value_text", "money")
    assert [row["money"] for row in money] == [0, 0]
    drawn = plot.sweep_curve(SWEEP, own=Decimal("9.75"))._repr_svg_()
    assert {"the policy's own: 9.75", "sms 3", "phone 5"} <= {" ".join(line.split()) for line in lines_of(drawn)}


def test_a_sweep_is_read_as_the_command_writes_it() -> None:
    written = SWEEP.rename({"money": "overdue"}).with_columns(own=pl.col("value") == "10", overdue_unknown=0)
    more = pl.DataFrame({"value": ["9.5", "10"], "measure": ["contacts"] * 2, "accounts": [8, 8], "own": [False, True]})
    table = pl.concat([written, more], how="diagonal_relaxed")
    chart = plot.sweep_curve(table, measure="contacts")
    assert [(row["key"], row["accounts"]) for row in rows_of(chart, "value_text", "key")] == [("contacts", 8)] * 2
    assert "the policy's own: 10.0" in lines_of(chart._repr_svg_())
    money = rows_of(plot.sweep_curve(table, by="money", keys=["phone"]), "value_text", "money")
    assert [row["money"] for row in money] == [80, 50]


def test_the_flows_of_a_comparison_are_a_swap_set() -> None:
    flows = pl.DataFrame({
        "measure": ["stage", "action", "action"], "from": ["firm", "phone", None], "to": ["firm", "offer", "sms"],
        "accounts": [9, 7, 2], "overdue": ["90.00", "70.00", "20.00"],
    })  # fmt: skip
    shown = rows_of(plot.swap_set(flows), "from", "to", "accounts")
    assert [(row["from"], row["to"], row["accounts"]) for row in shown] == [
        ("phone", "offer", 7), ("not decided", "sms", 2),
    ]  # fmt: skip
    assert plot.swap_set(flows, what="stage").to_dict()["title"]["text"].startswith("0 accounts of 9")


# ---- what the package found is drawn as it is


def test_a_sweep_knows_its_threshold_its_own_value_and_its_currency(
    card: arrears.Policy, accounts: pl.DataFrame
) -> None:
    sweep = arrears.sweep(card, "limit_full", ["0.80", "1"], accounts, as_of=AS_OF, no_law="a test")
    chart = plot.sweep_curve(sweep, by="money")
    assert chart.to_dict()["title"]["text"] == "Actions at each value of limit_full"
    drawn = lines_of(chart._repr_svg_())
    assert {"limit_full", "the policy's own: 0.95", "money (CNY)", "0.80", "0.95", "1.00"} <= drawn
    shown = {(row["value_text"], row["key"]): row["money"] for row in rows_of(chart, "value_text", "key", "money")}
    wanted = sweep.to_polars().filter((pl.col("measure") == "action") & (pl.col("key") == "phone"))
    for value, overdue in wanted.select("value", "overdue").iter_rows():
        assert shown[f"{value.normalize():f}", "phone"] == float(overdue)
    days = arrears.sweep(card, "habit_days", [3, 15], accounts, as_of=AS_OF, no_law="a test")
    assert "habit_days (days)" in lines_of(plot.sweep_curve(days, measure="contacts")._repr_svg_())
    other = plot.sweep_curve(sweep, threshold="a full limit", own="0.90")
    assert {"a full limit", "the policy's own: 0.90"} <= lines_of(other._repr_svg_())


def test_a_comparison_is_a_swap_set(card: arrears.Policy, accounts: pl.DataFrame) -> None:
    proposal = card.with_thresholds(limit_full="0.80")
    comparison = arrears.compare(card, proposal, accounts, as_of=AS_OF, no_law="a test")
    for what in ("action", "stage"):
        chart = plot.swap_set(comparison, what=what, policy=card)
        shown = {(row["from"], row["to"]): row["accounts"] for row in rows_of(chart, "from", "to", "accounts")}
        wanted = comparison.flows.to_polars().filter(pl.col("measure") == what).select("from", "to", "accounts")
        assert shown == {(start, end): count for start, end, count in wanted.iter_rows()}
        moved = comparison.to_dict()["moved"][what]["accounts"]
        assert chart.to_dict()["title"]["text"] == f"{moved} accounts of 3,000 get another {what} under B than under A"
    money = plot.swap_set(comparison, by="money").to_dict()["title"]["subtitle"][0]
    assert money.startswith("money (CNY), ")


def test_two_versions_are_called_by_their_names(accounts: pl.DataFrame) -> None:
    source = (EXAMPLES / "policies" / "panel.rhai").read_text(encoding="utf-8")
    one = arrears.Policy.from_source(source)
    two = arrears.Policy.from_source(source.replace(f'version: "{one.version}"', 'version: "next"'))
    comparison = arrears.compare(one, two, accounts, as_of=AS_OF, no_law="a test")
    title = plot.swap_set(comparison).to_dict()["title"]["text"]
    assert title == f"0 accounts of 3,000 get another action under panel next than under panel {one.version}"
    assert "under today" in plot.swap_set(comparison, a="today").to_dict()["title"]["text"]


PANEL = pl.DataFrame({
    "account_id": ["A", "B", "C", "D", "A", "B", "C", "A", "B", "C"],
    "as_of": [date(2026, 1, 31)] * 4 + [date(2026, 2, 28)] * 3 + [date(2026, 3, 31)] * 3,
    "dpd": [0, 0, 40, 0, 28, 0, 68, 0, 31, None],
    "balance": ["100.00", "200.00", "300.00", "50.00", "100.00", "200.00", "300.00", "100.00", "250.00", "300.00"],
})  # fmt: skip


def test_a_report_is_a_matrix_of_one_month_or_of_all(tmp_path: Path) -> None:
    report = arrears.report(panel=PANEL, currency="EUR")
    january = rows_of(plot.roll_rates(report, month="2026-02"), "from", "to", "accounts")
    assert {(row["from"], row["to"]): (row["accounts"], row["money"]) for row in january} == {
        ("M0", "M0"): (1, 200), ("M0", "M1"): (1, 100), ("M0", "absent"): (1, 50), ("M2", "M3"): (1, 300),
    }  # fmt: skip
    everything = plot.roll_rates(report, by="money")
    assert {(row["from"], row["to"]): row["money"] for row in rows_of(everything, "from", "to", "money")} == {
        ("M0", "M0"): 200, ("M0", "M1"): 100, ("M0", "M2"): 200, ("M0", "absent"): 50, ("M1", "M0"): 100,
        ("M2", "M3"): 300,
    }  # fmt: skip
    assert everything.to_dict()["title"]["subtitle"] == [
        "all months to 2026-03 together",
        "each row is 100 % of its money (EUR) · "
        "orange: more severe · blue: milder · purple: apart from the buckets · grey: unchanged",
    ]
    path = tmp_path / "measures.parquet"
    report.to_polars().write_parquet(path)
    again = plot.roll_rates(pl.read_parquet(path), by="money")
    assert again.to_dict() == everything.to_dict()
    assert plot.roll_rates(report, month=date(2026, 2, 1)).to_dict() == (
        plot.roll_rates(report, month="2026-02").to_dict()
    )


def test_who_is_left_out_of_a_matrix_is_said() -> None:
    last = PANEL.with_columns(dpd=pl.when(pl.col("account_id") == "B").then(None).otherwise(5))
    report = arrears.report(panel=last, currency="EUR", first=date(2026, 2, 1))
    assert plot.roll_rates(report, month="2026-03").to_dict()["title"]["subtitle"][0] == (
        "from the month end before to 2026-03"
    )
    first = PANEL.with_columns(dpd=pl.when(pl.col("as_of") == date(2026, 3, 31)).then(None).otherwise(5))
    report = arrears.report(panel=first, currency="EUR")
    assert "left out: 3 where it stands is not known" in plot.roll_rates(report).to_dict()["title"]["subtitle"][0]


def test_a_month_that_a_report_has_not_is_refused() -> None:
    report = arrears.report(panel=PANEL.drop("balance"), currency="EUR")
    with pytest.raises(ValueError, match="nobody is followed into 2026-01; there are 2026-02 to 2026-03"):
        plot.roll_rates(report, month="2026-01")
    with pytest.raises(ValueError, match="it has no money: the panel had no `balance`"):
        plot.roll_rates(report, by="money")
    with pytest.raises(ValueError, match="`month` is chosen of a report"):
        plot.roll_rates(pl.DataFrame({"from": ["a"], "to": ["b"], "accounts": [1]}), month="2026-01")
    one = arrears.report(panel=PANEL.head(4), currency="EUR")
    with pytest.raises(ValueError, match="it has no `tracked_roll`"):
        plot.roll_rates(one)


# ---- what is refused, and what is empty

CALLS: dict[str, tuple[Callable[[Any], Any], set[str]]] = {
    "stage_flow": (lambda table: plot.stage_flow(table, table), {"account_id", "stage"}),
    "roll_rates": (plot.roll_rates, {"from", "to", "accounts"}),
    "action_mix": (plot.action_mix, {"stage", "action"}),
    "sweep_curve": (plot.sweep_curve, {"value", "measure", "key", "accounts"}),
    "swap_set": (plot.swap_set, {"action_a", "action_b"}),
}


@pytest.mark.parametrize("name", CALLS)
def test_columns_that_are_absent_are_all_named(name: str) -> None:
    call, needs = CALLS[name]
    with pytest.raises(arrears.SchemaError) as caught:
        call(pl.DataFrame({"something": [1]}))
    assert {problem.column for problem in caught.value.columns} == needs
    assert all(f"`{column}`" in str(caught.value) for column in (*needs, "something"))


@pytest.mark.parametrize("name", CALLS)
def test_an_empty_table_is_an_empty_picture(name: str) -> None:
    call, needs = CALLS[name]
    empty = pl.DataFrame(schema=dict.fromkeys(needs, pl.String))
    assert call(empty)._repr_svg_().startswith("<svg")


def test_what_is_no_table_is_told_so() -> None:
    with pytest.raises(TypeError, match="it is lazy: collect it first"):
        plot.action_mix(pl.LazyFrame({"stage": ["a"]}))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="pass a table that speaks Arrow"):
        plot.action_mix([("a", "b")])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: plot.roll_rates(pl.DataFrame({"from": ["a"], "to": ["b"], "accounts": [-1]})),
            "row 1: -1 is no number of",
        ),
        (
            lambda: plot.roll_rates(pl.DataFrame({"from": ["a"], "to": ["b"], "accounts": ["x"]})),
            "row 1: `x` is no number",
        ),
        (lambda: plot.sweep_curve(SWEEP, measure="type"), "no measure `type`; there are action, stage"),
        (lambda: plot.sweep_curve(SWEEP, keys=["visit"]), "action is never visit; it is one of none, phone, sms"),
        (
            lambda: plot.stage_flow(*[pl.DataFrame({"account_id": ["A", "A"], "stage": ["x", "x"]})] * 2),
            "before: account `A` has two rows",
        ),
        (
            lambda: plot.action_mix(pl.DataFrame({"stage": [str(n) for n in range(99)], "action": ["none"] * 99})),
            "`stage` has 99 different words",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
