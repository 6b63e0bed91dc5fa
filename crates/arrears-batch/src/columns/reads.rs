//! Which lanes the parts of a program read: nothing that is read may be left out or changed.

use super::lane::{N, T};
use super::own_times::OwnTimes;
use super::program::{Op, Program};
use super::turns::{Turn, Turns};

/// Calls for the lane of a truth, as that of its byte.
pub(super) fn truth(truth: T, read: &mut dyn FnMut(N)) {
    if let T::Lane(lane) = truth {
        read(N::Byte(lane));
    }
}

fn byte(place: &mut usize, lane: &mut dyn FnMut(&mut N)) {
    let mut number = N::Byte(*place);
    lane(&mut number);
    if let N::Byte(to) = number {
        *place = to;
    }
}

fn wide(place: &mut usize, lane: &mut dyn FnMut(&mut N)) {
    let mut number = N::Wide(*place);
    lane(&mut number);
    if let N::Wide(to) = number {
        *place = to;
    }
}

fn truth_at(truth: &mut T, lane: &mut dyn FnMut(&mut N)) {
    if let T::Lane(place) = truth {
        byte(place, lane);
    }
}

impl Op {
    /// Calls for every number and truth that the operation reads.
    pub(super) fn each_read(&self, read: &mut dyn FnMut(N)) {
        match self {
            Self::Fill(_) => {}
            Self::CompareWith { of, .. }
            | Self::WithinAny { of, .. }
            | Self::Known { of, .. }
            | Self::NotYet { of, .. }
            | Self::Negate { of, .. }
            | Self::Abs { of, .. }
            | Self::Widen { of, .. }
            | Self::Learned { of, .. }
            | Self::KnownAs { of, .. }
            | Self::SureNumber { of } => read(*of),
            Self::Bucket { dpd, .. } => read(*dpd),
            Self::Flag { of, .. } | Self::Within { of, .. } | Self::Not { of, .. } => read(N::Byte(*of)),
            Self::FlagOf { truth, .. } | Self::Sure { truth } => read(N::Byte(*truth)),
            Self::Compare { left, right, .. }
            | Self::CompareAny { left, right, .. }
            | Self::Number { left, right, .. } => [*left, *right].into_iter().for_each(read),
            Self::NotSince { first, second, .. } | Self::NumberOr { first, second, .. } => {
                [*first, *second].into_iter().for_each(read);
            }
            Self::All { parts, .. } | Self::Any { parts, .. } => {
                parts.iter().for_each(|part| read(N::Byte(part.lane)));
            }
            Self::TruthOr { first, second, .. } => {
                read(N::Byte(*first));
                truth(*second, read);
            }
            Self::Expire { of, age, .. } => [*of, *age].into_iter().for_each(read),
            Self::Default { of, stage, .. } => [*of, *stage].into_iter().for_each(read),
            Self::Over { table, stands, over, .. } => {
                [*table, *over].into_iter().for_each(&mut *read);
                truth(*stands, read);
            }
            Self::Given { given, computed, .. } => [*given, *computed].into_iter().for_each(read),
            Self::Axis { signs, .. } => signs.iter().for_each(|sign| read(N::Byte(sign.counts))),
            Self::Quadrant { willing, able, .. } => [*willing, *able].into_iter().for_each(read),
            Self::Types { types } => types.iter().for_each(|kind| truth(*kind, read)),
            Self::Must { truth: holds } => truth(*holds, read),
            // These read what the program has for them, which is read besides.
            Self::Type { .. } | Self::Place | Self::Work | Self::Turn | Self::ResultOf { .. } => {}
        }
    }

    /// Calls for every lane that the operation reads or writes, whatever its width.
    pub(super) fn each_lane(&mut self, lane: &mut dyn FnMut(&mut N)) {
        match self {
            Self::Fill(fill) => lane(&mut fill.lane),
            Self::CompareWith { of, out, .. }
            | Self::WithinAny { of, out, .. }
            | Self::Known { of, out, .. }
            | Self::NotYet { of, out, .. } => {
                lane(of);
                byte(out, lane);
            }
            Self::Negate { of, out } | Self::Abs { of, out } | Self::Widen { of, out } => {
                lane(of);
                wide(out, lane);
            }
            Self::Learned { of, .. } | Self::SureNumber { of } => lane(of),
            Self::Bucket { dpd, out } => {
                lane(dpd);
                let mut number = N::Narrow(*out);
                lane(&mut number);
                if let N::Narrow(to) = number {
                    *out = to;
                }
            }
            Self::Flag { of, out } | Self::Within { of, out, .. } | Self::Not { of, out } => {
                byte(of, lane);
                byte(out, lane);
            }
            Self::FlagOf { truth, out } => {
                byte(truth, lane);
                byte(out, lane);
            }
            Self::Sure { truth } => byte(truth, lane),
            Self::Compare { left: first, right: second, out, .. }
            | Self::CompareAny { left: first, right: second, out, .. }
            | Self::NotSince { first, second, out }
            | Self::Quadrant { willing: first, able: second, out } => {
                lane(first);
                lane(second);
                byte(out, lane);
            }
            Self::Number { left: first, right: second, out, .. } | Self::NumberOr { first, second, out } => {
                lane(first);
                lane(second);
                wide(out, lane);
            }
            Self::All { parts, out, .. } | Self::Any { parts, out, .. } => {
                parts.iter_mut().for_each(|part| byte(&mut part.lane, lane));
                byte(out, lane);
            }
            Self::TruthOr { first, second, out } => {
                byte(first, lane);
                truth_at(second, lane);
                byte(out, lane);
            }
            Self::Expire { of: first, age: second, out, .. }
            | Self::Default { of: first, stage: second, out, .. }
            | Self::Given { given: first, computed: second, out, .. } => {
                [first, second, out].into_iter().for_each(lane);
            }
            Self::KnownAs { of, out, .. } => [of, out].into_iter().for_each(lane),
            Self::Over { table, stands, over, out } => {
                [table, over, out].into_iter().for_each(&mut *lane);
                truth_at(stands, lane);
            }
            Self::Axis { signs, out, .. } => {
                signs.iter_mut().for_each(|sign| byte(&mut sign.counts, lane));
                byte(out, lane);
            }
            Self::Types { types } => types.iter_mut().for_each(|kind| truth_at(kind, lane)),
            Self::Must { truth } => truth_at(truth, lane),
            Self::Type { out, .. } | Self::ResultOf { out, .. } => byte(out, lane),
            Self::Place | Self::Work | Self::Turn => {}
        }
    }

    /// What the operation reads that may have the lane which it writes.
    pub(super) fn in_place(&self) -> Option<N> {
        match self {
            Self::Default { of, stage, .. } if of != stage && matches!(stage, N::Byte(_) | N::Const(_)) => Some(*of),
            _ => None,
        }
    }

    /// The lane that the operation writes, if that is all it does.
    pub(super) const fn writes(&self) -> Option<N> {
        match self {
            Self::Fill(fill) => Some(fill.lane),
            Self::CompareWith { out, .. }
            | Self::Compare { out, .. }
            | Self::CompareAny { out, .. }
            | Self::Flag { out, .. }
            | Self::Within { out, .. }
            | Self::WithinAny { out, .. }
            | Self::Type { out, .. }
            | Self::Known { out, .. }
            | Self::NotYet { out, .. }
            | Self::NotSince { out, .. }
            | Self::Not { out, .. }
            | Self::All { out, .. }
            | Self::Any { out, .. }
            | Self::TruthOr { out, .. }
            | Self::FlagOf { out, .. }
            | Self::Axis { out, .. }
            | Self::Quadrant { out, .. }
            | Self::ResultOf { out, .. } => Some(N::Byte(*out)),
            Self::Number { out, .. }
            | Self::Negate { out, .. }
            | Self::Abs { out, .. }
            | Self::NumberOr { out, .. }
            | Self::Widen { out, .. } => Some(N::Wide(*out)),
            Self::Bucket { out, .. } => Some(N::Narrow(*out)),
            Self::Expire { out, .. }
            | Self::Default { out, .. }
            | Self::KnownAs { out, .. }
            | Self::Over { out, .. } => Some(*out),
            // A row in which what is given and what is computed differ is for the row engine.
            Self::Given { check, out, .. } => match check {
                true => None,
                false => Some(*out),
            },
            Self::Learned { .. }
            | Self::Sure { .. }
            | Self::SureNumber { .. }
            | Self::Types { .. }
            | Self::Place
            | Self::Work
            | Self::Turn
            | Self::Must { .. } => None,
        }
    }
}

impl Program {
    /// Calls for everything that is read besides the operations and the facts.
    pub(super) fn each_read_besides(&self, read: &mut dyn FnMut(N)) {
        let Self { holds, ladder, work, turns, priority, seen, signs, overlaid, .. } = self;
        holds.iter().for_each(|hold| truth(*hold, read));
        seen.iter().flatten().for_each(|seen| truth(*seen, read));
        signs.iter().for_each(|(_, seen)| truth(*seen, read));
        overlaid.iter().for_each(|(table, over)| [*table, *over].into_iter().for_each(&mut *read));
        priority.iter().for_each(|priority| read(*priority));
        ladder.each_read(read);
        work.each_read(read);
        turns.each_read(read);
    }
}

impl Turns {
    fn each_read(&self, read: &mut dyn FnMut(N)) {
        truth(self.closed, read);
        let OwnTimes { from, to, zone, works, .. } = &self.own_times;
        [*from, *to, *zone, *works].into_iter().for_each(&mut *read);
        for turn in &self.turns {
            // Every field is named: one that is added and holds a lane is read here too.
            let Turn {
                when,
                unless,
                exhausted,
                opted_out,
                consent,
                reached,
                paused,
                rests,
                numbers,
                doubts,
                guards,
                used,
                id: _,
                place_of_stages: _,
                stop: _,
                strength: _,
                instead: _,
                contact: _,
                excepted: _,
            } = turn;
            for of in [when, unless, exhausted, opted_out, consent, reached, paused, rests] {
                truth(*of, read);
            }
            numbers.iter().chain(doubts).for_each(|of| truth(*of, read));
            guards.iter().for_each(|(_, against, _)| truth(*against, read));
            used.iter().for_each(|used| read(*used));
        }
    }
}
