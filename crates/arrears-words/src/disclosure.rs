//! What a message must hold: disclosures, and the elements of a form that law defines.

use crate::Language;
use crate::checks::texts;
use crate::phrase::{Phrase, PhraseList};
use crate::template::{Place, TemplateFault, TemplateKind, Templates};
use arrears::document::meant;
use arrears::policy::pack::MessageForm;

/// Words that messages of some kinds must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// Its name.
    pub name: String,
    /// The language of its words.
    pub language: Language,
    /// The kinds of templates that must hold them.
    pub kinds: Vec<TemplateKind>,
    /// The words. Case, width, spaces and punctuation do not count.
    pub words: String,
    /// The law or the contract that asks for them.
    pub cites: String,
}

impl Disclosure {
    pub(crate) fn missing(&self) -> String {
        format!("lacks `{}`: expected \"{}\" ({})", self.name, self.words, self.cites)
    }

    pub(crate) fn stands_in<'t>(&self, pieces: impl IntoIterator<Item = (Place, Option<&'t str>)>) -> bool {
        one_phrase(self.language, &self.words).is_some_and(|list| !list.find_in(pieces).is_empty())
    }
}

fn one_phrase(language: Language, words: &str) -> Option<PhraseList> {
    let phrase = Phrase { phrase: words.to_owned(), class: "debt".to_owned(), why: "asked for".to_owned() };
    PhraseList::of(language, vec![phrase])
}

/// How an element of a message is recognised: by a variable that is written, or by words.
struct Element {
    name: &'static str,
    variable: Option<&'static str>,
    english: &'static [&'static str],
    chinese: &'static [&'static str],
}

/// The elements that packs name.
const ELEMENTS: [Element; 8] = [
    Element { name: "business_name_neutral", variable: Some("neutral_name"), english: &[], chinese: &[] },
    Element { name: "natural_person_name", variable: Some("speaker"), english: &[], chinese: &[] },
    Element { name: "phone_number", variable: Some("phone"), english: &[], chinese: &[] },
    Element {
        name: "reply_request",
        variable: None,
        english: &["please call", "call me back", "call us back", "call back", "please reply"],
        chinese: &["请回电", "请致电", "请回复"],
    },
    Element { name: "reply_times", variable: Some("reply_hours"), english: &[], chinese: &[] },
    Element { name: "date_time", variable: Some("today"), english: &[], chinese: &[] },
    Element {
        name: "salutation", variable: Some("name"), english: &["hello", "good day", "dear"], chinese: &["您好"]
    },
    Element {
        name: "any_representative",
        variable: None,
        english: &["any of us", "any representative", "anyone here"],
        chinese: &["任何一位同事"],
    },
];

/// What keeps a template from being a message of a form: elements that it lacks, and variables that do not
/// belong to it.
pub(crate) fn element_faults(set: &Templates, name: &str, form: &MessageForm) -> Vec<TemplateFault> {
    let parts = set.with_included(name);
    let Some(language) = parts.iter().find(|(part, _)| *part == name).map(|(_, template)| template.name.language)
    else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    let mut allowed: Vec<&str> = vec!["language"];
    for wanted in form.needs.iter().chain(&form.may) {
        let needed = form.needs.contains(wanted);
        let Some(element) = ELEMENTS.iter().find(|element| element.name == wanted) else {
            if needed {
                let meant = meant(wanted, ELEMENTS.iter().map(|element| element.name));
                let message = format!(
                    "`{}` needs `{wanted}`, which nothing here can recognise{meant}: a person must look",
                    form.name
                );
                faults.push(TemplateFault::new(name, Place::WHOLE, message));
            }
            continue;
        };
        allowed.extend(element.variable);
        let words = match language {
            Language::English => element.english,
            Language::Chinese => element.chinese,
        };
        let written = parts
            .iter()
            .any(|(_, template)| template.seen.uses.iter().any(|used| Some(used.name.as_str()) == element.variable));
        let said = words.iter().any(|words| {
            let list = one_phrase(language, words);
            let stands =
                |list: &PhraseList| parts.iter().any(|(_, template)| !list.find_in(texts(&template.pieces)).is_empty());
            list.as_ref().is_some_and(stands)
        });
        if needed && !written && !said {
            let how = element.variable.map_or_else(
                || format!("words such as \"{}\"", words.first().unwrap_or(&"")),
                |variable| format!("`{{{{ {variable} }}}}`"),
            );
            let message = format!("lacks `{wanted}` of `{}`: expected {how} ({})", form.name, form.citation.cites);
            faults.push(TemplateFault::new(name, Place::WHOLE, message));
        }
    }
    for (part, template) in &parts {
        for used in template.seen.uses.iter().filter(|used| !allowed.contains(&used.name.as_str())) {
            let message = format!("`{}` does not belong into `{}` ({})", used.name, form.name, form.citation.cites);
            faults.push(TemplateFault::new(part, used.place, message));
        }
    }
    faults
}
