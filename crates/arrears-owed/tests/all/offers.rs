//! Settlements keep to their authority, and documents of means and offers say everything that is wrong with them.

use arrears_owed::arrangement::{
    Authority, Means, OfferRules, Settlement, SettlementError, SettlementRules, live, share,
};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rules(parts: u32, unit: i64) -> SettlementRules {
    let may = |role: &str, upto: &str| Authority { role: role.to_owned(), upto: share(upto.parse().unwrap()).unwrap() };
    let authority = vec![may("collector", "0.05"), may("team_lead", "0.15"), may("manager", "0.30")];
    SettlementRules { authority, stands_for: 30, parts, unit }
}

fn offer(owed: i64, part: &str) -> Result<Settlement, SettlementError> {
    let part = share(part.parse().unwrap()).unwrap();
    Settlement::of(&rules(1, 1), "CNY".parse().unwrap(), owed, part, day("2026-11-27"))
}

proptest! {
    #[test]
    fn no_rounding_carries_a_settlement_over_what_was_asked_for_or_over_an_authority(
        owed in 1..10_000_000_i64, part in 1..=1_000_000_i64, parts in 1..6_u32, unit in 1..5_000_i64,
    ) {
        let rules = rules(parts, unit);
        let offered = Settlement::of(&rules, "CNY".parse().unwrap(), owed, part, day("2026-11-27"));
        match offered {
            Ok(offer) => {
                prop_assert_eq!(offer.accepted + offer.let_go, owed);
                prop_assert!(i128::from(offer.let_go) * 1_000_000 <= i128::from(part) * i128::from(owed));
                let may = rules.authority.iter().find(|one| one.role == offer.authority).unwrap();
                prop_assert!(i128::from(offer.let_go) * 1_000_000 <= i128::from(may.upto) * i128::from(owed));
                // Nobody below may: the lowest role is asked.
                for lower in rules.authority.iter().take_while(|one| one.role != offer.authority) {
                    prop_assert!(offer.let_go > lower.most_of(owed));
                    prop_assert_eq!(offer.needs(&rules, &lower.role), Some(offer.authority.as_str()));
                }
                prop_assert_eq!(offer.needs(&rules, &offer.authority), None);
                let sum: i64 = offer.parts.iter().map(|part| part.amount.minor("CNY".parse().unwrap()).unwrap()).sum();
                prop_assert_eq!(sum, offer.accepted);
                prop_assert!(offer.parts.len() <= usize::try_from(parts).unwrap());
                prop_assert!(offer.parts.iter().all(|part| part.due_on >= offer.stands_until));
                if offer.accepted > 0 {
                    prop_assert_eq!(offer.parts[0].due_on, offer.stands_until);
                }
            }
            Err(SettlementError::AboveAuthority { let_go, most, .. }) => {
                prop_assert!(let_go.minor() > most.minor());
                prop_assert!(part > 300_000);
            }
            Err(error) => prop_assert!(false, "{error}"),
        }
    }
}

#[test]
fn what_is_accepted_is_never_put_off_because_it_has_fewer_units_than_parts() {
    let few = Settlement::of(&rules(6, 5_000), "CNY".parse().unwrap(), 12_000, 150_000, day("2026-11-27")).unwrap();
    let parts: Vec<(String, i64)> = few
        .parts
        .iter()
        .map(|part| (part.due_on.to_string(), part.amount.minor("CNY".parse().unwrap()).unwrap()))
        .collect();
    assert_eq!(few.accepted, 12_000, "10200 rounded up to whole units is above what is owed");
    assert_eq!(parts, [("2026-12-27".to_owned(), 5_000), ("2027-01-27".to_owned(), 7_000)]);
}

#[test]
fn a_discount_above_every_authority_is_refused_with_the_most_that_anybody_may_let_go() {
    assert_eq!(
        offer(100_000, "0.31").unwrap_err().to_string(),
        "310.00 CNY of 1000.00 CNY would be let go, and nobody may let go of more than 300.00 CNY, as `manager` may"
    );
    assert_eq!(offer(100_000, "0.30").unwrap().authority, "manager");
    // A hair above the limit of the role below.
    assert_eq!(offer(100_000, "0.15").unwrap().authority, "team_lead");
    assert_eq!(offer(100_001, "0.1501").unwrap().authority, "manager");
    assert_eq!(
        offer(0, "0").unwrap_err().to_string(),
        "no settlement can be offered: owed: found 0: expected more than zero to settle; \
         share: found 0: expected a share above 0 and at most 1"
    );
}

#[test]
fn a_role_that_is_not_known_may_let_go_of_nothing() {
    let offered = offer(100_000, "0.05").unwrap();
    assert_eq!(offered.needs(&rules(1, 1), "visitor"), Some("collector"));
    // Where rounding leaves nothing to let go, nobody has to approve it.
    let whole = Settlement::of(&rules(1, 100_000), "CNY".parse().unwrap(), 100_000, 50_000, day("2026-11-27")).unwrap();
    assert_eq!((whole.let_go, whole.needs(&rules(1, 1), "visitor")), (0, None));
}

#[test]
fn an_offer_stands_until_its_last_day_and_takes_the_place_of_those_before() {
    let first = offer(100_000, "0.05").unwrap();
    assert!(first.is_live(day("2026-12-27")), "the last day counts");
    assert!(!first.is_live(day("2026-12-28")) && !first.is_live(day("2026-11-26")));
    let mut second = offer(100_000, "0.15").unwrap();
    second.made_on = day("2026-12-01");
    second.stands_until = second.made_on + Days::new(3);
    let offers = [first.clone(), second.clone()];
    assert_eq!(live(&offers, day("2026-11-30")), Some(&first));
    assert_eq!(live(&offers, day("2026-12-04")), Some(&second));
    assert_eq!(live(&offers, day("2026-12-05")), None, "the earlier offer does not come back");
}

#[test]
fn the_example_documents_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/offers");
    for name in ["cn-card.json", "instalment-loan.json"] {
        let rules = OfferRules::from_json(&fs::read_to_string(folder.join(name)).unwrap()).unwrap();
        assert!(rules.plans.is_some() && rules.settlement.is_some(), "{name}");
    }
    let means = Means::from_json(&fs::read_to_string(folder.join("means.json")).unwrap()).unwrap();
    // 1890 less 1450 for living, which is more than 1295, less 60.
    assert_eq!(means.affordable().unwrap().monthly, 38_000);
}

/// Documents that cannot be used: what is said of each, as golden files beside them. `ARREARS_BLESS=1` writes them
/// anew.
#[test]
fn every_mistake_of_a_document_is_named_with_its_place() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_offers");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "json"));
    paths.sort();
    assert!(paths.len() >= 5);
    let mut differ = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let problems = if name.starts_with("means") {
            Means::from_json(&text).unwrap_err()
        } else {
            OfferRules::from_json(&text).unwrap_err()
        };
        let found: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        let golden = path.with_extension("txt");
        if std::env::var_os("ARREARS_BLESS").is_some() {
            fs::write(&golden, &found).unwrap();
        }
        if fs::read_to_string(&golden).unwrap_or_default() != found {
            differ.push(format!("{}\n--- found\n{found}", path.display()));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}
