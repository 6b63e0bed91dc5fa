//! Every option key of the language: one table, from which checks and handbook come.

use super::{Keyword, LimitWord};
use crate::facts::EffectWord;
use crate::facts::table::{ADDRESS_KINDS, CONTENTS};

/// What an option's value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// Any text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, or a threshold of that kind.
    Count,
    /// A whole number of days, or a threshold of that kind.
    Days,
    /// A calendar date as text: `"2026-11-01"`.
    Date,
    /// A clock time as text: `"15:00"`, or a period: `"15:00-17:30"`.
    Clock,
    /// A list of texts.
    Texts,
    /// A list of whole numbers.
    Numbers,
    /// A map of texts by language: `#{ zh: "...", en: "..." }`.
    Shows,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of these words.
    Words(&'static [&'static str]),
    /// The name of a stage.
    Stage,
    /// A list of names of stages.
    Stages,
    /// The name of a treatment.
    Treatment,
    /// A number of the statement's own kind.
    OwnKind,
    /// A list of facts by name.
    Facts,
    /// An event: a channel, an outcome, a text, a treatment, a duty or `first_missed`, `payment`, `promise`, `cure`.
    Event,
    /// A whole number from -9 to 9.
    Points,
    /// Words kept for the record and shown as they are: text, number, flag, or a list or map of them.
    Note,
}

/// What carries the option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionOwner {
    /// A statement.
    Statement(Keyword),
    /// The verb of a treatment.
    Treatment,
    /// The verb of a duty.
    Duty,
    /// The verb of an act.
    Act,
    /// An effect of an outcome.
    Effect(EffectWord),
    /// A limit of a guardrail.
    Limit(LimitWord),
}

/// One option: who carries it, its key, what its value must be, what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionSpec {
    /// Who carries it.
    pub owner: OptionOwner,
    /// The key.
    pub key: &'static str,
    /// What the value must be.
    pub kind: OptionKind,
    /// Whether it must be written.
    pub required: bool,
    /// What it means, for the handbook.
    pub meaning: &'static str,
}

/// What a number that is no longer tried is known as.
const RETIRED: &[&str] = &["wrong", "dead", "objected"];
/// How the rows of a table stand to each other.
const ROWS: &[&str] = &["first", "collect"];
const BASES: &[&str] = &["primary", "secondary", "recalled", "house"];
const STATUSES: &[&str] = &["in_force", "draft", "superseded", "unverified", "policy"];
const STRENGTHS: &[&str] = &["must", "should_not", "guideline", "policy"];
const PURPOSES: &[&str] = &["demand", "information", "statement", "required_notice", "reply"];

const fn on(keyword: Keyword, key: &'static str, kind: OptionKind, meaning: &'static str) -> OptionSpec {
    OptionSpec { owner: OptionOwner::Statement(keyword), key, kind, required: false, meaning }
}
const fn must(keyword: Keyword, key: &'static str, kind: OptionKind, meaning: &'static str) -> OptionSpec {
    OptionSpec { owner: OptionOwner::Statement(keyword), key, kind, required: true, meaning }
}
const fn verb(owner: OptionOwner, key: &'static str, kind: OptionKind, meaning: &'static str) -> OptionSpec {
    OptionSpec { owner, key, kind, required: false, meaning }
}

const fn effect(word: EffectWord, key: &'static str, kind: OptionKind, meaning: &'static str) -> OptionSpec {
    OptionSpec { owner: OptionOwner::Effect(word), key, kind, required: false, meaning }
}
const fn effect_needs(word: EffectWord, key: &'static str, kind: OptionKind, meaning: &'static str) -> OptionSpec {
    OptionSpec { owner: OptionOwner::Effect(word), key, kind, required: true, meaning }
}

const fn limit(word: LimitWord, key: &'static str, kind: OptionKind, meaning: &'static str) -> OptionSpec {
    OptionSpec { owner: OptionOwner::Limit(word), key, kind, required: false, meaning }
}
const fn limit_needs(word: LimitWord, key: &'static str, kind: OptionKind, meaning: &'static str) -> OptionSpec {
    OptionSpec { owner: OptionOwner::Limit(word), key, kind, required: true, meaning }
}

use EffectWord as E;
use Keyword as K;
use LimitWord as L;
use OptionKind as V;
use OptionOwner::{Act, Duty, Treatment};

#[rustfmt::skip]
const TABLE: &[OptionSpec] = &[
    must(K::Policy, "version", V::Text, "a label for people; the hash is what identifies the policy"),
    on(K::Policy, "from", V::Date, "first day on which the policy may decide"),
    on(K::Policy, "to", V::Date, "last day on which the policy may decide"),
    must(K::Policy, "currency", V::Text, "the one currency of every amount, by ISO 4217 code"),
    on(K::Policy, "zone", V::Text, "IANA time zone of `as_of`; UTC if absent"),
    on(K::Policy, "jurisdiction", V::Text, "whose law the policy was written for"),
    on(K::Policy, "buckets", V::Numbers, "first day past due of buckets 1, 2, 3, ...; [1, 31, 61, 91, 121, 151, 181] if absent"),
    on(K::Policy, "review_within", V::Days, "days after which an account is looked at again when its next due date is not known; 7 if absent"),
    on(K::Policy, "why", V::Text, "what the policy is for"),
    on(K::Policy, "owner", V::Text, "who answers for it"),
    must(K::Threshold, "from", V::OwnKind, "least value that may be set"),
    must(K::Threshold, "to", V::OwnKind, "greatest value that may be set"),
    on(K::Threshold, "why", V::Text, "why the number is what it is"),
    on(K::Threshold, "unit", V::Text, "what it counts, in words: \"calls\""),
    on(K::Threshold, "owner", V::Text, "who may change it"),
    on(K::Threshold, "review_on", V::Date, "when it is to be looked at again"),
    must(K::Fact, "kind", V::Word(&["days", "count", "money", "ratio", "flag", "category"]), "what the fact measures"),
    on(K::Fact, "why", V::Text, "where the fact comes from and what it means"),
    on(K::Fact, "values", V::Texts, "the words of a category"),
    on(K::Fact, "never", V::Flag, "whether the fact may be *never*"),
    on(K::Fact, "valid_days", V::Days, "the fact is unknown when its column NAME_age says it is older"),
    on(K::Fact, "moves", V::Word(&["still", "up", "down"]), "what a day without events does to it; still if absent"),
    on(K::Fact, "reads", V::Facts, "the facts that a script may see"),
    must(K::Assume, "why", V::Text, "why this may be taken as known"),
    on(K::Sign, "willingness", V::Points, "points towards willingness to pay"),
    on(K::Sign, "ability", V::Points, "points towards ability to pay"),
    on(K::Sign, "lasts", V::Days, "days for which the sign counts after it was last seen"),
    on(K::Sign, "why", V::Text, "why this is a sign"),
    on(K::Debtor, "review", V::Flag, "a second person looks before anything stronger than a letter goes out"),
    on(K::Debtor, "shows", V::Shows, "the name shown to people, by language"),
    on(K::Debtor, "say", V::Texts, "talking points for this type"),
    on(K::Debtor, "why", V::Text, "what the type means"),
    on(K::Debtor, "formerly", V::Texts, "names of this type in earlier versions"),
    must(K::Hold, "stops", V::Texts, "classes stopped (contact, enforcement, relief, internal, required_notice) and duties by name"),
    on(K::Hold, "keeps", V::Words(PURPOSES), "purposes that go ahead all the same"),
    on(K::Hold, "scope", V::Word(&["account", "customer"]), "whether it binds the person's other accounts too; account if absent"),
    on(K::Hold, "why", V::Text, "why it stops them"),
    on(K::Stage, "after", V::Stage, "the stage that must have been reached before"),
    on(K::Stage, "dwell", V::Days, "days in the stage that is left before this one may be entered"),
    on(K::Stage, "approval", V::Text, "who must approve what is done in this stage"),
    on(K::Stage, "beside", V::Flag, "not a rung: taken by its own condition, left when it ends"),
    on(K::Stage, "shows", V::Shows, "the name shown to people, by language"),
    on(K::Stage, "say", V::Texts, "talking points for this stage"),
    on(K::Stage, "why", V::Text, "what the stage is for"),
    on(K::Stage, "formerly", V::Texts, "names of this stage in earlier versions"),
    on(K::Escalate, "mode", V::Word(&["sequential", "skip", "free"]), "how accounts move over the ladder; sequential if absent"),
    on(K::Escalate, "steps", V::Count, "stages up in one decision, for sequential; 1 if absent"),
    on(K::Escalate, "first", V::Word(&["climb", "skip"]), "whether an account without state enters its stage at once; climb if absent"),
    on(K::Escalate, "catch_up", V::Flag, "whether missed nights give their steps later: `steps` for each day since the last decision"),
    on(K::Escalate, "latches", V::Stages, "stages that only a cure leaves"),
    on(K::Ease, "why", V::Text, "why it goes down"),
    on(K::Cure, "to", V::Stage, "the stage after the cure; `current` if absent"),
    on(K::Cure, "then", V::Texts, "verbs done to the account when it was in a more severe stage: `restore_limit`"),
    on(K::Cure, "why", V::Text, "what counts as cured"),
    on(K::Outcome, "why", V::Text, "why the result does that"),
    on(K::Hours, "from", V::Clock, "when people of the occupation may be found at home"),
    on(K::Hours, "to", V::Clock, "until when"),
    on(K::Duty, "why", V::Text, "where the duty comes from"),
    on(K::Act, "why", V::Text, "why it is done"),
    on(K::Treatment, "why", V::Text, "why it is done"),
    on(K::Table, "rows", V::Word(ROWS), "first: a row is not used where a row above it fits; collect: every row stands for itself; first if absent"),
    on(K::Table, "why", V::Text, "why it is done, of rows that do not say so themselves"),
    verb(Treatment, "text", V::Text, "the text to be used"),
    verb(Treatment, "tone", V::Text, "the tone: \"courteous\", \"firm\""),
    verb(Treatment, "say", V::Texts, "points to be made"),
    verb(Treatment, "at", V::Clock, "preferred time"),
    verb(Treatment, "numbers", V::Words(&["mobile", "work", "home"]), "numbers to be tried, in turn"),
    verb(Treatment, "every", V::Days, "days of rest before it may be repeated"),
    verb(Treatment, "at_most", V::Count, "times in one episode of arrears"),
    verb(Treatment, "needs", V::Texts, "what must be at hand: \"second_person\", \"recorder\""),
    verb(Treatment, "shows", V::Texts, "what is shown at the door: \"staff_card\""),
    verb(Treatment, "approval", V::Text, "who must approve it"),
    verb(Treatment, "instead", V::Treatment, "the one stronger treatment that may take the turn after a known rest or refusal"),
    verb(Treatment, "purpose", V::Word(PURPOSES), "what the contact is for; demand if absent"),
    verb(Treatment, "consent", V::Flag, "whether the person must have consented to the channel"),
    verb(Treatment, "what", V::Text, "what the verb is done to"),
    verb(Treatment, "plans", V::Numbers, "months of the plans offered"),
    verb(Treatment, "content", V::Word(CONTENTS), "what it says, as guardrails read it; collection if absent, required_statement of a required notice"),
    verb(Treatment, "address", V::Word(ADDRESS_KINDS), "what address is used, as guardrails read it"),
    verb(Treatment, "opt_out_notice", V::Flag, "whether the message says how to refuse further ones"),
    verb(Treatment, "note", V::Note, "anything else for the record"),
    verb(Duty, "text", V::Text, "the text to be used"),
    verb(Duty, "within", V::Days, "days within which it must be done"),
    verb(Duty, "from", V::Event, "the event from which the days count"),
    verb(Duty, "note", V::Note, "anything else for the record"),
    verb(Act, "what", V::Text, "what the verb is done to: \"card\", \"cash\""),
    verb(Act, "approval", V::Text, "who must approve it"),
    verb(Act, "note", V::Note, "anything else for the record"),
    effect_needs(E::CallBack, "within", V::Days, "days until the call where no day was noted"),
    effect_needs(E::Retry, "after", V::Days, "days after which the treatment may be used again; 0: the same day"),
    effect_needs(E::RetirePoint, "as", V::Word(RETIRED), "what is known of the number from then on"),
    effect(E::RetirePoint, "lasts", V::Days, "days for which it is known; for good if absent"),
    effect_needs(E::Pause, "days", V::Days, "days for which demand rests"),
    effect(E::OptOut, "channel", V::Text, "the channel; the one that was used if absent"),
    effect_needs(E::Mark, "fact", V::Text, "the flag: one of protection or of the person"),
    effect(E::Mark, "lasts", V::Days, "days for which it is taken as set; for good if absent"),
    must(K::Pack, "version", V::Text, "a label for people; the hash is what identifies the pack"),
    must(K::Pack, "jurisdiction", V::Text, "whose law it is: \"US\" binds accounts in US and in US-MA"),
    must(K::Pack, "title", V::Text, "what people call it"),
    on(K::Pack, "from", V::Date, "first day on which the pack is in force"),
    on(K::Pack, "to", V::Date, "last day on which the pack is in force"),
    on(K::Pack, "calendar", V::Text, "the calendar that says what a holiday is"),
    on(K::Pack, "verified_on", V::Date, "when the source was last read"),
    on(K::Pack, "source", V::Text, "the text that the rules come from"),
    on(K::Pack, "why", V::Text, "what the pack is for and whom it binds"),
    on(K::Contact, "same", V::Words(&["person", "debt", "number", "address"]), "what a contact must share with the proposed one to count; [\"person\"] if absent"),
    on(K::Contact, "about", V::Word(&["placed", "discussed"]), "which debts it counts for: those it was placed about, or those talked about; placed if absent"),
    on(K::Contact, "one_account", V::Texts, "products whose debts under one account number count as one debt"),
    on(K::Contact, "why", V::Text, "why these contacts count"),
    on(K::Consents, "given_to", V::Words(&["collector", "creditor", "prior_collector"]), "to whom consent must have been given; anyone if absent"),
    on(K::Consents, "days", V::Days, "local dates for which it lives, the date it was given the first; for good if absent"),
    on(K::Consents, "ends_with", V::Text, "the class of contacts the next of which ends it"),
    on(K::Consents, "why", V::Text, "where that comes from"),
    must(K::Exception, "lifts", V::Texts, "the rules of this pack that it lifts"),
    on(K::Guardrail, "part", V::Text, "tells several statements of one rule apart"),
    on(K::Guardrail, "answer", V::Word(&["block", "review"]), "what exceeding it calls for; block if absent"),
    on(K::Guardrail, "presumes", V::Flag, "whether exceeding it is only presumed to break the rule"),
    on(K::Guardrail, "rebutted_by", V::Texts, "reasons for the contact that may rebut the presumption"),
    must(K::Reading, "of", V::Texts, "the classes, words or rules of the pack whose meaning it is"),
    on(K::Event, "why", V::Text, "what happens on the day"),
    on(K::Exception, "part", V::Text, "tells several statements of one rule apart"),
    must(K::Deadline, "after", V::Text, "the event, or the other deadline, from which it counts"),
    on(K::Deadline, "days", V::Days, "calendar days after it"),
    on(K::Deadline, "working_days", V::Days, "days after it that are neither weekend nor holiday"),
    must(K::Message, "needs", V::Texts, "what such a message must hold"),
    on(K::Message, "may", V::Texts, "what it may hold besides; anything else spoils it"),
    on(K::Message, "left_for", V::Texts, "for whom it may be left"),
    on(K::Message, "channel", V::Text, "by which channel it is left"),
    on(K::Guardrail, "cites", V::Text, "where the rule stands"),
    on(K::Guardrail, "basis", V::Word(BASES), "how we know it: its text read, a report of it read, recalled, or the bank's own"),
    on(K::Guardrail, "certainty", V::Word(&["high", "medium", "low"]), "how sure the reading is"),
    on(K::Guardrail, "status", V::Word(STATUSES), "whether it is in force; in_force if absent"),
    on(K::Guardrail, "strength", V::Word(STRENGTHS), "must, a softer norm, or the bank's own; must if absent"),
    on(K::Guardrail, "says", V::Text, "what the rule says, in a sentence"),
    on(K::Guardrail, "not_covered", V::Text, "what this entry leaves out, and what the host must bring"),
    on(K::Guardrail, "rule", V::Text, "the rule that it belongs to; its own name if absent"),
    on(K::Guardrail, "from", V::Date, "first day on which it is in force"),
    on(K::Guardrail, "to", V::Date, "last day on which it is in force"),
    on(K::Guardrail, "why", V::Text, "why it is so"),
    on(K::Exception, "cites", V::Text, "where the rule stands"),
    on(K::Exception, "basis", V::Word(BASES), "how we know it: its text read, a report of it read, recalled, or the bank's own"),
    on(K::Exception, "certainty", V::Word(&["high", "medium", "low"]), "how sure the reading is"),
    on(K::Exception, "status", V::Word(STATUSES), "whether it is in force; in_force if absent"),
    on(K::Exception, "strength", V::Word(STRENGTHS), "must, a softer norm, or the bank's own; must if absent"),
    on(K::Exception, "says", V::Text, "what the rule says, in a sentence"),
    on(K::Exception, "not_covered", V::Text, "what this entry leaves out, and what the host must bring"),
    on(K::Exception, "rule", V::Text, "the rule that it belongs to; its own name if absent"),
    on(K::Exception, "from", V::Date, "first day on which it is in force"),
    on(K::Exception, "to", V::Date, "last day on which it is in force"),
    on(K::Exception, "why", V::Text, "why it is so"),
    on(K::Flag, "cites", V::Text, "where the rule stands"),
    on(K::Flag, "basis", V::Word(BASES), "how we know it: its text read, a report of it read, recalled, or the bank's own"),
    on(K::Flag, "certainty", V::Word(&["high", "medium", "low"]), "how sure the reading is"),
    on(K::Flag, "status", V::Word(STATUSES), "whether it is in force; in_force if absent"),
    on(K::Flag, "strength", V::Word(STRENGTHS), "must, a softer norm, or the bank's own; must if absent"),
    on(K::Flag, "says", V::Text, "what the rule says, in a sentence"),
    on(K::Flag, "not_covered", V::Text, "what this entry leaves out, and what the host must bring"),
    on(K::Flag, "rule", V::Text, "the rule that it belongs to; its own name if absent"),
    on(K::Flag, "from", V::Date, "first day on which it is in force"),
    on(K::Flag, "to", V::Date, "last day on which it is in force"),
    on(K::Flag, "why", V::Text, "why it is so"),
    on(K::Deadline, "cites", V::Text, "where the rule stands"),
    on(K::Deadline, "basis", V::Word(BASES), "how we know it: its text read, a report of it read, recalled, or the bank's own"),
    on(K::Deadline, "certainty", V::Word(&["high", "medium", "low"]), "how sure the reading is"),
    on(K::Deadline, "status", V::Word(STATUSES), "whether it is in force; in_force if absent"),
    on(K::Deadline, "strength", V::Word(STRENGTHS), "must, a softer norm, or the bank's own; must if absent"),
    on(K::Deadline, "says", V::Text, "what the rule says, in a sentence"),
    on(K::Deadline, "not_covered", V::Text, "what this entry leaves out, and what the host must bring"),
    on(K::Deadline, "rule", V::Text, "the rule that it belongs to; its own name if absent"),
    on(K::Deadline, "from", V::Date, "first day on which it is in force"),
    on(K::Deadline, "to", V::Date, "last day on which it is in force"),
    on(K::Deadline, "why", V::Text, "why it is so"),
    on(K::Message, "cites", V::Text, "where the rule stands"),
    on(K::Message, "basis", V::Word(BASES), "how we know it: its text read, a report of it read, recalled, or the bank's own"),
    on(K::Message, "certainty", V::Word(&["high", "medium", "low"]), "how sure the reading is"),
    on(K::Message, "status", V::Word(STATUSES), "whether it is in force; in_force if absent"),
    on(K::Message, "strength", V::Word(STRENGTHS), "must, a softer norm, or the bank's own; must if absent"),
    on(K::Message, "says", V::Text, "what the rule says, in a sentence"),
    on(K::Message, "not_covered", V::Text, "what this entry leaves out, and what the host must bring"),
    on(K::Message, "rule", V::Text, "the rule that it belongs to; its own name if absent"),
    on(K::Message, "from", V::Date, "first day on which it is in force"),
    on(K::Message, "to", V::Date, "last day on which it is in force"),
    on(K::Message, "why", V::Text, "why it is so"),
    on(K::Procedure, "cites", V::Text, "where the rule stands"),
    on(K::Procedure, "basis", V::Word(BASES), "how we know it: its text read, a report of it read, recalled, or the bank's own"),
    on(K::Procedure, "certainty", V::Word(&["high", "medium", "low"]), "how sure the reading is"),
    on(K::Procedure, "status", V::Word(STATUSES), "whether it is in force; in_force if absent"),
    on(K::Procedure, "strength", V::Word(STRENGTHS), "must, a softer norm, or the bank's own; must if absent"),
    on(K::Procedure, "says", V::Text, "what the rule says, in a sentence"),
    on(K::Procedure, "not_covered", V::Text, "what this entry leaves out, and what the host must bring"),
    on(K::Procedure, "rule", V::Text, "the rule that it belongs to; its own name if absent"),
    on(K::Procedure, "from", V::Date, "first day on which it is in force"),
    on(K::Procedure, "to", V::Date, "last day on which it is in force"),
    on(K::Procedure, "why", V::Text, "why it is so"),
    on(K::Reading, "cites", V::Text, "where the rule stands"),
    on(K::Reading, "basis", V::Word(BASES), "how we know it: its text read, a report of it read, recalled, or the bank's own"),
    on(K::Reading, "certainty", V::Word(&["high", "medium", "low"]), "how sure the reading is"),
    on(K::Reading, "status", V::Word(STATUSES), "whether it is in force; in_force if absent"),
    on(K::Reading, "strength", V::Word(STRENGTHS), "must, a softer norm, or the bank's own; must if absent"),
    on(K::Reading, "says", V::Text, "what the rule says, in a sentence"),
    on(K::Reading, "not_covered", V::Text, "what this entry leaves out, and what the host must bring"),
    on(K::Reading, "rule", V::Text, "the rule that it belongs to; its own name if absent"),
    on(K::Reading, "from", V::Date, "first day on which it is in force"),
    on(K::Reading, "to", V::Date, "last day on which it is in force"),
    on(K::Reading, "why", V::Text, "why it is so"),
    on(K::Duty, "cites", V::Text, "where the rule stands"),
    on(K::Duty, "basis", V::Word(BASES), "how we know it: its text read, a report of it read, recalled, or the bank's own"),
    on(K::Duty, "certainty", V::Word(&["high", "medium", "low"]), "how sure the reading is"),
    on(K::Duty, "status", V::Word(STATUSES), "whether it is in force; in_force if absent"),
    on(K::Duty, "strength", V::Word(STRENGTHS), "must, a softer norm, or the bank's own; must if absent"),
    on(K::Duty, "says", V::Text, "what the rule says, in a sentence"),
    on(K::Duty, "not_covered", V::Text, "what this entry leaves out, and what the host must bring"),
    on(K::Duty, "rule", V::Text, "the rule that it belongs to; its own name if absent"),
    on(K::Duty, "from", V::Date, "first day on which it is in force"),
    on(K::Duty, "to", V::Date, "last day on which it is in force"),
    limit(L::KeepHours, "every_day", V::Text, "every day: \"08:00-20:00\", or \"none\""),
    limit(L::KeepHours, "mon_fri", V::Text, "Monday to Friday: \"08:00-20:00\", or \"none\""),
    limit(L::KeepHours, "mon_sat", V::Text, "Monday to Saturday: \"08:00-20:00\", or \"none\""),
    limit(L::KeepHours, "sat_sun", V::Text, "Saturday and Sunday: \"08:00-20:00\", or \"none\""),
    limit(L::KeepHours, "sat", V::Text, "Saturday: \"08:00-20:00\", or \"none\""),
    limit(L::KeepHours, "sun", V::Text, "Sunday: \"08:00-20:00\", or \"none\""),
    limit(L::KeepHours, "holidays", V::Text, "public holidays: \"08:00-20:00\", or \"none\""),
    limit_needs(L::AtMost, "times", V::Count, "earlier contacts at which it is full"),
    limit_needs(L::AtMost, "of", V::Text, "the class of contacts that is counted"),
    limit(L::AtMost, "days", V::Days, "the local dates counted, that of the contact the last"),
    limit(L::AtMost, "months", V::Count, "1: the calendar month of the contact"),
    limit(L::AtMost, "ever", V::Flag, "all contacts, however old"),
    limit(L::AtMost, "after", V::Text, "counts only contacts later than the first of this class, and limits nothing before it"),
    limit(L::AtMost, "lifted_by", V::Text, "no limit where a contact of this class lies in the same dates"),
    limit_needs(L::Rest, "after", V::Text, "the class of contacts, or the event, after which contact rests"),
    limit_needs(L::Rest, "days", V::Days, "local dates of rest, that of the contact the first"),
    effect(E::VaguePromise, "lasts", V::Days, "days for which `promise_vague` is taken as set; for good if absent"),
];

/// Every option of the language.
pub const fn option_table() -> &'static [OptionSpec] {
    TABLE
}

/// The options that `owner` may carry.
pub fn options_of(owner: OptionOwner) -> impl Iterator<Item = &'static OptionSpec> {
    TABLE.iter().filter(move |spec| spec.owner == owner)
}
