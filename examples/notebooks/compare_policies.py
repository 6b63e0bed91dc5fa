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

# %%
comparison = arrears.compare(now, proposed, accounts, as_of=AS_OF, no_law=NO_LAW)
comparison

# %% [markdown]
# A comparison is the book decided twice and joined by account. Counted again that way:

# %%
decided = {
    name: policy.decide(accounts, as_of=AS_OF, no_law=NO_LAW, reviews=False)
    for name, policy in (("a", now), ("b", proposed))
}
a, b = (decisions.to_polars().select("account_id", pl.col("action").cast(pl.String)) for decisions in decided.values())
recount = (
    a.join(b, on="account_id", suffix="_b", validate="1:1")
    .join(accounts.select("account_id", "overdue"), on="account_id", validate="1:1")
    .group_by("action", "action_b")
    .agg(accounts=pl.len(), overdue=pl.col("overdue").sum())
)
flows = comparison.flows.to_polars().filter(pl.col("measure") == "action")
assert set(recount.iter_rows()) == set(flows.select("from", "to", "accounts", "overdue").iter_rows())
assert recount["accounts"].sum() == accounts.height

# %% [markdown]
# ## Who gets another action
#
# Rows are today's policy, columns the proposed one. Actions are ordered by the strength that the engine gives them.

# %%
plot.swap_set(comparison, a="the policy of today", b="the proposal")

# %%
plot.swap_set(comparison, by="money", a="the policy of today", b="the proposal")

# %% [markdown]
# Three effects, told apart. Small debts that got a push message are called or texted. Late accounts that use between 80
# and 95 % of their limit are offered plans, and not called, if something else speaks against their means too. And
# customers who are not late, but were, are offered instalments rather than taught how the card works.

# %%
moved = comparison.moved.to_polars().with_columns(pl.col(pl.Categorical).cast(pl.String))
moves = (
    moved.filter(pl.col("action_a") != pl.col("action_b"))
    .group_by("stage_a", "action_a", "stage_b", "action_b")
    .agg(accounts=pl.len(), overdue=pl.col("overdue").sum())
    .sort("accounts", descending=True)
)
assert moves["accounts"].sum() == comparison.to_dict()["moved"]["action"]["accounts"]
assert 0 < moved.height < accounts.height / 10
assert comparison.kept + moved.height == accounts.height
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
off_the_ladder = moved.filter(pl.col("stage_a") != pl.col("stage_b")).join(accounts, on="account_id")
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
# The same for more than two values: the book is decided once with each. The policy's own value is always among them.

# %%
sweep = arrears.sweep(now, "limit_full", ["0.80", "0.85", "0.90", "1.00"], accounts, as_of=AS_OF, no_law=NO_LAW)
support = sweep.to_polars().filter((pl.col("measure") == "stage") & (pl.col("key") == "support"))
assert support["accounts"].to_list() == sorted(support["accounts"], reverse=True), "a higher limit supports fewer"
sweep

# %%
plot.sweep_curve(
    sweep, measure="stage", keys=["reminder", "firm", "warning", "support"], unit="share of the limit used"
)
