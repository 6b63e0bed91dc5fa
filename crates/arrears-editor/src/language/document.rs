//! The language as one document, `arrears-language/1`, for programs that help authors.

use super::facts::{movement, role, unit, vocabulary, words};
use super::functions::function_table;
use super::statements::{clause_meaning, statement_meaning};
use arrears::draft::{Keyword, LimitWord, NameForm, OptionKind, OptionOwner, Part, options_of};
use arrears::facts::{CAUSES, EVENTS, FactDef, LEGAL_EVENTS, effect_table, outcome_table, verb_table};
use arrears::table;
use arrears_rules::statement_form;
use serde::Serialize;

/// The format of the document.
pub const LANGUAGE_FORMAT: &str = "arrears-language/1";

/// Everything that a policy file can say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Language {
    /// `arrears-language/1`.
    pub format: &'static str,
    /// Statements, in the order of the handbook.
    pub statements: Vec<StatementEntry>,
    /// What a `do` can do, and what a channel is: class and strength.
    pub verbs: Vec<VerbEntry>,
    /// Options of a treatment's verb.
    pub treatment_options: Vec<OptionEntry>,
    /// Options of a duty's verb.
    pub duty_options: Vec<OptionEntry>,
    /// Options of an act's verb.
    pub act_options: Vec<OptionEntry>,
    /// What `do` of an `outcome` takes.
    pub effects: Vec<DoEntry>,
    /// What `do` of a `guardrail` takes.
    pub limits: Vec<DoEntry>,
    /// The functions of conditions.
    pub functions: Vec<FunctionEntry>,
    /// Facts of an account.
    pub facts: Vec<FactEntry>,
    /// Facts of one contact, which only guardrails read.
    pub contact_facts: Vec<FactEntry>,
    /// Results of a contact.
    pub outcomes: Vec<OutcomeEntry>,
    /// Reasons for arrears.
    pub causes: Vec<&'static str>,
    /// Events of an account that are no contacts.
    pub events: Vec<&'static str>,
    /// Events whose dates a host gives for a contact.
    pub legal_events: Vec<&'static str>,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StatementEntry {
    /// The word that begins it.
    pub word: &'static str,
    /// How it is written.
    pub form: &'static str,
    /// How it is named: `none`, `text`, `identifier`, or `fact` (an identifier or `times("refused", 60)`).
    pub name: &'static str,
    /// Whether a bank's policy may have it.
    pub in_policies: bool,
    /// Whether a pack of law may have it.
    pub in_packs: bool,
    /// What it is for.
    pub meaning: &'static str,
    /// Its clauses, in the order in which they are written.
    pub clauses: Vec<ClauseEntry>,
    /// The keys of its `#{ ... }`.
    pub options: Vec<OptionEntry>,
}

/// A clause of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClauseEntry {
    /// The word or sign that begins it.
    pub word: &'static str,
    /// Whether the statement says nothing without it.
    pub required: bool,
    /// What it says.
    pub meaning: &'static str,
}

/// An option: a key of a `#{ ... }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OptionEntry {
    /// The key.
    pub key: &'static str,
    /// What the value is: `text`, `flag`, `count`, `days`, `date`, `clock`, `texts`, `numbers`, `shows`,
    /// `word`, `words`, `stage`, `stages`, `treatment`, `own_kind`, `facts`, `event`, `points` or `note`.
    pub value: &'static str,
    /// The words of a `word` or `words`; empty for others.
    pub words: Vec<&'static str>,
    /// Whether it must be written.
    pub required: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// A verb; one with a channel is the channel too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VerbEntry {
    /// The word.
    pub word: &'static str,
    /// What holds and guardrails take it for.
    pub class: &'static str,
    /// How strong it is, from 0 to 6; null for acts on the account, which have no strength.
    pub strength: Option<u8>,
    /// Whether it is a channel.
    pub is_channel: bool,
    /// What it does.
    pub meaning: &'static str,
}

/// An effect of an outcome, or a limit of a guardrail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DoEntry {
    /// The word.
    pub word: &'static str,
    /// What it does.
    pub meaning: &'static str,
    /// Its options.
    pub options: Vec<OptionEntry>,
}

/// A function of conditions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FunctionEntry {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub arguments: Vec<&'static str>,
    /// The kind of what it gives, or `same` for that of its arguments.
    pub gives: &'static str,
    /// Whether only guardrails may call it.
    pub in_guardrails_only: bool,
    /// What it gives.
    pub meaning: &'static str,
}

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FactEntry {
    /// The name in policies, and the column in tables.
    pub name: &'static str,
    /// What it measures: `days`, `count`, `money`, `ratio`, `flag` or `category`.
    pub kind: &'static str,
    /// What it counts, in words.
    pub unit: &'static str,
    /// What a day on which nothing happens does to it, in words.
    pub movement: String,
    /// Whether it may be *never*.
    pub never: bool,
    /// Where it comes from: `input`, `derived`, `state`, `result` or `contact`.
    pub role: &'static str,
    /// The page of the handbook on which it stands.
    pub group: &'static str,
    /// From what the words of a category come: `closed`, `open`, `stages`, `debtor_types`, `treatments`,
    /// `actions`, `channels` or `outcomes`; null for other kinds.
    pub vocabulary: Option<&'static str>,
    /// The words, where the language gives them.
    pub words: Vec<&'static str>,
    /// What it means; what zero and missing mean.
    pub meaning: &'static str,
}

/// A result of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OutcomeEntry {
    /// The code.
    pub code: &'static str,
    /// Whether the right person was spoken to.
    pub right_party: bool,
    /// What it means.
    pub meaning: &'static str,
}

impl Language {
    /// The language of this version, from the tables by which policies are checked.
    ///
    /// ```
    /// let language = arrears_editor::Language::of_this_version();
    /// assert!(language.facts.iter().any(|fact| fact.name == "dpd" && fact.kind == "days"));
    /// ```
    pub fn of_this_version() -> Self {
        let effects = effect_table().iter();
        Self {
            format: LANGUAGE_FORMAT,
            statements: Keyword::ALL.into_iter().map(statement).collect(),
            verbs: verb_table().iter().map(verb).collect(),
            treatment_options: options(OptionOwner::Treatment),
            duty_options: options(OptionOwner::Duty),
            act_options: options(OptionOwner::Act),
            effects: effects
                .map(|def| DoEntry {
                    word: def.word,
                    meaning: def.doc,
                    options: options(OptionOwner::Effect(def.effect)),
                })
                .collect(),
            limits: LimitWord::ALL
                .into_iter()
                .map(|limit| DoEntry {
                    word: limit.word(),
                    meaning: limit.meaning(),
                    options: options(OptionOwner::Limit(limit)),
                })
                .collect(),
            functions: function_table()
                .iter()
                .map(|def| FunctionEntry {
                    name: def.name,
                    arguments: def.arguments.to_vec(),
                    gives: def.gives,
                    in_guardrails_only: def.in_guardrails_only,
                    meaning: def.meaning,
                })
                .collect(),
            facts: table::all().map(fact).collect(),
            contact_facts: table::of_contact().map(fact).collect(),
            outcomes: outcome_table()
                .iter()
                .map(|def| OutcomeEntry { code: def.code, right_party: def.right_party, meaning: def.doc })
                .collect(),
            causes: CAUSES.to_vec(),
            events: EVENTS.to_vec(),
            legal_events: LEGAL_EVENTS.to_vec(),
        }
    }
}

impl Language {
    /// Every word that can be asked about.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        let statements = self.statements.iter().flat_map(|item| {
            let clauses = item.clauses.iter().map(|clause| clause.word);
            clauses.filter(|word| word.chars().all(char::is_alphabetic)).chain([item.word])
        });
        let dos = self.effects.iter().chain(&self.limits).map(|item| item.word);
        let facts = self.facts.iter().chain(&self.contact_facts).map(|item| item.name);
        let functions = self.functions.iter().map(|item| item.name);
        let outcomes = self.outcomes.iter().map(|item| item.code);
        statements
            .chain(self.verbs.iter().map(|item| item.word))
            .chain(dos)
            .chain(facts)
            .chain(functions)
            .chain(outcomes)
    }
}

fn statement(keyword: Keyword) -> StatementEntry {
    let clause = |part: &Part| ClauseEntry {
        word: part.word(),
        required: keyword.needs().contains(part),
        meaning: clause_meaning(*part),
    };
    StatementEntry {
        word: keyword.word(),
        form: statement_form(keyword),
        name: match keyword.name_form() {
            NameForm::None => "none",
            NameForm::Text => "text",
            NameForm::Identifier => "identifier",
            NameForm::Fact => "fact",
        },
        in_policies: keyword.in_policies(),
        in_packs: keyword.in_packs(),
        meaning: statement_meaning(keyword),
        clauses: keyword.parts().iter().map(clause).collect(),
        options: options(OptionOwner::Statement(keyword)),
    }
}

fn verb(def: &arrears::facts::VerbDef) -> VerbEntry {
    VerbEntry {
        word: def.word,
        class: def.class.word(),
        strength: def.strength,
        is_channel: def.channel.is_some(),
        meaning: def.doc,
    }
}

fn options(owner: OptionOwner) -> Vec<OptionEntry> {
    let entry = |spec: &arrears::draft::OptionSpec| OptionEntry {
        key: spec.key,
        value: value_word(spec.kind),
        words: value_words(spec.kind).to_vec(),
        required: spec.required,
        meaning: spec.meaning,
    };
    options_of(owner).map(entry).collect()
}

/// What the value of an option is, by a word.
pub(crate) const fn value_word(kind: OptionKind) -> &'static str {
    match kind {
        OptionKind::Text => "text",
        OptionKind::Flag => "flag",
        OptionKind::Count => "count",
        OptionKind::Days => "days",
        OptionKind::Date => "date",
        OptionKind::Clock => "clock",
        OptionKind::Texts => "texts",
        OptionKind::Numbers => "numbers",
        OptionKind::Shows => "shows",
        OptionKind::Word(_) => "word",
        OptionKind::Words(_) => "words",
        OptionKind::Stage => "stage",
        OptionKind::Stages => "stages",
        OptionKind::Treatment => "treatment",
        OptionKind::OwnKind => "own_kind",
        OptionKind::Facts => "facts",
        OptionKind::Event => "event",
        OptionKind::Points => "points",
        OptionKind::Note => "note",
    }
}

/// The words among which the value of an option is.
pub(crate) const fn value_words(kind: OptionKind) -> &'static [&'static str] {
    match kind {
        OptionKind::Word(words) | OptionKind::Words(words) => words,
        _ => &[],
    }
}

fn fact(def: &FactDef) -> FactEntry {
    FactEntry {
        name: def.name,
        kind: def.kind.word(),
        unit: unit(def.kind),
        movement: movement(def.movement),
        never: def.never,
        role: role(def.role),
        group: def.group.title(),
        vocabulary: vocabulary(def.words),
        words: words(def),
        meaning: def.doc,
    }
}

/// Where the types have changed, what they say now stands in the failure, between two lines of dashes.
#[test]
fn the_published_schema_of_the_language_is_what_is_written() {
    let generator = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<Language>().to_value();
    schema["title"] = serde_json::json!(LANGUAGE_FORMAT);
    schema["properties"]["format"] = serde_json::json!({ "const": LANGUAGE_FORMAT });
    let made = serde_json::to_string_pretty(&schema).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/language-1.schema.json");
    if std::env::var_os("ARREARS_BLESS").is_some() {
        std::fs::write(path, format!("{made}\n")).unwrap();
    }
    let published = std::fs::read_to_string(path).unwrap_or_default();
    assert!(published.trim_end() == made, "the types say otherwise than the published schema:\n-----\n{made}\n-----");
}
