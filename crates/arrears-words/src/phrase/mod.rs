//! Phrases that must not be said, as data with reasons, and how they are found.

mod squeezed;

use crate::Language;
use crate::template::Place;
use arrears::document::{Fault, Fields, Readable, read_whole};
use serde_json::Value;
use squeezed::{Letter, squeeze};

/// The classes of phrases.
const CLASSES: [&str; 6] = ["threat", "insult", "false_claim", "shame", "jargon", "debt"];

/// A phrase with the reason for which it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The phrase, as somebody might write it.
    pub phrase: String,
    /// What it is: `threat`, `insult`, `false_claim`, `shame`, `jargon`, `debt`.
    pub class: String,
    /// Why it is listed.
    pub why: String,
}

impl Readable for Phrase {
    const EXPECTED: &str = "a phrase, as in {\"phrase\": \"or else\", \"class\": \"threat\", \"why\": \"...\"}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let phrase: Option<String> = fields.required("phrase");
        let class = fields.word("class", &CLASSES);
        if class == Some(None) && !fields.has("class") {
            fields.report("class", format!("missing: expected one of {}", CLASSES.join(", ")));
        }
        let why: Option<String> = fields.required("why");
        if phrase.as_ref().is_some_and(|phrase| letters_of(phrase).is_empty()) {
            fields.report("phrase", "has neither a letter nor a digit: it would be found nowhere");
        }
        if why.as_ref().is_some_and(|why| why.trim().is_empty()) {
            fields.report("why", "is empty: say why the phrase is listed");
        }
        fields.finish();
        Some(Self { phrase: phrase?, class: class??, why: why? })
    }
}

/// Phrases of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseList {
    language: Language,
    phrases: Vec<Phrase>,
}

/// A phrase that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The phrase of the list.
    pub phrase: &'a Phrase,
    /// The line on which it begins, from 1.
    pub line: u32,
    /// The column at which it begins, in characters from 1.
    pub column: u32,
}

impl PhraseList {
    /// The shipped list of what nobody may say.
    pub fn forbidden(language: Language) -> Self {
        Self::shipped(
            language,
            match language {
                Language::English => include_str!("../../data/forbidden.en.json"),
                Language::Chinese => include_str!("../../data/forbidden.zh.json"),
            },
        )
    }

    /// The shipped list of words that reveal a debt.
    pub fn of_debt(language: Language) -> Self {
        Self::shipped(
            language,
            match language {
                Language::English => include_str!("../../data/debt_words.en.json"),
                Language::Chinese => include_str!("../../data/debt_words.zh.json"),
            },
        )
    }

    fn shipped(language: Language, text: &str) -> Self {
        // That the shipped lists can be read is a test.
        Self { language, phrases: read_whole(text).unwrap_or_default() }
    }

    /// A bank's own list: a JSON list of phrases, each with `phrase`, `class` and `why`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    ///
    /// ```
    /// use arrears_words::{Language, phrase::PhraseList};
    /// let own = r#"[{"phrase": "pay up", "class": "threat", "why": "our tone is another"}]"#;
    /// let list = PhraseList::from_json(Language::English, own).map_err(|faults| format!("{faults:?}"))?;
    /// let found = list.find("Come on, PAY - up!");
    /// assert_eq!((found[0].line, found[0].column), (1, 10));
    /// assert!(list.find("to repay uphill").is_empty());
    /// # Ok::<(), String>(())
    /// ```
    pub fn from_json(language: Language, text: &str) -> Result<Self, Vec<Fault>> {
        Ok(Self { language, phrases: read_whole(text)? })
    }

    /// A list of phrases; none if one of them has neither a letter nor a digit.
    pub(crate) fn of(language: Language, phrases: Vec<Phrase>) -> Option<Self> {
        let silent = phrases.iter().any(|phrase| letters_of(&phrase.phrase).is_empty());
        (!silent).then_some(Self { language, phrases })
    }

    /// This list and another of the same language; phrases of another language are left out.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        if other.language == self.language {
            self.phrases.extend(other.phrases);
        }
        self
    }

    /// The language.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The phrases.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// Every phrase of the list in a text, whatever its case, its width and what stands between its letters.
    /// A phrase begins where a word begins and ends where a word ends; Chinese has no words here.
    pub fn find(&self, text: &str) -> Vec<Found<'_>> {
        self.find_in(std::iter::once((Place::START, Some(text))))
    }

    /// Every phrase in a text in pieces, of which `None` is a variable: no phrase goes across it.
    pub(crate) fn find_in<'t>(&self, pieces: impl IntoIterator<Item = (Place, Option<&'t str>)>) -> Vec<Found<'_>> {
        let letters = squeeze(pieces);
        let mut found = Vec::new();
        for phrase in &self.phrases {
            let wanted = letters_of(&phrase.phrase);
            for window in letters.windows(wanted.len().max(1)) {
                if let (Some(first), Some(last)) = (window.first(), window.last())
                    && first.starts
                    && last.ends
                    && window.iter().map(|letter| letter.found).eq(wanted.iter().copied())
                {
                    found.push(Found { phrase, line: first.place.line, column: first.place.column });
                }
            }
        }
        found.sort_by_key(|found| (found.line, found.column));
        found
    }
}

fn letters_of(phrase: &str) -> Vec<char> {
    let letters: Vec<Letter> = squeeze(std::iter::once((Place::START, Some(phrase))));
    letters.into_iter().map(|letter| letter.found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_list_can_be_read_and_has_no_phrase_twice() {
        for text in [
            include_str!("../../data/forbidden.en.json"),
            include_str!("../../data/forbidden.zh.json"),
            include_str!("../../data/debt_words.en.json"),
            include_str!("../../data/debt_words.zh.json"),
        ] {
            let phrases: Vec<Phrase> = read_whole(text).unwrap();
            assert!(phrases.len() > 15);
            let mut letters: Vec<Vec<char>> = phrases.iter().map(|phrase| letters_of(&phrase.phrase)).collect();
            letters.sort();
            let before = letters.len();
            letters.dedup();
            assert_eq!(letters.len(), before);
        }
    }

    #[test]
    fn a_phrase_is_found_however_it_is_hidden() {
        let cases = [
            (Language::English, "You will GO  to\njail.", Some((1, 10))),
            (Language::English, "g.o. t-o j a i l", Some((1, 1))),
            (Language::English, "go to ja\u{200b}il", Some((1, 1))),
            (Language::English, "ｇｏ ｔｏ ｊａｉｌ", Some((1, 1))),
            (Language::English, "Hugo to jail", None),
            (Language::English, "the bumper", None),
            (Language::English, "a dead beat", Some((1, 3))),
            (Language::Chinese, "否则坐　牢!", Some((1, 3))),
            (Language::Chinese, "您是老-赖", Some((1, 3))),
            (Language::Chinese, "进入M1阶段", Some((1, 3))),
            (Language::Chinese, "型号XM12", None),
        ];
        for (language, text, place) in cases {
            let list = PhraseList::forbidden(language);
            let found = list.find(text).first().map(|found| (found.line, found.column));
            assert_eq!(found, place, "{text}");
        }
    }

    #[test]
    fn a_variable_between_words_is_no_space() {
        let list = PhraseList::forbidden(Language::English);
        let place = Place::START;
        assert_eq!(list.find_in([(place, Some("or ")), (place, Some("else"))]).len(), 1);
        assert!(list.find_in([(place, Some("or ")), (place, None), (place, Some("else"))]).is_empty());
    }
}
