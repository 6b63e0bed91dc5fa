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
# # May we contact this person, now, this way?
#
# One person, and a call that a collector would like to make. The law says at which hours, how often, and what stops
# it; the packs that are shipped say where that stands. This notebook asks for a week of hours, and watches what a
# history of calls, a changed clock and a second time zone do to them. The person is made up. Nothing here is legal
# advice.

# %%
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import arrears
import arrears.plot as plot
import polars as pl

NEW_YORK, LOS_ANGELES = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=NEW_YORK)

# %% [markdown]
# ## The law
#
# A pack of law is a file that states rules as data, each with where it stands and how it is known. Those of a
# jurisdiction, and of what is above it, bind the people there. What was not verified binds nobody until somebody
# enables it by name.

# %%
law = arrears.Law.shipped()
binding = law.packs(on=NOW.date(), jurisdiction="US-NJ")
assert {pack.name for pack in binding} >= {"us-regf"}
assert all(rule.binds == (rule.status == "in_force") for pack in binding for rule in pack.rules)
binding

# %%
hours = binding.rules.to_polars().filter(pl.col("rule") == "US-REGF-6b1i-hours")
assert hours["cites"].str.contains("12 CFR 1006.6(b)(1)(i)", literal=True).all()
print(hours["says"][0])
print("not covered:", hours["not_covered"][0])

# %% [markdown]
# ## A person and a call
#
# What is known of the person is told as a plain dict; its type is for whoever checks it. A list that is empty says
# that there is nothing, and a list that is left out is not known.

# %%
person: arrears.Standing = {
    "jurisdiction": "US-NJ",
    "zones": ["America/New_York"],
    "debts": [{"id": "A-1", "product": "credit_card"}],
    "contacts": [],
    "preferences": [],
    "consents": [],
    "refusals": [],
    "wrong_numbers": [],
    "facts": {"collector": "third_party", "cease_contact": False, "represented": False, "dispute": False},
}


def call(at: datetime, outcome: str | None = None) -> arrears.Contact:
    """A call to the person's mobile; with an outcome, one that was made."""
    made: arrears.Contact = {"at": at, "channel": "phone", "recipient": "debtor", "purpose": "demand"}
    if outcome is not None:
        made["outcome"] = outcome
    return {**made, "content": "collection", "number": "+1 201 555 0100", "number_kind": "mobile"}


case = arrears.Case(person, now=NOW)
assert case.permission(call(NOW))

at_night = case.permission(call(NOW.replace(hour=22)))
assert at_night.answer == "block"
assert not at_night, "a permission is true only if the contact may be made"
assert [rule.rule for rule in at_night.rules] == ["US-REGF-6b1i-hours"]
assert at_night.earliest == NOW.replace(day=1, month=12, hour=8)
at_night

# %% [markdown]
# What is not known never permits a contact. Left out, the same facts make the answer *review*: a person must look,
# and it is said where each of them is told.

# %%
unknown = arrears.permit({**person, "facts": {"collector": "third_party"}}, call(NOW))
assert unknown.answer == "review"
assert {"cease_contact", "represented", "dispute"} <= set(unknown.missing)
for telling in unknown.how_to_tell():
    print(f"{telling.path:45} {telling.expected}")

# %% [markdown]
# ## A week of permitted hours

# %%
week = case.days(call(NOW), 7)
assert len(week) == 7
for day in week[1:]:
    (open_hours,) = [period for period in day.periods if period.answer]
    assert (open_hours.start.hour, open_hours.end.hour) == (8, 21)
plot.permitted_hours(week, title="A week with no calls before it")

# %% [markdown]
# ## What a history of calls does to it
#
# Seven calls about a debt on seven consecutive dates are as many as are presumed to be lawful. Here they were placed
# from Wednesday to Sunday, and nobody answered. The next call may be made on the first date with fewer than seven in
# the seven dates that end with it.

# %%
days_ago = [1, 1, 2, 3, 3, 4, 5]
calls = [call(NOW - timedelta(days=days, hours=index % 2), "no_answer") for index, days in enumerate(days_ago)]
tried = arrears.Case({**person, "contacts": calls}, now=NOW)
answer = tried.permission(call(NOW))
assert (answer.answer, answer.presumption) == ("block", "violation")
assert [(used.counted, used.limit) for used in answer.counts] == [(8, 7)]
assert answer.earliest == datetime(2026, 12, 2, 8, tzinfo=NEW_YORK)
plot.permitted_hours(answer.days(), title="After seven calls that nobody answered")

# %% [markdown]
# A conversation makes calls rest for seven dates, that of the conversation the first. What is lawful after that is
# what was lawful before.

# %%
spoken = arrears.Case({**person, "contacts": [call(NOW - timedelta(days=2), "conversation")]}, now=NOW)
answer = spoken.permission(call(NOW))
assert [rule.rule for rule in answer.rules] == ["US-REGF-14b2B-conv7"]
assert answer.earliest == datetime(2026, 12, 5, 8, tzinfo=NEW_YORK)
assert spoken.answer(call(NOW) | {"channel": "letter"}), "a letter is no call"
print(f"after a conversation on {NOW - timedelta(days=2):%A}: from {answer.earliest:%A %d %B, %H:%M}")

# %% [markdown]
# ## Daylight saving
#
# On 8 March 2026 the clock in New York goes forward at 2. The hours are those of the clock on the wall, so the
# morning begins an hour earlier by the sun. The day has 23 hours, and a call at half past two cannot be made because
# there is no such moment.

# %%
FRIDAY = datetime(2026, 3, 6, 0, 0, tzinfo=NEW_YORK)
spring = arrears.Case(person, now=FRIDAY)
days = spring.days(call(FRIDAY), 4)
opened = [next(period for period in day.periods if period.answer) for day in days]
assert [period.start.hour for period in opened] == [8, 8, 8, 8]
assert [period.start.astimezone(ZoneInfo("UTC")).hour for period in opened] == [13, 13, 12, 12]
assert [(day.periods[-1].end - day.periods[0].start) / timedelta(hours=1) for day in days] == [24, 24, 23, 24]
plot.permitted_hours(days, title="When the clock goes forward")

# %% [markdown]
# ## Two zones
#
# The person's number is of New Jersey, and the last letter came back from California. Nobody knows in which zone they
# are, so the hours of both are kept: what is left is from 11 to 21 o'clock in New York, which is from 8 to 18 in Los
# Angeles.

# %%
both = arrears.Case({**person, "zones": ["America/New_York", "America/Los_Angeles"]}, now=NOW)
days = both.days(call(NOW), 7)
(open_hours,) = [period for period in days[1].periods if period.answer]
assert (open_hours.start.hour, open_hours.end.hour) == (11, 21)
assert open_hours.start.astimezone(LOS_ANGELES).hour == 8
assert both.permission(call(NOW)).earliest == datetime(2026, 11, 30, 8, tzinfo=LOS_ANGELES)
plot.permitted_hours(days, title="By the clocks of New York and of Los Angeles")

# %% [markdown]
# ## The same law in decisions
#
# Where a policy decides what to do next, the same packs bind unless the host says otherwise. A policy that would call
# is not obeyed where the law forbids it; and an account under no law that anybody could name gets no contact.

# %%
text = """
policy "small" #{ version: "1", currency: "USD", zone: "America/New_York", jurisdiction: "US-NJ" };
stage "late" when dpd >= 1;
assume opted_out("phone") = false #{ why: "nobody here has opted out" };
treatment "a_call" in ["late"] do phone(#{ at: "15:00", every: 1 });
"""
policy = arrears.Policy.from_source(text)
asked = {"as_of": NOW.date()}
ours = arrears.Facts("A-1", dpd=12, collector="first_party")
asked_to_stop = arrears.Facts("A-1", dpd=12, collector="third_party", cease_contact=True)

assert policy.decide_one(asked_to_stop, **asked, no_law="to show what the policy says by itself").action == "phone"
stopped = policy.decide_one(asked_to_stop, **asked)
assert stopped.action == "none"
assert stopped.vetoed_by == ("a_call: rule US-REGF-6c-cease",)
assert policy.decide_one(ours, **asked).action == "phone", "the regulation binds who collects for another"

nowhere = arrears.Policy.from_source(text.replace(', jurisdiction: "US-NJ"', ""))
assert nowhere.decide_one(ours, **asked).action == "review"
stopped
