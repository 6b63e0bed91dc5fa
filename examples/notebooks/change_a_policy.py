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
# # Changing a policy
#
# What a policy does over every account that it may meet, what a change of it says, whom the change moves, and what
# would change one decision. The policy is a small one, so that everything fits a page; the book is that of
# `first_steps`: 30,000 card accounts in Taiwan on 30 September 2005 (Yeh and Lien 2009, UCI, CC BY 4.0).

# %%
from datetime import date
from pathlib import Path

import arrears
import polars as pl

AS_OF = date(2005, 9, 30)
NO_LAW = "historic data, no contact is made"

TEXT = """
policy "small card" #{ version: "1", currency: "TWD", zone: "Asia/Taipei" };
threshold patience = 30 #{ from: 10, to: 60, why: "most who forget pay within a month" };
threshold small = 1000.00 #{ from: 0.00, to: 5000.00, why: "a call costs more than it brings below this" };
assume opted_out("sms") = false #{ why: "the data do not say" };
assume opted_out("phone") = false #{ why: "the data do not say" };
debtor "late" otherwise;
stage "reminder" when dpd >= 1;
stage "firm" when dpd > patience;
escalate #{ mode: "free" };
treatment "text" in ["reminder"] do sms(#{ text: "gentle" });
treatment "call" in ["firm"] when overdue >= small do phone(#{});
never "a call about little" when action == "phone" && overdue < 500.00;
test "a week late" given quiet + #{ dpd: 7, overdue: 2000.00 } expect #{ action: "sms" };
"""
policy = arrears.Policy.from_source(TEXT, name="small.rhai")
accounts = pl.read_parquet(Path("..") / "data" / "card_accounts_2005_09.parquet")
arrears.format(TEXT).splitlines()[:3]

# %% [markdown]
# ## What is wrong with it
#
# Every finding has an account that shows it, decided by the engine. Who is late for longer than `patience` with less
# than `small` gets nothing at all. The `never` is proved of every account.

# %%
analysis = policy.analyse()
assert any(found.kind == "gap" and found.at.name == "firm" for found in analysis.findings)
assert [each.verdict for each in analysis.verdicts] == ["proved"]
analysis

# %% [markdown]
# With the threshold lower, the `never` is broken, and an account shows it.

# %%
proposed = policy.with_thresholds(small="200.00")
broken = proposed.analyse()
assert not broken
assert broken.verdicts[0].account is not None
print(broken.verdicts[0].account)

# %% [markdown]
# ## What the change says, and whom it moves

# %%
proposed = policy.with_thresholds(small="500.00", patience=60)
assert proposed.analyse()
difference = policy.diff(proposed)
assert {change.name for change in difference.changes} == {"small", "patience"}
difference

# %%
comparison = arrears.compare(policy, proposed, accounts, as_of=AS_OF, no_law=NO_LAW)
moved = comparison.moved.to_polars()
assert comparison.kept + moved.height == accounts.height
assert moved.height > 0
comparison

# %% [markdown]
# ## What would change one decision
#
# Each change is decided again and is the least of its kind: one dollar, one day less does not do it.

# %%
called = arrears.Facts("A-1", dpd=45, overdue=arrears.Money("2500.00", "TWD"))
what_if = policy.what_if(called, as_of=AS_OF, no_law=NO_LAW)
assert what_if.now.action == "phone"
assert all(change.leads_to.strength <= what_if.now.strength for change in what_if.milder)
assert any(change.kind == "payment" for change in what_if.milder)
what_if

# %% [markdown]
# ## What its tests exercise
#
# One test is little. For what nothing exercises, tests are proposed; whether they expect what the bank wants, a person
# must judge.

# %%
coverage = policy.coverage()
statements = coverage.measures["statements"].together
assert 0 < statements.covered < statements.of
assert coverage.suggestions
again = arrears.Policy.from_source(TEXT + "\n".join(each.test for each in coverage.suggestions), name="small.rhai")
assert again.test()
assert again.coverage(suggestions=0).measures["statements"].together.covered > statements.covered
coverage

# %% [markdown]
# ## The policy for people who do not know its language

# %%
policy.graph()

# %%
handbook = policy.handbook(as_of=AS_OF, no_law=NO_LAW, samples=2_000)
assert "most who forget pay within a month" in handbook.markdown
handbook
