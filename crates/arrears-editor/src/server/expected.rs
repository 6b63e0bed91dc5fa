//! Which words a text in quotes may be, at a place of a policy.

use super::analysis::Analysis;
use super::cursor::Cursor;
use crate::language::{value_words, words};
use arrears::draft::{Keyword, OptionKind, OptionSpec, Part};
use arrears::facts::{
    Channel, Class, ContactPoint, EVENTS, FactDef, LEGAL_EVENTS, ParametricKind, Words, outcome_table, verb_table,
};
use arrears::table;

/// A list of words, and what kind of name each is.
pub(super) struct Expected<'a> {
    /// The words.
    pub(super) words: Vec<&'a str>,
    /// What they are, in a word or two.
    pub(super) what: &'static str,
    /// The statements that declare such names; none where the language gives the words.
    pub(super) kind: Option<Keyword>,
}

impl<'a> Expected<'a> {
    fn of(what: &'static str, words: Vec<&'a str>) -> Option<Self> {
        (!words.is_empty()).then_some(Self { words, what, kind: None })
    }

    fn names(analysis: &'a Analysis, kind: Keyword, what: &'static str) -> Option<Self> {
        let current = if kind == Keyword::Stage { vec!["current"] } else { Vec::new() };
        let words = [analysis.names(kind), current].concat();
        Some(Self { words, what, kind: Some(kind) })
    }
}

/// The words that a text at the cursor may be; none where any text may stand.
pub(super) fn expected<'a>(analysis: &'a Analysis, cursor: &Cursor<'_>) -> Option<Expected<'a>> {
    let keyword = cursor.keyword?;
    let in_stages = keyword == Keyword::Treatment && cursor.clause == Some(Part::Stages);
    if in_stages || keyword == Keyword::Ease && cursor.clause == Some(Part::To) {
        return Expected::names(analysis, Keyword::Stage, "stage");
    }
    if let Some(fact) = cursor.compared() {
        return of_fact(analysis, fact, keyword);
    }
    if let Some(call) = cursor.call().filter(|_| cursor.back(0) == "(") {
        return of_call(analysis, call, keyword);
    }
    if let Some((map, around)) = cursor.map() {
        return match cursor.option() {
            Some(spec) => of_option(analysis, spec, keyword),
            None if around == 0 => map.key.and_then(|key| of_test(analysis, key, keyword)),
            None => None,
        };
    }
    match (keyword, cursor.clause) {
        (Keyword::Outcome, None) => {
            Expected::of("result of a contact", outcome_table().iter().map(|def| def.code).collect())
        }
        (Keyword::Assume, Some(Part::Value)) if cursor.back(0) == "=" => of_fact(analysis, cursor.back(1), keyword),
        _ => None,
    }
}

/// The fact that a name means in a statement of a kind.
pub(super) fn fact_of(name: &str, keyword: Keyword, is_pack: bool) -> Option<&'static FactDef> {
    let law = matches!(
        keyword,
        Keyword::Guardrail | Keyword::Contact | Keyword::Exception | Keyword::Flag | Keyword::Procedure
    );
    if law || is_pack {
        table::find_of_contact(name).or_else(|| table::find(name))
    } else {
        table::find(name).or_else(|| table::find_of_contact(name))
    }
}

fn of_fact<'a>(analysis: &'a Analysis, name: &str, keyword: Keyword) -> Option<Expected<'a>> {
    let own = analysis.own_words(name);
    if !own.is_empty() {
        return Expected::of("word", own);
    }
    let def = fact_of(name, keyword, analysis.is_pack)?;
    match def.words {
        Words::Stages => Expected::names(analysis, Keyword::Stage, "stage"),
        Words::DebtorTypes => Expected::names(analysis, Keyword::Debtor, "debtor type"),
        Words::Treatments => Expected::names(analysis, Keyword::Treatment, "treatment"),
        _ => Expected::of("word", words(def)),
    }
}

/// What may be counted: channels, outcomes, events, the policy's own treatments and duties, classes of contacts.
fn events<'a>(analysis: &'a Analysis) -> Option<Expected<'a>> {
    let channels = Channel::ALL.map(Channel::word);
    let outcomes = outcome_table().iter().map(|def| def.code);
    let own = [Keyword::Treatment, Keyword::Duty, Keyword::Contact, Keyword::Event];
    let own = own.into_iter().flat_map(|kind| analysis.names(kind));
    let law = if analysis.is_pack { &LEGAL_EVENTS[..] } else { &[] };
    let words = channels.into_iter().chain(outcomes).chain(EVENTS).chain(law.iter().copied());
    Expected::of("event", words.chain(own).collect())
}

fn of_call<'a>(analysis: &'a Analysis, call: &str, _: Keyword) -> Option<Expected<'a>> {
    match ParametricKind::from_word(call) {
        Some(ParametricKind::Consent | ParametricKind::OptedOut) => {
            Expected::of("channel", Channel::ALL.map(Channel::word).to_vec())
        }
        Some(ParametricKind::Consented) => Expected::names(analysis, Keyword::Consents, "kind of consent"),
        Some(ParametricKind::DaysSinceFirst | ParametricKind::MinutesSince) => {
            Expected::names(analysis, Keyword::Contact, "class of contacts")
        }
        Some(ParametricKind::Tag) => None,
        Some(_) => events(analysis),
        None if matches!(call, "not_yet" | "not_since") => events(analysis),
        None => None,
    }
}

fn of_option<'a>(analysis: &'a Analysis, spec: &OptionSpec, keyword: Keyword) -> Option<Expected<'a>> {
    match (keyword, spec.key, spec.kind) {
        (Keyword::Hold, "stops", _) => {
            let classes = [Class::Contact, Class::Enforcement, Class::Relief, Class::Internal].map(Class::word);
            let duties = analysis.names(Keyword::Duty);
            Expected::of("what is stopped", [classes.to_vec(), vec!["required_notice"], duties].concat())
        }
        (Keyword::Cure, "then", _) => Expected::of("verb", verb_table().iter().map(|def| def.word).collect()),
        (Keyword::Exception, "lifts", _) => Expected::names(analysis, Keyword::Guardrail, "rule"),
        (Keyword::Guardrail, "of" | "after" | "lifted_by", _) => {
            Expected::names(analysis, Keyword::Contact, "class of contacts")
        }
        (_, "numbers", _) => Expected::of("number", ContactPoint::ALL.map(ContactPoint::word).to_vec()),
        (_, _, OptionKind::Word(_) | OptionKind::Words(_)) => Expected::of("word", value_words(spec.kind).to_vec()),
        (_, _, OptionKind::Stage | OptionKind::Stages) => Expected::names(analysis, Keyword::Stage, "stage"),
        (_, _, OptionKind::Treatment) => Expected::names(analysis, Keyword::Treatment, "treatment"),
        (_, _, OptionKind::Event) => events(analysis),
        _ => None,
    }
}

/// What a test gives of a fact or expects of a result.
fn of_test<'a>(analysis: &'a Analysis, key: &str, keyword: Keyword) -> Option<Expected<'a>> {
    match key {
        "stage" => Expected::names(analysis, Keyword::Stage, "stage"),
        "treatment" => Expected::names(analysis, Keyword::Treatment, "treatment"),
        "held_by" => Expected::names(analysis, Keyword::Hold, "hold"),
        "duties" => Expected::names(analysis, Keyword::Duty, "duty"),
        "acts" => Expected::names(analysis, Keyword::Act, "act"),
        fact => of_fact(analysis, fact, keyword),
    }
}
