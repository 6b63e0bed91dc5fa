//! The pages of the handbook that are made from tables: `docs/facts.md`, `docs/statements.md`.
//! `ARREARS_BLESS=1` writes them anew.

use arrears::draft::{Keyword, LimitWord, OptionKind, OptionOwner, Part, options_of};
use arrears::facts::{FactDef, Movement, Role, Words, effect_table, outcome_table, verb_table};
use arrears::table;
use std::fmt::Write as _;
use std::path::Path;

fn page_is_current(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    if std::env::var_os("ARREARS_BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == text, "docs/{name} is stale: run the test with ARREARS_BLESS=1");
}

fn movement(fact: &FactDef) -> String {
    match fact.movement {
        Movement::Still => "still".to_owned(),
        Movement::Up => "+1".to_owned(),
        Movement::Down => "-1".to_owned(),
        Movement::Late => "+1 while late".to_owned(),
        Movement::Steps(step) => format!("steps after `{}`", step.when),
        Movement::Expires => "falls".to_owned(),
        Movement::Reaches(days) => format!("falls; +1 at {days} days past due"),
        Movement::Peak => "falls; rises with `dpd`".to_owned(),
        Movement::Rises => "rises by calendar months".to_owned(),
        Movement::Begins => "+1; begins when late".to_owned(),
        Movement::Ages if fact.kind == arrears::Kind::Days => "+1; begins after `days_to_due`".to_owned(),
        Movement::Ages => "rises by calendar months; begins after `days_to_due`".to_owned(),
        Movement::Derived => "computed".to_owned(),
    }
}

fn words(fact: &FactDef) -> String {
    match fact.words {
        Words::None => String::new(),
        Words::Closed(words) => format!(" One of {}.", words.join(", ")),
        Words::Open => " Any word; `values` closes it.".to_owned(),
        Words::Stages => " One of the policy's stages.".to_owned(),
        Words::DebtorTypes => " One of the policy's debtor types.".to_owned(),
        Words::Treatments => " One of the policy's treatments.".to_owned(),
        Words::Actions => " A verb, or wait, held, review, none.".to_owned(),
        Words::Channels => " A channel, or none.".to_owned(),
        Words::Outcomes => " An outcome code.".to_owned(),
    }
}

#[test]
fn the_page_of_facts_says_what_the_table_says() {
    let mut page = String::from(
        "# Facts\n\nAll that a policy can see of an account on one day. Made from the fact table; the column of a table has the fact's name.\n\
         *Each day* is what a day without events does. Facts marked *never* may hold the word `never`: known not to have happened.\n",
    );
    let mut group = None;
    for fact in table::all() {
        if group != Some(fact.group) {
            group = Some(fact.group);
            let _ = write!(
                page,
                "\n## {}\n\n| fact | kind | each day | meaning |\n|---|---|---|---|\n",
                fact.group.title()
            );
        }
        let never = if fact.never { ", never" } else { "" };
        let role = match fact.role {
            Role::Input => "",
            Role::Derived => " Computed unless given.",
            Role::State(_) => " Carried in the state.",
            Role::Result => " A result of the decision.",
            Role::Contact => " Of one contact; only guardrails read it.",
        };
        let _ = writeln!(
            page,
            "| `{}` | {}{never} | {} | {}{}{role} |",
            fact.name,
            fact.kind.word(),
            movement(fact),
            fact.doc,
            words(fact)
        );
    }
    page.push_str(
        "\n## With a parameter\n\n| written | column | kind | meaning |\n|---|---|---|---|\n\
         | `times(\"phone\", 7)` | `times_phone_7` | count | How often in the last 7 days, today included. |\n\
         | `days_since(\"demand\")` | `days_since_demand` | days, never | Days since it last happened. |\n\
         | `months_since(\"demand\")` | `months_since_demand` | count, never | Whole calendar months since it last happened. |\n\
         | `consent(\"sms\")` | `consent_sms` | flag | Whether the person has consented to the channel. |\n\
         | `opted_out(\"sms\")` | `opted_out_sms` | flag | Whether the person has refused the channel. |\n\
         | `tag(\"vip\")` | `tag_vip` | flag | Whether the account carries the tag. |\n",
    );
    page.push_str(
        "\n## One contact\n\nWhat guardrails read of a contact, past or proposed, besides the facts of the account ([packs](packs.md)).\n\n| fact | kind | meaning |\n|---|---|---|\n",
    );
    for fact in table::of_contact() {
        let never = if fact.never { ", never" } else { "" };
        let _ = writeln!(page, "| `{}` | {}{never} | {}{} |", fact.name, fact.kind.word(), fact.doc, words(fact));
    }
    page.push_str(
        "| `times(\"class\", 7)` | count | Contacts of a class of the pack on the last 7 local dates. |\n\
         | `days_since(\"class\")` | days, never | Days since the last contact of a class, or since an event whose date the host gives. |\n\
         | `days_since_first(\"class\")` | days, never | Days since the first contact of a class. |\n\
         | `minutes_since(\"class\")` | count, never | Whole minutes since the last contact of a class. |\n\
         | `consented(\"kind\")` | flag | Whether consent of a kind that the pack describes covers the contact. |\n",
    );
    page.push_str("\n## Outcomes of a contact\n\n| code | right party | meaning |\n|---|---|---|\n");
    for outcome in outcome_table() {
        let right = if outcome.right_party { "yes" } else { "no" };
        let _ = writeln!(page, "| `{}` | {right} | {} |", outcome.code, outcome.doc);
    }
    page_is_current("facts.md", &page);
}

fn kind(kind: OptionKind) -> String {
    match kind {
        OptionKind::Text => "text".to_owned(),
        OptionKind::Flag => "`true` or `false`".to_owned(),
        OptionKind::Count => "whole number or threshold".to_owned(),
        OptionKind::Days => "days or threshold".to_owned(),
        OptionKind::Date => "date".to_owned(),
        OptionKind::Clock => "clock time or period".to_owned(),
        OptionKind::Texts => "list of texts".to_owned(),
        OptionKind::Numbers => "list of whole numbers".to_owned(),
        OptionKind::Shows => "texts by language".to_owned(),
        OptionKind::Word(words) => words.join(", "),
        OptionKind::Words(words) => format!("list of {}", words.join(", ")),
        OptionKind::Stage => "stage".to_owned(),
        OptionKind::Stages => "list of stages".to_owned(),
        OptionKind::Treatment => "treatment".to_owned(),
        OptionKind::OwnKind => "number of the same kind".to_owned(),
        OptionKind::Facts => "list of facts".to_owned(),
        OptionKind::Event => "event".to_owned(),
        OptionKind::Points => "-9 to 9".to_owned(),
        OptionKind::Note => "anything".to_owned(),
    }
}

fn options(page: &mut String, owner: OptionOwner) {
    let mut any = false;
    for spec in options_of(owner) {
        if !any {
            page.push_str("\n| option | value | meaning |\n|---|---|---|\n");
            any = true;
        }
        let must = if spec.required { " (required)" } else { "" };
        let _ = writeln!(page, "| `{}`{must} | {} | {} |", spec.key, kind(spec.kind), spec.meaning);
    }
}

/// What a policy does with an account that is not its own.
const TABLE: &str = "
Treatments that stand in a CSV file of the policy's folder, one to a row: `table \"card.csv\" in [\"reminder\"];`. The columns are headed by `treatment`, \
`do`, options of the verb, and facts on which the cells are conditions. [tables.md](tables.md) says how they are written.
";
const APPLIES: &str = "\nWhich accounts the policy is for; without it, all of them. It reads the table alone: not the state, not what results of contacts \
    taught, not what scripts compute. An account for which it is false is not decided under the policy, and neither is one of which a missing fact leaves it \
    open: both are errors of their rows. The policy's own `test`s must give an account to which it applies, and `never` and `always` are tried on such accounts only. \
    A policy decides only from the `from` to the `to` of its head, both days included.\n";

#[test]
fn the_page_of_statements_says_what_the_tables_say() {
    let mut page = String::from(
        "# Statements\n\nWhat a policy file can say. Made from the tables of keywords, options and verbs.\n",
    );
    for keyword in Keyword::ALL {
        let parts: Vec<&str> = keyword.parts().iter().map(|part| Part::word(*part)).collect();
        let _ = write!(page, "\n## {keyword}\n\nClauses: {}.\n", parts.join(", "));
        options(&mut page, OptionOwner::Statement(keyword));
        if keyword == Keyword::Applies {
            page.push_str(APPLIES);
        }
        if keyword == Keyword::Table {
            page.push_str(TABLE);
        }
    }
    for (title, owner) in [
        ("Options of a treatment's verb", OptionOwner::Treatment),
        ("Options of a duty's verb", OptionOwner::Duty),
        ("Options of an act's verb", OptionOwner::Act),
    ] {
        let _ = writeln!(page, "\n## {title}");
        options(&mut page, owner);
    }
    page.push_str(
        "\n## Effects of an outcome\n\nWhat `do` of an `outcome` takes. What was learned travels in the state (`learned_FACT`, `learned_days_FACT`) and wins over the table until its life ends; \
         a flag that the table has set stays set, a number that the table knows not to be valid, or does not know, stays as it is: neither is tried. The engine never takes what was learned as a reason for a contact, but for `call_back` and `retry`, which say so; what follows from a flag is what the policy says of it.\n",
    );
    for def in effect_table() {
        let mut doc = def.doc.chars();
        let first = doc.next().into_iter().flat_map(char::to_uppercase);
        let _ = write!(page, "\n### `{}`\n\n{}.\n", def.word, first.chain(doc).collect::<String>());
        options(&mut page, OptionOwner::Effect(def.effect));
    }
    page.push_str("\n## Limits of a guardrail\n\nWhat `do` of a `guardrail` takes ([packs](packs.md)).\n");
    for limit in LimitWord::ALL {
        let mut doc = limit.meaning().chars();
        let first = doc.next().into_iter().flat_map(char::to_uppercase);
        let _ = write!(page, "\n### `{}`\n\n{}.\n", limit.word(), first.chain(doc).collect::<String>());
        options(&mut page, OptionOwner::Limit(limit));
    }
    page.push_str("\n## Verbs\n\n| verb | class | strength | meaning |\n|---|---|---|---|\n");
    for verb in verb_table() {
        let strength = verb.strength.map_or_else(|| "an act".to_owned(), |strength| strength.to_string());
        let _ = writeln!(page, "| `{}` | {} | {strength} | {} |", verb.word, verb.class.word(), verb.doc);
    }
    page_is_current("statements.md", &page);
}
