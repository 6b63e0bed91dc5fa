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
# # Roll rates of a card book
#
# The monthly status of 45,985 card holders, 1,048,575 rows, of a bank that is not named (Kaggle,
# rikdifos/credit-card-approval-prediction). The table is not shipped with arrears: put `card_months.parquet` into a
# folder and name it in the environment variable `ARREARS_DATA`. Without it the cells below say that they are skipped.
#
# What the table cannot show: it has no amounts, so nothing is weighed by money, and no contacts, so nothing is known of
# what collections did. Its number of rows is exactly the row limit of a spreadsheet, so it was cut there. Days past due
# are read as the low end of each range.

# %%
import os
from datetime import date
from pathlib import Path

import arrears
import arrears.plot as plot
import duckdb
import polars as pl
from IPython.display import display

EXAMPLES = Path("..")
NO_LAW = "historic data, no contact is made"

folder = os.environ.get("ARREARS_DATA")
file = Path(folder) / "card_months.parquet" if folder else None
months = pl.read_parquet(file) if file and file.exists() else None
if months is None:
    print("skipped: ARREARS_DATA names no folder with card_months.parquet")
else:
    assert months.height == 1_048_575
    assert months["account_id"].n_unique() == 45_985

# %% [markdown]
# ## A transition matrix from the raw statuses
#
# Of those who had a status in a month, the share that had each status in the next. Everybody is in the row total: who
# has no row in the next month goes to `not seen`. The last month has no next one and is left out.

# %% tags=["until-arrears-measures"]
# `arrears.measures` will do this; until then polars counts. What the next cells need: from, to, accounts.
STATUS = {
    "X": "no loan", "C": "paid off",
    "0": "1-29", "1": "30-59", "2": "60-89", "3": "90-119", "4": "120-149", "5": "150+",
}  # fmt: skip
if months is None:
    print("skipped")
else:
    named = months.select("account_id", "month_offset", state=pl.col("status").replace_strict(STATUS))
    later = named.select("account_id", pl.col("month_offset") - 1, after="state")
    matrix = (
        named.filter(pl.col("month_offset") < 0)
        .join(later, on=["account_id", "month_offset"], how="left", validate="1:1")
        .group_by(pl.col("state").alias("from"), pl.col("after").fill_null("not seen").alias("to"))
        .agg(accounts=pl.len())
        .sort("from", "to")
    )

# %% [markdown]
# The same counted by another engine, from the same file.

# %%
if months is None:
    print("skipped")
else:
    recount = duckdb.sql(
        """
        select a.status as "from", coalesce(b.status, 'not seen') as "to", count(*) as accounts
        from months a left join months b on b.account_id = a.account_id and b.month_offset = a.month_offset + 1
        where a.month_offset < 0 group by all
        """
    ).pl()
    by_name = recount.with_columns(pl.col("from", "to").replace(STATUS), pl.col("accounts").cast(pl.UInt32)).sort(
        "from", "to"
    )
    assert by_name.equals(matrix.with_columns(pl.col("accounts").cast(pl.UInt32)))
    assert matrix["accounts"].sum() == months.filter(pl.col("month_offset") < 0).height

# %%
if months is None:
    print("skipped")
else:
    display(
        plot.roll_rates(
            matrix,
            order=list(STATUS.values()),
            note="all months from -60 to -1, each account-month counted once",
            title="A month later: monthly status of a card book",
        )
    )

# %% [markdown]
# ## The same months under a policy
#
# `panel.rhai` reads nothing but days past due and is decided month after month with its state: what the last decisions
# left is passed to the next. The ladder is climbed one rung a month, so a stage is not the same as a range of days.

# %%
nights = {}
if months is None:
    print("skipped")
else:
    policy = arrears.Policy.from_file(EXAMPLES / "policies" / "panel.rhai")
    book = months.select(
        pl.col("account_id").cast(pl.String), pl.col("as_of").cast(pl.Date), "month_offset", dpd="days_past_due"
    ).filter(pl.col("month_offset") >= -12)
    state = None
    for (day,), month in book.sort("as_of").group_by("as_of", maintain_order=True):
        assert isinstance(day, date)
        night = policy.decide(
            month.select("account_id", "dpd"), as_of=day, no_law=NO_LAW, state=state, keep_state=True, reviews=False
        )
        state, nights[day] = night.state, night
    assert len(nights) == 13
    assert sum(len(night) for night in nights.values()) == book.height

# %%
if nights:
    before, after = list(nights.values())[-2:]
    days = list(nights)[-2:]
    display(
        plot.stage_flow(
            before,
            after,
            policy=policy,
            leave_out=["current", "early"],
            labels=(f"{days[0]:%B %Y}", f"{days[1]:%B %Y}"),
        )
    )

# %% [markdown]
# Roll rates of stages over the twelve months. A cell two rungs up would contradict the policy: it climbs one rung in a
# decision.

# %% tags=["until-arrears-measures"]
if nights:
    stages = pl.concat(
        night.to_polars().select("account_id", pl.col("stage").cast(pl.String), month=pl.lit(n))
        for n, night in enumerate(nights.values())
    )
    next_month = stages.select("account_id", pl.col("month") - 1, after="stage")
    by_stage = (
        stages.filter(pl.col("month") < len(nights) - 1)
        .join(next_month, on=["account_id", "month"], how="left", validate="1:1")
        .group_by(pl.col("stage").alias("from"), pl.col("after").fill_null("not seen").alias("to"))
        .agg(accounts=pl.len())
    )
    rung = {name: n for n, name in enumerate(policy.stages)}
    climbs = [rung[to] - rung[start] for start, to, _ in by_stage.iter_rows() if to != "not seen"]
    assert max(climbs) == 1
    assert by_stage["accounts"].sum() == sum(len(night) for night in list(nights.values())[:-1])

# %%
if nights:
    display(
        plot.roll_rates(by_stage, policy=policy, note="twelve months to the last one", title="A month later: stages")
    )

# %% [markdown]
# What was done to those who are late, in the last month. A text may be sent three times in one episode of arrears, an
# agency is called in once: who has had all of that is left alone, late or not. Of an account that is one day late by
# the mildest reading, month after month, the policy has no more to say.

# %%
if nights:
    display(plot.action_mix(after, policy=policy))
    late = after.to_polars().filter(pl.col("stage") != "current")
    nothing = late.filter(pl.col("action") == "none")
    assert set(nothing["stage"].cast(pl.String)) <= {"early", "lost"}
    print(f"{nothing.height:,} of {late.height:,} that are late have had every treatment of their stage")
