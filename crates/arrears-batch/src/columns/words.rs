//! Words of a table, which stand there behind a dictionary, into lanes of bytes.

use super::fill::BAD_BYTE;
use super::kernel::mask;
use super::lane::{Bytes, Holes, NEVER_BYTE, NO_BYTE};
use crate::cell::{Meaning, Raw, RawColumn};
use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, UInt8Type, UInt16Type, UInt32Type};
use arrow_array::{Array, ArrayRef, DictionaryArray};
use arrow_buffer::{ArrowNativeType, NullBuffer};
use arrow_schema::DataType;

/// So many words of a dictionary are moved to their places one by one.
const FEW_WORDS: usize = 4;

/// Words behind a dictionary: each different one is read once.
pub(super) fn words(meaning: &Meaning<'_>, array: &ArrayRef) -> Option<Vec<u8>> {
    fn of<K: ArrowDictionaryKeyType>(meaning: &Meaning<'_>, array: &DictionaryArray<K>) -> Option<Vec<u8>> {
        let values = RawColumn::of(array.values())?;
        let codes: Vec<u8> = (0..array.values().len()).map(|place| code(meaning, &values.cell(place))).collect();
        if codes.len() <= 256 {
            // Every key is that of a value, and so fits a byte, but where there is none.
            let mut out = looked_up(array.keys().values(), &codes);
            if let Some(nulls) = array.keys().nulls() {
                blank(&mut out, nulls);
            }
            return Some(out);
        }
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

/// Puts what stands for nothing where there is no word.
fn blank(out: &mut [u8], nulls: &NullBuffer) {
    for (block, filled) in out.chunks_mut(64).zip(nulls.inner().bit_chunks().iter_padded()) {
        if filled == u64::MAX {
            continue;
        }
        for (bit, out) in block.iter_mut().enumerate() {
            *out = if (filled >> bit) & 1 == 1 { *out } else { NO_BYTE };
        }
    }
}

/// The codes of keys, each of which is that of a value.
fn looked_up<K: ArrowNativeType>(keys: &[K], codes: &[u8]) -> Vec<u8> {
    let moved = codes.iter().zip(0_u8..).filter(|(code, key)| **code != *key).count();
    if moved <= FEW_WORDS {
        // Mostly a dictionary has the words in their own order.
        let mut out: Vec<u8> = keys.iter().map(|key| low_byte(key.as_usize())).collect();
        for (code, key) in codes.iter().zip(0_u8..).filter(|(code, key)| **code != *key) {
            for (out, given) in out.iter_mut().zip(keys) {
                *out = if low_byte(given.as_usize()) == key { *code } else { *out };
            }
        }
        return out;
    }
    let mut table = [BAD_BYTE; 256];
    table.iter_mut().zip(codes).for_each(|(slot, code)| *slot = *code);
    keys.iter().map(|key| table.get(usize::from(low_byte(key.as_usize()))).copied().unwrap_or(BAD_BYTE)).collect()
}

fn code(meaning: &Meaning<'_>, raw: &Raw<'_>) -> u8 {
    match meaning.cell(raw) {
        Ok(cell) if cell.is_unknown() => NO_BYTE,
        Ok(cell) if cell.is_never() => NEVER_BYTE,
        Ok(cell) => cell.get().and_then(|word| u8::try_from(word).ok()).unwrap_or(BAD_BYTE),
        Err(_) => BAD_BYTE,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "only keys of up to 256 values are asked for")]
#[inline(always)]
const fn low_byte(key: usize) -> u8 {
    key as u8
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
