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
# # First steps
#
# A policy is a text file. This notebook reads one, decides 30,000 real card accounts under it, asks why one of them is
# decided as it is, and changes a threshold.
#
# The accounts are card clients of a bank in Taiwan on 30 September 2005 (Yeh and Lien 2009, UCI Machine Learning
# Repository, CC BY 4.0). What was approximated to make the table is listed in `examples/data/README.md`. Amounts are
# New Taiwan dollars and are read as the policy's currency, yuan.

# %%
from datetime import date
from decimal import Decimal
from pathlib import Path

import arrears
import arrears.plot as plot
import polars as pl

EXAMPLES = Path("..")
AS_OF = date(2005, 9, 30)
NO_LAW = "historic data, no contact is made"

policy = arrears.Policy.from_file(EXAMPLES / "policies" / "cn-card.rhai")
policy

# %% [markdown]
# The policy has tests of its own, and statements of what must never happen, which are tried on accounts made from the
# policy's own edges.

# %%
report = policy.test(samples=2_000)
assert report, report
report

# %% [markdown]
# Its stages. An arrow up is a step of the ladder; a line down leads from every stage that joins it.

# %%
plot.state_diagram(policy)

# %% [markdown]
# ## Decide the book
#
# Any table that speaks Arrow will do: pandas 3, polars, pyarrow, DuckDB, or the path of a Parquet or CSV file.
# The book is twenty years old and nobody is contacted, so it is decided without guardrails of law. Whoever decides so
# says why, and the reason is stamped on every decision; `permissions.py` shows what the law says.

# %%
accounts = pl.read_parquet(EXAMPLES / "data" / "card_accounts_2005_09.parquet")
decisions = policy.decide(accounts, as_of=AS_OF, no_law=NO_LAW)

assert len(decisions) == accounts.height == 30_000
decisions

# %% [markdown]
# Nobody is left without an answer: every account has an action, or stands in a stage in which nothing is to be done.
# What the table does not say is assumed by the policy, in the open.

# %%
decided = decisions.to_polars()
assert decided["account_id"].equals(accounts["account_id"])
assert decided["action"].null_count() == 0
assert decided.filter(pl.col("next_review_on").is_not_null())["next_review_on"].min() > AS_OF

for each in decisions.assumptions[:5]:
    print(f"{each['written']:32} {each['why']}")
print(f"and {len(decisions.assumptions) - 5} more")

# %%
plot.action_mix(decisions, policy=policy)

# %%
plot.action_mix(decisions, by="debtor_type", of="accounts", policy=policy)

# %% [markdown]
# ## Rows that cannot be decided
#
# A bad row is never guessed at. Without `keep_going` nothing is decided and all bad rows are listed; with it the good
# rows are decided and the bad ones set aside.

# %%
broken = accounts.head(100).with_columns(
    dpd=pl.when(pl.col("account_id") == "TW-00007").then(-5).otherwise(pl.col("dpd")),
)
try:
    policy.decide(broken, as_of=AS_OF, no_law=NO_LAW)
except arrears.RowErrors as error:
    print(error)
else:
    raise AssertionError("a negative number of days late was decided")

some = policy.decide(broken, as_of=AS_OF, no_law=NO_LAW, reviews=False, keep_going=True)
assert len(some) == 99
assert [error.account_id for error in some.errors] == ["TW-00007"]

# %% [markdown]
# A column that is missing is named, with what the policy needs.

# %%
try:
    policy.decide(accounts.drop("balance"), as_of=AS_OF, no_law=NO_LAW)
except arrears.SchemaError as error:
    print(error)
else:
    raise AssertionError("a table without balances was decided")

# %% [markdown]
# ## Why?
#
# One account, explained: what was read, what held and what did not, and what would change the decision.

# %%
account = decided.filter((pl.col("stage") == "warning") & (pl.col("action") == "phone"))["account_id"][0]
explanation = policy.explain(accounts, account, as_of=AS_OF, no_law=NO_LAW)
explanation

# %% [markdown]
# The same account by its facts, as a servicing screen would ask. A fact that is `None` is not known, and a missing fact
# never makes an action stronger.

# %%
row = accounts.filter(pl.col("account_id") == account).row(0, named=True)
given = {name: row[name] for name in ("product", "dpd", "late_count_12m", "cycles_without_payment", "days_to_due")}
for name in ("balance", "overdue", "min_payment", "credit_limit", "paid_last_cycle"):
    given[name] = arrears.Money(row[name], policy.currency)
facts = arrears.Facts(account, days_since_first_missed=row["days_since_first_missed"], **given)
decision = policy.decide_one(facts, as_of=AS_OF, no_law=NO_LAW)
assert (decision.stage, decision.action) == ("warning", "phone")

unknown = policy.decide_one(facts.with_(dispute=None), as_of=AS_OF, no_law=NO_LAW)
assert unknown.action != "phone"
print(
    f"known not to be in dispute: {decision.action}; not known: {unknown.action}, missing {', '.join(unknown.missing)}"
)

# %% [markdown]
# ## Change a threshold
#
# `small_debt` is the sum below which a call is not worth making. The policy gives a range for it; a value outside of it
# is refused.

# %%
own = policy.thresholds["small_debt"]
print(f"{own.name}: {own.value}, from {own.low} to {own.high}. {own.why}.")
try:
    policy.with_thresholds(small_debt=own.high + 1)
except arrears.PolicyError as error:
    print(error)
else:
    raise AssertionError("a threshold outside its range was accepted")

# %%
rows = []
for value in [Decimal(0), Decimal(500), Decimal(1000), Decimal(1500), own.value, Decimal(3000), own.high]:
    summary = (
        policy.with_thresholds(small_debt=value).decide(accounts, as_of=AS_OF, no_law=NO_LAW, reviews=False).summary
    )
    rows.extend(
        {"value": str(value), "measure": "action", "key": each["name"], "accounts": each["accounts"]}
        for each in summary["by_action"]
    )
sweep = pl.DataFrame(rows)

per_value = sweep.group_by("value").agg(pl.col("accounts").sum())
assert per_value["accounts"].to_list() == [30_000] * 7
calls = sweep.filter(pl.col("key") == "phone").sort(pl.col("value").cast(pl.Decimal(12, 2)))["accounts"].to_list()
assert calls == sorted(calls, reverse=True), "a higher sum never makes more calls"
plot.sweep_curve(sweep, own=own.value, threshold="small_debt", unit=policy.currency)

# %% [markdown]
# The step between 1,000 and 1,500 is the data's, not people's: the smallest minimum payment of this table is set to
# 1,000, so many small debts are exactly that.

# %%
at_the_floor = accounts.filter((pl.col("dpd") == 30) & (pl.col("overdue") == 1000)).height
assert at_the_floor > 500
print(f"{at_the_floor:,} accounts that are one month late owe exactly 1,000")
