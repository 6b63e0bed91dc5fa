//! A portfolio of cards made up from a seed, with a column for every fact that a table may have.

use crate::Failure;
use arrears::{Input, Kind, Need, Policy};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, BooleanArray, Decimal64Array, DictionaryArray, Int32Array, RecordBatch, StringArray};
use std::sync::Arc;

const NEVER: i32 = 999_999;

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct Source(u64);

impl Source {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit.max(1)
    }

    fn days(&mut self, limit: u64) -> i32 {
        i32::try_from(self.below(limit)).unwrap_or(0)
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

/// What an account is like.
struct Account {
    dpd: i32,
    worked: bool,
}

/// The table; with state or without.
pub(super) fn of(policy: &Policy, accounts: usize, with_state: bool) -> Result<RecordBatch, Failure> {
    let mut source = Source(20_240_611);
    let people: Vec<Account> = (0..accounts)
        .map(|_| {
            let dpd = if source.below(10) < 7 { 0 } else { source.days(170) + 1 };
            Account { dpd, worked: dpd > 3 && source.below(10) < 7 }
        })
        .collect();
    let names: Vec<String> = (0..accounts).map(|index| format!("C{index:08}")).collect();
    let mut columns: Vec<(String, ArrayRef)> = vec![("account_id".to_owned(), Arc::new(StringArray::from(names)))];
    for input in policy.inputs().iter().filter(|input| input.is_column()) {
        let state = matches!(input.need, Need::State(_));
        let learned = ["learned_", "stated_", "zones"].iter().any(|begins| input.name.starts_with(begins));
        if state && !with_state || learned || matches!(input.need, Need::Derived) || input.name == "account_id" {
            continue;
        }
        columns.push((input.name.clone(), column(input, &people, &mut source)?));
    }
    Ok(RecordBatch::try_from_iter(columns)?)
}

fn column(input: &Input, people: &[Account], source: &mut Source) -> Result<ArrayRef, Failure> {
    let name = input.name.as_str();
    Ok(match input.kind {
        Kind::Flag => {
            let rare = if name.starts_with("arrangement") || name == "promise_open" { 30 } else { 200 };
            let never = ["charged_off", "sold", "closed"].contains(&name);
            Arc::new(people.iter().map(|_| Some(!never && source.one_in(rare))).collect::<BooleanArray>())
        }
        Kind::Money | Kind::Ratio => {
            let amount = |account: &Account, source: &mut Source| -> i64 {
                let some = i64::try_from(source.below(2_000_000)).unwrap_or(0);
                match name {
                    "overdue" if account.dpd == 0 => 0,
                    "overdue" => some / 4 + 2_000,
                    "balance" => some + 600_000,
                    "credit_limit" => 3_000_000,
                    "min_payment" => 100_000,
                    _ if account.worked || source.one_in(3) => some / 10,
                    _ => 0,
                }
            };
            let cells: Decimal64Array = people.iter().map(|account| Some(amount(account, source))).collect();
            Arc::new(cells.with_precision_and_scale(18, 2)?)
        }
        Kind::Days => Arc::new(people.iter().map(|account| Some(days(name, account, source))).collect::<Int32Array>()),
        Kind::Count => {
            Arc::new(people.iter().map(|account| Some(count(name, account, source))).collect::<Int32Array>())
        }
        Kind::Category => {
            let word = |account: &Account, source: &mut Source| -> &str {
                match name {
                    "product" => "card",
                    "previous_stage" | "previous_rung" => stage(account.dpd),
                    "number_mobile" if !source.one_in(20) => "valid",
                    "cause" | "occupation" if !source.one_in(20) => "unknown",
                    "number_work" | "number_home" if !source.one_in(3) => "none",
                    _ => {
                        let place = usize::try_from(source.below(u64::try_from(input.words.len()).unwrap_or(1)));
                        input.words.get(place.unwrap_or(0)).map_or("unknown", String::as_str)
                    }
                }
            };
            let words: Vec<String> = people.iter().map(|account| word(account, source).to_owned()).collect();
            let cells: DictionaryArray<Int32Type> = words.iter().map(|word| Some(word.as_str())).collect();
            Arc::new(cells)
        }
    })
}

/// Where last night left an account that is now so late.
fn stage(dpd: i32) -> &'static str {
    match dpd {
        0 => "current",
        1..=4 => "grace",
        5..=31 => "reminder",
        32..=61 => "firm",
        _ => "warning",
    }
}

fn days(name: &str, account: &Account, source: &mut Source) -> i32 {
    match name {
        "dpd" => account.dpd,
        "days_to_due" => source.days(30),
        "days_since_first_missed" if account.dpd > 0 => account.dpd,
        "days_since_decision" => 1,
        "days_in_stage" | "days_on_rung" => source.days(30) + 1,
        "days_to_payday" => source.days(30),
        "promise_due_in" if source.one_in(30) => source.days(7),
        _ if name.ends_with("_drops_in") => source.days(60) + 1,
        "pause_left" | "callback_in" | "retry_in" => NEVER,
        _ if account.worked && name.starts_with("days_since") && source.one_in(4) => source.days(20) + 1,
        _ => NEVER,
    }
}

fn count(name: &str, account: &Account, source: &mut Source) -> i32 {
    match name {
        "late_count_12m" => source.days(5) + i32::from(account.dpd > 0),
        "cycles_without_payment" => account.dpd / 30,
        _ if account.worked && source.one_in(4) => source.days(4),
        _ => 0,
    }
}
