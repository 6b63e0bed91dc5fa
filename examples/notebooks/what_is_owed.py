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
# # What is owed, what delay costs, and the ways out
#
# One loan that fell behind in the spring of 2027. The history holds what happened; the terms of the product say what
# interest runs and what fees fall due. Everything here follows from the two, to the cent. The person, the lender and
# the bank are made up.

# %%
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import arrears
import arrears.plot as plot
import polars as pl

EXAMPLES = Path("..")
DAY = date(2027, 6, 30)
account = arrears.Account.from_file(EXAMPLES / "data/owed/loan-late.json")
terms = arrears.Terms.from_file(EXAMPLES / "terms/instalment-loan.json")

# %% [markdown]
# ## The sum, and every line of it
#
# One total, and what it is made of. Each amount is the sum of lines, and each line says why it is there.

# %%
owed = account.statement(terms, as_of=DAY)
nothing = arrears.Money(0, "EUR")
assert sum((line.amount for line in owed.lines), nothing) == owed.total
assert sum(owed.by_component.values(), nothing) - owed.held == owed.total
owed

# %% [markdown]
# The same for the person who owes it. It fits the screen of a phone, and answers *how much, by when?*

# %%
print(owed.plain("en"))
assert f"{owed.to_be_current.amount:,}" in owed.plain("en").splitlines()[0]

# %% [markdown]
# ## How it came to this
#
# The statement of every second day. Principal falls with each instalment that is paid; when payments stop, fees and
# penalty interest grow on top of what is late.

# %%
days = [date(2027, 1, 20) + timedelta(days=step) for step in range(0, 240, 2)]
panel = arrears.statements([account], terms, days)
late = panel.to_polars().filter(pl.col("days_past_due") > 0)
assert late["penalty"].max() > 0
plot.owed_over_time(panel, currency="EUR", title="What the loan owes, by what it is for")

# %% [markdown]
# ## What delay costs
#
# The same account reckoned forward: for who pays nothing, who pays what is asked for when it falls due, and who pays
# all of it today. A lawsuit has a cost in these terms; the cross is what is owed with one on the last day.

# %%
delay = account.delay(terms, as_of=DAY)
by_way = {cell.pays: cell for cell in delay.cells if not cell.lawsuit}
assert by_way["in_full"].cost == nothing < by_way["minimum"].cost < by_way["nothing"].cost
plot.cost_of_delay(delay)

# %% [markdown]
# ## What can be arranged
#
# The household states what comes in and what it needs. What is left each month decides which of the bank's plans can
# be kept; of every other term it is said why it is not offered. A settlement lets go of a part, and names who may
# approve that, and until when the offer stands.

# %%
means = arrears.Means.from_file(EXAMPLES / "offers/means.json")
offers = arrears.Offers.from_file(EXAMPLES / "offers/instalment-loan.json")
ways = account.ways_out(terms, offers, as_of=DAY, means=means)
assert ways.affordable == means.affordable
assert all(plan.instalments[0].amount <= means.affordable for plan in ways.plans)
ways

# %% [markdown]
# A plan repays exactly what is owed. Its cost is the interest in it, and its row in the table of what delay costs
# ends with the same cost and nothing owed.

# %%
plan = ways.plans[1]
assert sum((each.principal for each in plan.instalments), nothing) == ways.total
last = [cell for cell in ways.delay.cells if cell.pays == f"plan_of_{plan.months}_months"][-1]
assert (last.cost, last.owed) == (plan.cost, nothing)
print(
    f"{len(plan.instalments)} payments of {plan.instalments[0].amount}: {plan.total} in all, {plan.cost} of it interest"
)
plot.cost_of_delay(ways.delay, title="With the plans that can be kept")

# %% [markdown]
# What is stated decides. If rent takes what is left, no plan is offered, and each term says so.

# %%
stated = {"format": "arrears-means/1", "currency": "EUR", "income": [{"what": "wages", "amount": Decimal("1500.00")}]}
short = arrears.Means.from_dict(stated | {"living_costs": [{"what": "rent and food", "amount": "1620.00"}]})
assert (short.affordable, short.short_by) == (nothing, arrears.Money("120.00", "EUR"))
assert not account.ways_out(terms, offers, as_of=DAY, means=short).plans

# %% [markdown]
# ## What a policy makes of it
#
# With its terms an account tells a policy what is owed by them. The same rule that looks at days can look at what
# lateness has cost, and the next review is the day on which it will matter.

# %%
policy = arrears.Policy.from_source("""
policy "small" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
stage "late"  when dpd >= 1;
stage "dear"  when interest + fees >= 60.00;
""")
owing = account.with_terms(terms)
decided = policy.decide_one(owing, as_of=DAY, no_law="an example")
assert decided.stage == "late"
then = owing.facts(decided.next_review_on)
assert (then["interest"] + then["fees"]).amount >= 60
before = owing.facts(decided.next_review_on - timedelta(days=1))
assert (before["interest"] + before["fees"]).amount < 60
print(f"{decided.stage} today; looked at again on {decided.next_review_on}")
