//! The commands, one to a file.

mod arrange;
mod attempts;
mod brief;
mod briefing;
mod check;
mod check_depth;
mod compare;
mod conform;
mod delay;
mod diff;
mod explain;
mod fmt;
mod graph;
mod handbook;
mod import;
mod init;
mod inputs;
mod language;
mod letter;
mod lifecycle;
mod lsp;
mod outcome;
mod packs;
mod permit;
mod recompute;
mod regime;
mod regimes;
mod replay;
mod report;
mod run;
mod statement;
mod sweep;
mod test;
mod timeline;

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::screen;
use clap::{Parser, Subcommand};

/// Decides what to do about late accounts under a bank's written policy, and says why.
///
/// A policy is a file that a bank's own people write: who is late and why, what is done
/// about it and when, who is left alone. `arrears` checks it, runs its tests, decides whole
/// tables of accounts under it, explains any single decision, and shows an account over time.
#[derive(Debug, Parser)]
#[command(name = "arrears", version, after_long_help = exit::HELP, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Test(test::Args),
    Run(run::Args),
    Sweep(sweep::Args),
    Compare(compare::Args),
    Diff(diff::Args),
    Replay(replay::Args),
    Outcome(outcome::Args),
    Explain(explain::Args),
    Fmt(fmt::Args),
    Language(language::Args),
    Lsp(lsp::Args),
    Inputs(inputs::Args),
    Init(init::Args),
    Import(import::Args),
    Handbook(handbook::Args),
    Graph(graph::Args),
    Timeline(timeline::Args),
    Recompute(recompute::Args),
    Statement(statement::Args),
    Delay(delay::Args),
    Arrange(arrange::Args),
    Lifecycle(lifecycle::Args),
    Brief(brief::Args),
    Letter(letter::Args),
    Report(report::Args),
    Briefing(briefing::Args),
    Permit(permit::Args),
    Attempts(attempts::Args),
    Packs(packs::Args),
    Regimes(regimes::Args),
    Regime(regime::Args),
    Conform(conform::Args),
}

impl Cli {
    /// Carries the command out; what goes wrong is said on stderr, and to programs too.
    pub(crate) fn carry_out(self) -> Exit {
        let (ended, json) = match &self.command {
            Command::Check(args) => (check::check(args), args.json),
            Command::Test(args) => (test::test(args), args.json),
            Command::Run(args) => (run::run(args), args.json),
            Command::Sweep(args) => (sweep::try_values(args), args.json),
            Command::Compare(args) => (compare::compare_policies(args), args.json),
            Command::Diff(args) => (diff::differ_policies(args), args.json),
            Command::Replay(args) => (replay::decide_again(args), args.json),
            Command::Outcome(args) => (outcome::outcome(args), args.json),
            Command::Explain(args) => (explain::explain(args), args.json),
            Command::Fmt(args) => (fmt::lay_out(args), args.json),
            Command::Language(args) => (language::explain(args), args.json),
            Command::Lsp(args) => (lsp::serve(args), false),
            Command::Inputs(args) => (inputs::inputs(args), args.json),
            Command::Init(args) => (init::init(args), false),
            Command::Import(args) => (import::carry_over(args), args.json),
            Command::Handbook(args) => (handbook::tell(args), args.json),
            Command::Graph(args) => (graph::draw(args), args.json),
            Command::Timeline(args) => (timeline::timeline(args), args.json),
            Command::Recompute(args) => (recompute::recompute(args), args.json),
            Command::Statement(args) => (statement::statement(args), args.json),
            Command::Arrange(args) => (arrange::arrange(args), args.json),
            Command::Delay(args) => (delay::delay(args), args.json),
            Command::Lifecycle(args) => (lifecycle::lifecycle(args), args.json),
            Command::Brief(args) => (brief::brief(args), args.json),
            Command::Letter(args) => (letter::letter(args), args.json),
            Command::Report(args) => (report::report(args), args.json),
            Command::Briefing(args) => (briefing::brief(args), args.json),
            Command::Permit(args) => (permit::permit(args), args.json),
            Command::Attempts(args) => (attempts::attempts(args), args.json),
            Command::Packs(args) => (packs::packs(args), args.json),
            Command::Regimes(args) => (regimes::regimes(args), args.json),
            Command::Regime(args) => (regime::regime(args), args.json),
            Command::Conform(args) => (conform::conform(args), args.json),
        };
        ended.unwrap_or_else(|failure: Failure| match screen::fail(&failure, json) {
            Ok(()) => failure.exit,
            Err(unsaid) => unsaid.exit,
        })
    }
}
