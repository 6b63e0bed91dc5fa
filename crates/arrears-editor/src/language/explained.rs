//! What a word of the language means, as a few lines of Markdown.

use super::document::{value_word, value_words};
use super::facts::{movement, unit, words};
use super::functions::FunctionDef;
use super::statements::{clause_meaning, statement_meaning};
use super::{Language, document};
use arrears::draft::{Keyword, LimitWord, OptionOwner, OptionSpec, Part, options_of};
use arrears::facts::{EffectDef, EffectWord, FactDef, OutcomeDef, Role, Verb, VerbDef, effect_table, outcome_table};
use arrears::table;
use arrears_rules::statement_form;
use std::fmt::Write as _;

/// A statement: how it is written, what it is for, its options.
pub(crate) fn about_statement(keyword: Keyword) -> String {
    let mut text = format!("```rhai\n{}\n```\n{}", statement_form(keyword), statement_meaning(keyword));
    let mut options = options_of(OptionOwner::Statement(keyword)).peekable();
    if options.peek().is_some() {
        text.push('\n');
    }
    for spec in options {
        let must = if spec.required { " (required)" } else { "" };
        let _ = write!(text, "\n- `{}`{must}: {}", spec.key, spec.meaning);
    }
    text
}

/// A clause.
pub(crate) fn about_clause(part: Part) -> String {
    format!("`{}`\n\n{}", part.word(), clause_meaning(part))
}

/// An option.
pub(crate) fn about_option(spec: &OptionSpec) -> String {
    let words = value_words(spec.kind);
    let value = if words.is_empty() { value_word(spec.kind).to_owned() } else { words.join(", ") };
    let must = if spec.required { ", required" } else { "" };
    format!("`{}`: {value}{must}\n\n{}", spec.key, sentence(spec.meaning))
}

/// A verb, or the channel of that name.
pub(crate) fn about_verb(def: &VerbDef) -> String {
    let kind = if def.channel.is_some() { "verb and channel" } else { "verb" };
    let strength = def.strength.map_or_else(|| "no strength".to_owned(), |strength| format!("strength {strength}"));
    format!("`{}`: {kind}, class {}, {strength}\n\n{}", def.word, def.class.word(), sentence(def.doc))
}

/// An effect of an outcome.
pub(crate) fn about_effect(def: &EffectDef) -> String {
    format!("`{}`: effect of an outcome\n\n{}", def.word, sentence(def.doc))
}

/// A limit of a guardrail.
pub(crate) fn about_limit(limit: LimitWord) -> String {
    format!("`{}`: limit of a guardrail\n\n{}", limit.word(), sentence(limit.meaning()))
}

/// A function of conditions.
pub(crate) fn about_function(def: &FunctionDef) -> String {
    let only = if def.in_guardrails_only { "; in guardrails only" } else { "" };
    format!("`{}`: {}{only}\n\n{}", def.form(), def.gives, def.meaning)
}

/// A fact.
pub(crate) fn about_fact(def: &FactDef) -> String {
    let never = if def.never { "; may be never" } else { "" };
    let whence = match def.role {
        Role::Input => "",
        Role::Derived => " Computed unless given.",
        Role::State(_) => " Carried in the state.",
        Role::Result => " A result of the decision.",
        Role::Contact => " Of one contact; only guardrails read it.",
    };
    let mut text = format!("`{}`: {}, {}{never}\n\n{}{whence}", def.name, def.kind.word(), unit(def.kind), def.doc);
    if !matches!(def.role, Role::Result | Role::Contact) {
        let _ = write!(text, "\n\nA day without events: {}.", movement(def.movement));
    }
    let words = words(def);
    if !words.is_empty() {
        let _ = write!(text, "\n\nWords: {}.", words.join(", "));
    }
    text
}

/// A result of a contact.
pub(crate) fn about_outcome(def: &OutcomeDef) -> String {
    let party = if def.right_party { "the right party was spoken to" } else { "the right party was not spoken to" };
    format!("`{}`: result of a contact\n\n{} ({party})", def.code, sentence(def.doc).trim_end_matches('.'))
}

/// A clause of the tables as a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let stop = if text.ends_with('.') { "" } else { "." };
    format!("{}{stop}", first.chain(letters).collect::<String>())
}

/// Everything that a word means in the language, as Markdown; nothing where it means nothing.
///
/// ```
/// let phone = arrears_editor::about("phone");
/// assert_eq!(phone, ["`phone`: verb and channel, class contact, strength 3\n\nCall."]);
/// assert!(arrears_editor::about("telephone").is_empty());
/// ```
pub fn about(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(Keyword::from_word(word).map(about_statement));
    let parts = [Part::Stages, Part::To, Part::When, Part::Unless, Part::Then, Part::Otherwise];
    let more = [Part::Do, Part::Given, Part::After, Part::Expect];
    found.extend(parts.into_iter().chain(more).find(|part| part.word() == word).map(about_clause));
    found.extend(table::find(word).map(about_fact));
    found.extend(table::find_of_contact(word).map(about_fact));
    found.extend(Verb::from_word(word).map(|verb| about_verb(&verb.def())));
    let effect = EffectWord::from_word(word);
    found.extend(effect_table().iter().find(|def| Some(def.effect) == effect).map(about_effect));
    found.extend(LimitWord::from_word(word).map(about_limit));
    found.extend(FunctionDef::find(word).map(about_function));
    found.extend(outcome_table().iter().find(|def| def.code == word).map(about_outcome));
    found
}

/// The words of the language by kind, each with what it means, as lines of text.
pub fn overview() -> String {
    let language = Language::of_this_version();
    let mut text = String::new();
    let mut section = |title: &str, lines: Vec<(String, &str)>| {
        let _ = writeln!(text, "{}{title}", if text.is_empty() { "" } else { "\n" });
        let width = lines.iter().map(|(word, _)| word.chars().count()).max().unwrap_or(0);
        for (word, meaning) in lines {
            let _ = writeln!(text, "  {word:width$}  {meaning}");
        }
    };
    let plain = |word: &str| word.to_owned();
    section("Statements", language.statements.iter().map(|item| (plain(item.word), item.meaning)).collect());
    section("Verbs", language.verbs.iter().map(|item| (plain(item.word), item.meaning)).collect());
    section("Effects of an outcome", dos(&language.effects));
    section("Limits of a guardrail", dos(&language.limits));
    let functions = language.functions.iter();
    section(
        "Functions",
        functions.map(|item| (format!("{}({})", item.name, item.arguments.join(", ")), item.meaning)).collect(),
    );
    section("Facts", language.facts.iter().map(|item| (plain(item.name), item.meaning)).collect());
    section(
        "Facts of one contact",
        language.contact_facts.iter().map(|item| (plain(item.name), item.meaning)).collect(),
    );
    section("Outcomes", language.outcomes.iter().map(|item| (plain(item.code), item.meaning)).collect());
    text
}

fn dos(entries: &[document::DoEntry]) -> Vec<(String, &str)> {
    entries.iter().map(|item| (item.word.to_owned(), item.meaning)).collect()
}
