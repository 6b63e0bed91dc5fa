//! A house as a JSON document: read whole, or not at all.

use super::{House, Voice};
use crate::disclosure::Disclosure;
use crate::phrase::{Phrase, PhraseList};
use crate::template::TemplateKind;
use crate::told::named;
use crate::{Language, ReadingRate};
use arrears::document::{Fault, Fields, OBJECT, Readable, meant, read_whole, refuse};
use serde_json::Value;
use std::collections::BTreeMap;

/// The name and version of the format.
pub const FORMAT: &str = "arrears-house/1";

impl House {
    /// Reads a house from its JSON document.
    ///
    /// ```
    /// use arrears_words::{Language, house::House};
    /// let house = House::from_json(r#"{
    ///     "format": "arrears-house/1",
    ///     "voices": {"en": {"creditor": "Harbour Bank", "speaker": "Li Na", "phone": "95588"}},
    ///     "most_seconds": 60
    /// }"#).map_err(|faults| format!("{faults:?}"))?;
    /// let told = house.told(Language::English, "2026-11-27".parse()?)?;
    /// assert_eq!((told.organisation.as_str(), told.phone.as_deref()), ("Harbour Bank", Some("95588")));
    /// assert!(house.told(Language::Chinese, told.today).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, in its order, each with its path.
    pub fn from_json(text: &str) -> Result<Self, Vec<Fault>> {
        read_whole(text)
    }
}

impl Readable for House {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let _: Option<Format> = fields.required("format");
        let language: Option<Language> = fields.given("language");
        let voices: Option<ByLanguage<Voice>> = fields.required("voices");
        let rate: Option<ReadingRate> = fields.given("rate");
        let most_seconds = from_one(&mut fields, "most_seconds");
        let opening_within = from_one(&mut fields, "opening_within");
        let sms_parts = from_one(&mut fields, "sms_parts");
        let pay_within: Option<ByKind> = fields.given("pay_within");
        let policy_language: Option<Language> = fields.given("policy_language");
        let disclosures: Vec<Disclosure> = fields.given("disclosures").unwrap_or_default();
        let forbidden: Option<ByLanguage<Vec<Phrase>>> = fields.given("forbidden");
        let sayings: Option<ByLanguage<BTreeMap<String, String>>> = fields.given("sayings");
        let _: Option<String> = fields.given("note");
        let spoken = voices.as_ref().map_or_else(BTreeMap::new, |voices| voices.0.clone());
        if value.get("voices").and_then(Value::as_object).is_some_and(serde_json::Map::is_empty) {
            fields.report("voices", "nobody speaks: expected at least one language, as in {\"en\": {...}}");
        }
        let first = spoken.keys().next().copied().unwrap_or(Language::English);
        if let Some(language) = language.filter(|language| !spoken.is_empty() && !spoken.contains_key(language)) {
            fields.report("language", format!("nobody speaks `{language}`: expected `voices.{language}`"));
        }
        fields.finish();
        let mut house = Self::of(language.unwrap_or(first), spoken);
        house.rate = rate.unwrap_or_default();
        house.most_seconds = most_seconds.map_or(house.most_seconds, u64::from);
        house.opening_within = most(opening_within).unwrap_or(house.opening_within);
        house.sms_parts = most(sms_parts).unwrap_or(house.sms_parts);
        house.pay_within = pay_within.map_or_else(BTreeMap::new, |days| days.0);
        house.policy_language = policy_language.unwrap_or(house.policy_language);
        house.disclosures = disclosures;
        let lists = forbidden.into_iter().flat_map(|lists| lists.0);
        house.forbidden = lists.filter_map(|(language, phrases)| PhraseList::of(language, phrases)).collect();
        house.sayings = sayings.map_or_else(BTreeMap::new, |sayings| sayings.0);
        Some(house)
    }
}

struct Format;

impl Readable for Format {
    const EXPECTED: &str = "\"arrears-house/1\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        if value == FORMAT { Some(Self) } else { refuse(path, value, Self::EXPECTED, problems) }
    }
}

fn most(number: Option<u32>) -> Option<usize> {
    number.and_then(|number| usize::try_from(number).ok())
}

/// A number that must not be zero.
fn from_one(fields: &mut Fields<'_>, key: &'static str) -> Option<u32> {
    let number: u32 = fields.given(key)?;
    if number == 0 {
        fields.report(key, "found 0: expected at least 1");
    }
    Some(number)
}

/// Something for each of some languages.
struct ByLanguage<T>(BTreeMap<Language, T>);

impl<T: Readable> Readable for ByLanguage<T> {
    const EXPECTED: &str = "an object by language, as in {\"en\": ..., \"zh\": ...}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let Value::Object(object) = value else { return refuse(path, value, Self::EXPECTED, problems) };
        let mut all = BTreeMap::new();
        for (tag, value) in object {
            let path = format!("{path}.{tag}");
            let Some(language) = Language::ALL.into_iter().find(|language| language.tag() == tag) else {
                let meant = meant(tag, Language::ALL.map(Language::tag));
                problems.push(Fault::new(path, format!("unknown language{meant}: expected en or zh")));
                continue;
            };
            if let Some(read) = T::read(value, &path, problems) {
                all.insert(language, read);
            }
        }
        Some(Self(all))
    }
}

/// Days for kinds of texts.
struct ByKind(BTreeMap<TemplateKind, u32>);

impl Readable for ByKind {
    const EXPECTED: &str = "days by kind of text, as in {\"letter\": 14}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let Value::Object(object) = value else { return refuse(path, value, Self::EXPECTED, problems) };
        let mut all = BTreeMap::new();
        for (word, days) in object {
            let path = format!("{path}.{word}");
            let Some(kind) = TemplateKind::ALL.into_iter().find(|kind| kind.word() == word) else {
                let words = TemplateKind::ALL.map(TemplateKind::word);
                problems.push(Fault::new(
                    path,
                    format!("unknown kind{}: expected one of {}", meant(word, words), words.join(", ")),
                ));
                continue;
            };
            if let Some(days) = u32::read(days, &path, problems) {
                all.insert(kind, days);
            }
        }
        Some(Self(all))
    }
}

impl Readable for ReadingRate {
    const EXPECTED: &str = "a rate, as in {\"english_words\": 140, \"chinese_characters\": 220}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let usual = Self::default();
        let mut fields = Fields::of(value, path, problems)?;
        let (english, chinese) = (from_one(&mut fields, "english_words"), from_one(&mut fields, "chinese_characters"));
        fields.finish();
        Some(Self {
            english_words: english.unwrap_or(usual.english_words),
            chinese_characters: chinese.unwrap_or(usual.chinese_characters),
        })
    }
}

impl Readable for Disclosure {
    const EXPECTED: &str = "a disclosure with name, language, kinds, words and cites";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (language, kinds) = (fields.required("language"), fields.required::<Vec<_>>("kinds"));
        let [name, words, cites] = ["name", "words", "cites"].map(|key| {
            if !fields.has(key) {
                fields.report(key, "missing: expected a text");
            }
            named(&mut fields, key)
        });
        if kinds.as_ref().is_some_and(Vec::is_empty) {
            fields.report("kinds", "is empty: expected the kinds of texts that must hold it");
        }
        if words.as_ref().is_some_and(|words| !words.chars().any(char::is_alphanumeric)) {
            fields.report("words", "has neither a letter nor a digit: it would be found nowhere");
        }
        fields.finish();
        Some(Self { name: name?, language: language?, kinds: kinds?, words: words?, cites: cites? })
    }
}
