//! Missing facts that are told.

use super::lever::{ChangeKind, Lever};
use super::trial::Trial;
use arrears::condition::FactId;
use arrears::policy::is_protected_trait;
use arrears::{Cell, Input, Kind};

/// Every fact for want of which the decision is open, told: a flag both ways, each word, each number from zero up; and
/// all missing flags together, told not to be set.
pub(super) fn telling<'t>(trial: &'t Trial<'t>, missing: &[FactId]) -> Vec<Lever<'t>> {
    let policy = trial.policy();
    let known = |fact: &FactId| Some((*fact, policy.input(*fact)?));
    let named = |input: &Input| !is_protected_trait(&input.name) && input.is_column();
    let missing: Vec<(FactId, &Input)> = missing.iter().filter_map(known).filter(|(_, input)| named(input)).collect();
    let mut levers = Vec::new();
    for (fact, input) in &missing {
        levers.extend(one(trial, *fact, input));
    }
    levers.extend(together(trial, &missing));
    levers
}

fn one<'t>(trial: &'t Trial<'t>, fact: FactId, input: &Input) -> Vec<Lever<'t>> {
    let written = input.written.clone();
    let once = |word: &str, cell: Cell| {
        Lever::once(trial, ChangeKind::Told, vec![(fact, cell)], format!("{written} being known to be {word}"))
    };
    let mut levers: Vec<Lever<'t>> = match input.kind {
        Kind::Flag => {
            [("false", Cell::FALSE), ("true", Cell::TRUE)].into_iter().filter_map(|(w, c)| once(w, c)).collect()
        }
        Kind::Category => input.words.iter().filter_map(|word| once(word, input.word(word)?)).collect(),
        kind => vec![number(trial, fact, kind, &written)],
    };
    if input.never {
        levers.extend(once("never", Cell::NEVER));
    }
    levers
}

fn number<'t>(trial: &'t Trial<'t>, fact: FactId, kind: Kind, written: &str) -> Lever<'t> {
    let written = written.to_owned();
    let shown = move |value: i64| trial.policy().show(value, kind);
    Lever {
        kind: ChangeKind::Told,
        least: 0,
        most: greatest(trial, kind),
        made: Box::new(move |value| trial.told(&[(fact, Cell::number(value))])),
        words: Box::new(move |value| format!("{written} being known to be {}", shown(value))),
        size: Box::new(move |value| Some(shown(value))),
        facts: vec![fact],
    }
}

/// The greatest number that is tried, beyond what policies ask for.
fn greatest(trial: &Trial<'_>, kind: Kind) -> i64 {
    match kind {
        Kind::Money => 10_i64.checked_pow(9 + trial.policy().head().currency.digits()).unwrap_or(i64::MAX / 4),
        Kind::Ratio => 1_000_000_000,
        _ => 10_000,
    }
}

/// All missing flags told at once, where there are several; those that need not be told are left out.
fn together<'t>(trial: &'t Trial<'t>, missing: &[(FactId, &Input)]) -> Option<Lever<'t>> {
    let flags: Vec<(FactId, &Input)> = missing.iter().filter(|(_, input)| input.kind == Kind::Flag).copied().collect();
    let told = |flags: &[(FactId, &Input)]| -> Vec<(FactId, Cell)> {
        flags.iter().map(|(fact, _)| (*fact, Cell::FALSE)).collect()
    };
    let as_it_is = trial.severity(&trial.as_it_is());
    let severity = |flags: &[(FactId, &Input)]| trial.told(&told(flags)).map(|moved| trial.severity(&moved));
    let wanted = severity(&flags).filter(|wanted| *wanted != as_it_is)?;
    let mut least = flags;
    for fact in least.clone() {
        let without: Vec<_> = least.iter().filter(|(other, _)| *other != fact.0).copied().collect();
        if severity(&without) == Some(wanted) {
            least = without;
        }
    }
    let names: Vec<&str> = least.iter().map(|(_, input)| input.written.as_str()).collect();
    let words = format!("{} being known to be false", names.join(", "));
    (least.len() > 1).then(|| Lever::once(trial, ChangeKind::Told, told(&least), words)).flatten()
}
