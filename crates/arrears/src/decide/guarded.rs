//! What rules of law and of the house say of a treatment whose turn it is.

use super::Today;
use super::decision::VetoBy;
use super::sight::Sight;
use super::turn::Verdict;
use crate::condition::{Truth, missing_facts};
use crate::facts::Class;
use crate::policy::{Policy, Treatment, TreatmentId};

impl Policy {
    /// Whether the policy is read under a law of which no pack binds it: then no contact goes out.
    pub fn is_lawless(&self) -> bool {
        self.body.lawless
    }
}

impl<S: Sight> Today<'_, S> {
    /// What stands against a treatment: the first rule that surely does, else the first that may.
    pub(super) fn guarded(&self, treatment: &Treatment) -> Option<Verdict> {
        if treatment.class != Class::Contact {
            return None;
        }
        if self.policy.is_lawless() {
            return Some(Verdict::Doubtful(VetoBy::NoLaw));
        }
        let mut doubt = None;
        for guard in &treatment.guards {
            match self.read(&guard.cond) {
                Truth::False => {}
                Truth::True if !guard.review => {
                    let by = VetoBy::Rule(guard.rule);
                    return Some(if guard.ends { Verdict::Refused(by) } else { Verdict::Unavailable(by) });
                }
                Truth::True | Truth::Unknown => {
                    doubt = doubt.or(Some(Verdict::Doubtful(VetoBy::RuleReview(guard.rule))));
                }
            }
        }
        doubt
    }

    /// Records the facts for want of which a rule may stand against a treatment.
    pub(super) fn miss_guard(&mut self, treatment: &Treatment, by: VetoBy) {
        let VetoBy::RuleReview(rule) = by else { return };
        let mut missing = Vec::new();
        for guard in treatment.guards.iter().filter(|guard| guard.rule == rule) {
            missing_facts(&guard.cond, self.reading(), &mut missing);
        }
        for fact in missing {
            self.miss_fact(fact);
        }
    }
}

/// Whether a person must look at some treatment.
pub(super) fn doubts(turns: &[(TreatmentId, Verdict)]) -> bool {
    turns.iter().any(|(_, verdict)| matches!(verdict, Verdict::Doubtful(_)))
}
