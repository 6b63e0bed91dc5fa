//! Texts that go out, and what is wrong with templates.

use super::plural;
use arrears::Policy;
use arrears_words::Encoding;
use arrears_words::Language;
use arrears_words::message::{Wanted, wanted_templates};
use arrears_words::said::Said;
use arrears_words::template::TemplateFault;

/// Each text under a line that says what it is; a short message in its parts.
pub(crate) fn texts_text(texts: &[Said]) -> String {
    let pages: Vec<String> = texts.iter().map(text).collect();
    pages.join("\n----\n\n")
}

fn text(said: &Said) -> String {
    let mut out = format!("{} {} ({}, {})", said.kind.word(), said.template, said.language, said.by);
    let Some(message) = &said.short_message else {
        return format!("{out}\n\n{}", said.page());
    };
    let parts = message.parts();
    let (encoding, units) = match message.encoding() {
        Encoding::Gsm7 => ("GSM 03.38", "septets"),
        Encoding::Ucs2 => ("UCS-2", "UTF-16 units"),
    };
    let counted = plural(parts.len(), "part", "parts");
    out.push_str(&format!(": {counted}, {} {units} in {encoding}\n\n", message.units()));
    for (index, part) in parts.iter().enumerate() {
        if parts.len() > 1 {
            out.push_str(&format!("{}/{} ", index + 1, parts.len()));
        }
        out.push_str(&format!("{part}\n"));
    }
    out
}

/// What is wrong with the templates, and which the policy names that are not there.
pub(crate) fn words_text(
    policy: &Policy,
    templates: usize,
    faults: &[TemplateFault],
    lacking: &[(Language, Vec<Wanted>)],
) -> String {
    let mut out = String::new();
    for fault in faults {
        out.push_str(&format!("{fault}\n"));
    }
    for (language, wanted) in lacking {
        for Wanted { kind, text, by } in wanted {
            out.push_str(&format!("{}/{text}.{language}.txt: not there; `{by}` of the policy names it\n", kind.word()));
        }
    }
    let names: usize = lacking.iter().map(|(_, wanted)| wanted.len()).sum();
    let asked = wanted_templates(policy).len();
    let spoken: Vec<&str> = lacking.iter().map(|(language, _)| language.tag()).collect();
    out.push_str(&format!(
        "{} in {}, {}; the policy names {} in each language, {}\n",
        plural(templates, "template", "templates"),
        spoken.join(", "),
        plural(faults.len(), "problem", "problems"),
        plural(asked, "text", "texts"),
        if names == 0 { "lacking none".to_owned() } else { format!("lacking {names}") }
    ));
    out
}
