//! A TextMate grammar for policy files, for editors that colour by patterns.

use super::functions::function_table;
use arrears::draft::{Keyword, LimitWord, Part};
use arrears::facts::{effect_table, verb_table};
use arrears::table;
use serde_json::{Value, json};

/// Words of the script language.
const SCRIPT: [&str; 21] = [
    "const", "let", "fn", "private", "import", "export", "as", "if", "else", "for", "while", "loop", "until", "switch",
    "return", "break", "continue", "throw", "try", "catch", "script",
];

/// Whether a word belongs to the script language.
pub(crate) fn is_script_word(word: &str) -> bool {
    SCRIPT.contains(&word) || matches!(word, "true" | "false" | "quiet" | "do" | "this" | "global")
}

/// The grammar, as JSON: the words of the language come from its tables.
///
/// ```
/// let grammar = arrears_editor::grammar();
/// assert_eq!(grammar["scopeName"], "source.arrears");
/// ```
pub fn grammar() -> Value {
    let statements = Keyword::ALL.into_iter().map(Keyword::word);
    let clauses = [Part::Stages, Part::To, Part::When, Part::Unless, Part::Then, Part::Otherwise];
    let more = [Part::Do, Part::Given, Part::After, Part::Expect];
    let clauses = clauses.into_iter().chain(more).map(Part::word);
    let functions = function_table().iter().map(|function| function.name);
    let verbs = verb_table().iter().map(|verb| verb.word);
    let effects = effect_table().iter().map(|effect| effect.word);
    let limits = LimitWord::ALL.into_iter().map(LimitWord::word);
    let facts = table::all().chain(table::of_contact()).map(|fact| fact.name);
    json!({
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "name": "arrears policy",
        "scopeName": "source.arrears",
        "fileTypes": ["rhai"],
        "patterns": [{ "include": "#all" }],
        "repository": {
            "all": { "patterns": [
                { "include": "#comments" },
                { "include": "#texts" },
                { "name": "variable.parameter.option.arrears", "match": "\\b[A-Za-z_][A-Za-z0-9_]*(?=\\s*:(?!:))" },
                { "name": "keyword.control.statement.arrears", "match": words(statements) },
                { "name": "keyword.other.clause.arrears", "match": words(clauses) },
                { "name": "entity.name.function.verb.arrears",
                  "match": format!("{}(?=\\s*\\()", words(verbs.chain(effects).chain(limits))) },
                { "name": "support.function.arrears", "match": format!("{}(?=\\s*\\()", words(functions)) },
                { "name": "keyword.control.script.arrears", "match": words(SCRIPT.into_iter()) },
                { "name": "constant.language.arrears", "match": words(["true", "false", "quiet"].into_iter()) },
                { "name": "support.variable.fact.arrears", "match": words(facts) },
                { "name": "constant.numeric.arrears", "match": "\\b[0-9][0-9_]*(\\.[0-9][0-9_]*)?\\b" },
                { "name": "keyword.operator.arrears",
                  "match": "&&|\\|\\||\\?\\?|==|!=|<=|>=|\\.\\.=?|[<>!=+*/-]" },
            ] },
            "comments": { "patterns": [
                { "name": "comment.line.double-slash.arrears", "match": "//.*$" },
                { "name": "comment.block.arrears", "begin": "/\\*", "end": "\\*/",
                  "patterns": [{ "include": "#nested" }] },
            ] },
            "nested": { "name": "comment.block.arrears", "begin": "/\\*", "end": "\\*/",
                        "patterns": [{ "include": "#nested" }] },
            "texts": { "patterns": [
                { "name": "string.quoted.double.arrears", "begin": "\"", "end": "\"|$",
                  "patterns": [{ "name": "constant.character.escape.arrears", "match": "\\\\." }] },
                { "name": "string.interpolated.arrears", "begin": "`", "end": "`",
                  "patterns": [{ "begin": "\\$\\{", "end": "\\}", "patterns": [{ "include": "#all" }] }] },
            ] },
        },
    })
}

/// A pattern of whole words, the longest first, so that none hides another.
fn words(words: impl Iterator<Item = &'static str>) -> String {
    let mut words: Vec<&str> = words.collect();
    words.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    words.dedup();
    format!("\\b({})\\b", words.join("|"))
}
