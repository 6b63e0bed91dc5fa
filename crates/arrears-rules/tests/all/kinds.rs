//! What numbers measure, and which of them go together: `cases/kinds.txt`, one case a line.
//!
//! `value` gives the kind of an expression, `when` whether it is a condition, `limit` the kind
//! that the threshold `limit` takes from its use. A code is that of the only problem.

use arrears_rules::{Loaded, load_source};

const CASES: &str = include_str!("../cases/kinds.txt");

/// A policy around one expression. `limit` and `share` are thresholds that nothing else uses.
fn policy(currency: &str, form: &str, expression: &str) -> String {
    let here = match form {
        "value" => format!("priority {expression};"),
        _ => format!("hold \"it\" when {expression} #{{ stops: [\"contact\"] }};"),
    };
    format!(
        "policy \"card\" #{{ version: \"1\", currency: \"{currency}\" }};\n\
         threshold limit = 30 #{{ from: 1, to: 100 }};\n\
         threshold share = 0.30 #{{ from: 0.10, to: 1.00 }};\n\
         fact points = 3 #{{ kind: \"count\" }};\n\
         define late = dpd > 30;\n\
         stage \"late\" when late && points >= 0;\n\
         treatment \"call\" in [\"late\"] do phone();\n\
         {here}\n"
    )
}

fn result(form: &str, loaded: &Loaded) -> String {
    let errors: Vec<&str> =
        loaded.problems.iter().filter(|problem| problem.is_error()).map(|problem| problem.code).collect();
    let Some(policy) = &loaded.policy else {
        return errors.join(" ");
    };
    match form {
        "value" => policy.priority().unwrap().unit.word().to_owned(),
        "limit" => {
            let limit = policy.thresholds().iter().find(|threshold| threshold.name == "limit");
            limit.unwrap().kind.word().to_owned()
        }
        _ => "condition".to_owned(),
    }
}

#[test]
fn every_expression_measures_what_it_should() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    let mut currency = "GBP";
    for line in CASES.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let mut fields = line.split(" | ").map(str::trim);
        let (form, expression) = (fields.next().unwrap(), fields.next().unwrap());
        if form == "currency" {
            currency = expression;
            continue;
        }
        let expected = fields.next().unwrap();
        let loaded = load_source("card.rhai", &policy(currency, form, expression), &[]);
        let found = result(form, &loaded);
        cases += 1;
        if found != expected {
            wrong.push(format!("{line}\n    found {found}: {:?}", loaded.problems));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases >= 100, "{cases}");
}
