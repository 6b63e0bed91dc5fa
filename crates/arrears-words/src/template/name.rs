//! Names of templates: `sms/gentle.en.txt`.

use crate::Language;
use arrears::document::{Fault, Readable, meant, refuse};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// What a template is for. It stands first in the template's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TemplateKind {
    /// A short message.
    Sms,
    /// A letter.
    Letter,
    /// An e-mail.
    Email,
    /// A push message or one in the bank's application.
    Push,
    /// A recorded call: the identity question stands before any word of the debt.
    Ivr,
    /// A message left on a voicemail that others may hear: nothing of the debt.
    Voicemail,
    /// What is said to somebody else than the person: nothing of the debt.
    ThirdParty,
    /// A part of a call brief.
    Brief,
    /// A part that other templates include.
    Part,
}

impl TemplateKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Sms,
        Self::Letter,
        Self::Email,
        Self::Push,
        Self::Ivr,
        Self::Voicemail,
        Self::ThirdParty,
        Self::Brief,
        Self::Part,
    ];

    /// The word in names: the folder.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Letter => "letter",
            Self::Email => "email",
            Self::Push => "push",
            Self::Ivr => "ivr",
            Self::Voicemail => "voicemail",
            Self::ThirdParty => "third_party",
            Self::Brief => "brief",
            Self::Part => "part",
        }
    }

    /// Whether others than the person may hear or read it, so that nothing of a debt may be in it.
    pub const fn is_overheard(self) -> bool {
        matches!(self, Self::Voicemail | Self::ThirdParty)
    }
}

impl Serialize for TemplateKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl Readable for TemplateKind {
    const EXPECTED: &str =
        "a kind of templates: one of sms, letter, email, push, ivr, voicemail, third_party, brief, part";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let found = value.as_str().and_then(|word| Self::ALL.into_iter().find(|kind| kind.word() == word));
        found.or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}

/// A template's name, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TemplateName {
    pub(crate) kind: TemplateKind,
    pub(crate) language: Language,
    /// What stands between folder and language: `gentle`, `type/forgetful`.
    pub(crate) stem: String,
}

impl TemplateName {
    /// Reads a name, or says what is wrong with it.
    pub(crate) fn read(name: &str) -> Result<Self, String> {
        let form = "expected `folder/name.language.txt`, as in `sms/gentle.en.txt`";
        let (folder, file) = name.split_once('/').ok_or_else(|| format!("the name has no folder: {form}"))?;
        let Some(kind) = TemplateKind::ALL.into_iter().find(|kind| kind.word() == folder) else {
            let folders = TemplateKind::ALL.map(TemplateKind::word);
            let meant = meant(folder, folders);
            return Err(format!("unknown folder `{folder}`{meant}: expected one of {}", folders.join(", ")));
        };
        let plain = file.strip_suffix(".txt").ok_or_else(|| format!("the name does not end in `.txt`: {form}"))?;
        let (stem, tag) = plain.rsplit_once('.').ok_or_else(|| format!("the name has no language: {form}"))?;
        let language = Language::ALL.into_iter().find(|language| language.tag() == tag);
        let language = language.ok_or_else(|| format!("unknown language `{tag}`: expected `en` or `zh`"))?;
        if stem.is_empty() || stem.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
            return Err(format!("the name `{stem}` is no name: {form}"));
        }
        Ok(Self { kind, language, stem: stem.to_owned() })
    }

    /// The name as it stands in a set.
    pub(crate) fn write(kind: TemplateKind, stem: &str, language: Language) -> String {
        format!("{}/{stem}.{language}.txt", kind.word())
    }
}
