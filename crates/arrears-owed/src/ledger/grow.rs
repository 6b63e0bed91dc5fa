//! What grows with the days: interest, penalty interest, late fees, and what falls due.

use super::item::Item;
use super::{About, Ledger, OwedError};
use crate::interest::{Accrued, Rate, Rounding, RoundingMode, accrue};
use crate::statement::Reason;
use crate::terms::{Compounding, LateFeeAmount, RunsOn};
use arrears::account::Component;
use chrono::{Datelike, Days, NaiveDate};

/// What an item earns over some days: each kind with its balance and rate.
struct Earning {
    reason: Reason,
    component: Component,
    balance: i128,
    rate: Rate,
}

impl Ledger<'_> {
    /// Books interest up to today: on all items, or only on those on which something turns today.
    pub(super) fn grow(&mut self, everything: bool) -> Result<(), OwedError> {
        for place in 0..self.items.len() {
            let turns = self.item(place).is_some_and(|item| self.turns_today(item));
            if everything || turns {
                self.book(place)?;
            }
        }
        let turn = match self.terms.compounding {
            Compounding::Simple => false,
            Compounding::Daily => true,
            Compounding::Monthly => self.today.day() == 1,
        };
        if turn {
            self.items.iter_mut().for_each(Item::turn);
        }
        Ok(())
    }

    /// Whether an item falls due, falls late, or may bear a fee today.
    fn turns_today(&self, item: &Item) -> bool {
        let Some(due_on) = item.due_on else { return false };
        let grace = u64::from(self.terms.grace_days);
        let fees = self.terms.late_fees.iter().map(|fee| u64::from(fee.after_days).max(grace + 1));
        let mut days = fees.chain([0, grace]);
        days.any(|days| due_on.checked_add_days(Days::new(days)) == Some(self.today))
    }

    /// The first day of interest for lateness of an item.
    fn late_from(&self, item: &Item) -> Option<NaiveDate> {
        item.due_on?.checked_add_days(Days::new(u64::from(self.terms.grace_days)))
    }

    fn earnings(&self, item: &Item, from: NaiveDate) -> Result<Vec<Earning>, OwedError> {
        let terms = self.terms;
        let open = |component| item.open.get(component);
        let beyond = item.unpaid() > i128::from(terms.tolerance);
        let is_late = beyond && self.late_from(item).is_some_and(|first| first <= from);
        let mut found = Vec::new();
        let penalty = terms.penalty.as_ref().filter(|_| is_late);
        if let (Some(penalty), Some(rate)) = (penalty, self.rates.penalty(terms, from)?) {
            let balance = penalty.on.iter().map(|component| open(*component)).sum();
            found.push(Earning { reason: Reason::PenaltyInterest, component: Component::Penalty, balance, rate });
        }
        let runs = match terms.runs_on {
            RunsOn::Outstanding => true,
            RunsOn::Overdue => beyond && item.is_due(from),
        };
        let replaced = penalty.is_some_and(|penalty| !penalty.beside_contract);
        if let Some(rate) = self.rates.contract(terms, from).filter(|_| runs && !replaced) {
            let fees = if terms.interest_on_fees { open(Component::Fee) } else { 0 };
            let balance = open(Component::Principal) + item.compounded() + fees;
            found.push(Earning { reason: Reason::ContractInterest, component: Component::Interest, balance, rate });
        }
        found.retain(|earning| earning.balance > 0 && !earning.rate.is_zero());
        Ok(found)
    }

    /// Books what an item earned since it was booked last.
    fn book(&mut self, place: usize) -> Result<(), OwedError> {
        let Some(item) = self.item(place) else { return Ok(()) };
        let (from, to) = (item.booked_to, self.today);
        if from >= to {
            return Ok(());
        }
        let (count, principal) = (self.terms.day_count, item.open.get(Component::Principal));
        let earnings = self.earnings(item, from)?;
        if let (Some(rate), false) = (self.terms.caps.total_rate, earnings.is_empty()) {
            let more = accrue(principal, rate, count, from, to)?;
            if let Some(item) = self.items.get_mut(place) {
                item.allowed = item.allowed.plus(more)?;
            }
        }
        for Earning { reason, component, balance, rate } in earnings {
            let amount = self.terms.rounding.book(accrue(balance, rate, count, from, to)?)?;
            let about =
                About { from: Some(from), to: Some(to), balance: Some(balance), rate: Some(rate), ..About::default() };
            let charged = self.charge(place, component, amount, reason, about)?;
            if let (Component::Interest, Some(item)) = (component, self.items.get_mut(place)) {
                item.fresh += charged;
            }
        }
        if let Some(item) = self.items.get_mut(place) {
            item.booked_to = to;
        }
        Ok(())
    }

    /// Charges what the terms charge, as far as the caps allow.
    fn charge(
        &mut self,
        place: usize,
        component: Component,
        amount: i128,
        reason: Reason,
        about: About<'_>,
    ) -> Result<i128, OwedError> {
        let mut most = amount;
        if let Some(item) = self.item(place).filter(|_| self.terms.caps.total_rate.is_some()) {
            let allowed = item.allowed.parts().div_euclid(Accrued::PARTS);
            most = most.min(allowed - item.charged);
        }
        let is_lateness = component != Component::Interest;
        if let Some(part) = self.terms.caps.of_principal.filter(|_| is_lateness) {
            let allowed = part_of(self.principal, part, Rounding::new(RoundingMode::HalfEven, 1), true)?;
            most = most.min(allowed - self.lateness);
        }
        let charged = most.max(0);
        if let Some(item) = self.items.get_mut(place) {
            item.charged += charged;
        }
        if is_lateness {
            self.lateness += charged;
        }
        self.change(place, component, charged, reason, About { capped_by: amount - charged, ..about })?;
        Ok(charged)
    }

    /// Interest and fees of instalments that fall due today, or fell due before they were recorded.
    pub(super) fn fall_due(&mut self) -> Result<(), OwedError> {
        for place in 0..self.items.len() {
            let today = self.today;
            let Some(item) = self.items.get_mut(place).filter(|item| item.is_due(today)) else { continue };
            let due_on = item.due_on;
            for coming in std::mem::take(&mut item.coming) {
                let about = About { event: Some(&coming.event), to: due_on, ..About::default() };
                self.change(place, coming.component, coming.amount, Reason::Scheduled, about)?;
            }
        }
        Ok(())
    }

    /// Late fees of what is still late at the end of today.
    pub(super) fn late_fees(&mut self) -> Result<(), OwedError> {
        let grace = u64::from(self.terms.grace_days);
        for place in self.order.clone() {
            for (number, fee) in self.terms.late_fees.iter().enumerate() {
                let Some(item) = self.item(place) else { continue };
                let late = item.lent();
                let days = Days::new(u64::from(fee.after_days).max(grace + 1));
                let begun = item.due_on.and_then(|due_on| due_on.checked_add_days(days));
                let is_due = begun.is_some_and(|day| day <= self.today);
                if !is_due || item.fees.contains(&number) || late <= i128::from(self.terms.tolerance) {
                    continue;
                }
                let amount = match fee.amount {
                    LateFeeAmount::Flat(amount) => i128::from(amount),
                    LateFeeAmount::Percent { of_late, minimum, maximum } => {
                        let amount = part_of(late, of_late, self.terms.rounding, false)?;
                        let amount = minimum.map_or(amount, |least| amount.max(i128::from(least)));
                        maximum.map_or(amount, |most| amount.min(i128::from(most)))
                    }
                };
                let about =
                    About { why: Some(fee.why.clone()), from: item.due_on, balance: Some(late), ..About::default() };
                // What lateness costs changes what interest runs on from here.
                self.book(place)?;
                self.charge(place, Component::Fee, amount, Reason::LateFee, about)?;
                if let Some(item) = self.items.get_mut(place) {
                    item.fees.insert(number);
                }
            }
        }
        Ok(())
    }

    /// Interest of the instalments whose period today lies in, for the days that are over.
    pub(crate) fn earned_so_far(&mut self) -> Result<(), OwedError> {
        for place in 0..self.items.len() {
            let Some(item) = self.item(place) else { continue };
            let (from, today) = (item.period_from, self.today);
            let Some(due_on) = item.due_on.filter(|due_on| from < today && today < *due_on) else { continue };
            let interest = item.coming.iter().filter(|coming| coming.component == Component::Interest);
            let interest: i128 = interest.map(|coming| coming.amount).sum();
            let days = |to: NaiveDate| i128::from(to.signed_duration_since(from).num_days());
            let grown = interest.checked_mul(days(today)).ok_or(crate::interest::InterestError::SumTooLarge)?;
            let amount = self.terms.rounding.fraction(grown, days(due_on))?.min(interest);
            let about = About { from: Some(from), to: Some(today), balance: Some(interest), ..About::default() };
            self.change(place, Component::Interest, amount, Reason::ScheduledSoFar, about)?;
        }
        Ok(())
    }
}

/// A part of an amount, rounded, or rounded down.
fn part_of(amount: i128, part: rust_decimal::Decimal, rounding: Rounding, down: bool) -> Result<i128, OwedError> {
    let divisor = 10_i128.checked_pow(part.scale()).ok_or(crate::interest::InterestError::SumTooLarge)?;
    let wide = amount.checked_mul(part.mantissa()).ok_or(crate::interest::InterestError::SumTooLarge)?;
    if down { Ok(wide.div_euclid(divisor)) } else { Ok(rounding.fraction(wide, divisor)?) }
}
