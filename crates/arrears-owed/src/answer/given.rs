//! Values of a question: amounts in its one currency, and what may be left unknown.

use arrears::account::Amount;
use arrears::document::{Fault, Fields, Readable};
use arrears::{Currency, Money};

/// The one currency of a question's amounts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amounts {
    currency: Currency,
    /// Whether the currency was read; else amounts are not held against it, as it is reported already.
    read: bool,
}

impl Amounts {
    /// The currency of the object, which must be there; a stand-in, so that what stands beside it is still checked.
    pub(crate) fn of(fields: &mut Fields<'_>, stand_in: Option<Currency>) -> Option<Self> {
        let read: Option<Currency> = fields.required("currency");
        let stand_in = || stand_in.or_else(|| Currency::try_from("EUR".to_owned()).ok());
        Some(Self { currency: read.or_else(stand_in)?, read: read.is_some() })
    }

    /// As [`Amounts::of`], where only some questions need a currency: `needed` says whether this one does.
    pub(crate) fn where_needed(fields: &mut Fields<'_>, needed: bool) -> Option<Self> {
        if needed || fields.has("currency") {
            return Self::of(fields, None);
        }
        let _: Option<Currency> = fields.given("currency");
        Some(Self { currency: Currency::try_from("EUR".to_owned()).ok()?, read: false })
    }

    /// Nothing, in this currency: what stands for an amount that cannot be read, and is reported.
    pub(crate) const fn nothing(self) -> Money {
        Money::from_minor(0, self.currency)
    }

    /// A written amount that stands at a path below the fields.
    pub(crate) fn money(self, fields: &mut Fields<'_>, path: &str, written: Amount) -> Money {
        if !self.read {
            return self.nothing();
        }
        match written.minor(self.currency) {
            Ok(minor) => Money::from_minor(minor, self.currency),
            Err(error) => {
                fields.report(path, format!("`{written}`: {error}, expected an amount in {}", self.currency));
                self.nothing()
            }
        }
    }

    /// An amount that must be there.
    pub(crate) fn required(self, fields: &mut Fields<'_>, key: &'static str) -> Money {
        let written: Option<Amount> = fields.required(key);
        written.map_or(self.nothing(), |written| self.money(fields, key, written))
    }

    /// An amount that may be unknown.
    pub(crate) fn known(self, fields: &mut Fields<'_>, key: &'static str) -> Option<Money> {
        let written: Amount = known(fields, key)?;
        Some(self.money(fields, key, written))
    }
}

/// A value that may be unknown: absent or null.
pub(crate) fn known<T: Readable>(fields: &mut Fields<'_>, key: &'static str) -> Option<T> {
    fields.given::<Option<T>>(key).flatten()
}

/// Whether nothing is wrong so far with some fields or what stands below them. Amounts that are compared with each
/// other are compared only then: a stand-in has nothing to be compared with.
pub(crate) fn sound(problems: &[Fault], fields: &[&str]) -> bool {
    let within = |path: &str, field: &str| {
        path.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    problems.iter().all(|fault| fields.iter().all(|field| !within(&fault.path, field)))
}

/// Adds what a mechanism refuses to what could not be read. A value that was refused already is not refused
/// twice: a stand-in took its place.
pub(crate) fn beside<T>(asked: Result<T, Vec<Fault>>, problems: &mut Vec<Fault>) -> Option<T> {
    match asked {
        Ok(found) => Some(found),
        Err(faults) => {
            let new: Vec<Fault> =
                faults.into_iter().filter(|fault| problems.iter().all(|known| known.path != fault.path)).collect();
            problems.extend(new);
            None
        }
    }
}
