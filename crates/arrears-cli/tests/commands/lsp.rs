//! `arrears lsp` over stdin and stdout, and `arrears language`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use crate::support::Desk;
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A language server that was started as an editor starts it.
struct Server {
    process: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("arrears"));
        command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let (to, from) = (process.stdin.take(), process.stdout.take().unwrap());
        Self { process, to, from: BufReader::new(from) }
    }

    fn say(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.to.as_mut().unwrap(), "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
    }

    fn hear(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.from.read_line(&mut line).unwrap();
            match line.trim_end() {
                "" => break,
                header => length = header.strip_prefix("Content-Length: ").map_or(length, |it| it.parse().unwrap()),
            }
        }
        let mut text = vec![0; length];
        self.from.read_exact(&mut text).unwrap();
        serde_json::from_slice(&text).unwrap()
    }

    fn note(&mut self, method: &str, params: Value) {
        self.say(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.say(&json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params }));
        loop {
            let heard = self.hear();
            if heard["id"] == 7 {
                assert_eq!(heard["error"], Value::Null);
                return heard["result"].clone();
            }
        }
    }

    fn code(mut self) -> Option<i32> {
        drop(self.to.take());
        self.process.wait().unwrap().code()
    }
}

#[test]
fn an_editor_is_served_over_stdin_and_stdout() {
    let mut server = Server::start();
    let begun = server.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(begun["serverInfo"]["name"], "arrears");
    server.note("initialized", json!({}));
    let uri = "untitled:card.rhai";
    let text = "policy \"card\" #{ version: \"1\", currency: \"EUR\", zone: \"UTC\" };\ndefine late = dpd > floor;\n";
    let document = json!({ "uri": uri, "languageId": "arrears", "version": 1, "text": text });
    server.note("textDocument/didOpen", json!({ "textDocument": document }));
    let told = server.hear();
    assert_eq!(told["method"], "textDocument/publishDiagnostics");
    assert!(told["params"]["diagnostics"].as_array().unwrap().iter().any(|problem| problem["code"] == "P101"));
    let at = |line: u32, character: u32| json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } });
    let hover = server.ask("textDocument/hover", at(1, 15));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Whole calendar days"));
    let offered = server.ask("textDocument/completion", at(1, 20));
    assert!(offered.as_array().unwrap().iter().any(|item| item["label"] == "overdue"));
    let change = json!([{ "text": format!("{text}threshold floor = 3 #{{ from: 1, to: 9 }};") }]);
    let document = json!({ "uri": uri, "version": 2 });
    server.note("textDocument/didChange", json!({ "textDocument": document, "contentChanges": change }));
    let found = server.ask("textDocument/definition", at(1, 22));
    assert_eq!(found[0]["range"]["start"], json!({ "line": 2, "character": 10 }));
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    let edits = server.ask("textDocument/formatting", json!({ "textDocument": { "uri": uri }, "options": options }));
    assert!(edits[0]["newText"].as_str().unwrap().ends_with("#{ from: 1, to: 9 };\n"));
    assert_eq!(server.ask("shutdown", Value::Null), Value::Null);
    server.note("exit", Value::Null);
    assert_eq!(server.code(), Some(0));
}

#[test]
fn an_editor_that_leaves_without_a_word_ends_the_server() {
    let mut server = Server::start();
    server.note("exit", Value::Null);
    assert_eq!(server.code(), Some(2));
    assert_eq!(Server::start().code(), Some(2));
    let mut confused = Server::start();
    confused.to.as_mut().unwrap().write_all(b"\x00\xff no header\r\n\r\n{]").unwrap();
    assert_eq!(confused.code(), Some(2));
}

#[test]
fn the_language_is_one_document_and_each_of_its_words_can_be_asked_about() {
    let desk = Desk::new();
    let language = desk.arrears(&["language", "--json"]).json();
    assert_eq!(language["format"], "arrears-language/1");
    assert!(language["facts"].as_array().unwrap().iter().any(|fact| fact["name"] == "dpd"));
    let said = desk.arrears(&["language", "dwel"]);
    assert_eq!((said.code, said.err.as_str()), (2, "error: the language has no word `dwel`\n"));
    let said = desk.arrears(&["language", "overdu"]);
    assert!(said.err.contains("did you mean `overdue`?"), "{}", said.err);
    let said = desk.arrears(&["language", "phone"]);
    assert_eq!((said.code, said.out.as_str()), (0, "`phone`: verb and channel, class contact, strength 3\n\nCall.\n"));
    assert!(desk.arrears(&["language"]).out.contains("Statements\n  policy "));
}
