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
# ## Where accounts are a month later
#
# Buckets are those of the source: M1 is 1 to 29 days late, M2 30 to 59, and so on to M6 with 150 or more; M0 is paid
# off, or without a loan. Everybody is in the row total: who has no row in the next month goes to `absent`, and nothing
# says why. A report names a currency; there are no amounts here to which it applies.

# %%
if months is None:
    print("skipped")
else:
    report = arrears.report(
        panel=months, currency="USD", buckets=[1, 30, 60, 90, 120, 150], columns={"dpd": "days_past_due"}
    )
    display(plot.roll_rates(report, title="A month later: buckets of a card book"))

# %% [markdown]
# The same counted by another engine, from the letters in the file.

# %%
if months is None:
    print("skipped")
else:
    recount = duckdb.sql(
        """
        with bucketed as (
            select account_id, month_offset, case when status in ('X', 'C') then 0 else status::int + 1 end as bucket
            from months
        )
        select 'M' || a.bucket as "from", coalesce('M' || b.bucket, 'absent') as "to", count(*) as accounts
        from bucketed a left join bucketed b on b.account_id = a.account_id and b.month_offset = a.month_offset + 1
        where a.month_offset < 0 group by all
        """
    )
    matrix = report.to_polars().filter((pl.col("measure") == "tracked_roll") & pl.col("month").is_null())
    assert set(recount.fetchall()) == set(matrix.select("from", "to", "count_numerator").iter_rows())
    assert matrix["count_numerator"].sum() == months.filter(pl.col("month_offset") < 0).height

# %% [markdown]
# Every measure comes with its formula, its cohort, its horizon, and who is left out of it. Of those who fall late, how
# many are cured within a month, and of those how many are late again within three:

# %%
if months is None:
    print("skipped")
else:
    for name in ("cure_rate", "redefault_rate"):
        measure = report.measure(name)
        together = measure["values"][-1]
        assert together["month"] is None
        count = together["count"]
        print(f"{measure['title']}: {count['numerator']:,} of {count['denominator']:,}")
        print(f"  {measure['formula']}; {measure['horizon']}")
        for left_out in together["excluded"]:
            print(f"  left out: {left_out['count']:,} {left_out['reason']}")

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

# %%
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
