//! What a template writes for one account, within limits.

use super::check::Use;
use super::fault::{Place, TemplateFault};
use super::{TemplateKind, TemplateName, Templates};
use crate::told::{Told, variables};
use crate::{Language, ShortMessage};
use arrears::document::meant;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};
use std::collections::BTreeSet;
use std::io;

/// Where the writing of a template ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Steps of one template with all that it includes.
    pub steps: u64,
    /// Bytes that it may write.
    pub bytes: usize,
    /// Parts of a short message.
    pub sms_parts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 100_000, bytes: 64 * 1024, sms_parts: 3 }
    }
}

/// An environment with nothing in it but what templates are told they have.
fn environment<'a>(limits: &Limits) -> Environment<'a> {
    let mut all = Environment::empty();
    all.set_undefined_behavior(UndefinedBehavior::Strict);
    all.set_fuel(Some(limits.steps));
    // An include takes ten of these, and no template may have more than eight below each other.
    all.set_recursion_limit(200);
    all.set_trim_blocks(true);
    all.set_lstrip_blocks(true);
    all.add_filter("default", minijinja::filters::default);
    all.add_filter("length", minijinja::filters::length);
    all.add_test("defined", minijinja::tests::is_defined);
    all.add_test("undefined", minijinja::tests::is_undefined);
    all
}

/// What keeps a template from being read, where the checks found nothing.
pub(super) fn syntax_fault(name: &str, source: &str) -> Option<(Place, String)> {
    let mut all = environment(&Limits::default());
    let error = all.add_template(name, source).err()?;
    Some((line_of(&error), said(&error)))
}

fn line_of(error: &Error) -> Place {
    Place { line: error.line().and_then(|line| u32::try_from(line).ok()).unwrap_or(0), column: 0 }
}

fn said(error: &Error) -> String {
    let detail = error.detail().unwrap_or_default();
    if detail.is_empty() { error.kind().to_string() } else { format!("{}: {detail}", error.kind()) }
}

/// The error itself, where it happened in an included template.
fn innermost(error: &Error) -> &Error {
    let mut found = error;
    while let Some(source) = std::error::Error::source(found).and_then(|source| source.downcast_ref::<Error>()) {
        found = source;
    }
    found
}

/// Keeps what is written, and refuses what is too much.
struct Bounded {
    written: Vec<u8>,
    most: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.written.len().saturating_add(more.len()) > self.most {
            return Err(io::Error::new(io::ErrorKind::OutOfMemory, "too long"));
        }
        self.written.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Templates {
    /// What a template says of one account: `write(TemplateKind::Sms, "gentle", &told)` takes the template
    /// `sms/gentle.en.txt` where what is told is in English. A short message is counted as a network counts it.
    ///
    /// # Errors
    ///
    /// Every variable that the template needs and that is not told; or that there is no such template, that it
    /// passed a limit, or that a short message is too long.
    ///
    /// ```
    /// use arrears::Money;
    /// use arrears_words::{Language, template::{TemplateKind, Templates}, told::Told};
    /// let set = Templates::read([("sms/due.en.txt", "{{ creditor }}: {{ amount }} is due on {{ due_on }}.")])
    ///     .map_err(|faults| format!("{faults:?}"))?;
    /// let mut told = Told::new(Language::English, "2026-11-24".parse()?, "Harbour Bank");
    /// told.due_on = Some("2026-11-27".parse()?);
    /// let faults = set.write(TemplateKind::Sms, "due", &told).unwrap_err();
    /// assert_eq!(faults[0].to_string(), "sms/due.en.txt:1:20: `amount` is not told: what is asked for now; zero: nothing");
    /// told.amount = Some(Money::from_minor(123_450, "USD".parse()?));
    /// let written = set.write(TemplateKind::Sms, "due", &told).map_err(|faults| format!("{faults:?}"))?;
    /// assert_eq!(written, "Harbour Bank: USD 1,234.50 is due on 27 November 2026.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write(&self, kind: TemplateKind, stem: &str, told: &Told) -> Result<String, Vec<TemplateFault>> {
        let name = TemplateName::write(kind, stem, told.language);
        let written = self.write_named(&name, told)?;
        if kind == TemplateKind::Sms {
            let counted = ShortMessage::of(&written).within(self.limits.sms_parts);
            counted.map_err(|error| vec![TemplateFault::new(&name, Place::WHOLE, error.to_string())])?;
        }
        Ok(written)
    }

    /// Whether there is a template of this kind, name and language.
    pub fn has(&self, kind: TemplateKind, stem: &str, language: Language) -> bool {
        self.all.contains_key(&TemplateName::write(kind, stem, language))
    }

    pub(crate) fn write_named(&self, name: &str, told: &Told) -> Result<String, Vec<TemplateFault>> {
        if !self.all.contains_key(name) {
            let message = format!("no such template in the set{}", meant(name, self.names()));
            return Err(vec![TemplateFault::new(name, Place::WHOLE, message)]);
        }
        let whole = |message: String| vec![TemplateFault::new(name, Place::WHOLE, message)];
        let parts = self.with_included(name);
        let mut all = environment(&self.limits);
        for (part, template) in &parts {
            all.add_template(part, &template.source).map_err(|error| whole(said(&error)))?;
        }
        let template = all.get_template(name).map_err(|error| whole(said(&error)))?;
        let mut context = told.context();
        let mut faults: Vec<TemplateFault> = Vec::new();
        // What is not told is put in its place, so that one missing variable does not hide the next.
        for _ in 0..=variables().len() {
            let mut out = Bounded { written: Vec::new(), most: self.limits.bytes };
            let Err(error) = template.render_captured_to(Value::from_iter(context.0.clone()), &mut out) else {
                let text = String::from_utf8(out.written).map_err(|error| whole(error.to_string()))?;
                return if faults.is_empty() { Ok(text) } else { Err(faults) };
            };
            let error = innermost(&error);
            let (at, line) = (error.name().unwrap_or(name).to_owned(), line_of(error).line);
            let missing = if error.kind() == ErrorKind::UndefinedError {
                let known: BTreeSet<&str> = context.0.keys().copied().collect();
                self.missing(&at, line, &known)
            } else {
                Vec::new()
            };
            if missing.is_empty() {
                faults.push(TemplateFault::new(&at, Place { line, column: 0 }, self.stopped(error)));
                return Err(faults);
            }
            for (variable, place) in missing {
                let message = format!("`{}` is not told: {}", variable.name, variable.meaning);
                faults.push(TemplateFault::new(&at, place, message));
                context.0.insert(variable.name, Value::from("?"));
            }
        }
        Err(faults)
    }

    /// The variables that a line of a template uses and that are not told.
    fn missing(&self, name: &str, line: u32, known: &BTreeSet<&str>) -> Vec<(&'static crate::told::Variable, Place)> {
        let Some(template) = self.all.get(name) else { return Vec::new() };
        let seen = &template.seen;
        let missing = |fits: &dyn Fn(&Use) -> bool| {
            let mut found: Vec<(&'static crate::told::Variable, Place)> = Vec::new();
            for used in seen.uses.iter().filter(|used| fits(used)) {
                if let Some(variable) = crate::told::find_variable(&used.name)
                    && !known.contains(variable.name)
                    && !found.iter().any(|(other, _)| other.name == variable.name)
                {
                    found.push((variable, used.place));
                }
            }
            found
        };
        // What a template asks about before it is used is seldom what it lacks; a tag over several lines is
        // reported on one of them.
        let on_line = |used: &Use| used.place.line == line;
        let bare = missing(&|used| on_line(used) && !seen.guarded.contains(&used.name));
        if !bare.is_empty() {
            return bare;
        }
        let guarded = missing(&on_line);
        if guarded.is_empty() { missing(&|_| true) } else { guarded }
    }

    fn stopped(&self, error: &Error) -> String {
        match error.kind() {
            ErrorKind::OutOfFuel => {
                format!("stopped after {} steps: it goes through too much", self.limits.steps)
            }
            ErrorKind::WriteFailure => format!("stopped: it writes more than {} bytes", self.limits.bytes),
            _ => said(error),
        }
    }
}
