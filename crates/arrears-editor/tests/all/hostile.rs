//! Whatever is opened, typed and asked, an answer comes.

use crate::client::Client;
use crate::policies::{root, text};
use crate::scattered::{damaged, soup};
use arrears_editor::format;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Asks everything about a place of a text.
fn ask_all(client: &Client, uri: &str, place: &Value) {
    for method in ["hover", "completion", "definition", "prepareRename"] {
        client.at(&format!("textDocument/{method}"), uri, place);
    }
    let at = json!({ "textDocument": { "uri": uri }, "position": place, "context": { "includeDeclaration": true } });
    client.ask("textDocument/references", at);
    let renamed = json!({ "textDocument": { "uri": uri }, "position": place, "newName": "other" });
    let _ = client.try_ask("textDocument/rename", renamed);
    client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    client.ask("textDocument/formatting", json!({ "textDocument": { "uri": uri }, "options": options }));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn an_answer_comes_whatever_is_written(
        text in soup(),
        more in soup(),
        places in prop::collection::vec((0..12_u32, 0..80_u32), 4),
    ) {
        let client = Client::new();
        let uri = "untitled:soup";
        client.open(uri, &text);
        let place = |at: usize| json!({ "line": places[at].0, "character": places[at].1 });
        ask_all(&client, uri, &place(0));
        client.change(uri, 2, json!([{ "range": { "start": place(1), "end": place(2) }, "text": more }]));
        ask_all(&client, uri, &place(3));
        client.end().unwrap();
    }

    #[test]
    fn a_damaged_policy_is_laid_out_for_good_or_refused_and_is_answered(
        slips in prop::collection::vec(any::<(usize, usize)>(), 1..4),
        place in (0..45_u32, 0..80_u32),
    ) {
        let text = damaged(&text(&root().join("examples/policies/starter.rhai")), &slips);
        if let Ok(once) = format(&text) {
            prop_assert_eq!(format(&once), Ok(once));
        }
        let client = Client::new();
        client.open("untitled:damaged", &text);
        ask_all(&client, "untitled:damaged", &json!({ "line": place.0, "character": place.1 }));
        client.end().unwrap();
    }
}

#[test]
fn an_answer_comes_wherever_a_policy_is_cut_off() {
    let whole = text(&root().join("examples/policies/starter.rhai"));
    let client = Client::new();
    let uri = "untitled:cut";
    client.open(uri, "");
    let cuts: Vec<usize> = whole.char_indices().map(|(at, _)| at).step_by(397).collect();
    for (version, cut) in cuts.into_iter().enumerate() {
        let text = whole.get(..cut).unwrap();
        client.change(uri, i32::try_from(version).unwrap() + 2, json!([{ "text": text }]));
        let line = text.matches('\n').count();
        let column = text.rsplit('\n').next().unwrap().encode_utf16().count();
        ask_all(&client, uri, &json!({ "line": line, "character": column }));
    }
    client.end().unwrap();
}

#[test]
fn deep_and_long_texts_are_answered_in_time() {
    let client = Client::new();
    let deep = format!("define a = {}1;", "(".repeat(20_000));
    let long = format!("define a = {};", "dpd > 1 && ".repeat(20_000));
    let many = "define a = dpd > 1;\n".repeat(9_000);
    for text in [deep, long, many, "\"".repeat(5_000), "/*".repeat(5_000), "#{".repeat(20_000)] {
        client.open("untitled:big", &text);
        ask_all(&client, "untitled:big", &json!({ "line": 0, "character": 15 }));
    }
    client.end().unwrap();
}
