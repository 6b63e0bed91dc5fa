//! What would change one decision.

use super::{CARD, load};
use arrears::{Law, Row};
use arrears_workbench::Rules;
use arrears_workbench::what_if::{Change, ChangeKind, Options, WhatIf, what_if};

/// The policy of the tests as one without memory, with what protects and what is promised.
fn free() -> String {
    format!(
        "{}
hold \"dispute\" when dispute #{{ stops: [\"contact\"] }};
hold \"under age\" when minor #{{ stops: [\"contact\"] }};
",
        CARD.replace("escalate #{ first: \"skip\" };", "escalate #{ mode: \"free\" };")
            .replace("do phone", "unless promise_open do phone")
    )
}

/// The account with facts of which the name of a column and a value as a cell are given.
fn told(text: &str, facts: &[(&str, i64)]) -> WhatIf {
    let (policy, scripts) = load(text);
    let mut cells = arrears::trial::quiet_account(&policy);
    let product = policy.find_input("product").unwrap();
    cells[product.index()] = policy.input(product).unwrap().word("card").unwrap();
    for (name, value) in facts {
        cells[policy.find_input(name).unwrap().index()] = arrears::Cell::number(*value);
    }
    let row: Row = policy.row(cells).unwrap();
    let rules = Rules { policy: &policy, scripts: &scripts };
    what_if(rules, &row, &Law::none("a test").unwrap(), "2026-03-31".parse().unwrap(), &Options::default())
}

fn whats(changes: &[Change]) -> Vec<&str> {
    changes.iter().map(|change| change.what.as_str()).collect()
}

#[test]
fn a_payment_is_told_to_the_cent_with_all_that_follows_from_it() {
    let found = told(&free(), &[("dpd", 45), ("overdue", 126_500)]);
    assert_eq!((found.now.action.as_str(), found.now.stage.as_str()), ("phone", "firm"));
    let paid = found.milder.iter().find(|change| change.kind == ChangeKind::Payment).unwrap();
    assert_eq!((paid.what.as_str(), paid.size.as_deref()), ("paying 1265.00 GBP today", Some("1265.00 GBP")));
    assert_eq!((paid.leads_to.action.as_str(), paid.leads_to.stage.as_str()), ("none", "current"));
    assert_eq!(paid.no_longer, ["debtor other", "stage firm", "treatment call"]);
    assert_eq!(paid.then, ["debtor small", "stage current"]);
    let moved: Vec<(&str, &str)> = paid.facts.iter().map(|fact| (fact.fact.as_str(), fact.to.as_str())).collect();
    assert_eq!(moved, [("overdue", "0.00 GBP"), ("dpd", "0")]);
    let firm = paid.turned.iter().find(|turned| turned.statement == "stage firm").unwrap();
    assert_eq!((firm.condition.as_str(), firm.was, firm.is), ("dpd > patience", "true", "false"));
    assert_eq!(firm.place.as_deref(), Some("card.rhai:12"));
}

#[test]
fn a_smaller_payment_may_do_where_an_amount_is_asked_for() {
    let found = told(&free(), &[("dpd", 12), ("overdue", 6_000)]);
    let paid: Vec<&Change> = found.milder.iter().filter(|change| change.kind == ChangeKind::Payment).collect();
    // A cent below the floor no text is sent; only all of it leaves the stage.
    assert_eq!(
        paid.iter().map(|change| change.what.as_str()).collect::<Vec<_>>(),
        ["paying 35.01 GBP today", "paying 60.00 GBP today"]
    );
    assert_eq!(paid[0].no_longer, ["debtor other", "treatment text"]);
}

#[test]
fn days_lead_to_harsher_decisions_on_the_day_on_which_they_do() {
    let found = told(&free(), &[("dpd", 12), ("overdue", 6_000)]);
    let waited: Vec<&Change> = found.harsher.iter().filter(|change| change.kind == ChangeKind::Waiting).collect();
    assert_eq!(waited.iter().map(|change| change.what.as_str()).collect::<Vec<_>>(), ["waiting 19 days"]);
    assert_eq!((waited[0].on.to_string().as_str(), waited[0].leads_to.action.as_str()), ("2026-04-19", "phone"));
    assert!(found.milder.iter().all(|change| change.kind != ChangeKind::Waiting));
}

#[test]
fn what_is_reported_or_promised_is_told_and_a_protected_trait_is_not() {
    let found = told(&free(), &[("dpd", 45), ("overdue", 126_500)]);
    let milder = whats(&found.milder);
    assert!(milder.contains(&"the debt being disputed"), "{milder:?}");
    assert!(milder.contains(&"a promise to pay what is overdue within 7 days"), "{milder:?}");
    assert!(milder.contains(&"the person refusing phone"), "{milder:?}");
    let whole = serde_json::to_string(&found).unwrap();
    assert!(!whole.contains("minor"), "{whole}");
    assert!(whole.starts_with("{\"format\":\"arrears-what-if/1\""), "{whole}");
}

#[test]
fn what_nobody_can_change_is_information() {
    let text = free()
        .replace("stage \"firm\" when dpd > patience;", "stage \"firm\" when dpd > patience && segment != \"staff\";");
    let found = told(&text, &[("dpd", 45), ("overdue", 126_500)]);
    let given: Vec<&str> = found.given.iter().map(|given| given.fact.as_str()).collect();
    assert_eq!(given, ["segment"]);
    assert!(whats(&found.milder).iter().all(|what| !what.contains("segment")));
}

#[test]
fn a_missing_fact_is_told_and_only_those_that_must_be_are_told_together() {
    let text = format!("{}\nhold \"bankrupt\" when bankrupt #{{ stops: [\"contact\"] }};\n", free());
    let unknown = arrears::Cell::UNKNOWN;
    let (policy, scripts) = load(&text);
    let mut cells = arrears::trial::quiet_account(&policy);
    for (name, cell) in [
        ("dpd", arrears::Cell::number(45)),
        ("overdue", arrears::Cell::number(9_000)),
        ("dispute", unknown),
        ("bankrupt", unknown),
    ] {
        cells[policy.find_input(name).unwrap().index()] = cell;
    }
    let product = policy.find_input("product").unwrap();
    cells[product.index()] = policy.input(product).unwrap().word("card").unwrap();
    let row = policy.row(cells).unwrap();
    let rules = Rules { policy: &policy, scripts: &scripts };
    let found = what_if(rules, &row, &Law::none("a test").unwrap(), "2026-03-31".parse().unwrap(), &Options::default());
    assert_eq!(found.now.action, "held");
    let told: Vec<&Change> = found.harsher.iter().filter(|change| change.kind == ChangeKind::Told).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].what, "dispute, bankrupt being known to be false");
    assert_eq!(told[0].leads_to.action, "phone");
}
