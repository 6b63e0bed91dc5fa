//! Short messages: how long they are and in how many parts a network carries them.

mod gsm;

use serde::Serialize;

/// How a network writes a message: `gsm7` or `ucs2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// Septets of GSM 03.38: every character is in its default alphabet or in the extension table.
    Gsm7,
    /// UCS-2: two bytes for each UTF-16 unit, because some character is in neither.
    Ucs2,
}

impl Encoding {
    /// Units in a message of one part: 160 septets, or 70 UTF-16 units.
    pub const fn alone(self) -> u32 {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// Units in each part of a longer message, whose header takes the rest: 153 or 67.
    pub const fn in_parts(self) -> u32 {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }

    fn units(self, found: char) -> u32 {
        match self {
            Self::Gsm7 => gsm::septets(found).unwrap_or(0),
            Self::Ucs2 => u32::try_from(found.len_utf16()).unwrap_or(2),
        }
    }
}

/// A short message as a network carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShortMessage {
    encoding: Encoding,
    units: u32,
    parts: Vec<String>,
    outside: Option<char>,
}

/// A message that takes more parts than it may.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{parts} parts ({units} {}), at most {most}{}",
    match .encoding { Encoding::Gsm7 => "septets", Encoding::Ucs2 => "UTF-16 units" },
    .outside.map_or_else(String::new, |found| format!(
        ": `{}` is not in the alphabet of GSM 03.38, so that every character takes a UTF-16 unit", found.escape_debug())))]
pub struct TooManyParts {
    /// The parts that it takes.
    pub parts: usize,
    /// The parts that it may take.
    pub most: usize,
    /// Its length.
    pub units: u32,
    /// How it is written.
    pub encoding: Encoding,
    /// The first character for which it cannot be written in septets.
    pub outside: Option<char>,
}

impl ShortMessage {
    /// Counts a message and divides it. Neither an escaped character of GSM 03.38 nor a pair of surrogates is
    /// divided, so a part may be one unit shorter than it could be. An empty message is one empty part.
    ///
    /// ```
    /// use arrears_words::{Encoding, ShortMessage};
    /// let plain = ShortMessage::of("USD 1,234.50 is due on 27 November 2026.");
    /// assert_eq!((plain.encoding(), plain.units(), plain.parts().len()), (Encoding::Gsm7, 40, 1));
    /// let chinese = ShortMessage::of("您的信用卡应还1,234.50元。");
    /// assert_eq!((chinese.encoding(), chinese.units()), (Encoding::Ucs2, 17));
    /// ```
    pub fn of(text: &str) -> Self {
        let outside = text.chars().find(|found| gsm::septets(*found).is_none());
        let encoding = if outside.is_some() { Encoding::Ucs2 } else { Encoding::Gsm7 };
        let units = text.chars().fold(0_u32, |sum, found| sum.saturating_add(encoding.units(found)));
        if units <= encoding.alone() {
            return Self { encoding, units, parts: vec![text.to_owned()], outside };
        }
        let (mut parts, mut part, mut used) = (Vec::new(), String::new(), 0);
        for found in text.chars() {
            let more = encoding.units(found);
            if used + more > encoding.in_parts() {
                parts.push(std::mem::take(&mut part));
                used = 0;
            }
            part.push(found);
            used += more;
        }
        parts.push(part);
        Self { encoding, units, parts, outside }
    }

    /// How it is written.
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Its length: septets or UTF-16 units.
    pub const fn units(&self) -> u32 {
        self.units
    }

    /// What each part holds.
    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    /// The first character for which it cannot be written in septets; none if it can.
    pub const fn outside(&self) -> Option<char> {
        self.outside
    }

    /// Refuses a message that takes more than `most` parts.
    ///
    /// # Errors
    ///
    /// [`TooManyParts`], with the character that made it long where there is one.
    pub fn within(&self, most: usize) -> Result<(), TooManyParts> {
        if self.parts.len() <= most {
            return Ok(());
        }
        let (units, encoding, outside) = (self.units, self.encoding, self.outside);
        Err(TooManyParts { parts: self.parts.len(), most, units, encoding, outside })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_message_is_cut_where_the_standard_says() {
        let cases = [
            ("a".repeat(160), Encoding::Gsm7, 160, 1),
            ("a".repeat(161), Encoding::Gsm7, 161, 2),
            ("a".repeat(306), Encoding::Gsm7, 306, 2),
            ("a".repeat(307), Encoding::Gsm7, 307, 3),
            ("€".repeat(80), Encoding::Gsm7, 160, 1),
            ("元".repeat(70), Encoding::Ucs2, 70, 1),
            ("元".repeat(71), Encoding::Ucs2, 71, 2),
            ("元".repeat(134), Encoding::Ucs2, 134, 2),
            ("元".repeat(135), Encoding::Ucs2, 135, 3),
            ("😀".repeat(35), Encoding::Ucs2, 70, 1),
            (String::new(), Encoding::Gsm7, 0, 1),
        ];
        for (text, encoding, units, parts) in cases {
            let message = ShortMessage::of(&text);
            assert_eq!(
                (message.encoding(), message.units(), message.parts().len()),
                (encoding, units, parts),
                "{text}"
            );
        }
    }

    #[test]
    fn neither_an_escape_nor_a_pair_of_surrogates_is_divided() {
        let escaped = format!("{}€{}", "a".repeat(152), "b".repeat(20));
        assert_eq!(ShortMessage::of(&escaped).parts()[0], "a".repeat(152));
        let surrogates = format!("{}😀{}", "元".repeat(66), "元".repeat(10));
        assert_eq!(ShortMessage::of(&surrogates).parts()[0], "元".repeat(66));
    }

    #[test]
    fn the_character_that_made_it_long_is_named() {
        let curly = format!("{}’", "a".repeat(100));
        let refused = ShortMessage::of(&curly).within(1).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "2 parts (101 UTF-16 units), at most 1: `’` is not in the alphabet of GSM 03.38, so that every character takes a UTF-16 unit"
        );
    }

    proptest! {
        #[test]
        fn parts_hold_the_text_and_no_more_than_a_network_carries(text in "\\PC{0,400}") {
            let message = ShortMessage::of(&text);
            prop_assert_eq!(message.parts().concat(), text);
            let most = if message.parts().len() == 1 { message.encoding().alone() } else { message.encoding().in_parts() };
            for part in message.parts() {
                let units: u32 = part.chars().map(|found| message.encoding().units(found)).sum();
                prop_assert!(units <= most);
            }
        }
    }
}
