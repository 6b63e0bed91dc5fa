//! Documents that are no regimes: what is said of each, as golden files beside them.
//! `ARREARS_BLESS=1` writes them anew.

use crate::support::lines;
use arrears_owed::Regime;
use std::fs;
use std::path::{Path, PathBuf};

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/regimes/bad");
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == "json"));
    found.sort();
    found
}

#[test]
fn every_mistake_of_a_regime_is_named_with_its_place_what_was_found_and_what_was_expected() {
    let documents = documents();
    assert!(documents.len() >= 8, "{documents:?}");
    let mut differ = Vec::new();
    for path in documents {
        let found = lines(&Regime::from_json(&fs::read_to_string(&path).unwrap()).unwrap_err());
        let golden = path.with_extension("txt");
        if std::env::var_os("ARREARS_BLESS").is_some() {
            fs::write(&golden, &found).unwrap();
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        if wanted != found {
            differ.push(format!("{}\n--- wanted\n{wanted}\n--- found\n{found}", path.display()));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

#[test]
fn a_shipped_regime_with_any_field_taken_out_is_refused_or_says_the_same() {
    for (name, text) in arrears_owed::regime::shipped_regimes() {
        let whole: serde_json::Value = serde_json::from_str(text).unwrap();
        for key in whole.as_object().unwrap().keys() {
            let mut less = whole.clone();
            less.as_object_mut().unwrap().remove(key);
            let read = Regime::from_json(&less.to_string());
            assert!(read.is_err() || key == "from" || key == "to", "{name} without {key}");
            let mut more = whole.clone();
            more[format!("{key}x")] = 1.into();
            let faults = Regime::from_json(&more.to_string()).unwrap_err();
            assert!(faults[0].message.contains(&format!("did you mean `{key}`?")), "{name}: {faults:?}");
        }
    }
}
