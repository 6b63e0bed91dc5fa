# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A threshold, month after month
#
# Six months of the same 30,000 card clients in Taiwan, April to September 2005 (Yeh and Lien 2009, UCI, CC BY 4.0). A
# policy is run over them with its state, once as it is and once with another value of `limit_full`, the part of the
# limit from which on somebody counts as living on the card. With the lower value more people who are late are offered
# plans, and fewer are called.
#
# The six months are not shipped as one table: put `uci_months.parquet` into a folder and name it in the environment
# variable `ARREARS_DATA`. Without it the cells below say that they are skipped.

# %%
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import arrears
import arrears.plot as plot
import polars as pl
from IPython.display import display

EXAMPLES = Path("..")
NEVER = 999_999
NO_LAW = "historic data, no contact is made"

folder = os.environ.get("ARREARS_DATA")
file = Path(folder) / "uci_months.parquet" if folder else None
months = pl.read_parquet(file) if file and file.exists() else None
if months is None:
    print("skipped: ARREARS_DATA names no folder with uci_months.parquet")
else:
    assert months.height == 6 * 30_000

# %% [markdown]
# ## What was known at the end of each month
#
# Only what lies before a month's end may be read in that month. Counts begin in April, because nothing earlier is seen,
# so the first months know little of anybody's past and are not to be compared with the last.

# %%
if months is None:
    print("skipped")
else:
    account = "account_id"
    book = (
        months.sort(account, "as_of")
        .with_columns(
            month=pl.int_range(1, pl.len() + 1).over(account),
            late=pl.col("months_past_due") > 0,
            paid=pl.col("payment_in_month") > 0,
            owes=pl.col("statement_balance") > 0,
        )
        .with_columns(
            run=pl.col("late").rle_id().over(account),
            last_paid=pl.when("paid").then("month").forward_fill().over(account).fill_null(0),
        )
        .with_columns(
            # The first day late of the run of late months, as far as it is seen.
            first=(30 * (pl.col("months_past_due") - pl.col("month")) - 1).cum_max().over(account, "run"),
        )
        .select(
            pl.format("TW-{}", pl.col(account).cast(pl.String).str.zfill(5)).alias(account),
            pl.col("as_of").cast(pl.Date),
            product=pl.lit("card"),
            dpd="days_past_due",
            days_to_due=pl.when("owes").then(5).otherwise(NEVER),
            days_since_first_missed=pl.when("late").then(30 * pl.col("month") + pl.col("first")).otherwise(NEVER),
            late_count_12m=pl.col("late").cast(pl.Int32).cum_sum().over(account),
            cycles_without_payment=pl.col("month") - pl.col("last_paid"),
            balance=pl.col("statement_balance").cast(pl.Decimal(18, 2)),
            min_payment=pl.col("minimum_payment").cast(pl.Decimal(18, 2)),
            overdue=pl.col("amount_past_due").cast(pl.Decimal(18, 2)),
            paid_last_cycle=pl.col("payment_in_month").cast(pl.Decimal(18, 2)),
            credit_limit=pl.col("credit_limit").cast(pl.Decimal(18, 2)),
            default="default_next_month",
        )
    )

# %% [markdown]
# September made this way is the table that is shipped, so far as both have a column and count the same.

# %%
if months is None:
    print("skipped")
else:
    september = book.filter(pl.col("as_of") == date(2005, 9, 30)).sort("account_id")
    shipped = pl.read_parquet(EXAMPLES / "data" / "card_accounts_2005_09.parquet").sort("account_id")
    for name in (
        "dpd",
        "days_since_first_missed",
        "late_count_12m",
        "cycles_without_payment",
        "balance",
        "credit_limit",
    ):
        differ = (september[name] != shipped[name]).sum()
        assert differ == 0, f"{name} differs in {differ} accounts"

# %% [markdown]
# ## Two runs
#
# The shipped policy is meant for every night: it climbs one rung in a decision. A book that is seen once a month would
# lag behind by months, so for this backtest the one line that says how the ladder is climbed is replaced. It is another
# policy then, with another hash, and the policy's own tests are not its tests.

# %%
STEP = 'mode: "sequential", steps: 1, first: "skip"'
source = arrears.Policy.from_file(EXAMPLES / "policies" / "cn-card.rhai").source
assert source.count(STEP) == 1
monthly = arrears.Policy.from_source(source.replace(STEP, 'mode: "skip"'), name="cn-card-monthly.rhai")
policies = {"0.95": monthly, "0.80": monthly.with_thresholds(limit_full="0.80")}
assert monthly.thresholds["limit_full"].value == Decimal("0.95")

# %%
runs = []
if months is None:
    print("skipped")
else:
    for name, policy in policies.items():
        state = None
        for (day,), month in book.group_by("as_of", maintain_order=True):
            assert isinstance(day, date)
            night = policy.decide(
                month.drop("as_of", "default"), as_of=day, no_law=NO_LAW, state=state, keep_state=True, reviews=False
            )
            state = night.state
            runs.append(
                night.to_polars().select(
                    "account_id", pl.col("stage", "action").cast(pl.String), limit_full=pl.lit(name), as_of=pl.lit(day)
                )
            )
    decided = pl.concat(runs)
    assert decided.height == 2 * months.height

# %%
if runs:
    key = ["account_id", "as_of"]
    both = (
        decided.filter(pl.col("limit_full") == "0.95")
        .join(decided.filter(pl.col("limit_full") == "0.80"), on=key, suffix="_b", validate="1:1")
        .join(book.select(*key, "overdue", "dpd", "default"), on=key, validate="1:1")
        .rename({"stage": "stage_a", "action": "action_a", "stage_b": "stage_b", "action_b": "action_b"})
    )
    assert both.height == months.height
    last = both.filter(pl.col("as_of") == date(2005, 9, 30))
    display(plot.swap_set(last, a="limit_full 0.95", b="limit_full 0.80", policy=monthly))

# %% [markdown]
# Month by month: how many who are late are called, and how many are offered plans.

# %%
if runs:
    per_month = (
        both.filter(pl.col("dpd") > 0)
        .group_by("as_of")
        .agg(
            late=pl.len(),
            called_a=(pl.col("action_a") == "phone").sum(),
            called_b=(pl.col("action_b") == "phone").sum(),
            offered_a=(pl.col("action_a") == "offer").sum(),
            offered_b=(pl.col("action_b") == "offer").sum(),
            other_action=(pl.col("action_a") != pl.col("action_b")).sum(),
        )
        .sort("as_of")
    )
    assert (per_month["called_b"] <= per_month["called_a"]).all()
    display(per_month)

# %% [markdown]
# ## Who are those who move, and what became of them?
#
# The source tells whether a client was in default in October. Of those who are late in September and owe something:

# %%
if runs:
    outcome = (
        last.filter((pl.col("dpd") > 0) & (pl.col("overdue") > 0))
        .with_columns(
            group=pl.when((pl.col("action_a") == "phone") & (pl.col("action_b") == "phone"))
            .then(pl.lit("called under both"))
            .when((pl.col("action_a") == "phone") & (pl.col("stage_b") == "support"))
            .then(pl.lit("called, then offered a plan"))
            .when((pl.col("stage_a") == "support") & (pl.col("stage_b") == "support"))
            .then(pl.lit("in support under both"))
            .otherwise(pl.lit("anything else"))
        )
        .group_by("group")
        .agg(accounts=pl.len(), in_default=pl.col("default").sum(), share=pl.col("default").mean())
        # The spread of a share from so few accounts, as one standard error.
        .with_columns(error=(pl.col("share") * (1 - pl.col("share")) / pl.col("accounts")).sqrt())
        .sort("accounts", descending=True)
    )
    rate = september["default"].mean()
    assert outcome["accounts"].sum() == last.filter((pl.col("dpd") > 0) & (pl.col("overdue") > 0)).height
    assert outcome.filter(pl.col("accounts") > 100)["share"].min() > rate, "who is late is more often in default"
    print(f"in default of all 30,000: {rate:.1%}")
    display(outcome)

# %% [markdown]
# ## What this does not show
#
# - Nobody was called, texted or offered a plan under this policy in 2005. The shares say who the people are whom a
#   threshold moves, not what the move does to them. That takes a hold-out.
# - The bank collected in its own way, which is not in the table, and the outcome holds its effect.
# - Default is known once, for October. The decisions of April to August have no outcome of their own here.
# - Days past due are thirty times the months late, minimum payments and amounts past due are made from the balance, and
#   one month late is nearly always recorded as two in the months before September.
# - No contact, promise or hardship is in the table: the policy assumes that there was none, in the open.
