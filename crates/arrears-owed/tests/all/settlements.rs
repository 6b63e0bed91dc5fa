//! Settlements agree with a second calculation.

use arrears_owed::arrangement::{Authority, Settlement, SettlementError, SettlementRules, share};
use chrono::NaiveDate;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Case {
    owed: i64,
    share: String,
    unit: i64,
    parts: u32,
    stands_for: u32,
    made_on: NaiveDate,
    offer: Option<Offer>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Offer {
    accepted: i64,
    let_go: i64,
    authority: String,
    stands_until: NaiveDate,
    parts: Vec<(NaiveDate, i64)>,
}

fn millionths(written: &str) -> i64 {
    share(written.parse().unwrap()).unwrap()
}

#[test]
fn settlements_agree_to_the_last_cent_with_a_second_calculation() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../cases/settlements_by_hand.json")).unwrap();
    assert!(cases.len() >= 100 && cases.iter().any(|case| case.offer.is_none()), "{} settlements", cases.len());
    let may = |role: &str, upto: &str| Authority { role: role.to_owned(), upto: millionths(upto) };
    let euro = "EUR".parse().unwrap();
    for case in cases {
        let authority = vec![may("collector", "0.05"), may("team_lead", "0.15"), may("manager", "0.333333")];
        let rules = SettlementRules { authority, stands_for: case.stands_for, parts: case.parts, unit: case.unit };
        let found = match Settlement::of(&rules, euro, case.owed, millionths(&case.share), case.made_on) {
            Ok(offer) => Some(Offer {
                accepted: offer.accepted,
                let_go: offer.let_go,
                authority: offer.authority,
                stands_until: offer.stands_until,
                parts: offer.parts.iter().map(|part| (part.due_on, part.amount.minor(euro).unwrap())).collect(),
            }),
            Err(SettlementError::AboveAuthority { .. }) => None,
            Err(error) => panic!("{error}: {case:?}"),
        };
        assert_eq!(found, case.offer, "{case:?}");
    }
}
