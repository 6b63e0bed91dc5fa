//! Writes the policy of a configuration, with tests at its thresholds.

use super::Settings;
use super::config::{Account, Condition, Config, State};
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// Days of a month in the tests: a number that calendar months and days both have passed.
const MONTH: u32 = 31;

/// The text of the policy.
pub(super) fn written(config: &Config, settings: &Settings) -> String {
    let file = plain(&settings.file);
    let zone = settings.zone.as_ref().map(|zone| format!(", zone: \"{zone}\"")).unwrap_or_default();
    let mut text = format!(
        "// The overdue states of {file}, the mildest first.\n\
         policy \"overdue\" #{{ version: \"1\", currency: \"{}\"{zone}, why: \"imported from {file}\" }};\n\n",
        settings.currency.code()
    );
    for state in config.states.iter().rev() {
        let line = state.line;
        let name = &state.name;
        let _ = writeln!(
            text,
            "stage \"{name}\" when {} #{{ why: \"state {name} of {file}, line {line}\" }};",
            condition(state)
        );
    }
    text.push_str("escalate #{ mode: \"free\" };\n\n");
    for state in config.states.iter().rev() {
        acts(state, &mut text);
    }
    for state in config.states.iter().rev() {
        let name = &state.name;
        let note = match &state.message {
            Some(message) => format!("#{{ what: \"overdue state {name}\", note: \"{}\" }}", plain(message)),
            None => format!("#{{ what: \"overdue state {name}\" }}"),
        };
        let _ = writeln!(text, "treatment \"{name}\" in [\"{name}\"] do system({note});");
    }
    text.push('\n');
    for test in tests(config) {
        text.push_str(&test);
    }
    text
}

/// A text that stands in quotes on one line.
fn plain(text: &str) -> String {
    let kept = text.chars().map(|letter| match letter {
        '"' | '`' => '\'',
        '\\' => '/',
        letter if letter.is_control() => ' ',
        letter => letter,
    });
    kept.take(500).collect::<String>().replace("${", "$ {")
}

fn acts(state: &State, text: &mut String) {
    let name = &state.name;
    for (does, what) in [(state.blocks_changes, "changes"), (state.disables, "service")] {
        if does {
            let _ = writeln!(
                text,
                "act \"{name}: block {what}\" when current_stage == \"{name}\" do block(#{{ what: \"{what}\" }});"
            );
        }
    }
}

fn condition(state: &State) -> String {
    let terms: Vec<String> = state
        .conditions
        .iter()
        .map(|condition| match condition {
            Condition::UnpaidInvoices(count) => format!("unpaid_items >= {count}"),
            Condition::Balance(amount) => format!("overdue >= {amount}"),
            Condition::Days(days) => format!("oldest_unpaid_age >= {days}"),
            Condition::Months(months) => format!("months_since_oldest_unpaid >= {months}"),
            Condition::LastFailure(codes) => {
                let codes: Vec<String> = codes.iter().map(|code| format!("\"{code}\"")).collect();
                format!("last_failure in [{}]", codes.join(", "))
            }
            Condition::Tagged(tag) => format!("tag(\"{tag}\")"),
            Condition::Untagged(tag) => format!("!tag(\"{tag}\")"),
        })
        .collect();
    if terms.is_empty() { "true".to_owned() } else { terms.join(" && ") }
}

/// Two accounts for every state: one that just fits it, and one that just does not.
fn tests(config: &Config) -> Vec<String> {
    let mut tests = Vec::new();
    for state in &config.states {
        let fits = fitting(state);
        tests.push(test(config, &format!("at the thresholds of {}", state.name), &fits));
        if let Some(misses) = missing(state, &fits) {
            tests.push(test(config, &format!("just below the thresholds of {}", state.name), &misses));
        }
    }
    tests
}

fn fitting(state: &State) -> Account {
    let mut account = Account { age: Some((0, 0)), ..Account::default() };
    for condition in &state.conditions {
        let (days, months) = account.age.unwrap_or_default();
        match condition {
            Condition::UnpaidInvoices(count) => account.unpaid = account.unpaid.max(*count),
            Condition::Balance(amount) => account.balance = account.balance.max(*amount),
            Condition::Days(least) => account.age = Some((days.max(*least), months.max(least / MONTH))),
            Condition::Months(least) => account.age = Some((days.max(least.saturating_mul(MONTH)), months.max(*least))),
            Condition::LastFailure(codes) => account.failure = codes.first().cloned(),
            Condition::Tagged(tag) => account.tags.push(tag.clone()),
            Condition::Untagged(_) => {}
        }
    }
    account
}

/// The account that misses the first threshold of the state by one day, month, invoice or unit of money.
fn missing(state: &State, fits: &Account) -> Option<Account> {
    let mut account = fits.clone();
    let (days, months) = fits.age.unwrap_or_default();
    for condition in &state.conditions {
        match condition {
            Condition::Days(1..) => account.age = Some((days.saturating_sub(1), days.saturating_sub(1) / MONTH)),
            Condition::Months(1..) => {
                account.age = Some((days.saturating_sub(MONTH), months.saturating_sub(1)));
            }
            Condition::UnpaidInvoices(1..) => account.unpaid = fits.unpaid.saturating_sub(1),
            Condition::Balance(_) => account.balance = fits.balance - Decimal::ONE,
            _ => continue,
        }
        return (account.balance >= Decimal::ZERO).then_some(account);
    }
    None
}

fn test(config: &Config, name: &str, account: &Account) -> String {
    let stage = config.state_of(account).map_or("current", |state| state.name.as_str());
    let (days, months) = account.age.unwrap_or_default();
    let mut given = format!(
        "oldest_unpaid_age: {days}, months_since_oldest_unpaid: {months}, unpaid_items: {}, overdue: {}",
        account.unpaid, account.balance
    );
    if let Some(code) = &account.failure {
        let _ = write!(given, ", last_failure: \"{code}\"");
    }
    for tag in &account.tags {
        let _ = write!(given, ", tag_{tag}: true");
    }
    format!("test \"{name}\"\n    given quiet + #{{ {given} }}\n    expect #{{ stage: \"{stage}\" }};\n")
}
