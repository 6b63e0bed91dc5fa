//! The `arrears` command: checks a policy, decides tables of accounts under it, and says why.

mod args;
mod asked_case;
mod book;
mod case_file;
mod command;
mod exit;
mod failure;
mod given;
mod history_file;
mod house_file;
mod layout;
mod offers_file;
mod one_account;
mod pack_file;
mod page_file;
mod plan_file;
mod policy_file;
mod policy_folder;
mod run_log;
mod show;
mod stop;
mod targets_file;
mod telling;
mod terms_file;

use clap::Parser as _;
use exit::Exit;
use std::process::ExitCode;

fn main() -> ExitCode {
    let exit = match command::Cli::try_parse() {
        Ok(cli) => cli.carry_out(),
        Err(usage) => {
            let shown = usage.print();
            let asked_for_help = !usage.use_stderr() && shown.is_ok();
            if asked_for_help { Exit::Good } else { Exit::Usage }
        }
    };
    exit.into()
}
