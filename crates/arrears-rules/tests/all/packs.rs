//! The shipped packs of law: they load, every rule says where it stands, and the cases of
//! `conformance/own.packs.json` come out as expected.

use arrears::calendar::Calendar;
use arrears::guardrail::{Case, Contact, Standing};
use arrears::policy::pack::{Basis, Certainty, Citation, Status, Strength};
use arrears::{Law, Pack};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every shipped pack, by the name of its file.
fn packs() -> Vec<(String, Pack)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the packs are there").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let loaded = arrears_rules::load_pack(path, &[]).expect("the file opens");
            assert!(loaded.problems.is_empty(), "{}: {:#?}", path.display(), loaded.problems);
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, loaded.pack.expect("nothing is wrong with it"))
        })
        .collect()
}

#[test]
fn every_pack_loads_under_its_own_name() {
    let packs = packs();
    assert!(packs.len() >= 26, "{} packs", packs.len());
    for (file, pack) in &packs {
        assert_eq!(file, &pack.head().name);
    }
}

#[test]
fn every_rule_says_what_it_says_where_it_stands_and_what_it_leaves_out() {
    for (file, pack) in packs() {
        for citation in pack.citations() {
            let rule = &citation.rule;
            assert!(!citation.cites.is_empty(), "{file}: {rule} cites nothing");
            assert!(!citation.says.is_empty(), "{file}: {rule} says nothing");
            assert!(!citation.not_covered.is_empty(), "{file}: {rule} leaves out nothing");
        }
    }
}

#[test]
fn what_is_only_recalled_or_doubtful_is_never_in_force() {
    for (file, pack) in packs() {
        for citation in pack.citations() {
            if citation.basis == Basis::Recalled || citation.certainty == Certainty::Low {
                assert_ne!(citation.status, Status::InForce, "{file}: {}", citation.rule);
            }
        }
    }
}

#[test]
fn a_rule_belongs_to_one_pack() {
    let mut seen: Vec<(String, String)> = Vec::new();
    for (file, pack) in packs() {
        let rules: BTreeSet<&str> = pack.citations().map(|citation| citation.rule.as_str()).collect();
        for rule in rules {
            let other = seen.iter().find(|(_, known)| known == rule);
            assert!(other.is_none(), "{rule} stands in {file} and in {other:?}");
            seen.push((file.clone(), rule.to_owned()));
        }
    }
}

/// The shipped packs as the page shows them: a table for each, a line for each thing that a rule says.
fn page() -> String {
    let mut page = String::new();
    for (_, pack) in packs() {
        let head = pack.head();
        let line = |text: &str| format!("{text}\n");
        page += &line(&format!("\n### `{}`: {}\n", head.name, head.title));
        let from = head.from.map(|from| format!(", from {from}")).unwrap_or_default();
        let read = head.verified_on.map(|on| format!(", last read {on}")).unwrap_or_default();
        page += &line(&format!("`{}`{from}. For {}. Source: {}{read}.\n", head.jurisdiction, head.why, head.source));
        page += &line("| rule | says | stands in | basis, certainty | status |\n|---|---|---|---|---|");
        let mut said = BTreeSet::new();
        for citation in pack.citations() {
            if said.insert((citation.rule.as_str(), citation.says.as_str())) {
                let Citation { rule, says, cites, basis, certainty, status, strength, .. } = citation;
                let soft = if *strength == Strength::Must { String::new() } else { format!(", {}", strength.word()) };
                let known = format!("{}, {}", basis.word(), certainty.word());
                page += &line(&format!("| `{rule}` | {says} | {cites} | {known} | {}{soft} |", status.word()));
            }
        }
    }
    page
}

#[test]
fn the_page_lists_every_rule_of_every_pack() {
    let path = root().join("docs/packs.md");
    let text = std::fs::read_to_string(&path).expect("the page is there");
    let begins = "<!-- packs: written by ARREARS_BLESS=1 cargo test -p arrears-rules --test packs -->\n";
    let (before, rest) = text.split_once(begins).expect("the page has a place for the packs");
    let (_, after) = rest.split_once("\n<!-- end of packs -->").expect("the place ends");
    let written = format!("{before}{begins}{}\n<!-- end of packs -->{after}", page());
    if std::env::var_os("ARREARS_BLESS").is_some() {
        std::fs::write(&path, written).expect("the page can be written");
    } else {
        assert!(text == written, "docs/packs.md is not what the packs say: bless it");
    }
}

/// Lays what a case says over what is quiet: maps key by key, everything else as a whole.
fn laid_over(quiet: &Value, over: &Value) -> Value {
    match (quiet, over) {
        (Value::Object(quiet), Value::Object(over)) => {
            let mut both: Map<String, Value> = quiet.clone();
            for (key, value) in over {
                let value = both.get(key).map_or_else(|| value.clone(), |below| laid_over(below, value));
                both.insert(key.clone(), value);
            }
            Value::Object(both)
        }
        _ => over.clone(),
    }
}

/// Takes out what a case says is not known: `standing.facts.minor`.
fn take_out(of: &mut Value, path: &str) {
    let (parents, last) = path.rsplit_once('.').expect("a path has a parent");
    let pointer = format!("/{}", parents.replace('.', "/"));
    let map = of.pointer_mut(&pointer).and_then(Value::as_object_mut).expect("the parent is there");
    map.remove(last).expect("it was there");
}

fn texts(of: &Value, key: &str) -> Vec<String> {
    let list = of.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|text| text.as_str().expect("a text").to_owned()).collect()
}

/// Judges one case and returns everything that differs.
fn differences(law: &Law, quiet: &Value, case: &Value) -> Vec<String> {
    let mut given = laid_over(quiet, case);
    for path in texts(case, "without") {
        take_out(&mut given, &path);
    }
    let standing: Standing = serde_json::from_value(given["standing"].clone()).expect("a standing");
    let contact: Contact = serde_json::from_value(given["contact"].clone()).expect("a contact");
    let enable = texts(case, "enable");
    let law = law.clone().enabling(enable.iter().map(String::as_str)).expect("rules that there are");
    let holidays: Vec<(NaiveDate, &str)> =
        texts(case, "holidays").iter().map(|date| (date.parse().expect("a date"), "a holiday")).collect();
    let names: BTreeSet<String> = law.packs().iter().filter_map(|pack| pack.head().calendar.clone()).collect();
    let law = names.into_iter().fold(law, |law, name| law.with_calendar(Calendar::of_days(name, holidays.clone())));
    let judged = Case::new(&law, &standing, contact.at).and_then(|prepared| prepared.permission(&contact));
    let permission = match judged {
        Ok(permission) => permission,
        Err(troubles) => return vec![format!("{troubles:?}")],
    };
    let expect = &case["expect"];
    let mut wrong = Vec::new();
    let answer = serde_json::to_value(permission.answer).expect("an answer");
    if answer != expect["answer"] {
        wrong.push(format!("answer {answer}, missing {:?}", permission.missing));
    }
    let mut rules: BTreeSet<String> = permission.rules.iter().map(|rule| rule.rule.clone()).collect();
    if !expect["rules"].is_array() {
        rules.clear();
    }
    if rules != texts(expect, "rules").into_iter().collect() {
        wrong.push(format!("rules {rules:?}"));
    }
    for by in texts(expect, "lifted") {
        if !permission.lifted.iter().any(|lifted| lifted.by == by) {
            wrong.push(format!("not lifted by {by}"));
        }
    }
    for flag in texts(expect, "flags") {
        if !permission.flags.contains(&flag) {
            wrong.push(format!("{flag} is not said"));
        }
    }
    if let Some(next) = expect.get("earliest_unblocked") {
        let next: Option<DateTime<FixedOffset>> = serde_json::from_value(next.clone()).expect("a moment");
        if permission.earliest_unblocked != next {
            wrong.push(format!("earliest {:?}", permission.earliest_unblocked));
        }
    }
    wrong
}

#[test]
fn cases_beyond_the_suite_come_out_as_expected() {
    let text = std::fs::read_to_string(root().join("conformance/own.packs.json")).expect("the cases are there");
    let file: Value = serde_json::from_str(&text).expect("JSON");
    let law = Law::of(packs().into_iter().map(|(_, pack)| pack));
    let mut failed = Vec::new();
    let cases = file["cases"].as_array().expect("cases");
    for case in cases {
        let wrong = differences(&law, &file["quiet"], case);
        if !wrong.is_empty() {
            failed.push(format!("{}: {}", case["id"], wrong.join("; ")));
        }
    }
    assert!(failed.is_empty(), "{} of {} cases:\n{}", failed.len(), cases.len(), failed.join("\n"));
}
