//! The ladder before one account: its rungs, the ways down, and how far up it leads.

use super::draft::{all, find, flag, option, text, texts, whole};
use super::exact::Exact;
use super::reading::Reading;
use super::value::{Truth, Value, compare};
use arrears::Kind;
use arrears::condition::{Cmp, Term};
use arrears::draft::{Draft, Keyword, Statement};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The stage of an account whose arrears are over, and of every new account.
pub(super) const CURRENT: &str = "current";

/// A question that may have no answer: the condition of a statement (by its place), or
/// whether a stage's dwell is served.
pub(super) type Question = (usize, &'static str);

/// The answers that are tried for questions without one.
pub(super) type Way = BTreeMap<Question, bool>;

/// One stage of the ladder.
#[derive(Clone, Copy)]
pub(super) struct Rung<'a> {
    pub(super) severity: usize,
    pub(super) statement: &'a Statement,
}

/// The rung from which the ladder is read today.
#[derive(Clone, Copy)]
pub(super) struct Base {
    pub(super) severity: usize,
    pub(super) by: Option<&'static str>,
}

/// The ladder of a policy before one account.
pub(super) struct Ladder<'r, 'a> {
    pub(super) reading: &'r Reading<'a>,
    pub(super) draft: &'a Draft,
    /// Questions without an answer that came up, with their conditions.
    pub(super) open: RefCell<BTreeMap<Question, Option<&'a Term>>>,
    pub(super) way: RefCell<Way>,
    /// The conditions of stages, cures and eases, by the place of their statements.
    read: BTreeMap<usize, Truth>,
}

impl<'r, 'a> Ladder<'r, 'a> {
    /// The ladder before an account.
    pub(super) fn new(reading: &'r Reading<'a>) -> Self {
        let draft = reading.account.draft;
        let statements = draft.statements.iter().enumerate();
        let moves = statements
            .filter(|(_, statement)| matches!(statement.keyword, Keyword::Stage | Keyword::Cure | Keyword::Ease));
        let read = moves.filter_map(|(place, statement)| Some((place, reading.truth(statement.when.as_ref()?))));
        Self { reading, draft, open: RefCell::default(), way: RefCell::default(), read: read.collect() }
    }

    pub(super) fn place_of(&self, statement: &Statement) -> usize {
        self.draft.statements.iter().position(|other| std::ptr::eq(other, statement)).unwrap_or(usize::MAX)
    }

    /// Whether a statement's condition holds.
    pub(super) fn truth(&self, statement: &Statement) -> Truth {
        self.read.get(&self.place_of(statement)).copied().unwrap_or(Some(false))
    }

    /// Cure, then ease: each brings down an account that stands above where it leads.
    pub(super) fn base(&self) -> Base {
        let mut base = Base { severity: self.standing(), by: None };
        for cure in all(self.draft, Keyword::Cure) {
            let to = self.severity(text(&cure.options, "to").unwrap_or(CURRENT));
            if base.severity > to && self.holds(cure) {
                base = Base { severity: to, by: Some("cure") };
                break;
            }
        }
        let latched = self
            .escalate()
            .is_some_and(|escalate| texts(&escalate.options, "latches").contains(&self.name(base.severity).as_str()));
        for ease in all(self.draft, Keyword::Ease) {
            let to = self.severity(ease.to.as_ref().map_or(CURRENT, |to| to.text.as_str()));
            if base.severity > to && !latched && self.holds(ease) {
                return Base { severity: to, by: base.by.or(Some("ease")) };
            }
        }
        base
    }

    pub(super) fn escalate(&self) -> Option<&'a Statement> {
        all(self.draft, Keyword::Escalate).into_iter().next()
    }

    pub(super) fn mode(&self) -> &'a str {
        self.escalate().and_then(|escalate| text(&escalate.options, "mode")).unwrap_or("sequential")
    }

    /// Whether the account has no state and enters its stage at once.
    pub(super) fn enters(&self) -> bool {
        let skip = self.escalate().and_then(|escalate| text(&escalate.options, "first")) == Some("skip");
        skip && self.before().is_none()
    }

    pub(super) fn steps(&self) -> i64 {
        let Some(escalate) = self.escalate() else { return 1 };
        let steps = option(&escalate.options, "steps").and_then(whole).unwrap_or(1).max(1);
        let nights = self.reading.account.value("days_since_decision").whole().unwrap_or(1).max(1);
        if flag(&escalate.options, "catch_up") { steps.saturating_mul(nights) } else { steps }
    }

    /// The stage of the last decision.
    pub(super) fn before(&self) -> Option<String> {
        self.reading.account.value("previous_stage").word().map(str::to_owned)
    }

    /// The rung of the last decision.
    pub(super) fn standing(&self) -> usize {
        let Some(before) = self.before() else { return 0 };
        let rung = self.reading.account.value("previous_rung").word().map(str::to_owned);
        let on_the_ladder = |name: &String| !self.is_beside(name);
        rung.filter(on_the_ladder).or_else(|| Some(before).filter(on_the_ladder)).map_or(0, |name| self.severity(&name))
    }

    pub(super) fn is_beside(&self, name: &str) -> bool {
        find(self.draft, Keyword::Stage, name).is_some_and(|stage| flag(&stage.options, "beside"))
    }

    pub(super) fn severity(&self, name: &str) -> usize {
        let stages = all(self.draft, Keyword::Stage);
        stages.iter().position(|stage| stage.name_text() == name).map_or(0, |at| at + 1)
    }

    pub(super) fn name(&self, severity: usize) -> String {
        let stages = all(self.draft, Keyword::Stage);
        let stage = severity.checked_sub(1).and_then(|at| stages.get(at).copied());
        stage.map_or(CURRENT, Statement::name_text).to_owned()
    }

    /// The stages that are rungs, mildest first.
    pub(super) fn rungs(&self) -> Vec<Rung<'a>> {
        let stages = all(self.draft, Keyword::Stage).into_iter().enumerate();
        let rungs = stages.map(|(at, statement)| Rung { severity: at + 1, statement });
        rungs.filter(|rung| !flag(&rung.statement.options, "beside")).collect()
    }

    /// Whether the stage that it comes after has been reached.
    pub(super) fn comes_after(&self, rung: Rung<'a>, base: Base) -> bool {
        text(&rung.statement.options, "after").is_none_or(|after| base.severity >= self.severity(after))
    }

    /// Whether its dwell is served on a rung on which the account stands for so long.
    pub(super) fn served(&self, rung: Rung<'a>, stood: Stood) -> Truth {
        let Some(dwell) = option(&rung.statement.options, "dwell") else {
            return Some(true);
        };
        let days = match stood {
            Stood::SinceToday => Value::Number(Exact::whole(0, Kind::Days)),
            Stood::SinceState => self.reading.account.value("days_on_rung"),
        };
        compare(Cmp::Ge, &days, &self.reading.number(dwell))
    }

    pub(super) fn stood(base: Base, at: usize) -> Stood {
        if base.by.is_some() || at != base.severity { Stood::SinceToday } else { Stood::SinceState }
    }

    /// Whether a rung may be entered; unknown if its condition or its dwell is.
    fn candidate(&self, rung: Rung<'a>, base: Base, stood: Stood) -> Truth {
        let when = self.truth(rung.statement);
        let served = if rung.severity > base.severity { self.served(rung, stood) } else { Some(true) };
        super::value::all([Some(self.comes_after(rung, base)), when, served])
    }

    /// Up from a rung: how far, and why.
    pub(super) fn climb(&self, base: Base) -> (usize, &'static str) {
        let reached = self.reached(base, self.steps());
        let standing = self.standing();
        if self.repeats() && reached > standing {
            return (standing, "repeat");
        }
        (reached, self.why(base, reached))
    }

    /// How far up from a rung in a decision of so many steps.
    fn reached(&self, base: Base, steps: i64) -> usize {
        let free = self.mode() == "free";
        let floor = if free { 0 } else { base.severity };
        let above = self.rungs().into_iter().filter(|rung| rung.severity > floor);
        if free || self.mode() == "skip" || self.enters() {
            let since = Self::stood(base, base.severity);
            let open = above.filter(|rung| self.candidate(*rung, base, since) == Some(true));
            return open.map(|rung| rung.severity).max().unwrap_or(floor);
        }
        // An unknown rung is not stood on, and yet takes a step: known, it would be the end.
        let (mut at, mut left) = (base.severity, steps);
        for rung in above {
            let truth = if left > 0 { self.candidate(rung, base, Self::stood(base, at)) } else { Some(false) };
            if truth == Some(true) {
                at = rung.severity;
            }
            if truth != Some(false) {
                left -= 1;
            }
        }
        at
    }

    /// Whether this is the second decision of one day.
    pub(super) fn repeats(&self) -> bool {
        self.reading.account.value("days_since_decision").whole() == Some(0)
    }

    fn why(&self, base: Base, rung: usize) -> &'static str {
        let since = Self::stood(base, base.severity);
        let standing = self.standing();
        let above: Vec<Rung<'a>> = self.rungs().into_iter().filter(|above| above.severity > rung).collect();
        // More steps would have led further.
        let open = self.reached(base, i64::MAX) > rung;
        let holds = |rung: &&Rung<'a>| self.truth(rung.statement) == Some(true);
        let mut holding = above.iter().filter(holds);
        if self.enters() && rung > 0 {
            "first"
        } else if rung < standing {
            base.by.unwrap_or("condition")
        } else if rung > standing {
            if open { "limited" } else { "condition" }
        } else if self.before().is_some_and(|before| before != self.name(rung)) || (self.before().is_none() && rung > 0)
        {
            "condition"
        } else if holding
            .clone()
            .any(|above| self.comes_after(*above, base) && self.served(*above, since) != Some(true))
        {
            "dwell"
        } else if holding.any(|above| !self.comes_after(*above, base)) {
            "after"
        } else if open {
            "limited"
        } else {
            "stays"
        }
    }
}

/// Since when the account stands on a rung.
#[derive(Clone, Copy)]
pub(super) enum Stood {
    /// It came there today.
    SinceToday,
    /// As the state tells.
    SinceState,
}
