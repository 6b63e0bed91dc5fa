//! An editor for tests: it speaks to a server in the same process.

use arrears_editor::{ServeError, serve};
use lsp_server::{Connection, Message, Notification, Request, RequestId};
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::thread::JoinHandle;
use std::time::Duration;

/// How long an answer may take.
const LONGEST: Duration = Duration::from_secs(20);

/// An editor.
pub(crate) struct Client {
    connection: Connection,
    server: JoinHandle<Result<(), ServeError>>,
    asked: Cell<i32>,
}

/// A place in a text that has a mark: the text without it, and line and column in UTF-16 code units.
pub(crate) fn marked(text: &str) -> (String, Value) {
    let (before, _) = text.split_once('▲').unwrap();
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    (text.replacen('▲', "", 1), json!({ "line": line, "character": column }))
}

impl Client {
    /// An editor that has not said anything yet.
    pub(crate) fn silent() -> Self {
        let (connection, other) = Connection::memory();
        let server = std::thread::spawn(move || serve(&other));
        Self { connection, server, asked: Cell::new(0) }
    }

    /// An editor that has begun.
    pub(crate) fn new() -> Self {
        let client = Self::silent();
        client.ask("initialize", json!({ "capabilities": {} }));
        client.note("initialized", json!({}));
        client
    }

    pub(crate) fn note(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification { method: method.to_owned(), params }.into()).unwrap();
    }

    /// What is answered: the result, or the error.
    pub(crate) fn try_ask(&self, method: &str, params: Value) -> Result<Value, Value> {
        self.asked.set(self.asked.get() + 1);
        let id = RequestId::from(self.asked.get());
        let request = Request { id: id.clone(), method: method.to_owned(), params };
        self.connection.sender.send(request.into()).unwrap();
        loop {
            if let Message::Response(response) = self.connection.receiver.recv_timeout(LONGEST).unwrap() {
                assert_eq!(response.id, id);
                let answer = serde_json::to_value(response).unwrap();
                return answer.get("error").map_or_else(|| Ok(answer["result"].clone()), |error| Err(error.clone()));
            }
        }
    }

    pub(crate) fn ask(&self, method: &str, params: Value) -> Value {
        self.try_ask(method, params).unwrap()
    }

    pub(crate) fn open(&self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "arrears", "version": 1, "text": text });
        self.note("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(crate) fn change(&self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.note("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Asks about a place of a text.
    pub(crate) fn at(&self, method: &str, uri: &str, place: &Value) -> Value {
        self.ask(method, json!({ "textDocument": { "uri": uri }, "position": place }))
    }

    /// The problems that are told next, by address.
    pub(crate) fn problems(&self) -> BTreeMap<String, Vec<Value>> {
        let mut told = BTreeMap::new();
        let mut wait = LONGEST;
        while let Ok(message) = self.connection.receiver.recv_timeout(wait) {
            if let Message::Notification(note) = message {
                assert_eq!(note.method, "textDocument/publishDiagnostics");
                let uri = note.params["uri"].as_str().unwrap().to_owned();
                told.insert(uri, note.params["diagnostics"].as_array().unwrap().clone());
                wait = Duration::from_millis(50);
            }
        }
        told
    }

    /// What there is to write at the mark of a text.
    pub(crate) fn offered(&self, text: &str) -> Vec<String> {
        let (text, place) = marked(text);
        let uri = format!("untitled:{}", self.asked.get());
        self.open(&uri, &text);
        let items = self.at("textDocument/completion", &uri, &place);
        items.as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    }

    /// What is said of the word at the mark of a text.
    pub(crate) fn said(&self, text: &str) -> Option<String> {
        let (text, place) = marked(text);
        let uri = format!("untitled:{}", self.asked.get());
        self.open(&uri, &text);
        let hover = self.at("textDocument/hover", &uri, &place);
        hover["contents"]["value"].as_str().map(str::to_owned)
    }

    /// Says that it will end, and ends.
    pub(crate) fn end(self) -> Result<(), ServeError> {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.note("exit", Value::Null);
        self.server.join().unwrap()
    }

    /// Ends without a word.
    pub(crate) fn leave(self) -> Result<(), ServeError> {
        self.note("exit", Value::Null);
        self.server.join().unwrap()
    }
}
