//! Packs, people and contacts written by hand.

use arrears::build::{Build, Expr, Line};
use arrears::draft::Keyword;
use arrears::guardrail::{Answer, Case, Contact, Debt, Permission, Standing};
use arrears::{Channel, Law, Pack};
use chrono::{DateTime, FixedOffset, NaiveDate};

/// A moment.
pub(crate) fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

/// A day.
pub(crate) fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A statement with the citation that a pack's rules need.
pub(crate) fn cited(keyword: Keyword, name: &str) -> Line {
    let line = Line::new(keyword).name(name).option("cites", "1 A 1");
    if keyword == Keyword::Guardrail {
        line.option("basis", "primary").option("says", "so").option("not_covered", "nothing")
    } else {
        line
    }
}

/// A guardrail that refuses.
pub(crate) fn refuses(name: &str, when: impl Into<Expr>) -> Line {
    cited(Keyword::Guardrail, name).when(when).act("refuse")
}

/// A guardrail that keeps hours.
pub(crate) fn hours(name: &str, key: &str, period: &str) -> Line {
    cited(Keyword::Guardrail, name).act("keep_hours").verb_option(key, period)
}

/// A pack of the United States with these statements.
pub(crate) fn built(lines: impl IntoIterator<Item = Line>) -> Build {
    let head = Line::new(Keyword::Pack).name("us").option("version", "1").option("title", "US");
    let head = head.option("jurisdiction", "US").option("calendar", "ours");
    lines.into_iter().fold(Build::default().add(head), Build::add)
}

/// The pack, if nothing is wrong with it.
pub(crate) fn pack(lines: impl IntoIterator<Item = Line>) -> Pack {
    let checked = Pack::check(&built(lines).draft(), &[]);
    checked.pack.unwrap_or_else(|| panic!("{:#?}", checked.problems))
}

/// A person of whom everything is known and nothing is special.
pub(crate) fn plain() -> Standing {
    Standing {
        jurisdiction: "US".to_owned(),
        zones: vec!["America/New_York".to_owned()],
        debts: vec![Debt { id: "D1".to_owned(), ..Debt::default() }],
        contacts: Some(Vec::new()),
        preferences: Some(Vec::new()),
        consents: Some(Vec::new()),
        refusals: Some(Vec::new()),
        wrong_numbers: Some(Vec::new()),
        ..Standing::default()
    }
}

/// A call to the debtor at a moment.
pub(crate) fn call_at(text: &str) -> Contact {
    let mut contact = Contact::new(at(text), Channel::Phone);
    contact.recipient = Some("debtor".to_owned());
    contact
}

/// The same call, with what came of it.
pub(crate) fn called(text: &str, outcome: &str) -> Contact {
    Contact { outcome: Some(outcome.to_owned()), ..call_at(text) }
}

/// What the rules of these statements say of a contact, as of its own moment.
pub(crate) fn said(lines: impl IntoIterator<Item = Line>, standing: &Standing, contact: &Contact) -> Permission {
    let case = Case::new(&Law::of([pack(lines)]), standing, contact.at).unwrap();
    case.permission(contact).unwrap()
}

/// The answer alone.
pub(crate) fn answer(lines: impl IntoIterator<Item = Line>, standing: &Standing, contact: &Contact) -> Answer {
    said(lines, standing, contact).answer
}
