//! Constants, loops, functions and modules of the script become plain statements.

#![expect(clippy::string_slice, reason = "a test stops at what it did not expect")]

use arrears::condition::{Term, TermKind};
use arrears::draft::{Keyword, Statement};
use arrears_rules::{Reading, ScriptFailure, ScriptValue, read, read_source};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fs;

fn statements(text: &str) -> Vec<Statement> {
    let reading = read_source("card.rhai", text);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    reading.draft.statements
}

fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, Reading) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let reading = read(&folder.path().join("card.rhai")).unwrap();
    (folder, reading)
}

fn names(statements: &[Statement]) -> Vec<&str> {
    statements.iter().map(Statement::name_text).collect()
}

fn number(term: &Term) -> Decimal {
    match term.kind {
        TermKind::Number(number) => number,
        ref other => panic!("{other:?}"),
    }
}

fn limit(statement: &Statement) -> Decimal {
    match &statement.when.as_ref().unwrap().kind {
        TermKind::Compare(_, _, right) => number(right),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_loop_declares_one_statement_a_turn_with_its_values() {
    let text = r#"
        const STEP = 30;
        for month in 1..=3 {
            let days = month * STEP;
            stage `late ${month}` when dpd > days;
        }
    "#;
    let stages = statements(text);
    assert_eq!(names(&stages), ["late 1", "late 2", "late 3"]);
    let limits: Vec<_> = stages.iter().map(limit).collect();
    assert_eq!(limits, [30, 60, 90].map(Decimal::from));
}

#[test]
fn a_list_of_maps_can_be_spread_into_statements() {
    let text = r#"
        const STAGES = [#{ name: "firm", from: 30, say: ["amount"] }, #{ name: "late", from: 60, say: [] }];
        for it in STAGES {
            stage it.name when dpd > it.from && overdue > STAGES[0].from #{ say: it.say };
        }
    "#;
    let stages = statements(text);
    assert_eq!(names(&stages), ["firm", "late"]);
    let say = stages[0].option("say").unwrap();
    assert!(matches!(&say.kind, TermKind::List(items) if items[0].as_text() == Some("amount")));
}

#[test]
fn names_may_be_put_together() {
    let text = r#"
        fn called(region) { "call " + region }
        for region in ["north", "south"] {
            treatment "ask " + region in ["late"] do phone();
            treatment called(region) in ["late"] do phone();
        }
    "#;
    let found = statements(text);
    assert_eq!(names(&found), ["ask north", "call north", "ask south", "call south"]);
    assert!(found.iter().all(|statement| statement.stages.is_some()));
}

#[test]
fn a_function_may_declare() {
    let text = r#"
        fn ladder(name, days) { stage name when dpd > days; }
        ladder("firm", 30);
        ladder("late", 60);
    "#;
    let stages = statements(text);
    assert_eq!(names(&stages), ["firm", "late"]);
    assert_eq!(limit(&stages[1]), Decimal::from(60));
}

#[test]
fn a_name_that_the_script_does_not_know_stays_a_name() {
    let found = statements("const LATE = 60; define late = dpd > LATE && overdue > floor;");
    let TermKind::All(parts) = &found[0].value.as_ref().unwrap().kind else { panic!() };
    let TermKind::Compare(_, _, floor) = &parts[1].kind else { panic!() };
    assert_eq!(floor.kind, TermKind::Name("floor".into()));
}

#[test]
fn a_module_declares_in_the_place_of_its_import() {
    let (_folder, reading) = folder(&[
        ("card.rhai", "stage \"a\" when dpd > 1;\nimport \"parts/stages\" as s;\nstage \"d\" when dpd > s::LIMIT;\n"),
        (
            "parts/stages.rhai",
            "import \"more\" as m;\nexport const LIMIT = m::twice(15);\nstage \"c\" when dpd > LIMIT;\n",
        ),
        ("parts/more.rhai", "fn twice(n) { n * 2 }\nstage \"b\" when dpd > 2;\n"),
    ]);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let statements = &reading.draft.statements;
    assert_eq!(names(statements), ["a", "b", "c", "d"]);
    let files: Vec<_> = statements.iter().map(|it| it.span.file).collect();
    assert_eq!(files, [0, 2, 1, 0]);
    let sources: Vec<_> = reading.draft.sources.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(sources, ["card.rhai", "parts/stages.rhai", "parts/more.rhai"]);
    assert_eq!(limit(&statements[3]), Decimal::from(30));
}

#[test]
fn a_module_is_read_once_and_sees_nothing_of_its_importer() {
    let (_folder, reading) = folder(&[
        (
            "card.rhai",
            "const LATE = 3;\nimport \"a\" as a;\nimport \"a\" as again;\nstage \"b\" when dpd > again::OWN;\n",
        ),
        ("a.rhai", "stage \"a\" when dpd > LATE;\nexport const OWN = 7;\n"),
    ]);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let statements = &reading.draft.statements;
    assert_eq!(names(statements), ["a", "b"]);
    let TermKind::Compare(_, _, late) = &statements[0].when.as_ref().unwrap().kind else { panic!() };
    assert_eq!(late.kind, TermKind::Name("LATE".into()));
}

#[test]
fn a_function_of_a_module_declares_in_the_module_s_own_file() {
    let (_folder, reading) = folder(&[
        ("card.rhai", "import \"a\" as a;\na::ladder(\"firm\", 30);\n"),
        ("a.rhai", "// 中文\n\n\nfn ladder(name, days) {\n    stage name when dpd > days;\n}\n"),
    ]);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let stage = &reading.draft.statements[0];
    assert_eq!(stage.span.file, 1);
    let text = &reading.draft.sources[1].text;
    assert_eq!(&text[stage.span.start as usize..stage.span.end as usize], "stage name when dpd > days;");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_folder_is_refused() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("x.rhai"), "stage \"x\" when dpd > 1;").unwrap();
    let inside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path().join("x.rhai"), inside.path().join("x.rhai")).unwrap();
    fs::write(inside.path().join("card.rhai"), "import \"x\" as x;").unwrap();
    let reading = read(&inside.path().join("card.rhai")).unwrap();
    let codes: Vec<_> = reading.problems.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["P011"]);
    assert!(reading.draft.statements.is_empty());
}

#[test]
fn a_policy_given_as_text_imports_nothing() {
    let reading = read_source("card.rhai", "import \"a\" as a;\nstage \"b\" when dpd > a::X;\n");
    let codes: Vec<_> = reading.problems.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["P010"]);
    assert_eq!(reading.draft.broken[0].0, Keyword::Stage);
}

fn risk(script: &str, given: &[(&str, ScriptValue)]) -> Result<ScriptValue, ScriptFailure> {
    let text = format!(
        "const RATE = 0.10;\nfn half(x) {{ x / 2 }}\nfact risk = script({script}) #{{ kind: \"ratio\", reads: [\"dpd\", \"overdue\"] }};"
    );
    let reading = read_source("card.rhai", &text);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let kind = &reading.draft.statements[0].value.as_ref().unwrap().kind;
    assert_eq!(kind, &TermKind::Script(script.to_owned()));
    let given: BTreeMap<_, _> = given.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    reading.scripts.compute("risk", &given)
}

fn amount(text: &str) -> ScriptValue {
    ScriptValue::Number(text.parse().unwrap())
}

#[test]
fn a_scripted_fact_computes_with_constants_and_functions_of_its_file() {
    let given = [("overdue", amount("250.10")), ("dpd", amount("30"))];
    let value = risk("|a| if a.dpd > 10 { half(a.overdue) * RATE } else { 0.0 }", &given);
    assert_eq!(value, Ok(amount("12.5050")));
}

#[test]
fn a_scripted_fact_sees_the_unknown_as_nothing_and_may_say_so() {
    let given = [("overdue", ScriptValue::Unknown), ("dpd", ScriptValue::Never)];
    assert_eq!(risk("|a| if a.overdue == () { () } else { 1 }", &given), Ok(ScriptValue::Unknown));
    assert_eq!(risk("|a| a.dpd", &given), Ok(ScriptValue::Never));
}

#[test]
fn a_scripted_fact_without_end_is_stopped() {
    assert_eq!(risk("|a| { loop { } }", &[]), Err(ScriptFailure::Limit("risk".into())));
    assert!(matches!(risk("|a| a.dpd / 0", &[("dpd", amount("3"))]), Err(ScriptFailure::Failed { .. })));
    assert!(matches!(risk("|a| [1]", &[]), Err(ScriptFailure::NoFact { .. })));
}

#[test]
fn a_scripted_fact_remembers_nothing_between_accounts() {
    let text = "let seen = 0;\nfact risk = script(|a| { seen += 1; seen }) #{ kind: \"count\" };";
    let reading = read_source("card.rhai", text);
    let none = BTreeMap::new();
    assert_eq!(reading.scripts.compute("risk", &none), Ok(amount("1")));
    assert_eq!(reading.scripts.compute("risk", &none), Ok(amount("1")));
}

#[test]
fn a_loop_s_word_may_name_the_channel_of_an_assumption() {
    let text = "policy \"card\" #{ version: \"1\", currency: \"GBP\" };\n\
        for c in [\"sms\"] { assume opted_out(c) = false #{ why: \"x\" }; }\n\
        stage \"late\" when dpd > 30;\n\
        treatment \"text\" in [\"late\"] do sms();\n";
    let loaded = arrears_rules::load_source("card.rhai", text, &[]);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let policy = loaded.policy.unwrap();
    assert_eq!(policy.assumptions().len(), 1);
    assert_eq!(policy.assumptions()[0].written, "opted_out(\"sms\") = false");
}
