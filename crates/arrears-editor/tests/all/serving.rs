//! What an editor is told about policies.

use crate::client::{Client, marked};
use crate::policies::{root, text};
use arrears_editor::ServeError;
use serde_json::{Value, json};

const POLICY: &str = r#"// 策略 🏦
policy "card" #{ version: "1", currency: "EUR", zone: "UTC" };
threshold floor = 25.00 #{ from: 5.00, to: 100.00, why: "less costs more than it brings", owner: "risk" };
fact score = 0.5 #{ kind: "ratio", why: "of the model" };
values segment = ["mass", "affluent"];
define large = overdue >= floor;
debtor "other" otherwise;
stage "reminder" when dpd >= 1 && large;
stage "firm" when dpd > 30 #{ why: "a month is enough" };
treatment "text" in ["reminder"] do sms(#{ text: "gentle", every: 3 });
"#;

/// The policy with something below it.
fn with(more: &str) -> String {
    format!("{POLICY}{more}")
}

#[test]
fn the_conversation_begins_and_ends_as_the_protocol_says() {
    let client = Client::silent();
    let error = client.try_ask("textDocument/hover", json!({})).unwrap_err();
    assert_eq!(error["code"], -32002);
    let begun = client.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(begun["capabilities"]["hoverProvider"], true);
    assert_eq!(begun["serverInfo"]["name"], "arrears");
    client.note("initialized", json!({}));
    client.note("$/setTrace", json!({ "value": "off" }));
    assert_eq!(client.try_ask("textDocument/implementation", json!({})).unwrap_err()["code"], -32601);
    assert_eq!(client.try_ask("textDocument/hover", json!({})).unwrap_err()["code"], -32602);
    let place = json!({ "line": 0, "character": 0 });
    assert_eq!(client.at("textDocument/hover", "untitled:nothing", &place), Value::Null);
    client.end().unwrap();
    let rude = Client::new();
    assert!(matches!(rude.leave(), Err(ServeError::Unexpected)));
}

#[test]
fn all_problems_are_told_with_places_in_utf_16_and_taken_back_when_they_are_mended() {
    let client = Client::new();
    let uri = "untitled:card";
    client.open(uri, &with("define b = /* 🏦 */ promis_open; define c = dpd > 250.00;\n"));
    let told = client.problems();
    let problems = &told[uri];
    let codes: Vec<&str> = problems.iter().map(|problem| problem["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"P101"), "{problems:#?}");
    let unknown = problems.iter().find(|problem| problem["code"] == "P101").unwrap();
    assert_eq!(unknown["range"]["start"], json!({ "line": 10, "character": 20 }));
    assert_eq!(unknown["severity"], 1);
    assert!(unknown["message"].as_str().unwrap().contains("help: did you mean `promise_open`?"), "{unknown}");
    assert!(unknown["codeDescription"]["href"].as_str().unwrap().ends_with("docs/problems.md#p101"));
    let (start, end) = (json!({ "line": 10, "character": 0 }), json!({ "line": 11, "character": 0 }));
    client.change(uri, 2, json!([{ "range": { "start": start, "end": end }, "text": "" }]));
    let told = client.problems();
    assert!(told[uri].iter().all(|problem| problem["severity"] != 1), "{told:#?}");
    client.note("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(client.problems()[uri], Vec::<Value>::new());
    client.end().unwrap();
}

#[test]
fn a_type_that_can_never_be_chosen_points_at_the_one_that_takes_its_accounts() {
    let client = Client::new();
    let text = POLICY.replace(
        "debtor \"other\"",
        "debtor \"late\" when dpd >= 1;\ndebtor \"later\" when dpd >= 60;\ndebtor \"other\"",
    );
    client.open("untitled:card", &text);
    let told = client.problems();
    let shadowed = told["untitled:card"].iter().find(|problem| problem["code"] == "P401").unwrap_or(&Value::Null);
    let all = told["untitled:card"].iter().filter(|problem| !problem["relatedInformation"].is_null());
    let related: Vec<&Value> = all.collect();
    assert!(!related.is_empty(), "{shadowed} {told:#?}");
    assert_eq!(related[0]["relatedInformation"][0]["location"]["uri"], "untitled:card");
    client.end().unwrap();
}

#[test]
fn what_a_word_means_is_said_where_it_stands() {
    let client = Client::new();
    let cases = [
        ("never \"x\" when d▲pd > 3;", "Whole calendar days since the oldest unpaid instalment"),
        ("never \"x\" when dpd▲ > 3;", "one more each day while late"),
        ("never \"x\" when overdue < flo▲or;", "25.00, may be set from 5.00 to 100.00\n\nless costs more"),
        ("never \"x\" when overdue < flo▲or;", "Owner: risk"),
        ("never \"x\" when lar▲ge;", "define large = overdue >= floor;"),
        ("never \"x\" when sco▲re > 0.5;", "of the model"),
        ("nev▲er \"x\" when dpd > 3;", "What must never be decided"),
        ("never \"x\" wh▲en dpd > 3;", "not where it is unknown"),
        ("stage \"x\" when dpd > 3 #{ dwe▲ll: 3 };", "Days in the stage that is left"),
        ("treatment \"x\" in [\"firm\"] do pho▲ne();", "class contact, strength 3"),
        ("treatment \"x\" in [\"firm\"] do phone(#{ at_mo▲st: 3 });", "Times in one episode"),
        ("treatment \"x\" in [\"fi▲rm\"] do phone();", "a month is enough"),
        ("outcome \"no_ans▲wer\" do retry(#{ after: 1 });", "It rang and nobody answered"),
        ("outcome \"no_answer\" do ret▲ry(#{ after: 1 });", "effect of an outcome"),
        ("never \"x\" when tim▲es(\"sms\", 7) > 3;", "today included"),
        ("never \"x\" when action == \"ph▲one\";", "strength 3"),
        ("test \"x\" given quiet + #{ d▲pd: 3 } expect #{};", "Whole calendar days"),
        ("define 卡 = 1; never \"🏦🏦\" when d▲pd > 3;", "Whole calendar days"),
    ];
    for (statement, wanted) in cases {
        let said = client.said(&with(statement));
        assert!(said.as_ref().is_some_and(|said| said.contains(wanted)), "{statement}: {said:?}");
    }
    for silent in ["never \"x▲\" when dpd > 3;", "// dp▲d\n", "never \"x\" when 1▲2 < dpd;"] {
        assert_eq!(client.said(&with(silent)), None, "{silent}");
    }
    client.end().unwrap();
}

#[test]
fn what_can_be_written_is_offered_where_it_can() {
    let client = Client::new();
    let cases: [(&str, &[&str], &[&str]); 20] = [
        ("▲", &["stage", "treatment", "never"], &["guardrailx", "dpd", "exception"]),
        ("sta▲", &["stage"], &["dpd"]),
        ("never \"x\" when ▲", &["dpd", "floor", "large", "score", "times"], &["stage", "when", "weekday"]),
        ("never \"x\" when dpd > 3 && lar▲", &["large"], &["when"]),
        ("never \"x\" ▲", &["when"], &["dpd", "unless"]),
        ("define y = ▲", &["dpd", "large"], &[]),
        ("stage \"x\" when dpd > 3 #{ ▲", &["after", "dwell", "why"], &["every", "dpd"]),
        ("stage \"x\" when dpd > 3 #{ why: \"a\", ▲ }", &["after", "dwell"], &["why"]),
        ("stage \"x\" when dpd > 3 #{ beside: ▲ }", &["true", "false"], &["dpd"]),
        ("stage \"x\" when dpd > 3 #{ dwell: ▲ }", &["floor"], &["dpd"]),
        ("stage \"x\" when dpd > 3 #{ after: \"▲\" }", &["reminder", "firm", "current"], &["dpd"]),
        ("treatment \"x\" in [\"▲\"]", &["reminder", "firm"], &["other"]),
        ("treatment \"x\" in [\"firm\"] do ▲", &["phone", "sms", "review"], &["retry", "dpd"]),
        ("treatment \"x\" in [\"firm\"] do phone(#{ ▲", &["every", "numbers"], &["dwell"]),
        ("treatment \"x\" in [\"firm\"] do phone(#{ numbers: [\"▲", &["mobile", "work"], &["firm"]),
        ("outcome \"▲\"", &["no_answer", "rpc_promise"], &["phone"]),
        ("outcome \"no_answer\" do ▲", &["retry", "pause"], &["phone"]),
        ("never \"x\" when segment in [\"mass\", \"▲\"]", &["mass", "affluent"], &["reminder"]),
        ("never \"x\" when times(\"▲\", 7)", &["phone", "no_answer", "payment", "text"], &["mass"]),
        ("test \"x\" given quiet expect #{ stage: \"▲\" }", &["reminder", "current"], &["text"]),
    ];
    for (statement, wanted, unwanted) in cases {
        let offered = client.offered(&with(statement));
        for word in wanted {
            assert!(offered.iter().any(|label| label == word), "{statement}: no {word} in {offered:?}");
        }
        for word in unwanted {
            assert!(!offered.iter().any(|label| label == word), "{statement}: {word}");
        }
    }
    for nothing in ["// dp▲", "never \"▲\"", "never \"x\" when dpd /* ▲ */"] {
        assert_eq!(client.offered(&with(nothing)), Vec::<String>::new(), "{nothing}");
    }
    client.end().unwrap();
}

#[test]
fn what_is_offered_takes_the_place_of_what_was_begun() {
    let client = Client::new();
    let (text, place) = marked(&with("stage \"x\" when dpd > 3 #{ after: \"rem▲\" };"));
    client.open("untitled:card", &text);
    let items = client.at("textDocument/completion", "untitled:card", &place);
    let item = items.as_array().unwrap().iter().find(|item| item["label"] == "reminder").unwrap();
    assert_eq!(item["textEdit"]["newText"], "reminder");
    assert_eq!(item["textEdit"]["range"]["start"], json!({ "line": 10, "character": 34 }));
    assert_eq!(item["textEdit"]["range"]["end"], place);
    client.end().unwrap();
}

#[test]
fn a_text_is_laid_out_and_one_that_cannot_be_read_is_left() {
    let client = Client::new();
    client.open("untitled:card", "define late=dpd>3;\r\n");
    let asked =
        json!({ "textDocument": { "uri": "untitled:card" }, "options": { "tabSize": 4, "insertSpaces": true } });
    let edits = client.ask("textDocument/formatting", asked.clone());
    assert_eq!(edits[0]["newText"], "define late = dpd > 3;\n");
    assert_eq!(edits[0]["range"]["end"], json!({ "line": 1, "character": 0 }));
    client.change("untitled:card", 2, json!([{ "text": "define late = dpd > 3;\n" }]));
    assert_eq!(client.ask("textDocument/formatting", asked.clone()), json!([]));
    client.change("untitled:card", 3, json!([{ "text": "define late = dpd >" }]));
    assert_eq!(client.ask("textDocument/formatting", asked), Value::Null);
    client.end().unwrap();
}

#[test]
fn statements_are_outlined_in_their_order() {
    let client = Client::new();
    client.open("untitled:card", POLICY);
    let outline = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": "untitled:card" } }));
    let names: Vec<&str> = outline.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["card", "floor", "score", "segment", "large", "other", "reminder", "firm", "text"]);
    assert_eq!(outline[6]["detail"], "stage");
    assert_eq!(outline[6]["selectionRange"]["start"], json!({ "line": 7, "character": 6 }));
    client.end().unwrap();
}

#[test]
fn names_are_found_and_renamed_in_all_files_of_the_policy() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("words.rhai", "threshold floor = 25.00 #{ from: 5.00, to: 100.00 };\nstage \"early\" when dpd > 3;\n");
    let card = "policy \"card\" #{ version: \"1\", currency: \"EUR\", zone: \"UTC\" };\nimport \"words\" as w;\n\
         define large = overdue >= floor;\ntreatment \"a\" in [\"early\"] do sms();\n";
    write("card.rhai", card);
    let uri = |name: &str| format!("file://{}/{name}", folder.display());
    let client = Client::new();
    client.open(&uri("card.rhai"), card);
    let found = client.at("textDocument/definition", &uri("card.rhai"), &json!({ "line": 2, "character": 28 }));
    assert_eq!(found[0]["uri"], uri("words.rhai"));
    assert_eq!(found[0]["range"]["start"], json!({ "line": 0, "character": 10 }));
    let found = client.at("textDocument/definition", &uri("card.rhai"), &json!({ "line": 3, "character": 20 }));
    assert_eq!((&found[0]["uri"], &found[0]["range"]["start"]["line"]), (&json!(uri("words.rhai")), &json!(1)));
    let rename = |new: &str| {
        let place = json!({ "line": 2, "character": 28 });
        let params = json!({ "textDocument": { "uri": uri("card.rhai") }, "position": place, "newName": new });
        client.try_ask("textDocument/rename", params)
    };
    let changes = rename("least").unwrap();
    let edits = changes["documentChanges"].as_array().unwrap();
    assert_eq!(edits.len(), 2);
    assert!(
        edits.iter().all(|edit| edit["edits"].as_array().unwrap().len() == 1 && edit["edits"][0]["newText"] == "least")
    );
    for taken in ["dpd", "large", "when", "1a", "let", "a b", ""] {
        assert!(rename(taken).is_err(), "{taken}");
    }
    // The module is read as a part of the policy that imports it, and as it stands in the editor.
    client.problems();
    client.open(
        &uri("words.rhai"),
        "threshold floor = 25.00 #{ from: 50.00, to: 100.00 };\nstage \"early\" when dpd > 3;\n",
    );
    let told = client.problems();
    assert!(!told[&uri("words.rhai")].is_empty(), "{told:#?}");
    assert!(told[&uri("words.rhai")].iter().all(|problem| problem["code"] != "P302"), "{told:#?}");
    client.end().unwrap();
}

#[test]
fn the_example_policies_are_served_without_a_problem() {
    let client = Client::new();
    for name in ["examples/policies/cn-card.rhai", "crates/arrears-rules/packs/us-regf.rhai"] {
        let path = root().join(name);
        let uri = format!("file://{}", path.display());
        client.open(&uri, &text(&path));
        assert_eq!(client.problems()[&uri], Vec::<Value>::new(), "{name}");
    }
    client.end().unwrap();
}
