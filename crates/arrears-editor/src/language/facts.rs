//! Facts in words: what they count, how a day moves them, which words they take.

use arrears::Kind;
use arrears::facts::{FactDef, Movement, Role, StepEffect, Words, outcome_table, verb_table};

/// What a number of a kind counts.
pub(crate) const fn unit(kind: Kind) -> &'static str {
    match kind {
        Kind::Days => "whole days",
        Kind::Count => "a number of things",
        Kind::Money => "money in the policy's currency",
        Kind::Ratio => "a ratio or a score",
        Kind::Flag => "yes or no",
        Kind::Category => "one word of a vocabulary",
    }
}

/// What a day on which nothing happens does to a fact.
pub(crate) fn movement(movement: Movement) -> String {
    match movement {
        Movement::Still => "stays as it is".to_owned(),
        Movement::Up => "one more each day".to_owned(),
        Movement::Down => "one less each day".to_owned(),
        Movement::Late => "one more each day while late".to_owned(),
        Movement::Steps(step) => {
            let what = match step.effect {
                StepEffect::AddOne => "one more".to_owned(),
                StepEffect::Add(fact) => format!("`{fact}` more"),
                StepEffect::Clear => "no longer set".to_owned(),
                StepEffect::AddOneIf(flag) => format!("one more if `{flag}` was set"),
                StepEffect::Unknown => "unknown".to_owned(),
            };
            format!("{what} on the day after `{}` was 0", step.when)
        }
        Movement::Expires => "falls as its window moves on".to_owned(),
        Movement::Reaches(days) => format!("falls as its window moves on; one more when `dpd` reaches {days}"),
        Movement::Peak => "falls as its window moves on; rises with `dpd`".to_owned(),
        Movement::Rises => "rises by calendar months".to_owned(),
        Movement::Begins => "one more each day; begins on the day on which the account falls late".to_owned(),
        Movement::Ages => "rises; begins on the day after the next due date".to_owned(),
        Movement::Derived => "computed from other facts each day".to_owned(),
    }
}

/// Where the value comes from, by a word.
pub(crate) const fn role(role: Role) -> &'static str {
    match role {
        Role::Input => "input",
        Role::Derived => "derived",
        Role::State(_) => "state",
        Role::Result => "result",
        Role::Contact => "contact",
    }
}

/// The words that a category takes by itself; those that a policy gives it are not among them.
pub(crate) fn words(fact: &FactDef) -> Vec<&'static str> {
    match fact.words {
        Words::Closed(words) => words.to_vec(),
        Words::Actions => {
            let verbs = verb_table().iter().map(|verb| verb.word);
            verbs.chain(["wait", "held", "none"]).collect()
        }
        Words::Channels => {
            let channels = verb_table().iter().filter(|verb| verb.channel.is_some()).map(|verb| verb.word);
            channels.chain(["none"]).collect()
        }
        Words::Outcomes => outcome_table().iter().map(|outcome| outcome.code).collect(),
        Words::None | Words::Open | Words::Stages | Words::DebtorTypes | Words::Treatments => Vec::new(),
    }
}

/// From what the words come, by a word.
pub(crate) const fn vocabulary(words: Words) -> Option<&'static str> {
    match words {
        Words::None => None,
        Words::Closed(_) => Some("closed"),
        Words::Open => Some("open"),
        Words::Stages => Some("stages"),
        Words::DebtorTypes => Some("debtor_types"),
        Words::Treatments => Some("treatments"),
        Words::Actions => Some("actions"),
        Words::Channels => Some("channels"),
        Words::Outcomes => Some("outcomes"),
    }
}
