//! `quiet`: the account on which a policy's tests build. Nothing is owed, nothing
//! protects it, nobody was ever contacted, no sign has been seen. It has a credit limit of
//! 10,000, so that nothing used of it is a known share.

use crate::condition::{Arith, Term, TermKind, WordSet};
use crate::draft::Keyword;
use crate::number::{Cell, Kind, fixed};
use crate::policy::{Input, Need, Policy};

/// The quiet account has a credit limit, of which nothing is used.
const LIMIT: i64 = 10_000;

/// The cells of a test's account: `quiet`, a map, or a sum of both. Without `quiet`, what
/// is not given is absent.
pub(super) fn given(policy: &Policy, term: &Term) -> Vec<Cell> {
    let mut cells = policy.empty_row();
    apply(policy, term, &mut cells);
    cells
}

/// The cells of `quiet`, the account on which a policy's tests build: nothing is owed, nothing protects it,
/// nobody was ever contacted. [`Policy::row`] finishes them.
pub fn quiet_account(policy: &Policy) -> Vec<Cell> {
    policy.inputs().iter().map(|input| quiet(policy, input)).collect()
}

fn apply(policy: &Policy, term: &Term, cells: &mut [Cell]) {
    match &term.kind {
        TermKind::Name(_) => {
            for (cell, quiet) in cells.iter_mut().zip(quiet_account(policy)) {
                *cell = quiet;
            }
        }
        TermKind::Arith(Arith::Add, left, right) => {
            apply(policy, left, cells);
            apply(policy, right, cells);
        }
        TermKind::Map(entries) => {
            for (key, value) in entries {
                let found = policy.find_input(&key.text);
                let input = found.and_then(|id| policy.input(id));
                if let (Some(id), Some(input)) = (found, input)
                    && let Some(slot) = cells.get_mut(id.index())
                {
                    *slot = cell(policy, input, value).unwrap_or(Cell::UNKNOWN);
                }
            }
        }
        _ => {}
    }
}

/// A fact of the quiet account.
fn quiet(policy: &Policy, input: &Input) -> Cell {
    match input.need {
        Need::Assumed(cell) | Need::State(cell) | Need::Optional(cell) if !cell.is_unknown() => return cell,
        Need::State(_) | Need::Derived | Need::Script | Need::Result | Need::Contact => return input.absent(),
        Need::Optional(_) if matches!(input.name.as_str(), "zones" | "stated_from" | "stated_to") => {
            return Cell::UNKNOWN;
        }
        _ => {}
    }
    if let Some(own) = own_value(policy, input) {
        return own;
    }
    if input.never {
        return Cell::NEVER;
    }
    if input.name == "credit_limit" {
        return fixed(LIMIT.into(), policy.head().currency.digits()).map_or(Cell::UNKNOWN, Cell::number);
    }
    match input.kind {
        Kind::Days | Kind::Count | Kind::Money | Kind::Ratio | Kind::Flag => Cell::number(0),
        Kind::Category => {
            let usual = ["valid", "not_yet_known", "unknown"];
            usual.iter().find_map(|word| input.words.iter().position(|known| known == word)).map_or_else(
                || if input.open { Cell::number(WordSet::OTHER) } else { Cell::UNKNOWN },
                |position| Cell::number(i64::try_from(position).unwrap_or(WordSet::OTHER)),
            )
        }
    }
}

/// What `fact x = v` says of the quiet account; its age is zero days.
fn own_value(policy: &Policy, input: &Input) -> Option<Cell> {
    let facts = || policy.body.facts.iter().filter(|statement| statement.keyword == Keyword::Fact);
    if let Some(fact) = facts().find(|statement| statement.name_text() == input.name) {
        return cell(policy, input, fact.value.as_ref()?);
    }
    let dated = input.name.strip_suffix("_age")?;
    facts().any(|statement| statement.name_text() == dated).then_some(Cell::number(0))
}

/// A written value as a cell; none if it does not fit, which the checks have reported.
fn cell(policy: &Policy, input: &Input, value: &Term) -> Option<Cell> {
    match (&value.kind, input.kind) {
        (TermKind::Text(word), _) if word == "never" && input.never => Some(Cell::NEVER),
        (TermKind::Text(word), _) if word == "unknown" && input.kind != Kind::Category => Some(Cell::UNKNOWN),
        (TermKind::Text(word), Kind::Category) => input.word(word),
        (TermKind::Flag(flag), Kind::Flag) => Some(Cell::flag(*flag)),
        _ => {
            let number = crate::policy::number_of(value)?;
            let decimals = input.kind.decimals(policy.head().currency.digits());
            fixed(number, decimals).ok().map(Cell::number)
        }
    }
}
