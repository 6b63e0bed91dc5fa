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
# # Explaining a decision to the customer
#
# One account with its history: what is owed, as it is known on a day; what is decided, and why; the same in words for
# the person; and what would change it. The history is one of the ten stories in `examples/data/histories`, written by
# hand; it is nobody's account.

# %%
import json
from datetime import date, timedelta
from pathlib import Path

import arrears
import polars as pl

EXAMPLES = Path("..")
HISTORIES = EXAMPLES / "data" / "histories"
TODAY = date(2026, 2, 18)
NO_LAW = "an example, nobody is contacted"

policy = arrears.Policy.from_file(EXAMPLES / "policies" / "cn-card.rhai")
CONVENTIONS = HISTORIES / "conventions.json"
story = arrears.Account.from_file(HISTORIES / "staller.json", conventions=CONVENTIONS)
story

# %% [markdown]
# ## What happened
#
# The story goes on after today. What is explained today may rest only on what is known today, so the later events are
# taken out. Then the account day by day, with what the policy would have decided each night.

# %%
document = json.loads(story.to_json())
document["events"] = [event for event in document["events"] if event["known_on"] <= TODAY.isoformat()]
account = arrears.Account.from_dict(document, conventions=CONVENTIONS)
assert 0 < len(account.events) < len(story.events)

timeline = policy.timeline(account, no_law=NO_LAW, last=TODAY)
timeline

# %% [markdown]
# ## What is owed, as it is known today
#
# The facts are computed from the events, for any day.

# %%
facts = account.facts(TODAY)
overdue = facts["overdue"]
assert dict(facts) == dict(story.facts(TODAY)), "what is known later changes nothing about today"
assert overdue == arrears.Money("6865.00", "CNY")
assert facts["dpd"] == 39

shown = [
    "overdue",
    "dpd",
    "unpaid_items",
    "balance",
    "last_payment",
    "days_since_payment",
    "promises_broken",
    "promise_vague",
]
pl.DataFrame({"fact": shown, "today": [str(facts[name]) for name in shown]})

# %% [markdown]
# The statements that are not paid, from the events themselves. They add up to what is overdue.

# %%
items = pl.DataFrame(
    [
        {"item": event["item"], "due_on": event["due_on"], "minimum": event["minimum_payment"]}
        for event in account.events
        if event["event"] == "statement" and event["due_on"] < TODAY.isoformat()
    ]
).with_columns(pl.col("minimum").cast(pl.Decimal(12, 2)))
unpaid = items.tail(facts["unpaid_items"])
assert unpaid["minimum"].sum() == overdue.amount
unpaid

# %% [markdown]
# ## What is decided, and why
#
# This is for the collector and for the record. The debtor type is a word of the bank's own and is never shown
# outside.

# %%
decision = policy.decide_one(account, as_of=TODAY, no_law=NO_LAW)
assert (decision.debtor_type, decision.stage, decision.action) == ("stalling", "firm", "phone")
explanation = decision.explain()
explanation

# %% [markdown]
# ## The same for the person
#
# One total first, then what it is made of, then what happens next and what would change it. No word of the policy's own
# appears in it.

# %%
amount, currency = overdue.amount, overdue.currency
calls_from = decision.slot.split("/")[0][11:16]
lines = [
    f"  {row['minimum']:>10} {currency}, minimum payment due on {row['due_on']}" for row in unpaid.iter_rows(named=True)
]
assert decision.action == "phone"
assert "block cash advance" in decision.acts

words = f"""You owe {amount} {currency} today. It has been late for {facts["dpd"]} days.

It is made of:
{chr(10).join(lines)}

We will call you on your {decision.contact_point} number, not before {calls_from}.
Cash withdrawals with the card are stopped until the arrears are paid.

If you pay {amount} {currency}, we stop asking, and the restriction is lifted on the same day.
If nothing changes until {decision.next_review_on}, the card itself is blocked.
If you cannot pay this sum at once, tell us what you can pay and on which day.
"""
print(words)

inside = {decision.debtor_type, decision.stage, decision.treatment, "stalling", "willingness", "ability"}
assert not [word for word in inside if word in words]

# %% [markdown]
# ## Is that true?
#
# Each sentence above is tried. First the payment: the same history with one more event.

# %%
paid = account.with_events(
    [{"id": "what-if", "occurred_on": TODAY, "known_on": TODAY, "event": "payment", "amount": amount}]
)
after_payment = policy.decide_one(paid, as_of=TODAY, no_law=NO_LAW)
assert paid.facts(TODAY)["overdue"] == arrears.Money("0.00", currency)
assert after_payment.stage == "current"
assert after_payment.action != "phone"
assert "block cash advance" not in after_payment.acts
assert "restore_limit" in after_payment.acts
print(after_payment.explain())

# %% [markdown]
# Then waiting. The day of the next review is exact: nothing differs before it, if nothing happens.

# %%
nights = {}
day = TODAY
while day <= decision.next_review_on:
    nights[day] = policy.decide_one(account, as_of=day, no_law=NO_LAW)
    day += timedelta(days=1)

before = nights[decision.next_review_on - timedelta(days=1)]
then = nights[decision.next_review_on]
assert decision.review_exact
assert before.stage == decision.stage
assert then.stage == "warning"
assert set(then.acts) - set(decision.acts) == {"block the card"}
assert all(set(night.acts) == set(decision.acts) for day, night in nights.items() if day < decision.next_review_on)
print(f"{decision.next_review_on}: {then.stage}, and besides: {', '.join(set(then.acts) - set(decision.acts))}")

# %% [markdown]
# What the engine itself says would change it:

# %%
for each in explanation.to_dict()["would_change"]:
    print(each)
