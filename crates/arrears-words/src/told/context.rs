//! What is told, as templates see it.

use super::{Later, Offer, Told};
use crate::written;
use arrears::Money;
use minijinja::Value;
use std::collections::BTreeMap;

/// The variables of one account by name. What is not known is not in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context(pub(crate) BTreeMap<&'static str, Value>);

impl Context {
    fn put(&mut self, name: &'static str, value: Option<Value>) {
        if let Some(value) = value {
            self.0.insert(name, value);
        }
    }
}

impl Told {
    /// The variables of templates.
    pub(crate) fn context(&self) -> Context {
        let mut all = Context::default();
        all.put("language", Some(Value::from(self.language.tag())));
        all.put("today", Some(Value::from(written::day(self.today, self.language))));
        all.put("organisation", Some(Value::from(self.organisation.as_str())));
        all.put("creditor", Some(Value::from(self.creditor.as_str())));
        all.put("days_late", self.days_late.map(Value::from));
        all.put("time_barred", self.time_barred.map(Value::from));
        for (name, text) in self.texts() {
            all.put(name, text.as_deref().map(Value::from));
        }
        for (name, amount) in self.amounts() {
            all.put(name, amount.map(|amount| Value::from(written::amount(amount, self.language))));
        }
        for (name, day) in self.days() {
            all.put(name, day.map(|day| Value::from(written::day(day, self.language))));
        }
        all.put("offers", Some(self.offers.iter().map(|offer| self.offer(offer)).collect()));
        all.put("later", Some(self.later.iter().map(|later| self.later(later)).collect()));
        let disclosed = |words: &String| Value::from_iter([("words", Value::from(words.as_str()))]);
        all.put("disclosures", Some(self.disclosures.iter().map(disclosed).collect()));
        all
    }

    fn offer(&self, offer: &Offer) -> Value {
        let amount = |money: Money| Value::from(written::amount(money, self.language));
        let all = [
            ("name", Value::from(offer.name.as_str())),
            ("payments", Value::from(offer.payments)),
            ("payment", amount(offer.payment)),
            ("first_on", Value::from(written::day(offer.first_on, self.language))),
            ("total", amount(offer.total)),
            ("cost", amount(offer.cost)),
        ];
        let last = offer.last.map(|last| ("last", amount(last)));
        Value::from_iter(all.into_iter().chain(last))
    }

    fn later(&self, later: &Later) -> Value {
        let amount = |money: Money| Value::from(written::amount(money, self.language));
        Value::from_iter([
            ("days", Value::from(later.days)),
            ("on", Value::from(written::day(later.on, self.language))),
            ("owed", amount(later.owed)),
            ("more", amount(later.more)),
            ("lawsuit", Value::from(later.lawsuit)),
        ])
    }
}
