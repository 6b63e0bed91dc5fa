//! What is not known permits nothing under the shipped law, and it is always said where to tell it.

use arrears::Channel;
use arrears::guardrail::{Answer, Case, Contact, Debt, Inquiry, Standing};
use arrears::policy::pack::Status;
use std::collections::BTreeSet;

fn one_debt(jurisdiction: &str) -> Standing {
    let debt = Debt { id: "A-1".to_owned(), ..Debt::default() };
    Standing { jurisdiction: jurisdiction.to_owned(), debts: vec![debt], ..Standing::default() }
}

/// Whose law the shipped packs are, where a rule of them binds.
fn jurisdictions() -> BTreeSet<String> {
    let law = arrears_rules::shipped_law();
    let binding =
        law.packs().iter().filter(|pack| pack.rules().iter().any(|rule| rule.citation.status == Status::InForce));
    binding.map(|pack| pack.head().jurisdiction.clone()).collect()
}

#[test]
fn where_nothing_is_known_no_call_goes_out_and_it_is_said_where_to_tell_what_is_missing() {
    let law = arrears_rules::shipped_law();
    let at = "2026-11-30T10:15:00Z".parse().unwrap();
    let mut called = 0;
    for jurisdiction in jurisdictions() {
        let case = Case::new(&law, &one_debt(&jurisdiction), at).unwrap();
        for channel in Channel::ALL {
            let permission = case.permission(&Contact::new(at, channel)).unwrap();
            called += usize::from(channel == Channel::Phone && permission.answer == Answer::Review);
            assert!(permission.answer != Answer::Block, "{jurisdiction}, {channel:?}: {permission:?}");
            for telling in case.how_to_tell(&permission.missing) {
                let place = ["standing.", "proposed."].iter().any(|part| telling.path.starts_with(part));
                assert!(place && telling.path != "standing.jurisdiction", "{jurisdiction}, {channel:?}: {telling:?}");
            }
        }
    }
    assert!(called >= 8, "a call needs a person's look in {called} jurisdictions");
}

#[test]
fn what_is_said_to_be_missing_is_what_has_to_be_told() {
    let law = arrears_rules::shipped_law();
    let mut inquiry = Inquiry::from_json(
        r#"{"standing": {"jurisdiction": "US-NY", "zones": ["America/New_York"], "debts": [{"id": "A-1"}]},
            "proposed": {"at": "2026-03-03T10:15:00-05:00", "channel": "phone"}}"#,
    )
    .unwrap();
    let missing = |inquiry: &Inquiry| {
        let case = inquiry.case(&law).unwrap();
        let permission = case.permission(&inquiry.proposed).unwrap();
        let told = case.how_to_tell(&permission.missing);
        (permission.answer, told.into_iter().map(|telling| telling.path).collect::<BTreeSet<_>>())
    };
    let (answer, paths) = missing(&inquiry);
    assert_eq!(answer, Answer::Review);
    assert!(paths.contains("standing.facts.collector") && paths.contains("standing.contacts"), "{paths:?}");
    inquiry.standing = inquiry.standing.with_nothing_else_on_file(&law);
    let (answer, paths) = missing(&inquiry);
    let asked = [
        "proposed.content",
        "proposed.number_kind",
        "proposed.purpose",
        "proposed.recipient",
        "standing.facts.collector",
    ];
    assert!(paths.iter().all(|path| asked.contains(&path.as_str())), "an empty file leaves these to tell: {paths:?}");
    assert_eq!(answer, Answer::Review);
    inquiry.standing.facts.insert("collector".to_owned(), arrears::guardrail::Told::Word("third_party".to_owned()));
    let told = |word: &str| Some(word.to_owned());
    let proposed = &mut inquiry.proposed;
    (proposed.recipient, proposed.purpose, proposed.content) = (told("debtor"), told("demand"), told("collection"));
    proposed.number_kind = told("mobile");
    assert_eq!(missing(&inquiry), (Answer::Allow, BTreeSet::new()));
}
