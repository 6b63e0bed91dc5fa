//! How terms and facts are spoken of in messages.

use crate::condition::TermKind;
use crate::number::Kind;

/// What a term is, for messages.
pub(crate) fn describe(kind: &TermKind) -> String {
    match kind {
        TermKind::Name(name) => format!("`{name}`"),
        TermKind::Text(text) => format!("the text \"{text}\""),
        TermKind::Number(number) => format!("the number {number}"),
        TermKind::Flag(flag) => format!("`{flag}`"),
        TermKind::Not(_)
        | TermKind::All(_)
        | TermKind::Any(_)
        | TermKind::Compare(..)
        | TermKind::In(..) => "a condition".to_owned(),
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
        Kind::Days => format!("as in `{name} >= 30`"),
        Kind::Count => format!("as in `{name} >= 1`"),
        Kind::Money => format!("as in `{name} >= 100.00`"),
        Kind::Ratio => format!("as in `{name} >= 0.50`"),
        Kind::Category => format!("as in `{name} == \"...\"`"),
        Kind::Flag => format!("use `{name}` itself"),
    }
}
