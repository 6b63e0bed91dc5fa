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
pub struct Law(Arc<Chosen>);

/// What a host chose.
#[derive(Clone, Debug, Default)]
struct Chosen {
    reason: Option<String>,
    packs: Vec<Pack>,
    calendars: BTreeMap<String, Calendar>,
    enabled: BTreeSet<String>,
    stamp: String,
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
        Ok(Self::default().with(|chosen| chosen.reason = Some(reason.to_owned())))
    }

    /// These packs, each where its jurisdiction binds and while it is in force. An empty list
    /// permits no contact at all: an account under no law is for a person to look at.
    pub fn of(packs: impl IntoIterator<Item = Pack>) -> Self {
        Self::default().with(|chosen| chosen.packs = packs.into_iter().collect())
    }

    /// The same law with a calendar, found by its name.
    #[must_use]
    pub fn with_calendar(self, calendar: Calendar) -> Self {
        self.with(|chosen| {
            chosen.calendars.insert(calendar.name().to_owned(), calendar);
        })
    }

    fn with(self, change: impl FnOnce(&mut Chosen)) -> Self {
        let mut chosen = (*self.0).clone();
        change(&mut chosen);
        chosen.stamp = chosen.stamped();
        Self(Arc::new(chosen))
    }

    /// The same law with rules that bind nobody by default: unverified ones, drafts, and those
    /// whose number the bank sets.
    ///
    /// # Errors
    ///
    /// Every rule that no pack has.
    pub fn enabling<'r>(self, rules: impl IntoIterator<Item = &'r str>) -> Result<Self, Vec<UnknownRule>> {
        let known: BTreeSet<&str> = self.citations().map(|citation| citation.rule.as_str()).collect();
        let mut enabled = self.0.enabled.clone();
        let mut unknown = Vec::new();
        for rule in rules {
            if known.contains(rule) {
                enabled.insert(rule.to_owned());
            } else {
                let nearest = nearest(rule, known.iter().copied()).map(str::to_owned);
                unknown.push(UnknownRule { rule: rule.to_owned(), nearest });
            }
        }
        if unknown.is_empty() { Ok(self.with(|chosen| chosen.enabled = enabled)) } else { Err(unknown) }
    }

    /// The same law with everything enabled that a pack ships as unverified. Drafts, what was
    /// superseded, and what the bank sets itself stay as they are.
    #[must_use]
    pub fn with_unverified(self) -> Self {
        let unverified = self.citations().filter(|citation| citation.status == Status::Unverified);
        let mut enabled: BTreeSet<String> = unverified.map(|citation| citation.rule.clone()).collect();
        enabled.extend(self.0.enabled.iter().cloned());
        self.with(|chosen| chosen.enabled = enabled)
    }

    fn citations(&self) -> impl Iterator<Item = &Citation> {
        self.0.packs.iter().flat_map(Pack::citations)
    }

    /// Every pack, in force or not.
    pub fn packs(&self) -> &[Pack] {
        &self.0.packs
    }

    /// The packs that bind accounts of a jurisdiction on a day.
    pub fn in_force<'l>(&'l self, jurisdiction: &'l str, on: NaiveDate) -> impl Iterator<Item = &'l Pack> {
        self.0.packs.iter().filter(move |pack| pack.head().binds(jurisdiction) && pack.head().in_force(on))
    }

    /// Whether a rule of a pack binds on a day: the pack is in force then, the rule is, and it is
    /// verified or enabled by name.
    pub fn binds_of(&self, pack: &Pack, citation: &Citation, on: NaiveDate) -> bool {
        pack.head().in_force(on) && self.binds(citation, on)
    }

    /// Rules of some packs that bind nobody, as they were not enabled by name; each once, in the order of
    /// the packs.
    pub fn not_enabled<'p>(&self, packs: impl IntoIterator<Item = &'p Pack>) -> Vec<&'p Citation> {
        let mut idle: Vec<&Citation> = Vec::new();
        for citation in packs.into_iter().flat_map(Pack::citations) {
            let binds = citation.status == Status::InForce || self.0.enabled.contains(&citation.rule);
            if !binds && !idle.iter().any(|other| other.rule == citation.rule) {
                idle.push(citation);
            }
        }
        idle
    }

    /// Whether a rule binds on a day on which its pack is in force: it is in force itself, and verified or
    /// enabled by name. Of a pack that may not be in force, [`Law::binds_of`] says it.
    pub fn binds(&self, citation: &Citation, on: NaiveDate) -> bool {
        citation.in_days(on) && (citation.status == Status::InForce || self.0.enabled.contains(&citation.rule))
    }

    /// The calendar of a name.
    pub fn calendar(&self, name: &str) -> Option<&Calendar> {
        self.0.calendars.get(name)
    }

    /// The rules that the host enabled by name.
    pub fn enabled(&self) -> impl Iterator<Item = &str> {
        self.0.enabled.iter().map(String::as_str)
    }

    /// Whether no guardrails apply at all, for a reason that is stamped.
    pub fn is_none(&self) -> bool {
        self.0.reason.is_some()
    }

    pub(crate) fn unstated() -> Self {
        static UNSTATED: std::sync::LazyLock<Law> = std::sync::LazyLock::new(Law::default);
        UNSTATED.clone()
    }

    /// What is stamped on a decision: why there is no law, or the packs with their versions and
    /// hashes, and what was enabled.
    pub fn stamp(&self) -> &str {
        &self.0.stamp
    }
}

impl Chosen {
    fn stamped(&self) -> String {
        if let Some(reason) = &self.reason {
            return format!("none: {reason}");
        }
        let packs = self.packs.iter().map(|pack| {
            let hash = pack.hash().to_string();
            format!("{} {} {}", pack.head().name, pack.head().version, hash.get(..12).unwrap_or(&hash))
        });
        let packs: Vec<String> = packs.collect();
        let mut stamp = if packs.is_empty() { "no packs".to_owned() } else { packs.join("; ") };
        if !self.enabled.is_empty() {
            let rules: Vec<&str> = self.enabled.iter().map(String::as_str).collect();
            stamp.push_str("; enabled: ");
            stamp.push_str(&rules.join(", "));
        }
        stamp
    }
}

/// Two laws are the same if they are stamped alike: packs are identified by their hashes.
impl PartialEq for Law {
    fn eq(&self, other: &Self) -> bool {
        self.stamp() == other.stamp() && self.0.calendars == other.0.calendars
    }
}

impl Eq for Law {}
