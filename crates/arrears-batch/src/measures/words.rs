//! What each measure is called, how it is computed, and what misleads about it.

use super::place::Has;
use super::report::{Measure, Value};
use super::work::CONNECTED;
use super::{Declared, Reversals};

/// The words of the measures under some conventions.
pub(super) struct Words<'a> {
    pub(super) declared: &'a Declared,
    pub(super) has: Has,
}

const MONTH: &str = "from one month end to the next";

fn measure(name: &'static str, [title, formula, cohort, horizon, trap]: [&str; 5], values: Vec<Value>) -> Measure {
    let text = str::to_owned;
    let (title, formula, cohort) = (text(title), text(formula), text(cohort));
    Measure { name, title, formula, cohort, horizon: text(horizon), trap: text(trap), values }
}

#[rustfmt::skip]
impl Words<'_> {
    fn owed(&self) -> &'static str {
        if self.has.overdue { "overdue" } else { "balance" }
    }

    pub(super) fn stock(&self, values: Vec<Value>) -> Measure {
        measure("stock", [
            "Stock by bucket", "accounts (balance) of a place / accounts (balance) of the month end",
            "all accounts of the month end of which it is known where they stand", "one month end",
            "a month's stock is no cohort: it mixes accounts of every age",
        ], values)
    }

    pub(super) fn entry_of_m0(&self, values: Vec<Value>) -> Measure {
        measure("entry_rate_of_m0", [
            "Entry rate, of M0", "of the accounts (balance) of M0 at the month end before, those in M1 or later now",
            "accounts of M0 at the month end before, by the later month", MONTH,
            "the denominator is all of M0, with or without something due: see `entry_rate_of_due` for the other way",
        ], values)
    }

    pub(super) fn entry_of_due(&self, values: Vec<Value>) -> Measure {
        measure("entry_rate_of_due", [
            "Entry rate, of what fell due", "overdue of those in M1 or later / due of all; by number, accounts late / accounts with something due",
            "accounts of M0 at the month end before of which something fell due since, by the later month", MONTH,
            "the denominator is what fell due in the cycle, not the balance of M0; who has no row at the month end is not in the cohort",
        ], values)
    }

    pub(super) fn pool(&self, values: Vec<Value>) -> Measure {
        measure("pool_roll", [
            "Pool roll", "accounts (balance) of bucket k+1 now / accounts (balance) of bucket k at the month end before",
            "no cohort: two stocks, by the later month", MONTH,
            "it can pass 100 %: interest, and accounts that enter sideways; the last bucket is a stock, so only who enters it counts, with those charged off at their balance before",
        ], values)
    }

    pub(super) fn tracked(&self, values: Vec<Value>) -> Measure {
        measure("tracked_roll", [
            "Tracked roll", "accounts (balance at the month end before) of a place that are in another now / all of the place",
            "accounts of the place at the month end before of which it is known where they are now, by the later month", MONTH,
            "shares of a place sum to one; plans, re-ages and charge-offs are places of their own and no cures; who has no row now is absent, and why is not told",
        ], values)
    }

    pub(super) fn flow_through(&self, values: Vec<Value>) -> Measure {
        measure("flow_through", [
            "Flow-through", "product of the pool rolls along the diagonal, each a month after the one before",
            "accounts of M0 as many months before as there are buckets, by the last month",
            "as many months as there are buckets; only where the panel has them all",
            "one month's column would mix cohorts; each step carries twelve decimals, and there is no numerator of a product",
        ], values)
    }

    pub(super) fn recovery(&self, values: Vec<Value>) -> Measure {
        let reversals = match self.declared.reversals {
            Reversals::Out => "payments reversed on their day are left out of `paid`",
            Reversals::In => "`paid` has payments reversed on their day",
        };
        let formula = format!("paid until it is first seen elsewhere, at most the {owed} / {owed} of accounts entering; by number, accounts that left for a milder bucket / accounts entering", owed = self.owed());
        let trap = format!("{reversals}; `paid` of the month in which the bucket is left counts whole; the last bucket is left by none that grow later and is not measured");
        measure("bucket_recovery", [
            "Bucket recovery", &formula, "accounts that enter the bucket, by the month in which they do",
            "until the month end at which it is first seen elsewhere", &trap,
        ], values)
    }

    pub(super) fn cure(&self, values: Vec<Value>) -> Measure {
        let horizon = format!("{} days from the month end at which it is first seen late", self.declared.cured_within);
        let formula = format!("accounts ({}, when they fell late) cured / those of the cohort", self.owed());
        measure("cure_rate", [
            "Cure rate", &formula, "accounts that fell late, by the month in which they did", &horizon,
            "a cure between two month ends that does not last until the second is not seen; restructured is not cured; read it beside `redefault_rate`",
        ], values)
    }

    pub(super) fn redefault(&self, values: Vec<Value>) -> Measure {
        let horizon = format!("{} days from the month end at which it is first seen cured", self.declared.redefault_within);
        measure("redefault_rate", [
            "Re-default after cure", "accounts (balance when cured) late again, on a plan, re-aged or charged off / accounts cured",
            "accounts that were late and are cured, by the month in which they are", &horizon,
            "a cured account that leaves the panel before it is late again is left out: why it left is not told",
        ], values)
    }

    pub(super) fn contacts_per_cure(&self, values: Vec<Value>) -> Measure {
        let horizon = format!("from the first day late until the cure, at most {} days from the month end at which it is first seen late, and not beyond the panel", self.declared.cured_within);
        measure("contacts_per_cure", [
            "Contacts per cure", "attempts on all accounts of the cohort / accounts cured",
            "the cohort of `cure_rate`, by the month in which they fell late", &horizon,
            "attempts on those that were not cured count too; no amount is put on an attempt",
        ], values)
    }

    pub(super) fn kept(&self, values: Vec<Value>) -> Measure {
        measure("kept_promises", [
            "Kept promises", "promises (money promised) kept in full / promises that fell due",
            "promises that name a day and a sum and were kept or broken, by the month of their day", "until the day of the promise",
            "kept is what the table says is kept: its tolerance is the bank's; instalments of a plan are no promises and do not belong into the table; part-kept is apart",
        ], values)
    }

    pub(super) fn part_kept(&self, values: Vec<Value>) -> Measure {
        measure("part_kept_promises", [
            "Promises kept in part", "broken promises of which something was paid (what was paid) / promises that fell due (money promised)",
            "promises that name a day and a sum and were kept or broken, by the month of their day", "as the table of promises stands",
            "what was paid after the day of a broken promise counts here, however late",
        ], values)
    }

    pub(super) fn contact(&self, values: Vec<Value>) -> Measure {
        let formula = format!("attempts that reached somebody who is no third party / attempts; reached is every right-party result, {}", CONNECTED.join(", "));
        measure("contact_rate", [
            "Contact rate", &formula, "attempts whose result is known, by channel and month", "one attempt",
            "someone else who answers is no contact; no amount is put on an attempt",
        ], values)
    }

    pub(super) fn right_party(&self, values: Vec<Value>) -> Measure {
        measure("rpc_rate", [
            "Right-party contact rate, of attempts", "right-party contacts / attempts",
            "attempts whose result is known, by channel and month", "one attempt",
            "it falls with every attempt on the same account: see `rpc_rate_of_accounts`; no amount is put on an attempt",
        ], values)
    }

    pub(super) fn right_party_of_accounts(&self, values: Vec<Value>) -> Measure {
        measure("rpc_rate_of_accounts", [
            "Right-party contact rate, of accounts", "accounts (balance at their last month end) with a right-party contact / accounts attempted",
            "accounts attempted", "all months read of the contacts",
            "a longer time reaches more accounts: compare equal times only",
        ], values)
    }

    pub(super) fn penetration(&self, values: Vec<Value>) -> Measure {
        measure("penetration", [
            "Penetration", "accounts (balance at their last month end) attempted / accounts workable",
            "accounts of the decisions that are workable: neither held nor vetoed only, and not up to date at their last month end", "all months read of the contacts",
            "accounts that nothing fits are workable: they are not worked, and show here",
        ], values)
    }

    pub(super) fn intensity(&self, values: Vec<Value>) -> Measure {
        measure("intensity", [
            "Intensity", "attempts / accounts attempted", "accounts attempted", "a month; all months read",
            "an account attempted in two months is one account of all months; no amount is put on an attempt",
        ], values)
    }

    pub(super) fn coverage(&self, values: Vec<Value>) -> Measure {
        measure("coverage", [
            "Coverage", "accounts (balance at their last month end) of the class / accounts decided",
            "accounts of the decisions", "one night",
            "each account is in one class, the first that fits; the classes add up to the book",
        ], values)
    }

    pub(super) fn missing(&self, values: Vec<Value>) -> Measure {
        measure("missing_facts", [
            "Facts that are missing", "accounts (balance at their last month end) that wait for the fact / accounts decided",
            "accounts of the decisions", "one night",
            "an account counts under every fact that it waits for: these do not add up",
        ], values)
    }
}
