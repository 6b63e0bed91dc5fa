//! What is not known of a case, by where it is told.

use super::prose::{hanging, paragraph};
use super::screen;
use crate::case_file;
use arrears::guardrail::Telling;

/// Facts that are told in the same place and in the same way.
struct Place {
    lead: String,
    expected: String,
    facts: Vec<String>,
}

/// Each place with what is expected there, and the facts that it tells.
pub(crate) fn to_tell_lines(to_tell: &[Telling], in_words: bool) -> Vec<String> {
    let mut places: Vec<Place> = Vec::new();
    for telling in to_tell {
        let lead = lead(telling, in_words);
        let same = places.iter_mut().find(|place| place.lead == lead && place.expected == telling.expected);
        match same {
            Some(place) => place.facts.push(telling.missing.clone()),
            None => {
                let facts = vec![telling.missing.clone()];
                places.push(Place { lead, expected: telling.expected.clone(), facts });
            }
        }
    }
    places.iter().map(Place::lines).collect()
}

impl Place {
    fn lines(&self) -> String {
        let told = hanging("  ", 6, &format!("{}: {}", self.lead, self.expected));
        // A fact that the place names itself is not named again.
        let named = matches!(self.facts.as_slice(), [fact] if self.lead.replace('-', "_").contains(fact.as_str()));
        if named { told } else { told + paragraph(6, &format!("tells {}", self.facts.join(", "))).as_str() }
    }
}

/// How a place is named: by the option of the command line where there is one.
fn lead(telling: &Telling, in_words: bool) -> String {
    let path = telling.path.as_str();
    let option = if in_words { case_file::option(path) } else { None };
    match option.as_deref() {
        Some("--nothing-on-file") => format!("--nothing-on-file, or {path} of a case file"),
        Some(option) if option.starts_with("--fact ") => "--fact NAME=VALUE".to_owned(),
        Some(option) => option.to_owned(),
        None if path.starts_with("standing.facts.") => "standing.facts.NAME".to_owned(),
        None => screen::printable(path),
    }
}
