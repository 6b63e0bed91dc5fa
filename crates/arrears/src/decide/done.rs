//! What was done after a decision, and with which result.

use crate::facts::{Channel, ContactPoint, EffectWord};
use crate::number::Money;
use chrono::NaiveDate;

/// One thing that was done, or not done, after a decision.
///
/// ```
/// use arrears::Done;
/// use arrears::facts::ContactPoint;
///
/// let done = Done {
///     treatment: Some("afternoon_call".to_owned()),
///     point: Some(ContactPoint::Mobile),
///     outcome: Some("wrong_number".to_owned()),
///     ..Done::on("2026-11-30".parse()?)
/// };
/// assert!(done.carried_out);
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The day.
    pub on: NaiveDate,
    /// The treatment, by name; the one that was decided if none.
    pub treatment: Option<String>,
    /// Whether it was carried out. If not, its count in the episode is given back; its
    /// rest stays, because a rest never causes a contact.
    pub carried_out: bool,
    /// The channel that was used; that of the treatment if none.
    pub channel: Option<Channel>,
    /// The number that was used; the treatment's only number if none.
    pub point: Option<ContactPoint>,
    /// The code of the result, as in [`crate::facts::outcome_table`].
    pub outcome: Option<String>,
    /// The day on which the person asked to be called again.
    pub call_back_on: Option<NaiveDate>,
    /// The amount that was promised.
    pub amount: Option<Money>,
    /// The day for which it was promised.
    pub due_on: Option<NaiveDate>,
}

impl Done {
    /// The decided treatment was carried out on a day, and nothing is known of its result.
    pub const fn on(on: NaiveDate) -> Self {
        Self {
            on,
            treatment: None,
            carried_out: true,
            channel: None,
            point: None,
            outcome: None,
            call_back_on: None,
            amount: None,
            due_on: None,
        }
    }
}

/// What was learned from one thing done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Applied {
    /// The code of the result; none where the change follows from the work itself.
    pub code: Option<&'static str>,
    /// What changed.
    pub change: Change,
}

/// A change to the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// A treatment that was done without having been decided was counted.
    Counted,
    /// The count of a treatment that was not carried out was given back.
    GivenBack,
    /// An effect of an `outcome` statement.
    Effect(EffectWord),
}

impl Change {
    /// The word in summaries: that of the effect, or `counted`, `given_back`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::GivenBack => "given_back",
            Self::Effect(effect) => effect.word(),
        }
    }
}

/// Why what was done cannot be taken in: everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoneProblem(pub Vec<DoneFault>);

/// One thing that is wrong with what was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`: {message}")]
pub struct DoneFault {
    /// The field of [`Done`], by the name of its column in a table; `done` is
    /// [`Done::carried_out`].
    pub field: &'static str,
    /// What is wrong with it, what was expected, and how to mend it.
    pub message: String,
}

impl std::fmt::Display for DoneProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let join = if index > 0 { "; " } else { "" };
            write!(f, "{join}{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for DoneProblem {}
