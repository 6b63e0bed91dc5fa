//! What a policy says of people: signs, debtor types, holds.

use super::work::Purpose;
use crate::condition::{Cond, FactId};
use crate::facts::Class;
use crate::span::Span;
use std::collections::BTreeMap;

/// An axis of the assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Willingness to pay.
    Willingness,
    /// Ability to pay.
    Ability,
}

/// Something seen of a person, with points and a life.
#[derive(Clone, Debug)]
pub struct Sign {
    /// Its text.
    pub name: String,
    /// When it is seen.
    pub when: Cond,
    /// Points towards willingness, if it speaks to it.
    pub willingness: Option<i64>,
    /// Points towards ability, if it speaks to it.
    pub ability: Option<i64>,
    /// Days for which it counts after it was last seen; zero: only while it is seen.
    pub lasts: i64,
    /// The state fact that tells how long ago it was last seen, if it lasts.
    pub since: Option<FactId>,
    /// Why it is a sign.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// A type of debtor.
#[derive(Clone, Debug)]
pub struct DebtorType {
    /// Its name inside the bank.
    pub name: String,
    /// When an account is of the type; none for `otherwise`.
    pub when: Option<Cond>,
    /// Whether a second person must look.
    pub review: bool,
    /// The name shown to people, by language.
    pub shows: BTreeMap<String, String>,
    /// Talking points.
    pub say: Vec<String>,
    /// What it means.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// What stops work on an account.
#[derive(Clone, Debug)]
pub struct Hold {
    /// Its name.
    pub name: String,
    /// When it holds.
    pub when: Cond,
    /// What it stops.
    pub stops: Stops,
    /// Purposes that go ahead all the same.
    pub keeps: Vec<Purpose>,
    /// Whether it binds the person's other accounts too.
    pub scope: Scope,
    /// Why it stops them.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// What a hold stops.
#[derive(Clone, Debug, Default)]
pub struct Stops {
    /// Classes of verbs.
    pub classes: Vec<Class>,
    /// Required notices, that is every duty.
    pub required_notice: bool,
    /// Duties by name.
    pub duties: Vec<String>,
}

/// How far a hold reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This account.
    Account,
    /// Every account of the person.
    Customer,
}

impl Hold {
    /// Whether it stops a verb of `class` for `purpose`.
    pub fn stops(&self, class: Class, purpose: Purpose) -> bool {
        if self.keeps.contains(&purpose) {
            return false;
        }
        if purpose == Purpose::RequiredNotice {
            return self.stops.required_notice;
        }
        self.stops.classes.contains(&class)
    }

    /// Whether it stops the duty called `name`.
    pub fn stops_duty(&self, name: &str) -> bool {
        let named = self.stops.duties.iter().any(|duty| duty == name);
        named || self.stops(Class::Contact, Purpose::RequiredNotice)
    }
}
