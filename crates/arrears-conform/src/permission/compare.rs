//! What was expected of a contact, against the permission.

use super::case::Expected;
use crate::comparison::{Comparison, Difference};
use crate::contact::case::{Moment, Proposed};
use arrears::guardrail::{Answer, Permission, Presumption, Used};
use serde::{Serialize, Serializer};

/// A moment that is shown as cases write it. Two are the same if they are one instant.
#[derive(Clone, Copy, PartialEq)]
struct Shown(Moment);

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_rfc3339())
    }
}

/// Compares; `counting` are the rules whose count is the one that is expected.
pub(super) fn compare(
    proposed: &Proposed,
    expected: &Expected,
    permission: &Permission,
    counting: &[(String, String)],
) -> Result<Vec<Difference>, String> {
    let at = &format!("at {}", proposed.at.to_rfc3339());
    let Expected { decision, rules, earliest_next, exception, presumption, counted, rebuttal_factor, flags, strength } =
        expected;
    let deciding: Vec<&str> = permission.rules.iter().map(|rule| rule.rule.as_str()).collect();
    let lifting: Vec<&str> = permission.lifted.iter().map(|lifted| lifted.by.as_str()).collect();
    let told: Vec<&str> = permission.flags.iter().map(String::as_str).collect();
    let counts = |used: &&Used| counting.iter().any(|(rule, class)| used.rule == *rule && used.class == *class);
    let count = permission.counts.iter().filter(counts).map(|used| used.counted).max();
    let presumed = permission.presumption.map(|presumed| match presumed {
        Presumption::Compliance => "compliance",
        Presumption::Violation => "violation",
    });
    // What decides is as strong as the strongest rule that does.
    let strongest = permission.rules.iter().map(|rule| rule.strength).min().map(|strength| strength.word());
    let answer = match permission.answer {
        Answer::Allow => "allow",
        Answer::Review => "review",
        Answer::Block => "block",
    };
    let among = |got: &Vec<&str>, wanted: &str| got.contains(&wanted);
    let all = |wanted: &Vec<String>, got: &Vec<&str>| wanted.iter().all(|wanted| among(got, wanted));

    let mut comparison = Comparison::default();
    comparison.same(at, "decision", Some(&decision.engine()), &answer)?;
    comparison.agree(at, "rules", rules.as_ref(), &deciding, all)?;
    let shown = |moment: &Option<Moment>| moment.map(Shown);
    comparison.same(
        at,
        "earliest_next",
        earliest_next.as_ref().map(shown).as_ref(),
        &shown(&permission.earliest_unblocked),
    )?;
    comparison.agree(at, "exception", exception.as_ref(), &lifting, |wanted, got| among(got, wanted))?;
    comparison.same(at, "presumption", presumption.map(|word| Some(word.engine())).as_ref(), &presumed)?;
    comparison.same(at, "counted", counted.map(Some).as_ref(), &count)?;
    comparison.same(at, "rebuttal_factor", rebuttal_factor.map(Some).as_ref(), &permission.rebuttal)?;
    comparison.agree(at, "flags", flags.as_ref(), &told, all)?;
    comparison.same(at, "strength", strength.map(|word| Some(word.engine())).as_ref(), &strongest)?;
    comparison.finish()
}
