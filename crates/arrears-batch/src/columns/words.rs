//! Words of a table, which stand there behind a dictionary, into lanes of bytes.

use super::fill::BAD_BYTE;
use super::kernel::{mask, pick, upd1};
use super::lane::{Bytes, Holes, NEVER_BYTE, NO_BYTE};
use crate::cell::{Meaning, Raw, RawColumn};
use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, UInt8Type, UInt16Type, UInt32Type};
use arrow_array::{Array, ArrayRef, DictionaryArray};
use arrow_buffer::{ArrowNativeType, NullBuffer};
use arrow_schema::DataType;

/// So many words of a dictionary are moved to their places one by one.
const FEW_WORDS: usize = 32;

/// Words behind a dictionary that has few.
pub(super) struct Words<'a> {
    keys: Keys<'a>,
    /// Keys that are not those of the policy's own words, with what they stand for.
    moved: Vec<(u8, u8)>,
    /// What they may hold besides words, and whether some cannot be read.
    holes: Holes,
    bad: bool,
}

enum Keys<'a> {
    I8(&'a [i8]),
    I16(&'a [i16]),
    I32(&'a [i32]),
    U8(&'a [u8]),
    U16(&'a [u16]),
    U32(&'a [u32]),
}

/// Words behind a dictionary of few, and where there are none.
pub(super) fn few_words<'a>(meaning: &Meaning<'_>, array: &'a ArrayRef) -> Option<(Words<'a>, Option<&'a NullBuffer>)> {
    let DataType::Dictionary(key, _) = array.data_type() else { return None };
    let dictionary = array.as_any_dictionary_opt()?;
    let values = RawColumn::of(dictionary.values())?;
    let count = dictionary.values().len();
    if count > usize::from(NEVER_BYTE) {
        return None;
    }
    let codes: Vec<u8> = (0..count).map(|place| code(meaning, &values.cell(place))).collect();
    let moved: Vec<(u8, u8)> = (0_u8..).zip(codes.iter().copied()).filter(|(key, code)| key != code).collect();
    if moved.len() > FEW_WORDS {
        return None;
    }
    let keys = match key.as_ref() {
        DataType::Int8 => Keys::I8(array.as_dictionary_opt::<Int8Type>()?.keys().values()),
        DataType::Int16 => Keys::I16(array.as_dictionary_opt::<Int16Type>()?.keys().values()),
        DataType::Int32 => Keys::I32(array.as_dictionary_opt::<Int32Type>()?.keys().values()),
        DataType::UInt8 => Keys::U8(array.as_dictionary_opt::<UInt8Type>()?.keys().values()),
        DataType::UInt16 => Keys::U16(array.as_dictionary_opt::<UInt16Type>()?.keys().values()),
        DataType::UInt32 => Keys::U32(array.as_dictionary_opt::<UInt32Type>()?.keys().values()),
        _ => return None,
    };
    let holes = Holes { unknown: codes.contains(&NO_BYTE), never: codes.contains(&NEVER_BYTE) };
    let nulls = dictionary.keys().nulls().filter(|nulls| nulls.null_count() > 0);
    Some((Words { keys, moved, holes, bad: codes.contains(&BAD_BYTE) }, nulls))
}

impl Words<'_> {
    /// Reads the words of the rows from `start` on; rows with one that cannot be read are for
    /// the row engine.
    #[inline(always)]
    pub(super) fn fill(
        &self,
        start: usize,
        out: &mut Bytes,
        hard: &mut Bytes,
        nulls: Option<(&NullBuffer, usize)>,
    ) -> Holes {
        macro_rules! low {
            ($keys:expr) => {
                for (out, key) in out.iter_mut().zip($keys.get(start..).unwrap_or_default()) {
                    *out = key.to_le_bytes()[0];
                }
            };
        }
        match self.keys {
            Keys::I8(keys) => low!(keys),
            Keys::I16(keys) => low!(keys),
            Keys::I32(keys) => low!(keys),
            Keys::U8(keys) => low!(keys),
            Keys::U16(keys) => low!(keys),
            Keys::U32(keys) => low!(keys),
        }
        if !self.moved.is_empty() {
            let keys = *out;
            for (key, code) in &self.moved {
                upd1(out, &keys, |out, given| pick(mask(given == *key), *code, out));
            }
        }
        // Before words are blanked: where there is none, nothing needs to be read.
        let unknown = super::flags::empty(nulls, out, NO_BYTE);
        if self.bad {
            upd1(hard, out, |hard, code| hard | mask(code == BAD_BYTE));
            return Holes::ANY;
        }
        self.holes.or(Holes { unknown, never: false })
    }
}

/// Words behind a dictionary: each different one is read once.
pub(super) fn words(meaning: &Meaning<'_>, array: &ArrayRef) -> Option<Vec<u8>> {
    fn of<K: ArrowDictionaryKeyType>(meaning: &Meaning<'_>, array: &DictionaryArray<K>) -> Option<Vec<u8>> {
        let values = RawColumn::of(array.values())?;
        let codes: Vec<u8> = (0..array.values().len()).map(|place| code(meaning, &values.cell(place))).collect();
        let read = |key: K::Native| codes.get(key.as_usize()).copied().unwrap_or(BAD_BYTE);
        let keys = array.keys();
        Some(match keys.nulls() {
            None => keys.values().iter().map(|key| read(*key)).collect(),
            Some(nulls) => {
                keys.values().iter().zip(nulls).map(|(key, is)| if is { read(*key) } else { NO_BYTE }).collect()
            }
        })
    }
    let DataType::Dictionary(key, _) = array.data_type() else { return None };
    match key.as_ref() {
        DataType::Int8 => of(meaning, array.as_dictionary_opt::<Int8Type>()?),
        DataType::Int16 => of(meaning, array.as_dictionary_opt::<Int16Type>()?),
        DataType::Int32 => of(meaning, array.as_dictionary_opt::<Int32Type>()?),
        DataType::UInt8 => of(meaning, array.as_dictionary_opt::<UInt8Type>()?),
        DataType::UInt16 => of(meaning, array.as_dictionary_opt::<UInt16Type>()?),
        DataType::UInt32 => of(meaning, array.as_dictionary_opt::<UInt32Type>()?),
        _ => None,
    }
}

fn code(meaning: &Meaning<'_>, raw: &Raw<'_>) -> u8 {
    match meaning.cell(raw) {
        Ok(cell) if cell.is_unknown() => NO_BYTE,
        Ok(cell) if cell.is_never() => NEVER_BYTE,
        Ok(cell) => cell.get().and_then(|word| u8::try_from(word).ok()).unwrap_or(BAD_BYTE),
        Err(_) => BAD_BYTE,
    }
}

#[inline(always)]
pub(super) fn codes_into(codes: &[u8], (out, hard): (&mut Bytes, &mut Bytes)) -> Holes {
    let mut seen = [0_u8; 3];
    let [bad, never, unknown] = &mut seen;
    for (out, code) in out.iter_mut().zip(codes) {
        *out = *code;
        *bad |= mask(*code == BAD_BYTE);
        *never |= mask(*code == NEVER_BYTE);
        *unknown |= mask(*code == NO_BYTE);
    }
    let [bad, never, unknown] = seen.map(|seen| seen != 0);
    if bad {
        for (code, hard) in codes.iter().zip(hard.iter_mut()) {
            *hard |= mask(*code == BAD_BYTE);
        }
        return Holes::ANY;
    }
    Holes { unknown, never }
}
