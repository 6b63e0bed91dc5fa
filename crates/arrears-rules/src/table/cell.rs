//! What a cell says: a condition on what its heading names, words, or the value of an option.

use super::passage::{Passage, shortened};
use arrears::condition::{Arith, Cmp, Term, TermKind};
use arrears::draft::OptionKind;
use arrears::{Problem, Span};
use rhai::Engine;

/// What the cells of a column are conditions on.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The expression of the heading.
    pub(super) term: Term,
    /// Whether it takes words: they need no quotes in the cells.
    pub(super) words: bool,
}

const SIGNS: [(&str, Cmp); 6] =
    [(">=", Cmp::Ge), ("<=", Cmp::Le), ("==", Cmp::Eq), ("!=", Cmp::Ne), (">", Cmp::Gt), ("<", Cmp::Lt)];

/// The condition of a cell.
pub(super) fn condition(engine: &Engine, subject: &Subject, passage: Passage<'_>) -> Result<Term, Vec<Problem>> {
    let text = passage.cell.text.as_str();
    let sign = SIGNS.into_iter().find(|(sign, _)| text.starts_with(sign));
    let from = sign.map_or(0, |(sign, _)| sign.len());
    let items = if subject.words {
        words(passage, from).map_err(|problem| vec![problem])?
    } else if let Some(flag) = flag(text) {
        // Spreadsheets write TRUE and FALSE in capitals.
        vec![Term::new(TermKind::Flag(flag), passage.span())]
    } else {
        numbers_are_plain(passage)?;
        passage.items(engine, from)?
    };
    for item in &items {
        no_difference(item)?;
    }
    match (sign, items.as_slice()) {
        (_, []) => Err(vec![passage.not_understood()]),
        (None | Some((_, Cmp::Eq)), _) => Ok(one_of(subject, items, passage.span())),
        (Some((_, Cmp::Ne)), [item]) if !matches!(item.kind, TermKind::Range { .. } | TermKind::Flag(_)) => {
            Ok(compared(subject, Cmp::Ne, item.clone(), passage.span()))
        }
        (Some((_, Cmp::Ne)), _) => {
            let inner = one_of(subject, items, passage.span());
            Ok(Term::new(TermKind::Not(Box::new(inner)), passage.span()))
        }
        (Some((_, compare)), [Term { kind: TermKind::Range { .. }, .. }]) => {
            let problem = Problem::error("P034", format!("`{}` does not go with a range", compare.sign()))
                .at(passage.span(), "in this cell")
                .help("write the range alone, or the comparison with one number");
            Err(vec![problem])
        }
        (Some((_, compare)), [item]) => Ok(compared(subject, compare, item.clone(), passage.span())),
        (Some((sign, _)), _) => {
            let problem = Problem::error("P034", format!("`{sign}` compares with one value"))
                .at(passage.span(), "several in this cell")
                .help("commas stand between values any of which will do");
            Err(vec![problem])
        }
    }
}

fn compared(subject: &Subject, compare: Cmp, item: Term, span: Span) -> Term {
    Term::new(TermKind::Compare(compare, Box::new(subject.term.clone()), Box::new(item)), span)
}

/// Any of the values, ranges and words.
fn one_of(subject: &Subject, items: Vec<Term>, span: Span) -> Term {
    let left = || Box::new(subject.term.clone());
    let several = items.len() > 1;
    if several && items.iter().all(|item| matches!(item.kind, TermKind::Text(_) | TermKind::Number(_))) {
        let list = Term::new(TermKind::List(items), span);
        return Term::new(TermKind::In(left(), Box::new(list)), span);
    }
    let mut parts: Vec<Term> = items
        .into_iter()
        .map(|item| {
            let at = if several { item.span } else { span };
            match item.kind {
                TermKind::Range { .. } => Term::new(TermKind::In(left(), Box::new(item)), at),
                TermKind::Flag(true) => Term::new(subject.term.kind.clone(), at),
                TermKind::Flag(false) => Term::new(TermKind::Not(left()), at),
                _ => compared(subject, Cmp::Eq, item, at),
            }
        })
        .collect();
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            parts.extend(last);
            Term::new(TermKind::Any(parts), span)
        }
    }
}

fn flag(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        return Some(true);
    }
    text.eq_ignore_ascii_case("false").then_some(false)
}

/// `1,000` would be the list of 1 and 0.
fn numbers_are_plain(passage: Passage<'_>) -> Result<(), Vec<Problem>> {
    let text = passage.cell.text.as_str();
    for (at, _) in text.match_indices(',') {
        let before = text.get(..at).unwrap_or_default();
        let behind = text.get(at + 1..).unwrap_or_default();
        let digits = behind.chars().take_while(char::is_ascii_digit).count();
        if before.ends_with(|last: char| last.is_ascii_digit()) && digits > 0 {
            let problem =
                Problem::error("P034", format!("a comma within the number of `{}`, or between two?", shortened(text)))
                    .at(passage.cell.part(passage.file, at, at + 1), "this comma")
                    .help("write numbers without separators and with a decimal point: `1000.00`; a list with a blank behind its commas: `1, 2`");
            return Err(vec![problem]);
        }
    }
    Ok(())
}

/// `31-60` is a difference.
fn no_difference(item: &Term) -> Result<(), Vec<Problem>> {
    let TermKind::Arith(Arith::Sub, from, to) = &item.kind else {
        return Ok(());
    };
    let (TermKind::Number(from), TermKind::Number(to)) = (&from.kind, &to.kind) else {
        return Ok(());
    };
    let problem = Problem::error("P034", "a range is not written with a hyphen")
        .at(item.span, "this is a difference")
        .suggest(item.span, format!("{from}..={to}"))
        .help(format!("write `{from}..={to}`, or `{from}..{to}` if {to} does not belong to it"));
    Err(vec![problem])
}

/// Words between commas, from this byte of the cell on; quotes around them may be left out.
pub(super) fn words(passage: Passage<'_>, from: usize) -> Result<Vec<Term>, Problem> {
    let text = passage.cell.text.as_str();
    let mut found = Vec::new();
    let mut start = from;
    while start <= text.len() {
        let rest = text.get(start..).unwrap_or_default();
        let lead = rest.len() - rest.trim_start().len();
        let inner = rest.trim_start();
        let (word, length) = match inner.strip_prefix('"') {
            Some(quoted) => {
                let Some(end) = quoted.find('"') else {
                    return Err(passage.not_understood());
                };
                (quoted.get(..end).unwrap_or_default(), end + 2)
            }
            None => {
                let end = inner.find(',').unwrap_or(inner.len());
                let word = inner.get(..end).unwrap_or_default().trim_end();
                (word, word.len())
            }
        };
        let behind = inner.get(length..).unwrap_or_default();
        let next = behind.trim_start();
        if word.is_empty() || word.contains(['"', '\\', '\n']) || !(next.is_empty() || next.starts_with(',')) {
            let problem = Problem::error("P034", format!("`{}` is not a list of words", shortened(text)))
                .at(passage.span(), "in this cell")
                .help("write words with commas between them: staller, unwilling");
            return Err(problem);
        }
        let at = passage.cell.part(passage.file, start + lead, start + lead + length);
        found.push(Term::new(TermKind::Text(word.to_owned()), at));
        if next.is_empty() {
            break;
        }
        start = text.len() - next.len() + 1;
    }
    Ok(found)
}

/// A text: the cell as it stands; quotes around the whole of it are left out.
pub(super) fn text(passage: Passage<'_>) -> String {
    let text = passage.cell.text.as_str();
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(text).to_owned()
}

/// The value of an option of the verb.
pub(super) fn option(engine: &Engine, kind: OptionKind, passage: Passage<'_>) -> Result<Term, Vec<Problem>> {
    let span = passage.span();
    match kind {
        OptionKind::Texts | OptionKind::Words(_) | OptionKind::Stages | OptionKind::Facts => {
            let words = words(passage, 0).map_err(|problem| vec![problem])?;
            Ok(Term::new(TermKind::List(words), span))
        }
        OptionKind::Numbers => {
            let items = passage.items(engine, 0)?;
            Ok(Term::new(TermKind::List(items), span))
        }
        OptionKind::Flag => match flag(&passage.cell.text) {
            Some(flag) => Ok(Term::new(TermKind::Flag(flag), span)),
            None => passage.whole(engine),
        },
        OptionKind::Count | OptionKind::Days | OptionKind::OwnKind | OptionKind::Points => {
            numbers_are_plain(passage)?;
            passage.whole(engine)
        }
        OptionKind::Shows => passage.whole(engine),
        OptionKind::Text
        | OptionKind::Date
        | OptionKind::Clock
        | OptionKind::Word(_)
        | OptionKind::Stage
        | OptionKind::Treatment
        | OptionKind::Event
        | OptionKind::Note => Ok(Term::new(TermKind::Text(text(passage)), span)),
    }
}
