//! What the word under the mouse means.

use super::analysis::Analysis;
use super::cursor::{Cursor, token_at};
use super::document::Document;
use super::expected::{expected, fact_of};
use crate::language::{
    FunctionDef, about_clause, about_effect, about_fact, about_function, about_limit, about_option, about_outcome,
    about_statement, about_verb,
};
use arrears::draft::{Keyword, LimitWord, Part, options_of};
use arrears::facts::{Verb, effect_table, outcome_table};
use arrears_rules::TokenKind;
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

/// What stands at a place, and what it means; none where nothing is to be said.
pub(super) fn hover(document: &Document, analysis: &Analysis, place: Position) -> Option<Hover> {
    let tokens = document.tokens();
    let byte = document.lines.byte(&document.text, place);
    let index = token_at(&document.text, &tokens, byte)?;
    let token = tokens.get(index)?;
    let written = document.text.get(token.start..token.end)?;
    let next = tokens.get(index + 1).and_then(|next| document.text.get(next.start..next.end)).unwrap_or_default();
    let cursor = Cursor::before(&document.text, &tokens, index);
    let value = match token.kind {
        TokenKind::Word => of_word(analysis, &cursor, written, next),
        TokenKind::Text => of_text(analysis, &cursor, written),
        _ => None,
    }?;
    let range = document.lines.range(&document.text, token.start, token.end);
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
    Some(Hover { contents, range: Some(range) })
}

fn of_word(analysis: &Analysis, cursor: &Cursor<'_>, word: &str, next: &str) -> Option<String> {
    let margin = Keyword::from_word(word).filter(|_| cursor.may_begin || cursor.keyword.is_none());
    if let Some(keyword) = margin {
        return Some(about_statement(keyword));
    }
    let keyword = cursor.keyword?;
    if next == ":" && cursor.wants_key() {
        let spec = cursor.owner().and_then(|owner| options_of(owner).find(|spec| spec.key == word));
        return spec.map(about_option).or_else(|| of_name(analysis, word, keyword));
    }
    let at_depth = cursor.bracket().is_none();
    let part = keyword.parts().iter().copied().find(|part| part.word() == word && at_depth);
    if let Some(part) = part {
        return Some(about_clause(part));
    }
    if cursor.clause == Some(Part::Do) && cursor.back(0) == "do" {
        return about_do(keyword, word);
    }
    if next == "(" {
        return FunctionDef::find(word).map(about_function);
    }
    of_name(analysis, word, keyword)
}

fn about_do(keyword: Keyword, word: &str) -> Option<String> {
    match keyword {
        Keyword::Outcome => effect_table().iter().find(|def| def.word == word).map(about_effect),
        Keyword::Guardrail => LimitWord::from_word(word).map(about_limit),
        _ => Verb::from_word(word).map(|verb| about_verb(&verb.def())),
    }
}

fn of_name(analysis: &Analysis, name: &str, keyword: Keyword) -> Option<String> {
    let own = analysis.word(name).map(|statement| analysis.about(statement));
    own.or_else(|| fact_of(name, keyword, analysis.is_pack).map(about_fact))
}

/// A text in quotes: a name that the policy declares, or a word of the language.
fn of_text(analysis: &Analysis, cursor: &Cursor<'_>, written: &str) -> Option<String> {
    let name = written.trim_matches('"');
    let wanted = expected(analysis, cursor)?;
    let of_kind = |kind| analysis.named(name).find(|statement| statement.keyword == kind);
    if let Some(statement) = wanted.kind.and_then(of_kind) {
        return Some(analysis.about(statement));
    }
    if !wanted.words.contains(&name) {
        return None;
    }
    if wanted.what == "stage" {
        return Some("`current`: the stage of an account that is in no other".to_owned());
    }
    let outcome = outcome_table().iter().find(|def| def.code == name).map(about_outcome);
    let verb = || Verb::from_word(name).map(|verb| about_verb(&verb.def()));
    let declared = || analysis.named(name).next().map(|statement| analysis.about(statement));
    outcome.or_else(verb).or_else(declared)
}
