//! Templates that cannot be used: what is said of each set, as golden files beside them. `ARREARS_BLESS=1`
//! writes them anew. A set is one file: each template stands behind a line `=== its name`.

use arrears_words::template::Templates;
use std::fs;
use std::path::Path;

fn parted(set: &str) -> Vec<(String, String)> {
    let parts = set.split("=== ").skip(1);
    parts.map(|part| part.split_once('\n').map(|(name, text)| (name.to_owned(), text.to_owned())).unwrap()).collect()
}

#[test]
fn every_mistake_of_a_set_is_named_with_template_line_and_column() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_templates");
    let mut differ = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "set"));
    paths.sort();
    assert!(paths.len() >= 6);
    for path in paths {
        let faults = Templates::read(parted(&fs::read_to_string(&path).unwrap())).unwrap_err();
        let found: String = faults.iter().map(|fault| format!("{fault}\n")).collect();
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
