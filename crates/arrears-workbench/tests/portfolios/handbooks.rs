//! Handbooks and pictures of policies: of the examples, held against golden files, and of random policies.

use super::{load, root};
use arrears::draft::Keyword;
use arrears::{Law, Policy};
use arrears_testkit::generate::{Kinds, books};
use arrears_workbench::graph::graph;
use arrears_workbench::handbook::{Block, Change, Handbook, Options, handbook};
use arrears_workbench::wording::Anchors;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;

fn example(name: &str) -> Policy {
    let loaded = arrears_rules::load(&root().join("examples/policies").join(name), &[]).unwrap();
    loaded.policy.unwrap()
}

fn options(samples: usize) -> Options<'static> {
    Options { samples, ..Options::new("2026-11-02".parse().unwrap()) }
}

fn told(policy: &Policy, law: &Law, samples: usize) -> Handbook {
    handbook(policy, law, &options(samples)).unwrap()
}

fn none() -> Law {
    Law::none("a test").unwrap()
}

/// Compares with a golden file; `ARREARS_BLESS=1` writes it anew. Hashes are left out: they change with the engine.
fn golden(name: &str, found: &str) {
    let is_hash = |word: &str| [12, 64].contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut shown = String::new();
    for part in found.split_inclusive(|letter: char| !letter.is_ascii_alphanumeric()) {
        let word = part.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric());
        shown.push_str(&if is_hash(word) { part.replacen(word, "HASH", 1) } else { part.to_owned() });
    }
    let path = root().join("crates/arrears-workbench/tests/handbooks").join(name);
    if std::env::var_os("ARREARS_BLESS").is_some() {
        fs::write(&path, &shown).unwrap();
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    assert!(wanted == shown, "{name} is stale: look at what differs, and run with ARREARS_BLESS=1");
}

#[test]
fn the_handbook_of_the_card_policy_is_as_it_was_looked_at() {
    golden("cn-card.md", &told(&example("cn-card.rhai"), &arrears_rules::shipped_law(), 300).markdown());
}

#[test]
fn the_handbook_of_the_agency_is_as_it_was_looked_at() {
    golden("us-card-agency.md", &told(&example("us-card-agency.rhai"), &arrears_rules::shipped_law(), 300).markdown());
}

#[test]
fn the_page_of_the_starter_is_as_it_was_looked_at() {
    golden("starter.html", &told(&example("starter.rhai"), &none(), 300).html());
}

#[test]
fn the_ladders_are_as_they_were_looked_at() {
    for name in ["cn-card", "us-card-agency"] {
        let ladder = graph(&example(&format!("{name}.rhai")));
        golden(&format!("{name}.mmd"), &ladder.mermaid());
        golden(&format!("{name}.dot"), &ladder.dot());
        golden(&format!("{name}.svg"), &ladder.svg());
    }
}

#[test]
fn a_policy_without_law_says_that_nobody_may_be_contacted() {
    let text = "policy \"bare\" #{ version: \"1\", currency: \"EUR\", zone: \"Europe/Berlin\" };\ndebtor \"any\" otherwise;\nstage \"late\" when dpd >= 1;";
    let book = told(&load(text).0, &arrears_rules::shipped_law(), 0);
    assert!(book.front.lawless);
    assert!(book.markdown().contains("no contact is permitted, and a person must look"));
}

#[test]
fn a_failed_test_and_a_broken_promise_are_told_as_such() {
    let text = r#"
policy "wrong" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
assume number_mobile = "valid" #{ why: "a test" };
assume opted_out("phone") = false #{ why: "a test" };
debtor "any" otherwise;
stage "late" when dpd >= 1;
treatment "call" in ["late"] do phone(#{ at: "15:00" });
test "nobody is called" given quiet + #{ dpd: 5 } expect #{ action: "none" };
never "a call in the first week" when dpd < 7 && action == "phone";
"#;
    let page = told(&load(text).0, &none(), 500).html();
    assert!(page.contains("1 of 1 tests FAILED."));
    assert!(page.contains("expected action &quot;none&quot;, found &quot;phone&quot;"));
    assert!(page.contains("BROKEN: phone by"));
}

#[test]
fn what_differs_from_an_earlier_version_is_listed() {
    let old = r#"
policy "card" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
threshold patience = 30 #{ from: 1, to: 90, why: "a month" };
debtor "any" otherwise;
hold "dispute" when dispute #{ stops: ["contact"], why: "cleared up first" };
stage "late" when dpd > patience;
cure when dpd == 0;
"#;
    let new = old.replace("version: \"1\"", "version: \"2\"").replace("patience = 30", "patience = 20").replace(
        "hold \"dispute\" when dispute #{ stops: [\"contact\"], why: \"cleared up first\" };",
        "hold \"fraud\" when fraud #{ stops: [\"contact\"] };",
    );
    let (old, new) = (load(old).0, load(&new).0);
    let options = Options { before: Some(&old), ..options(0) };
    let book = handbook(&new, &none(), &options).unwrap();
    let changes = book.changes.as_ref().unwrap();
    let said: Vec<(Change, &str, &str)> =
        changes.iter().map(|it| (it.change, it.of.keyword, it.of.name.as_str())).collect();
    let wanted = [
        (Change::Added, "hold", "fraud"),
        (Change::Removed, "hold", "dispute"),
        (Change::Changed, "threshold", "patience"),
        (Change::Changed, "stage", "late"),
    ];
    assert_eq!(said, wanted);
    let page = book.markdown();
    assert!(page.contains("| [threshold patience](#threshold-patience) | Value | 30 days | 20 days |"), "{page}");
    let same = Options { before: Some(&new), ..options };
    assert_eq!(handbook(&new, &none(), &same).unwrap().changes, Some(Vec::new()));
}

const HOSTILE: [&str; 5] =
    ["a\"]; x --> y", "<script>alert(1)</script>", "提醒`|*_[x](y)", "end\nsubgraph {}", "\\\" &lt; $"];

/// A policy whose every name tries to be more than a name.
fn hostile() -> Policy {
    let quoted: Vec<String> = HOSTILE.iter().map(|name| format!("{name:?}")).collect();
    let [a, b, c, d, e] = quoted.as_slice() else { panic!("five names") };
    let text = format!(
        r#"
policy {b} #{{ version: {a}, currency: "EUR", zone: "Europe/Berlin", why: {b} }};
assume number_mobile = "valid" #{{ why: {a} }};
assume opted_out("phone") = false #{{ why: {b} }};
sign {b} when dispute #{{ willingness: 1, why: {e} }};
debtor {c} when dpd > 30 #{{ say: [{a}, {b}], shows: #{{ zh: {c} }}, why: {d} }};
debtor "other" otherwise;
hold {b} when fraud #{{ stops: ["contact"], why: {e} }};
stage {a} when dpd >= 1 #{{ why: {b}, approval: {b} }};
stage {b} when dpd > 30 #{{ shows: #{{ zh: {c} }} }};
stage {c} when dpd > 60;
stage {d} when dispute #{{ beside: true }};
ease to {a} when dpd < 30 #{{ why: {a} }};
cure when dpd == 0 #{{ why: {b} }};
treatment {e} in [{a}, {b}] do phone(#{{ at: "15:00", text: {b}, say: [{a}] }}) #{{ why: {d} }};
treatment {b} in [{b}] do review(#{{ what: {a} }});
test {b} given quiet + #{{ dpd: 5 }} expect #{{ treatment: {e} }};
never {b} when dpd == 0 && action == "phone";
"#
    );
    load(&text).0
}

#[test]
fn whatever_stands_in_a_name_stays_text() {
    let policy = hostile();
    let book = told(&policy, &none(), 100);
    let page = book.html();
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    linked(&page);
    assert!(book.markdown().contains("\\<script\\>alert(1)\\</script\\>"));
    let ladder = graph(&policy);
    for line in ladder.mermaid().lines() {
        assert!(line.matches('"').count() % 2 == 0 && line.matches('"').count() <= 2, "{line}");
        assert!(!line.contains("<script") && !line.contains('`') && !line.contains('|'), "{line}");
    }
    for line in ladder.dot().lines() {
        let quotes = line.replace("\\\\", "").replace("\\\"", "").matches('"').count();
        assert!(quotes % 2 == 0, "{line}");
    }
    assert!(!ladder.svg().contains("<script"));
}

/// Every link leads to an anchor, and no anchor stands twice.
fn linked(page: &str) {
    let after = |mark: &str| -> Vec<String> {
        page.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap_or("").to_owned()).collect()
    };
    let ids = after(" id=\"");
    let anchors: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(anchors.len(), ids.len(), "an anchor stands twice");
    for link in after("href=\"#") {
        assert!(anchors.contains(&link), "#{link} leads nowhere");
    }
}

#[test]
fn every_link_of_the_examples_leads_somewhere() {
    for name in ["cn-card.rhai", "us-card-agency.rhai", "panel.rhai", "reference.rhai"] {
        let policy = example(name);
        linked(&told(&policy, &arrears_rules::shipped_law(), 0).html());
        linked(&told(&policy, &none(), 0).html());
    }
}

/// Every statement of a policy but its head, once.
fn complete(policy: &Policy, book: &Handbook) {
    let anchors = Anchors::of_policy(policy);
    let told: Vec<&str> =
        book.chapters.iter().flat_map(|chapter| chapter.statements()).map(|of| of.id.as_str()).collect();
    let mut counts = std::collections::BTreeMap::new();
    for statement in policy.draft().statements.iter().filter(|statement| statement.keyword != Keyword::Policy) {
        let count = counts.entry(statement.keyword).or_insert(0_usize);
        let anchor = anchors.at(statement.keyword, *count).unwrap();
        *count += 1;
        let times = told.iter().filter(|id| **id == anchor).count();
        assert_eq!(times, 1, "{} {} is told of {times} times", statement.keyword, statement.name_text());
    }
}

#[test]
fn every_statement_of_the_examples_is_told_of() {
    for name in ["cn-card.rhai", "us-card-agency.rhai", "panel.rhai", "reference.rhai", "starter.rhai"] {
        let policy = example(name);
        complete(&policy, &told(&policy, &none(), 0));
    }
    let policy = hostile();
    complete(&policy, &told(&policy, &none(), 0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_policy_is_told_whole_with_links_that_lead_somewhere(book in books(Kinds { accounts: 1, ..Kinds::ALL })) {
        let made = told(&book.policy, &none(), 10);
        complete(&book.policy, &made);
        linked(&made.html());
        prop_assert_eq!(made.markdown(), told(&book.policy, &none(), 10).markdown());
        let has_ladder = |block: &Block| matches!(block, Block::Ladder(_));
        prop_assert!(made.chapters.iter().flat_map(|chapter| &chapter.blocks).any(has_ladder));
        prop_assert!(serde_json::to_string(&made).is_ok());
    }

    #[test]
    fn in_any_ladder_no_box_lies_on_another_and_no_text_leaves_the_picture(book in books(Kinds { accounts: 1, ..Kinds::ALL })) {
        apart(&graph(&book.policy).svg());
    }
}

#[test]
fn in_the_ladders_of_the_examples_no_box_lies_on_another() {
    for name in ["cn-card.rhai", "us-card-agency.rhai", "panel.rhai"] {
        apart(&graph(&example(name)).svg());
    }
    apart(&graph(&hostile()).svg());
}

/// A number of an attribute, in tenths of a pixel.
fn tenths(element: &str, name: &str) -> i64 {
    let text = element.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
    whole.parse::<i64>().unwrap() * 10 + tenth.parse::<i64>().unwrap()
}

fn apart(svg: &str) {
    let of = |name: &str| -> Vec<&str> { svg.split(&format!("<{name} ")).skip(1).collect() };
    // The first rectangle is the paper.
    let boxes: Vec<[i64; 4]> = svg
        .split("<rect")
        .skip(2)
        .map(|element| ["x", "y", "width", "height"].map(|name| tenths(element, name)))
        .collect();
    for (index, [x, y, width, height]) in boxes.iter().enumerate() {
        for [left, top, wide, high] in &boxes[index + 1..] {
            let lies_on = x < &(left + wide) && left < &(x + width) && y < &(top + high) && top < &(y + height);
            assert!(!lies_on, "a box at {x},{y} lies on one at {left},{top}");
        }
    }
    let (width, height) = (tenths(svg, "width"), tenths(svg, "height"));
    let mut places = BTreeSet::new();
    for text in of("text") {
        let (x, y) = (tenths(&format!(" {text}"), "x"), tenths(&format!(" {text}"), "y"));
        assert!((0..=width).contains(&x) && (0..=height).contains(&y), "a text at {x},{y} is outside");
        assert!(places.insert((x, y)), "two texts stand at {x},{y}");
    }
}
