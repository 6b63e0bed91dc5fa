//! Templates: texts that a bank replaces, read and checked as a set.

mod check;
mod fault;
mod name;
mod scan;
mod scope;
mod shipped;
mod write;

pub(crate) use check::Seen;
pub(crate) use fault::Place;
pub use fault::TemplateFault;
pub use name::TemplateKind;
pub(crate) use name::TemplateName;
pub(crate) use scan::{Piece, PieceKind};
pub use shipped::shipped_templates;
pub use write::Limits;

use std::collections::BTreeMap;

/// How many templates may lie below each other by includes.
const DEEPEST: usize = 8;

/// The longest template, in characters.
const LONGEST: usize = 50_000;

/// A set of templates by name. Nothing outside the set is ever read.
///
/// A template is text with variables (`{{ amount }}`), conditions (`{% if offers %}`), lists
/// (`{% for offer in offers %}`), other templates of the set (`{% include "part/close.en.txt" %}`) and remarks
/// (`{# ... #}`). It has no arithmetic, no assignment, no macros and no functions, so that it can neither run
/// for ever nor grow; what is left of both danger ends at the set's [`Limits`].
#[derive(Clone, Debug)]
pub struct Templates {
    pub(crate) all: BTreeMap<String, Template>,
    pub(crate) limits: Limits,
}

/// One template, read.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) name: TemplateName,
    pub(crate) source: String,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) seen: Seen,
}

impl Templates {
    /// Reads a set: name to text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any of them, by name and place.
    ///
    /// ```
    /// use arrears_words::template::Templates;
    /// let bad = [("sms/gentle.en.txt", "Please pay {{ amonut }} by {{ due_on }}.")];
    /// let faults = Templates::read(bad).unwrap_err();
    /// assert_eq!(
    ///     faults[0].to_string(),
    ///     "sms/gentle.en.txt:1:15: unknown variable `amonut` (did you mean `amount`?): the handbook lists the variables of templates"
    /// );
    /// ```
    pub fn read<N: Into<String>, S: Into<String>>(
        texts: impl IntoIterator<Item = (N, S)>,
    ) -> Result<Self, Vec<TemplateFault>> {
        Self::read_within(texts, Limits::default())
    }

    /// Reads a set with limits of the host's own.
    ///
    /// # Errors
    ///
    /// As [`Templates::read`].
    pub fn read_within<N: Into<String>, S: Into<String>>(
        texts: impl IntoIterator<Item = (N, S)>,
        limits: Limits,
    ) -> Result<Self, Vec<TemplateFault>> {
        let mut faults = Vec::new();
        let mut all = BTreeMap::new();
        for (name, source) in texts {
            let (name, source) = (name.into(), source.into());
            if source.chars().nth(LONGEST).is_some() {
                faults.push(TemplateFault::new(&name, Place::WHOLE, format!("longer than {LONGEST} characters")));
                continue;
            }
            let (pieces, cut) = scan::scan(&source);
            let mut seen = check::check(&pieces);
            seen.faults.extend(cut);
            let mut found: Vec<(Place, String)> = std::mem::take(&mut seen.faults);
            match TemplateName::read(&name) {
                Ok(read) => {
                    if found.is_empty() {
                        found.extend(write::syntax_fault(&name, &source));
                    }
                    if all.insert(name.clone(), Template { name: read, source, pieces, seen }).is_some() {
                        found.push((Place::WHOLE, "stands twice in the set: keep the one that is right".to_owned()));
                    }
                }
                Err(message) => found.push((Place::WHOLE, message)),
            }
            faults.extend(found.into_iter().map(|(place, message)| TemplateFault::new(&name, place, message)));
        }
        let set = Self { all, limits };
        faults.extend(set.include_faults());
        faults.sort();
        if faults.is_empty() { Ok(set) } else { Err(faults) }
    }

    /// The shipped templates with some of a bank's own in their place, or beside them.
    ///
    /// # Errors
    ///
    /// As [`Templates::read`].
    pub fn shipped_with<N: Into<String>, S: Into<String>>(
        own: impl IntoIterator<Item = (N, S)>,
    ) -> Result<Self, Vec<TemplateFault>> {
        let mut texts: BTreeMap<String, String> =
            shipped_templates().iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let mut twice = Vec::new();
        let mut named = std::collections::BTreeSet::new();
        for (name, text) in own {
            let name = name.into();
            if !named.insert(name.clone()) {
                twice.push(TemplateFault::new(
                    &name,
                    Place::WHOLE,
                    "stands twice in the set: keep the one that is right",
                ));
            }
            texts.insert(name, text.into());
        }
        match Self::read(texts) {
            Ok(set) if twice.is_empty() => Ok(set),
            Ok(_) => Err(twice),
            Err(faults) => Err(twice.into_iter().chain(faults).collect()),
        }
    }

    /// The names of all templates, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(String::as_str)
    }

    /// What is wrong with what templates include.
    fn include_faults(&self) -> Vec<TemplateFault> {
        let mut faults = Vec::new();
        for (name, template) in &self.all {
            for (included, place) in &template.seen.includes {
                let fault = check::include_fault(&template.name, included, self.names())
                    .or_else(|| self.way_back(name, included).map(|way| format!("includes itself: {way}")));
                faults.extend(fault.map(|message| TemplateFault::new(name, *place, message)));
            }
            if self.is_too_deep(name) && faults.is_empty() {
                let message = format!("more than {DEEPEST} templates lie below it by includes");
                faults.push(TemplateFault::new(name, Place::WHOLE, message));
            }
        }
        faults
    }

    /// Whether more templates than may lie below a template by includes; a circle is another fault.
    fn is_too_deep(&self, name: &str) -> bool {
        let mut level: std::collections::BTreeSet<&str> = [name].into();
        for _ in 0..=DEEPEST {
            let below = level.iter().filter_map(|name| self.all.get(*name));
            level = below.flat_map(|below| &below.seen.includes).map(|(included, _)| included.as_str()).collect();
        }
        !level.is_empty()
    }

    /// How including `next` leads back to `name`, if it does.
    fn way_back(&self, name: &str, next: &str) -> Option<String> {
        let mut ways = vec![vec![next.to_owned()]];
        let mut visited = std::collections::BTreeSet::new();
        while let Some(way) = ways.pop() {
            let last = way.last()?.clone();
            if last == name {
                return Some(format!("{name} -> {}", way.join(" -> ")));
            }
            if !visited.insert(last.clone()) {
                continue;
            }
            for (included, _) in self.all.get(&last).map_or(&[][..], |template| &template.seen.includes) {
                let mut further = way.clone();
                further.push(included.clone());
                ways.push(further);
            }
        }
        None
    }

    /// Whether a template, or what it includes, uses a variable.
    pub(crate) fn uses(&self, name: &str, variable: &str) -> bool {
        let parts = self.with_included(name);
        parts.iter().any(|(_, template)| template.seen.uses.iter().any(|used| used.name == variable))
    }

    /// A template and all that it includes, directly or not, each once.
    pub(crate) fn with_included(&self, name: &str) -> Vec<(&str, &Template)> {
        let mut found: BTreeMap<&str, &Template> = BTreeMap::new();
        let mut open = vec![name];
        while let Some(next) = open.pop() {
            let Some((key, template)) = self.all.get_key_value(next) else { continue };
            if found.insert(key, template).is_none() {
                open.extend(template.seen.includes.iter().map(|(included, _)| included.as_str()));
            }
        }
        found.into_iter().collect()
    }
}
