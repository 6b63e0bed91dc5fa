//! How long it takes to say something.

mod chinese;
mod english;

use crate::Language;

/// How fast is read aloud. The shipped numbers are a calm pace on the telephone, chosen by this project;
/// a bank that has timed its own people sets its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadingRate {
    /// English words a minute.
    pub english_words: u32,
    /// Chinese characters a minute.
    pub chinese_characters: u32,
}

impl Default for ReadingRate {
    fn default() -> Self {
        Self { english_words: 140, chinese_characters: 220 }
    }
}

impl ReadingRate {
    /// Whole seconds that it takes to say a text, rounded up. A rate of zero says nothing: as many seconds as
    /// can be counted.
    ///
    /// ```
    /// use arrears_words::{Language, ReadingRate};
    /// let rate = ReadingRate { english_words: 120, ..ReadingRate::default() };
    /// // `USD`, one thousand two hundred thirty four, `and`, fifty, `cents`: ten words.
    /// assert_eq!(rate.seconds("USD 1,234.50", Language::English), 5);
    /// ```
    pub fn seconds(&self, text: &str, language: Language) -> u64 {
        let rate = match language {
            Language::English => self.english_words,
            Language::Chinese => self.chinese_characters,
        };
        units(text, language)
            .saturating_mul(60)
            .checked_add(u64::from(rate.saturating_sub(1)))
            .map_or(u64::MAX, |sum| sum.checked_div(u64::from(rate)).unwrap_or(u64::MAX))
    }
}

/// What is counted against the reading rate: words in English, characters in Chinese.
///
/// A number counts as it is read: `1,234` is six words (one thousand two hundred thirty four), and seven
/// characters in Chinese (一千二百三十四).
/// Decimals in English are `and`, the number, and a word for the cents; in Chinese a word for the point
/// and each digit. A number of more than six digits without groups, or with a zero in front, is read
/// digit by digit, as telephone numbers are. A word in Latin letters in a Chinese text counts as two
/// characters. Punctuation is not counted.
pub fn units(text: &str, language: Language) -> u64 {
    let mut count = 0_u64;
    let mut rest = text.chars().peekable();
    while let Some(first) = rest.next() {
        if first.is_ascii_digit() {
            let mut number = String::from(first);
            while let Some(next) = rest.peek().copied() {
                let inside = matches!(next, ',' | '.') && {
                    let mut ahead = rest.clone();
                    ahead.next();
                    ahead.peek().is_some_and(char::is_ascii_digit)
                };
                if !next.is_ascii_digit() && !inside {
                    break;
                }
                number.push(next);
                rest.next();
            }
            count = count.saturating_add(of_number(&number, language));
        } else if is_han(first) {
            count = count.saturating_add(1);
        } else if first.is_alphabetic() {
            while rest.peek().is_some_and(|next| (next.is_alphabetic() && !is_han(*next)) || matches!(next, '\'' | '’'))
            {
                rest.next();
            }
            count = count.saturating_add(if language == Language::Chinese { 2 } else { 1 });
        }
    }
    count
}

/// Whether a character is a Chinese one.
pub(crate) const fn is_han(found: char) -> bool {
    matches!(found, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Words or characters of one number as it is read.
fn of_number(number: &str, language: Language) -> u64 {
    let (whole, decimals) = number.split_once('.').map_or((number, ""), |(whole, rest)| (whole, rest));
    let grouped = whole.contains(',');
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let after = decimals.chars().filter(char::is_ascii_digit).count();
    let after_units = u64::try_from(after).unwrap_or(u64::MAX);
    let by_digits = !grouped && (digits.len() > 6 || (digits.len() > 1 && digits.starts_with('0')));
    let value = if by_digits { None } else { digits.parse::<u64>().ok() };
    let whole_units = match value {
        None => u64::try_from(digits.len()).unwrap_or(u64::MAX),
        Some(value) if language == Language::English => english::words(value),
        Some(value) => chinese::characters(value),
    };
    let rest_units = match language {
        _ if after == 0 => 0,
        Language::English => 2 + decimals.parse::<u64>().map_or(after_units, english::words),
        Language::Chinese => 1 + after_units,
    };
    whole_units.saturating_add(rest_units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_they_are_read() {
        let cases = [
            ("1,234", 6, 7),
            ("1,234.50", 9, 10),
            ("0", 1, 1),
            ("10", 1, 1),
            ("20", 1, 2),
            ("21", 2, 3),
            ("100", 2, 2),
            ("105", 3, 4),
            ("2026", 4, 6),
            ("10,000", 2, 2),
            ("1,000,000", 2, 3),
            ("95588", 7, 9),
            ("4008895588", 10, 10),
        ];
        for (text, english, chinese) in cases {
            assert_eq!(units(text, Language::English), english, "{text} in English");
            assert_eq!(units(text, Language::Chinese), chinese, "{text} in Chinese");
        }
    }

    #[test]
    fn words_and_characters_are_counted_and_punctuation_is_not() {
        assert_eq!(units("Don't worry: it is late - pay today.", Language::English), 7);
        assert_eq!(units("您好,请问是王先生吗?", Language::Chinese), 9);
        assert_eq!(units("请回复 STOP。", Language::Chinese), 5);
    }

    #[test]
    fn a_rate_of_zero_never_ends() {
        let silent = ReadingRate { english_words: 0, chinese_characters: 0 };
        assert_eq!(silent.seconds("one", Language::English), u64::MAX);
    }
}
