//! The example policies: every `never` and `always` is settled, and what is found of them is what stands here.

use arrears_workbench::analysis::{Kind, Options, Severity, analyse};
use arrears_workbench::proof::Standing;
use std::path::Path;

#[test]
fn of_the_example_policies_every_never_and_always_is_settled() {
    for name in ["starter", "cn-card", "panel"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../examples/policies/{name}.rhai"));
        let loaded = arrears_rules::load(&path, &[]).unwrap();
        let options = Options { scripts: Some(&loaded.scripts), ..Options::default() };
        let analysis = analyse(&loaded.policy.unwrap(), &options).unwrap();
        for verdict in &analysis.verdicts {
            assert!(!matches!(verdict.standing, Standing::Undecided { .. }), "{name}: {verdict:?}");
        }
        assert_eq!(analysis.open, [], "{name}");
        let dead = [Kind::NeverFires, Kind::Shadowed, Kind::UnreachableStage, Kind::UnreachableTreatment];
        let found: Vec<&str> =
            analysis.findings.iter().filter(|it| dead.contains(&it.kind)).map(|it| it.says.as_str()).collect();
        assert_eq!(found, [] as [&str; 0], "{name}");
        assert!(analysis.count(Severity::Fault) <= analysis.verdicts.len());
    }
}

#[test]
fn a_row_of_a_table_is_judged_as_the_treatment_that_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("card.rhai");
    let policy = "policy \"card\" #{ version: \"1\", currency: \"GBP\" };\nstage \"late\" when dpd >= 1;\n\
                  table \"grid.csv\" in [\"late\"] #{ rows: \"collect\" };\n";
    std::fs::write(&path, policy).unwrap();
    let table = "treatment,dpd,do\nfirst,..=30,note\nagain,10..=20,note\nlast,61..,note\n";
    std::fs::write(folder.path().join("grid.csv"), table).unwrap();
    let loaded = arrears_rules::load(&path, &[]).unwrap();
    let policy = loaded.policy.unwrap();
    let analysis = analyse(&policy, &Options::default()).unwrap();
    let of = |kind| analysis.findings.iter().find(|finding| finding.kind == kind);
    let shadowed = of(Kind::Shadowed).unwrap_or_else(|| panic!("{:#?}", analysis.findings));
    assert_eq!((shadowed.at.name.as_str(), shadowed.at.place.as_deref()), ("again", Some("grid.csv:3")));
    assert_eq!(shadowed.others.iter().filter_map(|at| at.place.as_deref()).collect::<Vec<_>>(), ["grid.csv:2"]);
    assert!(of(Kind::Gap).is_some(), "{:#?}", analysis.findings);
}

#[test]
fn the_rows_of_the_example_table_are_all_reached() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/tables/card-table.rhai");
    let loaded = arrears_rules::load(&path, &[]).unwrap();
    let analysis = analyse(&loaded.policy.unwrap(), &Options::default()).unwrap();
    let dead = [Kind::NeverFires, Kind::Shadowed, Kind::UnreachableStage, Kind::UnreachableTreatment];
    let found: Vec<&str> =
        analysis.findings.iter().filter(|it| dead.contains(&it.kind)).map(|it| it.says.as_str()).collect();
    assert_eq!(found, [] as [&str; 0]);
    assert!(analysis.verdicts.iter().all(|verdict| !matches!(verdict.standing, Standing::Undecided { .. })));
}
