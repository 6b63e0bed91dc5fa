//! Columns of decisions held against each other, cell by cell.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Date32Type, Int32Type};
use arrow_array::{Array as _, ArrayRef, DictionaryArray, StringArray};
use arrow_schema::DataType;
use std::collections::BTreeMap;

/// Cells as texts, each text written once or one for each row.
pub(super) enum Texts {
    Words(DictionaryArray<Int32Type>, StringArray),
    Each(StringArray),
}

impl Texts {
    /// The text of a row; none where the cell is empty.
    pub(super) fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Each(texts) => (row < texts.len() && !texts.is_null(row)).then(|| texts.value(row)),
            Self::Words(words, texts) => {
                let key = (row < words.len() && !words.is_null(row)).then(|| words.keys().value(row))?;
                usize::try_from(key).ok().filter(|key| *key < texts.len()).map(|key| texts.value(key))
            }
        }
    }

    /// Calls for the texts, words that some row may have once.
    pub(super) fn distinct(&self, mut each: impl FnMut(&str)) {
        match self {
            Self::Each(texts) => texts.iter().flatten().for_each(each),
            Self::Words(_, texts) => texts.iter().flatten().for_each(&mut each),
        }
    }
}

/// A column as texts, whatever it holds.
pub(super) fn texts(column: &ArrayRef) -> Result<Texts, String> {
    match (column.data_type(), column.as_dictionary_opt::<Int32Type>()) {
        (DataType::Utf8, _) => Ok(Texts::Each(column.as_string().clone())),
        (_, Some(words)) if words.values().data_type() == &DataType::Utf8 => {
            Ok(Texts::Words(words.clone(), words.values().as_string().clone()))
        }
        _ => {
            let cast = arrow_cast::cast(column, &DataType::Utf8).map_err(|error| error.to_string())?;
            Ok(Texts::Each(cast.as_string().clone()))
        }
    }
}

/// The rows in which two columns of one length differ, in order. An empty cell is equal to an empty cell only.
pub(super) fn differing(a: &ArrayRef, b: &ArrayRef) -> Result<Vec<usize>, String> {
    match (a.data_type(), b.data_type()) {
        (DataType::Boolean, DataType::Boolean) => Ok(unequal(a.as_boolean().iter(), b.as_boolean().iter())),
        (DataType::Date32, DataType::Date32) => {
            let (a, b) = (a.as_primitive::<Date32Type>(), b.as_primitive::<Date32Type>());
            Ok(unequal(a.iter(), b.iter()))
        }
        _ => Ok(texts_differ(&texts(a)?, &texts(b)?)),
    }
}

fn texts_differ(a: &Texts, b: &Texts) -> Vec<usize> {
    match (a, b) {
        (Texts::Each(a), Texts::Each(b)) => unequal(a.iter(), b.iter()),
        (Texts::Words(a, words_a), Texts::Words(b, words_b)) => {
            // Every text gets a number; equal texts, equal numbers.
            let mut known: BTreeMap<&str, usize> = BTreeMap::new();
            let mut number = |text| {
                let next = known.len();
                *known.entry(text).or_insert(next)
            };
            let of_a: Vec<usize> = words_a.iter().map(|word| word.map_or(usize::MAX, &mut number)).collect();
            let of_b: Vec<usize> = words_b.iter().map(|word| word.map_or(usize::MAX, &mut number)).collect();
            let at = |numbers: &[usize], key: Option<i32>| {
                key.and_then(|key| numbers.get(usize::try_from(key).ok()?)).copied().unwrap_or(usize::MAX)
            };
            let (a, b) = (a.keys().iter(), b.keys().iter());
            unequal(a.map(|key| at(&of_a, key)), b.map(|key| at(&of_b, key)))
        }
        (Texts::Words(words, _), other @ Texts::Each(_)) | (other @ Texts::Each(_), Texts::Words(words, _)) => {
            let of_words = if matches!(a, Texts::Words(..)) { a } else { b };
            let rows = 0..words.len();
            unequal(rows.clone().map(|row| of_words.get(row)), rows.map(|row| other.get(row)))
        }
    }
}

fn unequal<T: PartialEq>(a: impl Iterator<Item = T>, b: impl Iterator<Item = T>) -> Vec<usize> {
    a.zip(b).enumerate().filter(|(_, (a, b))| a != b).map(|(row, _)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{BooleanArray, Date32Array};
    use std::sync::Arc;

    fn words(texts: &[Option<&str>]) -> ArrayRef {
        Arc::new(texts.iter().copied().collect::<DictionaryArray<Int32Type>>())
    }

    fn each(texts: &[Option<&str>]) -> ArrayRef {
        Arc::new(texts.iter().copied().collect::<StringArray>())
    }

    #[test]
    fn columns_are_equal_whatever_holds_their_texts() {
        let (a, b) = ([Some("sms"), None, Some("call")], [Some("sms"), Some("sms"), Some("visit")]);
        for one in [words(&a), each(&a)] {
            for other in [words(&b), each(&b)] {
                assert_eq!(differing(&one, &other).unwrap(), [1, 2]);
                assert_eq!(differing(&other, &one).unwrap(), [1, 2]);
            }
            for same in [words(&a), each(&a)] {
                assert_eq!(differing(&one, &same).unwrap(), [0; 0]);
            }
        }
    }

    #[test]
    fn a_day_and_a_flag_are_equal_to_how_csv_writes_them() {
        let days: ArrayRef = Arc::new(Date32Array::from(vec![Some(20_543), None]));
        assert_eq!(differing(&days, &each(&[Some("2026-03-31"), None])).unwrap(), [0; 0]);
        assert_eq!(differing(&days, &each(&[Some("2026-03-30"), Some("2026-03-30")])).unwrap(), [0, 1]);
        let flags: ArrayRef = Arc::new(BooleanArray::from(vec![true, false]));
        assert_eq!(differing(&flags, &each(&[Some("true"), Some("True")])).unwrap(), [1]);
    }
}
