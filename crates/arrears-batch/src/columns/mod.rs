//! The columnar reading: a policy's rules over whole columns, at the speed of loops written
//! by hand for that one policy.
//!
//! A policy is compiled once for the layout of a table ([`Columns::new`]): every condition
//! becomes operations on lanes, work that conditions share is done once, what is the same
//! for every row is worked out beforehand. Rows go through in chunks that stay in cache.
//!
//! It decides the rows of which every step can be read for certain; the others (a fact that
//! matters is missing, a cell cannot be read, a day before the next review is not told) are
//! decided by the row engine, one by one. So there is one definition of every rule, and the two cannot
//! disagree: rows are only ever handed over.

mod ahead;
mod alike;
mod arithmetic;
mod beside;
mod bits;
mod build;
mod compile;
mod decided;
mod derive;
mod fact_cells;
mod fill;
mod fits;
mod flags;
mod kept;
mod kernel;
mod ladder;
mod lane;
mod lists;
mod moved;
mod newcomers;
mod overlay;
mod overnight;
mod own_times;
mod parts;
mod portfolio;
mod program;
mod ranks;
mod rare;
mod ratios;
mod reads;
mod reviews;
mod run;
mod rungs;
mod spare;
mod times;
mod told;
mod treatments;
mod turns;
mod vetoes;
mod watched;
mod whole;
mod words;
mod work;
mod write;

pub(crate) use alike::{Alike, Kinds};
pub(crate) use beside::Beside;
pub use decided::Decided;
pub(crate) use fact_cells::FactCells;
pub(crate) use kept::Kept;
pub use parts::Part;
pub use portfolio::Portfolio;

use crate::bind::Binding;
use ahead::Ahead;
use arrears::condition::FactId;
use arrears::policy::Policy;
use arrow_array::ArrayRef;
use chrono::NaiveDate;
use compile::Layout;
use lane::ROWS;
use program::Program;
use reviews::Later;
use run::Chunk;
use times::Times;

/// Of so many rows, one that is still looked into at the end is for the row engine.
const LAST_OF: usize = 512;

/// A policy compiled for tables of one layout and one day.
pub(crate) struct Columns<'p> {
    policy: &'p Policy,
    layout: Layout,
    program: Program,
    times: Times,
    /// Facts that are read after the decision.
    kept: Vec<FactId>,
    /// With reviews: the decisions of later days; none where the row engine finds them all.
    later: Option<Later>,
}

/// What one thread decides in.
pub struct Desk {
    chunk: Chunk,
    ahead: Option<Ahead>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").finish_non_exhaustive()
    }
}

/// Rows as columns.
pub(crate) struct Rows<'a> {
    /// In the order of the binding's facts.
    pub(crate) columns: &'a [ArrayRef],
    /// What comes from beside the table.
    pub(crate) beside: &'a Beside,
    /// How many there are.
    pub(crate) count: usize,
    /// Whether their next reviews are asked for, where these are found in columns.
    pub(crate) reviews: bool,
}

impl<'p> Columns<'p> {
    /// Compiles a policy for tables of a layout, beside which come cells of more facts. Only
    /// the facts that are to be kept can be read after the decision.
    pub(crate) fn new(
        policy: &'p Policy,
        binding: &Binding<'p>,
        (beside, kept): (&[FactId], &[FactId]),
        as_of: NaiveDate,
    ) -> Self {
        let mut found = vec![None; policy.inputs().len()];
        let facts = binding.facts.iter().map(|bound| bound.fact);
        for (place, fact) in facts.chain(beside.iter().copied()).enumerate() {
            if let Some(slot) = found.get_mut(fact.index()) {
                *slot = Some(place);
            }
        }
        let layout = Layout { found };
        let mut program = compile::compile(policy, &layout);
        program.forget_reviews();
        spare::leave_out(&mut program, kept);
        ranks::narrow(&mut program, kept);
        spare::fill_late(&mut program);
        spare::share(&mut program, kept);
        let times = program.turns.times(policy, as_of);
        Self { policy, layout, program, times, kept: kept.to_vec(), later: None }
    }

    /// The same, with next reviews where they are found in columns.
    pub(crate) fn with_reviews(self, as_of: NaiveDate) -> Self {
        let mut program = compile::compile(self.policy, &self.layout);
        let Some(later) = Later::of(self.policy, &program, as_of) else { return self };
        let kept: Vec<FactId> = self.kept.iter().copied().chain(later.wants()).collect();
        spare::leave_out(&mut program, &kept);
        spare::fill_late(&mut program);
        spare::share(&mut program, &kept);
        Self { program, later: Some(later), ..self }
    }

    /// Whether it finds next reviews.
    pub(crate) const fn finds_reviews(&self) -> bool {
        self.later.is_some()
    }

    /// A place for one thread to decide in.
    pub(crate) fn desk(&self) -> Desk {
        Desk { chunk: Chunk::new(&self.program), ahead: self.later.as_ref().map(Later::place) }
    }

    /// Decides the rows of a batch, whose columns stand in the order of the binding's facts.
    /// The places of rows that are for the row engine are added to `hard`; what is written
    /// for them means nothing. What is wanted after the decision goes to `kept`.
    pub(crate) fn decide(
        &self,
        desk: &mut Desk,
        binding: &Binding<'p>,
        given: &Rows<'_>,
        (out, kept): (&mut Decided, &mut Kept),
        hard: &mut Vec<usize>,
    ) {
        self.decide_watched(desk, binding, given, (out, kept), (hard, &mut |_| {}));
    }

    /// The same; `watch` is told of every part of the work that has been done.
    pub(crate) fn decide_watched(
        &self,
        desk: &mut Desk,
        binding: &Binding<'p>,
        given: &Rows<'_>,
        (out, kept): (&mut Decided, &mut Kept),
        (hard, watch): (&mut Vec<usize>, &mut dyn FnMut(Part)),
    ) {
        let Rows { columns, beside, count: rows, reviews } = *given;
        let prepared = binding.facts.iter().zip(columns).map(|(bound, array)| fill::prepare(bound, array));
        let prepared: Vec<_> = prepared.chain(beside.columns().iter().map(|cells| fill::ready(cells))).collect();
        if out.slots.is_empty() {
            out.slots.clone_from(&self.times.slots);
        }
        write::begin(self.policy, out);
        let first = out.len();
        let arch = pulp::Arch::new();
        let Desk { chunk, ahead } = desk;
        for start in (0..rows).step_by(ROWS) {
            let count = (rows - start).min(ROWS);
            arch.dispatch(OneChunk { columns: self, prepared: &prepared, start, chunk, watch });
            chunk.write(self.policy, (&self.program, &self.times), count, out);
            watch(Part::Write);
            if let (true, Some(later), Some(ahead)) = (reviews, &self.later, ahead.as_mut()) {
                let mut asked = later.asked(self.policy, &self.program, chunk, count);
                while !asked.rows.is_empty() {
                    later.seat((&self.program, chunk), (&mut asked, first + start), ahead, hard);
                    if ahead.free.is_empty() {
                        self.look_ahead(arch, later, ahead, (out, hard));
                    }
                }
            }
            watch(Part::Reviews);
            kept.take(&self.program, &chunk.lanes, count);
            bits::each_set(&chunk.hard, count, |row| hard.push(first + start + row));
        }
        if let (true, Some(later), Some(ahead)) = (reviews, &self.later, ahead.as_mut()) {
            // The last few of many are sooner decided one by one.
            while ahead.count() > rows / LAST_OF {
                self.look_ahead(arch, later, ahead, (out, hard));
            }
            ahead.give_up(hard);
            watch(Part::Reviews);
            hard.sort_unstable();
        }
    }

    /// Decides once more what is looked into.
    fn look_ahead(&self, arch: pulp::Arch, later: &Later, ahead: &mut Ahead, done: (&mut Decided, &mut Vec<usize>)) {
        let (out, hard) = done;
        let mut state = [0; lane::ROWS];
        arch.dispatch(NextDays { columns: self, later, ahead, state: &mut state });
        Later::finish(ahead, &state, (out, hard));
        arch.dispatch(LaterDecisions { columns: self, later, ahead, state: &mut state });
        Later::finish(ahead, &state, (out, hard));
    }
}

/// The rows of one chunk, from their columns to their decisions: written once, compiled for
/// every width of vectors that machines have, and run with the widest that this one has.
struct OneChunk<'a, 'p> {
    columns: &'a Columns<'p>,
    prepared: &'a [fill::Prepared<'a>],
    start: usize,
    chunk: &'a mut Chunk,
    watch: &'a mut dyn FnMut(Part),
}

impl pulp::WithSimd for OneChunk<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let Self { columns, prepared, start, chunk, watch } = self;
        chunk.hard.fill(0);
        watch(Part::Fill);
        let given = (columns.policy, &columns.program, &columns.times);
        chunk.decide::<true>(given, (prepared, start), watch);
    }
}

/// The days to which rows are moved.
struct NextDays<'a, 'p> {
    columns: &'a Columns<'p>,
    later: &'a Later,
    ahead: &'a mut Ahead,
    state: &'a mut lane::Bytes,
}

impl pulp::WithSimd for NextDays<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.later.step(self.columns.policy, self.ahead, self.state);
    }
}

/// Their decisions on those days.
struct LaterDecisions<'a, 'p> {
    columns: &'a Columns<'p>,
    later: &'a Later,
    ahead: &'a mut Ahead,
    state: &'a mut lane::Bytes,
}

impl pulp::WithSimd for LaterDecisions<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.later.decide(self.columns.policy, self.ahead, self.state);
    }
}
