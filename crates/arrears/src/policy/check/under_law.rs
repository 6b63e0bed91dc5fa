//! Guardrails of packs, read from a row: what a rule says of each treatment.
//!
//! A guardrail is read for one contact. A treatment is a contact of which much is known
//! beforehand: its channel, that it goes to the debtor, what it is for. What is known is put in,
//! what a row tells is read from the row, and what neither tells is unknown: there the contact
//! waits for a person.

use super::Checker;
use super::planned::{Seen, certain};
use crate::condition::{Cmp, Cond, CondKind, FactId, Num, NumKind, Truth};
use crate::facts::{Class, History, Movement, Parametric, ParametricKind};
use crate::number::Kind;
use crate::policy::guard::{BoundRule, Guard, KeptHours};
use crate::policy::pack::{After, Limit, Rule, Window};
use crate::policy::{Duty, Input, Law, Need, Pack, Treatment};
use crate::span::Span;
use chrono::NaiveDate;
use std::sync::Arc;

/// A window that holds every contact that a history may have.
const EVER: u32 = 3_660;
/// Days of the longest month: a month of the calendar is no longer.
const MONTH: u32 = 31;

/// A condition in which what is known is put in.
pub(super) enum Folded {
    Is(Truth, Option<FactId>),
    Cond(Cond),
}

/// What is known of the contact that a treatment makes.
#[derive(Clone, Copy)]
pub(super) struct Planned<'a> {
    pub(super) pack: &'a Pack,
    /// The treatment that plans it; none for a duty, which reads no contact.
    pub(super) treatment: Option<&'a Treatment>,
    /// The number that is tried, where that matters.
    pub(super) number: Option<&'a str>,
    /// The day of the week, by its word, and whether it is a holiday, where that matters.
    pub(super) day: Option<(&'static str, bool)>,
    pub(super) span: Span,
    pub(super) house: bool,
}

/// The packs that bind a policy.
pub(crate) struct Binding<'a> {
    pub(crate) house: Option<&'a Pack>,
    pub(crate) law: Option<(&'a Law, NaiveDate)>,
    pub(crate) jurisdiction: Option<&'a str>,
}

impl Checker<'_> {
    /// Reads the rules that bind into the treatments; gives the rules.
    pub(crate) fn guard(&mut self, treatments: &mut [Treatment], binding: &Binding<'_>) -> Vec<BoundRule> {
        let mut bound = Vec::new();
        let mut packs: Vec<(&Pack, bool)> = binding.house.map(|pack| (pack, true)).into_iter().collect();
        if let Some((law, on)) = binding.law
            && let Some(jurisdiction) = binding.jurisdiction
        {
            packs.extend(law.in_force(jurisdiction, on).map(|pack| (pack, false)));
            if !law.is_none() {
                packs.extend(self.below(law, on, jurisdiction).map(|pack| (pack, false)));
            }
        }
        for (pack, house) in packs {
            for rule in pack.rules() {
                let binds = binding.law.is_none_or(|(law, on)| house || law.binds(&rule.citation, on));
                if binds {
                    self.bind_rule(treatments, (pack, house), rule, binding, &mut bound);
                }
            }
        }
        if treatments.iter().any(|treatment| !treatment.hours.is_empty())
            && binding.law.is_some_and(|(law, _)| !law.is_none())
        {
            self.own_zone();
        }
        bound
    }

    fn bind_rule(
        &mut self,
        treatments: &mut [Treatment],
        (pack, house): (&Pack, bool),
        rule: &Rule,
        binding: &Binding<'_>,
        bound: &mut Vec<BoundRule>,
    ) {
        let Ok(position) = u16::try_from(bound.len()) else { return };
        let mut bears = false;
        for treatment in treatments.iter_mut().filter(|treatment| treatment.class == Class::Contact) {
            let span = treatment.span;
            let plain = Planned { pack, treatment: Some(&*treatment), number: None, day: None, span, house };
            let by_number = !treatment.numbers.is_empty() && reads(pack, rule, "number_kind");
            if by_number && !matches!(rule.limit, Limit::KeepHours(_)) {
                let names: Vec<String> = treatment.numbers.iter().map(|point| point.name.clone()).collect();
                let mut refused = Vec::new();
                for name in &names {
                    let planned = Planned { number: Some(name), ..plain };
                    refused.push(self.stands(&planned, rule, binding));
                }
                for (point, refused) in treatment.numbers.iter_mut().zip(refused) {
                    let Some(cond) = self.cond_of(refused, span) else { continue };
                    bears = true;
                    let both = match point.refused.take() {
                        Some(before) => self.numbered(CondKind::Any([before, cond].into()), span),
                        None => cond,
                    };
                    point.refused = Some(both);
                }
                continue;
            }
            let by_day =
                matches!(rule.limit, Limit::Refuse) && (reads(pack, rule, "weekday") || reads(pack, rule, "holiday"));
            if by_day {
                let week = self.days_of(&plain, rule, reads(pack, rule, "holiday"));
                let name = pack.head().calendar.as_ref().filter(|_| week.holidays.is_some());
                let calendar = name.and_then(|name| binding.law.and_then(|(law, _)| law.calendar(name)));
                bears = true;
                treatment.hours.push(KeptHours { rule: position, week, calendar: calendar.cloned().map(Arc::new) });
                continue;
            }
            if let Limit::KeepHours(week) = &rule.limit {
                // Hours are kept wherever the rule may bind: keeping them longer than the law asks is lawful.
                let scope = self.scope(&plain, rule);
                if matches!(scope, Folded::Is(Truth::False, _)) {
                    continue;
                }
                let name = pack.head().calendar.as_ref().filter(|_| week.holidays.is_some());
                let calendar = name.and_then(|name| binding.law.and_then(|(law, _)| law.calendar(name)));
                bears = true;
                treatment.hours.push(KeptHours {
                    rule: position,
                    week: *week,
                    calendar: calendar.cloned().map(Arc::new),
                });
                continue;
            }
            let stands = self.stands(&plain, rule, binding);
            let Some(cond) = self.cond_of(stands, span) else { continue };
            bears = true;
            let ends = !matches!(rule.limit, Limit::Refuse) || self.moves(&cond);
            treatment.guards.push(Guard { rule: position, cond, ends, review: rule.review });
        }
        if bears {
            bound.push(BoundRule {
                rule: rule.citation.rule.clone(),
                pack: pack.head().name.clone(),
                cites: rule.citation.cites.clone(),
                says: rule.citation.says.clone(),
                strength: rule.citation.strength,
            });
        }
    }

    /// What the packs in force oblige the bank to, as duties of the policy.
    pub(crate) fn duties_under(&mut self, binding: &Binding<'_>) -> Vec<Duty> {
        let (Some((law, on)), Some(jurisdiction)) = (binding.law, binding.jurisdiction) else { return Vec::new() };
        let mut duties = Vec::new();
        for pack in law.in_force(jurisdiction, on) {
            for (duty, citation) in pack.duties().iter().filter(|(_, citation)| law.binds(citation, on)) {
                let planned =
                    Planned { pack, treatment: None, number: None, day: None, span: Span::NONE, house: false };
                let when = self.fold(&planned, &duty.when);
                let Some(when) = self.cond_of(when, planned.span) else { continue };
                let within = duty.within.as_ref().map(|within| self.carried_number(&planned, within));
                let from = duty.from.and_then(|from| match self.seen(&planned, from) {
                    Seen::Fact(fact) => Some(fact),
                    _ => None,
                });
                let why = format!("{} {}", citation.says, citation.cites);
                duties.push(Duty { when, within, from, why, span: planned.span, ..duty.clone() });
            }
        }
        duties
    }

    /// Whether time alone can change what a condition reads.
    fn moves(&self, cond: &Cond) -> bool {
        let mut moves = false;
        cond.each_fact(&mut |id| {
            moves |= self.vocabulary.get(id).is_some_and(|input| !matches!(input.movement, Movement::Still));
        });
        moves
    }

    /// The condition, unless it is surely false.
    pub(super) fn cond_of(&mut self, folded: Folded, span: Span) -> Option<Cond> {
        match folded {
            Folded::Is(Truth::False, _) => None,
            Folded::Is(Truth::True, _) => Some(self.numbered(CondKind::Constant(true), span)),
            Folded::Is(Truth::Unknown, fact) => {
                let fact = fact.unwrap_or_else(|| self.untold("contact", span));
                Some(self.numbered(CondKind::Flag(fact), span))
            }
            Folded::Cond(cond) => Some(cond),
        }
    }

    /// A fact of a planned contact that no row tells: it is never known.
    pub(super) fn untold(&mut self, name: &str, span: Span) -> FactId {
        self.vocabulary.add(Input {
            name: format!("contact.{name}"),
            written: format!("`{name}` of the contact"),
            kind: Kind::Flag,
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never: false,
            from_zero: false,
            movement: Movement::Still,
            need: Need::Contact,
            valid: None,
            drops_in: None,
            runs_out: None,
            counted_from: None,
            doc: format!("`{name}` of a planned contact, which nothing tells."),
            span,
        })
    }

    pub(super) fn scope(&mut self, planned: &Planned<'_>, rule: &Rule) -> Folded {
        let when = match &rule.when {
            Some(when) => self.fold(planned, when),
            None => Folded::Is(Truth::True, None),
        };
        let unless = match &rule.unless {
            Some(unless) => {
                let unless = self.fold(planned, unless);
                self.negated(unless, planned.span)
            }
            None => Folded::Is(Truth::True, None),
        };
        self.joined(vec![when, unless], true, planned.span)
    }

    /// When a rule stands against a planned contact.
    fn stands(&mut self, planned: &Planned<'_>, rule: &Rule, binding: &Binding<'_>) -> Folded {
        let lifted = |exception: &crate::policy::pack::Exception| {
            let binds = binding.law.is_none_or(|(law, on)| law.binds(&exception.citation, on));
            binds
                && exception.lifts.contains(&rule.citation.rule)
                && certain(planned, &exception.when) == Some(Truth::True)
        };
        let never = rule.when.as_ref().is_some_and(|when| certain(planned, when) == Some(Truth::False))
            || rule.unless.as_ref().is_some_and(|unless| certain(planned, unless) == Some(Truth::True))
            || planned.pack.exceptions().iter().any(lifted);
        if never {
            return Folded::Is(Truth::False, None);
        }
        let mut parts = vec![self.scope(planned, rule)];
        parts.extend(self.there(planned, binding.jurisdiction));
        if matches!(parts.first(), Some(Folded::Is(Truth::False, _))) {
            return Folded::Is(Truth::False, None);
        }
        parts.push(self.exceeded(planned, &rule.limit));
        for exception in planned.pack.exceptions() {
            let binds = binding.law.is_none_or(|(law, on)| law.binds(&exception.citation, on));
            if binds && exception.lifts.contains(&rule.citation.rule) {
                let lifts = self.fold(planned, &exception.when);
                parts.push(self.negated(lifts, planned.span));
            }
        }
        self.joined(parts, true, planned.span)
    }

    fn exceeded(&mut self, planned: &Planned<'_>, limit: &Limit) -> Folded {
        let class = |at: usize| planned.pack.classes().get(at).map(|class| class.name.clone()).unwrap_or_default();
        match limit {
            Limit::Refuse | Limit::KeepHours(_) => Folded::Is(Truth::True, None),
            Limit::AtMost { times, class: of, window, after, lifted_by } => {
                let days = match window {
                    Window::Days(days) => {
                        self.value(planned, days).and_then(|days| u32::try_from(days).ok()).unwrap_or(EVER)
                    }
                    Window::Month => MONTH,
                    Window::Ever => EVER,
                };
                let full = self.class_fact(planned, ParametricKind::Times, &class(*of), days);
                let limit = self.carried_number(planned, times);
                let mut parts = vec![self.compared(Cmp::Ge, full, limit, planned.span)];
                if let Some(after) = after {
                    let begun = self.class_fact(planned, ParametricKind::Times, &class(*after), EVER);
                    parts.push(self.compared(Cmp::Ge, begun, literal(1, Kind::Count, planned.span), planned.span));
                }
                if let Some(lifted_by) = lifted_by {
                    let lifting = self.class_fact(planned, ParametricKind::Times, &class(*lifted_by), days);
                    let some = self.compared(Cmp::Ge, lifting, literal(1, Kind::Count, planned.span), planned.span);
                    parts.push(self.negated(some, planned.span));
                }
                self.joined(parts, true, planned.span)
            }
            Limit::Rest { after: After::Event(event), days } => {
                let Seen::Fact(since) = self.seen(planned, *event) else { return Folded::Is(Truth::Unknown, None) };
                let days = self.carried_number(planned, days);
                self.compared(Cmp::Lt, since, days, planned.span)
            }
            Limit::Rest { after: After::Class(of), days } => {
                let since = self.class_fact(planned, ParametricKind::DaysSince, &class(*of), 0);
                let days = self.carried_number(planned, days);
                self.compared(Cmp::Lt, since, days, planned.span)
            }
        }
    }

    fn compared(&mut self, cmp: Cmp, fact: FactId, number: Num, span: Span) -> Folded {
        let unit = self.vocabulary.get(fact).map_or(Kind::Count, |input| input.kind);
        let fact = Num { kind: NumKind::Fact(fact), unit, span };
        Folded::Cond(self.numbered(CondKind::Compare(cmp, fact, number), span))
    }

    /// The value of a number of a pack that reads no fact.
    fn value(&self, planned: &Planned<'_>, num: &Num) -> Option<i64> {
        match &num.kind {
            NumKind::Literal(value) => Some(*value),
            NumKind::Threshold(id) => planned.pack.threshold_values().get(id.index()).copied(),
            _ => None,
        }
    }

    /// A number of a pack as the policy reads it: thresholds of the house stay thresholds.
    pub(super) fn carried_number(&mut self, planned: &Planned<'_>, num: &Num) -> Num {
        if let (NumKind::Threshold(id), true) = (&num.kind, planned.house)
            && let Some(threshold) = planned.pack.thresholds().get(id.index())
            && let Some(index) = self.threshold(&threshold.name)
            && let Some(id) = self.use_threshold(index, num.unit, planned.span)
        {
            return Num { kind: NumKind::Threshold(id), unit: num.unit, span: planned.span };
        }
        literal(self.value(planned, num).unwrap_or(0), num.unit, planned.span)
    }

    /// The column that tells contacts of a class.
    pub(super) fn class_fact(&mut self, planned: &Planned<'_>, kind: ParametricKind, class: &str, days: u32) -> FactId {
        let what = format!("{}{}/{class}", Parametric::CLASS, planned.pack.head().name);
        let fact = Parametric { kind, what, days };
        let column = fact.column();
        if let Some(id) = self.vocabulary.find(&column) {
            return id;
        }
        let written = fact.written();
        let id = self.vocabulary.add(Input {
            name: column,
            doc: format!("As `{written}`, of a rule of {}.", planned.pack.head().name),
            written,
            kind: fact.kind.measures(),
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never: fact.may_be_never(),
            from_zero: true,
            movement: fact.movement(),
            need: Need::Required,
            valid: None,
            drops_in: None,
            runs_out: None,
            counted_from: Some(History::Contacts),
            span: planned.span,
        });
        if fact.movement() == Movement::Expires {
            self.drops_in(id);
        }
        self.vocabulary.counted.push(fact);
        id
    }
}

const fn literal(value: i64, unit: Kind, span: Span) -> Num {
    Num { kind: NumKind::Literal(value), unit, span }
}

/// Whether a rule, or an exception to it, reads a fact of the contact.
fn reads(pack: &Pack, rule: &Rule, name: &str) -> bool {
    let exceptions = pack.exceptions().iter().filter(|exception| exception.lifts.contains(&rule.citation.rule));
    let conds = rule.when.iter().chain(rule.unless.iter()).chain(exceptions.map(|exception| &exception.when));
    let mut reads = false;
    for cond in conds {
        cond.each_fact(&mut |id| reads |= pack.inputs().get(id.index()).is_some_and(|input| input.name == name));
    }
    reads
}
