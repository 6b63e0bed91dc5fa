//! The hash of a policy: what changes it and what does not, on any platform.

use super::{CARD, load, root};
use arrears_workbench::record::fingerprint;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/portfolios/golden/card.canonical.json");

/// `ARREARS_BLESS=1` writes the form anew. Whoever does so changes the hash of every policy: decisions that were logged
/// name the old one.
#[test]
fn a_hash_is_the_sha256_of_a_canonical_form_that_stays_as_it_is() {
    let (policy, _) = load(CARD);
    if std::env::var_os("ARREARS_BLESS").is_some() {
        std::fs::write(GOLDEN, policy.canonical()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(GOLDEN).unwrap(), policy.canonical());
    let (_, sha256) = fingerprint(GOLDEN.as_ref()).unwrap();
    assert_eq!(policy.hash().to_string(), sha256);
}

#[test]
fn line_ends_comments_names_of_files_reasons_and_labels_are_no_part_of_a_hash() {
    for name in ["cn-card.rhai", "reference.rhai", "starter.rhai", "us-card-agency.rhai"] {
        let text = std::fs::read_to_string(root().join("examples/policies").join(name)).unwrap();
        let hash = |file: &str, text: &str| {
            let loaded = arrears_rules::load_source(file, text, &[]);
            loaded.policy.unwrap_or_else(|| panic!("{name}: {:?}", loaded.problems)).hash()
        };
        let own = hash(name, &text);
        let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
        let reasons = text.replace("why: \"", "why: \"In other words: ").replace("version: \"", "version: \"new ");
        for (what, other) in [
            ("CRLF", crlf.as_str()),
            ("a byte order mark", &format!("\u{feff}{text}")),
            ("comments", &text.replace(";\n", "; // a remark\n\n")),
            ("reasons", &reasons),
        ] {
            assert_eq!(hash("policy.rhai", other), own, "{name}: {what}");
        }
        let more = format!("{text}\nnever \"a test\" when dpd > 100000;\n");
        assert_ne!(hash(name, &more), own, "{name}: one statement more");
    }
}
