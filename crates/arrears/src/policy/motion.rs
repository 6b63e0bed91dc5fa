//! How a day without events moves each fact of a policy, with every position resolved.
//!
//! The fact table says it by name; what goes over thousands of accounts reads it from here.

use super::{Axis, Body, Input, Need};
use crate::condition::{Cond, CondKind, FactId};
use crate::facts::{Movement, StepEffect};
use crate::number::{Cell, Kind};

/// How a day moves one fact.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Motion {
    pub(crate) moves: Moves,
    /// The fact's age and the last age at which the fact is known.
    pub(crate) valid: Option<(FactId, i64)>,
    /// Whether it may come to a number by time alone although it has none.
    pub(crate) from_nothing: bool,
    /// Whether it is carried from decision to decision, so that a decision may change it.
    pub(crate) state: bool,
}

impl Motion {
    /// Whether no day moves the fact away from the value that it has.
    #[inline]
    pub(crate) fn stands(&self, value: Cell) -> bool {
        let stands = match self.moves {
            Moves::Still => true,
            Moves::Expires { .. } if value == Cell::number(0) => true,
            _ => value.get().is_none() && !self.from_nothing,
        };
        stands && self.valid.is_none()
    }
}

/// What a day on which nothing happens does to a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moves {
    /// Nothing.
    Still,
    /// One more.
    Up,
    /// One less.
    Down,
    /// One more, but nothing while the account stands beside the ladder.
    OnRung,
    /// One more, unless somebody decides: then it is one.
    Decided,
    /// One more, unless the sign is seen: then it is one.
    Seen,
    /// See [`crate::facts::Movement::Late`]. From zero it may rise on a day that a flat row does not tell:
    /// when grace or a pause ends, when another account of the person falls late.
    Late {
        /// The fact that says in how many days a payment is due.
        due: Option<FactId>,
        /// Whether it may rise unseen.
        hidden: Hidden,
    },
    /// See [`crate::facts::Movement::Begins`].
    Begins,
    /// See [`crate::facts::Movement::Ages`].
    Ages {
        /// Whether it counts months.
        months: bool,
    },
    /// A step on the day after a fact that runs down was zero.
    Steps {
        /// The fact that runs down.
        when: Option<FactId>,
        /// What the step does.
        effect: OnStep,
    },
    /// See [`crate::facts::Movement::Expires`].
    Expires {
        /// The fact that says in how many days it falls.
        drops: Option<FactId>,
    },
    /// See [`crate::facts::Movement::Reaches`].
    Reaches {
        /// How late an account is on the day on which it rises.
        days: i64,
        /// The fact that says in how many days it falls.
        drops: Option<FactId>,
    },
    /// See [`crate::facts::Movement::Peak`].
    Peak {
        /// The fact that says in how many days it falls.
        drops: Option<FactId>,
    },
    /// See [`crate::facts::Movement::Rises`].
    Rises,
    /// Computed anew.
    Derived(Formula),
}

/// Whether a number of days past due may rise from zero unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// It never does.
    Never,
    /// While the account is late.
    WhileLate,
    /// At any time.
    Always,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnStep {
    /// One more.
    AddOne,
    /// As much more as another fact says.
    Add(Option<FactId>),
    /// Nothing is left of it.
    Clear,
    /// One more where a flag is set.
    AddOneIf(Option<FactId>),
    /// Nobody knows it any more.
    Unknown,
}

/// How a derived fact is computed. A fact that it wants and that the policy does not have
/// is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formula {
    /// The bucket of the days past due: see [`super::Head::buckets`].
    Bucket(Option<FactId>),
    /// The balance as a share of the credit limit.
    Utilisation {
        /// The balance.
        balance: Option<FactId>,
        /// The credit limit.
        limit: Option<FactId>,
    },
    /// Whether some number is valid and contact has not been lost.
    Reachable {
        /// What is known of the numbers.
        numbers: [Option<FactId>; 3],
        /// Whether contact has been lost.
        lost: Option<FactId>,
    },
    /// An axis of the assessment: the points of the signs that count.
    Axis(Axis),
    /// Both axes together.
    Quadrant {
        /// Willingness to pay.
        willingness: Option<FactId>,
        /// Ability to pay.
        ability: Option<FactId>,
    },
    /// It cannot be computed.
    Nothing,
}

/// How days move the facts of a policy.
#[derive(Debug, Default)]
pub(crate) struct Course {
    /// By position.
    pub(crate) motions: Vec<Motion>,
    /// The facts that move at all.
    pub(crate) movers: Vec<FactId>,
    /// Facts that grow too old, with their age and the last age at which they are known.
    pub(crate) expiring: Vec<(FactId, FactId, i64)>,
    /// The facts that are carried from decision to decision.
    pub(crate) state: Vec<FactId>,
    pub(crate) dpd: Option<FactId>,
    pub(crate) days_to_due: Option<FactId>,
    pub(crate) previous_type: Option<FactId>,
    /// Whether an axis or the quadrant is computed from signs.
    pub(crate) assesses: bool,
    /// Whether a sign counts for longer than it is seen.
    pub(crate) signs_last: bool,
    /// By the number of a condition, whether days can change its truth.
    pub(crate) stirs: Vec<Stirs>,
}

/// Whether days can change the truth of a condition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stirs {
    /// No day moves anything that it reads.
    Never,
    /// Some day may.
    #[default]
    Sometimes,
    /// Some day may, and it is a word of the policy, read in several places: what was read
    /// of it is kept.
    AndIsKept,
}

impl Course {
    /// The course of a policy whose other parts stand.
    pub(crate) fn of(body: &Body) -> Self {
        let (inputs, signs) = (&body.inputs, &body.signs);
        let find = |name: &str| {
            inputs.iter().position(|input| input.name == name).and_then(|index| u16::try_from(index).ok()).map(FactId)
        };
        let id = |index: usize| u16::try_from(index).ok().map(FactId);
        let motions: Vec<Motion> = inputs
            .iter()
            .enumerate()
            .map(|(index, input)| {
                let is_since = signs.iter().any(|sign| sign.since.is_some() && sign.since == id(index));
                let moves = if is_since { Moves::Seen } else { moves(input, &find) };
                Motion {
                    moves,
                    valid: input.valid,
                    from_nothing: matches!(
                        moves,
                        Moves::Decided | Moves::Seen | Moves::Derived(_) | Moves::Begins | Moves::Ages { .. }
                    ),
                    state: matches!(input.need, Need::State(_)),
                }
            })
            .collect();
        let of = |wanted: &dyn Fn(&Motion) -> bool| {
            let found = motions.iter().enumerate().filter(|(_, motion)| wanted(motion));
            found.filter_map(|(index, _)| id(index)).collect::<Vec<_>>()
        };
        let learned: Vec<FactId> = body.learned.iter().filter_map(|learned| learned.fact).collect();
        let mut course = Self {
            movers: of(&|motion| !matches!(motion.moves, Moves::Still)),
            expiring: motions
                .iter()
                .enumerate()
                .filter_map(|(index, motion)| motion.valid.and_then(|(age, days)| Some((id(index)?, age, days))))
                .collect(),
            state: of(&|motion| motion.state),
            dpd: find("dpd"),
            days_to_due: find("days_to_due"),
            previous_type: find("previous_type"),
            assesses: motions
                .iter()
                .any(|motion| matches!(motion.moves, Moves::Derived(Formula::Axis(_) | Formula::Quadrant { .. }))),
            signs_last: signs.iter().any(|sign| sign.since.is_some()),
            motions,
            stirs: Vec::new(),
        };
        for cond in conditions(body) {
            course.note(cond, &learned);
        }
        course
    }

    /// How a fact moves; a fact that the policy does not have stands still.
    #[inline]
    pub(crate) fn motion(&self, id: FactId) -> &Motion {
        const NONE: Motion = Motion { moves: Moves::Still, valid: None, from_nothing: false, state: false };
        self.motions.get(id.index()).unwrap_or(&NONE)
    }

    /// Whether no day moves the fact, and no decision changes it.
    fn rests(&self, id: FactId) -> bool {
        let motion = self.motion(id);
        matches!(motion.moves, Moves::Still) && motion.valid.is_none() && !motion.state
    }

    /// Notes which of the condition's parts, itself included, no day can change. What was
    /// learned of a fact may end on any.
    fn note(&mut self, cond: &Cond, learned: &[FactId]) {
        cond.each(&mut |part| {
            let mut still = true;
            part.each_fact(&mut |id| still &= self.rests(id) && !learned.contains(&id));
            let Ok(number) = usize::try_from(part.number) else { return };
            if self.stirs.len() <= number {
                self.stirs.resize(number + 1, Stirs::Sometimes);
            }
            if let Some(slot) = self.stirs.get_mut(number) {
                *slot = match part.kind {
                    _ if still => Stirs::Never,
                    CondKind::Define(..) => Stirs::AndIsKept,
                    _ => *slot,
                };
            }
        });
    }
}

/// Every condition that a decision reads.
fn conditions(body: &Body) -> impl Iterator<Item = &Cond> {
    let people = body.signs.iter().map(|sign| &sign.when).chain(body.holds.iter().map(|hold| &hold.when));
    let types = body.types.iter().filter_map(|kind| kind.when.as_ref());
    let ladder = body.stages.iter().filter_map(|stage| stage.when.as_ref());
    let down = body.cures.iter().map(|cure| &cure.when).chain(body.eases.iter().map(|ease| &ease.when));
    let work = body.duties.iter().map(|duty| &duty.when).chain(body.acts.iter().map(|act| &act.when));
    let turns = body.treatments.iter().flat_map(super::Treatment::conditions);
    people.chain(types).chain(ladder).chain(down).chain(work).chain(turns)
}

fn moves(input: &Input, find: &dyn Fn(&str) -> Option<FactId>) -> Moves {
    match input.name.as_str() {
        "days_on_rung" => return Moves::OnRung,
        "days_since_decision" => return Moves::Decided,
        _ => {}
    }
    let drops = input.drops_in;
    match input.movement {
        Movement::Still => Moves::Still,
        Movement::Up => Moves::Up,
        Movement::Down => Moves::Down,
        Movement::Late => Moves::Late {
            due: input.runs_out,
            hidden: match input.name.as_str() {
                "days_delinquent" => Hidden::WhileLate,
                "customer_max_dpd" => Hidden::Always,
                _ => Hidden::Never,
            },
        },
        Movement::Begins => Moves::Begins,
        Movement::Ages => Moves::Ages { months: input.kind == Kind::Count },
        Movement::Steps(step) => Moves::Steps {
            when: input.runs_out,
            effect: match step.effect {
                StepEffect::AddOne => OnStep::AddOne,
                StepEffect::Add(other) => OnStep::Add(find(other)),
                StepEffect::Clear => OnStep::Clear,
                StepEffect::AddOneIf(flag) => OnStep::AddOneIf(find(flag)),
                StepEffect::Unknown => OnStep::Unknown,
            },
        },
        Movement::Expires => Moves::Expires { drops },
        Movement::Reaches(days) => Moves::Reaches { days, drops },
        Movement::Peak => Moves::Peak { drops },
        Movement::Rises => Moves::Rises,
        // What is given although it could be computed stays as it is given.
        Movement::Derived if input.need != Need::Derived => Moves::Still,
        Movement::Derived => Moves::Derived(formula(&input.name, find)),
    }
}

fn formula(name: &str, find: &dyn Fn(&str) -> Option<FactId>) -> Formula {
    match name {
        "bucket" => Formula::Bucket(find("dpd")),
        "utilisation" => Formula::Utilisation { balance: find("balance"), limit: find("credit_limit") },
        "reachable" => Formula::Reachable {
            numbers: ["number_mobile", "number_work", "number_home"].map(find),
            lost: find("lost_contact"),
        },
        "willingness" => Formula::Axis(Axis::Willingness),
        "ability" => Formula::Axis(Axis::Ability),
        "quadrant" => Formula::Quadrant { willingness: find("willingness"), ability: find("ability") },
        _ => Formula::Nothing,
    }
}
