//! What results of contacts taught, over what the table says: both ways are tried where
//! it is not known whether it still stands.

use super::account::Account;
use super::draft::{all, option, text, whole};
use super::value::{Truth, Value, all as both};
use arrears::condition::Term;
use arrears::draft::{Keyword, VerbCall};

const NUMBERS: [&str; 3] = ["number_mobile", "number_work", "number_home"];

/// What an outcome statement does.
fn effects<'d>(account: &Account<'d>) -> Vec<&'d VerbCall> {
    all(account.draft, Keyword::Outcome).into_iter().filter_map(|outcome| outcome.act.as_ref()).collect()
}

/// The effects that set a flag.
fn setting<'d>(account: &Account<'d>, flag: &str) -> Vec<&'d VerbCall> {
    let sets = |call: &&VerbCall| match call.verb.text.as_str() {
        "mark" => text(&call.options, "fact") == Some(flag),
        "vague_promise" => flag == "promise_vague",
        "opt_out" => match (flag.strip_prefix("opted_out_"), text(&call.options, "channel")) {
            (Some(channel), Some(named)) => channel == named,
            (Some(_), None) => true,
            (None, _) => false,
        },
        _ => false,
    };
    effects(account).into_iter().filter(sets).collect()
}

fn does(account: &Account<'_>, effect: &str) -> bool {
    effects(account).iter().any(|call| call.verb.text == effect)
}

impl Account<'_> {
    /// A fact as the table and what was learned together say.
    pub(super) fn with_what_was_learned(&self, name: &str, table: Value) -> Value {
        let learned = |fact: &str| self.value(&format!("learned_{fact}"));
        let promise = matches!(name, "promise_open" | "promise_due_in" | "promise_amount") && does(self, "promise");
        let (stands, value) = if promise {
            let value = if name == "promise_open" { Value::Flag(true) } else { learned(name) };
            let ahead = match learned("promise_due_in") {
                Value::Never => Some(false),
                days => days.whole().map(|days| days >= 0),
            };
            (both([learned("promise_open").flag(), ahead]), value)
        } else if NUMBERS.contains(&name) && does(self, "retire_point") {
            if table.word() != Some("valid") {
                return table;
            }
            (self.number_stands(name, &learned(name)), learned(name))
        } else {
            let setting = setting(self, name);
            let Some(first) = setting.first() else { return table };
            let lives = self.lives(name, option(&first.options, "lasts"));
            (both([learned(name).flag(), lives]), Value::Flag(true))
        };
        let ways = match stands {
            Some(true) => vec![value],
            Some(false) => vec![table],
            None => vec![table, value],
        };
        match ways.split_first() {
            Some((first, rest)) if rest.iter().all(|way| way == first) => first.clone(),
            _ => Value::Unknown,
        }
    }

    fn number_stands(&self, name: &str, value: &Value) -> Truth {
        let word = match value {
            Value::Unknown => return None,
            value => value.word().map(str::to_owned),
        };
        let Some(word) = word else { return Some(false) };
        let says = |call: &&VerbCall| call.verb.text == "retire_point" && text(&call.options, "as") == Some(&word);
        let says = effects(self).into_iter().find(says);
        self.lives(name, says.and_then(|call| option(&call.options, "lasts")))
    }

    /// Whether what was learned of a fact has not ended.
    fn lives(&self, name: &str, lasts: Option<&Term>) -> Truth {
        let Some(lasts) = lasts.and_then(whole) else { return Some(true) };
        match self.value(&format!("learned_days_{name}")) {
            Value::Never => Some(false),
            since => since.whole().map(|since| since <= lasts),
        }
    }

    /// What a learned fact is before anything was learned.
    pub(super) fn nothing_learned(&self, name: &str) -> Option<Value> {
        let fact = name.strip_prefix("learned_")?;
        let flag = !(fact.starts_with("days_")
            || fact.starts_with("number_")
            || fact.starts_with("promise_due")
            || fact == "promise_amount");
        Some(if flag { Value::Flag(false) } else { Value::Never })
    }
}
