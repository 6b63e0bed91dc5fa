//! Tables of treatments: rows are treatments like any others.

use arrears::draft::{Keyword, Statement};
use arrears_rules::{Edited, Reading, load, load_source, place, read, read_edited};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

const HEAD: &str = "policy \"card\" #{ version: \"1\", currency: \"GBP\" };
threshold small = 50.00 #{ from: 0.00, to: 100.00, why: \"cost\" };
debtor \"staller\" when promises_broken >= 2;
debtor \"other\" otherwise;
stage \"reminder\" when dpd >= 1;
stage \"firm\" when dpd > 30;
escalate #{ mode: \"free\" };
";

/// A policy and its table in a folder of their own.
fn folder(statements: &str, table: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("card.rhai"), format!("{HEAD}{statements}")).unwrap();
    fs::write(folder.path().join("grid.csv"), table).unwrap();
    folder
}

fn policy(folder: &TempDir) -> std::path::PathBuf {
    folder.path().join("card.rhai")
}

fn treatments(reading: &Reading) -> Vec<&Statement> {
    reading.draft.statements.iter().filter(|statement| statement.keyword == Keyword::Treatment).collect()
}

/// The hash of the policy with this table and of the one with these treatments.
fn hashes(statement: &str, table: &str, treatments: &str) -> (String, String) {
    let folder = folder(statement, table);
    let tabled = load(&policy(&folder), &[]).unwrap();
    let written = load_source("card.rhai", &format!("{HEAD}{treatments}"), &[]);
    let hash = |loaded: arrears_rules::Loaded| match loaded.policy {
        Some(policy) => policy.hash().to_string(),
        None => panic!("{:?}", loaded.problems),
    };
    (hash(tabled), hash(written))
}

#[test]
fn a_row_is_the_treatment_that_would_be_written_out() {
    let (tabled, written) = hashes(
        "table \"grid.csv\" in [\"reminder\", \"firm\"] unless promise_open #{ rows: \"collect\" };",
        "treatment,dpd,overdue,debtor_type,first_payment_default,when,unless,do,text,every,numbers,why\r\n\
         a,..=10,>= small,staller,TRUE,,,sms,gentle,3,,\"kind, and short\"\r\n\
         b,\"5, 40..=50\",-,!= staller,false,late_count_12m > 2,refused,phone,,2,\"mobile, home\",\r\n\
         c,,,\"staller, other\",,,,letter(),,,,\r\n",
        r#"
        treatment "a" in ["reminder", "firm"]
            when dpd in ..=10 && overdue >= small && debtor_type == "staller" && first_payment_default
            unless promise_open do sms(#{ text: "gentle", every: 3 }) #{ why: "kind, and short" };
        treatment "b" in ["reminder", "firm"]
            when (dpd == 5 || dpd in 40..=50) && debtor_type != "staller" && !first_payment_default && late_count_12m > 2
            unless promise_open || refused do phone(#{ every: 2, numbers: ["mobile", "home"] });
        treatment "c" in ["reminder", "firm"] when debtor_type in ["staller", "other"]
            unless promise_open do letter();
        "#,
    );
    assert_eq!(tabled, written);
}

#[test]
fn the_first_row_that_fits_keeps_those_below_it_from_being_used() {
    let (tabled, written) = hashes(
        "table \"grid.csv\" #{ rows: \"first\" };",
        "treatment,in,dpd,overdue,do\n\
         a,reminder,..=10,>= 100.00,phone\n\
         b,\"reminder, firm\",-,>= 50.00,letter\n\
         c,reminder,11..,-,sms\n",
        r#"
        treatment "a" in ["reminder"] when dpd in ..=10 && overdue >= 100.00 do phone();
        treatment "b" in ["reminder", "firm"] when overdue >= 50.00
            unless dpd in ..=10 && overdue >= 100.00 && current_stage in ["reminder"] do letter();
        treatment "c" in ["reminder"] when dpd in 11.. unless overdue >= 50.00 do sms();
        "#,
    );
    assert_eq!(tabled, written);
}

#[test]
fn rows_that_no_account_fits_together_need_no_exclusion() {
    let table = "treatment;dpd;debtor_type;first_payment_default;do\n\
                 a;..=10;-;-;sms\nb;11..=30;staller;-;phone\nc;11..=30;!= staller;true;letter\nd;> 10;other;false;ivr\n";
    let folder = folder("table \"grid.csv\" in [\"reminder\"];", table);
    let reading = read(&policy(&folder)).unwrap();
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let made = treatments(&reading);
    assert_eq!(made.len(), 4);
    assert!(made.iter().all(|treatment| treatment.unless.is_none()), "{made:?}");
}

#[test]
fn a_row_is_found_at_its_line_of_the_table() {
    let folder = folder("table \"grid.csv\" in [\"reminder\"];", "treatment,do\n\n\"text, first\",sms\n");
    let loaded = load(&policy(&folder), &[]).unwrap();
    let policy = loaded.policy.unwrap();
    let at = place(policy.treatments()[0].span, &loaded.sources).unwrap();
    assert_eq!((at.file.as_str(), at.line, at.column), ("grid.csv", 3, 2));
}

#[test]
fn the_table_that_is_open_in_an_editor_is_the_one_that_counts() {
    let folder = folder("table \"grid.csv\" in [\"reminder\"];", "treatment,do\na,sms\n");
    let path = policy(&folder).canonicalize().unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let open: Arc<str> = "treatment,do\na,sms\nb,letter\n".into();
    let edited = Edited::from([(folder.path().join("grid.csv").canonicalize().unwrap(), open)]);
    assert_eq!(treatments(&read_edited(&path, &text, &edited)).len(), 2);
    assert_eq!(treatments(&read_edited(&path, &text, &Edited::new())).len(), 1);
}

#[test]
fn a_table_of_a_module_is_named_from_the_module_s_folder() {
    let folder = folder("import \"sub/grid\" as grid;", "treatment,do\n");
    fs::create_dir(folder.path().join("sub")).unwrap();
    fs::write(folder.path().join("sub/grid.rhai"), "table \"rows.csv\" in [\"reminder\"];").unwrap();
    fs::write(folder.path().join("sub/rows.csv"), "treatment,do\na,sms\n").unwrap();
    let reading = read(&policy(&folder)).unwrap();
    assert_eq!(reading.problems, []);
    assert_eq!(reading.draft.sources.last().unwrap().name, "sub/rows.csv");
    assert_eq!(treatments(&reading).len(), 1);
}

#[test]
fn whatever_stands_in_a_cell_every_problem_stands_within_the_files() {
    let cells = [
        "",
        "-",
        "31..",
        "..",
        ">=",
        ">= >= 3",
        "\"\"\"\"",
        "\"a \"\"b\"\" c\"",
        "1,5",
        "(",
        "]) || true",
        "never",
        "31-60",
        "if true { 1 }",
        "x.y",
        "# a",
        "${x}",
        "`t`",
        "'c'",
        "\u{4fe1}\u{7528}",
        "9e9",
        "99999999999999999999999",
        "| |x|",
        "call",
        "TRUE",
        "!= 1..2",
        "import \"x\"",
        "treatment",
        "\"two\nlines\"",
        "sms;letter",
        "1..=5 && dpd > 3",
        "script(|a| a)",
    ];
    for cell in cells {
        for table in [
            format!("treatment,do,dpd,debtor_type\na,sms,{cell},{cell}\n{cell},{cell},1,other\n"),
            format!("treatment,do,{cell}\na,sms,1\n"),
            format!("treatment,do,when,every,numbers,note\na,sms,{cell},{cell},{cell},{cell}\n"),
            cell.to_owned(),
        ] {
            let folder = folder("table \"grid.csv\" in [\"reminder\"];", &table);
            let loaded = load(&policy(&folder), &[]).unwrap();
            for problem in &loaded.problems {
                for label in &problem.labels {
                    let source = &loaded.sources[usize::from(label.span.file)];
                    let (start, end) = (label.span.start as usize, label.span.end as usize);
                    assert!(source.text.get(start..end).is_some(), "{table:?}: {problem:?}");
                }
            }
        }
    }
}

#[test]
fn what_the_policy_cannot_mean_is_told_at_the_cell() {
    let table = "treatment,dpd,debtor_type,do\nunit,31.50,-,sms\nword,-,stalling,sms\nverb,-,-,smss\nunit,-,-,sms\n";
    let folder = folder("table \"grid.csv\" in [\"reminder\"] #{ rows: \"frist\", hit: \"any\" };", table);
    let loaded = load(&policy(&folder), &[]).unwrap();
    let places =
        loaded.problems.iter().filter_map(|problem| Some((problem.code, place(problem.span(), &loaded.sources)?)));
    let told: Vec<_> = places.map(|(code, at)| (code, at.file, at.line, at.column)).collect();
    let expected = [
        ("P216", "card.rhai", 8, 43),
        ("P110", "card.rhai", 8, 52),
        ("P203", "grid.csv", 1, 11),
        ("P105", "grid.csv", 3, 8),
        ("P108", "grid.csv", 4, 10),
        ("P103", "grid.csv", 5, 1),
    ];
    let told: Vec<_> = told.iter().map(|(code, file, line, column)| (*code, file.as_str(), *line, *column)).collect();
    assert_eq!(told, expected, "{:?}", loaded.problems);
}

#[test]
fn a_table_of_more_rows_than_can_be_read_is_refused() {
    let rows = |count: usize| (0..count).map(|row| format!("row {row},{row},sms\n")).collect::<String>();
    let table = |count| folder("table \"grid.csv\" in [\"reminder\"];", &format!("treatment,dpd,do\n{}", rows(count)));
    assert_eq!(treatments(&read(&policy(&table(1_000))).unwrap()).len(), 1_000);
    let refused = read(&policy(&table(1_001))).unwrap();
    assert_eq!(refused.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["P035"]);
}

#[test]
fn the_table_of_the_examples_passes_its_own_tests() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/tables/card-table.rhai");
    let loaded = load(&path, &[]).unwrap();
    assert_eq!(loaded.problems, []);
    let policy = loaded.policy.unwrap();
    let tests = arrears::trial::run_tests(&policy);
    assert_eq!(tests.len(), 4);
    assert!(tests.iter().all(arrears::trial::TestOutcome::passed), "{tests:#?}");
    assert_eq!(arrears::trial::sample_invariants(&policy, 500), []);
}
