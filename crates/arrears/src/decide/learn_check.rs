//! What is wrong with what was done: names that nobody knows, days that cannot be, what
//! an effect needs and was not noted.

use super::learn::Lesson;
use crate::facts::{Channel, Class, Verb, outcome_table};
use crate::policy::{Effect, TreatmentId};
use crate::problem::nearest;

impl Lesson<'_> {
    /// Everything that is wrong with what was done.
    pub(super) fn check(&mut self) {
        let (policy, done) = (self.policy, self.done);
        self.treatment = self.decided();
        if let Some(name) = &done.treatment {
            let treatments = &policy.body.treatments;
            let found = treatments.iter().position(|treatment| treatment.name == *name);
            self.treatment = found.and_then(|at| u16::try_from(at).ok()).map(TreatmentId);
            if self.treatment.is_none() {
                let names = treatments.iter().map(|treatment| treatment.name.as_str());
                self.fault("treatment", format!("the policy has no treatment `{name}`{}", meant(name, names)));
            }
        }
        if let Some(code) = &done.outcome {
            let codes = || outcome_table().iter().map(|outcome| outcome.code);
            self.code = codes().find(|known| known == code);
            if self.code.is_none() {
                self.fault("outcome", format!("no contact has the result `{code}`{}", meant(code, codes())));
            }
        }
        if done.on < self.decided_on {
            let day = self.decided_on;
            self.fault(
                "on",
                format!("{} lies before the day of the decision, {day}: what is done follows a decision", done.on),
            );
        }
        let not_decided = !done.carried_out && self.treatment.is_none_or(|id| !self.is_counted(id));
        if not_decided && !self.faults.iter().any(|fault| fault.field == "treatment") {
            let what = done.treatment.as_ref().map_or("no treatment".to_owned(), |name| format!("`{name}`"));
            let day = self.decided_on;
            let verb = if done.treatment.is_some() { "was not decided" } else { "was decided" };
            self.fault("done", format!("{what} {verb} on {day}, so there is nothing that was not done"));
        }
        if let Some(amount) = done.amount {
            let wanted = policy.head().currency;
            if amount.currency() != wanted {
                self.fault("amount", format!("the amount is in {}, the policy in {wanted}", amount.currency()));
            } else if amount.minor() < 0 {
                self.fault("amount", format!("{amount} lies below zero: write what was promised"));
            }
        }
        for (field, day) in [("call_back_on", done.call_back_on), ("due_on", done.due_on)] {
            if let Some(day) = day.filter(|day| *day < done.on) {
                self.fault(field, format!("{day} lies before the day of the contact, {}", done.on));
            }
        }
        self.check_effects();
    }

    /// What the effects of the result need and was not noted.
    fn check_effects(&mut self) {
        for outcome in self.spoken_for() {
            let Some((field, needs)) = self.lacks(&outcome.effect) else { continue };
            let code = self.code.unwrap_or_default();
            let word = outcome.effect.word().word();
            self.fault(field, format!("is empty, but the result `{code}` does `{word}`, which needs {needs}"));
        }
    }

    /// The field that an effect needs and that was not noted, and what it would say.
    pub(super) fn lacks(&self, effect: &Effect) -> Option<(&'static str, &'static str)> {
        match effect {
            Effect::Retry(_) if self.treatment.is_none() => Some(("treatment", "which treatment was tried")),
            Effect::RetirePoint(..) if self.point().is_none() => {
                Some(("point", "which number was used: mobile, work or home"))
            }
            Effect::OptOut(None) if self.channel().is_none_or(|channel| !reaches(channel)) => {
                Some(("channel", "which channel was used"))
            }
            Effect::Promise if self.done.due_on.is_none() => Some(("due_on", "the day for which payment was promised")),
            _ => None,
        }
    }
}

/// Whether a channel reaches the person.
fn reaches(channel: Channel) -> bool {
    Verb::from_word(channel.word()).is_some_and(|verb| verb.def().class == Class::Contact)
}

/// A close name, as help.
fn meant<'n>(written: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    nearest(written, known).map(|near| format!(": did you mean `{near}`?")).unwrap_or_default()
}
