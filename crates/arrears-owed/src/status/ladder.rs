//! Classes by how long an account is late.

use super::Status;
use super::ladder_terms::{Counts, LadderTerms, Step, Steps};
use crate::regime::{Asked, Rule};
use arrears::Money;
use arrears::document::{Fault, meant};
use chrono::NaiveDate;

/// A ladder of classes, ready to be asked.
pub type Ladder<'r> = Asked<'r, LadderTerms>;

/// How late an account is, as far as a ladder asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lateness {
    /// Nothing is unpaid that fell due.
    NothingUnpaid,
    /// Whole days since the oldest unpaid due date, which is not late itself. Zero: nothing is late.
    /// Under a regime that counts the due date itself, days alone do not say enough.
    DaysPastDue(i64),
    /// Something has been unpaid since a due date, judged at the end of a day.
    Unpaid {
        /// The oldest due date with something unpaid.
        due_on: NaiveDate,
        /// The day at whose end it is judged. Before the due date nothing is late.
        as_of: NaiveDate,
    },
}

/// A class that was reached before, where a regime says when it may be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held<'a> {
    /// The class, by the regime's word.
    pub class: &'a str,
    /// All arrears, of interest and principal.
    pub arrears: Money,
    /// What of them was paid.
    pub paid: Money,
}

/// What a ladder asks of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LadderInput<'a> {
    /// How late it is.
    pub lateness: Lateness,
    /// Its product, where the regime tells products apart.
    pub product: Option<&'a str>,
    /// Whether it is late for a technical reason alone, where the regime excuses that for some days.
    pub technical: bool,
    /// The class that it was in, where the regime says when that may be left.
    pub held: Option<Held<'a>>,
}

/// What becomes of a class that was reached before.
enum Kept<'r> {
    /// The account stays in it.
    Held(Status<'r>),
    /// It may leave it.
    Left { rule: &'r Rule, why: String },
}

impl LadderInput<'_> {
    /// An account of which nothing but its lateness is told.
    pub const fn of(lateness: Lateness) -> Self {
        Self { lateness, product: None, technical: false, held: None }
    }
}

impl<'r> Ladder<'r> {
    /// The class of an account.
    ///
    /// ```
    /// use arrears_owed::Regimes;
    /// use arrears_owed::status::{LadderInput, Lateness};
    /// let regimes = Regimes::shipped();
    /// let due = Lateness::Unpaid { due_on: "2021-03-31".parse()?, as_of: "2021-04-30".parse()? };
    /// let status = regimes.ladder("IN-IRACP")?.classify(&LadderInput::of(due)).map_err(|faults| format!("{faults:?}"))?;
    /// assert_eq!(status.class, "SMA-1");
    /// assert_eq!(status.why, "30 days after the due date, which counts itself: SMA-1 begins on day 30");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with what is told: a negative number of days, a product or a class that
    /// the regime does not have, amounts below zero; or that a rule it needs was not verified.
    pub fn classify(&self, input: &LadderInput<'_>) -> Result<Status<'r>, Vec<Fault>> {
        let mut faults = Vec::new();
        let days = self.days(input.lateness, &mut faults);
        let steps = self.steps(input.product, &mut faults);
        let held = input.held.and_then(|held| self.held(&held, &mut faults));
        if !faults.is_empty() {
            return Err(faults);
        }
        let reached = self.reached(days, steps.unwrap_or_default(), input.technical);
        Ok(match held {
            Some(Kept::Held(held)) if held.rank >= reached.rank => held,
            Some(Kept::Left { rule, why }) => Status { rule, why: format!("{why}; {}", reached.why), ..reached },
            Some(Kept::Held(_)) | None => reached,
        })
    }

    /// The days that count; none: nothing is late.
    fn days(&self, lateness: Lateness, faults: &mut Vec<Fault>) -> Option<i64> {
        let counts = self.terms.counts;
        let refused = match lateness {
            Lateness::NothingUnpaid => return None,
            Lateness::DaysPastDue(days) if days < 0 => format!("found {days}: expected zero or more days"),
            Lateness::DaysPastDue(_) if counts == Counts::FromDueDate => {
                let regime = self.regime.name();
                format!(
                    "`{regime}` counts the due date itself: expected the due date and the day at whose end it is judged"
                )
            }
            Lateness::DaysPastDue(days) => return Some(days).filter(|days| *days > 0),
            Lateness::Unpaid { due_on, as_of } => {
                let days = as_of.signed_duration_since(due_on).num_days();
                let first = i64::from(counts == Counts::AfterDueDate);
                return Some(days).filter(|days| *days >= first);
            }
        };
        faults.push(Fault::new("days_past_due", refused));
        None
    }

    pub(super) fn steps(&self, product: Option<&str>, faults: &mut Vec<Fault>) -> Option<&'r [Step]> {
        let products = match &self.terms.steps {
            Steps::Every(steps) => return Some(steps),
            Steps::ByProduct(products) => products,
        };
        let names = || products.keys().map(String::as_str);
        let known = names().collect::<Vec<_>>().join(", ");
        let message = match product {
            None => format!("missing: expected one of {known}"),
            Some(product) => match products.get(product) {
                Some(steps) => return Some(steps),
                None => format!("`{product}` is no product{}: expected one of {known}", meant(product, names())),
            },
        };
        faults.push(Fault::new("product", message));
        None
    }

    /// The class that days reach.
    fn reached(&self, days: Option<i64>, steps: &'r [Step], technical: bool) -> Status<'r> {
        let best = || self.terms.classes.first().map(String::as_str).unwrap_or_default();
        let Some(days) = days else { return self.status(best(), "nothing is late".to_owned()) };
        let excused = i64::from(self.terms.technical_days);
        if technical && days <= excused {
            let why = format!("{days} days late for a technical reason, which excuses {excused} days");
            return self.status(best(), why);
        }
        let behind = match self.terms.counts {
            Counts::AfterDueDate => "past due",
            Counts::FromDueDate => "after the due date, which counts itself",
        };
        let step = steps.iter().rev().find(|step| i64::from(step.first_day) <= days);
        match (step, steps.first()) {
            (Some(step), _) => {
                let why = format!("{days} days {behind}: {} begins on day {}", step.class, step.first_day);
                self.status(&step.class, why)
            }
            (None, Some(first)) => {
                let why = format!("{days} days {behind}: {} begins only on day {}", first.class, first.first_day);
                self.status(best(), why)
            }
            (None, None) => self.status(best(), "no class is worse".to_owned()),
        }
    }

    /// Whether an account stays in the class that it was in; none if the regime keeps nobody in that.
    fn held(&self, held: &Held<'_>, faults: &mut Vec<Fault>) -> Option<Kept<'r>> {
        let before = faults.len();
        let class = self.terms.classes.iter().find(|class| *class == held.class);
        if class.is_none() {
            let names = self.terms.classes.iter().map(String::as_str);
            let expected = self.terms.classes.join(", ");
            let message =
                format!("`{}` is no class{}: expected one of {expected}", held.class, meant(held.class, names));
            faults.push(Fault::new("held.class", message));
        }
        if held.arrears.currency() != held.paid.currency() {
            let message = format!("{} is not in the currency of the arrears, {}", held.paid, held.arrears.currency());
            faults.push(Fault::new("held.paid", message));
        }
        for (path, amount) in [("held.arrears", held.arrears), ("held.paid", held.paid)] {
            if amount.minor() < 0 {
                faults.push(Fault::new(path, format!("found {amount}: expected zero or more")));
            }
        }
        let upgrade = self.terms.upgrade.as_ref()?;
        let class = class.filter(|class| upgrade.from.contains(class))?;
        let rule = match self.regime.usable(&upgrade.rule) {
            Ok(rule) => rule,
            Err(error) => {
                faults.push(Fault::new("held", error.to_string()));
                return None;
            }
        };
        if faults.len() > before {
            return None;
        }
        let (arrears, paid) = (held.arrears, held.paid);
        if paid.minor() >= arrears.minor() {
            return Some(Kept::Left { rule, why: format!("all arrears, {arrears}, are paid: {class} is left") });
        }
        let why = format!("{paid} of {arrears} arrears are paid: {class} is left only when all are");
        Some(Kept::Held(Status { rule, ..self.status(class, why) }))
    }

    fn status(&self, class: &'r str, why: String) -> Status<'r> {
        let classes = &self.terms.classes;
        let rank = classes.iter().position(|known| known == class).unwrap_or(0);
        Status { class, rank, classes, best_allowed: self.terms.best_allowed, rule: self.rule, why }
    }
}
