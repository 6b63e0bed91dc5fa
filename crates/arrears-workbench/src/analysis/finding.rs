//! What an analysis finds.

use crate::proof::Account;
use arrears::{Policy, Span};
use serde::Serialize;

/// What kind of thing was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A `never` that an account breaks.
    NeverBroken,
    /// An `always` that an account breaks.
    AlwaysBroken,
    /// No account can make the statement do anything.
    NeverFires,
    /// A debtor type, or a treatment, whose accounts are all taken by those above it.
    Shadowed,
    /// A stage that no account can come to.
    UnreachableStage,
    /// A treatment that is never chosen, though its own condition can hold.
    UnreachableTreatment,
    /// A treatment that a rule refuses in every case.
    NeverPermitted,
    /// A cure or an ease that can lead no account down.
    CureImpossible,
    /// A stage that nothing leaves, not even when all is paid, or not as long as something holds that no payment ends.
    NoExit,
    /// A stage whose accounts all belong in a more severe one.
    NestedStage,
    /// A value inside a threshold's range with which a statement can never hold.
    EmptyThreshold,
    /// An account in a stage of which no treatment fits or can reach it, or in no stage at all between two stages.
    Gap,
    /// A debtor type that is told by lateness and nothing else.
    LatenessAlone,
    /// A table of which nearly every late account is left to the last type.
    OtherwiseShare,
    /// Two debtor types, or two treatments that do the same, that both fit an account, so that their order decides.
    Overlap,
}

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// What the policy itself says must not be.
    Fault,
    /// Probably not what its author meant.
    Warning,
    /// Worth knowing.
    Information,
}

/// A statement of the policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct StatementAt {
    /// Its keyword: `treatment`.
    pub statement: &'static str,
    /// Its name; of a cure or an ease the stage to which it leads.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// The file and line, where it has one: `cn-card.rhai:71`.
    pub place: Option<String>,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of thing.
    pub kind: Kind,
    /// How much it matters.
    pub severity: Severity,
    /// The statement at fault.
    pub at: StatementAt,
    /// Other statements that explain it.
    pub others: Vec<StatementAt>,
    /// What was found, in a sentence.
    pub says: String,
    /// An account that shows it, decided by the engine; none where the finding is that there is no such account.
    pub account: Option<Account>,
    /// What was proved of every account, or counted in a table, where that is the finding.
    pub proved: Option<String>,
}

/// What could not be analysed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Open {
    /// What was asked.
    pub kind: Kind,
    /// The statement.
    pub at: StatementAt,
    /// Why it is not known.
    pub why: String,
}

impl Kind {
    /// Every kind, the gravest first.
    pub const ALL: [Self; 15] = [
        Self::NeverBroken,
        Self::AlwaysBroken,
        Self::NeverFires,
        Self::Shadowed,
        Self::UnreachableStage,
        Self::UnreachableTreatment,
        Self::NeverPermitted,
        Self::CureImpossible,
        Self::NoExit,
        Self::NestedStage,
        Self::EmptyThreshold,
        Self::Gap,
        Self::LatenessAlone,
        Self::OtherwiseShare,
        Self::Overlap,
    ];

    /// The word in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NeverBroken => "never_broken",
            Self::AlwaysBroken => "always_broken",
            Self::NeverFires => "never_fires",
            Self::Shadowed => "shadowed",
            Self::UnreachableStage => "unreachable_stage",
            Self::UnreachableTreatment => "unreachable_treatment",
            Self::NeverPermitted => "never_permitted",
            Self::CureImpossible => "cure_impossible",
            Self::NoExit => "no_exit",
            Self::NestedStage => "nested_stage",
            Self::EmptyThreshold => "empty_threshold",
            Self::Gap => "gap",
            Self::LatenessAlone => "lateness_alone",
            Self::OtherwiseShare => "otherwise_share",
            Self::Overlap => "overlap",
        }
    }

    /// How much it matters.
    pub const fn severity(self) -> Severity {
        match self {
            Self::NeverBroken | Self::AlwaysBroken => Severity::Fault,
            Self::Overlap => Severity::Information,
            _ => Severity::Warning,
        }
    }
}

impl StatementAt {
    pub(crate) fn new(policy: &Policy, statement: &'static str, name: &str, span: Span) -> Self {
        Self { statement, name: name.to_owned(), span, place: place(policy, span) }
    }
}

/// The file and line of a span.
fn place(policy: &Policy, span: Span) -> Option<String> {
    let source = policy.sources().get(usize::from(span.file)).filter(|_| span.is_some())?;
    let before = source.text.get(..usize::try_from(span.start).ok()?)?;
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let name = source.name.rsplit(['/', '\\']).next().unwrap_or(&source.name);
    Some(format!("{name}:{line}"))
}
