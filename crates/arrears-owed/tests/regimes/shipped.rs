//! What every shipped regime must say, and what is usable of it.

use arrears::policy::pack::{Basis, Certainty, Status};
use arrears_owed::regime::shipped_regimes;
use arrears_owed::{Regime, RegimeError, Regimes};
use std::collections::BTreeSet;

#[test]
fn every_shipped_regime_reads_and_every_file_is_shipped() {
    for (name, text) in shipped_regimes() {
        let read = Regime::from_json(text).map_err(|faults| format!("{name}: {faults:#?}")).unwrap();
        assert_eq!(read.name().to_lowercase(), *name, "the file has the name of its regime");
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/regimes");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = files.map(|file| file.strip_suffix(".json").unwrap().to_owned()).collect();
    let shipped: BTreeSet<String> = shipped_regimes().iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, shipped);
    assert_eq!(Regimes::shipped().all().len(), shipped.len());
}

#[test]
fn what_is_only_recalled_or_doubtful_is_never_in_force() {
    for regime in Regimes::shipped().all() {
        for rule in regime.rules() {
            if rule.basis == Basis::Recalled || rule.certainty == Certainty::Low {
                assert_eq!(rule.status, Status::Unverified, "{}", rule.id);
                assert!(!rule.usable(), "{}", rule.id);
            } else {
                assert!(rule.usable(), "{}", rule.id);
            }
        }
    }
}

#[test]
fn a_rule_belongs_to_one_regime() {
    let regimes = Regimes::shipped();
    let ids: Vec<&str> = regimes.all().iter().flat_map(Regime::rules).map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
}

#[test]
fn what_was_not_verified_answers_only_when_it_is_enabled_by_name() {
    let regimes = Regimes::shipped();
    let refused = regimes.materiality("EU-CRR178").unwrap_err();
    assert_eq!(refused, RegimeError::NotEnabled { regime: "EU-CRR178".into(), rule: "EU-CRR178-default".into() });
    let one = regimes.clone().enabling(["EU-CRR178-default"]).unwrap();
    assert!(one.materiality("EU-CRR178").is_ok() && one.probation("EU-EBA-PROBATION").is_err());
    let unknown = regimes.enabling(["EU-CRR178-defualt"]).unwrap_err();
    assert_eq!(unknown.to_string(), "no regime has a rule `EU-CRR178-defualt`: did you mean `EU-CRR178-default`?");
}

#[test]
fn a_rule_beside_the_main_one_needs_to_be_enabled_itself() {
    let regimes = Regimes::shipped();
    let ladder = regimes.ladder("US-FFIEC").unwrap();
    let faults = ladder.charge_off("2026-01-15".parse().unwrap(), Some("open_end")).unwrap_err();
    assert_eq!(
        faults[0].message,
        "the rule `US-FFIEC-charge-off` of `US-FFIEC` was not verified: read its source, then enable it by name"
    );
}

#[test]
fn a_regime_binds_where_its_jurisdiction_reaches_and_while_it_is_in_force() {
    let regimes = Regimes::shipped();
    assert!(regimes.find("US-FFIEC").unwrap().binds("US-MA"));
    assert!(!regimes.find("US-FFIEC").unwrap().binds("USA"));
    assert!(regimes.find("IFRS9-BACKSTOP").unwrap().binds("IN"), "a standard binds wherever it is asked for");
    assert!(regimes.clone().on("2023-06-30".parse().unwrap()).find("CN-GENERAL-2023").is_err());
    assert!(regimes.clone().on("2023-07-01".parse().unwrap()).find("CN-GENERAL-2023").is_ok());
    let other = regimes.ladder("US-REGZ-53").unwrap_err();
    assert_eq!(other.to_string(), "the regime `US-REGZ-53` holds a mechanism `rate_order`, not `ladder`");
    assert!(
        regimes.binding("IN", "ladder").is_ok_and(|regime| regime.name() == "IFRS9-BACKSTOP" || regime.binds("IN"))
    );
    assert!(matches!(regimes.binding("IN", "re_age"), Err(RegimeError::NoneBinds { .. })));
}

#[test]
fn a_bank_may_add_a_regime_of_its_own_and_the_later_of_one_name_counts() {
    let (_, text) = shipped_regimes().iter().find(|(name, _)| *name == "cn-card-plan").unwrap();
    let tighter = Regime::from_json(&text.replace("\"max_months\": 60", "\"max_months\": 36")).unwrap();
    let regimes = Regimes::of(Regimes::shipped().all().iter().cloned().chain([tighter]));
    assert_eq!(regimes.plan_limit("CN-CARD-PLAN").unwrap().max_months(), 36);
}
