//! What is still true of a debt that was charged off or sold.
//!
//! A charge-off is a matter of the bank's books: the debt lives on, what is recovered reduces it, and
//! the rules on contact bind as before. A sale is not: the debt belongs to somebody else, and the bank
//! does not contact the debtor about it. Neither is contacted about a debt that is settled.

use crate::finding::{Finding, Met};
use arrears::account::{Account, Conventions, Happening, Standing};
use arrears::{Facts, Money, Value};
use chrono::NaiveDate;
use serde::Serialize;

/// A statement about a debt that was charged off or sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StillTrue {
    /// The debtor still owes it.
    DebtAlive,
    /// It is still the bank's.
    BanksOwn,
    /// The bank may have a reason to contact the debtor about it, as far as the rules on contact let it.
    MayBeContacted,
}

/// A debt, as it stands after a charge-off or a sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterChargeOff {
    /// The day on which it was charged off; none: it is not charged off, or that is not known.
    pub charged_off_on: Option<NaiveDate>,
    /// The day on which it was sold; none: it is not sold, or that is not known.
    pub sold_on: Option<NaiveDate>,
    /// What was paid or credited since the day of the charge-off, that day included, and not given
    /// back. Zero where it is not charged off.
    pub recovered: Money,
    /// What is open of what was asked for.
    pub open: Money,
    /// What is still true of it, with why.
    pub still: Vec<Finding<StillTrue>>,
}

/// How a debt stands on a day, by what was known on a day.
///
/// `charged_off`, `sold` and `closed` are read as the history tells them: where it is not complete in
/// flags and no event speaks of one, that is not known.
pub fn after_charge_off(
    account: &Account,
    as_of: NaiveDate,
    known_by: NaiveDate,
    conventions: &Conventions,
) -> AfterChargeOff {
    let flag = |name: &str, on: NaiveDate| match Facts::of(account, on, known_by, conventions).get(name) {
        Some(Value::Flag(set)) => Met::from(*set),
        _ => Met::Unknown,
    };
    let since = |name: &str| since(account, name, as_of, known_by, |on| flag(name, on));
    let (charged_off_on, sold_on) = (since("charged_off"), since("sold"));
    let standing = account.standing(as_of, known_by, conventions);
    let settled =
        |standing: &Standing| standing.items.iter().map(|item| i128::from(item.settled.minor())).sum::<i128>();
    let recovered = charged_off_on
        .and_then(|on| on.pred_opt())
        .map_or(0, |before| settled(&standing) - settled(&account.standing(before, known_by, conventions)));
    let open: i128 = standing.items.iter().map(|item| i128::from(item.open.minor())).sum();
    let money = |minor: i128| Money::from_minor(i64::try_from(minor.max(0)).unwrap_or(i64::MAX), account.currency());
    let (recovered, open) = (money(recovered), money(open));
    let alive = match flag("closed", as_of) {
        Met::Met => Finding::new(StillTrue::DebtAlive, false, "the account is closed"),
        _ if open.minor() > 0 => {
            let why = match charged_off_on {
                Some(on) => format!("{open} is open; the charge-off of {on} changes the books, not the debt"),
                None => format!("{open} is open"),
            };
            Finding::new(StillTrue::DebtAlive, true, why)
        }
        _ => Finding::new(StillTrue::DebtAlive, false, "nothing is open"),
    };
    let own = match (flag("sold", as_of), sold_on) {
        (Met::Met, Some(on)) => Finding::new(StillTrue::BanksOwn, false, format!("it was sold on {on}")),
        (Met::Met, None) => Finding::new(StillTrue::BanksOwn, false, "it was sold"),
        (Met::NotMet, _) => Finding::new(StillTrue::BanksOwn, true, "it was not sold"),
        (Met::Unknown, _) => Finding::new(StillTrue::BanksOwn, Met::Unknown, "whether it was sold is not known"),
    };
    let contact = match Met::all([alive.met, own.met]) {
        Met::Met => "the rules on contact bind as before",
        Met::NotMet => "a debt that is sold or settled is no reason for a contact",
        Met::Unknown => "whether it is still the bank's is not known",
    };
    let contact = Finding::new(StillTrue::MayBeContacted, Met::all([alive.met, own.met]), contact);
    AfterChargeOff { charged_off_on, sold_on, recovered, open, still: vec![alive, own, contact] }
}

/// The day on which a flag that holds began to hold for the last time.
fn since(
    account: &Account,
    name: &str,
    as_of: NaiveDate,
    known_by: NaiveDate,
    holds: impl Fn(NaiveDate) -> Met,
) -> Option<NaiveDate> {
    if holds(as_of) != Met::Met {
        return None;
    }
    let known = account.events().iter().filter(|event| event.known_on <= known_by && event.occurred_on <= as_of);
    let begun = known.filter(|event| matches!(&event.happening, Happening::Flag(flag) if flag.flag == name));
    begun
        .map(|event| event.occurred_on)
        .filter(|on| holds(*on) == Met::Met && on.pred_opt().is_none_or(|before| holds(before) != Met::Met))
        .max()
}

impl AfterChargeOff {
    /// What was found of a statement.
    pub fn is(&self, of: StillTrue) -> Met {
        self.still.iter().find(|still| still.of == of).map_or(Met::Unknown, |still| still.met)
    }

    /// As facts of a bank's own: `recovered_since_charge_off` and `days_since_charge_off`, which is
    /// *never* where it is not charged off.
    pub fn facts(&self, as_of: NaiveDate) -> Vec<(&'static str, Value)> {
        let since =
            self.charged_off_on.map_or(Value::Never, |on| Value::Days(as_of.signed_duration_since(on).num_days()));
        vec![("recovered_since_charge_off", Value::Money(self.recovered)), ("days_since_charge_off", since)]
    }
}
