//! What is known of one fact, and three-valued truth.

use super::exact::Exact;
use arrears::condition::Cmp;
use std::cmp::Ordering;

/// What is known of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Unknown,
    /// That it never happened.
    Never,
    /// A number.
    Number(Exact),
    /// Yes or no.
    Flag(bool),
    /// A word.
    Word(String),
}

/// True, false, or (none) unknown.
pub type Truth = Option<bool>;

impl Value {
    /// The number, if it is one.
    pub const fn number(&self) -> Option<Exact> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The word, if it is one.
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The flag, if it is one.
    pub const fn flag(&self) -> Truth {
        match self {
            Self::Flag(set) => Some(*set),
            _ => None,
        }
    }

    /// Whether nothing is known.
    pub fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }

    /// The number as a whole one.
    pub fn whole(&self) -> Option<i64> {
        self.number()?.to_whole()
    }
}

/// The opposite.
pub(super) fn not(truth: Truth) -> Truth {
    truth.map(|holds| !holds)
}

/// All of them: false if one is, else unknown if one is.
pub(super) fn all(parts: impl IntoIterator<Item = Truth>) -> Truth {
    let parts: Vec<Truth> = parts.into_iter().collect();
    if parts.contains(&Some(false)) {
        Some(false)
    } else if parts.contains(&None) {
        None
    } else {
        Some(true)
    }
}

/// At least one of them: not all of them false.
pub(super) fn any(parts: impl IntoIterator<Item = Truth>) -> Truth {
    not(all(parts.into_iter().map(not)))
}

/// One value against another: with *never* it is false, with unknown it is unknown.
pub(super) fn compare(cmp: Cmp, left: &Value, right: &Value) -> Truth {
    if *left == Value::Never || *right == Value::Never {
        return Some(false);
    }
    let order = left.number()?.against(right.number()?)?;
    Some(match cmp {
        Cmp::Lt => order == Ordering::Less,
        Cmp::Le => order != Ordering::Greater,
        Cmp::Eq => order == Ordering::Equal,
        Cmp::Ne => order != Ordering::Equal,
        Cmp::Ge => order != Ordering::Less,
        Cmp::Gt => order == Ordering::Greater,
    })
}
