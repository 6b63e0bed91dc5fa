//! From a policy and the layout of a table to a program.

use super::build::Build;
use super::ladder;
use super::lane::{N, T};
use super::overlay;
use super::program::{Fill, Op, Program, ResultFact, SignLane};
use super::{treatments, work};
use arrears::Cell;
use arrears::condition::{Cmp, FactId, NumOp, Reading as _, Truth, WordSet};
use arrears::policy::{Axis, EngineFacts, Formula, Input, LearnedForm, Need, Policy};

/// The columns in which a table has facts, by their places among those bound; what it lacks
/// is as it is when its column is absent.
pub(super) struct Layout {
    pub(super) found: Vec<Option<usize>>, // INVARIANT: by position of the fact.
}

impl Layout {
    fn of(&self, fact: FactId) -> Option<usize> {
        self.found.get(fact.index()).copied().flatten()
    }
}

/// The program for tables of a layout. It decides the rows of which every step can be read
/// for certain, and says which others are for the row engine.
pub(super) fn compile(policy: &Policy, layout: &Layout) -> Program {
    program(policy, layout, true)
}

/// The same for a later day, of which only the decision itself is asked: what is due besides,
/// and what must never be, was found on the first.
pub(super) fn compile_later(policy: &Policy, layout: &Layout) -> Program {
    program(policy, layout, false)
}

fn program(policy: &Policy, layout: &Layout, whole: bool) -> Program {
    let build = Build::new(policy);
    let mut facts = Facts {
        policy,
        layout,
        build: &build,
        whole,
        fills: Vec::new(),
        overlaid: Vec::new(),
        done: vec![false; policy.inputs().len()],
    };
    for id in policy.fact_ids() {
        facts.resolve(id);
    }
    let Facts { fills, overlaid, .. } = facts;
    learned(policy, layout, &build);
    let finishing = build.len();
    if let Some(applies) = policy.applies() {
        // The row engine says why an account is not the policy's.
        let truth = applies.read(&build);
        if truth != T::Const(Truth::True) {
            build.emit(Op::Must { truth });
        }
    }
    let holds: Vec<T> = policy.holds().iter().map(|hold| hold.when.read(&build)).collect();
    for hold in &holds {
        build.sure(*hold);
    }
    let types = policy.debtor_types().iter();
    let types = types.map(|kind| kind.when.as_ref().map_or(T::Const(Truth::True), |when| when.read(&build)));
    let types = types.collect();
    build.emit(Op::Types { types });
    let ladder = ladder::compile(policy, &build);
    let mut stops = work::Stops::default();
    let mut work = work::Work::default();
    if whole {
        work = work::compile(policy, &build, &mut stops);
        build.emit(Op::Work);
    }
    let turns = treatments::compile(policy, &build, (&mut stops, whole));
    build.emit(Op::Turn);
    let priority = policy.priority().filter(|_| whole).map(|priority| priority.read(&build));
    let signs = policy.signs().iter().zip(0_u32..).filter(|(sign, _)| sign.since.is_some());
    let signs = signs.map(|(sign, index)| (index, sign.when.read(&build))).collect();
    let given = policy.derived_facts().any(|(id, _)| layout.of(id).is_some());
    if whole {
        invariants(policy, &build);
    }
    let seen = policy.signs().iter().map(|sign| sign.since.map(|_| sign.when.read(&build))).collect();
    let type_lane = build.byte();
    let built = build.finish();
    let mut program = Program {
        parts: Vec::new(),
        finishing,
        ops: built.ops,
        fills,
        bytes: built.bytes,
        narrow: built.narrow,
        wide: built.wide,
        splats: built.splats,
        truths: built.truths,
        holds,
        stops,
        type_lane,
        ladder,
        work,
        turns,
        priority,
        seen,
        facts: built.facts,
        closed: policy.engine_facts().closed,
        signs,
        given,
        overlaid,
    };
    program.part();
    program
}

/// The facts of a row, as the row engine finishes them: expired ones, state defaults,
/// derived ones.
struct Facts<'a, 'p> {
    policy: &'p Policy,
    layout: &'a Layout,
    build: &'a Build<'p>,
    /// Whether it is the first day.
    whole: bool,
    fills: Vec<Fill>,
    overlaid: Vec<(N, N)>,
    done: Vec<bool>,
}

impl Facts<'_, '_> {
    fn resolve(&mut self, id: FactId) -> N {
        if self.done.get(id.index()).copied().unwrap_or(true) {
            return self.build.found(id);
        }
        if let Some(slot) = self.done.get_mut(id.index()) {
            *slot = true;
        }
        let Some(input) = self.policy.input(id) else { return N::Const(Cell::UNKNOWN) };
        let given = match self.layout.of(id) {
            None => N::Const(input.absent()),
            Some(column) => {
                let lane = self.build.lane_for(id);
                self.fills.push(Fill { lane, column, ranks: None });
                lane
            }
        };
        let number = self.finished(id, input, given);
        self.build.put(id, number);
        number
    }

    fn finished(&mut self, id: FactId, input: &Input, given: N) -> N {
        let build = self.build;
        let mut number = given;
        if let Some((age, days)) = input.valid {
            let age = self.resolve(age);
            number = match (number, age) {
                (N::Const(cell), _) if cell.is_unknown() => number,
                (_, N::Const(cell)) if cell.get().is_some_and(|age| age <= days) => number,
                (_, N::Const(_)) => N::Const(Cell::UNKNOWN),
                (number, age) => {
                    let of = if let N::Const(cell) = number { build.splat(id, cell) } else { number };
                    let out = build.lane_for(id);
                    build.emit(Op::Expire { of, age, days, out });
                    out
                }
            };
        }
        // On a later day every account has a stage before.
        if let (Need::State(default), true, false) = (input.need, self.whole, matches!(number, N::Const(_))) {
            let before = self.policy.engine_facts().previous_stage;
            let stage = if before == id { number } else { self.resolve(before) };
            let out = build.lane_for(id);
            build.emit(Op::Default { of: number, stage, default, out });
            number = out;
        }
        if let Some(learned) = overlay::learned(self.policy, id) {
            learned.reads().for_each(|wanted| {
                self.resolve(wanted);
            });
            let over = overlay::over(build, id, learned, number);
            if over != number {
                self.overlaid.push((number, over));
                number = over;
            }
        }
        if input.need == Need::Derived
            && let Some((_, formula)) = self.policy.derived_facts().find(|(derived, _)| *derived == id)
        {
            let computed = self.computed(formula);
            let check = !matches!(formula, Formula::Axis(_));
            number = match (number, computed) {
                (N::Const(cell), computed) if cell.is_unknown() => computed,
                (given, N::Const(cell)) if cell.is_unknown() => given,
                (given, computed) => {
                    let lane = |number| if let N::Const(cell) = number { build.splat(id, cell) } else { number };
                    let (given, computed, out) = (lane(given), lane(computed), build.lane_for(id));
                    build.emit(Op::Given { given, computed, check, out });
                    out
                }
            };
        }
        number
    }

    fn maybe(&mut self, id: Option<FactId>) -> N {
        id.map_or(N::Const(Cell::UNKNOWN), |id| self.resolve(id))
    }

    fn computed(&mut self, formula: Formula) -> N {
        let build = self.build;
        match formula {
            Formula::Bucket(dpd) => match self.maybe(dpd) {
                N::Const(dpd) => N::Const(dpd.get().map_or(Cell::UNKNOWN, |dpd| {
                    let passed = self.policy.head().buckets.partition_point(|first| *first <= dpd);
                    i64::try_from(passed).map_or(Cell::UNKNOWN, Cell::number)
                })),
                dpd => {
                    let out = build.narrow();
                    build.emit(Op::Bucket { dpd, out });
                    N::Narrow(out)
                }
            },
            Formula::Utilisation { balance, limit } => {
                let (balance, limit) = (self.maybe(balance), self.maybe(limit));
                build.op(NumOp::RatioOf, balance, limit)
            }
            Formula::Reachable { numbers, lost } => {
                let mut valid = Vec::new();
                for number in numbers.into_iter().flatten() {
                    let of = self.resolve(number);
                    let position = self.policy.input(number).and_then(|input| input.word("valid")?.get());
                    let set = position.and_then(|position| usize::try_from(position).ok()).map(WordSet::of);
                    valid.push(build.within(of, set.unwrap_or_default()));
                }
                let some = if valid.is_empty() { T::Const(Truth::Unknown) } else { build.any(valid.into_iter()) };
                let lost = match lost {
                    None => T::Const(Truth::Unknown),
                    Some(lost) => {
                        self.resolve(lost);
                        build.flag(lost)
                    }
                };
                build.flag_of(build.all([some, build.not(lost)].into_iter()))
            }
            Formula::Axis(axis) => self.axis(axis),
            Formula::Quadrant { willingness, ability } => {
                let (willing, able) = (self.maybe(willingness), self.maybe(ability));
                let unknown = |number| matches!(number, N::Const(cell) if cell.is_unknown());
                if unknown(willing) || unknown(able) {
                    return N::Const(Cell::UNKNOWN);
                }
                let fixed = |number, of: Option<FactId>| match (number, of) {
                    (N::Const(cell), Some(fact)) => build.splat(fact, cell),
                    (number, _) => number,
                };
                let (willing, able) = (fixed(willing, willingness), fixed(able, ability));
                let out = build.byte();
                build.emit(Op::Quadrant { willing, able, out });
                N::Byte(out)
            }
            Formula::Nothing => N::Const(Cell::UNKNOWN),
        }
    }

    fn axis(&mut self, axis: Axis) -> N {
        let policy = self.policy;
        let build = self.build;
        let mut signs = Vec::new();
        for (index, sign) in policy.signs().iter().enumerate() {
            let points = match axis {
                Axis::Willingness => sign.willingness,
                Axis::Ability => sign.ability,
            };
            let Some(points) = points.and_then(|points| i32::try_from(points).ok()) else { continue };
            // A sign may read facts that stand behind this one.
            sign.when.each_fact(&mut |fact| {
                self.resolve(fact);
            });
            let when = sign.when.read(build);
            let since = sign.since.map_or(N::Const(Cell::NEVER), |since| self.resolve(since));
            let lasting = match since {
                N::Const(cell) if cell.is_unknown() => T::Const(Truth::Unknown),
                since => build.compare(Cmp::Le, since, N::Const(Cell::number(sign.lasts))),
            };
            match build.any([when, lasting].into_iter()) {
                T::Const(Truth::False) => {}
                counts => signs.push(SignLane { index, counts: build.as_lane(counts), points }),
            }
        }
        let out = build.byte();
        build.emit(Op::Axis { axis, signs: signs.into_boxed_slice(), out });
        N::Byte(out)
    }
}

/// Whether some number is reachable is computed anew where results of contacts taught
/// something, whatever the table says of it: rows in which they did are for the row engine if
/// it says so.
fn learned(policy: &Policy, layout: &Layout, build: &Build<'_>) {
    let given =
        |(id, formula): (FactId, Formula)| matches!(formula, Formula::Reachable { .. }) && layout.of(id).is_some();
    if !policy.derived_facts().any(given) {
        return;
    }
    for learned in policy.learned().iter().filter(|learned| learned.fact.is_some()) {
        let tells = match learned.form {
            LearnedForm::OfPromise(open, _) => open,
            LearnedForm::Flag | LearnedForm::Number(_) | LearnedForm::Promise(_) => learned.value,
        };
        // The first word of a number that was learned is not nothing.
        let flag = !matches!(learned.form, LearnedForm::Number(_));
        match build.found(tells) {
            N::Const(cell) if (flag && cell == Cell::FALSE) || cell.is_never() => {}
            N::Const(_) => build.emit(Op::Must { truth: T::Const(Truth::False) }),
            of => build.emit(Op::Learned { of, flag }),
        }
    }
}

/// What must never, or always, be decided; a row that may break it is for the row engine.
fn invariants(policy: &Policy, build: &Build<'_>) {
    let EngineFacts { action, channel, treatment, .. } = *policy.engine_facts();
    let word = |fact: FactId, word: &str| {
        let cell = policy.input(fact).and_then(|input| input.word(word)?.get());
        cell.and_then(|position| u8::try_from(position).ok()).unwrap_or(63)
    };
    let treatments = || policy.treatments().iter();
    let put = |fact: FactId, of: ResultFact| {
        let out = build.byte();
        build.emit(Op::ResultOf { of, out });
        build.put(fact, N::Byte(out));
    };
    if let Some(fact) = action {
        let verbs = treatments().map(|treatment| word(fact, treatment.verb.word()));
        let others = ["wait", "held", "review", "none"].into_iter().map(|other| word(fact, other));
        put(fact, ResultFact::Action(verbs.chain(others).collect()));
    }
    if let Some(fact) = channel {
        let channels = treatments()
            .map(|treatment| word(fact, treatment.verb.def().channel.map_or("none", arrears::Channel::word)));
        put(fact, ResultFact::Channel(channels.chain([word(fact, "none")]).collect()));
    }
    if let Some(fact) = treatment {
        let names = treatments().map(|treatment| word(fact, &treatment.name));
        put(fact, ResultFact::Treatment(names.chain([63]).collect()));
    }
    for invariant in policy.invariants() {
        let not = build.not(invariant.when.read(build));
        let truth = match &invariant.then {
            None => not,
            Some(then) => build.any([not, then.read(build)].into_iter()),
        };
        if truth != T::Const(Truth::True) {
            build.emit(Op::Must { truth });
        }
    }
}
