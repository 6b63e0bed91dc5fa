//! `arrears language`: what a policy file can say, and what it means.

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::screen;
use arrears::problem::nearest;
use arrears_editor::{Language, about, overview};

/// Shows what a policy file can say: statements, options, verbs, facts, functions
///
/// All words of the language, each with what it means; of a word, everything that is known of it: how a
/// statement is written, what a fact counts and how a day moves it, how strong a verb is. With --json the
/// whole language as one document, arrears-language/1, for programs that help authors.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// A word of the language: a statement, a clause, a fact, a verb, a function, a result of a contact
    #[arg(value_name = "WORD", conflicts_with = "json")]
    word: Option<String>,
    /// Writes the language as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Shows the language, or a word of it.
pub(crate) fn explain(args: &Args) -> Result<Exit, Failure> {
    let language = Language::of_this_version();
    let Some(word) = &args.word else {
        if args.json {
            screen::out_json(&language)?;
        } else {
            screen::out(&overview())?;
        }
        return Ok(Exit::Good);
    };
    let said = about(word);
    if said.is_empty() {
        let near = nearest(word, language.words()).map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
        return Err(Failure::new(Exit::Usage, format!("the language has no word `{word}`{near}")));
    }
    screen::out(&format!("{}\n", said.join("\n\n")))?;
    Ok(Exit::Good)
}
