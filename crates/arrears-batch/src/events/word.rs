//! Columns of words, each word looked up once for each value of a dictionary.

use super::chunk::Chunk;
use crate::names::Names;
use arrears::problem::nearest;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_cast::cast;
use arrow_schema::DataType;
use std::sync::Arc;

/// An empty cell.
pub(super) const EMPTY: u16 = u16::MAX;
/// A word that is not in the vocabulary.
pub(super) const UNKNOWN: u16 = u16::MAX - 1;

/// Words with their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    names: Arc<Names>,
}

impl Vocabulary {
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut names = Names::default();
        for word in words {
            names.add(word);
        }
        Self { names: Arc::new(names) }
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        (0..u32::try_from(self.len()).unwrap_or(0)).map(|number| self.names.name(number))
    }

    fn code(&self, word: &str) -> u16 {
        match word.trim() {
            "" => EMPTY,
            word => self.names.find(word).and_then(|number| u16::try_from(number).ok()).unwrap_or(UNKNOWN),
        }
    }
}

/// The words of a column, by row.
#[derive(Clone, Debug)]
pub(super) enum Words {
    /// The table has no such column.
    None,
    /// Their numbers.
    Codes(Vec<u16>),
}

impl Words {
    pub(super) fn of(array: &ArrayRef, vocabulary: &Vocabulary) -> Self {
        if let Some(dictionary) = array.as_any_dictionary_opt() {
            let of_values = match Self::of(dictionary.values(), vocabulary) {
                Self::Codes(codes) => codes,
                Self::None => Vec::new(),
            };
            if of_values.is_empty() {
                return Self::Codes(vec![EMPTY; array.len()]);
            }
            let keys = dictionary.normalized_keys();
            let code = |(row, key): (usize, usize)| {
                if array.is_null(row) { EMPTY } else { of_values.get(key).copied().unwrap_or(EMPTY) }
            };
            return Self::Codes(keys.into_iter().enumerate().map(code).collect());
        }
        let texts = cast(array, &DataType::Utf8).ok();
        let Some(texts) = texts.as_ref().and_then(|texts| texts.as_string_opt::<i32>()) else {
            return Self::Codes(vec![EMPTY; array.len()]);
        };
        Self::Codes(codes(texts, vocabulary))
    }

    pub(super) fn at(&self, row: usize) -> u16 {
        match self {
            Self::None => EMPTY,
            Self::Codes(codes) => codes.get(row).copied().unwrap_or(EMPTY),
        }
    }
}

fn codes(texts: &StringArray, vocabulary: &Vocabulary) -> Vec<u16> {
    let mut last = ("", EMPTY);
    let mut code = |word| {
        if word != last.0 {
            last = (word, vocabulary.code(word));
        }
        last.1
    };
    texts.iter().map(|text| text.map_or(EMPTY, &mut code)).collect()
}

/// The most words that a message lists.
const LISTED: usize = 12;

/// What to say of a word that is none of those that may stand in a column.
pub(super) fn none_of(column: &'static str, vocabulary: &Vocabulary, chunk: &Chunk<'_>, row: usize) -> String {
    let found = chunk.found(column, row);
    let near = nearest(&found, vocabulary.words()).map(|near| format!(" (did you mean `{near}`?)"));
    let mut listed = vocabulary.words().take(LISTED).collect::<Vec<_>>().join(", ");
    if let Some(more) = vocabulary.len().checked_sub(LISTED).filter(|more| *more > 0) {
        listed.push_str(&format!(" and {more} more"));
    }
    format!("is not known: expected one of {listed}{}", near.unwrap_or_default())
}
