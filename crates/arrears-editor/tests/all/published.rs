//! What is published for editors is what the tables say. `ARREARS_BLESS=1` writes it anew.

use crate::policies::root;
use arrears_editor::{Language, about, grammar, overview};

#[test]
fn the_grammar_for_editors_is_made_from_the_tables() {
    let made = format!("{}\n", serde_json::to_string_pretty(&grammar()).unwrap());
    let path = root().join("editors/arrears.tmLanguage.json");
    if std::env::var_os("ARREARS_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(published == made, "editors/arrears.tmLanguage.json is stale: run the test with ARREARS_BLESS=1");
}

#[test]
fn every_word_of_the_document_can_be_asked_about() {
    let language = Language::of_this_version();
    let words: Vec<&str> = language.words().collect();
    assert!(words.len() > 200);
    for word in words {
        let said = about(word);
        assert!(!said.is_empty() && said.iter().all(|text| text.contains(word)), "{word}: {said:?}");
    }
}

#[test]
fn the_overview_has_a_line_for_each_statement_fact_and_verb() {
    let (language, overview) = (Language::of_this_version(), overview());
    let words = language.statements.iter().map(|item| item.word).chain(language.verbs.iter().map(|item| item.word));
    for word in words.chain(language.facts.iter().map(|item| item.name)) {
        assert!(overview.contains(&format!("\n  {word} ")), "{word}");
    }
}

#[test]
fn the_extension_for_editors_names_files_that_there_are() {
    let manifest = std::fs::read_to_string(root().join("editors/vscode/package.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let contributes = &manifest["contributes"];
    assert_eq!(contributes["grammars"][0]["scopeName"], grammar()["scopeName"]);
    let folder = root().join("editors/vscode");
    let configuration = contributes["languages"][0]["configuration"].as_str().unwrap();
    let main = manifest["main"].as_str().unwrap();
    for file in [configuration, main] {
        assert!(folder.join(file).is_file(), "{file}");
    }
    let configuration = std::fs::read_to_string(folder.join(configuration)).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&configuration).unwrap()["comments"]["lineComment"] == "//");
}
