//! The terms that ship as examples can be used, and say what they are meant to say.

use arrears::account::Component;
use arrears_owed::terms::Terms;
use std::fs;
use std::path::Path;

fn terms(name: &str) -> Terms {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/terms").join(name);
    Terms::from_json(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn a_card_in_china_repays_principal_first_from_the_ninety_first_day() {
    let terms = terms("cn-card.json");
    let first = |days| terms.order(days).unwrap().components.first().copied().unwrap();
    assert_eq!([0, 1, 90].map(first), [Component::Interest; 3]);
    assert_eq!([91, 400].map(first), [Component::Principal; 2]);
}

#[test]
fn the_loan_of_the_example_has_two_fees_and_states_what_a_lawsuit_costs() {
    let terms = terms("instalment-loan.json");
    assert_eq!(terms.late_fees.len(), 2);
    assert_eq!(terms.lawsuit, Some(35_000));
}
