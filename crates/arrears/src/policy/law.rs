//! Under which law a decision is made: chosen by the host, never by the policy.

use super::Pack;
use super::pack::{Citation, Status};
use crate::calendar::Calendar;
use crate::problem::nearest;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The law under which contact is permitted and a decision is made.
///
/// Packs of guardrails are the host's to choose. Those whose jurisdiction binds an account, and
/// which are in force, apply; where none does, no contact goes out and a person must look. A host
/// that runs without any must say why, and its reason is stamped on every decision.
///
/// What a pack ships as unverified, as a draft, or as the bank's own number to set binds nobody
/// until the host enables it by name, and that is stamped too.
#[derive(Clone, Debug, Default)]
pub struct Law {
    reason: Option<Arc<str>>,
    packs: Arc<[Pack]>,
    calendars: Arc<BTreeMap<String, Calendar>>,
    enabled: Arc<BTreeSet<String>>,
}

/// A host that runs without guardrails must say why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the reason for deciding without law is empty: say in a few words why no guardrails apply")]
pub struct EmptyReason;

/// A rule that no pack has cannot be enabled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no pack has a rule `{rule}`{}", .nearest.as_ref().map(|near| format!(": did you mean `{near}`?")).unwrap_or_default())]
pub struct UnknownRule {
    /// The rule that was named.
    pub rule: String,
    /// The closest one there is.
    pub nearest: Option<String>,
}

impl Law {
    /// No guardrails, for a reason.
    ///
    /// # Errors
    ///
    /// [`EmptyReason`] if the reason says nothing.
    ///
    /// ```
    /// use arrears::Law;
    /// assert_eq!(Law::none("backtest")?.stamp(), "none: backtest");
    /// assert!(Law::none("  ").is_err());
    /// # Ok::<(), arrears::EmptyReason>(())
    /// ```
    pub fn none(reason: &str) -> Result<Self, EmptyReason> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(EmptyReason);
        }
        Ok(Self { reason: Some(Arc::from(reason)), ..Self::default() })
    }

    /// These packs, each where its jurisdiction binds and while it is in force. An empty list
    /// permits no contact at all: an account under no law is for a person to look at.
    pub fn of(packs: impl IntoIterator<Item = Pack>) -> Self {
        Self { packs: packs.into_iter().collect(), ..Self::default() }
    }

    /// The same law with a calendar, found by its name.
    #[must_use]
    pub fn with_calendar(mut self, calendar: Calendar) -> Self {
        let mut calendars = (*self.calendars).clone();
        calendars.insert(calendar.name().to_owned(), calendar);
        self.calendars = Arc::new(calendars);
        self
    }

    /// The same law with rules that bind nobody by default: unverified ones, drafts, and those
    /// whose number the bank sets.
    ///
    /// # Errors
    ///
    /// Every rule that no pack has.
    pub fn enabling<'r>(mut self, rules: impl IntoIterator<Item = &'r str>) -> Result<Self, Vec<UnknownRule>> {
        let known: BTreeSet<&str> = self.citations().map(|citation| citation.rule.as_str()).collect();
        let mut enabled = (*self.enabled).clone();
        let mut unknown = Vec::new();
        for rule in rules {
            if known.contains(rule) {
                enabled.insert(rule.to_owned());
            } else {
                let nearest = nearest(rule, known.iter().copied()).map(str::to_owned);
                unknown.push(UnknownRule { rule: rule.to_owned(), nearest });
            }
        }
        if unknown.is_empty() {
            self.enabled = Arc::new(enabled);
            Ok(self)
        } else {
            Err(unknown)
        }
    }

    /// The same law with everything enabled that a pack ships as unverified. Drafts, what was
    /// superseded, and what the bank sets itself stay as they are.
    #[must_use]
    pub fn with_unverified(mut self) -> Self {
        let unverified = self.citations().filter(|citation| citation.status == Status::Unverified);
        let mut enabled: BTreeSet<String> = unverified.map(|citation| citation.rule.clone()).collect();
        enabled.extend(self.enabled.iter().cloned());
        self.enabled = Arc::new(enabled);
        self
    }

    fn citations(&self) -> impl Iterator<Item = &Citation> {
        self.packs.iter().flat_map(|pack| {
            let rules = pack.rules().iter().map(|rule| &rule.citation);
            let exceptions = pack.exceptions().iter().map(|exception| &exception.citation);
            rules.chain(exceptions).chain(pack.duties().iter().map(|(_, citation)| citation))
        })
    }

    /// Every pack, in force or not.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The packs that bind accounts of a jurisdiction on a day.
    pub fn in_force<'l>(&'l self, jurisdiction: &'l str, on: NaiveDate) -> impl Iterator<Item = &'l Pack> {
        self.packs.iter().filter(move |pack| pack.head().binds(jurisdiction) && pack.head().in_force(on))
    }

    /// Whether a rule binds on a day: it is in force, and verified or enabled by name.
    pub fn binds(&self, citation: &Citation, on: NaiveDate) -> bool {
        citation.in_days(on) && (citation.status == Status::InForce || self.enabled.contains(&citation.rule))
    }

    /// The calendar of a name.
    pub fn calendar(&self, name: &str) -> Option<&Calendar> {
        self.calendars.get(name)
    }

    /// The rules that the host enabled by name.
    pub fn enabled(&self) -> impl Iterator<Item = &str> {
        self.enabled.iter().map(String::as_str)
    }

    /// Whether no guardrails apply at all, for a reason that is stamped.
    pub const fn is_none(&self) -> bool {
        self.reason.is_some()
    }

    pub(crate) fn unstated() -> Self {
        Self::default()
    }

    /// What is stamped on a decision: why there is no law, or the packs with their versions and
    /// hashes, and what was enabled.
    pub fn stamp(&self) -> String {
        if let Some(reason) = &self.reason {
            return format!("none: {reason}");
        }
        let mut stamp = String::from("packs:");
        for pack in self.packs.iter() {
            let hash = pack.hash().to_string();
            let short = hash.get(..12).unwrap_or(&hash);
            stamp.push_str(&format!(" {} {} {short};", pack.head().name, pack.head().version));
        }
        if self.packs.is_empty() {
            stamp.push_str(" none given");
        }
        if !self.enabled.is_empty() {
            let rules: Vec<&str> = self.enabled().collect();
            stamp.push_str(&format!(" enabled: {}", rules.join(", ")));
        }
        stamp.trim_end_matches(';').to_owned()
    }
}

/// Two laws are the same if they are stamped alike: packs are identified by their hashes.
impl PartialEq for Law {
    fn eq(&self, other: &Self) -> bool {
        self.stamp() == other.stamp() && self.calendars == other.calendars
    }
}

impl Eq for Law {}
