//! Telling one decision step by step.

use super::reasons::{Reason, fact_is, reasons};
use super::story::Part;
use crate::condition::{Cond, Truth, WordSet};
use crate::decide::{Action, Decision, DutyStatus, Record, StageReason, Today, Verdict, VetoBy};
use crate::policy::words;
use crate::policy::{Policy, Stage, Treatment};

/// Tells one decision, with what was read on the way.
pub(super) struct Teller<'a> {
    pub(super) policy: &'a Policy,
    pub(super) today: &'a Today<'a>,
    pub(super) decision: &'a Decision,
    pub(super) record: &'a Record,
}

impl Teller<'_> {
    fn reason(&self, cond: &Cond) -> Reason {
        reasons(self.policy, self.today.reading(), self.today.as_of, cond)
    }

    fn part(&self, step: &'static str, text: String, span: crate::Span, clauses: Vec<(&str, &Cond)>) -> Part {
        Part {
            step,
            text,
            place: words::place(self.policy, span),
            clauses: clauses.into_iter().map(|(name, cond)| (name.to_owned(), self.reason(cond))).collect(),
        }
    }

    /// The type, the types that it may also be, and those above that were ruled out.
    pub(super) fn who(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut ruled_out = Vec::new();
        for (index, kind) in self.policy.debtor_types().iter().enumerate() {
            let possible = self.decision.types.has(i64::try_from(index).unwrap_or(WordSet::OTHER));
            if !possible {
                ruled_out.push(kind.name.clone());
                continue;
            }
            let certain = self.decision.types.len() == 1;
            let text = if certain { kind.name.clone() } else { format!("perhaps {}", kind.name) };
            let clauses = kind.when.as_ref().map(|when| ("when", when)).into_iter().collect();
            parts.push(self.part("who", text, kind.span, clauses));
            let decided = kind.when.as_ref().is_none_or(|when| self.today.read(when).is_true());
            if decided {
                break;
            }
        }
        if !ruled_out.is_empty() {
            let text = format!("not {}", ruled_out.join(", "));
            parts.push(Part { step: "who", text, place: None, clauses: Vec::new() });
        }
        parts
    }

    /// The signs that count, and the axes that they give.
    pub(super) fn signs(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let reading = self.today.reading();
        for sign in self.policy.signs() {
            let counts = sign.counts(&reading);
            if counts.is_false() {
                continue;
            }
            let points = |axis: &str, points: Option<i64>| points.map(|points| format!("{axis} {points:+}"));
            let points: Vec<String> = [points("willingness", sign.willingness), points("ability", sign.ability)]
                .into_iter()
                .flatten()
                .collect();
            let doubt = if counts.is_unknown() { ", not certain" } else { "" };
            parts.push(self.part(
                "sign",
                format!("{}: {}{doubt}", sign.name, points.join(", ")),
                sign.span,
                vec![("when", &sign.when)],
            ));
        }
        let axes: Vec<String> = ["willingness", "ability", "quadrant"]
            .into_iter()
            .filter_map(|name| {
                let id = self.policy.find_input(name)?;
                Some(format!("{name} is {}", self.policy.show_cell(id, reading.cell(id)).replace('_', " ")))
            })
            .collect();
        if !axes.is_empty() {
            parts.push(Part { step: "sign", text: axes.join(", "), place: None, clauses: Vec::new() });
        }
        parts
    }

    pub(super) fn holds(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for (index, truth) in &self.decision.held_by {
            if let Some(hold) = self.policy.holds().get(usize::from(*index)) {
                let doubt = if truth.is_true() { "holds" } else { "may hold" };
                parts.push(self.part(
                    "hold",
                    format!("\"{}\" {doubt}", hold.name),
                    hold.span,
                    vec![("when", &hold.when)],
                ));
            }
        }
        parts
    }

    pub(super) fn stage(&self) -> Vec<Part> {
        let stages = self.policy.stages();
        let Some(stage) = stages.get(self.decision.stage.index()) else {
            return Vec::new();
        };
        let before = self.record.stage_before.as_deref();
        let text = match (before, self.decision.stage_reason) {
            (None, _) if self.decision.stage_uncertain => {
                format!("{}, where every account starts, until what is missing is known", stage.name)
            }
            (None, _) => format!("{}: the first decision on this account", stage.name),
            (Some(before), reason) if before != stage.name => {
                format!("{} (was {before}): {}", stage.name, said(reason))
            }
            (Some(_), _) if self.decision.stage_uncertain => {
                format!("{} as before, until what is missing is known", stage.name)
            }
            (Some(_), reason) => format!("{} as before: {}", stage.name, said(reason)),
        };
        let clauses = stage.when.as_ref().map(|when| ("when", when)).into_iter().collect();
        let mut parts = vec![self.part("stage", text, stage.span, clauses)];
        for (cond, span, what) in self.ways_down() {
            parts.push(self.part("stage", what, span, vec![("when", cond)]));
        }
        if self.decision.stage_uncertain {
            for beside in stages.iter().filter(|stage| stage.beside) {
                if let Some(when) = beside.when.as_ref().filter(|when| self.today.read(when).is_unknown()) {
                    parts.push(self.part(
                        "stage",
                        format!("perhaps {}", beside.name),
                        beside.span,
                        vec![("when", when)],
                    ));
                }
            }
            return parts;
        }
        for above in stages.iter().skip(self.decision.rung.index() + 1).filter(|above| !above.beside) {
            if let Some(why) = self.barred(above)
                && let Some(when) = &above.when
            {
                parts.push(self.part(
                    "stage",
                    format!("not yet {}: {why}", above.name),
                    above.span,
                    vec![("when", when)],
                ));
            }
        }
        parts
    }

    /// A cure or an ease that holds, or that is not known and leaves the stage open.
    fn ways_down(&self) -> Vec<(&Cond, crate::Span, String)> {
        let wanted = |reason: StageReason, cond: &Cond| {
            let truth = self.today.read(cond);
            let holds = self.decision.stage_reason == reason && truth.is_true();
            holds || (self.decision.stage_uncertain && truth.is_unknown())
        };
        let said = |cond: &Cond, what: &str| {
            if self.today.read(cond).is_unknown() { format!("perhaps {what}") } else { what.to_owned() }
        };
        let cures = self.policy.cures().iter().filter(|cure| wanted(StageReason::Cure, &cure.when));
        let eases = self.policy.eases().iter().filter(|ease| wanted(StageReason::Ease, &ease.when));
        cures
            .map(|cure| (&cure.when, cure.span, said(&cure.when, "cured")))
            .chain(eases.map(|ease| (&ease.when, ease.span, said(&ease.when, "eased down"))))
            .collect()
    }

    /// Why a more severe stage whose condition is not false is not entered.
    fn barred(&self, stage: &Stage) -> Option<String> {
        let truth = stage.when.as_ref().map(|when| self.today.read(when))?;
        match truth {
            Truth::False => None,
            Truth::Unknown => Some("a fact that it needs is not known".to_owned()),
            Truth::True => {
                let after = stage.after.and_then(|after| self.policy.stages().get(after.index()));
                if let Some(after) = after.filter(|_| stage.after.is_some_and(|after| self.decision.rung < after)) {
                    return Some(format!("it comes after {}", after.name));
                }
                let reading = self.today.reading();
                let days = reading.cell(self.policy.body.known.days_on_rung).get().unwrap_or(0);
                if let Some(dwell) = stage.dwell.as_ref().and_then(|dwell| dwell.read(&reading).get())
                    && days < dwell
                {
                    return Some(format!("{days} of {dwell} days served"));
                }
                Some("an account moves only so far in one decision".to_owned())
            }
        }
    }

    pub(super) fn turn(&self, index: usize, verdict: Verdict) -> Option<Part> {
        let treatment = self.policy.treatments().get(index)?;
        let text = format!("`{}` {}", treatment.name, self.verdict(treatment, verdict));
        let when = treatment.when.as_ref().map(|when| ("when", when));
        let unless = treatment.unless.as_ref().map(|unless| ("unless", unless));
        let clauses: Vec<(&str, &Cond)> = match verdict {
            Verdict::NotFitting | Verdict::WhenUnknown => when.into_iter().collect(),
            Verdict::Blocked | Verdict::UnlessUnknown => when.into_iter().chain(unless).collect(),
            Verdict::Chosen => when.into_iter().chain(unless).collect(),
            _ => Vec::new(),
        };
        Some(self.part("turn", text, treatment.span, clauses))
    }

    fn verdict(&self, treatment: &Treatment, verdict: Verdict) -> String {
        let reading = self.today.reading();
        let count = treatment.count().and_then(|count| reading.cell(count).get()).unwrap_or(0);
        match verdict {
            Verdict::Chosen => format!("is chosen: {}", treatment.verb),
            Verdict::NotFitting => "does not fit".to_owned(),
            Verdict::Exhausted => format!("is used up: chosen {count} times in this episode"),
            Verdict::Unavailable(by) | Verdict::Refused(by) => {
                format!("cannot be had: {}{}{}", by.written(self.policy), self.cited(by), self.learned(treatment))
            }
            Verdict::Doubtful(by) => {
                format!("waits for a person's look: {}{}", by.written(self.policy), self.cited(by))
            }
            Verdict::Held(hold) => {
                let hold = self.policy.holds().get(usize::from(hold));
                format!("is stopped by the hold \"{}\"", hold.map(|hold| hold.name.as_str()).unwrap_or_default())
            }
            Verdict::WhenUnknown => "waits: whether it fits is not known".to_owned(),
            Verdict::Blocked => "waits: its `unless` holds".to_owned(),
            Verdict::UnlessUnknown => "waits: an `unless` that is not known to be false stops the treatment".to_owned(),
            Verdict::Resting(days) if self.today.is_paused(treatment) => {
                format!("rests for {days} more day{}: a result of a contact lets demand rest", plural(days))
            }
            Verdict::Resting(days) => format!("rests for {days} more day{}", plural(days)),
            Verdict::FactUnknown(fact) => {
                let name = self.policy.input(fact).map(|input| input.written.as_str()).unwrap_or_default();
                format!("waits: `{name}` is not known")
            }
            Verdict::TooStrong => "is stronger than what waits before it".to_owned(),
        }
    }

    /// What a rule says and where it stands in the law.
    fn cited(&self, by: VetoBy) -> String {
        let (VetoBy::Rule(rule) | VetoBy::RuleReview(rule)) = by else { return String::new() };
        let Some(rule) = self.policy.bound_rules().get(usize::from(rule)) else { return String::new() };
        match (rule.says.is_empty(), rule.cites.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!(" ({})", rule.says),
            (true, false) => format!(" ({})", rule.cites),
            (false, false) => format!(" ({} {})", rule.says, rule.cites),
        }
    }

    /// What results of contacts taught of a treatment's numbers and channel.
    fn learned(&self, treatment: &Treatment) -> String {
        let numbers = treatment.numbers.iter().map(|point| point.fact);
        let facts = numbers.chain(treatment.opted_out);
        let learned: Vec<String> = facts
            .filter(|fact| self.policy.learned_ago(*fact, &self.today.cells).is_some())
            .map(|fact| fact_is(self.policy, &self.today.cells, self.today.as_of, fact))
            .collect();
        if learned.is_empty() { String::new() } else { format!(" ({})", learned.join("; ")) }
    }

    pub(super) fn acts(&self) -> Vec<Part> {
        let acts = self.decision.acts.iter().filter_map(|act| self.policy.acts().get(usize::from(*act)));
        let mut parts: Vec<Part> = acts
            .map(|act| self.part("act", format!("{}: {}", act.name, act.verb), act.span, vec![("when", &act.when)]))
            .collect();
        for verb in &self.decision.relief {
            parts.push(Part {
                step: "act",
                text: format!("{verb}, because of the cure"),
                place: None,
                clauses: Vec::new(),
            });
        }
        parts
    }

    pub(super) fn duties(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for due in &self.decision.duties {
            let Some(duty) = self.policy.duties().get(usize::from(due.duty)) else { continue };
            let when = match (due.status, due.days_left) {
                (DutyStatus::Review, _) => "a person must look: whether it is owed is not known".to_owned(),
                (DutyStatus::Due, Some(days)) if days < 0 => format!("{} day{} late", -days, plural(-days)),
                (DutyStatus::Due, Some(days)) => format!("within {days} day{}", plural(days)),
                (DutyStatus::Due, None) => "due".to_owned(),
            };
            parts.push(self.part(
                "duty",
                format!("{}, by {}: {when}", duty.name, duty.verb),
                duty.span,
                vec![("when", &duty.when)],
            ));
        }
        parts
    }

    pub(super) fn headline(&self, verdicts: &[(usize, Verdict)]) -> String {
        let name = |index: usize| {
            self.policy.treatments().get(index).map(|treatment| treatment.name.as_str()).unwrap_or_default()
        };
        match self.decision.action {
            Action::Do(verb) => {
                let name = self.record.treatment.as_deref().unwrap_or_default();
                let at = self.decision.slot.map(|slot| format!(" from {}", slot.from())).unwrap_or_default();
                let number = self
                    .record
                    .contact_point
                    .as_ref()
                    .map(|point| format!(" on the {point} number"))
                    .unwrap_or_default();
                let approval =
                    self.record.approval.as_ref().map(|role| format!(" (needs approval: {role})")).unwrap_or_default();
                format!("{verb}{at}{number}: `{name}`{approval}")
            }
            Action::Held => {
                let holds: Vec<String> = self.record.held_by.iter().map(|hold| format!("\"{hold}\"")).collect();
                format!("held by {}", holds.join(" and "))
            }
            Action::Wait => match verdicts.iter().find(|(_, verdict)| verdict.lowers()) {
                _ if self.record.rides_with.is_some() => "wait: another account of the person leads".to_owned(),
                Some((index, Verdict::Resting(days))) => {
                    format!("wait: `{}` rests for {days} more day{}", name(*index), plural(*days))
                }
                Some((index, verdict)) if verdict.is_unknown() => {
                    let count = self.decision.missing.len();
                    let facts = if count == 1 {
                        "a fact it needs is".to_owned()
                    } else {
                        format!("{count} facts it needs are")
                    };
                    format!("wait: `{}` may fit, but {facts} not known", name(*index))
                }
                Some((index, _)) => {
                    format!("wait: `{}` may not go ahead, and nothing stronger takes its turn", name(*index))
                }
                None => "wait: a missing fact leaves the stage open".to_owned(),
            },
            Action::Review => "a person must look".to_owned(),
            Action::Nothing if self.decision.next_review_on.is_none() => "nothing: the account is closed".to_owned(),
            Action::Nothing if verdicts.iter().any(|(_, verdict)| matches!(verdict, Verdict::Unavailable(_))) => {
                "nothing: what fits cannot be had".to_owned()
            }
            Action::Nothing => "nothing fits today".to_owned(),
        }
    }
}

const fn plural(days: i64) -> &'static str {
    if days == 1 { "" } else { "s" }
}

/// A stage reason in words.
fn said(reason: StageReason) -> &'static str {
    match reason {
        StageReason::Condition => "its condition holds",
        StageReason::Cure => "the arrears are cured",
        StageReason::Ease => "eased down",
        StageReason::Stays => "nothing moves it",
        StageReason::Limited => "one step in one decision",
        StageReason::Dwell => "a more severe stage waits for its days",
        StageReason::After => "a more severe stage comes after another",
        StageReason::Repeat => "a second decision on one day does not escalate",
        StageReason::First => "the first decision on this account",
    }
}
