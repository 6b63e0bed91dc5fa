//! Plain questions to a draft: which statements it has, what their options say.

use arrears::condition::{Term, TermKind};
use arrears::draft::{Draft, Keyword, Options, Statement};

/// The statements with a keyword, in the order written.
pub(super) fn all(draft: &Draft, keyword: Keyword) -> Vec<&Statement> {
    draft.statements.iter().filter(|statement| statement.keyword == keyword).collect()
}

/// The statement with a keyword and a name.
pub(super) fn find<'d>(draft: &'d Draft, keyword: Keyword, name: &str) -> Option<&'d Statement> {
    all(draft, keyword).into_iter().find(|statement| statement.name_text() == name)
}

/// The option of a statement or a verb.
pub(super) fn option<'d>(options: &'d Options, key: &str) -> Option<&'d Term> {
    options.iter().find(|(name, _)| name.text == key).map(|(_, value)| value)
}

/// A text option.
pub(super) fn text<'d>(options: &'d Options, key: &str) -> Option<&'d str> {
    option(options, key).and_then(Term::as_text)
}

/// A yes-or-no option.
pub(super) fn flag(options: &Options, key: &str) -> bool {
    option(options, key).is_some_and(|value| value.kind == TermKind::Flag(true))
}

/// An option that is a list of texts.
pub(super) fn texts<'d>(options: &'d Options, key: &str) -> Vec<&'d str> {
    option(options, key).map(list).unwrap_or_default()
}

/// The texts of a list.
pub(super) fn list(value: &Term) -> Vec<&str> {
    value.parts().into_iter().filter_map(Term::as_text).collect()
}

/// A whole number, its sign included.
pub(super) fn whole(value: &Term) -> Option<i64> {
    match &value.kind {
        TermKind::Number(number) => i64::try_from(*number).ok(),
        TermKind::Negate(inner) => whole(inner).map(|number| -number),
        _ => None,
    }
}

/// A name as part of a column: letters and digits, everything else an underscore.
pub(super) fn column_part(name: &str) -> String {
    name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect()
}

/// Treatments, duties and texts of a draft, by name.
pub(super) fn own_work(draft: &Draft) -> Vec<&str> {
    let mut names = Vec::new();
    for statement in &draft.statements {
        if matches!(statement.keyword, Keyword::Treatment | Keyword::Duty) {
            names.push(statement.name_text());
        }
        if let Some(call) = &statement.act {
            names.extend(text(&call.options, "text"));
        }
    }
    names
}
