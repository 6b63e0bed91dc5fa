//! `arrears letter`: what is written to one person, or why nothing is.

use crate::support::{Answer, Desk, NO_LAW, example, golden};
use std::fs;

const HOUSE: &str = r#"{
    "format": "arrears-house/1",
    "voices": {
        "en": {"creditor": "Harbour Bank", "phone": "95588", "stop_word": "T"},
        "zh": {"creditor": "海港银行", "phone": "95588", "stop_word": "T"}
    }
}"#;

/// A desk with a house.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("house.json", HOUSE);
    desk
}

fn letter(desk: &Desk, account: &str, more: &[&str]) -> Answer {
    let given = ["letter", "card.rhai", "--on", "accounts.csv", "--account", account, "--house", "house.json"];
    desk.answer(desk.command(&given).args(NO_LAW).args(more))
}

#[test]
fn a_text_that_a_decision_sends_is_written_and_counted() {
    for language in ["en", "zh"] {
        let answer = letter(&desk(), "forgetful", &["--language", language]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""));
        golden(&format!("letter_sms.{language}.txt"), &answer.out);
    }
    let said = letter(&desk(), "forgetful", &["--json"]).json()["said"][0].clone();
    assert_eq!((said["kind"].as_str(), said["template"].as_str()), (Some("sms"), Some("gentle")));
    assert_eq!((said["short_message"]["encoding"].as_str(), said["preview"].as_bool()), (Some("gsm7"), Some(false)));
}

#[test]
fn a_letter_that_is_owed_is_written_from_the_statement_of_a_history() {
    let (policy, history) = (example("policies/cn-card.rhai"), example("data/histories/staller.json"));
    let (house, terms) = (example("words/house-cn.json"), example("terms/cn-card.json"));
    let conventions = example("data/histories/conventions.json");
    let given = ["--history", &history, "--conventions", &conventions, "--terms", &terms, "--house", &house];
    let desk = Desk::new();
    for (language, name) in [("en", "Mr Wang"), ("zh", "王先生")] {
        desk.write(
            "told.json",
            &format!(r#"{{"format": "arrears-told/1", "name": "{name}", "account_ending": "8765"}}"#),
        );
        let mut command = desk.command(&["letter", &policy, "--no-law", "a test", "--as-of", "2026-01-20"]);
        let answer = desk.answer(command.args(given).args(["--language", language, "--told", "told.json"]));
        assert_eq!(answer.code, 0, "{}", answer.err);
        golden(&format!("letter_owed.{language}.txt"), &answer.out);
    }
}

#[test]
fn a_decision_that_makes_no_contact_writes_nothing_and_has_its_own_exit_code() {
    let desk = desk();
    let answer = letter(&desk, "on-time", &[]);
    assert_eq!(answer.code, 7, "{}{}", answer.out, answer.err);
    assert!(
        answer.err.contains("on-time: nothing is written\n  the decision: `none`: no contact is made"),
        "{}",
        answer.err
    );
    assert_eq!(answer.out, "");
    desk.reenter("forgetful,5,40.00,1,false", "forgetful,5,40.00,1,true");
    let held = letter(&desk, "forgetful", &["--json"]);
    assert_eq!(held.code, 7);
    assert_eq!(held.json()["error"]["kind"], "blocked");
    let preview = letter(&desk, "forgetful", &["--text", "sms/gentle"]);
    assert_eq!(preview.code, 7);
    assert!(preview.err.contains("preview: `gentle` asks for money, and it is held by"), "{}", preview.err);
}

#[test]
fn a_preview_is_marked_as_one() {
    let answer = letter(&desk(), "on-time", &["--text", "please_call_us"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("`speaker` is not told"), "{}", answer.err);
    let desk = desk();
    desk.write("house.json", &HOUSE.replace("\"phone\"", "\"speaker\": \"Li Na\", \"phone\""));
    let answer = letter(&desk, "on-time", &["--text", "please_call_us"]);
    assert_eq!(
        (answer.code, answer.err.as_str()),
        (0, "note: a preview of `letter/please_call_us`: nothing is sent, whatever is decided\n")
    );
    assert!(answer.out.contains("Please call Li Na at 95588"), "{}", answer.out);
}

#[test]
fn it_is_asked_who_writes() {
    let desk = Desk::new();
    let answer = desk.answer(desk.command(&["letter", "card.rhai", "--facts", "dpd=5"]).args(NO_LAW));
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("nobody writes: expected --house HOUSE.json"), "{}", answer.err);
}

#[test]
fn templates_of_a_folder_stand_in_the_place_of_the_shipped_ones() {
    let desk = desk();
    fs::create_dir_all(desk.path("own/sms")).unwrap();
    desk.write("own/README.md", "What stands beside the folders is no template.");
    desk.write("own/sms/gentle.en.txt", "{{ creditor }} asks for {{ amount }} by {{ due_on }}.\n");
    let answer = letter(&desk, "forgetful", &["--templates", "own"]);
    assert!(
        answer.out.ends_with("\n\nHarbour Bank asks for GBP 40.00 by 31 March 2026.\n"),
        "{}{}",
        answer.out,
        answer.err
    );
    desk.write("own/sms/gentle.en.txt", "{{ creditr }}\n{% include \"part/nothing.en.txt\" %}");
    let answer = letter(&desk, "forgetful", &["--templates", "own"]);
    assert_eq!(answer.code, 2);
    for fault in [
        "own: 2 problems",
        "sms/gentle.en.txt:1:4: unknown variable `creditr` (did you mean `creditor`?)",
        "sms/gentle.en.txt:2:12: no template `part/nothing.en.txt` in the set",
    ] {
        assert!(answer.err.contains(fault), "{}", answer.err);
    }
}

#[test]
fn every_text_of_the_example_policies_is_there_and_holds_against_the_law() {
    for (policy, house) in [
        ("policies/cn-card.rhai", "words/house-cn.json"),
        ("policies/us-card-agency.rhai", "words/house-us-agency.json"),
    ] {
        let desk = Desk::new();
        let given = ["--check", "--as-of", "2026-11-27", "--house", &example(house)];
        let answer = desk.answer(desk.command(&["letter", &example(policy)]).args(given));
        assert_eq!(answer.code, 0, "{policy}\n{}{}", answer.out, answer.err);
        assert!(answer.out.ends_with("in each language, lacking none\n"), "{}", answer.out);
    }
}

#[test]
fn a_check_says_what_no_template_may_say_and_which_texts_are_lacking() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("own/sms")).unwrap();
    fs::create_dir_all(desk.path("own/voicemail")).unwrap();
    desk.write("own/sms/gentle.en.txt", "Pay {{ amount }},\nor else.");
    desk.write("own/voicemail/limited_content.en.txt", "Call {{ phone }} about {{ amount }}.");
    desk.rewrite("text: \"gentle\"", "text: \"gentel\"");
    let given = ["letter", "card.rhai", "--check", "--templates", "own", "--language", "en"];
    let answer = desk.answer(desk.command(&given).args(NO_LAW));
    assert_eq!(answer.code, 1, "{}", answer.err);
    golden("letter_check.txt", &answer.out);
    let found = desk.answer(desk.command(&given).args(NO_LAW).args(["--json"])).json();
    assert_eq!(
        (found["faults"][0]["line"].as_u64(), found["lacking"]["en"][0]["text"].as_str()),
        (Some(2), Some("gentel"))
    );
}
