//! One editor: what it has open, what it asks, what it is told.

use super::analysis::{Analysis, Open, analyse};
use super::completion::completion;
use super::definition::{definition, references, renamable, rename};
use super::diagnostics::diagnostics;
use super::document::Document;
use super::hover::hover;
use super::symbols::symbols;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CompletionOptions, Diagnostic, DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DocumentFormattingParams, DocumentSymbolParams, DocumentSymbolResponse, HoverProviderCapability, OneOf, Position,
    PublishDiagnosticsParams, ReferenceParams, RenameOptions, RenameParams, ServerCapabilities,
    TextDocumentPositionParams, TextDocumentSyncCapability, TextDocumentSyncKind, TextEdit,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How far the conversation has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// The editor has not said what it is yet.
    #[default]
    New,
    /// It asks and is told.
    Open,
    /// It has said that it will end.
    ShutDown,
}

/// What becomes of the conversation after a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// It goes on.
    Listen,
    /// It has ended, after it was said that it would (or not).
    End {
        /// Whether the editor had said so before.
        expected: bool,
    },
}

/// One editor.
#[derive(Default)]
pub(super) struct Session {
    phase: Phase,
    open: Open,
    analyses: BTreeMap<String, Rc<Analysis>>,
    /// Whether something was changed of which nothing is told yet.
    changed: bool,
    /// Addresses for which the editor shows problems.
    shown: BTreeSet<String>,
}

type Answer = Result<Value, (ErrorCode, String)>;

impl Session {
    /// Whether problems are to be told.
    pub(super) const fn is_changed(&self) -> bool {
        self.changed
    }

    /// Takes a message in; what is answered goes to `out`.
    pub(super) fn take(&mut self, message: Message, out: &mut Vec<Message>) -> Next {
        match message {
            Message::Request(request) => out.push(self.answer(request).into()),
            Message::Notification(notification) => return self.note(notification),
            Message::Response(_) => {}
        }
        Next::Listen
    }

    fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let answer = match (self.phase, method.as_str()) {
            (Phase::New, "initialize") => {
                self.phase = Phase::Open;
                Ok(json!({
                    "capabilities": capabilities(),
                    "serverInfo": { "name": "arrears", "version": env!("CARGO_PKG_VERSION") },
                }))
            }
            (Phase::New, _) => Err((ErrorCode::ServerNotInitialized, "`initialize` comes first".to_owned())),
            (_, "shutdown") => {
                self.phase = Phase::ShutDown;
                Ok(Value::Null)
            }
            (Phase::ShutDown, _) => Err((ErrorCode::InvalidRequest, "the server was shut down".to_owned())),
            (Phase::Open, "initialize") => Err((ErrorCode::InvalidRequest, "the server is initialized".to_owned())),
            (Phase::Open, method) => self.asked(method, params),
        };
        respond(id, answer)
    }

    fn asked(&mut self, method: &str, params: Value) -> Answer {
        match method {
            "textDocument/hover" => {
                self.at(params, |document, analysis, place| json!(hover(document, analysis, place)))
            }
            "textDocument/completion" => {
                self.at(params, |document, analysis, place| json!(completion(document, analysis, place)))
            }
            "textDocument/definition" => {
                self.at(params, |document, analysis, place| json!(definition(document, analysis, place)))
            }
            "textDocument/prepareRename" => {
                self.at(params, |document, analysis, place| json!(renamable(document, analysis, place)))
            }
            "textDocument/references" => {
                let asked: ReferenceParams = read(params)?;
                let asked = asked.text_document_position;
                let Some((document, analysis)) = self.look(asked.text_document.uri.as_str()) else {
                    return Ok(Value::Null);
                };
                Ok(json!(references(&document, &analysis, asked.position)))
            }
            "textDocument/rename" => {
                let RenameParams { text_document_position: at, new_name, .. } = read(params)?;
                let Some((document, analysis)) = self.look(at.text_document.uri.as_str()) else {
                    return Ok(Value::Null);
                };
                let renamed = rename(&document, &analysis, at.position, &new_name);
                renamed.map(|edit| json!(edit)).map_err(|why| (ErrorCode::RequestFailed, why))
            }
            "textDocument/documentSymbol" => {
                let asked: DocumentSymbolParams = read(params)?;
                let looked = self.look(asked.text_document.uri.as_str());
                Ok(json!(looked.map(|(_, analysis)| DocumentSymbolResponse::Nested(symbols(&analysis)))))
            }
            "textDocument/formatting" => {
                let asked: DocumentFormattingParams = read(params)?;
                Ok(json!(self.open.get(asked.text_document.uri.as_str()).and_then(laid_out)))
            }
            other => Err((ErrorCode::MethodNotFound, format!("`{other}` is not served"))),
        }
    }

    /// Answers what is asked about a place of an open text; null for a text that is not open.
    fn at(&mut self, params: Value, tell: impl Fn(&Document, &Analysis, Position) -> Value) -> Answer {
        let asked: TextDocumentPositionParams = read(params)?;
        let looked = self.look(asked.text_document.uri.as_str());
        Ok(looked.map_or(Value::Null, |(document, analysis)| tell(&document, &analysis, asked.position)))
    }

    /// An open text and what it says, read anew if it has changed.
    fn look(&mut self, address: &str) -> Option<(Document, Rc<Analysis>)> {
        let document = self.open.get(address)?.clone();
        let analysis = match self.analyses.get(address) {
            Some(known) => Rc::clone(known),
            None => {
                let read = Rc::new(analyse(&document, &self.open));
                self.analyses.insert(address.to_owned(), Rc::clone(&read));
                read
            }
        };
        Some((document, analysis))
    }

    fn note(&mut self, notification: Notification) -> Next {
        let Notification { method, params } = notification;
        match method.as_str() {
            "exit" => return Next::End { expected: self.phase == Phase::ShutDown },
            _ if self.phase != Phase::Open => {}
            "textDocument/didOpen" => {
                if let Ok(DidOpenTextDocumentParams { text_document: opened }) = serde_json::from_value(params) {
                    let address = opened.uri.as_str().to_owned();
                    self.open.insert(address.clone(), Document::new(address.clone(), opened.version, &opened.text));
                    self.forget(&address);
                }
            }
            "textDocument/didChange" => {
                if let Ok(DidChangeTextDocumentParams { text_document, content_changes }) =
                    serde_json::from_value(params)
                    && let Some(document) = self.open.get_mut(text_document.uri.as_str())
                {
                    document.change(text_document.version, content_changes);
                    self.forget(text_document.uri.as_str());
                }
            }
            "textDocument/didClose" => {
                if let Ok(DidCloseTextDocumentParams { text_document }) = serde_json::from_value(params) {
                    self.open.remove(text_document.uri.as_str());
                    self.forget(text_document.uri.as_str());
                }
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                self.analyses.clear();
                self.changed = true;
            }
            _ => {}
        }
        Next::Listen
    }

    /// Forgets what was read of a text, and of all that read it or that did not find a module.
    fn forget(&mut self, address: &str) {
        self.changed = true;
        self.analyses.retain(|of, analysis| {
            let reads = of == address || analysis.files.iter().any(|file| file.address == address);
            let lacks = analysis.problems.iter().any(|problem| problem.code == "P010") || analysis.files.len() > 1;
            !reads && !lacks
        });
        self.analyses.remove(address);
    }

    /// Tells the problems of everything that is open; of what has none any more, that it has none.
    pub(super) fn tell(&mut self, out: &mut Vec<Message>) {
        self.changed = false;
        let mut found: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
        let addresses: Vec<String> = self.open.keys().cloned().collect();
        for address in addresses {
            let Some((_, analysis)) = self.look(&address) else {
                continue;
            };
            for (file, problems) in diagnostics(&analysis) {
                let known = found.entry(file).or_default();
                for problem in problems {
                    if !known.contains(&problem) {
                        known.push(problem);
                    }
                }
            }
        }
        let gone = self.shown.iter().filter(|address| !found.contains_key(*address)).cloned();
        let gone: Vec<(String, Vec<Diagnostic>)> = gone.map(|address| (address, Vec::new())).collect();
        self.shown = found.keys().cloned().collect();
        for (address, problems) in found.into_iter().chain(gone) {
            let Ok(uri) = address.parse() else {
                continue;
            };
            let version = self.open.get(&address).map(|document| document.version);
            let params = PublishDiagnosticsParams::new(uri, problems, version);
            let method = "textDocument/publishDiagnostics".to_owned();
            out.push(Notification { method, params: json!(params) }.into());
        }
    }
}

/// The edit that lays a text out; none if it is laid out, or cannot be read.
fn laid_out(document: &Document) -> Option<Vec<TextEdit>> {
    let new_text = crate::format(&document.text).ok()?;
    if *new_text == *document.text {
        return Some(Vec::new());
    }
    let range = document.lines.range(&document.text, 0, document.text.len());
    Some(vec![TextEdit { range, new_text }])
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, (ErrorCode, String)> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

fn respond(id: RequestId, answer: Answer) -> Response {
    match answer {
        Ok(value) => Response::new_ok(id, value),
        Err((code, why)) => Response::new_err(id, code as i32, why),
    }
}

fn capabilities() -> ServerCapabilities {
    let triggers = ["\"", "#", "{", ",", " ", "("].map(str::to_owned).to_vec();
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions { trigger_characters: Some(triggers), ..Default::default() }),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: Default::default(),
        })),
        ..ServerCapabilities::default()
    }
}
