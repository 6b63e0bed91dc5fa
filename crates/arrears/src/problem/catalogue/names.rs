//! Problems with names.

use super::{Entry, entry};

#[rustfmt::skip]
pub(super) const ENTRIES: &[Entry] = &[
    entry("P101", "unknown fact", "Accounts have no fact of that name, and the policy declares no threshold, define or fact of it."),
    entry("P102", "unknown stage", "No `stage` statement has that name."),
    entry("P103", "a name is used twice", "Two statements declare the same name, or assume the same fact. Thresholds, defines and facts share one space of names; other names must differ within their kind of statement."),
    entry("P104", "unknown treatment", "No `treatment` statement has that name."),
    entry("P105", "unknown debtor type", "No `debtor` statement has that name."),
    entry("P106", "a word that the fact cannot be", "The fact takes only the words that are listed; this one is not among them, so the test could never hold."),
    entry("P107", "unknown function", "Conditions know only the functions that are listed."),
    entry("P108", "unknown verb", "`do` takes one of the verbs of the language."),
    entry("P109", "unknown event", "`times`, `days_since` and the like take a channel, an outcome, an event of the account, or a treatment, duty or text of this policy; `consent` and `opted_out` take a channel."),
    entry("P110", "unknown option", "The statement or verb has no option of that name; the message lists those it has."),
    entry("P111", "the name of a built-in fact", "A threshold, define or fact cannot take the name of a fact that every account has."),
    entry("P112", "a define that needs itself", "The chain of defines comes back to where it began."),
    entry("P113", "no such threshold", "A value was set for a threshold that the policy does not have."),
    entry("P114", "unknown class or duty", "A hold stops classes (contact, enforcement, relief, internal, required_notice) and duties by name."),
    entry("P115", "decided later", "The statement is read before this is decided: signs before the assessment, types before stages, stages before treatments."),
    entry("P116", "a protected trait", "Willingness and ability are never judged by age, sex, marriage, faith or region."),
    entry("P117", "a hold that reads a script", "Holds must not depend on a script, which may fail."),
    entry("P118", "two names for one column", "Two names give the same column name in tables, where only letters and digits count; rename one of them."),
    entry("P119", "a key that tests do not have", "`given` takes facts; `expect` takes results of the decision."),
    entry("P120", "unknown outcome", "`outcome` takes a code of a contact's result, or a group of them: `rpc`, `refused`, `hostile`, `claims_no_money`, `vague_promise`."),
    entry("P121", "unknown effect", "`do` of an `outcome` takes one of the effects of the language."),
    entry("P122", "a fact that cannot be marked", "`mark` sets a flag of protection or of the person. Other facts are given by the table, or follow from other effects."),
    entry("P123", "an account chosen by what was done to it", "`applies when` reads the table alone: not the state that decisions leave, not what results of contacts taught, not what a script computes. Otherwise an account could slip away from every policy by being decided."),
    entry("P124", "a statement that does not belong here", "Packs state the law and policies what the bank does; the message says where the statement belongs."),
    entry("P125", "a guardrail that reads what it binds", "Guardrails read what the host gives, not what the policy decides or assesses."),
    entry("P126", "unknown class of contacts, or kind of consent", "No `contact` or `consents` statement declares it."),
    entry("P127", "a class of contacts that counts contacts", "A class is read of one contact; guardrails count."),
    entry("P128", "no limit", "A guardrail's `do` is followed by a limit: `refuse`, `keep_hours`, `at_most`, `rest`."),
    entry("P129", "an exception to no rule", "An exception lifts rules of its own pack, and no others."),
];
