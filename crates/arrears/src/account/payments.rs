//! Money that was received and stayed.

use super::Happening;
use super::known::Known;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What came in on a day and was not given back since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Receipt {
    pub(super) on: NaiveDate,
    pub(super) amount: i128,
}

/// The payments that count, in order. What was reversed never counted; what was refunded or
/// charged back counts no longer.
pub(super) fn receipts(known: &Known<'_>) -> Vec<Receipt> {
    receipts_by(known, known.as_of)
}

/// The same, when only what was given back up to a day had been given back.
pub(super) fn receipts_by(known: &Known<'_>, day: NaiveDate) -> Vec<Receipt> {
    let mut payments: Vec<(&str, Receipt)> = Vec::new();
    let mut given_back: BTreeMap<&str, i128> = BTreeMap::new();
    let mut charged_back: BTreeMap<&str, &str> = BTreeMap::new();
    for event in known.happened() {
        match &event.happening {
            Happening::Payment(payment) => {
                let amount = known.effective(&event.id, payment.amount);
                payments.push((&event.id, Receipt { on: event.occurred_on, amount }));
            }
            _ if event.occurred_on > day => {}
            Happening::Refund(refund) => {
                let amount = refund.amount.map_or(i128::MAX, |amount| known.minor(amount));
                let sum = given_back.entry(&refund.payment).or_insert(0);
                *sum = sum.saturating_add(amount);
            }
            Happening::Chargeback(chargeback) => {
                charged_back.insert(&event.id, &chargeback.payment);
            }
            Happening::ChargebackReversed(reversal) => {
                charged_back.remove(reversal.chargeback.as_str());
            }
            _ => {}
        }
    }
    for payment in charged_back.into_values() {
        given_back.insert(payment, i128::MAX);
    }
    let left = |(id, receipt): (&str, Receipt)| {
        let back = given_back.get(id).copied().unwrap_or(0);
        let amount = receipt.amount.saturating_sub(back);
        (amount > 0).then_some(Receipt { amount, ..receipt })
    };
    payments.into_iter().filter_map(left).collect()
}
