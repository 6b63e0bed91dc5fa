//! A policy as a handbook: a document for people who have to know what a policy does and do not know its language.
//!
//! [`handbook`] tells all that a policy says, under the law of a day, in plain words: whom it applies to, what is
//! tuned and why, what is read from the data and what is assumed, who is of which type, what stops work, how accounts
//! move, what is done to whom and how often, what rules of law and of the house refuse, and how the policy's own
//! tests end. Every condition is said in English, with a link to each word, threshold, stage or type that it names.
//! [`Handbook::markdown`] and [`Handbook::html`] write it. The same policy, law and day give the same bytes.

mod book;
mod changes;
mod data;
mod document;
mod front;
mod guardrails;
mod guide;
mod html;
mod ladder;
mod markdown;
mod outcomes;
mod people;
mod promises;
mod treatments;
mod trials;
mod tuned;
mod uses;
mod work;

pub use changes::{Change, Difference};
pub use document::{Block, Chapter, Entry, Field, Row, Statement, Table, Told};
pub use front::{Front, PackInForce};

use crate::wording::Anchors;
use arrears::{Law, Policy, Problem};
use book::Book;
use chrono::NaiveDate;
use serde::Serialize;
use trials::Trials;
use uses::Uses;

/// The format of a handbook as JSON.
pub const FORMAT: &str = "arrears-handbook/1";

/// What a handbook is made for.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The day whose law is told.
    pub as_of: NaiveDate,
    /// On how many accounts `never` and `always` are tried; zero: they are not tried, and the handbook says so.
    pub samples: usize,
    /// An earlier version, from which the differences are listed.
    pub before: Option<&'a Policy>,
}

impl Options<'_> {
    /// The law of a day, `never` and `always` tried on 20,000 accounts, no earlier version.
    pub const fn new(as_of: NaiveDate) -> Self {
        Self { as_of, samples: 20_000, before: None }
    }
}

/// A policy as a handbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Handbook {
    /// The format: `arrears-handbook/1`.
    pub format: &'static str,
    /// The title page.
    pub front: Front,
    /// The chapters, in order.
    pub chapters: Vec<Chapter>,
    /// What differs from the earlier version; none if none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<Difference>>,
}

/// Why a handbook cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HandbookError {
    /// The law cannot be kept by the policy; all that is wrong.
    #[error("the law cannot be kept: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Law(Vec<Problem>),
}

/// Tells a policy under the law of a day.
///
/// The policy's tests are run and its `never` and `always` tried as it is given, without law, as `arrears test` does.
///
/// # Errors
///
/// [`HandbookError`] if the policy cannot keep the law of the day.
///
/// ```
/// use arrears::Law;
/// use arrears_workbench::handbook::{Options, handbook};
///
/// let text = r#"
///     policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
///     debtor "late" otherwise;
///     stage "reminder" when dpd >= 1;
///     treatment "ask" in ["reminder"] do review(#{ what: "read the file" });
/// "#;
/// let policy = arrears_rules::load_source("card.rhai", text, &[]).policy.ok_or("the policy has problems")?;
/// let book = handbook(&policy, &Law::none("an example")?, &Options::new("2026-03-31".parse()?))?;
/// assert!(book.markdown().contains("at least 1 day past due"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn handbook(policy: &Policy, law: &Law, options: &Options<'_>) -> Result<Handbook, HandbookError> {
    let trials = Trials::of(policy, options.samples);
    let mut chapters = chapters(policy, law, options, &trials)?;
    let untried = Trials::default();
    let changes = match options.before {
        Some(before) => {
            Some(changes::differences((before, &self::chapters(before, law, options, &untried)?), (policy, &chapters)))
        }
        None => None,
    };
    chapters.push(changes::chapter(policy, options.before, changes.as_deref()));
    Ok(Handbook { format: FORMAT, front: front::front(policy, law, options), chapters, changes })
}

fn chapters(policy: &Policy, law: &Law, options: &Options<'_>, trials: &Trials) -> Result<Vec<Chapter>, HandbookError> {
    let under = policy.under(law, options.as_of).map_err(HandbookError::Law)?;
    let anchors = Anchors::of_policy(policy);
    let uses = Uses::of_policy(policy, &anchors);
    let book = Book { plain: policy, policy: &under, law, options, anchors: &anchors, uses, trials };
    Ok(vec![
        guide::chapter(&book),
        tuned::applies(&book),
        tuned::thresholds(&book),
        tuned::words(&book),
        data::chapter(&book),
        people::signs(&book),
        people::types(&book),
        people::holds(&book),
        ladder::chapter(&book),
        treatments::chapter(&book),
        work::chapter(&book),
        guardrails::chapter(&book),
        outcomes::chapter(&book),
        promises::priority(&book),
        promises::chapter(&book),
    ])
}
