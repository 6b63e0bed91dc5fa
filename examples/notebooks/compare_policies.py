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
# # Two versions of a policy on one book
#
# Before a threshold is changed, one looks at who would get something else tomorrow. Here: who counts as living on the
# card (`limit_full`), and below which sum nobody is called (`small_debt`).
#
# The book is that of `first_steps`: 30,000 card accounts in Taiwan on 30 September 2005 (Yeh and Lien 2009, UCI, CC BY
# 4.0), amounts in New Taiwan dollars, read as the policy's currency.

# %%
from datetime import date
from pathlib import Path

import arrears
import arrears.plot as plot
import polars as pl

EXAMPLES = Path("..")
AS_OF = date(2005, 9, 30)
NO_LAW = "historic data, no contact is made"

now = arrears.Policy.from_file(EXAMPLES / "policies" / "cn-card.rhai")
proposed = now.with_thresholds(limit_full="0.80", small_debt="500.00")
accounts = pl.read_parquet(EXAMPLES / "data" / "card_accounts_2005_09.parquet")

assert now.hash != proposed.hash
{
    name: (str(each.value), str(proposed.thresholds[name].value))
    for name, each in now.thresholds.items()
    if each.value != proposed.thresholds[name].value
}

# %% tags=["until-arrears-compare"]
# One cell for both decisions and the table of who moves. `arrears.compare` will do this; until then polars does.
decided = {
    name: policy.decide(accounts, as_of=AS_OF, no_law=NO_LAW, reviews=False)
    for name, policy in (("a", now), ("b", proposed))
}
both = accounts.select("account_id", "overdue")
for name, decisions in decided.items():
    part = decisions.to_polars().select(
        "account_id",
        *(pl.col(column).cast(pl.String).alias(f"{column}_{name}") for column in ("stage", "action", "treatment")),
    )
    both = both.join(part, on="account_id", how="left", validate="1:1")

assert both.height == accounts.height
assert both.select(pl.col("action_a", "action_b").null_count().sum()).row(0) == (0, 0)

# %% [markdown]
# ## Who gets another action
#
# Rows are today's policy, columns the proposed one. Actions are ordered by the strength that the engine gives them.

# %%
plot.swap_set(both, a="the policy of today", b="the proposal", policy=now)

# %%
plot.swap_set(both, by="money", a="the policy of today", b="the proposal", policy=now)

# %% [markdown]
# Three effects, told apart. Small debts that got a push message are called or texted. Late accounts that use between 80
# and 95 % of their limit are offered plans, and not called, if something else speaks against their means too. And
# customers who are not late, but were, are offered instalments rather than taught how the card works.

# %%
moves = (
    both.filter(pl.col("action_a") != pl.col("action_b"))
    .group_by("stage_a", "action_a", "stage_b", "action_b")
    .agg(accounts=pl.len(), overdue=pl.col("overdue").sum())
    .sort("accounts", descending=True)
)
changed = both.filter(pl.col("action_a") != pl.col("action_b")).height
assert moves["accounts"].sum() == changed
assert 0 < changed < accounts.height / 10
moves

# %% [markdown]
# ## Stages
#
# A lower `limit_full` takes accounts off the ladder into `support`. Nobody changes from one rung to another.

# %%
plot.stage_flow(
    decided["a"], decided["b"], policy=now, money=accounts, leave_out=["current"], labels=("today", "proposal")
)

# %%
off_the_ladder = both.filter(pl.col("stage_a") != pl.col("stage_b")).join(accounts, on="account_id")
used = off_the_ladder["balance"].cast(float) / off_the_ladder["credit_limit"].cast(float)
assert 0.80 <= used.min() <= used.max() < 0.95
assert set(off_the_ladder["stage_b"]) == {"support"}
print(f"{off_the_ladder.height} accounts, {off_the_ladder['overdue'].sum():,} {now.currency} overdue")

# %% [markdown]
# ## The work it makes
#
# Contacts and plans by number and by money. More is not better: a plan offered to someone who would have paid costs
# interest, and a call to someone in trouble brings nothing. Which of the two it is, one book on one night does not say.

# %%
work = pl.concat(
    pl.DataFrame(decisions.summary["by_action"]).with_columns(
        pl.col("overdue").cast(pl.Decimal(18, 2)), policy=pl.lit(name)
    )
    for name, decisions in decided.items()
)
assert work.group_by("policy").agg(pl.col("accounts").sum())["accounts"].to_list() == [30_000, 30_000]
work.pivot(on="policy", index="name", values=["accounts", "overdue"]).sort("name")

# %% [markdown]
# ## One threshold over its range
#
# The same for more than two values. Only contacts are drawn; `keys=` chooses others.

# %% tags=["until-arrears-sweep"]
# `arrears.sweep` will do this in one pass; until then the book is decided once for each value.
values = ["0.80", "0.85", "0.90", "0.95", "1.00"]
rows = []
for value in values:
    night = now.with_thresholds(limit_full=value).decide(accounts, as_of=AS_OF, no_law=NO_LAW, reviews=False)
    for measure in ("action", "stage"):
        rows.extend(
            {
                "value": value,
                "measure": measure,
                "key": each["name"],
                "accounts": each["accounts"],
                "money": each["overdue"],
            }
            for each in night.summary[f"by_{measure}"]
        )
sweep = pl.DataFrame(rows)

support = sweep.filter((pl.col("measure") == "stage") & (pl.col("key") == "support")).sort("value")
assert support["accounts"].to_list() == sorted(support["accounts"], reverse=True), "a higher limit supports fewer"

# %%
plot.sweep_curve(
    sweep,
    measure="stage",
    keys=["reminder", "firm", "warning", "support"],
    own=now.thresholds["limit_full"].value,
    threshold="limit_full",
    unit="share of the limit used",
)
