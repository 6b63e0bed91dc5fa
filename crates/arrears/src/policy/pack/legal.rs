//! What the law says besides limits: remarks, dates, forms of messages, procedures.

use super::Citation;
use crate::condition::{Cond, Num};

/// What is said beside an answer; it decides nothing.
#[derive(Clone, Debug)]
pub struct Remark {
    /// What is said: `high_concentration`.
    pub name: String,
    /// When.
    pub when: Cond,
    /// Where it comes from.
    pub citation: Citation,
}

/// A date that follows from another.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// Its name.
    pub name: String,
    /// The event, or the other deadline, from which it counts.
    pub after: String,
    /// How far after it.
    pub span: DeadlineSpan,
    /// Where it comes from.
    pub citation: Citation,
}

/// How far a deadline lies after its beginning.
#[derive(Clone, Debug)]
pub enum DeadlineSpan {
    /// Calendar days.
    Days(Num),
    /// Days that are neither weekend nor holiday.
    WorkingDays(Num),
}

/// What a message of a form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageForm {
    /// Its name: `limited_content_message`.
    pub name: String,
    /// What it must hold.
    pub needs: Vec<String>,
    /// What it may hold besides.
    pub may: Vec<String>,
    /// For whom it may be left; empty: for anyone.
    pub left_for: Vec<String>,
    /// By which channel it is left, if that matters.
    pub channel: Option<String>,
    /// Where it comes from.
    pub citation: Citation,
}

/// A rule of law that is no limit of its own but the meaning of classes, words or limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The classes, words or rules of the pack whose meaning it is.
    pub of: Vec<String>,
    /// Where it comes from.
    pub citation: Citation,
}

/// What satisfies a procedure, or permits something that is no contact.
#[derive(Clone, Debug)]
pub struct Procedure {
    /// Its name.
    pub name: String,
    /// When it is satisfied.
    pub when: Cond,
    /// Where it comes from.
    pub citation: Citation,
}

impl MessageForm {
    /// Whether an attempt that holds these elements, left for somebody, is such a message:
    /// everything that it needs is there, and nothing that does not belong to it.
    pub fn fits<'a>(&self, channel: &str, left_for: &str, elements: impl IntoIterator<Item = &'a str>) -> bool {
        let elements: Vec<&str> = elements.into_iter().collect();
        let all = self.needs.iter().all(|needed| elements.contains(&needed.as_str()));
        let none_else = elements.iter().all(|held| self.needs.iter().chain(&self.may).any(|known| known == held));
        let by = self.channel.as_ref().is_none_or(|by| by == channel);
        let whom = self.left_for.is_empty() || self.left_for.iter().any(|whom| whom == left_for);
        all && none_else && by && whom
    }
}
