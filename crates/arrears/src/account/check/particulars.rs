//! What must hold of each event by itself.

use super::{Checking, Least};
use crate::account::{Event, Happening, Instalment, NewRate, Part, Schedule};
use crate::number::Currency;
use chrono::NaiveDate;

impl Checking<'_> {
    pub(super) fn particulars(&mut self, path: &str, event: &Event) {
        let at = |field: &str| format!("{path}.{field}");
        match &event.happening {
            Happening::Schedule(schedule) => self.schedule(path, schedule),
            Happening::Invoice(invoice) => self.amount(at("amount"), invoice.amount, Least::Nothing),
            Happening::Statement(statement) => {
                self.amount(at("balance"), statement.balance, Least::Any);
                self.amount(at("minimum_payment"), statement.minimum_payment, Least::Nothing);
            }
            Happening::Contact(contact) => {
                self.channel(at("channel"), &contact.channel);
                if let Some(outcome) = &contact.outcome {
                    self.outcome(at("outcome"), outcome);
                }
                if let Some(point) = &contact.point {
                    self.point(at("point"), point);
                }
                self.not_before(at("call_back_on"), contact.call_back_on, event.occurred_on);
            }
            Happening::Promise(promise) => self.parts(&at("parts"), &promise.parts, event.occurred_on),
            Happening::Arrangement(arrangement) => {
                if arrangement.instalments.is_empty() {
                    self.report(at("instalments"), "empty: an arrangement says what is to be paid by when");
                }
                self.parts(&at("instalments"), &arrangement.instalments, event.occurred_on);
            }
            Happening::Payment(payment) => {
                self.amount(at("amount"), payment.amount, Least::Something);
                self.currency(at("currency"), payment.currency);
            }
            Happening::Credit(credit) => {
                self.amount(at("amount"), credit.amount, Least::Something);
                self.currency(at("currency"), credit.currency);
            }
            Happening::RateChange(change) => {
                if change.contract.is_none() && change.penalty.is_none() {
                    self.report(path, "a change of no rate: expected `contract`, `penalty` or both");
                }
                self.rate(at("contract"), change.contract);
                self.rate(at("penalty"), change.penalty);
            }
            Happening::Adjustment(adjustment) => self.amount(at("amount"), adjustment.amount, Least::Nothing),
            Happening::Inflow(inflow) => self.amount(at("amount"), inflow.amount, Least::Something),
            Happening::Pause(pause) if pause.to < pause.from => {
                self.report(
                    at("to"),
                    format!(
                        "{} is before the pause begins on {}: expected the first day that is no longer paused",
                        pause.to, pause.from
                    ),
                );
            }
            Happening::Flag(flag) => {
                self.flag(at("flag"), &flag.flag);
                self.not_before(at("until"), flag.until, event.occurred_on);
            }
            Happening::FlagLifted(lifted) => self.flag(at("flag"), &lifted.flag),
            Happening::Consent(consent) => self.channel(at("channel"), &consent.channel),
            Happening::OptOut(refusal) => self.channel(at("channel"), &refusal.channel),
            Happening::Number(number) => {
                self.point(at("point"), &number.point);
                self.number_status(at("status"), &number.status);
            }
            Happening::PayDay(day) if !(1..=31).contains(&day.day) => {
                self.report(at("day"), format!("{} is no day of a month: expected 1 to 31", day.day));
            }
            Happening::Placement(placement) => self.not_before(at("until"), placement.until, event.occurred_on),
            Happening::Note(note) => {
                self.note(path, note);
                self.not_before(at("until"), note.until, event.occurred_on);
            }
            _ => {}
        }
    }

    /// A schedule adds up to its total.
    fn schedule(&mut self, path: &str, schedule: &Schedule) {
        if schedule.instalments.is_empty() {
            self.report(format!("{path}.instalments"), "empty: a schedule has instalments");
        }
        for (index, instalment) in schedule.instalments.iter().enumerate() {
            self.amount(format!("{path}.instalments[{index}].amount"), instalment.amount, Least::Something);
            self.split(&format!("{path}.instalments[{index}]"), instalment);
            if let Some(invoiced_on) = instalment.invoiced_on.filter(|day| *day > instalment.due_on) {
                let message = format!(
                    "{invoiced_on} is after it falls due on {}: expected that day or an earlier one",
                    instalment.due_on
                );
                self.report(format!("{path}.instalments[{index}].invoiced_on"), message);
            }
        }
        let Some(total) = schedule.total else { return };
        let mut amounts = schedule.instalments.iter().map(|instalment| instalment.amount.decimal());
        let sum = amounts.try_fold(rust_decimal::Decimal::ZERO, |sum, amount| sum.checked_add(amount));
        if sum != Some(total.decimal()) {
            let sum = sum.map_or_else(|| "more than fits".to_owned(), |sum| sum.to_string());
            let message = format!(
                "`{total}`, but the instalments add up to {sum}: mend the one or the other, or leave out the total"
            );
            self.report(format!("{path}.total"), message);
        }
    }

    /// The parts of an instalment add up to its amount.
    fn split(&mut self, path: &str, instalment: &Instalment) {
        let parts = [("principal", instalment.principal), ("interest", instalment.interest), ("fees", instalment.fees)];
        let mut sum = rust_decimal::Decimal::ZERO;
        for (name, part) in parts {
            let Some(part) = part else { continue };
            self.amount(format!("{path}.{name}"), part, Least::Nothing);
            sum = sum.saturating_add(part.decimal());
        }
        if parts.iter().any(|(_, part)| part.is_some()) && sum != instalment.amount.decimal() {
            let message = format!(
                "`{}`, but principal, interest and fees add up to {sum}: mend the one or the other",
                instalment.amount
            );
            self.report(format!("{path}.amount"), message);
        }
    }

    /// A rate is not below zero, and exact to eight decimals.
    fn rate(&mut self, path: String, rate: Option<NewRate>) {
        let Some(rate) = rate.map(NewRate::decimal) else { return };
        if rate < rust_decimal::Decimal::ZERO {
            self.report(path, format!("`{rate}`: expected zero or more"));
        } else if rate.normalize().scale() > 8 {
            self.report(path, format!("`{rate}` has more than 8 decimals: expected at most 8"));
        } else if rate > rust_decimal::Decimal::ONE_THOUSAND {
            self.report(path, format!("`{rate}`: expected a part of one, such as \"0.18\" for 18 %"));
        }
    }

    fn parts(&mut self, path: &str, parts: &[Part], from: NaiveDate) {
        for (index, part) in parts.iter().enumerate() {
            self.amount(format!("{path}[{index}].amount"), part.amount, Least::Something);
            self.not_before(format!("{path}[{index}].due_on"), Some(part.due_on), from);
        }
    }

    fn currency(&mut self, path: String, found: Option<Currency>) {
        if let (Some(found), Some(wanted)) = (found, self.grounds.currency)
            && found != wanted
        {
            let message = format!(
                "{found}, but the account is in {wanted}: give the amount in {wanted}, nothing is converted here"
            );
            self.report(path, message);
        }
    }

    fn not_before(&mut self, path: String, day: Option<NaiveDate>, from: NaiveDate) {
        if let Some(day) = day.filter(|day| *day < from) {
            self.report(path, format!("{day} is before the event itself on {from}: expected that day or a later one"));
        }
    }
}
