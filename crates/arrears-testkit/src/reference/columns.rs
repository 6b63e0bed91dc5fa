//! Names of facts: what they measure, the column of one with a parameter, the history from which it is counted.

use super::draft::{column_part, find, text, whole};
use super::exact::Exact;
use arrears::Kind;
use arrears::condition::{Term, TermKind};
use arrears::draft::{Draft, Keyword};
use arrears::facts::{Channel, EVENTS, History, ParametricKind, is_outcome, table};

/// A written number.
pub(super) fn written(term: &Term) -> Option<Exact> {
    match &term.kind {
        TermKind::Number(number) => Some(Exact::written(*number)),
        TermKind::Negate(inner) => written(inner).map(Exact::negated),
        _ => None,
    }
}

/// What a fact measures.
pub(super) fn kind_of(draft: &Draft, name: &str) -> Option<Kind> {
    if let Some(fact) = table::find(name) {
        return Some(fact.kind);
    }
    if let Some(own) = find(draft, Keyword::Fact, name) {
        return text(&own.options, "kind").and_then(Kind::from_word);
    }
    if name.starts_with("times_") || name.starts_with("months_since_") || name.starts_with("episode_count_") {
        return Some(Kind::Count);
    }
    let flags = ["consent_", "opted_out_", "tag_"];
    Some(if flags.iter().any(|family| name.starts_with(family)) { Kind::Flag } else { Kind::Days })
}

/// The column of a fact with a parameter.
pub(super) fn column(function: &str, arguments: &[Term]) -> Option<String> {
    ParametricKind::from_word(function)?;
    let what = column_part(arguments.first()?.as_text()?);
    Some(match arguments.get(1).and_then(whole) {
        Some(days) => format!("{function}_{what}_{days}"),
        None => format!("{function}_{what}"),
    })
}

/// The history from which a fact is counted.
pub(super) fn history_of(name: &str) -> Option<History> {
    if let Some(fact) = table::find(name) {
        return fact.history;
    }
    let times = name.strip_prefix("times_").and_then(|rest| rest.rsplit_once('_')).map(|(what, _)| what);
    let since = name.strip_prefix("days_since_").or_else(|| name.strip_prefix("months_since_"));
    match times.or(since)? {
        "payment" => Some(History::Payments),
        "promise" | "promise_kept" | "promise_broken" => Some(History::Promises),
        what if EVENTS.contains(&what) => None,
        what if is_outcome(what) || Channel::from_word(what).is_some() => Some(History::Contacts),
        _ => None,
    }
}
