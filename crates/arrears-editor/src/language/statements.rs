//! What each statement and each clause is for, in a sentence.

use arrears::draft::{Keyword, Part};

/// What a statement is for.
pub(crate) const fn statement_meaning(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::Policy => {
            "The head of a policy: its name, version, currency and time zone, and the days on which it may decide."
        }
        Keyword::Applies => "Which accounts the policy is for; without it, all of them.",
        Keyword::Threshold => "A number that a risk officer tunes, with the range inside which it may be set.",
        Keyword::Fact => "A fact of the bank's own: a column of its tables, or computed by a script.",
        Keyword::Values => "Closes an open vocabulary: the fact takes these words and no others.",
        Keyword::Assume => "What is taken as known where a table has no column for it, and why.",
        Keyword::Define => "A word of this policy: a name for a condition or a number.",
        Keyword::Sign => "Something seen of the person that speaks for or against willingness or ability to pay.",
        Keyword::Debtor => "A type of debtor. The first whose condition is true is the account's.",
        Keyword::Hold => "What stops work: classes of verbs, and duties by name, while its condition is true.",
        Keyword::Stage => "A rung of the ladder, in order of severity, or a stage beside it.",
        Keyword::Escalate => "How accounts move up the ladder.",
        Keyword::Ease => "A way down the ladder to a stage.",
        Keyword::Cure => "When the arrears are over, where the account goes then, and what is restored.",
        Keyword::Duty => "What is owed by law or by contract, whatever treatment is chosen.",
        Keyword::Act => "What is done to the account itself while its condition is true.",
        Keyword::Treatment => {
            "What to do in some stages, mildest first. The first that fits and may be used is chosen."
        }
        Keyword::Table => {
            "Treatments that stand in a CSV file, one to a row, with conditions and options in its columns."
        }
        Keyword::Outcome => "What the result of a contact does to what the next decision knows.",
        Keyword::Hours => "When people of an occupation are at home.",
        Keyword::Priority => "Who comes first: the greater the number, the earlier.",
        Keyword::Test => "A test of the policy: what an account is like, and what is to be decided.",
        Keyword::Never => "What must never be decided, of any account.",
        Keyword::Always => "What must hold of every decision of which its condition is true.",
        Keyword::Pack => "The head of a pack of law: whose law it is, where it was read, and when.",
        Keyword::Contact => "A class of contacts, for counting.",
        Keyword::Consents => "How long consent of a kind lives, and to whom it must be given.",
        Keyword::Guardrail => "A limit on contact: none at all, only at some hours, only so often, or a rest.",
        Keyword::Exception => "What lifts rules of the same pack.",
        Keyword::Flag => "What is said beside an answer and decides nothing.",
        Keyword::Deadline => "A date that follows from an event or from another deadline.",
        Keyword::Message => "What a message of a form must hold and may hold.",
        Keyword::Procedure => "What satisfies a procedure.",
        Keyword::Reading => "A rule that is the meaning of classes, words or limits of the pack.",
        Keyword::Event => "An event whose date the host gives.",
    }
}

/// What a clause says.
pub(crate) const fn clause_meaning(part: Part) -> &'static str {
    match part {
        Part::Value => "The value.",
        Part::Expression => "The number by which accounts are ordered.",
        Part::Stages => "The stages in which it may be chosen.",
        Part::To => "The stage to which the account goes.",
        Part::When => "The condition: acts only where it is true, not where it is unknown.",
        Part::Unless => "What keeps it from happening: everything but false does, and so does unknown.",
        Part::Then => "What must hold where the condition before it is true.",
        Part::Otherwise => "Takes whatever no statement above it takes.",
        Part::Do => "What is done: one verb with its options.",
        Part::Given => "The account: a map of facts, `quiet`, or `quiet + #{ ... }`.",
        Part::After => "Days after the account was first decided.",
        Part::Expect => "What is to be decided.",
        Part::Options => "Options, by key.",
    }
}
