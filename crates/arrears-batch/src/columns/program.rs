//! A policy as operations on lanes.

use super::ladder::Ladder;
use super::lane::{N, T};
use super::parts;
use super::ranks::Ranks;
use super::turns::Turns;
use super::work::{Stops, Work};
use arrears::Cell;
use arrears::condition::{Cmp, FactId, NumOp, Truth, WordSet};
use arrears::policy::Axis;
use std::ops::Range;

/// One operation on the lanes of a chunk. `out` is the lane that it writes.
#[derive(Clone, Debug)]
pub(super) enum Op {
    /// A column of the table into its lane.
    Fill(Fill),
    /// A lane against a number; the number fits the lane.
    CompareWith {
        cmp: Cmp,
        of: N,
        with: i64,
        out: usize,
    },
    /// Two numbers of one width.
    Compare {
        cmp: Cmp,
        left: N,
        right: N,
        out: usize,
    },
    /// Any two numbers.
    CompareAny {
        cmp: Cmp,
        left: N,
        right: N,
        out: usize,
    },
    Flag {
        of: usize,
        out: usize,
    },
    Within {
        of: usize,
        set: WordSet,
        out: usize,
    },
    WithinAny {
        of: N,
        set: WordSet,
        out: usize,
    },
    /// The debtor type of the row against a set.
    Type {
        set: WordSet,
        out: usize,
    },
    Known {
        of: N,
        out: usize,
    },
    NotYet {
        of: N,
        out: usize,
    },
    NotSince {
        first: N,
        second: N,
        out: usize,
    },
    Not {
        of: usize,
        out: usize,
    },
    /// All parts; `unknown` if one of them is the same unknown for every row.
    All {
        parts: Box<[Part]>,
        unknown: bool,
        out: usize,
    },
    Any {
        parts: Box<[Part]>,
        unknown: bool,
        out: usize,
    },
    /// The first, or the second where the first is unknown.
    TruthOr {
        first: usize,
        second: T,
        out: usize,
    },
    Number {
        op: NumOp,
        left: N,
        right: N,
        out: usize,
    },
    Negate {
        of: N,
        out: usize,
    },
    Abs {
        of: N,
        out: usize,
    },
    NumberOr {
        first: N,
        second: N,
        out: usize,
    },
    /// A number as a wide lane.
    Widen {
        of: N,
        out: usize,
    },
    /// Unknown where the age is not known or more than so many days.
    Expire {
        of: N,
        age: N,
        days: i64,
        out: N,
    },
    /// What was learned of a number, as a word of the number.
    KnownAs {
        of: N,
        words: Box<[Cell]>,
        out: N,
    },
    /// What was learned, over what the table says.
    Over {
        table: N,
        stands: T,
        over: N,
        out: N,
    },
    /// The default of a state fact that is unknown where there was no stage before.
    Default {
        of: N,
        stage: N,
        default: Cell,
        out: N,
    },
    /// The given value, or the computed one where none is given; a row in which both are
    /// known and differ is for the row engine, if `check`.
    Given {
        given: N,
        computed: N,
        check: bool,
        out: N,
    },
    Bucket {
        dpd: N,
        out: usize,
    },
    /// A truth as a flag.
    FlagOf {
        truth: usize,
        out: usize,
    },
    /// An axis of the assessment from the signs that count.
    Axis {
        axis: Axis,
        signs: Box<[SignLane]>,
        out: usize,
    },
    Quadrant {
        willing: N,
        able: N,
        out: usize,
    },
    /// Rows in which something was learned are for the row engine. Of a flag, `false` is nothing.
    Learned {
        of: N,
        flag: bool,
    },
    /// Rows in which a truth is unknown are for the row engine.
    Sure {
        truth: usize,
    },
    /// Rows in which a number is unknown are for the row engine.
    SureNumber {
        of: N,
    },
    /// The first type that fits.
    Types {
        types: Box<[T]>,
    },
    /// The stage.
    Place,
    /// Duties, acts, relief.
    Work,
    /// Treatments.
    Turn,
    /// A result of the decision as a fact that later statements read.
    ResultOf {
        of: ResultFact,
        out: usize,
    },
    /// Rows in which this does not surely hold are for the row engine.
    Must {
        truth: T,
    },
}

/// A truth that is joined to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) lane: usize,
    /// Whether its opposite is.
    pub(super) not: bool,
}

/// A sign that speaks to an axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct SignLane {
    /// The sign's position in the policy.
    pub(super) index: usize,
    pub(super) counts: usize,
    pub(super) points: i32,
}

/// A result of the decision that later statements may read.
#[derive(Clone, Debug)]
pub(super) enum ResultFact {
    Stage,
    /// Word positions by action: of each treatment's verb, then wait, held, review, none.
    Action(Box<[u8]>),
    /// Word positions by treatment, then of no channel.
    Channel(Box<[u8]>),
    /// Word positions by treatment, then of no treatment.
    Treatment(Box<[u8]>),
}

/// Where a fact's lane comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fill {
    pub(super) lane: N,
    /// The column's place among those bound.
    pub(super) column: usize,
    /// What stands in the lane for a number; the number itself where there is none.
    pub(super) ranks: Option<Ranks>,
}

/// A policy as operations on lanes, for tables of one layout.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) ops: Vec<Op>,
    /// The operations by parts of the work.
    pub(super) parts: Vec<(parts::Part, Range<usize>)>,
    /// How many of the first operations finish facts.
    pub(super) finishing: usize,
    /// Columns that are read before the first operation.
    pub(super) fills: Vec<Fill>,
    pub(super) bytes: usize,
    pub(super) narrow: usize,
    pub(super) wide: usize,
    /// Lanes that are the same for every row and are written once.
    pub(super) splats: Vec<(N, Cell)>,
    /// Lanes of a truth that is the same for every row: the same.
    pub(super) truths: Vec<(usize, Truth)>,
    pub(super) holds: Vec<T>,
    pub(super) stops: Stops,
    /// The lane of the debtor type's position.
    pub(super) type_lane: usize,
    pub(super) ladder: Ladder,
    pub(super) work: Work,
    pub(super) turns: Turns,
    pub(super) priority: Option<N>,
    /// By sign, whether it is seen, where the state keeps how long ago it was.
    pub(super) seen: Vec<Option<T>>,
    /// Where each fact of the policy is found.
    pub(super) facts: Vec<N>,
    /// The fact that says whether an account is closed.
    pub(super) closed: FactId,
    /// Signs that last, by position, and where it is found whether they are seen.
    pub(super) signs: Vec<(u32, T)>,
    /// Whether the table gives a fact that could be computed.
    pub(super) given: bool,
    /// Facts over which something learned was laid: as the table has them, and with it.
    pub(super) overlaid: Vec<(N, N)>,
}

impl Program {
    /// Forgets what only reviews ask for.
    pub(super) fn forget_reviews(&mut self) {
        self.signs.clear();
        self.overlaid.clear();
    }

    /// Finds the parts of the work again.
    pub(super) fn part(&mut self) {
        let mut found: Vec<(parts::Part, Range<usize>)> = Vec::new();
        for (place, op) in self.ops.iter().enumerate() {
            let part = parts::Part::of(op, place < self.finishing);
            match found.last_mut() {
                Some((last, range)) if *last == part => range.end = place + 1,
                _ => found.push((part, place..place + 1)),
            }
        }
        self.parts = found;
    }
}
