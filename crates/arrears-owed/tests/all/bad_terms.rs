//! Terms that cannot be used: what is said of each, as golden files beside them. `ARREARS_BLESS=1` writes them
//! anew.

use arrears_owed::terms::Terms;
use std::fs;
use std::path::Path;

#[test]
fn every_mistake_is_named_with_its_place_what_was_found_and_what_was_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_terms");
    let mut differ = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "json"));
    paths.sort();
    assert!(paths.len() >= 5);
    for path in paths {
        let problems = Terms::from_json(&fs::read_to_string(&path).unwrap()).unwrap_err();
        let found: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
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
