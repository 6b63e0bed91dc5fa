//! The languages in which something is said.

use arrears::document::{Fault, Readable, refuse};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// A language in which something is said to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[serde(rename = "en")]
    English,
    /// Chinese in simplified characters.
    #[serde(rename = "zh")]
    Chinese,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// Its tag in names of templates: `en`, `zh`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// The language of a tag; what follows a hyphen (`zh-CN`, `en-US`) is a region and changes nothing.
    ///
    /// ```
    /// use arrears_words::Language;
    /// assert_eq!(Language::from_tag("zh-CN"), Some(Language::Chinese));
    /// assert_eq!(Language::from_tag("fr"), None);
    /// ```
    pub fn from_tag(tag: &str) -> Option<Self> {
        let plain = tag.split('-').next().unwrap_or(tag);
        Self::ALL.into_iter().find(|language| language.tag() == plain)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl Readable for Language {
    const EXPECTED: &str = "a language, \"en\" or \"zh\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let found = value.as_str().and_then(|tag| Self::ALL.into_iter().find(|language| language.tag() == tag));
        found.or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}
