//! `arrears letter`: what is written to one person, or why nothing is.

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{screen, texts_text, words_text};
use crate::telling::{Spoken, Telling, TellingArgs};
use arrears_words::Language;
use arrears_words::message::Wanted;
use arrears_words::said::{Said, Texts, Unsaid};
use serde_json::{Value, json};

/// Writes what the decision sends to one person: a letter, an e-mail, a message
///
/// The text that the treatment names, and that of every duty that is due. A decision that waits, is held or asks
/// for a person sends nothing: the command says why, and ends with exit code 7, or 6 where a person must look.
/// Short messages are counted.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    telling: TellingArgs,
    /// Shows this text for the account, whatever is decided; `sms/gentle` where two kinds have one of the name
    #[arg(long, value_name = "NAME", conflicts_with = "without_account")]
    text: Option<String>,
    /// Writes to nobody: holds the templates that the policy may use against what law and house ask, and the policy against the templates
    #[arg(id = "without_account", long = "check", conflicts_with_all = ["on", "history", "facts"])]
    check: bool,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Writes the texts, or holds the templates against the checks.
pub(crate) fn letter(args: &Args) -> Result<Exit, Failure> {
    if !args.check && !args.telling.names_a_house() {
        let message = "nobody writes: expected --house HOUSE.json, which says who does";
        return Err(Failure::new(Exit::Usage, message));
    }
    let telling = args.telling.open()?;
    if args.check {
        return check(args, &telling);
    }
    let spoken = args.telling.account(&telling)?;
    let Spoken { decision, told, .. } = &spoken;
    let Telling { policy, words, .. } = &telling;
    let texts = match &args.text {
        None => Texts::of(words, policy, decision, told),
        Some(asked) => match Said::preview(words, policy, decision, told, asked) {
            Ok(said) => Texts { said: vec![said], unsaid: Vec::new() },
            Err(why) => Texts { said: Vec::new(), unsaid: vec![Unsaid { by: "preview".to_owned(), why }] },
        },
    };
    if let Some(failure) = failed(&spoken.account, &texts) {
        return Err(failure);
    }
    for said in &texts.said {
        if said.preview {
            let what = format!("{}/{}", said.kind.word(), said.template);
            screen::note(&format!("a preview of `{what}`: nothing is sent, whatever is decided"))?;
        }
        if let Some(role) = &said.approval {
            screen::note(&format!("{}: goes out only when {role} has approved it", said.by))?;
        }
    }
    for Unsaid { by, why } in &texts.unsaid {
        screen::note(&format!("not written: {by}: {why}"))?;
    }
    if args.json {
        let record = decision.record(policy, &spoken.account);
        let Texts { said, unsaid } = &texts;
        screen::out_json(&json!({ "account": spoken.account, "decision": record, "said": said, "unsaid": unsaid }))?;
    } else {
        screen::out(&screen::printable(&texts_text(&texts.said)))?;
    }
    Ok(Exit::Good)
}

/// Why nothing is written, where nothing is: what must be mended before all else.
fn failed(account: &str, texts: &Texts) -> Option<Failure> {
    let (wrong, others): (Vec<&Unsaid>, Vec<&Unsaid>) = texts.unsaid.iter().partition(|one| one.why.is_a_mistake());
    let (exit, shown) = if !wrong.is_empty() {
        (Exit::Usage, wrong)
    } else if !texts.said.is_empty() {
        return None;
    } else if others.iter().any(|one| one.why.asks_for_a_person()) {
        (Exit::Review, others)
    } else {
        (Exit::Blocked, others)
    };
    let lines = shown
        .iter()
        .map(|one| format!("\n  {}: {}", one.by, one.why.to_string().replace("; letter/", ";\n    letter/")));
    let message = format!("{account}: nothing is written{}", lines.collect::<String>());
    Some(Failure::new(exit, message).with("unsaid", json!(shown)))
}

/// Holds the templates against the checks, and the policy against the templates.
fn check(args: &Args, telling: &Telling) -> Result<Exit, Failure> {
    let Telling { policy, house, words, language, .. } = telling;
    let languages: Vec<Language> =
        if args.telling.asks_for_a_language() { vec![*language] } else { house.voices.keys().copied().collect() };
    let in_languages = |name: &str| languages.iter().any(|language| name.ends_with(&format!(".{language}.txt")));
    let mut faults = words.checks.of(&words.templates);
    let used = |name: &str| !words.templates.is_unused(policy, name);
    faults.retain(|fault| in_languages(&fault.template) && used(&fault.template));
    let lacking: Vec<(Language, Vec<Wanted>)> =
        languages.iter().map(|language| (*language, words.templates.lacking(policy, *language))).collect();
    let held = words.templates.names().filter(|name| in_languages(name) && used(name)).count();
    let good = faults.is_empty() && lacking.iter().all(|(_, wanted)| wanted.is_empty());
    if args.json {
        let lacking: serde_json::Map<String, Value> =
            lacking.iter().map(|(language, wanted)| (language.tag().to_owned(), json!(wanted))).collect();
        screen::out_json(&json!({ "templates": held, "faults": faults, "lacking": lacking }))?;
    } else {
        screen::out(&screen::printable(&words_text(policy, held, &faults, &lacking)))?;
    }
    Ok(if good { Exit::Good } else { Exit::Policy })
}
