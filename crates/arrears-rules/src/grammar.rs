//! The shape of each statement: which clauses follow its keyword, in which order they were written.

use arrears::draft::{Keyword, NameForm, Part};
use rhai::ImmutableString;

/// What a statement is read into, in the order written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Its name.
    Name,
    /// One of its clauses.
    Clause(Part),
}

/// The slots of a statement read so far, one letter each; it travels through Rhai as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape(String);

/// What the grammar asks for next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// An expression.
    Expression,
    /// A plain name.
    Identifier,
    /// The word or sign that stands next.
    Literal,
    /// Nothing: the statement is complete.
    End,
    /// The statement cannot go on like this.
    Refuse(Refusal),
}

/// Why a statement cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A word that begins no clause.
    UnknownClause(Keyword),
    /// A clause that the statement does not take.
    NotTaken(Keyword, Part),
    /// A clause that was there already.
    Twice(Keyword, Part),
    /// The statement ends, and these are missing (one of them is enough).
    Missing(Keyword, Vec<Part>),
}

const LETTERS: [(Part, char); 13] = [
    (Part::Value, 'v'),
    (Part::Expression, 'e'),
    (Part::Stages, 's'),
    (Part::To, 't'),
    (Part::When, 'w'),
    (Part::Unless, 'u'),
    (Part::Then, 'h'),
    (Part::Otherwise, 'z'),
    (Part::Do, 'd'),
    (Part::Given, 'g'),
    (Part::After, 'a'),
    (Part::Expect, 'x'),
    (Part::Options, 'o'),
];
const NAME: char = 'n';
/// The clause word was read; its expression comes next.
const PENDING: char = '?';

impl Shape {
    /// The shape that Rhai kept as text.
    pub(crate) fn parse(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// As text, for Rhai to keep.
    pub(crate) fn to_text(&self) -> ImmutableString {
        self.0.as_str().into()
    }

    /// The slots, in the order written.
    pub(crate) fn slots(&self) -> impl Iterator<Item = Slot> {
        self.0.chars().filter_map(|letter| {
            if letter == NAME {
                return Some(Slot::Name);
            }
            LETTERS.iter().find(|(_, known)| *known == letter).map(|(part, _)| Slot::Clause(*part))
        })
    }

    fn has(&self, part: Part) -> bool {
        self.slots().any(|slot| slot == Slot::Clause(part))
    }

    fn add(&mut self, part: Part) {
        let letter = LETTERS.iter().find(|(known, _)| *known == part);
        self.0.extend(letter.map(|(_, letter)| *letter));
    }

    /// What `keyword` may be followed by, `ahead` being the next word.
    pub(crate) fn next(&mut self, keyword: Keyword, ahead: &str) -> Next {
        if self.0.is_empty()
            && let Some(first) = self.first(keyword)
        {
            return first;
        }
        if self.0.ends_with(PENDING) {
            self.0.pop();
            return Next::Expression;
        }
        if let Some(part) = keyword.parts().iter().copied().find(|part| begins(*part, ahead)) {
            return self.clause(keyword, part);
        }
        self.end(keyword, ahead)
    }

    fn first(&mut self, keyword: Keyword) -> Option<Next> {
        if keyword.parts() == [Part::Expression] {
            self.add(Part::Expression);
            return Some(Next::Expression);
        }
        let form = keyword.name_form();
        if form == NameForm::None {
            return None;
        }
        self.0.push(NAME);
        Some(match form {
            NameForm::Identifier => Next::Identifier,
            _ => Next::Expression,
        })
    }

    fn clause(&mut self, keyword: Keyword, part: Part) -> Next {
        if self.has(part) {
            return Next::Refuse(Refusal::Twice(keyword, part));
        }
        self.add(part);
        match part {
            Part::Options => Next::Expression,
            Part::Otherwise => Next::Literal,
            _ => {
                self.0.push(PENDING);
                Next::Literal
            }
        }
    }

    fn end(&self, keyword: Keyword, ahead: &str) -> Next {
        if let Some(part) = crate::source::clause_word(ahead) {
            return Next::Refuse(Refusal::NotTaken(keyword, part));
        }
        if ahead == "#{" {
            return Next::Refuse(Refusal::NotTaken(keyword, Part::Options));
        }
        if !matches!(ahead, ";" | "}" | "{EOF}") && !begins_statement(ahead) {
            return Next::Refuse(Refusal::UnknownClause(keyword));
        }
        let missing = self.missing(keyword);
        if missing.is_empty() { Next::End } else { Next::Refuse(Refusal::Missing(keyword, missing)) }
    }

    /// The clauses without which the statement says nothing. Whether a treatment names
    /// its stages is seen later: `in` belongs to the expression of its name.
    fn missing(&self, keyword: Keyword) -> Vec<Part> {
        if keyword == Keyword::Debtor {
            let neither = !self.has(Part::When) && !self.has(Part::Otherwise);
            return if neither { vec![Part::When, Part::Otherwise] } else { Vec::new() };
        }
        keyword.needs().iter().copied().filter(|part| *part != Part::Stages && !self.has(*part)).collect()
    }
}

fn begins(part: Part, ahead: &str) -> bool {
    match part {
        Part::Options => ahead == "#{",
        Part::Expression => false,
        _ => ahead == part.word(),
    }
}

/// Whether a word begins a statement of the policy or of the script language.
pub(crate) fn begins_statement(word: &str) -> bool {
    Keyword::from_word(word).is_some() || Keyword::LATER.contains(&word) || SCRIPT_WORDS.contains(&word)
}

/// Words that begin a statement of the script language.
pub(crate) const SCRIPT_WORDS: [&str; 18] = [
    "const", "let", "fn", "private", "import", "export", "if", "for", "while", "loop", "return", "switch", "break",
    "continue", "throw", "try", "else", "do",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_may_be_written_once() {
        let mut shape = Shape::default();
        assert_eq!(shape.next(Keyword::Stage, "\"a\""), Next::Expression);
        assert_eq!(shape.next(Keyword::Stage, "when"), Next::Literal);
        assert_eq!(shape.next(Keyword::Stage, "dpd"), Next::Expression);
        assert_eq!(shape.next(Keyword::Stage, "when"), Next::Refuse(Refusal::Twice(Keyword::Stage, Part::When)));
    }

    #[test]
    fn a_stage_without_a_condition_says_nothing() {
        let mut shape = Shape::default();
        shape.next(Keyword::Stage, "\"a\"");
        assert_eq!(shape.next(Keyword::Stage, ";"), Next::Refuse(Refusal::Missing(Keyword::Stage, vec![Part::When])));
    }
}
