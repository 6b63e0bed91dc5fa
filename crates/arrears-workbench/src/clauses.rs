//! The statements of a policy that take part in a decision, with what each asks.

use arrears::condition::{Cond, CondKind, RowReading, WordSet};
use arrears::{Cell, Decision, Policy, Row, Span};

/// A statement, by its position among its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Position {
    Sign(usize),
    Hold(usize),
    Type(usize),
    Stage(usize),
    Ease(usize),
    Cure(usize),
    Duty(usize),
    Act(usize),
    Treatment(usize),
}

/// A statement that takes part in a decision.
#[derive(Clone, Debug)]
pub(crate) struct Statement<'a> {
    pub(crate) position: Position,
    /// The name as the policy has it; of a way down, the stage that it leads to.
    pub(crate) name: &'a str,
    pub(crate) span: Span,
    /// What it asks: none for `otherwise` and for a treatment that always fits.
    pub(crate) when: Option<&'a Cond>,
    /// What keeps a treatment from going ahead.
    pub(crate) unless: Option<&'a Cond>,
}

impl Position {
    /// The statement's keyword.
    pub(crate) const fn keyword(self) -> &'static str {
        match self {
            Self::Sign(_) => "sign",
            Self::Hold(_) => "hold",
            Self::Type(_) => "debtor",
            Self::Stage(_) => "stage",
            Self::Ease(_) => "ease",
            Self::Cure(_) => "cure",
            Self::Duty(_) => "duty",
            Self::Act(_) => "act",
            Self::Treatment(_) => "treatment",
        }
    }
}

impl Statement<'_> {
    /// As a decision names it among its rules: `stage firm`.
    pub(crate) fn title(&self) -> String {
        match self.position {
            Position::Ease(_) | Position::Cure(_) => format!("{} to {}", self.position.keyword(), self.name),
            _ => format!("{} {}", self.position.keyword(), self.name),
        }
    }
}

/// Every statement that takes part in a decision, in the order of the decision. `current` is none.
pub(crate) fn statements(policy: &Policy) -> Vec<Statement<'_>> {
    let mut all = Vec::new();
    let mut add = |position, name, span, when, unless| all.push(Statement { position, name, span, when, unless });
    let stage_name = |id: arrears::policy::StageId| policy.stages().get(id.index()).map_or("", |to| to.name.as_str());
    for (index, it) in policy.signs().iter().enumerate() {
        add(Position::Sign(index), it.name.as_str(), it.span, Some(&it.when), None);
    }
    for (index, it) in policy.holds().iter().enumerate() {
        add(Position::Hold(index), &it.name, it.span, Some(&it.when), None);
    }
    for (index, it) in policy.debtor_types().iter().enumerate() {
        add(Position::Type(index), &it.name, it.span, it.when.as_ref(), None);
    }
    for (index, it) in policy.stages().iter().enumerate().skip(1) {
        add(Position::Stage(index), &it.name, it.span, it.when.as_ref(), None);
    }
    for (index, it) in policy.cures().iter().enumerate() {
        add(Position::Cure(index), stage_name(it.to), it.span, Some(&it.when), None);
    }
    for (index, it) in policy.eases().iter().enumerate() {
        add(Position::Ease(index), stage_name(it.to), it.span, Some(&it.when), None);
    }
    for (index, it) in policy.duties().iter().enumerate() {
        add(Position::Duty(index), &it.name, it.span, Some(&it.when), None);
    }
    for (index, it) in policy.acts().iter().enumerate() {
        add(Position::Act(index), &it.name, it.span, Some(&it.when), None);
    }
    for (index, it) in policy.treatments().iter().enumerate() {
        add(Position::Treatment(index), &it.name, it.span, it.when.as_ref(), it.unless.as_ref());
    }
    all
}

/// The parts of a condition that ask something of a fact, in the order in which they stand; of a word of the policy,
/// what it stands for.
pub(crate) fn leaves(cond: &Cond) -> Vec<&Cond> {
    let mut leaves = Vec::new();
    cond.each(&mut |part| {
        let joins = matches!(
            part.kind,
            CondKind::Not(_) | CondKind::All(_) | CondKind::Any(_) | CondKind::Coalesce(..) | CondKind::Define(..)
        );
        if !joins {
            leaves.push(part);
        }
    });
    leaves
}

/// What conditions of a policy are read with after a decision: the facts, its stage, its debtor types.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    cells: Vec<Cell>,
    thresholds: Vec<i64>,
    types: WordSet,
}

impl Read {
    pub(crate) fn after(policy: &Policy, row: &Row, decision: &Decision) -> Self {
        let mut cells = row.cells().to_vec();
        if let Some(slot) = policy.engine_facts().current_stage.and_then(|fact| cells.get_mut(fact.index())) {
            *slot = Cell::number(i64::from(decision.stage.position()));
        }
        let thresholds = policy.threshold_values().map(|(_, value)| value).collect();
        Self { cells, thresholds, types: decision.types }
    }

    pub(crate) fn reading(&self) -> RowReading<'_> {
        RowReading { cells: &self.cells, thresholds: &self.thresholds, types: self.types }
    }
}
