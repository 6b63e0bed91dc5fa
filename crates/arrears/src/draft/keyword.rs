//! The words that begin a statement.

use std::fmt;

/// What kind of statement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keyword {
    /// `policy "name" #{ ... };` the head of the file.
    Policy,
    /// `applies when CONDITION;` which accounts the policy is for.
    Applies,
    /// `threshold name = value #{ from, to, why };` a number that a risk officer tunes.
    Threshold,
    /// `fact name = value #{ kind };` a fact of the bank's own.
    Fact,
    /// `values fact = ["a", "b"];` closes an open vocabulary.
    Values,
    /// `assume fact = value #{ why };` what is taken as known where a column is absent.
    Assume,
    /// `define name = CONDITION;` a word of this policy.
    Define,
    /// `sign "text" when CONDITION #{ willingness, ability, lasts };`
    Sign,
    /// `debtor "type" when CONDITION | otherwise #{ review, shows };`
    Debtor,
    /// `hold "name" when CONDITION #{ stops, keeps, scope };`
    Hold,
    /// `stage "name" when CONDITION #{ after, dwell, approval, beside };`
    Stage,
    /// `escalate #{ mode, steps, first };` how accounts move up.
    Escalate,
    /// `ease to "stage" when CONDITION;` a way down.
    Ease,
    /// `cure when CONDITION #{ to, then };` when the arrears are over.
    Cure,
    /// `duty "name" when CONDITION do VERB(...);` what is owed by law or by contract.
    Duty,
    /// `act "name" when CONDITION do VERB(...);` what is done to the account.
    Act,
    /// `treatment "name" in [...] when ... unless ... do VERB(...);`
    Treatment,
    /// `table "FILE.csv" in [...] #{ rows, why };` treatments that stand in a spreadsheet, one to a row.
    Table,
    /// `outcome "code" do EFFECT(...) #{ why };` what a result of a contact does.
    Outcome,
    /// `hours "occupation" #{ from, to };` when people of an occupation are at home.
    Hours,
    /// `priority EXPRESSION;` who comes first.
    Priority,
    /// `test "text" given ... after N expect ...;`
    Test,
    /// `never "text" when CONDITION;` what must never be decided.
    Never,
    /// `always "text" when CONDITION then CONDITION;` what must hold of every decision.
    Always,
    /// `pack "name" #{ ... };` the head of a pack of law.
    Pack,
    /// `contact "class" when CONDITION #{ same, about };` a class of contacts, for counting.
    Contact,
    /// `consents "kind" #{ given_to, days, ends_with };` how long consent of a kind lives.
    Consents,
    /// `guardrail "rule" when CONDITION unless CONDITION do LIMIT(...) #{ cites };` a limit on contact.
    Guardrail,
    /// `exception "rule" when CONDITION #{ lifts };` what lifts rules of the same pack.
    Exception,
    /// `flag "name" when CONDITION;` what is said beside an answer and decides nothing.
    Flag,
    /// `deadline "name" #{ after, days };` a date that follows from another.
    Deadline,
    /// `message "form" #{ needs, may };` what a message of a form holds.
    Message,
    /// `procedure "name" when CONDITION;` what satisfies a procedure.
    Procedure,
    /// `reading "rule" #{ of, cites };` a rule that is the meaning of classes, words or limits.
    Reading,
    /// `event "name" #{ why };` an event whose date the host gives.
    Event,
}

/// Where a statement's name stands and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameForm {
    /// No name.
    None,
    /// A text: `treatment "visit"`.
    Text,
    /// An identifier: `threshold floor`.
    Identifier,
    /// An identifier or a parametric fact: `assume times("refused", 60)`.
    Fact,
}

/// A clause that a statement may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `= value`
    Value,
    /// An expression straight behind the keyword.
    Expression,
    /// `in [...]`
    Stages,
    /// `to "stage"`
    To,
    /// `when CONDITION`
    When,
    /// `unless CONDITION`
    Unless,
    /// `then CONDITION`
    Then,
    /// `otherwise`
    Otherwise,
    /// `do VERB(...)`
    Do,
    /// `given MAP`
    Given,
    /// `after N`
    After,
    /// `expect MAP`
    Expect,
    /// `#{ ... }`
    Options,
}

impl Keyword {
    /// Every keyword, in the order of the handbook.
    pub const ALL: [Self; 35] = [
        Self::Policy,
        Self::Applies,
        Self::Threshold,
        Self::Fact,
        Self::Values,
        Self::Assume,
        Self::Define,
        Self::Sign,
        Self::Debtor,
        Self::Hold,
        Self::Stage,
        Self::Escalate,
        Self::Ease,
        Self::Cure,
        Self::Duty,
        Self::Act,
        Self::Treatment,
        Self::Table,
        Self::Outcome,
        Self::Hours,
        Self::Priority,
        Self::Test,
        Self::Never,
        Self::Always,
        Self::Pack,
        Self::Contact,
        Self::Consents,
        Self::Guardrail,
        Self::Exception,
        Self::Flag,
        Self::Deadline,
        Self::Message,
        Self::Procedure,
        Self::Reading,
        Self::Event,
    ];

    /// Statements that a later version of the language will have. They are named in
    /// the error, so that nobody looks for a spelling mistake.
    pub const LATER: [&'static str; 6] = ["scorecard", "split", "channel", "capacity", "authority", "calendar"];

    /// The word that begins the statement.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Applies => "applies",
            Self::Threshold => "threshold",
            Self::Fact => "fact",
            Self::Values => "values",
            Self::Assume => "assume",
            Self::Define => "define",
            Self::Sign => "sign",
            Self::Debtor => "debtor",
            Self::Hold => "hold",
            Self::Stage => "stage",
            Self::Escalate => "escalate",
            Self::Ease => "ease",
            Self::Cure => "cure",
            Self::Duty => "duty",
            Self::Act => "act",
            Self::Treatment => "treatment",
            Self::Table => "table",
            Self::Outcome => "outcome",
            Self::Hours => "hours",
            Self::Priority => "priority",
            Self::Test => "test",
            Self::Never => "never",
            Self::Always => "always",
            Self::Pack => "pack",
            Self::Contact => "contact",
            Self::Consents => "consents",
            Self::Guardrail => "guardrail",
            Self::Exception => "exception",
            Self::Flag => "flag",
            Self::Deadline => "deadline",
            Self::Message => "message",
            Self::Procedure => "procedure",
            Self::Reading => "reading",
            Self::Event => "event",
        }
    }

    /// The keyword that `word` is.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|keyword| keyword.word() == word)
    }

    /// How the statement is named.
    pub const fn name_form(self) -> NameForm {
        match self {
            Self::Applies | Self::Escalate | Self::Ease | Self::Cure | Self::Priority => NameForm::None,
            Self::Threshold | Self::Fact | Self::Values | Self::Define => NameForm::Identifier,
            Self::Assume => NameForm::Fact,
            _ => NameForm::Text,
        }
    }

    /// Whether a pack of law may have the statement.
    pub const fn in_packs(self) -> bool {
        matches!(
            self,
            Self::Pack
                | Self::Threshold
                | Self::Values
                | Self::Define
                | Self::Duty
                | Self::Contact
                | Self::Consents
                | Self::Guardrail
                | Self::Exception
                | Self::Flag
                | Self::Deadline
                | Self::Message
                | Self::Procedure
                | Self::Reading
                | Self::Event
        )
    }

    /// Whether a bank's policy may have the statement. What lifts a rule, and what the law
    /// says of dates, messages and procedures, stands in packs alone.
    pub const fn in_policies(self) -> bool {
        !matches!(
            self,
            Self::Pack
                | Self::Consents
                | Self::Exception
                | Self::Deadline
                | Self::Message
                | Self::Procedure
                | Self::Reading
                | Self::Event
        )
    }

    /// The clauses that the statement may have, in the order in which they are written.
    pub const fn parts(self) -> &'static [Part] {
        match self {
            Self::Policy
            | Self::Escalate
            | Self::Hours
            | Self::Pack
            | Self::Consents
            | Self::Deadline
            | Self::Message
            | Self::Reading
            | Self::Event => &[Part::Options],
            Self::Applies => &[Part::When],
            Self::Threshold | Self::Fact | Self::Assume => &[Part::Value, Part::Options],
            Self::Values | Self::Define => &[Part::Value],
            Self::Sign
            | Self::Hold
            | Self::Stage
            | Self::Cure
            | Self::Contact
            | Self::Exception
            | Self::Flag
            | Self::Procedure => &[Part::When, Part::Options],
            Self::Guardrail => &[Part::When, Part::Unless, Part::Do, Part::Options],
            Self::Debtor => &[Part::When, Part::Otherwise, Part::Options],
            Self::Ease => &[Part::To, Part::When, Part::Options],
            Self::Duty | Self::Act => &[Part::When, Part::Do, Part::Options],
            Self::Treatment => &[Part::Stages, Part::When, Part::Unless, Part::Do, Part::Options],
            Self::Table => &[Part::Stages, Part::When, Part::Unless, Part::Options],
            Self::Outcome => &[Part::Do, Part::Options],
            Self::Priority => &[Part::Expression],
            Self::Test => &[Part::Given, Part::After, Part::Expect],
            Self::Never => &[Part::When],
            Self::Always => &[Part::When, Part::Then],
        }
    }

    /// The clauses without which the statement says nothing.
    pub const fn needs(self) -> &'static [Part] {
        match self {
            Self::Policy | Self::Escalate | Self::Debtor | Self::Table | Self::Pack | Self::Consents | Self::Event => {
                &[]
            }
            Self::Applies
            | Self::Sign
            | Self::Hold
            | Self::Stage
            | Self::Cure
            | Self::Never
            | Self::Contact
            | Self::Exception
            | Self::Flag
            | Self::Procedure => &[Part::When],
            Self::Threshold | Self::Fact | Self::Assume | Self::Values | Self::Define => &[Part::Value],
            Self::Ease => &[Part::To, Part::When],
            Self::Duty | Self::Act => &[Part::When, Part::Do],
            Self::Treatment => &[Part::Stages, Part::Do],
            Self::Outcome | Self::Guardrail => &[Part::Do],
            Self::Hours | Self::Deadline | Self::Message | Self::Reading => &[Part::Options],
            Self::Priority => &[Part::Expression],
            Self::Test => &[Part::Given, Part::Expect],
            Self::Always => &[Part::When, Part::Then],
        }
    }
}

impl Part {
    /// The word or sign that begins the clause, as the author writes it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Value => "=",
            Self::Expression => "an expression",
            Self::Stages => "in",
            Self::To => "to",
            Self::When => "when",
            Self::Unless => "unless",
            Self::Then => "then",
            Self::Otherwise => "otherwise",
            Self::Do => "do",
            Self::Given => "given",
            Self::After => "after",
            Self::Expect => "expect",
            Self::Options => "#{ ... }",
        }
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
