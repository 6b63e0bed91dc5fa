//! Accounts that stand otherwise under one policy than under another.

use super::{Count, Met, Money, Standing, Sum};
use arrears_batch::BETWEEN;
use serde::Serialize;

/// Accounts that moved: of those that both policies decide, those whose stage, action, treatment or debtor type
/// differs. An account of which several differ counts under each of these, and once under `any`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// All that moved.
    pub any: Count,
    /// To another stage.
    pub stage: Count,
    /// To another action.
    pub action: Count,
    /// To another treatment, to none, or from none.
    pub treatment: Count,
    /// To another debtor type; one of several types is such a type.
    pub debtor_type: Count,
    /// Those that get a contact now and got none.
    pub into_contact: Count,
    /// Those that got a contact and get none now.
    pub out_of_contact: Count,
}

/// What differs between two standings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Differs {
    pub(crate) stage: bool,
    pub(crate) action: bool,
    pub(crate) treatment: bool,
    pub(crate) debtor_type: bool,
}

impl Differs {
    pub(crate) fn between(a: &Standing, b: &Standing) -> Self {
        Self {
            stage: a.stage != b.stage,
            action: a.action != b.action,
            treatment: a.treatment != b.treatment,
            debtor_type: a.debtor_type != b.debtor_type,
        }
    }

    pub(crate) const fn any(self) -> bool {
        self.stage || self.action || self.treatment || self.debtor_type
    }

    /// What differs, as one cell of a table: `stage; action`.
    pub(crate) fn words(self) -> String {
        let all = [
            (self.stage, "stage"),
            (self.action, "action"),
            (self.treatment, "treatment"),
            (self.debtor_type, "debtor_type"),
        ];
        let words: Vec<&str> = all.into_iter().filter_map(|(differs, word)| differs.then_some(word)).collect();
        words.join(BETWEEN)
    }
}

impl Moved {
    /// Counts those that moved among accounts that met.
    pub(crate) fn of(met: &[Met<'_>], money: Money) -> Self {
        let count = |moved: fn(&Met<'_>) -> bool| {
            money.count(met.iter().filter(|met| moved(met)).map(|met| met.sum).collect::<Sum>())
        };
        Self {
            any: count(|met| met.differs.any()),
            stage: count(|met| met.differs.stage),
            action: count(|met| met.differs.action),
            treatment: count(|met| met.differs.treatment),
            debtor_type: count(|met| met.differs.debtor_type),
            into_contact: count(|met| !met.a.is_contact() && met.b.is_contact()),
            out_of_contact: count(|met| met.a.is_contact() && !met.b.is_contact()),
        }
    }
}
