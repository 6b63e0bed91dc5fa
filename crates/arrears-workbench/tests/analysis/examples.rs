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
