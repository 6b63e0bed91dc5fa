//! The facts that a policy computes by script, in the rows of a table or of a history.

use arrears::number::fixed;
use arrears::policy::ScriptFact;
use arrears::{Cell, Input, Kind, Policy};
use arrears_batch::ScriptCost;
use arrears_rules::{ScriptValue, Scripts};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Computes the script facts of a row, whose cells stand in the order of [`Policy::inputs`]. A script that
/// fails leaves its fact unknown, and is counted.
pub fn compute(scripts: &Scripts, policy: &Policy, cells: &mut [Cell]) -> ScriptCost {
    let mut cost = ScriptCost::default();
    for fact in policy.scripts() {
        let (computed, operations) = one(scripts, policy, fact, cells);
        cost.operations = cost.operations.saturating_add(operations);
        if computed.is_none() {
            cost.failed.push(fact.fact);
        }
        if let Some(cell) = cells.get_mut(fact.fact.index()) {
            *cell = computed.unwrap_or(Cell::UNKNOWN);
        }
    }
    cost
}

/// What a run calls for each row, where the policy has scripts: see [`arrears_batch::Hooks::scripts`].
///
/// ```
/// use arrears::Law;
/// use arrears_batch::{HeldTable, Hooks, Options, run};
/// use arrears_workbench::script_facts;
/// use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
/// use std::sync::Arc;
///
/// let loaded = arrears_rules::load_source("card.rhai", r#"
///     policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
///     fact weeks = script(|a| a.dpd / 7) #{ kind: "count", reads: ["dpd"], why: "the trade counts in weeks" };
///     debtor "late" when weeks >= 2;
///     debtor "other" otherwise;
///     stage "reminder" when dpd >= 1;
/// "#, &[]);
/// let policy = loaded.policy.ok_or("the policy has problems")?;
/// let rows = RecordBatch::try_from_iter([
///     ("account_id", Arc::new(StringArray::from(vec!["a", "b"])) as ArrayRef),
///     ("dpd", Arc::new(Int64Array::from(vec![6, 20]))),
/// ])?;
/// let table = HeldTable::new("accounts", rows.schema(), vec![rows]);
/// let options = Options::new("2026-03-31".parse()?, Law::none("an example")?);
/// let compute = script_facts::hook(&loaded.scripts);
/// let summary = run(&policy, table, &options, Hooks { scripts: Some(&compute), ..Hooks::default() })?;
/// assert_eq!(summary.by_debtor_type[0].name, "late");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn hook(scripts: &Scripts) -> impl Fn(&Policy, &mut Vec<Cell>) -> ScriptCost + Sync + '_ {
    move |policy, cells| compute(scripts, policy, cells)
}

/// Fills in the script facts of an account that is decided over its history.
pub fn filled_in(scripts: &Scripts) -> impl Fn(&Policy, &mut [Cell]) + Sync {
    move |policy, cells| {
        compute(scripts, policy, cells);
    }
}

fn one(scripts: &Scripts, policy: &Policy, fact: &ScriptFact, cells: &[Cell]) -> (Option<Cell>, u64) {
    let given: BTreeMap<String, ScriptValue> = fact
        .reads
        .iter()
        .filter_map(|read| {
            let input = policy.input(*read)?;
            let cell = cells.get(read.index()).copied().unwrap_or(Cell::UNKNOWN);
            Some((input.name.clone(), shown(policy, input, cell)))
        })
        .collect();
    let Some(input) = policy.input(fact.fact) else { return (None, 0) };
    let (computed, operations) = scripts.compute_counted(&input.name, &given);
    (computed.ok().and_then(|value| taken(policy, input, value)), operations)
}

fn shown(policy: &Policy, input: &Input, cell: Cell) -> ScriptValue {
    let Some(number) = cell.get() else {
        return if cell.is_never() { ScriptValue::Never } else { ScriptValue::Unknown };
    };
    match input.kind {
        Kind::Flag => ScriptValue::Flag(number != 0),
        Kind::Category => match input.word_of(cell) {
            Some(word) => ScriptValue::Text(word.to_owned()),
            None => ScriptValue::Unknown,
        },
        kind => {
            let decimals = kind.decimals(policy.head().currency.digits());
            ScriptValue::Number(Decimal::from_i128_with_scale(i128::from(number), decimals))
        }
    }
}

/// What a script gave, rounded half-even to its kind; none if the fact cannot be that.
fn taken(policy: &Policy, input: &Input, value: ScriptValue) -> Option<Cell> {
    match (value, input.kind) {
        (ScriptValue::Unknown, _) => Some(Cell::UNKNOWN),
        (ScriptValue::Never, _) => input.never.then_some(Cell::NEVER),
        (ScriptValue::Flag(flag), Kind::Flag) => Some(Cell::flag(flag)),
        (ScriptValue::Text(word), Kind::Category) => input.word(&word),
        (ScriptValue::Number(number), kind) if kind.is_number() => {
            let decimals = kind.decimals(policy.head().currency.digits());
            let cell = fixed(number.round_dp(decimals), decimals).ok()?;
            (cell >= 0 || !input.from_zero).then(|| Cell::number(cell))
        }
        _ => None,
    }
}
