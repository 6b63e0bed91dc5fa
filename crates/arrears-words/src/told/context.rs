//! What is told, as templates see it.

use super::{Later, Offer, Told};
use crate::written;
use arrears::Money;
use chrono::NaiveDate;
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
        let text = |text: &Option<String>| text.as_ref().map(|text| Value::from(text.as_str()));
        let amount = |amount: Option<Money>| amount.map(|amount| Value::from(written::amount(amount, self.language)));
        let day = |day: Option<NaiveDate>| day.map(|day| Value::from(written::day(day, self.language)));
        let mut all = Context::default();
        all.put("language", Some(Value::from(self.language.tag())));
        all.put("today", day(Some(self.today)));
        all.put("speaker", text(&self.speaker));
        all.put("neutral_name", text(&self.neutral_name));
        all.put("phone", text(&self.phone));
        all.put("reply_hours", text(&self.reply_hours));
        all.put("stop_word", text(&self.stop_word));
        all.put("name", text(&self.name));
        all.put("identity_question", text(&self.identity_question));
        all.put("organisation", Some(Value::from(self.organisation.as_str())));
        all.put("creditor", Some(Value::from(self.creditor.as_str())));
        all.put("verify_at", text(&self.verify_at));
        all.put("product", text(&self.product));
        all.put("account_ending", text(&self.account_ending));
        all.put("amount", amount(self.amount));
        all.put("due_on", day(self.due_on));
        all.put("overdue", amount(self.overdue));
        all.put("total", amount(self.total));
        all.put("principal", amount(self.principal));
        all.put("interest", amount(self.interest));
        all.put("penalty_interest", amount(self.penalty_interest));
        all.put("fees", amount(self.fees));
        all.put("days_late", self.days_late.map(Value::from));
        all.put("promised", amount(self.promised));
        all.put("promised_on", day(self.promised_on));
        all.put("offers", Some(self.offers.iter().map(|offer| self.offer(offer)).collect()));
        all.put("later", Some(self.later.iter().map(|later| self.later(later)).collect()));
        all
    }

    fn offer(&self, offer: &Offer) -> Value {
        let amount = |money: Money| Value::from(written::amount(money, self.language));
        Value::from_iter([
            ("name", Value::from(offer.name.as_str())),
            ("payments", Value::from(offer.payments)),
            ("payment", amount(offer.payment)),
            ("first_on", Value::from(written::day(offer.first_on, self.language))),
            ("total", amount(offer.total)),
            ("cost", amount(offer.cost)),
        ])
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
