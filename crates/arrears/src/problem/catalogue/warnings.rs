//! Warnings: the policy can be used, but is probably not what its author meant.

use super::{Entry, entry};

#[rustfmt::skip]
pub(super) const ENTRIES: &[Entry] = &[
    entry("P401", "a threshold that nothing reads", "No condition or option uses the threshold."),
    entry("P402", "an assumption that nothing needs", "The policy does not read the fact that it assumes."),
    entry("P403", "days since, without `not_yet`", "`days_since(x) >= n` is false where x never happened. Say so with `not_yet(x) ||`, or use `every` for a gap between contacts."),
    entry("P404", "treatments get milder as stages get more severe", "A more severe stage has weaker treatments than a milder one, so a missing fact that holds an account back could make an action stronger."),
    entry("P405", "a define that nothing reads", "No condition uses the define."),
    entry("P406", "a stage without treatments", "Accounts in this stage are given no action; they are only reviewed."),
    entry("P407", "a fact of the bank's own that nothing reads", "No condition uses the fact."),
    entry("P408", "results that no `outcome` handles", "The policy says what some results of a contact do, and nothing of others: these change nothing."),
    entry("P409", "a mark that nothing reads", "The `outcome` sets a flag that no statement of the policy reads."),
    entry("P410", "a row that is never used", "Whatever fits the row fits a row above it, and the table takes the first row that fits."),
];
