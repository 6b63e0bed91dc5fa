//! `arrears fmt`: files written whole, stdin passed on, what would change, and what cannot be laid out.

use crate::support::{Desk, example};

const UNTIDY: &str = "define late=dpd>3;\r\ndefine very_late   =  dpd > 90 ;";
const TIDY: &str = "define late      = dpd > 3;\ndefine very_late = dpd > 90;\n";

#[test]
fn a_file_is_laid_out_in_its_place() {
    let desk = Desk::new();
    desk.write("words.rhai", UNTIDY);
    let answer = desk.arrears(&["fmt", "words.rhai"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, "words.rhai: laid out\n"));
    assert_eq!(desk.read("words.rhai"), TIDY);
    assert_eq!(desk.arrears(&["fmt", "words.rhai"]).out, "");
}

#[test]
fn what_is_only_looked_at_is_not_written() {
    let desk = Desk::new();
    desk.write("words.rhai", UNTIDY);
    let answer = desk.arrears(&["fmt", "--check", "words.rhai"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, "words.rhai: would be laid out\n"));
    let answer = desk.arrears(&["fmt", "--diff", "words.rhai"]);
    assert_eq!(answer.code, 0);
    assert!(
        answer.out.starts_with("--- words.rhai\n+++ words.rhai\n@@ -1,1 +1,1 @@\n-define late=dpd>3;\n+define late ")
    );
    assert_eq!(desk.read("words.rhai"), UNTIDY);
}

#[test]
fn what_comes_from_stdin_goes_to_stdout() {
    let desk = Desk::new();
    let answer = desk.answer(desk.command(&["fmt", "-"]).write_stdin(UNTIDY));
    assert_eq!((answer.code, answer.out.as_str()), (0, TIDY));
    let answer = desk.answer(desk.command(&["fmt", "--check", "-"]).write_stdin(UNTIDY));
    assert_eq!((answer.code, answer.out.as_str()), (1, "stdin: would be laid out\n"));
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_the_others_are_laid_out() {
    let desk = Desk::new();
    desk.write("broken.rhai", "stage  \"late\" wen dpd > 30;");
    desk.write("words.rhai", UNTIDY);
    let answer = desk.arrears(&["fmt", "broken.rhai", "words.rhai"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, "words.rhai: laid out\n"));
    assert!(answer.err.contains("P001") && answer.err.contains("did you mean `when`?"), "{}", answer.err);
    assert!(answer.err.ends_with("error: 1 file is not laid out\n"), "{}", answer.err);
    assert_eq!(desk.read("broken.rhai"), "stage  \"late\" wen dpd > 30;");
    let told = desk.arrears(&["fmt", "broken.rhai", "--json"]);
    assert_eq!(told.code, 1);
    assert_eq!(told.json()["files"][0]["problems"][0]["code"], "P001");
    assert_eq!(desk.arrears(&["fmt", "absent.rhai"]).code, 5);
}

#[test]
fn the_example_policies_and_the_shipped_packs_are_laid_out() {
    let desk = Desk::new();
    let packs = concat!(env!("CARGO_MANIFEST_DIR"), "/../arrears-rules/packs");
    let folders = [example("policies"), packs.to_owned()];
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let files: Vec<String> = files.map(|entry| entry.unwrap().path().to_str().unwrap().to_owned()).collect();
    let policies: Vec<&str> = files.iter().map(String::as_str).filter(|name| name.ends_with(".rhai")).collect();
    assert!(policies.len() > 20);
    let answer = desk.arrears(&[&["fmt", "--check"], policies.as_slice()].concat());
    assert_eq!((answer.code, answer.out.as_str()), (0, ""), "{}", answer.err);
}
