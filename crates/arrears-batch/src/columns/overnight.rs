//! What a decision leaves in the rows of a chunk, and what the days after it do to them.

use super::kernel::{any, mask, pick, upd1, upd2};
use super::lane::{Bytes, Holes, Lanes, N, NEVER_BYTE, Narrow, ROWS};
use super::moved;
use super::watched::narrow_into;
use arrears::Cell;
use arrears::condition::{FactId, WordSet};
use arrears::decide::{Foresight, moved_on};
use arrears::policy::{Moves, OnStep, Policy};

/// The lane that a fact is put into for a decision, if it is told of rows.
type Filled<'a> = &'a dyn Fn(FactId) -> Option<N>;

/// A fact of the state: where the decision found it, and where it stands for the next one.
#[derive(Clone, Copy)]
struct Kept {
    found: usize,
    left: usize,
}

/// How nights change the rows of a table, by lanes.
pub(super) struct Overnight {
    /// The stage, and the days in it; the rung, and the days on it.
    stage: Kept,
    in_stage: Kept,
    rung: Kept,
    on_rung: Kept,
    since_decision: Kept,
    kind: Option<Kept>,
    counts: Vec<Kept>,
    /// Signs, by position.
    signs: Vec<(u32, Kept)>,
    /// Facts that days move, with their lanes.
    movers: Vec<(Moves, N)>,
    /// By fact, where it is found before days move it, if others move by it; and where it was.
    before: Vec<N>,
    copied: Vec<(N, N)>,
    room: (usize, usize, usize),
    /// Stages beside the ladder.
    beside: WordSet,
    dpd: N,
    due: N,
}

/// Who was decided: what the state takes from a decision that is not carried out.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    pub(super) kind: &'a Bytes,
    pub(super) stage: &'a Bytes,
    pub(super) rung: &'a Bytes,
    pub(super) seen: &'a [u64; ROWS],
}

fn byte(number: N) -> Option<usize> {
    if let N::Byte(lane) = number { Some(lane) } else { None }
}

fn narrow(number: N) -> Option<usize> {
    if let N::Narrow(lane) = number { Some(lane) } else { None }
}

/// The facts by which a fact moves, besides the days past due and until a payment is due.
fn moved_by(moves: Moves) -> Option<FactId> {
    match moves {
        Moves::Late { due, .. } => due,
        Moves::Steps { when, .. } => when,
        Moves::Expires { drops } | Moves::Reaches { drops, .. } | Moves::Peak { drops } => drops,
        _ => None,
    }
}

impl Overnight {
    /// Where facts are found when they are decided, and where they are put for that; none if
    /// the state does not stand in lanes of the usual width.
    pub(super) fn of(
        policy: &Policy,
        foresight: &Foresight,
        (found, filled): (&dyn Fn(FactId) -> N, Filled<'_>),
    ) -> Option<Self> {
        let kept = |fact: FactId, of: &dyn Fn(N) -> Option<usize>| {
            Some(Kept { found: of(found(fact))?, left: of(filled(fact)?)? })
        };
        let facts = policy.engine_facts();
        let kind = match foresight.previous_type {
            None => None,
            Some(fact) => Some(kept(fact, &byte)?),
        };
        let signs = policy.signs().iter().zip(0_u32..).filter_map(|(sign, index)| Some((index, sign.since?)));
        let signs = signs.map(|(index, since)| Some((index, kept(since, &narrow)?))).collect::<Option<_>>()?;
        let mut copies = (0_usize, 0_usize, 0_usize);
        let mut before = vec![N::Const(Cell::UNKNOWN); policy.inputs().len()];
        let mut copied = Vec::new();
        let left = |fact: FactId| if is_left(policy, foresight, fact) { filled(fact) } else { Some(found(fact)) };
        let mut copy = |fact: FactId| {
            let Some(slot) = before.get_mut(fact.index()).filter(|slot| matches!(slot, N::Const(_))) else { return };
            let of = left(fact).unwrap_or(N::Const(Cell::UNKNOWN));
            let next = |count: &mut usize| {
                *count += 1;
                *count - 1
            };
            *slot = match of {
                N::Const(_) => of,
                N::Byte(_) => N::Byte(next(&mut copies.0)),
                N::Narrow(_) => N::Narrow(next(&mut copies.1)),
                N::Wide(_) => N::Wide(next(&mut copies.2)),
            };
            if !matches!(of, N::Const(_)) {
                copied.push((of, *slot));
            }
        };
        foresight.dpd.into_iter().chain(foresight.days_to_due).for_each(&mut copy);
        copy(facts.previous_stage);
        let mut movers = Vec::new();
        for fact in &foresight.movers {
            let moves = policy.moves(*fact);
            moved_by(moves).into_iter().for_each(&mut copy);
            if let Moves::Steps { effect: OnStep::Add(other) | OnStep::AddOneIf(other), .. } = moves {
                other.into_iter().for_each(&mut copy);
            }
            movers.push((moves, filled(*fact)?));
        }
        let at = |fact: Option<FactId>| {
            fact.and_then(|fact| before.get(fact.index()).copied()).unwrap_or(N::Const(Cell::UNKNOWN))
        };
        let (dpd, due) = (at(foresight.dpd), at(foresight.days_to_due));
        if [dpd, due].iter().any(|number| matches!(number, N::Byte(_) | N::Wide(_))) {
            return None;
        }
        let beside = policy.stages().iter().enumerate().filter(|(_, stage)| stage.beside);
        Some(Self {
            room: copies,
            stage: kept(facts.previous_stage, &byte)?,
            in_stage: kept(facts.days_in_stage, &narrow)?,
            rung: kept(facts.previous_rung, &byte)?,
            on_rung: kept(facts.days_on_rung, &narrow)?,
            since_decision: kept(facts.days_since_decision, &narrow)?,
            kind,
            counts: foresight.counts.iter().map(|count| kept(*count, &narrow)).collect::<Option<_>>()?,
            signs,
            movers,
            beside: beside.fold(WordSet::default(), |all, (stage, _)| all.or(WordSet::of(stage))),
            dpd,
            due,
            before,
            copied,
        })
    }

    /// How many lanes of each width it takes to hold what facts are moved by.
    pub(super) const fn room(&self) -> (usize, usize, usize) {
        self.room
    }

    /// Puts what each decision leaves into the lanes of the next one; in `steady`, whether that
    /// is what it found.
    #[inline(always)]
    pub(super) fn leave(&self, lanes: &mut Lanes, standing: Standing<'_>, dpd: &Narrow, steady: &mut Bytes) {
        let Standing { kind, stage, rung, seen } = standing;
        steady.fill(255);
        let mut scratch: Bytes = [0; ROWS];
        // Days in the stage, and on the rung, begin anew where it is another.
        {
            let before = lanes.byte(self.stage.found);
            super::kernel::map2(&mut scratch, before, stage, |before, stage| mask(before == stage));
            upd1(steady, &scratch, |steady, stays| steady & stays);
        }
        anew(lanes, self.in_stage, &scratch, steady);
        {
            let (before, kept) = (lanes.byte(self.stage.found), lanes.byte(self.rung.found));
            for ((((stays, before), kept), rung), steady) in
                scratch.iter_mut().zip(before).zip(kept).zip(rung).zip(steady.iter_mut())
            {
                let last = pick(mask(*kept >= NEVER_BYTE), *before, *kept);
                *stays = mask((*before < NEVER_BYTE) & (last == *rung));
                *steady &= mask(kept == rung);
            }
        }
        anew(lanes, self.on_rung, &scratch, steady);
        put(lanes, self.stage.left, stage);
        put(lanes, self.rung.left, rung);
        if let Some(last) = self.kind {
            upd2(steady, lanes.byte(last.found), kind, |steady, before, kind| steady & mask(before == kind));
            put(lanes, last.left, kind);
        }
        upd1(steady, lanes.narrow(self.since_decision.found), |steady, days| steady & mask(days == 1));
        // A new episode begins its counts anew.
        if !self.counts.is_empty() {
            super::kernel::map2(&mut scratch, dpd, stage, |dpd, stage| mask((dpd != 0) | (stage != 0)));
            for count in &self.counts {
                anew(lanes, *count, &scratch, steady);
            }
        }
        for (index, since) in &self.signs {
            let mut values = lanes.take_narrow(since.left);
            if since.left != since.found {
                *values = *lanes.narrow(since.found);
            }
            for (value, seen) in values.iter_mut().zip(seen) {
                *value = if (seen >> index) & 1 == 1 { 0 } else { *value };
            }
            lanes.put_narrow(since.left, values, Holes::ANY);
        }
    }

    /// Moves what decisions left to the morning of the day that lies `days` later, if every
    /// night until then decides alike. What does not fit its lane is set in `hard`.
    #[inline(always)]
    pub(super) fn carry(
        &self,
        policy: &Policy,
        (lanes, before): (&mut Lanes, &mut Lanes),
        standing: Standing<'_>,
        (days, busy): (&Narrow, &Bytes),
        hard: &mut Bytes,
    ) {
        for (from, to) in &self.copied {
            super::derive::copy_from(lanes, *from, before, *to);
        }
        let (mut dpd, mut due): (Narrow, Narrow) = ([0; ROWS], [0; ROWS]);
        narrow_into(&mut dpd, before, self.dpd);
        narrow_into(&mut due, before, self.due);
        let mut beside: Bytes = [0; ROWS];
        super::kernel::within(&mut beside, standing.stage, self.beside, Holes::NONE);
        let mut may: Bytes = [0; ROWS];
        for (moves, lane) in &self.movers {
            match (moves, lane) {
                (
                    Moves::Up | Moves::Decided | Moves::Seen | Moves::Ages { months: false } | Moves::Begins,
                    N::Narrow(lane),
                ) => {
                    moved::add(lanes, *lane, days, hard);
                    if matches!(moves, Moves::Begins | Moves::Ages { .. }) && lanes.narrow_holes(*lane).never {
                        moved::begin(lanes, *lane, *moves, (&dpd, &due, days));
                    }
                }
                (Moves::OnRung, N::Narrow(lane)) => moved::on_rung(lanes, *lane, (days, &beside), hard),
                (Moves::Down, N::Narrow(lane)) => moved::run_down(lanes, *lane, days, hard),
                (Moves::Late { due: of, .. }, N::Narrow(lane)) => {
                    let of = self.at(*of);
                    if of == self.due {
                        moved::late(lanes, *lane, (&due, days), hard);
                    } else {
                        let mut other: Narrow = [0; ROWS];
                        narrow_into(&mut other, before, of);
                        moved::late(lanes, *lane, (&other, days), hard);
                    }
                }
                (Moves::Still | Moves::Rises | Moves::Derived(_) | Moves::Ages { months: true }, _) => {
                    // Months, where they have never begun, are not known once the account is late.
                    if let (Moves::Ages { .. }, N::Narrow(lane)) = (moves, lane) {
                        moved::begin(lanes, *lane, *moves, (&dpd, &due, days));
                    }
                }
                (moves, lane) => {
                    self.may_step(before, *moves, (&dpd, &due, days), &mut may);
                    upd1(&mut may, busy, |may, busy| may & busy);
                    if any(&may) {
                        self.one_by_one(policy, (lanes, before), (*moves, *lane), (days, &may), hard);
                    }
                }
            }
        }
        let mut one = lanes.take_narrow(self.since_decision.left);
        one.fill(1);
        lanes.put_narrow(self.since_decision.left, one, Holes::NONE);
        for (index, since) in &self.signs {
            let mut values = lanes.take_narrow(since.left);
            for (value, seen) in values.iter_mut().zip(standing.seen) {
                *value = if (seen >> index) & 1 == 1 { 1 } else { *value };
            }
            lanes.put_narrow(since.left, values, Holes::ANY);
        }
    }

    fn at(&self, fact: Option<FactId>) -> N {
        fact.and_then(|fact| self.before.get(fact.index()).copied()).unwrap_or(N::Const(Cell::UNKNOWN))
    }

    /// The rows in which a fact may step within the days.
    #[inline(always)]
    fn may_step(&self, before: &Lanes, moves: Moves, (dpd, due, days): (&Narrow, &Narrow, &Narrow), may: &mut Bytes) {
        let mut other: Narrow = [0; ROWS];
        narrow_into(&mut other, before, self.at(moved_by(moves)));
        match moves {
            Moves::Steps { .. } => {
                super::kernel::map2(may, &other, days, |when, days| mask((when >= 0) & (when < days)));
            }
            Moves::Expires { .. } => {
                super::kernel::map2(may, &other, days, |drops, days| mask((drops >= 1) & (drops <= days)));
            }
            // Those that rise with the days past due besides.
            _ => {
                super::kernel::map2(may, &other, days, |drops, days| mask((drops >= 1) & (drops <= days)));
                for (((may, dpd), due), days) in may.iter_mut().zip(dpd).zip(due).zip(days) {
                    *may |= mask((*dpd > 0) | (*due >= 0) & (*due < *days));
                }
            }
        }
    }

    /// Moves a fact in some rows, as the core moves it.
    fn one_by_one(
        &self,
        policy: &Policy,
        (lanes, before): (&mut Lanes, &Lanes),
        (moves, lane): (Moves, N),
        (days, may): (&Narrow, &Bytes),
        hard: &mut Bytes,
    ) {
        for (row, ((may, days), hard)) in may.iter().zip(days).zip(hard).enumerate() {
            if *may == 0 {
                continue;
            }
            let known = |id: FactId| before.cell(self.at(Some(id)), row);
            let after = moved_on(policy, moves, lanes.cell(lane, row), i64::from(*days), &known);
            if !lanes.set(lane, row, after) {
                *hard = 255;
            }
        }
    }
}

/// Whether a decision writes a fact into the state of the next one.
pub(super) fn is_left(policy: &Policy, foresight: &Foresight, fact: FactId) -> bool {
    let facts = policy.engine_facts();
    [facts.previous_stage, facts.days_in_stage, facts.previous_rung, facts.days_on_rung, facts.days_since_decision]
        .contains(&fact)
        || foresight.previous_type == Some(fact)
        || foresight.counts.contains(&fact)
        || policy.signs().iter().any(|sign| sign.since == Some(fact))
}

fn put(lanes: &mut Lanes, lane: usize, from: &Bytes) {
    let mut values = lanes.take_byte(lane);
    *values = *from;
    lanes.put_byte(lane, values, Holes::NONE);
}

/// Days or a count that begin anew where they do not stay.
#[inline(always)]
fn anew(lanes: &mut Lanes, kept: Kept, stays: &Bytes, steady: &mut Bytes) {
    let mut values = lanes.take_narrow(kept.left);
    if kept.found != kept.left {
        *values = *lanes.narrow(kept.found);
    }
    for ((value, stays), steady) in values.iter_mut().zip(stays).zip(steady) {
        let left = if *stays != 0 { *value } else { 0 };
        *steady &= mask(left == *value);
        *value = left;
    }
    let holes = lanes.narrow_holes(kept.found);
    lanes.put_narrow(kept.left, values, holes);
}
