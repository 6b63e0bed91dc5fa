//! Parts of a briefing as they stand in its document, before their amounts are in its currency.

use super::{Figure, Inflow, Promised, Target, Task};
use arrears::account::Amount;
use arrears::document::{Fault, Fields, OBJECT, Readable, refuse};
use arrears::{Currency, Money};
use chrono::NaiveDate;
use serde_json::Value;

/// Puts amounts into the currency of the document, and reports those that are not of it.
pub(super) struct Amounts<'f, 'a> {
    pub(super) fields: &'f mut Fields<'a>,
    /// None: it is missing or cannot be read, which is reported where it should stand.
    pub(super) currency: Option<Currency>,
}

impl Amounts<'_, '_> {
    fn money(&mut self, path: &str, amount: Amount) -> Option<Money> {
        let Some(currency) = self.currency else {
            if !self.fields.has("currency") {
                self.fields
                    .report(path, "has no currency: expected the field `currency` in the document, as in \"EUR\"");
            }
            return None;
        };
        match amount.minor(currency) {
            Ok(minor) => Some(Money::from_minor(minor, currency)),
            Err(error) => {
                self.fields.report(path, format!("`{amount}`: {error}, expected an amount in {currency}"));
                None
            }
        }
    }

    fn optional(&mut self, path: &str, amount: Option<Amount>) -> Option<Option<Money>> {
        match amount {
            Some(amount) => self.money(path, amount).map(Some),
            None => Some(None),
        }
    }

    /// A figure.
    pub(super) fn figure(&mut self, path: &str, figure: Quantity) -> Option<Figure> {
        match figure {
            Quantity::Count(count) => Some(Figure::Count(count)),
            Quantity::Share { part, of } => Some(Figure::Share { part, of }),
            Quantity::Money(amount) => self.money(&format!("{path}.money"), amount).map(Figure::Money),
        }
    }

    /// A list, each item with its place. Every item is looked at before the first bad one ends it.
    pub(super) fn list<W, T>(
        &mut self,
        key: &str,
        written: Option<Vec<W>>,
        read: impl Fn(&mut Self, &str, W) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = written?.into_iter().enumerate();
        let items: Vec<Option<T>> = items.map(|(at, one)| read(self, &format!("{key}[{at}]"), one)).collect();
        items.into_iter().collect()
    }
}

/// A number with its unit, as it is written.
pub(super) enum Quantity {
    Count(u64),
    Money(Amount),
    Share { part: u64, of: u64 },
}

impl Readable for Quantity {
    const EXPECTED: &str = r#"{"count": 3}, {"money": "12.50"} or {"share": {"part": 1, "of": 2}}"#;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let has = |key: &&str| value.get(key).is_some();
        if value.is_object() && ["count", "money", "share"].iter().filter(|key| has(key)).count() != 1 {
            return refuse(path, value, Self::EXPECTED, problems);
        }
        let mut fields = Fields::of(value, path, problems)?;
        let (count, money) = (fields.given("count"), fields.given("money"));
        let share: Option<Share> = fields.given("share");
        fields.finish();
        let count = count.map(Self::Count);
        count.or(money.map(Self::Money)).or(share.map(|Share { part, of }| Self::Share { part, of }))
    }
}

struct Share {
    part: u64,
    of: u64,
}

impl Readable for Share {
    const EXPECTED: &str = r#"so many of so many, as in {"part": 1, "of": 2}"#;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (part, of): (Option<u64>, Option<u64>) = (fields.required("part"), fields.required("of"));
        if let Some((part, of)) = part.zip(of).filter(|(part, of)| part > of) {
            fields.report("part", format!("found {part} of {of}: expected no more than there are"));
        }
        fields.finish();
        Some(Self { part: part?, of: of? })
    }
}

/// A result or what is to be looked at.
pub(super) struct WrittenFigure {
    pub(super) name: String,
    pub(super) figure: Quantity,
}

impl Readable for WrittenFigure {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (name, figure) = (fields.required("name"), fields.required("figure"));
        fields.finish();
        Some(Self { name: name?, figure: figure? })
    }
}

pub(super) struct WrittenTask {
    task: Task,
    amount: Option<Amount>,
}

impl WrittenTask {
    pub(super) fn task(self, amounts: &mut Amounts<'_, '_>, path: &str) -> Option<Task> {
        Some(Task { amount: amounts.optional(&format!("{path}.amount"), self.amount)?, ..self.task })
    }
}

impl Readable for WrittenTask {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (account, action) = (fields.required("account"), fields.required("action"));
        let (slot, amount, why) = (fields.optional("slot"), fields.optional("amount"), fields.required("why"));
        fields.finish();
        let task = Task { account: account?, action: action?, slot: slot?, amount: None, why: why? };
        Some(Self { task, amount: amount? })
    }
}

pub(super) struct WrittenPromised {
    account: String,
    amount: Option<Amount>,
    broken_before: u32,
}

impl WrittenPromised {
    pub(super) fn promised(self, amounts: &mut Amounts<'_, '_>, path: &str) -> Option<Promised> {
        let amount = amounts.optional(&format!("{path}.amount"), self.amount)?;
        Some(Promised { account: self.account, amount, broken_before: self.broken_before })
    }
}

impl Readable for WrittenPromised {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (account, amount) = (fields.required("account"), fields.optional("amount"));
        let broken_before = fields.optional("broken_before");
        fields.finish();
        Some(Self { account: account?, amount: amount?, broken_before: broken_before? })
    }
}

pub(super) struct WrittenInflow {
    account: String,
    amount: Amount,
    overdue: Option<Amount>,
    on: NaiveDate,
}

impl WrittenInflow {
    pub(super) fn inflow(self, amounts: &mut Amounts<'_, '_>, path: &str) -> Option<Inflow> {
        let amount = amounts.money(&format!("{path}.amount"), self.amount);
        let overdue = amounts.optional(&format!("{path}.overdue"), self.overdue);
        Some(Inflow { account: self.account, amount: amount?, overdue: overdue?, on: self.on })
    }
}

impl Readable for WrittenInflow {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (account, amount) = (fields.required("account"), fields.required("amount"));
        let (overdue, on) = (fields.optional("overdue"), fields.required("on"));
        fields.finish();
        Some(Self { account: account?, amount: amount?, overdue: overdue?, on: on? })
    }
}

pub(super) struct WrittenTarget {
    name: String,
    wanted: Quantity,
    reached: Quantity,
}

impl WrittenTarget {
    pub(super) fn target(self, amounts: &mut Amounts<'_, '_>, path: &str) -> Option<Target> {
        let wanted = amounts.figure(&format!("{path}.wanted"), self.wanted);
        let reached = amounts.figure(&format!("{path}.reached"), self.reached);
        Some(Target { name: self.name, wanted: wanted?, reached: reached? })
    }
}

impl Readable for WrittenTarget {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (name, wanted) = (fields.required("name"), fields.required("wanted"));
        let reached = fields.required("reached");
        fields.finish();
        Some(Self { name: name?, wanted: wanted?, reached: reached? })
    }
}
