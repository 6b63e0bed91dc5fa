//! Problems of the policy as a whole.

use super::{Entry, entry};

#[rustfmt::skip]
pub(super) const ENTRIES: &[Entry] = &[
    entry("P301", "a debtor type that can never be chosen", "Every account that it asks for is taken by a type above it. A warning: the policy can be used."),
    entry("P302", "no `policy` statement", "A policy begins with its name, version and currency."),
    entry("P303", "a statement that may stand once", "The statement stands in the policy more than once."),
    entry("P304", "no `otherwise`", "The last `debtor` statement must be `otherwise`, so that every account has a type."),
    entry("P305", "`otherwise` is not last", "Types below `otherwise` can never be chosen."),
    entry("P306", "a threshold outside its range", "The value, written or set at load, lies outside `from` and `to`."),
    entry("P307", "a range the wrong way round", "`from` is greater than `to`."),
    entry("P308", "no stage", "A policy has at least one stage beside `current`."),
    entry("P309", "a verb that is no treatment", "Verbs without strength are done to the account: use `act`."),
    entry("P310", "a verb that does not belong here", "Acts are done to the account; duties inform a person or stay inside the bank."),
    entry("P311", "`instead` names no later treatment", "`instead` names a treatment that stands further down and shares a stage."),
    entry("P312", "`after` names no milder stage", "`after` names a stage that is declared above and stands on the ladder."),
    entry("P313", "a way down to no rung", "`ease` and `cure` lead to a rung of the ladder, not to a stage beside it."),
    entry("P314", "too many of one kind", "A policy has at most 62 stages, 62 debtor types and 62 words of a fact."),
    entry("P315", "unknown currency", "The currency is an ISO 4217 code of three capital letters."),
    entry("P316", "unknown time zone", "The zone is an IANA name such as `Europe/London`."),
    entry("P317", "not a date", "Dates are written `2026-11-01`."),
    entry("P318", "not a clock time", "Times are written `15:00`, periods `15:00-17:30`."),
    entry("P319", "buckets that do not rise", "First days past due rise from day 1."),
    entry("P320", "a clause that the mode does not have", "Mode `free` has no memory: `after`, `dwell`, `steps` and `ease` say nothing there."),
    entry("P321", "a sign without points", "A sign speaks to willingness, to ability, or to both."),
    entry("P322", "a hold that stops nothing", "`stops` lists at least one class or duty."),
    entry("P323", "a result that does the same twice", "Two `outcome` statements give one code the same effect, perhaps through a group. A promise and a vague promise exclude each other."),
    entry("P324", "two lengths of time for one learned fact", "What results of contacts teach of a fact ends on one day, so every `outcome` that sets it gives the same `lasts`."),
    entry("P325", "two versions of a rule at once", "Versions of one rule follow each other; parts of one rule differ by `part`."),
    entry("P326", "a limit below 1", "Such a limit refuses every contact: say so by `refuse()`."),
    entry("P327", "a rule in force that was not verified", "What is recalled or doubtful is shipped as `unverified`; a host may enable it by name."),
];
