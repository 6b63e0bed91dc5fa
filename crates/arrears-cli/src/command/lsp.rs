//! `arrears lsp`: the language server of policy files.

use crate::exit::{self, Exit};
use crate::failure::Failure;
use arrears_editor::serve_stdio;

/// Serves an editor: problems as one types, meanings, completion, definitions, layout
///
/// Speaks the Language Server Protocol over stdin and stdout until the editor ends it. An editor starts it;
/// there is nothing to see in a terminal.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// Taken for the sake of editors that say so; there is no other way
    #[arg(long, hide = true)]
    stdio: bool,
}

/// Serves until the editor ends it.
pub(crate) fn serve(_: &Args) -> Result<Exit, Failure> {
    let ended = serve_stdio();
    ended.map(|()| Exit::Good).map_err(|error| Failure::new(Exit::Usage, error))
}
