//! What a visit needs and shows, as its treatment says.

use crate::Language;
use arrears::policy::{Detail, Treatment};

/// Words of policies for what a visit needs, in both languages.
const KNOWN: [(&str, &str, &str); 5] = [
    ("second_person", "a second person", "双人"),
    ("recorder", "a body-worn recorder", "随身记录仪"),
    ("accident_cover", "accident cover", "意外保险"),
    ("staff_card", "the staff card", "工作证"),
    ("letter_of_authority", "the letter of authority", "授权书"),
];

/// What a treatment says that a visit needs (`needs`) and shows (`shows`), in words of a language. A word that
/// is not known is told as the policy has it.
pub fn visit_needs(treatment: &Treatment, language: Language) -> Vec<String> {
    let listed = |name: &str| match treatment.details.get(name) {
        Some(Detail::List(items)) => items.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    let word = |detail: Detail| match detail {
        Detail::Text(word) => Some(word),
        _ => None,
    };
    let said = |word: String| match KNOWN.iter().find(|(known, _, _)| *known == word) {
        Some((_, english, _)) if language == Language::English => (*english).to_owned(),
        Some((_, _, chinese)) => (*chinese).to_owned(),
        None => word,
    };
    listed("needs").into_iter().chain(listed("shows")).filter_map(word).map(said).collect()
}
