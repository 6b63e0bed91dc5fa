//! Settlement: less than is owed, accepted in full.

use arrears::account::{Amount, Part};
use arrears::document::Fault;
use arrears::{Currency, Money};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde::Serialize;

/// Millionths of a whole, in which shares are kept.
const MILLIONTHS: i128 = 1_000_000;

/// How much of a debt a role may let go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The role, by the bank's name.
    pub role: String,
    /// The largest share of what is owed that it may let go, in millionths; from 0 to 1,000,000.
    pub upto: i64,
}

/// How a bank settles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlementRules {
    /// Who may let go of how much; the limits rise.
    pub authority: Vec<Authority>,
    /// Days for which an offer stands; the last of them counts.
    pub stands_for: u32,
    /// In at most so many monthly parts; 1: in one sum.
    pub parts: u32,
    /// What is accepted is a multiple of this, in minor units, always rounded up; at least 1.
    pub unit: i64,
}

/// An offer to accept less than is owed, in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settlement {
    /// The currency.
    pub currency: Currency,
    /// What is owed, in minor units.
    pub owed: i64,
    /// What is accepted in full.
    pub accepted: i64,
    /// What is let go once all of it is paid in time; never more than was asked for, and never more than the
    /// authority.
    pub let_go: i64,
    /// The lowest role that may approve it.
    pub authority: String,
    /// The day on which it was made.
    pub made_on: NaiveDate,
    /// The last day on which it can be taken, by paying the first part.
    pub stands_until: NaiveDate,
    /// What is paid when. All parts together are what is accepted.
    pub parts: Vec<Part>,
}

/// Why there is no settlement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettlementError {
    /// What is asked for contradicts itself.
    #[error("no settlement can be offered: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Asked(Vec<Fault>),
    /// No role may let go of so much.
    #[error("{let_go} of {owed} would be let go, and nobody may let go of more than {most}, as `{role}` may")]
    AboveAuthority {
        /// What would be let go.
        let_go: Money,
        /// What is owed.
        owed: Money,
        /// The most that anybody may let go of.
        most: Money,
        /// Who may.
        role: String,
    },
}

impl Settlement {
    /// The offer that lets go of a share of what is owed, in millionths.
    ///
    /// What is let go is rounded down, to whole units of what is accepted, so that no rounding carries an offer
    /// over a limit.
    ///
    /// ```
    /// use arrears_owed::arrangement::{Authority, Settlement, SettlementRules};
    /// let may = |role: &str, upto| Authority { role: role.to_owned(), upto };
    /// let rules = SettlementRules {
    ///     authority: vec![may("collector", 50_000), may("manager", 300_000)], stands_for: 30, parts: 1, unit: 100,
    /// };
    /// let offer = Settlement::of(&rules, "EUR".parse()?, 123_456, 200_000, "2026-11-27".parse()?)?;
    /// assert_eq!((offer.accepted, offer.let_go), (98_800, 24_656)); // 987.65 rounded up to whole euros
    /// assert_eq!((offer.authority.as_str(), offer.stands_until.to_string().as_str()), ("manager", "2026-12-27"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SettlementError`] if what is asked for contradicts itself, or no role may approve it.
    pub fn of(
        rules: &SettlementRules,
        currency: Currency,
        owed: i64,
        share: i64,
        made_on: NaiveDate,
    ) -> Result<Self, SettlementError> {
        let mut faults = rules.problems();
        if owed <= 0 {
            faults.push(Fault::new("owed", format!("found {owed}: expected more than zero to settle")));
        }
        if !(1..=1_000_000).contains(&share) {
            let message = format!("found {}: expected a share above 0 and at most 1", shown(share));
            faults.push(Fault::new("share", message));
        }
        let stands_until = made_on.checked_add_days(Days::new(u64::from(rules.stands_for)));
        let (true, Some(stands_until)) = (faults.is_empty(), stands_until) else {
            if stands_until.is_none() {
                faults.push(Fault::new("stands_for", "the calendar does not reach its last day"));
            }
            return Err(SettlementError::Asked(faults));
        };
        let accepted = accepted(owed, share, rules.unit);
        let let_go = owed - accepted;
        let may = rules.authority.iter().find(|authority| authority.covers(let_go, owed));
        let money = |minor| Money::from_minor(minor, currency);
        let Some(may) = may else {
            let most = rules.authority.last();
            return Err(SettlementError::AboveAuthority {
                let_go: money(let_go),
                owed: money(owed),
                most: money(most.map_or(0, |most| most.most_of(owed))),
                role: most.map_or_else(String::new, |most| most.role.clone()),
            });
        };
        let parts = parts(accepted, rules, stands_until, currency);
        let authority = may.role.clone();
        Ok(Self { currency, owed, accepted, let_go, authority, made_on, stands_until, parts })
    }

    /// Whether the offer can still be taken on a day.
    pub fn is_live(&self, on: NaiveDate) -> bool {
        self.made_on <= on && on <= self.stands_until
    }

    /// The role that has to approve the offer where `role` makes it; none if that role may. A role that the rules do
    /// not know may let go of nothing.
    pub fn needs(&self, rules: &SettlementRules, role: &str) -> Option<&str> {
        let mine = rules.authority.iter().find(|authority| authority.role == role);
        let may = mine.is_some_and(|mine| mine.covers(self.let_go, self.owed));
        (!may && self.let_go > 0).then_some(self.authority.as_str())
    }
}

/// The one offer of several that can still be taken on a day: the last that was made, if it stands.
///
/// An offer takes the place of those before it, so that at most one is live: an earlier one that would stand longer
/// does not come back when the later one lapses.
///
/// ```
/// use arrears_owed::arrangement::live;
/// assert_eq!(live(&[], "2026-11-27".parse()?), None);
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub fn live(offers: &[Settlement], on: NaiveDate) -> Option<&Settlement> {
    let made = offers.iter().filter(|offer| offer.made_on <= on);
    // Of two of one day the one that stands later in the list was made later.
    made.max_by_key(|offer| offer.made_on).filter(|offer| offer.is_live(on))
}

impl Authority {
    /// Whether so much of what is owed may be let go.
    fn covers(&self, let_go: i64, owed: i64) -> bool {
        i128::from(let_go) * MILLIONTHS <= i128::from(self.upto) * i128::from(owed)
    }

    /// The most of what is owed that may be let go, in minor units.
    pub fn most_of(&self, owed: i64) -> i64 {
        let most = i128::from(self.upto) * i128::from(owed.max(0)) / MILLIONTHS;
        i64::try_from(most).unwrap_or(owed)
    }
}

impl SettlementRules {
    /// Everything in which the rules contradict themselves.
    pub fn problems(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.authority.is_empty() {
            faults.push(Fault::new("authority", "the list is empty: expected at least one role with its limit"));
        }
        for (index, authority) in self.authority.iter().enumerate() {
            let at = format!("authority[{index}]");
            let before = self.authority.get(..index).unwrap_or_default();
            if !(0..=1_000_000).contains(&authority.upto) {
                let message = format!("found {}: expected a share from 0 to 1", shown(authority.upto));
                faults.push(Fault::new(format!("{at}.upto"), message));
            }
            if let Some(last) = before.last().filter(|last| last.upto >= authority.upto) {
                let message = format!(
                    "found {} after {} of `{}`: expected limits that rise",
                    shown(authority.upto),
                    shown(last.upto),
                    last.role
                );
                faults.push(Fault::new(format!("{at}.upto"), message));
            }
            if before.iter().any(|one| one.role == authority.role) {
                let message = format!("`{}` stands twice: expected each role once", authority.role);
                faults.push(Fault::new(format!("{at}.role"), message));
            }
        }
        if self.parts == 0 {
            faults.push(Fault::new("parts", "found 0: expected at least one part"));
        }
        if self.unit <= 0 {
            faults.push(Fault::new("unit", format!("found {}: expected at least 1", self.unit)));
        }
        faults
    }
}

/// What is accepted of what is owed: rounded up to whole units, never more than is owed.
fn accepted(owed: i64, share: i64, unit: i64) -> i64 {
    let kept = i128::from(owed) * (MILLIONTHS - i128::from(share));
    let divisor = MILLIONTHS * i128::from(unit);
    let units = kept / divisor + i128::from(kept % divisor != 0);
    i64::try_from(units * i128::from(unit)).unwrap_or(owed).min(owed)
}

/// What is paid when: the first part by the last day of the offer, the others by the month. The first parts are
/// whole units, the last is what is left. There are fewer parts than may be where there are fewer units, so that
/// the first is never put off.
fn parts(accepted: i64, rules: &SettlementRules, first: NaiveDate, currency: Currency) -> Vec<Part> {
    let units = u32::try_from((accepted / rules.unit).max(1)).unwrap_or(u32::MAX);
    let count = rules.parts.max(1).min(units);
    let each = (accepted / i64::from(count)).div_euclid(rules.unit) * rules.unit;
    let mut parts = Vec::new();
    let mut left = accepted;
    for number in 0..count {
        let last = number + 1 == count;
        let amount = if last { left } else { each };
        left -= amount;
        if amount > 0 {
            let due_on = arrears::account::MonthEnd::Clamp.after(first, number);
            parts.push(Part { due_on, amount: Amount::from_minor(amount, currency) });
        }
    }
    parts
}

/// A share as it is written: 0.2.
fn shown(share: i64) -> Decimal {
    Decimal::new(share, 6).normalize()
}
