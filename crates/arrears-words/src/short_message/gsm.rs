//! The alphabet of short messages: GSM 03.38 (3GPP TS 23.038), default alphabet and its extension table.

/// The default alphabet without the escape, 127 characters of one septet each.
const BASIC: &str = concat!(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ",
    " !\"#¤%&'()*+,-./0123456789:;<=>?",
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§",
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
);

/// Characters of the extension table, behind an escape: two septets each.
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// Septets of a character; none if the alphabet does not have it.
pub(super) fn septets(found: char) -> Option<u32> {
    if BASIC.contains(found) {
        Some(1)
    } else if EXTENDED.contains(found) {
        Some(2)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_has_every_place_of_the_standard_once() {
        let mut basic: Vec<char> = BASIC.chars().collect();
        assert_eq!(basic.len(), 127);
        assert_eq!(EXTENDED.chars().count(), 10);
        basic.extend(EXTENDED.chars());
        basic.sort_unstable();
        basic.dedup();
        assert_eq!(basic.len(), 137);
    }
}
