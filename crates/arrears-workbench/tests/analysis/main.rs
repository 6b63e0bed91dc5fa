//! Policies proved and broken, and what an analysis finds of them.
#![cfg(test)]

mod drawn;
mod examples;
mod findings;
mod imported;
mod regions;
mod verdicts;

use arrears::Policy;
use arrears_rules::Loaded;

/// A policy of which only what matters is written.
pub(crate) fn written(body: &str) -> String {
    const HEAD: &str = r#"policy "case" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
        assume opted_out("sms") = false #{ why: "nobody objected" };
        assume opted_out("phone") = false #{ why: "nobody objected" };
        assume opted_out("letter") = false #{ why: "nobody objected" };
    "#;
    let otherwise = if body.contains("otherwise") { "" } else { "debtor \"any\" otherwise;" };
    format!("{HEAD}{body}{otherwise}")
}

/// What comes of reading it.
pub(crate) fn read(body: &str) -> Loaded {
    arrears_rules::load_source("case.rhai", &written(body), &[])
}

/// A policy that has no errors.
pub(crate) fn policy(body: &str) -> Policy {
    let loaded = read(body);
    loaded.policy.unwrap_or_else(|| panic!("{:#?}", loaded.problems))
}
