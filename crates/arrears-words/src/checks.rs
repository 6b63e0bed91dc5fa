//! What must and what must not be said: checks of templates before anybody is written to.

use crate::Language;
use crate::disclosure::{Disclosure, element_faults};
use crate::phrase::PhraseList;
use crate::template::{PieceKind, Place, Template, TemplateFault, TemplateKind, Templates};
use crate::told::{About, find_variable};
use arrears::policy::pack::MessageForm;
use arrears::{Law, Pack};
use chrono::NaiveDate;

/// What texts are held against: the forbidden phrases, the words of a debt, what must be disclosed, and the
/// forms of messages that law defines.
#[derive(Clone, Debug)]
pub struct Checks {
    forbidden: Vec<PhraseList>,
    debt: Vec<PhraseList>,
    disclosures: Vec<Disclosure>,
    forms: Vec<MessageForm>,
}

impl Default for Checks {
    fn default() -> Self {
        Self {
            forbidden: Language::ALL.map(PhraseList::forbidden).into(),
            debt: Language::ALL.map(PhraseList::of_debt).into(),
            disclosures: Vec::new(),
            forms: Vec::new(),
        }
    }
}

impl Checks {
    /// Adds phrases that a bank forbids beside the shipped ones.
    #[must_use]
    pub fn forbidding(mut self, list: PhraseList) -> Self {
        self.forbidden.push(list);
        self
    }

    /// Adds what must be disclosed.
    #[must_use]
    pub fn disclosing(mut self, disclosures: impl IntoIterator<Item = Disclosure>) -> Self {
        self.disclosures.extend(disclosures);
        self
    }

    /// Adds forms of messages from a pack in force ([`arrears::Pack::messages`]). A template of a voicemail must
    /// hold what a form for voicemails needs, and nothing that the form does not let it hold.
    #[must_use]
    pub fn with_forms<'f>(mut self, forms: impl IntoIterator<Item = &'f MessageForm>) -> Self {
        self.forms.extend(forms.into_iter().cloned());
        self
    }

    /// Adds the forms of messages that bind an account of a jurisdiction on a day: those of the packs in force,
    /// as far as they are verified or enabled by name.
    #[must_use]
    pub fn under(self, law: &Law, jurisdiction: &str, on: NaiveDate) -> Self {
        let forms = law.in_force(jurisdiction, on).flat_map(Pack::messages);
        self.with_forms(forms.filter(|form| law.binds(&form.citation, on)))
    }

    /// Whether law in force says what a message of a kind must hold.
    pub(crate) fn has_form_for(&self, kind: TemplateKind) -> bool {
        self.forms.iter().any(|form| form.channel.as_deref() == Some(kind.word()))
    }

    /// Everything that is wrong with a set of templates, each with its place.
    ///
    /// ```
    /// use arrears_words::{checks::Checks, template::Templates};
    /// let set = Templates::read([("sms/firm.en.txt", "Pay {{ amount }},\nor else."), ("voicemail/call.en.txt", "Call about {{ amount }}.")])
    ///     .map_err(|faults| format!("{faults:?}"))?;
    /// let said: Vec<String> = Checks::default().of(&set).iter().map(ToString::to_string).collect();
    /// assert_eq!(said, [
    ///     "sms/firm.en.txt:2:1: `or else` (threat): a threat; a contact asks and explains",
    ///     "voicemail/call.en.txt:1:15: `amount` is about the debt, and others than the person may hear or read this",
    /// ]);
    /// # Ok::<(), String>(())
    /// ```
    pub fn of(&self, set: &Templates) -> Vec<TemplateFault> {
        let mut faults: Vec<TemplateFault> = set.all.keys().flat_map(|name| self.of_template(set, name)).collect();
        faults.sort();
        faults.dedup();
        faults
    }

    /// Everything that is wrong with one template of a set, by its name; nothing if the set does not have it.
    pub fn of_template(&self, set: &Templates, name: &str) -> Vec<TemplateFault> {
        let Some(template) = set.all.get(name) else { return Vec::new() };
        let mut faults = Vec::new();
        let language = template.name.language;
        for list in self.forbidden.iter().filter(|list| list.language() == language) {
            faults.extend(list.find_in(texts(&template.pieces)).iter().map(|found| forbidden(name, found)));
        }
        let kind = template.name.kind;
        let before_identity = kind == TemplateKind::Brief && template.name.stem.starts_with("identity");
        if kind.is_overheard() || before_identity {
            let because = if before_identity {
                "and the person is not identified yet"
            } else {
                "and others than the person may hear or read this"
            };
            faults.extend(self.reveals(set, name, because, None));
        }
        if kind == TemplateKind::Ivr {
            let asked = template.seen.uses.iter().find(|used| used.name == "identity_question");
            let until = asked.map_or(Place { line: u32::MAX, column: 0 }, |asked| asked.place);
            faults.extend(self.reveals(set, name, "and `identity_question` does not stand before it", Some(until)));
        }
        if kind == TemplateKind::Email {
            faults.extend(self.subject_faults(name, template));
        }
        faults.extend(self.lacking(set, name));
        let forms = self.forms.iter().filter(|form| form.channel.as_deref() == Some(kind.word()));
        faults.extend(forms.flat_map(|form| element_faults(set, name, form)));
        faults.sort();
        faults.dedup();
        faults
    }

    /// Everything forbidden in a text as it goes out, called `name`: what a template writes together with the
    /// values it was given.
    pub fn of_text(&self, name: &str, language: Language, text: &str) -> Vec<TemplateFault> {
        let lists = self.forbidden.iter().filter(|list| list.language() == language);
        lists.flat_map(|list| list.find(text).iter().map(|found| forbidden(name, found)).collect::<Vec<_>>()).collect()
    }

    /// What a text reveals of a debt, called `name`: its first words before the person is identified.
    pub fn reveals_in_text(&self, name: &str, language: Language, text: &str) -> Vec<TemplateFault> {
        let lists = self.debt.iter().filter(|list| list.language() == language);
        let fault = |found: &crate::phrase::Found<'_>| {
            let place = Place { line: found.line, column: found.column };
            TemplateFault::new(name, place, format!("`{}` is a word of the debt", found.phrase.phrase))
        };
        lists.flat_map(|list| list.find(text).iter().map(fault).collect::<Vec<_>>()).collect()
    }

    /// Variables and words of a debt in a template and all that it includes; of the template itself only what
    /// stands before `until`.
    fn reveals(&self, set: &Templates, name: &str, because: &str, until: Option<Place>) -> Vec<TemplateFault> {
        let mut faults = Vec::new();
        for (part, template) in set.with_included(name) {
            let before = |place: Place| part != name || until.is_none_or(|until| place < until);
            for used in template.seen.uses.iter().filter(|used| before(used.place)) {
                if let Some(variable) = find_variable(&used.name)
                    && !variable.about.reveals_nothing()
                {
                    let message = format!("`{}` is about the {}, {because}", variable.name, variable.about.word());
                    faults.push(TemplateFault::new(part, used.place, message));
                }
            }
            for list in self.debt.iter().filter(|list| list.language() == template.name.language) {
                for found in list.find_in(texts(&template.pieces)) {
                    let place = Place { line: found.line, column: found.column };
                    if before(place) {
                        let message = format!("`{}` is a word of the debt, {because}", found.phrase.phrase);
                        faults.push(TemplateFault::new(part, place, message));
                    }
                }
            }
        }
        faults
    }

    /// What is wrong with the subject of an e-mail: screens show it to whoever looks at them.
    fn subject_faults(&self, name: &str, template: &Template) -> Vec<TemplateFault> {
        let head = subject_head(template.name.language);
        if !template.source.starts_with(head) {
            let message = format!("has no subject: expected the first line to be `{head} ...`");
            return vec![TemplateFault::new(name, Place::START, message)];
        }
        let because = "and others may read the subject of an e-mail";
        let mut faults = Vec::new();
        for used in template.seen.uses.iter().filter(|used| used.place.line == 1) {
            if let Some(variable) = find_variable(&used.name).filter(|variable| variable.about == About::Debt) {
                let message = format!("`{}` is about the debt, {because}", variable.name);
                faults.push(TemplateFault::new(name, used.place, message));
            }
        }
        for list in self.debt.iter().filter(|list| list.language() == template.name.language) {
            for found in list.find_in(texts(&template.pieces)).iter().filter(|found| found.line == 1) {
                let place = Place { line: found.line, column: found.column };
                let message = format!("`{}` is a word of the debt, {because}", found.phrase.phrase);
                faults.push(TemplateFault::new(name, place, message));
            }
        }
        faults
    }

    /// The disclosures that a template must hold and does not. One that writes the list `disclosures` holds them
    /// all; a brief is made of parts, and says them by itself.
    fn lacking(&self, set: &Templates, name: &str) -> Vec<TemplateFault> {
        let parts = set.with_included(name);
        let Some((_, template)) = parts.iter().find(|(part, _)| *part == name) else { return Vec::new() };
        let (kind, language) = (template.name.kind, template.name.language);
        if kind == TemplateKind::Brief || set.uses(name, "disclosures") {
            return Vec::new();
        }
        let wanted = self.disclosures.iter().filter(|one| one.kinds.contains(&kind) && one.language == language);
        let holds = |one: &Disclosure| parts.iter().any(|(_, template)| one.stands_in(texts(&template.pieces)));
        let lacking = wanted.filter(|one| !holds(one));
        lacking.map(|one| TemplateFault::new(name, Place::WHOLE, one.missing())).collect()
    }
}

/// What the first line of an e-mail begins with.
pub(crate) const fn subject_head(language: Language) -> &'static str {
    match language {
        Language::English => "Subject:",
        Language::Chinese => "主题：",
    }
}

fn forbidden(name: &str, found: &crate::phrase::Found<'_>) -> TemplateFault {
    let (phrase, place) = (found.phrase, Place { line: found.line, column: found.column });
    TemplateFault::new(name, place, format!("`{}` ({}): {}", phrase.phrase, phrase.class, phrase.why))
}

/// The texts of a template; a variable is none. Statements write nothing, so a phrase may go across them.
pub(crate) fn texts(pieces: &[crate::template::Piece]) -> impl Iterator<Item = (Place, Option<&str>)> {
    pieces.iter().filter_map(|piece| match &piece.kind {
        PieceKind::Text(text) => Some((piece.place, Some(text.as_str()))),
        PieceKind::Write(_) => Some((piece.place, None)),
        PieceKind::Statement(_) => None,
    })
}
