//! The page of words: its table of variables is the table of the code. `ARREARS_BLESS=1` writes it anew.

use arrears_words::template::TemplateKind;
use arrears_words::told::{Variable, VariableKind, variables};
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- variables: written by ARREARS_BLESS=1 cargo test -p arrears-words --test words_page -->\n";
const END: &str = "<!-- end of variables -->\n";

fn table(of: &[Variable], items_of: &str) -> String {
    let mut out = "| variable | kind | about | meaning | when it is missing |\n|---|---|---|---|---|\n".to_owned();
    for one in of {
        let (name, kind, about) = (one.name, one.kind.word(), one.about.word());
        out.push_str(&format!("| `{items_of}{name}` | {kind} | {about} | {} | {} |\n", one.meaning, one.missing));
    }
    out
}

#[test]
fn the_page_lists_every_variable_and_every_kind_of_template() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/words.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (found, after) = rest.split_once(END).unwrap();
    let mut wanted = format!("\n{}", table(variables(), ""));
    for one in variables() {
        if let VariableKind::List(items) = one.kind {
            wanted.push_str(&format!("\nOf each item of `{}`:\n\n{}", one.name, table(items, "")));
        }
    }
    wanted.push('\n');
    if std::env::var_os("ARREARS_BLESS").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{wanted}{END}{after}")).unwrap();
    } else {
        assert_eq!(found, wanted);
    }
    for kind in TemplateKind::ALL {
        assert!(page.contains(&format!("`{}`", kind.word())), "{}", kind.word());
    }
}
