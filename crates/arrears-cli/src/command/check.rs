//! `arrears check`: everything that is wrong with a policy.

use crate::args::PolicyArgs;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::policy_file;
use crate::policy_folder::{self, PolicyFile};
use crate::show::{plural, screen};
use arrears::{Policy, Problem};
use arrears_rules::{Loaded, problem_records};
use serde_json::{Value, json};
use std::path::Path;

/// Checks a policy and reports everything that is wrong with it
///
/// All problems are reported at once, in file order, each with its code, the place, and
/// what helps; `docs/problems.md` lists the codes. Warnings do not keep a policy from use.
/// Of a folder every policy in it is checked.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Checks the policy.
pub(crate) fn check(args: &Args) -> Result<Exit, Failure> {
    if policy_folder::is_folder(&args.policy) {
        return check_folder(args);
    }
    let loaded = policy_file::read(&args.policy)?;
    let errors = loaded.problems.iter().filter(|problem| Problem::is_error(problem)).count();
    let warnings = loaded.problems.len() - errors;
    let policy = loaded.policy.as_ref();
    if args.json {
        screen::out_json(&json!({
            "policy": policy.map(head),
            "errors": errors,
            "warnings": warnings,
            "problems": problem_records(&loaded.problems, &loaded.sources),
            "scripts": policy.map_or_else(Vec::new, scripts),
        }))?;
    } else {
        screen::out(&text(&args.policy.policy, &loaded))?;
    }
    Ok(if errors == 0 { Exit::Good } else { Exit::Policy })
}

/// Checks every policy of a folder.
fn check_folder(args: &Args) -> Result<Exit, Failure> {
    let files = policy_folder::read(&args.policy)?;
    let errors: usize = files.iter().map(PolicyFile::errors).sum();
    if args.json {
        let problems: Vec<Value> = files.iter().flat_map(PolicyFile::problems_json).collect();
        let policies: Vec<Value> = files.iter().filter_map(|file| file.loaded.policy.as_ref()).map(head).collect();
        let warnings = problems.len() - errors;
        screen::out_json(
            &json!({ "policies": policies, "errors": errors, "warnings": warnings, "problems": problems }),
        )?;
    } else {
        let texts: Vec<String> = files.iter().map(|file| text(&file.path, &file.loaded)).collect();
        screen::out(&texts.join("\n"))?;
    }
    Ok(if errors == 0 { Exit::Good } else { Exit::Policy })
}

/// What is wrong with a policy, and what it is.
fn text(path: &Path, loaded: &Loaded) -> String {
    let errors = loaded.problems.iter().filter(|problem| Problem::is_error(problem)).count();
    let warnings = loaded.problems.len() - errors;
    let mut text = policy_file::show(&loaded.problems, &loaded.sources);
    if !text.is_empty() {
        text.push('\n');
    }
    let found = format!("{}, {}", plural(errors, "problem", "problems"), plural(warnings, "warning", "warnings"));
    match &loaded.policy {
        Some(policy) => text.push_str(&closing(policy, &found)),
        None => text.push_str(&format!("{}: {}\n", path.display(), screen::bad(&found))),
    }
    text
}

/// The policy in a few lines: its scripts with what they cost, its counts, its hash.
fn closing(policy: &Policy, found: &str) -> String {
    let mut text = String::new();
    for script in policy.scripts() {
        let name = |fact| policy.input(fact).map_or("", |input| input.name.as_str());
        let reads: Vec<&str> = script.reads.iter().map(|read| name(*read)).collect();
        text.push_str(&format!(
            "fact {} is computed by a script from {}: microseconds for every account, where a condition takes nanoseconds\n",
            name(script.fact),
            reads.join(", ")
        ));
    }
    let head = policy.head();
    let counts = [
        plural(policy.debtor_types().len(), "type", "types"),
        // `current` is in every policy and in none of them written.
        plural(policy.stages().len().saturating_sub(1), "stage", "stages"),
        plural(policy.treatments().len(), "treatment", "treatments"),
        plural(policy.thresholds().len(), "threshold", "thresholds"),
        plural(policy.tests().len(), "test", "tests"),
    ];
    text.push_str(&format!("{} {}: {found}; {}\n", head.name, head.version, counts.join(", ")));
    text.push_str(&format!("policy hash {}\n", policy.hash()));
    text
}

/// The policy, for programs.
pub(crate) fn head(policy: &Policy) -> Value {
    let head = policy.head();
    json!({
        "name": head.name,
        "version": head.version,
        "hash": policy.hash().to_string(),
        "currency": head.currency.code(),
        "zone": head.zone.name(),
    })
}

fn scripts(policy: &Policy) -> Vec<Value> {
    let name = |fact| policy.input(fact).map_or("", |input| input.name.as_str());
    let script = |script: &arrears::policy::ScriptFact| {
        let reads: Vec<&str> = script.reads.iter().map(|read| name(*read)).collect();
        json!({ "fact": name(script.fact), "reads": reads })
    };
    policy.scripts().iter().map(script).collect()
}
