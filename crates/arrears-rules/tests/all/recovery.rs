//! All problems of a policy at once, in file order, each mistake once.

use arrears::draft::{Keyword, Statement};
use arrears_rules::{Reading, load, load_source, read, read_source};
use std::fs;

const EXAMPLE: &str = include_str!("../policies/design.rhai");

fn codes(reading: &Reading) -> Vec<&'static str> {
    reading.problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn mistakes_in_three_statements_and_a_module_are_reported_in_file_order() {
    let folder = tempfile::tempdir().unwrap();
    let card = "policy \"card\" #{ version: \"1\", currency: \"GBP\" };\n\
        import \"signs\" as signs;\n\
        stage \"late\" wen dpd > 30;\n\
        stage \"later\" when dpd > 60\n\
        stage \"latest\" when dpd > 90;\n\
        hold \"dispute\" when (dispute #{ stops: [\"contact\"] };\n\
        stage \"end\" when dpd > 120;\n";
    fs::write(folder.path().join("card.rhai"), card).unwrap();
    fs::write(
        folder.path().join("signs.rhai"),
        "sign \"a\" when dpd = 3 #{ ability: 1 };\nsign \"b\" when dpd > 3 #{ ability: 1 };\n",
    )
    .unwrap();
    let reading = read(&folder.path().join("card.rhai")).unwrap();
    assert_eq!(codes(&reading), ["P001", "P001", "P001", "P018"]);
    let files: Vec<_> = reading.problems.iter().map(|problem| problem.span().file).collect();
    assert_eq!(files, [0, 0, 0, 1]);
    let starts: Vec<_> = reading.problems.iter().map(arrears::Problem::span).collect();
    assert!(starts.is_sorted());
    let names: Vec<_> = reading.draft.statements.iter().map(Statement::name_text).collect();
    assert_eq!(names, ["card", "b", "latest", "end"]);
    assert!(reading.names_known);
}

#[test]
fn the_name_of_an_unreadable_statement_stays_known() {
    let text = "stage \"late\" wen dpd > 30;\nthreshold floor == 25.00;\ntreatmnt \"call\" in [\"late\"] do phone();\ndefine x = dpd & 3;\nconst DAYS = ;\n";
    let reading = read_source("card.rhai", text);
    let broken: Vec<_> = reading.draft.broken.iter().map(|(keyword, name)| (*keyword, name.text.as_str())).collect();
    for expected in [
        (Keyword::Stage, "late"),
        (Keyword::Threshold, "floor"),
        (Keyword::Treatment, "call"),
        (Keyword::Define, "x"),
        (Keyword::Define, "DAYS"),
    ] {
        assert!(broken.contains(&expected), "{expected:?} {broken:?}");
    }
}

#[test]
fn one_mistake_gives_one_problem() {
    for (good, bad) in [
        ("stage \"visit\"    when", "stage \"visit\"    wen"),
        ("threshold small_debt        = 200.00", "threshold small_debt        == 200.00"),
        ("define habitual  = late_count_12m >= 3;", "define habitual  = late_count_12m >= ;"),
        ("debtor \"hardship\"     when quadrant", "debtor \"hardship\"     when (quadrant"),
        ("fact   vip_level = 0 #{", "fact   vip_level = 0 {"),
        ("unless promise_open\n    do sms(", "unless promise_open\n    do sms)"),
        ("treatment \"home_visit\" in", "tretment \"home_visit\" in"),
        ("priority overdue *", "priority overdue overdue *"),
        ("policy \"cn-card\" #{", "policy \"cn-card\" {"),
        ("debtor \"not_yet_known\" otherwise;", "debtor \"not_yet_known\" otherwis;"),
        ("escalate #{ mode", "escalate { mode"),
        ("cure when dpd == 0", "cure whn dpd == 0"),
        ("duty \"overdue notice\" when", "duty \"overdue notice\" when when"),
        ("do visit(#{", "do visit(#"),
        ("assume moratorium = false", "assume moratorium false"),
        ("test \"two broken promises make a staller\" given", "test \"two broken promises make a staller\" giving"),
        ("hold \"dispute\"  when", "hold dispute when"),
        ("#{ stops: [\"contact\", \"enforcement\"], keeps", "#{ stops: [\"contact\", \"enforcement\", keeps"),
        ("sign \"lost the income\"  ", "sign \"lost the income  "),
        ("beside: true }", "beside: true, beside: true }"),
        ("\"stalling\"     when dpd in 31..=90", "\"stalling\"     when 31 <= dpd <= 90"),
    ] {
        let text = EXAMPLE.replace(good, bad);
        assert!(text != EXAMPLE, "{good}");
        let before = load_source("card.rhai", EXAMPLE, &[]).problems;
        let after = load_source("card.rhai", &text, &[]);
        let new: Vec<String> = after
            .problems
            .iter()
            .filter(|problem| !before.iter().any(|old| old.code == problem.code && old.message == problem.message))
            .map(|problem| format!("{problem}"))
            .collect();
        assert_eq!(new.len(), 1, "{bad}: {new:#?}");
        assert!(after.policy.is_none());
    }
}

#[test]
fn a_mistake_inside_a_loop_leaves_the_rest_of_the_loop() {
    let text = "for n in 1..=2 {\n    stage `a ${n}` wen dpd > n;\n    stage `b ${n}` when dpd > n;\n}\nstage \"c\" when dpd = 3;\nstage \"d\" when dpd > 3;\n";
    let reading = read_source("card.rhai", text);
    assert_eq!(codes(&reading), ["P001", "P018"]);
    let names: Vec<_> = reading.draft.statements.iter().map(Statement::name_text).collect();
    assert_eq!(names, ["b 1", "b 2", "d"]);
    assert!(!reading.names_known);
}

#[test]
fn a_constant_that_cannot_be_read_gives_no_second_problem() {
    let text = "const DAYS = [30, 60;\nfor day in DAYS {\n    stage `late ${day}` when dpd > day;\n}\nstage \"d\" when dpd > DAYS[0];\n";
    let reading = read_source("card.rhai", text);
    assert_eq!(codes(&reading), ["P001"], "{:?}", reading.problems);
}

#[test]
fn a_failing_line_does_not_hide_the_next_one() {
    let text = "const A = [1][4];\nconst B = 1 / 0;\nstage \"d\" when dpd > 3;\n";
    let reading = read_source("card.rhai", text);
    assert_eq!(codes(&reading), ["P024", "P024"]);
    assert_eq!(reading.draft.statements.len(), 1);
}

#[test]
fn a_missing_file_is_an_error_of_reading() {
    let error = read(std::path::Path::new("no/such/policy.rhai")).unwrap_err();
    assert!(error.to_string().contains("no/such/policy.rhai"));
    assert!(load(std::path::Path::new("no/such/policy.rhai"), &[]).is_err());
}

#[test]
fn statements_after_a_blanked_chinese_one_keep_their_places() {
    let text =
        "/// 说明 🏦\nsign \"不接电话 📵\" wen 3;\n/** 中文 */ stage \"late\" whn 3;\nstage \"迟\" when dpd & 3;\n";
    let reading = read_source("card.rhai", text);
    let found: Vec<_> = reading
        .problems
        .iter()
        .map(|problem| {
            let span = problem.span();
            text.get(span.start as usize..span.end as usize).unwrap_or("?")
        })
        .collect();
    assert_eq!(found, ["wen", "whn", "&"]);
}

#[test]
fn comments_of_every_form_are_comments() {
    let text =
        "/// heading\nstage \"a\" when dpd > 1;\n//! note\n/** more\n */\nstage /* in */ \"b\" when dpd > 2; /// end\n";
    let reading = read_source("card.rhai", text);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    assert_eq!(reading.draft.statements.len(), 2);
}

#[test]
fn a_comment_without_end_is_reported() {
    let reading = read_source("card.rhai", "stage \"a\" when dpd > 1;\n/* forgotten\nstage \"b\" when dpd > 2;\n");
    assert_eq!(codes(&reading), ["P001"]);
    assert_eq!(reading.draft.statements.len(), 1);
}

#[test]
fn a_function_may_return() {
    let text = "fn later(n) { if n > 3 { return 60; } 30 }\nconst LATE = later(4);\nstage \"a\" when dpd > LATE;\nfact f = script(|a| { return 1; }) #{ kind: \"count\" };\n";
    let reading = read_source("card.rhai", text);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
}

#[test]
fn what_a_mistyped_outcome_would_teach_is_no_second_mistake() {
    let text = "policy \"card\" #{ version: \"1\", currency: \"GBP\" };\nstage \"late\" when dpd > 30 && !hazard;\n\
                treatment \"note\" in [\"late\"] do note();\noutcome \"complaint\" do mrk(#{ fact: \"hazard\" });\n\
                test \"so\" given quiet + #{ learned_hazard: true } expect #{ stage: \"current\" };\n";
    let codes: Vec<_> = load_source("card.rhai", text, &[]).problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["P121"]);
    let codes: Vec<_> = load_source("card.rhai", &text.replace("do mrk(", "do(mark("), &[])
        .problems
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(codes.len(), 1, "{codes:?}");
}
