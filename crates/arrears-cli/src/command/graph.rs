//! `arrears graph`: the ladder of a policy as a picture.

use crate::args::PolicyArgs;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::screen;
use crate::{page_file, policy_file};
use arrears_workbench::graph::graph;
use std::path::PathBuf;

/// Draws the ladder of a policy: stages, the ways up and down, and what is done in each
///
/// As Mermaid, which many pages of documentation draw themselves, for Graphviz, or as a picture.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// Writes a Mermaid flowchart; this is what is written if nothing else is asked for
    #[arg(long, conflicts_with_all = ["dot", "svg", "json"])]
    mermaid: bool,
    /// Writes a DOT digraph, for Graphviz
    #[arg(long, conflicts_with_all = ["svg", "json"])]
    dot: bool,
    /// Writes the picture as SVG
    #[arg(long, conflicts_with = "json")]
    svg: bool,
    /// Writes the ladder as one JSON object, in the format arrears-graph/1
    #[arg(long)]
    pub(crate) json: bool,
    /// Writes into this file, not to stdout
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Draws the ladder.
pub(crate) fn draw(args: &Args) -> Result<Exit, Failure> {
    let (policy, _) = policy_file::load(&args.policy)?;
    let ladder = graph(&policy);
    let page = match (args.dot, args.svg, args.json) {
        (true, ..) => ladder.dot(),
        (_, true, _) => ladder.svg(),
        (.., true) => screen::json_text(&ladder)?,
        _ => ladder.mermaid(),
    };
    page_file::write(args.out.as_deref(), &page, &[&args.policy.policy])?;
    Ok(Exit::Good)
}
