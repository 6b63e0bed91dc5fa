//! What is told of one account as a JSON document: read whole, or not at all.

use super::{Later, Offer, Told};
use crate::Language;
use arrears::account::Amount;
use arrears::document::{Fault, Fields, OBJECT, Readable, read_whole, refuse};
use arrears::{Currency, Money};
use chrono::NaiveDate;
use serde_json::Value;

/// The name and version of the format.
pub const FORMAT: &str = "arrears-told/1";

impl Told {
    /// Reads all that is told of an account from its JSON document. `language`, `today` and `creditor` must be in
    /// it; amounts are texts in its `currency`; a variable that it does not name is not known.
    ///
    /// ```
    /// use arrears_words::told::Told;
    /// let told = Told::from_json(r#"{
    ///     "format": "arrears-told/1", "language": "en", "today": "2026-11-27", "creditor": "Harbour Bank",
    ///     "currency": "EUR", "amount": "120.00", "due_on": "2026-12-04"
    /// }"#).map_err(|faults| format!("{faults:?}"))?;
    /// assert_eq!(told.amount.map(|amount| amount.minor()), Some(12_000));
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, in its order, each with its path.
    pub fn from_json(text: &str) -> Result<Self, Vec<Fault>> {
        let written: Written = read_whole(text)?;
        let lacks = |key: &str, expected: &str| Fault::new(key, format!("missing: expected {expected}"));
        let mut faults = Vec::new();
        let (language, today, creditor) = (written.language, written.today, written.told.creditor.clone());
        if language.is_none() {
            faults.push(lacks("language", Language::EXPECTED));
        }
        if today.is_none() {
            faults.push(lacks("today", NaiveDate::EXPECTED));
        }
        if creditor.is_empty() {
            faults.push(lacks("creditor", "the name of the creditor"));
        }
        match (language, today) {
            (Some(language), Some(today)) if faults.is_empty() => {
                Ok(Self::new(language, today, creditor).and(written.told))
            }
            _ => Err(faults),
        }
    }

    /// Puts what a document tells over what is told already: the person's name, a promise, offers, and whatever
    /// else nobody reckoned. What the document does not name stays. A document without `language` and `today`
    /// goes with every text and every day; one that names others than these is refused.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, also where its language, its day or its currency is another.
    pub fn with_json(self, text: &str) -> Result<Self, Vec<Fault>> {
        let written: Written = read_whole(text)?;
        let mut faults = Vec::new();
        let mut other = |key: &str, found: Option<String>, expected: String| {
            if let Some(found) = found.filter(|found| *found != expected) {
                let message = format!("found {found}: expected {expected}, for which is written, or no `{key}`");
                faults.push(Fault::new(key, message));
            }
        };
        other("language", written.language.map(|language| language.to_string()), self.language.to_string());
        other("today", written.today.map(|today| today.to_string()), self.today.to_string());
        let mine = self.amounts().into_iter().find_map(|(_, amount)| *amount).map(Money::currency);
        if let Some(currency) = mine {
            other("currency", written.currency.map(|found| found.to_string()), currency.to_string());
        }
        if faults.is_empty() { Ok(self.and(written.told)) } else { Err(faults) }
    }

    /// These parts, with others over them where there are any.
    fn and(mut self, over: Self) -> Self {
        fn put<T: Clone>(parts: Vec<(&str, &mut Option<T>)>, over: Vec<(&str, &Option<T>)>) {
            for ((_, part), (_, other)) in parts.into_iter().zip(over) {
                if other.is_some() {
                    part.clone_from(other);
                }
            }
        }
        put(self.texts_mut(), over.texts());
        put(self.amounts_mut(), over.amounts());
        put(self.days_mut(), over.days());
        self.days_late = over.days_late.or(self.days_late);
        self.time_barred = over.time_barred.or(self.time_barred);
        for (part, other) in [(&mut self.organisation, over.organisation), (&mut self.creditor, over.creditor)] {
            if !other.is_empty() {
                *part = other;
            }
        }
        if !over.offers.is_empty() {
            self.offers = over.offers;
        }
        if !over.later.is_empty() {
            self.later = over.later;
        }
        self
    }
}

/// A document as it was read. Names that it does not give are empty.
struct Written {
    language: Option<Language>,
    today: Option<NaiveDate>,
    currency: Option<Currency>,
    told: Told,
}

impl Readable for Written {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let _: Option<Format> = fields.required("format");
        let (language, today) = (fields.given("language"), fields.given("today"));
        let currency = fields.given("currency");
        let mut told = Told::new(Language::English, NaiveDate::default(), "");
        told.organisation = named(&mut fields, "organisation").unwrap_or_default();
        told.creditor = named(&mut fields, "creditor").unwrap_or_default();
        for (name, text) in told.texts_mut() {
            *text = named(&mut fields, name);
        }
        for (name, amount) in told.amounts_mut() {
            *amount = money(&mut fields, name, currency);
        }
        for (name, day) in told.days_mut() {
            *day = fields.given(name);
        }
        told.days_late = fields.given("days_late");
        told.time_barred = fields.given("time_barred");
        let offers: Vec<WrittenOffer> = fields.given("offers").unwrap_or_default();
        told.offers =
            offers.into_iter().enumerate().filter_map(|(at, one)| one.offer(&mut fields, at, currency)).collect();
        let later: Vec<WrittenLater> = fields.given("later").unwrap_or_default();
        told.later =
            later.into_iter().enumerate().filter_map(|(at, one)| one.later(&mut fields, at, currency)).collect();
        fields.finish();
        Some(Self { language, today, currency, told })
    }
}

struct Format;

impl Readable for Format {
    const EXPECTED: &str = "\"arrears-told/1\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        if value == FORMAT { Some(Self) } else { refuse(path, value, Self::EXPECTED, problems) }
    }
}

/// A text that says something.
pub(crate) fn named(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let text: String = fields.given(key)?;
    if text.trim().is_empty() {
        fields.report(key, "is empty: leave the field out where nothing is known");
        return None;
    }
    Some(text)
}

fn money(fields: &mut Fields<'_>, key: &'static str, currency: Option<Currency>) -> Option<Money> {
    let amount: Amount = fields.given(key)?;
    in_currency(fields, key, amount, currency)
}

/// An amount in the currency of the document; what is wrong with it is reported.
fn in_currency(fields: &mut Fields<'_>, path: &str, amount: Amount, currency: Option<Currency>) -> Option<Money> {
    let Some(currency) = currency else {
        if !fields.has("currency") {
            fields.report(path, "has no currency: expected the field `currency` in the document, as in \"EUR\"");
        }
        return None;
    };
    match amount.minor(currency) {
        Ok(minor) if minor >= 0 => Some(Money::from_minor(minor, currency)),
        Ok(_) => {
            fields.report(path, format!("`{amount}` is below zero: expected zero or more"));
            None
        }
        Err(error) => {
            fields.report(path, format!("`{amount}`: {error}, expected an amount in {currency}"));
            None
        }
    }
}

struct WrittenOffer {
    name: String,
    payments: u32,
    payment: Amount,
    last: Option<Amount>,
    first_on: NaiveDate,
    total: Amount,
    cost: Amount,
}

impl Readable for WrittenOffer {
    const EXPECTED: &str = "an offer with name, payments, payment, first_on, total and cost";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (name, payments) = (fields.required("name"), fields.required("payments"));
        let (payment, last) = (fields.required("payment"), fields.given("last"));
        let (first_on, total, cost) = (fields.required("first_on"), fields.required("total"), fields.required("cost"));
        if payments == Some(0) {
            fields.report("payments", "found 0: expected at least one payment");
        }
        fields.finish();
        Some(Self {
            name: name?,
            payments: payments?,
            payment: payment?,
            last,
            first_on: first_on?,
            total: total?,
            cost: cost?,
        })
    }
}

impl WrittenOffer {
    fn offer(self, fields: &mut Fields<'_>, at: usize, currency: Option<Currency>) -> Option<Offer> {
        let mut money = |key: &str, amount| in_currency(fields, &format!("offers[{at}].{key}"), amount, currency);
        let (payment, total, cost) =
            (money("payment", self.payment), money("total", self.total), money("cost", self.cost));
        let last = self.last.map(|last| money("last", last));
        let last = match last {
            Some(last) => Some(last?),
            None => None,
        };
        let Self { name, payments, first_on, .. } = self;
        Some(Offer { name, payments, payment: payment?, last, first_on, total: total?, cost: cost? })
    }
}

struct WrittenLater {
    days: u32,
    on: NaiveDate,
    owed: Amount,
    more: Amount,
    lawsuit: bool,
}

impl Readable for WrittenLater {
    const EXPECTED: &str = "a later day with days, on, owed, more and lawsuit";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (days, on) = (fields.required("days"), fields.required("on"));
        let (owed, more, lawsuit) = (fields.required("owed"), fields.required("more"), fields.required("lawsuit"));
        fields.finish();
        Some(Self { days: days?, on: on?, owed: owed?, more: more?, lawsuit: lawsuit? })
    }
}

impl WrittenLater {
    fn later(self, fields: &mut Fields<'_>, at: usize, currency: Option<Currency>) -> Option<Later> {
        let mut money = |key: &str, amount| in_currency(fields, &format!("later[{at}].{key}"), amount, currency);
        let (owed, more) = (money("owed", self.owed), money("more", self.more));
        Some(Later { days: self.days, on: self.on, owed: owed?, more: more?, lawsuit: self.lawsuit })
    }
}
