//! Treatments read into lanes: when each fits, what keeps it from going ahead, when it rests.

use super::build::Build;
use super::lane::{N, T};
use super::own_times::OwnTimes;
use super::turns::{BY_HOLD, BY_RULE, Turn, Turns};
use super::work::Stops;
use arrears::Cell;
use arrears::condition::{Cmp, Cond, FactId, Num, Reading as _, Truth, WordSet};
use arrears::facts::Class;
use arrears::policy::{ClockPeriod, Guard, Point, Policy, Purpose, Treatment};

fn read(build: &Build<'_>, cond: Option<&Cond>, absent: Truth) -> T {
    cond.map_or(T::Const(absent), |cond| cond.read(build))
}

/// Reads the treatments into lanes; `whole` asks for the number and the time of each as well.
pub(super) fn compile(policy: &Policy, build: &Build<'_>, (stops, whole): (&mut Stops, bool)) -> Turns {
    let known = policy.engine_facts();
    let closed = build.flag(known.closed);
    build.sure(closed);
    let mut excepted: Vec<u16> =
        policy.treatments().iter().filter_map(|treatment| treatment.instead).map(|id| id.position()).collect();
    excepted.sort_unstable();
    excepted.dedup();
    let (mut turns, mut stages) = (Vec::new(), Vec::new());
    for (index, treatment) in policy.treatments().iter().enumerate() {
        let Ok(id) = u16::try_from(index) else { break };
        let when = read(build, treatment.when.as_ref(), Truth::True);
        if when == T::Const(Truth::False) {
            continue;
        }
        let reaches = |fact: Option<FactId>, number: Option<&Num>| {
            let both = fact.zip(number);
            both.map_or(T::Const(Truth::False), |(fact, number)| {
                build.compare(Cmp::Ge, build.found(fact), number.read(build))
            })
        };
        let flag = |fact: Option<FactId>, absent: Truth| fact.map_or(T::Const(absent), |fact| build.flag(fact));
        let numbers: Vec<T> = treatment.numbers.iter().map(|point| usable(point, build)).collect();
        let reached = if numbers.is_empty() { T::Const(Truth::True) } else { build.any(numbers.iter().copied()) };
        let pauses = pauses(policy, build, treatment);
        let paused = build.any(pauses.iter().copied());
        let retry = retry(policy, build, id);
        let place_of_stages = stages.iter().position(|known| *known == treatment.stages).unwrap_or_else(|| {
            stages.push(treatment.stages);
            stages.len() - 1
        });
        turns.push(Turn {
            id,
            place_of_stages,
            when,
            unless: read(build, treatment.unless.as_ref(), Truth::False),
            exhausted: reaches(treatment.count(), treatment.at_most.as_ref()),
            opted_out: flag(treatment.opted_out, Truth::False),
            consent: flag(treatment.consent, Truth::True),
            reached,
            numbers: if whole { numbers } else { Vec::new() },
            used: [treatment.count(), treatment.retries()]
                .into_iter()
                .flatten()
                .filter(|_| whole)
                .map(|fact| build.found(fact))
                .collect(),
            stop: stops.of(policy, |hold| hold.stops(treatment.class, treatment.purpose)),
            strength: treatment.strength,
            paused,
            guards: treatment
                .guards
                .iter()
                .map(|guard| (code_of_rule(guard.rule), guard_truth(guard, build), guard.ends))
                .collect(),
            doubts: pauses.into_iter().chain([retry]).chain(zone_doubt(policy, treatment, build)).collect(),
            rests: rests(policy, build, treatment, paused, retry),
            instead: treatment.instead.map(|id| id.position()),
            contact: treatment.class == Class::Contact,
            excepted: excepted.binary_search(&id).ok(),
        });
    }
    let minute = |fact| match build.found(fact) {
        N::Const(cell) => cell.get().and_then(|minute| u16::try_from(minute).ok()),
        _ => None,
    };
    let stated = minute(known.stated_from).and_then(|from| {
        let to = minute(known.stated_to).unwrap_or(24 * 60).min(24 * 60);
        (from < to).then_some(ClockPeriod { from, to })
    });
    let works = known.occupation.map_or(N::Const(Cell::UNKNOWN), |fact| build.found(fact));
    let hours = match works {
        N::Const(cell) => policy.hours().iter().find(|hours| Some(hours.word) == cell.get()).map(|hours| hours.period),
        _ => None,
    };
    let own_times = OwnTimes {
        from: build.found(known.stated_from),
        to: build.found(known.stated_to),
        zone: build.found(known.zones),
        works,
        hours: policy.hours().iter().map(|hours| (hours.word, hours.period)).collect(),
    };
    let zone = if let N::Const(cell) = build.found(known.zones) { cell } else { Cell::UNKNOWN };
    let by_row = !has_codes(policy) || policy.is_lawless();
    Turns { turns, by_row, whole, stages, excepted, closed, own_times, zone, period: stated.or(hours) }
}

/// Where the law keeps hours, whether the person's zone is known: unknown where it is not.
fn zone_doubt(policy: &Policy, treatment: &Treatment, build: &Build<'_>) -> Option<T> {
    if !policy.needs_zone(treatment) {
        return None;
    }
    let zones = policy.engine_facts().zones;
    let words = policy.input(zones).map_or(0, |input| input.words.len());
    let named = (0..words).filter(|position| {
        i64::try_from(*position).is_ok_and(|position| policy.known_zone(Cell::number(position)).is_some())
    });
    let known = named.fold(WordSet::default(), |set, position| set.or(WordSet::of(position)));
    let zone = build.within(build.found(zones), known);
    Some(build.any([zone, T::Const(Truth::Unknown)].into_iter()))
}

/// Whether a number may be used: it is valid, and no rule refuses it.
fn usable(point: &Point, build: &Build<'_>) -> T {
    let valid = build.within(build.found(point.fact), point.valid);
    match &point.refused {
        None => valid,
        Some(refused) => build.all([valid, build.not(refused.read(build))].into_iter()),
    }
}

/// When a rule stands against a treatment; where a person must look, unknown, so that the row
/// engine is asked.
fn guard_truth(guard: &Guard, build: &Build<'_>) -> T {
    let stands = guard.cond.read(build);
    match stands {
        T::Const(Truth::False) => stands,
        _ if guard.review => {
            // Unknown where it stands, false where it surely does not.
            build.all([stands, T::Const(Truth::Unknown)].into_iter())
        }
        _ => stands,
    }
}

/// The code of a rule.
pub(super) fn code_of_rule(rule: u16) -> u8 {
    u8::try_from(rule).ok().and_then(|rule| BY_RULE.checked_add(rule)).unwrap_or(u8::MAX)
}

/// Whether lanes have a code for every hold and every rule that may refuse a treatment.
pub(super) fn has_codes(policy: &Policy) -> bool {
    let holds = usize::from(BY_RULE - BY_HOLD);
    let rules = usize::from(u8::MAX - BY_RULE);
    policy.holds().len() < holds && policy.bound_rules().len() < rules
}

/// What results of contacts make demand rest for.
fn pauses(policy: &Policy, build: &Build<'_>, treatment: &Treatment) -> Vec<T> {
    if treatment.class != Class::Contact || treatment.purpose != Purpose::Demand {
        return Vec::new();
    }
    let known = policy.engine_facts();
    let waits = [known.pause_left, known.callback_in].into_iter().flatten();
    waits.map(|fact| build.compare(Cmp::Gt, build.found(fact), N::Const(Cell::number(0)))).collect()
}

/// Whether a retry that a result of a contact asked for is of this treatment.
fn retry(policy: &Policy, build: &Build<'_>, id: u16) -> T {
    let known = policy.engine_facts();
    let (Some(days), Some(which)) = (known.retry_in, known.retry_treatment) else {
        return T::Const(Truth::False);
    };
    let this = build.compare(Cmp::Eq, build.found(which), N::Const(Cell::number(i64::from(id))));
    build.all([build.not(build.not_yet(days)), this].into_iter())
}

/// Whether it rests: a pause of demand, a retry that takes the place of `every`, or `every`.
fn rests(policy: &Policy, build: &Build<'_>, treatment: &Treatment, paused: T, retry: T) -> T {
    let every = match (&treatment.every, treatment.since()) {
        (Some(every), Some(since)) => {
            let ready = build.compare(Cmp::Ge, build.found(since), every.read(build));
            build.all([build.not(build.not_yet(since)), build.not(ready)].into_iter())
        }
        _ => T::Const(Truth::False),
    };
    let Some(days) = policy.engine_facts().retry_in else {
        return build.any([paused, every].into_iter());
    };
    let not_yet_due = build.compare(Cmp::Gt, build.found(days), N::Const(Cell::number(0)));
    let waits = build.all([retry, not_yet_due].into_iter());
    let rests = build.all([build.not(retry), every].into_iter());
    build.any([paused, waits, rests].into_iter())
}
