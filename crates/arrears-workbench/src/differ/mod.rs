//! What changed between two versions of a policy, in words.
//!
//! Policies are compared by what they mean: comments, layout, and how conditions are bracketed say nothing. What
//! they do to the accounts of a table is another question ([`crate::compare`]).

mod clauses;
mod conditions;
mod order;
mod pairs;
mod renames;
mod words;

use arrears::Policy;
use arrears::policy::OutlinedStatement;
use pairs::Pair;
use renames::Renames;
use serde::Serialize;
use std::collections::BTreeSet;

/// What changed from policy A to policy B.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "format", rename = "arrears-diff/1")]
pub struct Difference {
    /// The first policy.
    pub a: Version,
    /// The second policy.
    pub b: Version,
    /// Whether both have one hash: then every decision is the same, and no change decides.
    pub same: bool,
    /// The statements that changed: by kind, in the order of B, what was removed behind them.
    pub changes: Vec<Change>,
}

/// One of two policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Its name.
    pub policy: String,
    /// Its label for people.
    pub version: String,
    /// What decides, as a hash.
    pub hash: String,
}

/// How something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// B has it, A has not.
    Added,
    /// A has it, B has not.
    Removed,
    /// Both have it, and it says otherwise, is called otherwise, or stands elsewhere.
    Changed,
}

/// A statement that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The word that begins it: `treatment`, `stage`; `turns` is the order of treatments in a stage.
    pub keyword: String,
    /// Its name, in B if B has it; empty where there is one of its kind.
    pub name: String,
    /// How it changed.
    pub how: How,
    /// Its name in A, where B calls it otherwise: because B says so (`formerly`), or because it says the same.
    pub was: Option<String>,
    /// Where it stands among those of its kind, if that says something and is new.
    pub order: Option<Order>,
    /// Whether what changed decides; otherwise it is a reason, a range, a name for people.
    pub decides: bool,
    /// Where it stands in A.
    pub place_a: Option<String>,
    /// Where it stands in B.
    pub place_b: Option<String>,
    /// The clauses and options that changed; of a statement that was added or removed, all that decide.
    pub clauses: Vec<ClauseChange>,
}

/// Behind which statement of its kind a statement stands; none where it is the first, or not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Order {
    /// In A.
    pub behind_a: Option<String>,
    /// In B.
    pub behind_b: Option<String>,
}

/// A clause or an option that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseChange {
    /// `when`, `unless`, `do`, `every`.
    pub clause: String,
    /// How it changed.
    pub how: How,
    /// Whether it decides.
    pub decides: bool,
    /// What it says in A.
    pub a: Option<String>,
    /// What it says in B.
    pub b: Option<String>,
    /// Of a number, by how much it rose or fell, with its sign.
    pub by: Option<String>,
    /// Of a condition, the parts that changed.
    pub parts: Vec<PartChange>,
    /// Of an order, what stands elsewhere in it.
    pub moved: Vec<String>,
}

/// A part of a condition that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartChange {
    /// How it changed.
    pub how: How,
    /// What it says in A.
    pub a: Option<String>,
    /// What it says in B.
    pub b: Option<String>,
    /// How it is joined with the parts beside it: `and`, `or`; none if it stands alone.
    pub joined: Option<&'static str>,
    /// The word of the policy (`define`) within which it stands.
    pub within: Option<String>,
}

impl Difference {
    /// Whether nothing changed, not even what decides nothing; the labels of the versions do not count.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes that decide.
    pub fn deciding(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.decides)
    }
}

/// Says what changed from policy A to policy B.
///
/// Thresholds count with their values in force. Statements of one kind and name belong together, then those of which B says
/// what they were called (`formerly`), then those that say the same under another name. Tests of a policy are left out.
///
/// ```
/// let text = r#"
///     policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
///     threshold floor = 25.00 #{ from: 5.00, to: 100.00, why: "an example" };
///     debtor "late" otherwise;
///     stage "reminder" when dpd >= 1;
///     stage "firm" when dpd > 30 && overdue >= floor;
/// "#;
/// let load = |text: &str| arrears_rules::load_source("card.rhai", text, &[]).policy.ok_or("problems");
/// let (a, b) = (load(text)?, load(&text.replace("dpd > 30", "dpd > 60 /* later */").replace("25.00", "30.00"))?);
/// let difference = arrears_workbench::differ(&a, &b);
/// assert_eq!(difference.changes.len(), 2);
/// assert_eq!(difference.changes[0].clauses[0].by.as_deref(), Some("+5.00 GBP"));
/// let part = &difference.changes[1].clauses[0].parts[0];
/// assert_eq!((part.a.as_deref(), part.b.as_deref()), (Some("dpd > 30"), Some("dpd > 60")));
/// assert!(arrears_workbench::differ(&a, &a).is_empty());
/// # Ok::<(), &str>(())
/// ```
pub fn differ(a: &Policy, b: &Policy) -> Difference {
    let (outline_a, outline_b) = (a.outline(), b.outline());
    let renames = Renames::between(&outline_a, &outline_b);
    let mut keywords: Vec<&str> = Vec::new();
    for statement in outline_a.iter().chain(&outline_b) {
        if !keywords.contains(&statement.keyword) {
            keywords.push(statement.keyword);
        }
    }
    let money = (a.head().currency == b.head().currency).then_some(b);
    let mut changes = Vec::new();
    for keyword in keywords {
        let of = |outline| of_keyword(outline, keyword);
        let pairs = pairs::pair(&of(&outline_a), &of(&outline_b), &renames);
        let moved: BTreeSet<usize> = order::moved(&pairs);
        for (place, pair) in pairs.iter().enumerate() {
            changes.extend(change(pair, (&renames, money.unwrap_or(b)), moved.contains(&place), &pairs));
        }
    }
    Difference { a: Version::of(a), b: Version::of(b), same: a.hash() == b.hash(), changes }
}

fn of_keyword<'o>(outline: &'o [OutlinedStatement], keyword: &str) -> Vec<&'o OutlinedStatement> {
    outline.iter().filter(|statement| statement.keyword == keyword).collect()
}

/// What changed of a statement; none if nothing did.
fn change(pair: &Pair<'_>, (renames, policy): (&Renames, &Policy), moved: bool, pairs: &[Pair<'_>]) -> Option<Change> {
    let (how, either) = match (pair.a, pair.b) {
        (Some(_), Some(b)) => (How::Changed, b),
        (Some(a), None) => (How::Removed, a),
        (None, Some(b)) => (How::Added, b),
        (None, None) => return None,
    };
    // Where a stage comes or goes, so does the order of its treatments.
    if how != How::Changed && either.keyword == "turns" {
        return None;
    }
    let was = pair.a.filter(|a| how == How::Changed && a.name != either.name && !renames.explains(a, either));
    let clauses = clauses::changes(pair, renames, policy);
    if how == How::Changed && was.is_none() && !moved && clauses.is_empty() {
        return None;
    }
    let is_name = was.is_some() && !matches!(either.keyword, "never" | "always");
    let ordered = either.ordered && (moved || how != How::Changed);
    Some(Change {
        keyword: either.keyword.to_owned(),
        name: either.name.clone(),
        how,
        was: was.map(|a| a.name.clone()),
        order: ordered.then(|| order::of(pair, pairs)),
        decides: how != How::Changed || is_name || moved || clauses.iter().any(|clause| clause.decides),
        place_a: pair.a.and_then(|a| a.place.clone()),
        place_b: pair.b.and_then(|b| b.place.clone()),
        clauses,
    })
}

impl Version {
    fn of(policy: &Policy) -> Self {
        let head = policy.head();
        Self { policy: head.name.clone(), version: head.version.clone(), hash: policy.hash().to_string() }
    }
}
