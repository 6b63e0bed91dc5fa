//! What a policy or a pack of law says, in plain English: conditions, numbers and names, with links to what explains
//! them.
//!
//! A condition becomes a [`Clause`]: sentences joined by *and* and *or*. Every fact is said by its meaning, never by
//! the name of its column; a threshold by its value with its name behind it; a word of the policy (`define`) in
//! quotation marks, with a link to where the word is explained.

mod anchors;
mod clause;
mod comparisons;
mod facts;
mod happening;
mod meaning;
mod names;
mod numbers;
mod phrase;
mod prose;
mod vocabulary;

pub use anchors::Anchors;
pub use clause::Clause;
pub use prose::{Piece, Prose};

pub(crate) use names::{article, counted, grouped, human, listed};
pub(crate) use vocabulary::{outcome_noun, verb_noun};

use arrears::condition::{Cond, FactId, Num, ThresholdId};
use arrears::policy::Threshold;
use arrears::{Cell, Input, Kind, Pack, Policy};

/// Who says something: a policy, or a pack of law.
#[derive(Clone, Copy, Debug)]
enum Speaker<'a> {
    Policy(&'a Policy),
    Pack(&'a Pack),
    /// The rules of the house, which stand in a policy and read its thresholds and words.
    House(&'a Pack, &'a Policy),
}

/// Says what one policy or one pack of law says.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'a> {
    speaker: Speaker<'a>,
    anchors: Option<&'a Anchors>,
}

impl<'a> Wording<'a> {
    /// The words of a policy, with links where there are anchors.
    pub const fn of_policy(policy: &'a Policy, anchors: Option<&'a Anchors>) -> Self {
        Self { speaker: Speaker::Policy(policy), anchors }
    }

    /// The words of a pack of law. Its thresholds and classes have no place of their own, so nothing is linked.
    pub const fn of_pack(pack: &'a Pack) -> Self {
        Self { speaker: Speaker::Pack(pack), anchors: None }
    }

    /// The words of the rules of the house that a policy has; its thresholds and words are the policy's.
    pub const fn of_house(pack: &'a Pack, policy: &'a Policy, anchors: Option<&'a Anchors>) -> Self {
        Self { speaker: Speaker::House(pack, policy), anchors }
    }

    /// A condition in plain words.
    ///
    /// ```
    /// use arrears::build::{Build, fact};
    /// use arrears_workbench::wording::Wording;
    ///
    /// let when = fact("dpd").ge(31).and(fact("hostile"));
    /// let policy = Build::policy("small", "EUR").stage("firm", when).check()?;
    /// let when = policy.stages()[1].when.as_ref().ok_or("no condition")?;
    /// let said = Wording::of_policy(&policy, None).condition(when).sentence().text();
    /// assert_eq!(said, "at least 31 days past due, and the person was hostile at a contact of this episode");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn condition(&self, cond: &Cond) -> Clause {
        phrase::clause(self, cond)
    }

    /// A number in plain words: `30 days (demand wait)`, `the overdue amount`.
    pub fn number(&self, num: &Num) -> Prose {
        numbers::said(self, num)
    }

    /// What a fact means, as a noun: `the number of days past due`, `whether the debt is disputed`.
    pub fn fact(&self, id: FactId) -> Prose {
        phrase::noun(self, id)
    }

    /// A value of a fact with what it means: `12 days past due`, `the debt is disputed`.
    pub fn value_of(&self, id: FactId, cell: Cell) -> Prose {
        phrase::value_of(self, id, cell)
    }

    /// A number with its unit, as people write it: `30 days`, `5,000.00 CNY`.
    pub fn value(&self, value: i64, kind: Kind) -> String {
        let shown = match self.speaker {
            Speaker::Policy(policy) | Speaker::House(_, policy) => policy.show(value, kind),
            Speaker::Pack(_) => Pack::value_in_words(value, kind),
        };
        match kind {
            Kind::Days => counted(value, "day", "days"),
            Kind::Money | Kind::Count => grouped(&shown),
            Kind::Ratio | Kind::Flag | Kind::Category => shown,
        }
    }

    fn input(&self, id: FactId) -> Option<&'a Input> {
        match self.speaker {
            Speaker::Policy(policy) => policy.input(id),
            Speaker::Pack(pack) | Speaker::House(pack, _) => pack.inputs().get(id.index()),
        }
    }

    fn threshold(&self, id: ThresholdId) -> Option<(&'a Threshold, i64)> {
        match self.speaker {
            Speaker::Policy(policy) => Some((policy.thresholds().get(id.index())?, policy.threshold_value(id)?)),
            Speaker::Pack(pack) | Speaker::House(pack, _) => {
                Some((pack.thresholds().get(id.index())?, pack.threshold_values().get(id.index()).copied()?))
            }
        }
    }

    fn types(&self) -> Vec<&'a str> {
        match self.speaker {
            Speaker::Policy(policy) => policy.debtor_types().iter().map(|kind| kind.name.as_str()).collect(),
            Speaker::Pack(_) | Speaker::House(..) => Vec::new(),
        }
    }

    /// A name of the policy, linked to where it is explained.
    fn named(&self, keyword: arrears::draft::Keyword, name: &str) -> Prose {
        let said = format!("\u{201c}{}\u{201d}", human(name));
        match self.anchors.and_then(|anchors| anchors.of(keyword, name)) {
            Some(anchor) => Prose::link(said, anchor),
            None => Prose::plain(said),
        }
    }
}
