//! The statements of a text, as an outline.

use super::analysis::Analysis;
use arrears::draft::{Keyword, Statement};
use lsp_types::{DocumentSymbol, SymbolKind};

/// The statements of a text, in the order in which they stand.
pub(super) fn symbols(analysis: &Analysis) -> Vec<DocumentSymbol> {
    let Some(file) = analysis.files.get(usize::from(analysis.own)) else {
        return Vec::new();
    };
    let mut statements: Vec<&Statement> = analysis.own_statements().collect();
    statements.sort_by_key(|statement| statement.span.start);
    statements
        .into_iter()
        .map(|statement| {
            let range = file.range(statement.span);
            let own_name = statement.name.as_ref().map(|name| name.span).filter(|span| span.file == analysis.own);
            let selection = own_name.map(|span| file.range(span));
            let inside = selection.filter(|found| range.start <= found.start && found.end <= range.end);
            symbol(statement, range, inside.unwrap_or(range))
        })
        .collect()
}

fn symbol(statement: &Statement, range: lsp_types::Range, selection_range: lsp_types::Range) -> DocumentSymbol {
    let keyword = statement.keyword;
    let name = match statement.name_text() {
        "" => keyword.word().to_owned(),
        name => name.to_owned(),
    };
    #[expect(deprecated, reason = "the protocol's type asks for the field that it no longer wants")]
    DocumentSymbol {
        name,
        detail: Some(keyword.word().to_owned()),
        kind: kind(keyword),
        tags: None,
        deprecated: None,
        range,
        selection_range,
        children: None,
    }
}

const fn kind(keyword: Keyword) -> SymbolKind {
    match keyword {
        Keyword::Policy | Keyword::Pack => SymbolKind::MODULE,
        Keyword::Threshold => SymbolKind::CONSTANT,
        Keyword::Fact | Keyword::Assume | Keyword::Values => SymbolKind::FIELD,
        Keyword::Define => SymbolKind::VARIABLE,
        Keyword::Debtor | Keyword::Contact | Keyword::Consents => SymbolKind::CLASS,
        Keyword::Stage => SymbolKind::ENUM_MEMBER,
        Keyword::Test | Keyword::Never | Keyword::Always => SymbolKind::BOOLEAN,
        Keyword::Event | Keyword::Outcome | Keyword::Deadline => SymbolKind::EVENT,
        _ => SymbolKind::FUNCTION,
    }
}
