//! A timeline of invoices as the history of an account.

use super::case::{Entry, What};
use crate::names::Names;
use arrears::Currency;
use arrears::account::{
    Account, Adjustment, Amount, Anchor, Chargeback, ChargebackReversed, Conventions, Credit, Event, FirstDayLate,
    Happening, Invoice, ItemStanding, Kept, Payment, PaymentFailed, Refund, TagAdded, TagRemoved, WriteOff,
    WriteOffReversed,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// How the suite counts: an invoice of today is unpaid today, and as old as its date says.
pub(super) fn conventions() -> Conventions {
    Conventions { first_day_late: FirstDayLate::DueDate, anchor: Anchor::InvoiceDate, ..Conventions::default() }
}

/// What a failure is called that has no code, and what stands for none: no code is called so.
pub(super) const NO_CODE: &str = "none";

/// The names of the suite in a history.
pub(super) struct Vocabulary<'a> {
    pub(super) tags: &'a Names,
    pub(super) codes: &'a Names,
}

/// An invoice of the timeline, and what was done about it that may be undone.
struct Known {
    item: String,
    draft: bool,
    adjusted: bool,
    /// Payments that stand, by the ids of their events.
    payments: Vec<String>,
    /// Chargebacks that stand, with their payments.
    charged_back: Vec<(String, String)>,
    written_off: Option<String>,
}

/// A history being written, entry by entry.
struct Writing<'a> {
    account: Account,
    conventions: Conventions,
    vocabulary: &'a Vocabulary<'a>,
    invoices: BTreeMap<&'a str, Known>,
    /// Events written so far: their ids, and their order.
    written: u32,
}

/// The account after some entries, which are in order. It was opened before everything else.
pub(super) fn account<'a>(
    entries: &[&'a Entry],
    vocabulary: &'a Vocabulary<'a>,
    currency: Currency,
    first: NaiveDate,
) -> Result<Account, String> {
    let account = Account::new("case", currency, first).complete_in([Kept::Tags]);
    let conventions = conventions();
    let mut writing = Writing { account, conventions, vocabulary, invoices: BTreeMap::new(), written: 0 };
    for entry in entries {
        writing.take(entry).map_err(|error| format!("given.timeline: seq {}: {error}", entry.seq))?;
    }
    Ok(writing.account)
}

impl<'a> Writing<'a> {
    fn take(&mut self, entry: &'a Entry) -> Result<(), String> {
        let on = entry.on;
        match entry.what()? {
            What::Invoice { id, amount, draft } => self.invoice(on, id, amount, draft)?,
            What::Paid(id) => self.paid(on, id)?,
            What::AdjustedToZero(id) => {
                self.adjust_to_zero(on, id)?;
                self.known(id)?.adjusted = true;
            }
            What::Refunded(id) => {
                if let Some(payment) = self.given_back(on, id)? {
                    self.write(on, Refund { payment, amount: None })?;
                }
            }
            What::ChargedBack(id) => {
                if let Some(payment) = self.given_back(on, id)? {
                    let chargeback = self.write(on, Chargeback { payment: payment.clone() })?;
                    self.known(id)?.charged_back.push((chargeback, payment));
                }
            }
            What::ChargebackReversed(id) => {
                if let Some((chargeback, payment)) = self.known(id)?.charged_back.pop() {
                    self.write(on, ChargebackReversed { chargeback })?;
                    self.known(id)?.payments.push(payment);
                }
            }
            What::WrittenOff(id) => {
                let known = self.known(id)?;
                if !known.draft && known.written_off.is_none() {
                    let item = Some(known.item.clone());
                    self.known(id)?.written_off = Some(self.write(on, WriteOff { item })?);
                }
            }
            What::WriteOffReversed(id) => {
                let known = self.known(id)?;
                if let Some(write_off) = known.written_off.take().filter(|_| !known.adjusted) {
                    self.write(on, WriteOffReversed { write_off })?;
                }
            }
            What::TagAdded(tag) => {
                self.write(on, TagAdded { tag: self.vocabulary.tags.engine(tag) })?;
            }
            What::TagRemoved(tag) => {
                self.write(on, TagRemoved { tag: self.vocabulary.tags.engine(tag) })?;
            }
            What::Credit(amount) => {
                if amount != Amount::ZERO {
                    self.write(on, Credit { amount, currency: None, item: None, of: None })?;
                }
            }
            What::Failed(code) => {
                let code = code.map_or_else(|| NO_CODE.to_owned(), |code| self.vocabulary.codes.engine(code));
                self.write(on, PaymentFailed { code, item: None })?;
            }
        }
        Ok(())
    }

    /// A draft may be replaced by the invoice itself.
    fn invoice(&mut self, on: NaiveDate, id: &'a str, amount: Amount, draft: bool) -> Result<(), String> {
        if self.invoices.get(id).is_some_and(|known| !known.draft) {
            return Err(format!("the invoice `{id}` was sent before"));
        }
        let item = format!("invoice {}", self.written);
        self.write(on, Invoice { item: item.clone(), due_on: None, amount, draft, of: None, why: None })?;
        let known =
            Known { item, draft, adjusted: false, payments: Vec::new(), charged_back: Vec::new(), written_off: None };
        self.invoices.insert(id, known);
        Ok(())
    }

    /// All that is left of the invoice is paid, though it be written off.
    fn paid(&mut self, on: NaiveDate, id: &str) -> Result<(), String> {
        let Some(standing) = self.standing(on, id)? else { return Ok(()) };
        let left = standing.asked.minor().saturating_sub(standing.settled.minor());
        if left > 0 {
            let amount = Amount::from_minor(left, standing.asked.currency());
            let item = Some(self.known(id)?.item.clone());
            let payment = self.write(on, Payment { amount, currency: None, item })?;
            self.known(id)?.payments.push(payment);
        }
        Ok(())
    }

    /// An invoice that is adjusted to zero asks for no more than was paid or credited of it:
    /// nothing of it is open, and no money leaves it for other invoices.
    fn adjust_to_zero(&mut self, on: NaiveDate, id: &str) -> Result<(), String> {
        let Some(standing) = self.standing(on, id)? else { return Ok(()) };
        if standing.asked.minor() > standing.settled.minor() {
            let amount = Amount::from_minor(standing.settled.minor(), standing.settled.currency());
            self.write(on, Adjustment { item: standing.item, amount })?;
        }
        Ok(())
    }

    /// The payment that is given back; none if none stands. What is given back of an invoice that
    /// was adjusted to zero is not asked for again.
    fn given_back(&mut self, on: NaiveDate, id: &str) -> Result<Option<String>, String> {
        let known = self.known(id)?;
        let payment = known.payments.pop();
        if payment.is_some() && known.adjusted {
            let item = Some(known.item.clone());
            self.write(on, WriteOff { item })?;
        }
        Ok(payment)
    }

    fn known(&mut self, id: &str) -> Result<&mut Known, String> {
        self.invoices.get_mut(id).ok_or_else(|| format!("no invoice `{id}` was sent before"))
    }

    /// How an invoice stands; none for a draft, which is no debt.
    fn standing(&mut self, on: NaiveDate, id: &str) -> Result<Option<ItemStanding>, String> {
        let item = self.known(id)?.item.clone();
        let standing = self.account.standing(on, on, &self.conventions);
        Ok(standing.items.into_iter().find(|standing| standing.item == item))
    }

    /// Writes an event behind all others, and says its id.
    fn write(&mut self, on: NaiveDate, happening: impl Into<Happening>) -> Result<String, String> {
        let id = self.written.to_string();
        let event = Event::new(id.clone(), on, happening).sequence(self.written);
        self.written += 1;
        self.account = self.account.with([event]).map_err(|problems| {
            let problems: Vec<String> = problems.iter().map(|problem| problem.message.clone()).collect();
            problems.join("; ")
        })?;
        Ok(id)
    }
}
