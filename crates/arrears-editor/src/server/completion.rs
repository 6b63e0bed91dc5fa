//! What can be written at a place.

use super::analysis::Analysis;
use super::cursor::{Cursor, token_at};
use super::document::Document;
use super::expected::expected;
use crate::language::{
    about_clause, about_effect, about_fact, about_function, about_limit, about_option, about_statement, about_verb,
    function_table,
};
use arrears::draft::{Keyword, LimitWord, OptionKind, OptionSpec, Part, options_of};
use arrears::facts::{effect_table, verb_table};
use arrears::table;
use arrears_rules::{TokenKind, tokens};
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, MarkupContent, MarkupKind, Position, Range,
    TextEdit,
};

/// Something that can be written.
struct Choice {
    label: String,
    kind: CompletionItemKind,
    detail: String,
    about: String,
}

fn choice(label: &str, kind: CompletionItemKind, detail: &str, about: String) -> Choice {
    Choice { label: label.to_owned(), kind, detail: detail.to_owned(), about }
}

/// What can be written at a place, each in the place of what has been begun there.
pub(super) fn completion(document: &Document, analysis: &Analysis, place: Position) -> Vec<CompletionItem> {
    let text = &document.text;
    let (tokens, comments) = tokens(text);
    let byte = document.lines.byte(text, place);
    let is_line = |start: usize| text.get(start..).is_some_and(|rest| rest.starts_with("//"));
    if comments.iter().any(|(start, end)| *start < byte && (byte < *end || byte == *end && is_line(*start))) {
        return Vec::new();
    }
    let begun = token_at(text, &tokens, byte).and_then(|index| Some((index, tokens.get(index)?)));
    let begun = begun.filter(|(_, token)| token.start < byte);
    let index = begun.map_or_else(|| tokens.partition_point(|token| token.end <= byte), |(index, _)| index);
    let cursor = Cursor::before(text, &tokens, index);
    let quoted = begun.is_some_and(|(_, token)| token.kind != TokenKind::Word);
    let start = begun.map_or(byte, |(_, token)| token.start + usize::from(quoted));
    let range = document.lines.range(text, start, byte);
    let choices = if quoted { quotes(analysis, &cursor) } else { words(analysis, &cursor) };
    choices.into_iter().map(|choice| item(choice, range)).collect()
}

fn item(choice: Choice, range: Range) -> CompletionItem {
    let about = MarkupContent { kind: MarkupKind::Markdown, value: choice.about };
    CompletionItem {
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: choice.label.clone() })),
        label: choice.label,
        kind: Some(choice.kind),
        detail: (!choice.detail.is_empty()).then_some(choice.detail),
        documentation: (!about.value.is_empty()).then_some(Documentation::MarkupContent(about)),
        ..CompletionItem::default()
    }
}

/// Inside of quotes: the words that may stand there.
fn quotes(analysis: &Analysis, cursor: &Cursor<'_>) -> Vec<Choice> {
    let Some(wanted) = expected(analysis, cursor) else {
        return Vec::new();
    };
    let about = |word: &str| {
        let kind = wanted.kind;
        let declared = analysis.named(word).find(|statement| kind.is_some_and(|kind| statement.keyword == kind));
        declared.map_or_else(String::new, |statement| analysis.about(statement))
    };
    wanted.words.iter().map(|word| choice(word, CompletionItemKind::ENUM_MEMBER, wanted.what, about(word))).collect()
}

fn words(analysis: &Analysis, cursor: &Cursor<'_>) -> Vec<Choice> {
    let Some(keyword) = cursor.keyword else {
        return if cursor.may_begin { statements(analysis) } else { Vec::new() };
    };
    if cursor.wants_key() {
        return keys(analysis, cursor);
    }
    if let Some(spec) = cursor.option() {
        return values(analysis, cursor, spec);
    }
    if cursor.back(0) == "do" {
        return dos(keyword);
    }
    let mut choices = Vec::new();
    let expects_operand = expects_operand(cursor);
    if is_condition(keyword, cursor.clause) && expects_operand {
        choices.extend(operands(analysis));
    }
    if cursor.bracket().is_none() && !expects_operand {
        let left = keyword.parts().iter().filter(|part| part.word().chars().all(char::is_alphabetic));
        choices.extend(left.map(|part| clause(*part)));
    }
    choices
}

fn statements(analysis: &Analysis) -> Vec<Choice> {
    let fits = |keyword: &Keyword| if analysis.is_pack { keyword.in_packs() } else { keyword.in_policies() };
    let of =
        |keyword: Keyword| choice(keyword.word(), CompletionItemKind::KEYWORD, "statement", about_statement(keyword));
    Keyword::ALL.into_iter().filter(fits).map(of).collect()
}

fn clause(part: Part) -> Choice {
    choice(part.word(), CompletionItemKind::KEYWORD, "clause", about_clause(part))
}

/// Whether a condition or a number of facts is being written.
fn is_condition(keyword: Keyword, clause: Option<Part>) -> bool {
    match clause {
        Some(Part::When | Part::Unless | Part::Then) => true,
        Some(Part::Value) => keyword == Keyword::Define,
        _ => keyword == Keyword::Priority,
    }
}

/// Whether something is missing before the place: an operator, a clause word or a bracket stands there.
fn expects_operand(cursor: &Cursor<'_>) -> bool {
    let before = cursor.back(0);
    matches!(
        before,
        "when" | "unless" | "then" | "priority" | "=" | "(" | "," | "!" | "&&" | "||" | "??" | "+" | "-" | "*" | "/"
    ) || matches!(before, "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | ".." | "..=")
}

/// Facts, and the policy's own words.
fn operands(analysis: &Analysis) -> Vec<Choice> {
    let own = analysis.declared(&[Keyword::Threshold, Keyword::Define, Keyword::Fact]);
    let own = own.map(|statement| {
        let kind = match statement.keyword {
            Keyword::Threshold => CompletionItemKind::CONSTANT,
            _ => CompletionItemKind::VARIABLE,
        };
        choice(statement.name_text(), kind, statement.keyword.word(), analysis.about(statement))
    });
    let of_contact = table::of_contact().filter(|_| analysis.is_pack);
    let facts = table::all().chain(of_contact);
    let facts = facts.map(|def| choice(def.name, CompletionItemKind::FIELD, def.kind.word(), about_fact(def)));
    let functions = function_table().iter();
    let functions =
        functions.map(|def| choice(def.name, CompletionItemKind::FUNCTION, &def.form(), about_function(def)));
    own.chain(facts).chain(functions).collect()
}

/// The keys of a map that are not written yet.
fn keys(analysis: &Analysis, cursor: &Cursor<'_>) -> Vec<Choice> {
    let written = cursor.map().map_or(&[][..], |(map, _)| map.keys.as_slice());
    let choices: Vec<Choice> = match (cursor.owner(), cursor.clause) {
        (Some(owner), _) => options_of(owner)
            .map(|spec| choice(spec.key, CompletionItemKind::PROPERTY, "option", about_option(spec)))
            .collect(),
        (None, Some(Part::Given)) => operands(analysis)
            .into_iter()
            .filter(|choice| choice.kind == CompletionItemKind::FIELD || choice.detail == "fact")
            .collect(),
        (None, Some(Part::Expect)) => {
            RESULTS.iter().map(|key| choice(key, CompletionItemKind::PROPERTY, "result", String::new())).collect()
        }
        (None, _) => Vec::new(),
    };
    choices.into_iter().filter(|choice| !written.contains(&choice.label.as_str())).collect()
}

/// What a test may expect.
const RESULTS: [&str; 16] = [
    "debtor_type",
    "stage",
    "stage_reason",
    "action",
    "treatment",
    "channel",
    "acts",
    "duties",
    "held_by",
    "missing",
    "approval",
    "contact_point",
    "slot_from",
    "willingness",
    "ability",
    "quadrant",
];

/// What an option may be besides a text.
fn values(analysis: &Analysis, cursor: &Cursor<'_>, spec: &OptionSpec) -> Vec<Choice> {
    match spec.kind {
        OptionKind::Flag => {
            let of = |word: &str| choice(word, CompletionItemKind::VALUE, "", String::new());
            ["true", "false"].into_iter().map(of).collect()
        }
        OptionKind::Days | OptionKind::Count => {
            let of = analysis.declared(&[Keyword::Threshold]);
            let of = of.map(|statement| {
                choice(statement.name_text(), CompletionItemKind::CONSTANT, "threshold", analysis.about(statement))
            });
            of.collect()
        }
        _ => {
            let quoted = |choice: Choice| Choice { label: format!("\"{}\"", choice.label), ..choice };
            quotes(analysis, cursor).into_iter().map(quoted).collect()
        }
    }
}

/// What may stand behind `do`.
fn dos(keyword: Keyword) -> Vec<Choice> {
    let verb = CompletionItemKind::FUNCTION;
    match keyword {
        Keyword::Outcome => {
            effect_table().iter().map(|def| choice(def.word, verb, "effect", about_effect(def))).collect()
        }
        Keyword::Guardrail => {
            LimitWord::ALL.into_iter().map(|limit| choice(limit.word(), verb, "limit", about_limit(limit))).collect()
        }
        _ => verb_table().iter().map(|def| choice(def.word, verb, def.class.word(), about_verb(def))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::RESULTS;
    use arrears_rules::load_source;

    /// The problems of a test that expects a result.
    fn problems(key: &str) -> Vec<String> {
        let head = "policy \"p\" #{ version: \"1\", currency: \"EUR\", zone: \"UTC\" };\n";
        let text = format!("{head}test \"t\" given quiet expect #{{ {key}: \"\" }};");
        let problems = load_source("p", &text, &[]).problems;
        problems.iter().map(|problem| format!("{problem}")).filter(|problem| problem.contains(key)).collect()
    }

    #[test]
    fn every_result_that_is_offered_can_be_expected() {
        let refused = problems("no_result");
        assert_eq!(refused.len(), 1, "{refused:?}");
        let code = refused[0].split(':').next().unwrap();
        for key in RESULTS {
            assert!(problems(key).iter().all(|problem| !problem.starts_with(code)), "{key}: {:?}", problems(key));
        }
    }
}
