//! Packs of law: what is shipped, by jurisdiction.

use super::prose::{paragraph, title};
use super::{plural, screen};
use arrears::policy::pack::{Citation, Status, Strength};
use arrears::{Law, Pack};
use chrono::NaiveDate;

/// Packs with their rules, by jurisdiction; as of a day, where one is given.
pub(crate) fn packs_text(law: &Law, packs: &[&Pack], on: Option<NaiveDate>) -> String {
    let mut text = String::new();
    let mut before = "";
    for pack in packs {
        let country = pack.head().jurisdiction.split('-').next().unwrap_or_default();
        if country != before {
            text.push_str(&title(&screen::printable(country)));
            before = country;
        }
        text.push_str(&of_pack(law, pack, on));
    }
    let rules = packs.iter().map(|pack| entries(pack).len()).sum::<usize>();
    let idle = packs.iter().flat_map(|pack| entries(pack)).filter(|entry| entry.status != Status::InForce).count();
    let (packs, rules) = (plural(packs.len(), "pack", "packs"), plural(rules, "rule", "rules"));
    text.push_str(&format!("\n{rules} in {packs}"));
    if idle > 0 {
        text.push_str(&format!("; {idle} of them bind nobody until a host enables them by name"));
    }
    text.push('\n');
    text.trim_start().to_owned()
}

fn of_pack(law: &Law, pack: &Pack, on: Option<NaiveDate>) -> String {
    let mut text = format!("\n{}", head_text(pack, on));
    let entries = entries(pack);
    let line = |citation: &Citation| rule_line(citation, on.map(|on| law.binds_of(pack, citation, on)));
    // Parts of one rule that stand alike are told under one head.
    for parts in entries.chunk_by(|one, next| line(one) == line(next) && one.cites == next.cites) {
        let Some(first) = parts.first() else { continue };
        text.push_str(&line(first));
        for part in parts {
            text.push_str(&paragraph(6, &part.says));
        }
        text.push_str(&paragraph(6, &first.cites));
    }
    text
}

/// A pack in a few lines.
pub(super) fn head_text(pack: &Pack, on: Option<NaiveDate>) -> String {
    let head = pack.head();
    let name = screen::heading(&screen::printable(&format!("{} {}", head.name, head.version)));
    let mut said = vec![format!("law of {}", head.jurisdiction)];
    said.extend(term(head.from, head.to));
    said.extend(on.map(|on| {
        let holds = if head.in_force(on) { "in force" } else { "not in force" };
        format!("{holds} on {on}")
    }));
    said.push(match head.verified_on {
        Some(day) => format!("its source was last read on {day}"),
        None => "no day is recorded on which its source was read".to_owned(),
    });
    said.extend(head.calendar.as_ref().map(|calendar| format!("calendar {calendar}")));
    let mut text = format!("  {name}  {}\n", screen::printable(&head.title));
    text.push_str(&paragraph(4, &said.join("; ")));
    text.push_str(&paragraph(4, &head.source));
    text
}

/// A rule with its standing, on one line. `binds`: whether it binds on the day that was asked about.
pub(super) fn rule_line(citation: &Citation, binds: Option<bool>) -> String {
    let rule = screen::heading(&screen::printable(&citation.rule));
    let known = format!("{}, certainty {}", citation.basis.word(), citation.certainty.word());
    let status = status_word(citation);
    let mut line = format!("    {rule}  {status}  {}  {known}", strength_words(citation.strength));
    if let Some(term) = term(citation.from, citation.to) {
        line.push_str(&format!("  {term}"));
    }
    if binds == Some(false) && citation.status == Status::InForce {
        line.push_str(&format!("  {}", screen::noted("not on that day")));
    }
    line.push('\n');
    line
}

/// The status; what binds nobody by default stands out.
pub(super) fn status_word(citation: &Citation) -> String {
    standing(citation.status)
}

/// A status in words; what binds nobody by default stands out.
pub(super) fn standing(status: Status) -> String {
    match status {
        Status::InForce => "in force".to_owned(),
        other => screen::noted(other.word()),
    }
}

/// Whether a rule must be kept, in words.
pub(super) const fn strength_words(strength: Strength) -> &'static str {
    match strength {
        Strength::Must => "must",
        Strength::ShouldNot => "should not",
        Strength::Guideline => "guideline",
        Strength::Policy => "the bank's own choice",
    }
}

/// The days on which something holds, as far as they are known.
pub(super) fn term(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<String> {
    match (from, to) {
        (None, None) => None,
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(to)) => Some(format!("to {to}")),
        (Some(from), Some(to)) => Some(format!("from {from} to {to}")),
    }
}

/// The rules of a pack, each once for each thing that it says.
pub(super) fn entries(pack: &Pack) -> Vec<&Citation> {
    let mut entries: Vec<&Citation> = Vec::new();
    for citation in pack.citations().filter(|citation| !citation.says.is_empty()) {
        if !entries.contains(&citation) {
            entries.push(citation);
        }
    }
    entries
}
