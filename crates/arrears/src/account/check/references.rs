//! What must hold between events: what one names, another is.

use super::{Checking, Least};
use crate::account::{Amount, Event, Happening};
use crate::document::meant;
use rust_decimal::Decimal;

/// The most items that a problem lists.
const SHOWN: usize = 12;

impl<'a> Checking<'a> {
    pub(super) fn references(&mut self, path: &str, event: &'a Event) {
        let at = |field: &str| format!("{path}.{field}");
        match &event.happening {
            Happening::Payment(payment) => self.item(at("item"), payment.item.as_deref()),
            Happening::Credit(credit) => self.item(at("item"), credit.item.as_deref()),
            Happening::Adjustment(adjustment) => self.item(at("item"), Some(&adjustment.item)),
            Happening::WriteOff(write_off) => self.item(at("item"), write_off.item.as_deref()),
            Happening::PaymentFailed(failed) => self.item(at("item"), failed.item.as_deref()),
            Happening::PaymentReversed(reversed) => {
                self.event(at("payment"), &reversed.payment, "payment", event);
                self.part_of(at("amount"), &reversed.payment, reversed.amount, event);
            }
            Happening::Refund(refund) => {
                self.event(at("payment"), &refund.payment, "payment", event);
                self.part_of(at("amount"), &refund.payment, refund.amount, event);
            }
            Happening::Chargeback(chargeback) => {
                self.event(at("payment"), &chargeback.payment, "payment", event);
            }
            Happening::ChargebackReversed(reversal) => {
                self.event(at("chargeback"), &reversal.chargeback, "chargeback", event);
            }
            Happening::WriteOffReversed(reversal) => {
                self.event(at("write_off"), &reversal.write_off, "write_off", event);
            }
            Happening::ArrangementEnded(ended) => {
                self.event(at("arrangement"), &ended.arrangement, "arrangement", event);
            }
            Happening::Withdrawn(withdrawn) => match self.by_id.get(withdrawn.of.as_str()) {
                None if self.grounds.unread.ids.contains(&withdrawn.of) => {}
                None => {
                    let message =
                        format!("there is no event `{}`: expected the id of an event of this account", withdrawn.of);
                    self.report(at("of"), message);
                }
                Some(other) if matches!(other.happening, Happening::Withdrawn(_)) => {
                    self.report(at("of"), "a withdrawal is not withdrawn: record the event anew under another id");
                }
                Some(_) => {}
            },
            _ => {}
        }
    }

    fn item(&mut self, path: String, name: Option<&str>) {
        let is_asked = |name: &&str| self.items.contains_key(name) || self.grounds.unread.items.contains(*name);
        let Some(name) = name.filter(|name| !is_asked(name)) else {
            return;
        };
        let known: Vec<&str> = self.items.keys().copied().collect();
        let near = meant(name, known.iter().copied());
        let expected = match known.as_slice() {
            [] => "a schedule, an invoice or a statement that asks for it".to_owned(),
            few if few.len() <= SHOWN => format!("one of {}", few.join(", ")),
            _ => "the item of a schedule, an invoice or a statement".to_owned(),
        };
        self.report(path, format!("nothing asks for the item `{name}`{near}: expected {expected}"));
    }

    /// The event named is of that kind and not later.
    fn event(&mut self, path: String, id: &str, word: &str, event: &Event) {
        match self.by_id.get(id) {
            None if self.grounds.unread.ids.contains(id) => {}
            None => self.report(path, format!("there is no event `{id}`: expected the id of a `{word}`")),
            Some(other) if other.happening.word() != word => {
                let found = other.happening.word();
                self.report(path, format!("`{id}` is a `{found}`: expected the id of a `{word}`"));
            }
            Some(other) if other.occurred_on > event.occurred_on => {
                let message = format!(
                    "`{id}` happened on {}, after this event on {}: mend one of the days",
                    other.occurred_on, event.occurred_on
                );
                self.report(path, message);
            }
            // What it was is taken first, or nothing could be taken back of it. A reversal alone needs no order.
            Some(other) if other.order(event).is_gt() && !matches!(event.happening, Happening::PaymentReversed(_)) => {
                let message = format!(
                    "`{id}` comes after this event on {}, by its sequence: give this event a higher one",
                    event.occurred_on
                );
                self.report(path, message);
            }
            Some(_) => {}
        }
    }

    /// Adds up what is given back of a payment in parts, and says how much it is by now.
    pub(super) fn gives_back(&mut self, event: &'a Event) -> Option<Decimal> {
        let (payment, amount) = match &event.happening {
            Happening::PaymentReversed(reversed) => (reversed.payment.as_str(), reversed.amount?),
            Happening::Refund(refund) => (refund.payment.as_str(), refund.amount?),
            _ => return None,
        };
        if self.withdrawn.contains_key(event.id.as_str()) {
            return None;
        }
        let sum = self.given_back.entry((event.happening.word(), payment)).or_default();
        *sum = sum.checked_add(amount.decimal()).unwrap_or(Decimal::MAX);
        Some(*sum)
    }

    /// An amount that is part of a payment.
    fn part_of(&mut self, path: String, payment: &str, amount: Option<Amount>, event: &'a Event) {
        let Some(amount) = amount else { return };
        self.amount(path.clone(), amount, Least::Something);
        let whole = self.by_id.get(payment).and_then(|event| match &event.happening {
            Happening::Payment(payment) => Some(payment.amount),
            _ => None,
        });
        let sum = self.gives_back(event);
        let Some(whole) = whole else { return };
        if amount > whole {
            self.report(path, format!("`{amount}` is more than the payment of `{whole}`: expected at most that, or no amount for all of it"));
        } else if let Some(sum) = sum.filter(|sum| *sum > whole.decimal()) {
            let word = event.happening.word();
            self.report(path, format!("`{amount}` makes {sum} with each earlier `{word}` of the payment of `{whole}`: expected at most that together, or no amount for all that is left"));
        }
    }
}
