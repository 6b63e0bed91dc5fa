//! What rules of law and of the house refuse is refused alike in columns and row by row.

use super::examples::{accounts, load};
use super::{alike_under, day, in_columns, table};
use arrears::decide::VetoBy;
use arrears::{Law, Policy};
use arrears_batch::{Mapping, Portfolio};
use arrears_rules::shipped_law;

/// A policy that tries every channel, in a jurisdiction.
fn everything(jurisdiction: &str, zone: &str) -> Policy {
    let text = format!(
        r#"
policy "everything" #{{ version: "1", currency: "USD", zone: "{zone}", jurisdiction: "{jurisdiction}" }};
contact "attempt" when direction == "out" && channel in ["phone", "sms"] #{{ same: ["person"], why: "an attempt" }};
contact "talk" when conversation #{{ why: "a conversation" }};
guardrail "not many attempts" when channel in ["phone", "sms"] && !hardship
    do at_most(#{{ times: 3, of: "attempt", days: 7 }}) #{{ says: "three attempts a week", why: "peace" }};
guardrail "rest after a talk" when channel == "phone" && !vulnerable
    do rest(#{{ after: "talk", days: 5 }}) #{{ says: "rest after a talk", why: "peace" }};
guardrail "no texts in hardship" when channel == "sms" && hardship do refuse() #{{ says: "no texts", why: "peace" }};
guardrail "a person looks" when channel == "visit" && hazard do refuse()
    #{{ answer: "review", says: "a person looks", why: "safety" }};
debtor "any" otherwise;
stage "late" when dpd >= 1;
stage "very_late" when dpd > 60;
treatment "text" in ["late"] do sms(#{{ every: 2 }});
treatment "call" in ["late", "very_late"] when overdue > 5.00 do phone(#{{ at: "15:00" }});
treatment "electronic" in ["late"] do email(#{{ every: 7 }});
treatment "home_call" in ["very_late"] do visit(#{{ every: 9 }});
treatment "by_mail" in ["late", "very_late"] do letter(#{{ every: 14 }});
"#
    );
    let loaded = arrears_rules::load_source("everything.rhai", &text, &[]);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    loaded.policy.unwrap_or_else(|| panic!("{problems:?}"))
}

/// Decides some accounts under a law in both ways, with reviews and without. How many rows columns
/// decided, and how many of those a rule refused something.
fn refused_in_columns(policy: &Policy, law: &Law) -> (usize, usize) {
    let lawful = policy.under(law, day()).unwrap();
    let book = table::of(&lawful, &accounts(&lawful, 500, true), &[0, 3, 5]);
    alike_under(law.clone(), &lawful, &book, true).unwrap();
    let by_row = alike_under(law.clone(), &lawful, &book, false).unwrap();
    let portfolio = Portfolio::new(&lawful, (&book.schema(), "accounts"), &Mapping::default(), day(), law.clone());
    let decisions = in_columns(&portfolio.unwrap(), &book);
    let by_rule = |by: &VetoBy| matches!(by, VetoBy::Rule(_));
    let refused = decisions.iter().flatten().filter(|one| one.vetoed_by.iter().any(|(_, by)| by_rule(by))).count();
    (book.num_rows() - by_row, refused)
}

#[test]
fn rules_of_the_house_refuse_alike_one_by_one_and_in_columns() {
    let (decided, refused) = refused_in_columns(&everything("", "Europe/Berlin"), &Law::none("a test").unwrap());
    assert!(decided > 300 && refused > 100, "{decided} in columns, {refused} refused by rules");
}

#[test]
fn rules_of_every_jurisdiction_that_ships_refuse_alike_in_columns_and_row_by_row() {
    let law = shipped_law().with_unverified();
    for (jurisdiction, zone) in [
        ("US", "America/New_York"),
        ("US-MA", "America/New_York"),
        ("US-WA", "America/Los_Angeles"),
        ("US-WV", "America/New_York"),
        ("US-NY", "America/New_York"),
        ("US-CA", "America/Los_Angeles"),
        ("CN", "Asia/Shanghai"),
        ("IN", "Asia/Kolkata"),
        ("AU", "Australia/Sydney"),
        ("UK", "Europe/London"),
        ("TH", "Asia/Bangkok"),
        ("ID", "Asia/Jakarta"),
        ("JP", "Asia/Tokyo"),
        ("KR", "Asia/Seoul"),
        ("PH", "Asia/Manila"),
        ("CA-ON", "America/Toronto"),
    ] {
        let (decided, refused) = refused_in_columns(&everything(jurisdiction, zone), &law);
        assert!(decided > 100 && refused > 80, "{jurisdiction}: {decided} in columns, {refused} refused by rules");
    }
}

#[test]
fn the_policies_of_the_examples_decide_alike_under_their_law() {
    for name in ["cn-card.rhai", "us-card-agency.rhai"] {
        let (decided, refused) = refused_in_columns(&load(name), &shipped_law());
        assert!(decided > 100, "{name}: {decided} in columns, {refused} refused by rules");
    }
}
