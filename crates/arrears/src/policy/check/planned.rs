//! What is known of a contact that a treatment plans, put into a pack's conditions.

use super::Checker;
use super::under_law::{Folded, Planned};
use crate::condition::{Cond, CondKind, FactId, Named, Num, NumKind, Truth, WordSet};
use crate::facts::{ParametricKind, table};
use crate::number::{Cell, Kind};
use crate::policy::{Detail, Input, Need, Purpose};
use crate::span::Span;

impl Checker<'_> {
    pub(super) fn fold(&mut self, planned: &Planned<'_>, cond: &Cond) -> Folded {
        let span = planned.span;
        if let Some(truth) = certain(planned, cond) {
            return Folded::Is(truth, None);
        }
        match &cond.kind {
            CondKind::Constant(holds) => Folded::Is(Truth::of(*holds), None),
            CondKind::Define(_, inner) => self.fold(planned, inner),
            CondKind::Not(inner) => {
                let inner = self.fold(planned, inner);
                self.negated(inner, span)
            }
            CondKind::All(parts) => {
                let parts = parts.iter().map(|part| self.fold(planned, part)).collect();
                self.joined(parts, true, span)
            }
            CondKind::Any(parts) => {
                let parts = parts.iter().map(|part| self.fold(planned, part)).collect();
                self.joined(parts, false, span)
            }
            CondKind::Coalesce(first, second) => match self.fold(planned, first) {
                Folded::Is(Truth::Unknown, _) => self.fold(planned, second),
                Folded::Cond(first) => {
                    let second = self.fold(planned, second);
                    match self.cond_of(second, span) {
                        Some(second) => {
                            Folded::Cond(self.numbered(CondKind::Coalesce(Box::new(first), Box::new(second)), span))
                        }
                        None => {
                            let never = self.numbered(CondKind::Constant(false), span);
                            Folded::Cond(self.numbered(CondKind::Coalesce(Box::new(first), Box::new(never)), span))
                        }
                    }
                }
                known => known,
            },
            CondKind::Flag(id) => match self.seen(planned, *id) {
                Seen::Truth(truth, fact) => Folded::Is(truth, fact),
                Seen::Fact(fact) => Folded::Cond(self.numbered(CondKind::Flag(fact), span)),
                Seen::Cond(cond) => Folded::Cond(cond),
                Seen::Word(_) | Seen::Never => Folded::Is(Truth::Unknown, None),
            },
            CondKind::Within(word, set) => self.fold_within(planned, word, *set),
            CondKind::Compare(cmp, left, right) => {
                let (left, right) = (self.fold_num(planned, left), self.fold_num(planned, right));
                match (left, right) {
                    (Some(left), Some(right)) => {
                        Folded::Cond(self.numbered(CondKind::Compare(*cmp, left, right), span))
                    }
                    _ => Folded::Is(Truth::Unknown, None),
                }
            }
            CondKind::Known(id) => match self.seen(planned, *id) {
                Seen::Truth(Truth::Unknown, _) => Folded::Is(Truth::False, None),
                Seen::Fact(fact) => Folded::Cond(self.numbered(CondKind::Known(fact), span)),
                Seen::Cond(_) => Folded::Is(Truth::False, None),
                Seen::Truth(..) | Seen::Word(_) | Seen::Never => Folded::Is(Truth::True, None),
            },
            CondKind::NotYet(id) => match self.seen(planned, *id) {
                Seen::Fact(fact) => Folded::Cond(self.numbered(CondKind::NotYet(fact), span)),
                Seen::Never => Folded::Is(Truth::True, None),
                _ => Folded::Is(Truth::Unknown, None),
            },
            CondKind::NotSince(first, second) => match (self.seen(planned, *first), self.seen(planned, *second)) {
                (Seen::Fact(first), Seen::Fact(second)) => {
                    Folded::Cond(self.numbered(CondKind::NotSince(first, second), span))
                }
                _ => Folded::Is(Truth::Unknown, None),
            },
            CondKind::DebtorType(_) => Folded::Is(Truth::Unknown, None),
        }
    }

    fn fold_within(&mut self, planned: &Planned<'_>, word: &Num, set: WordSet) -> Folded {
        let NumKind::Fact(id) = word.kind else { return Folded::Is(Truth::Unknown, None) };
        match self.seen(planned, id) {
            Seen::Word(position) => Folded::Is(Truth::of(set.has(position)), None),
            Seen::Truth(Truth::Unknown, fact) => Folded::Is(Truth::Unknown, fact),
            Seen::Fact(fact) => {
                let Some(theirs) = planned.pack.inputs().get(id.index()) else {
                    return Folded::Is(Truth::Unknown, None);
                };
                let mut ours = WordSet::default();
                for (position, text) in theirs.words.iter().enumerate() {
                    if set.has(i64::try_from(position).unwrap_or(-1))
                        && let Some(position) = self.vocabulary.word(fact, text)
                    {
                        ours = ours.or(WordSet::of(position));
                    }
                }
                if set.has(WordSet::OTHER) {
                    // "Any other word": all but those that the set leaves out.
                    let mut left_out = WordSet::default();
                    for (position, text) in theirs.words.iter().enumerate() {
                        if !set.has(i64::try_from(position).unwrap_or(-1))
                            && let Some(position) = self.vocabulary.word(fact, text)
                        {
                            left_out = left_out.or(WordSet::of(position));
                        }
                    }
                    ours = left_out.complement();
                }
                let word = Num { kind: NumKind::Fact(fact), unit: Kind::Category, span: planned.span };
                Folded::Cond(self.numbered(CondKind::Within(word, ours), planned.span))
            }
            _ => Folded::Is(Truth::Unknown, None),
        }
    }

    fn fold_num(&mut self, planned: &Planned<'_>, num: &Num) -> Option<Num> {
        let span = planned.span;
        let kind = match &num.kind {
            NumKind::Fact(id) => match self.seen(planned, *id) {
                Seen::Fact(fact) => NumKind::Fact(fact),
                _ => return None,
            },
            NumKind::Literal(_) | NumKind::Threshold(_) => return Some(self.carried_number(planned, num)),
            NumKind::Op(op, left, right) => {
                let (left, right) = (self.fold_num(planned, left)?, self.fold_num(planned, right)?);
                NumKind::Op(*op, Box::new(left), Box::new(right))
            }
            NumKind::Negate(inner) => NumKind::Negate(Box::new(self.fold_num(planned, inner)?)),
            NumKind::Abs(inner) => NumKind::Abs(Box::new(self.fold_num(planned, inner)?)),
            NumKind::Coalesce(first, second) => {
                let (first, second) = (self.fold_num(planned, first), self.fold_num(planned, second)?);
                match first {
                    Some(first) => NumKind::Coalesce(Box::new(first), Box::new(second)),
                    None => return Some(second),
                }
            }
        };
        Some(Num { kind, unit: num.unit, span })
    }

    pub(super) fn negated(&mut self, folded: Folded, span: Span) -> Folded {
        match folded {
            // Of what nothing tells the opposite is kept, so that an explanation can say which way round it matters.
            Folded::Is(Truth::Unknown, Some(fact)) => {
                let fact = self.numbered(CondKind::Flag(fact), span);
                Folded::Cond(self.numbered(CondKind::Not(Box::new(fact)), span))
            }
            Folded::Is(truth, fact) => Folded::Is(truth.not(), fact),
            Folded::Cond(cond) => Folded::Cond(self.numbered(CondKind::Not(Box::new(cond)), span)),
        }
    }

    /// All of some parts, or at least one of them.
    pub(super) fn joined(&mut self, parts: Vec<Folded>, all: bool, span: Span) -> Folded {
        let settles = Truth::of(!all);
        let mut conds = Vec::new();
        let mut untold = None;
        for part in parts {
            match part {
                Folded::Is(truth, _) if truth == settles => return Folded::Is(truth, None),
                Folded::Is(Truth::Unknown, fact) => untold = untold.or(Some(fact)),
                Folded::Is(..) => {}
                Folded::Cond(cond) => conds.push(cond),
            }
        }
        if let Some(fact) = untold {
            if conds.is_empty() {
                return Folded::Is(Truth::Unknown, fact);
            }
            conds.extend(self.cond_of(Folded::Is(Truth::Unknown, fact), span));
        }
        match conds.len() {
            0 => Folded::Is(Truth::of(all), None),
            1 => conds.pop().map_or(Folded::Is(Truth::Unknown, None), Folded::Cond),
            _ if all => Folded::Cond(self.numbered(CondKind::All(conds.into()), span)),
            _ => Folded::Cond(self.numbered(CondKind::Any(conds.into()), span)),
        }
    }

    /// What a planned contact and a row tell of a fact of a pack.
    pub(super) fn seen(&mut self, planned: &Planned<'_>, id: FactId) -> Seen {
        let Some(input) = planned.pack.inputs().get(id.index()) else { return Seen::Truth(Truth::Unknown, None) };
        if let Some(asked) = planned.pack.asked(id) {
            let class = planned.pack.classes().iter().any(|class| class.name == asked.what);
            return match asked.kind {
                ParametricKind::Times | ParametricKind::DaysSince if class => {
                    Seen::Fact(self.class_fact(planned, asked.kind, &asked.what.clone(), asked.days))
                }
                ParametricKind::Consented => Seen::Fact(self.consent_on_record(asked, planned.span)),
                ParametricKind::DaysSinceFirst | ParametricKind::MinutesSince => {
                    Seen::Truth(Truth::Unknown, Some(self.untold(&input.written.clone(), planned.span)))
                }
                kind => {
                    let what = Named::new(asked.what.clone(), planned.span);
                    let (guards, carried) = (self.guards, self.carried);
                    (self.guards, self.carried) = (true, true);
                    let found = self.parametric(kind, &what, asked.days, planned.span);
                    (self.guards, self.carried) = (guards, carried);
                    found.map_or(Seen::Truth(Truth::Unknown, None), Seen::Fact)
                }
            };
        }
        if input.need != Need::Contact {
            let found = self.read(&input.name, planned.span, super::Phase::Facts);
            return found.map_or(Seen::Truth(Truth::Unknown, None), Seen::Fact);
        }
        self.planned(planned, input)
    }

    fn planned(&mut self, planned: &Planned<'_>, input: &Input) -> Seen {
        if let Some(stated) = stated(planned, input) {
            return stated;
        }
        let unknown = Seen::Truth(Truth::Unknown, None);
        match input.name.as_str() {
            "refused_medium" => {
                let Some(treatment) = planned.treatment else { return unknown };
                let what = Named::new(treatment.verb.word(), planned.span);
                let found = self.parametric(ParametricKind::OptedOut, &what, 0, planned.span);
                found.map_or(unknown, Seen::Fact)
            }
            // A row says whether there are such times, not which: where there are, a person looks.
            "inconvenient_time" => {
                let asked = self.read("inconvenient_times", planned.span, super::Phase::Facts);
                let Some(asked) = asked else { return unknown };
                let untold = self.untold("inconvenient_time", planned.span);
                let asked = self.numbered(CondKind::Flag(asked), planned.span);
                let untold = self.numbered(CondKind::Flag(untold), planned.span);
                Seen::Cond(self.numbered(CondKind::All([asked, untold].into()), planned.span))
            }
            name if table::find(name).is_some() => {
                self.read(name, planned.span, super::Phase::Facts).map_or(unknown, Seen::Fact)
            }
            name => Seen::Truth(Truth::Unknown, Some(self.untold(name, planned.span))),
        }
    }
}

/// What a treatment itself states of a fact of its contact.
fn stated(planned: &Planned<'_>, input: &Input) -> Option<Seen> {
    let treatment = planned.treatment?;
    let word =
        |text: &str| Some(input.word(text).and_then(Cell::get).map_or(Seen::Truth(Truth::Unknown, None), Seen::Word));
    let text = |key: &str| match treatment.details.get(key) {
        Some(Detail::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let channel = treatment.verb.word();
    let by_number = matches!(channel, "phone" | "ivr" | "sms" | "ringless_voicemail");
    let by_address = matches!(channel, "letter" | "postcard" | "email" | "visit");
    match input.name.as_str() {
        "direction" => word("out"),
        "channel" => word(channel),
        "recipient" => word("debtor"),
        "purpose" => word(treatment.purpose.word()),
        "content" => match (text("content"), treatment.purpose) {
            (Some(content), _) => word(content),
            (None, Purpose::RequiredNotice) => word("required_statement"),
            (None, _) => word("collection"),
        },
        "number_kind" if !by_number => word("none"),
        "number_kind" => planned.number.and_then(word),
        "address_kind" if !by_address => word("none"),
        "address_kind" => text("address").and_then(word),
        "opt_out_notice" => match treatment.details.get("opt_out_notice") {
            Some(Detail::Flag(set)) => Some(Seen::Truth(Truth::of(*set), None)),
            _ => None,
        },
        "same_call" | "replies" | "answers_inconvenient" | "wrong_number" | "conversation" => {
            Some(Seen::Truth(Truth::False, None))
        }
        "weekday" => planned.day.and_then(|(day, _)| word(day)),
        "holiday" => planned.day.map(|(_, holiday)| Seen::Truth(Truth::of(holiday), None)),
        "reason" | "repeat_reason" => word("none"),
        "returned_after" => Some(Seen::Never),
        _ => None,
    }
}

/// What is certain of a condition whatever the row: nothing of a row is read, so that no fact is
/// asked for that does not matter.
pub(super) fn certain(planned: &Planned<'_>, cond: &Cond) -> Option<Truth> {
    let fact = |id: &FactId| {
        let input = planned.pack.inputs().get(id.index()).filter(|input| input.need == Need::Contact)?;
        planned.pack.asked(*id).is_none().then(|| stated(planned, input)).flatten()
    };
    match &cond.kind {
        CondKind::Constant(holds) => Some(Truth::of(*holds)),
        CondKind::Define(_, inner) => certain(planned, inner),
        CondKind::Not(inner) => certain(planned, inner).map(Truth::not),
        CondKind::All(parts) => settled(planned, parts, Truth::False),
        CondKind::Any(parts) => settled(planned, parts, Truth::True),
        CondKind::Flag(id) => match fact(id)? {
            Seen::Truth(truth, _) if !truth.is_unknown() => Some(truth),
            _ => None,
        },
        CondKind::Within(Num { kind: NumKind::Fact(id), .. }, set) => match fact(id)? {
            Seen::Word(position) => Some(Truth::of(set.has(position))),
            _ => None,
        },
        _ => None,
    }
}

/// Whether parts are settled: one of them by what settles all, or each by the opposite.
fn settled(planned: &Planned<'_>, parts: &[Cond], by: Truth) -> Option<Truth> {
    let truths: Vec<Option<Truth>> = parts.iter().map(|part| certain(planned, part)).collect();
    if truths.contains(&Some(by)) {
        return Some(by);
    }
    truths.iter().all(|truth| *truth == Some(by.not())).then_some(by.not())
}

/// What is told of a fact of a pack.
pub(super) enum Seen {
    Truth(Truth, Option<FactId>),
    Word(i64),
    Never,
    Fact(FactId),
    Cond(Cond),
}
