//! How terms and facts are spoken of in messages.

use super::thresholds::number_of;
use crate::condition::{Term, TermKind};
use crate::number::Kind;

/// What a term is, for messages.
pub(crate) fn describe(kind: &TermKind) -> String {
    match kind {
        TermKind::Name(name) => format!("`{name}`"),
        TermKind::Text(text) => format!("the text \"{text}\""),
        TermKind::Number(number) => format!("the number {number}"),
        TermKind::Flag(flag) => format!("`{flag}`"),
        TermKind::Not(_) | TermKind::All(_) | TermKind::Any(_) | TermKind::Compare(..) | TermKind::In(..) => {
            "a condition".to_owned()
        }
        TermKind::Arith(..) | TermKind::Negate(_) | TermKind::Abs(_) => "a number".to_owned(),
        TermKind::Range { .. } => "a range".to_owned(),
        TermKind::List(_) => "a list".to_owned(),
        TermKind::Map(_) => "a map".to_owned(),
        TermKind::Coalesce(..) => "a value with `??`".to_owned(),
        TermKind::Call(function, _) => format!("`{}(...)`", function.text),
        TermKind::Script(_) => "a script".to_owned(),
    }
}

/// How a fact of this kind is used in a condition.
pub(crate) fn example(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Days => format!("compare it with a number of days, as in `{name} >= 30`"),
        Kind::Count => format!("compare it with a whole number, as in `{name} >= 1`"),
        Kind::Money => format!("compare it with an amount, as in `{name} >= 100.00`"),
        Kind::Ratio => format!("compare it with a ratio, as in `{name} >= 0.50`"),
        Kind::Category => format!("compare it with a word, as in `{name} == \"...\"`"),
        Kind::Flag => format!("use `{name}` itself"),
    }
}

/// A value as the author wrote it, for messages.
pub(crate) fn shown(value: &Term) -> String {
    match &value.kind {
        TermKind::Text(text) => format!("\"{text}\""),
        TermKind::Flag(flag) => flag.to_string(),
        TermKind::Name(name) => name.clone(),
        _ => number_of(value).map_or_else(|| describe(&value.kind), |number| number.to_string()),
    }
}

/// Names in a row, the first few of a long list.
pub(crate) fn row_of(names: &[&str]) -> String {
    const FEW: usize = 12;
    match names.len().checked_sub(FEW) {
        None | Some(0) => names.join(", "),
        Some(more) => {
            let few: Vec<&str> = names.iter().take(FEW).copied().collect();
            format!("{} and {more} more", few.join(", "))
        }
    }
}
