//! The ladder of a policy as a graph: stages, the ways between them, and what is done in each.
//!
//! [`graph`] makes it, [`Graph::mermaid`], [`Graph::dot`] and [`Graph::svg`] draw it. Every name is text, whatever
//! stands in it. The same policy gives the same bytes.

mod dot;
mod drawn;
mod mermaid;
mod ways;

use crate::wording::{Anchors, Wording, counted, human, verb_noun};
use arrears::Policy;
use arrears::policy::{Mode, StageId};
use serde::Serialize;

/// The format of a graph as JSON.
pub const FORMAT: &str = "arrears-graph/1";

/// The ladder of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Graph {
    /// The format: `arrears-graph/1`.
    pub format: &'static str,
    /// The policy's name and version.
    pub policy: String,
    /// How accounts move, in a sentence or two.
    pub moves: String,
    /// The stages in order of severity; the first is `current`, where every account begins.
    pub stages: Vec<Stage>,
    /// The ways between them.
    pub ways: Vec<Way>,
}

/// A stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// Its name in the policy.
    pub name: String,
    /// Its name as the policy shows it to people, by language.
    pub shows: std::collections::BTreeMap<String, String>,
    /// When an account belongs in it, in plain words; empty of `current`.
    pub when: String,
    /// Whether it stands beside the ladder.
    pub beside: bool,
    /// The stage that must have been reached before.
    pub after: Option<String>,
    /// Days in the stage that is left, in words.
    pub dwell: Option<String>,
    /// Who must approve what is done in it.
    pub approval: Option<String>,
    /// Whether only a cure leaves it.
    pub latched: bool,
    /// What is done in it, in order.
    pub treatments: Vec<Treated>,
}

/// A treatment of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Treated {
    /// Its name in the policy.
    pub name: String,
    /// What is done: `phone`.
    pub verb: &'static str,
    /// The same in words: `telephone call`.
    pub by: String,
}

/// What kind of way leads from one stage to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WayKind {
    /// Up the ladder.
    Up,
    /// Down by an `ease`.
    Ease,
    /// Down by a `cure`.
    Cure,
    /// Into a stage beside the ladder, and back when its condition ends.
    Beside,
}

/// A way from one stage to another, by their places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// What kind it is.
    pub kind: WayKind,
    /// The stages from which it leads.
    pub from: Vec<usize>,
    /// The stage to which it leads.
    pub to: usize,
    /// When, in plain words.
    pub when: String,
    /// Why, in the policy's words.
    pub why: String,
}

/// The ladder of a policy.
///
/// ```
/// use arrears::build::{Build, fact};
/// use arrears_workbench::graph::graph;
///
/// let policy = Build::policy("small", "EUR").stage("reminder", fact("dpd").ge(1)).check()?;
/// let ladder = graph(&policy);
/// assert_eq!(ladder.stages.len(), 2);
/// assert_eq!(ladder.stages[1].when, "at least 1 day past due");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn graph(policy: &Policy) -> Graph {
    let anchors = Anchors::of_policy(policy);
    let wording = Wording::of_policy(policy, Some(&anchors));
    let name = |id: StageId| policy.stages().get(id.index()).map(|stage| stage.name.clone());
    let latches = policy.escalate().latches;
    let stages = policy.stages().iter().enumerate().map(|(index, stage)| Stage {
        name: stage.name.clone(),
        shows: stage.shows.clone(),
        when: stage.when.as_ref().map(|when| wording.condition(when).sentence().text()).unwrap_or_default(),
        beside: stage.beside,
        after: stage.after.and_then(name),
        dwell: stage.dwell.as_ref().map(|dwell| wording.number(dwell).text()),
        approval: stage.approval.clone(),
        latched: latches.has(i64::try_from(index).unwrap_or(-1)),
        treatments: treated(policy, index),
    });
    Graph {
        format: FORMAT,
        policy: format!("{} {}", policy.head().name, policy.head().version),
        moves: moves(policy),
        stages: stages.collect(),
        ways: ways::ways(policy, &wording),
    }
}

fn treated(policy: &Policy, stage: usize) -> Vec<Treated> {
    let turns = policy.turns(StageId::at(u8::try_from(stage).unwrap_or(u8::MAX)));
    let treatments = turns.iter().filter_map(|turn| policy.treatments().get(turn.index()));
    let treated = treatments.map(|treatment| Treated {
        name: treatment.name.clone(),
        verb: treatment.verb.word(),
        by: verb_noun(treatment.verb.word()).map_or_else(|| human(treatment.verb.word()), |(one, _)| one.to_owned()),
    });
    treated.collect()
}

fn moves(policy: &Policy) -> String {
    let escalate = policy.escalate();
    let up = match escalate.mode {
        Mode::Sequential => {
            let steps = counted(i64::from(escalate.steps), "stage", "stages");
            format!("An account climbs at most {steps} in one decision, and goes down only by a way down or a cure")
        }
        Mode::Skip => {
            "An account goes at once to the most severe stage that fits, and down only by a way down or a cure"
                .to_owned()
        }
        Mode::Free => "An account is each day in the most severe stage that fits, up or down".to_owned(),
    };
    let first = if escalate.first_skip {
        "one that was never decided enters at once the most severe stage that fits"
    } else {
        "one that was never decided begins in current"
    };
    format!("{up}; {first}.")
}

impl Graph {
    /// The ladder in words, for who cannot see it.
    pub fn alt(&self) -> String {
        let rungs: Vec<String> =
            self.stages.iter().filter(|stage| !stage.beside).map(|stage| human(&stage.name)).collect();
        let beside: Vec<String> =
            self.stages.iter().filter(|stage| stage.beside).map(|stage| human(&stage.name)).collect();
        let mut said = format!("The ladder of {}, from the mildest stage up: {}.", self.policy, rungs.join(", "));
        if !beside.is_empty() {
            said.push_str(&format!(" Beside it: {}.", beside.join(", ")));
        }
        for way in &self.ways {
            let to = self.stages.get(way.to).map_or("", |stage| stage.name.as_str());
            match way.kind {
                WayKind::Ease => said.push_str(&format!(" Down to {} when {}.", human(to), way.when)),
                WayKind::Cure => said.push_str(&format!(" Cured to {} when {}.", human(to), way.when)),
                WayKind::Up | WayKind::Beside => {}
            }
        }
        said
    }

    /// A stage's name with what the policy shows in other languages than English.
    fn title(stage: &Stage) -> String {
        let shown = stage.shows.iter().filter(|(language, _)| *language != "en").map(|(_, name)| name.as_str());
        std::iter::once(human(&stage.name).as_str()).chain(shown).collect::<Vec<_>>().join(" · ")
    }

    /// What must be so besides the condition, each in a few words.
    fn terms(stage: &Stage) -> Vec<String> {
        let after = stage.after.as_ref().map(|after| format!("only after {}", human(after)));
        let dwell = stage.dwell.as_ref().map(|dwell| format!("not before {dwell} in the stage that is left"));
        let approval = stage.approval.as_ref().map(|who| format!("approved by {who}"));
        let latched = stage.latched.then(|| "left only by a cure".to_owned());
        after.into_iter().chain(dwell).chain(approval).chain(latched).collect()
    }
}
