//! `arrears check`: everything that is wrong with a policy.

use super::check_depth::{DepthArgs, analysed};
use crate::args::PolicyArgs;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::policy_file;
use crate::policy_folder::{self, Folder, PolicyFile};
use crate::show::{analysis_text, plural, screen};
use arrears::draft::Source;
use arrears::policy::pack::Status;
use arrears::{Pack, Policy, Problem};
use arrears_rules::{Loaded, LoadedFile, LoadedPack, problem_records};
use arrears_workbench::analysis::Severity;
use serde_json::{Value, json};
use std::path::Path;

/// Checks a policy or a pack of law and reports everything that is wrong with it
///
/// All problems are reported at once, in file order, each with its code, the place, and
/// what helps; `docs/problems.md` lists the codes. Warnings do not keep a policy from use.
/// A file that begins with `pack` is checked as a pack of law. Of a folder every policy and
/// every pack in it is checked.
///
/// With --deep a policy is analysed over every account that it may meet: statements that never do
/// anything, accounts for which nothing is done, values of thresholds that make rules empty, and
/// each `never` and `always` proved or broken, with an account that shows it. With --as-of that is under
/// the law in force on that day, else without guardrails of law; with --on it says how many accounts
/// of a table the debtor types leave to the last one.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// Analyses the policy over every account that it may meet; not for packs and folders
    #[arg(long)]
    deep: bool,
    #[command(flatten)]
    depth: DepthArgs,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Checks the policy.
pub(crate) fn check(args: &Args) -> Result<Exit, Failure> {
    args.depth.fit(args.deep)?;
    if policy_folder::is_folder(&args.policy) {
        return if args.deep { Err(no_depth("a folder")) } else { check_folder(args) };
    }
    let loaded = match policy_file::either(&args.policy)? {
        LoadedFile::Policy(loaded) => loaded,
        LoadedFile::Pack(_) if args.deep => return Err(no_depth("a pack of law")),
        LoadedFile::Pack(loaded) => return check_pack(args, &loaded),
    };
    let errors = errors(&loaded.problems);
    let warnings = loaded.problems.len() - errors;
    let policy = loaded.policy.as_ref();
    let analysis = policy.filter(|_| args.deep).map(|policy| analysed(policy, &loaded, &args.depth)).transpose()?;
    let faults = analysis.as_ref().map_or(0, |analysis| analysis.count(Severity::Fault));
    if args.json {
        let mut found = json!({
            "policy": policy.map(head),
            "errors": errors,
            "warnings": warnings,
            "problems": problem_records(&loaded.problems, &loaded.sources),
            "scripts": policy.map_or_else(Vec::new, scripts),
        });
        if let (Some(analysis), Some(found)) = (&analysis, found.as_object_mut()) {
            found.insert("analysis".to_owned(), json!(analysis));
        }
        screen::out_json(&found)?;
    } else {
        let analysis = analysis.as_ref().map_or_else(String::new, analysis_text);
        screen::out(&format!("{}{analysis}", text(&args.policy.policy, &loaded)))?;
    }
    Ok(if errors + faults == 0 { Exit::Good } else { Exit::Policy })
}

fn no_depth(what: &str) -> Failure {
    Failure::new(Exit::Usage, format!("--deep takes one policy, and not {what}"))
}

/// Checks a pack of law.
fn check_pack(args: &Args, loaded: &LoadedPack) -> Result<Exit, Failure> {
    let errors = errors(&loaded.problems);
    if args.json {
        screen::out_json(&json!({
            "pack": loaded.pack.as_ref().map(pack_head),
            "errors": errors,
            "warnings": loaded.problems.len() - errors,
            "problems": problem_records(&loaded.problems, &loaded.sources),
        }))?;
    } else {
        screen::out(&pack_text(&args.policy.policy, loaded))?;
    }
    Ok(if errors == 0 { Exit::Good } else { Exit::Policy })
}

/// Checks every policy and every pack of a folder.
fn check_folder(args: &Args) -> Result<Exit, Failure> {
    let Folder { policies: files, packs } = policy_folder::read(&args.policy)?;
    let of_packs: usize = packs.iter().map(|(_, loaded)| errors(&loaded.problems)).sum();
    let errors = files.iter().map(PolicyFile::errors).sum::<usize>() + of_packs;
    if args.json {
        let mut problems: Vec<Value> = files.iter().flat_map(PolicyFile::problems_json).collect();
        let records = packs.iter().flat_map(|(_, loaded)| problem_records(&loaded.problems, &loaded.sources));
        problems.extend(records.map(|problem| json!(problem)));
        let policies: Vec<Value> = files.iter().filter_map(|file| file.loaded.policy.as_ref()).map(head).collect();
        let sound: Vec<Value> = packs.iter().filter_map(|(_, loaded)| loaded.pack.as_ref()).map(pack_head).collect();
        let warnings = problems.len() - errors;
        let found = json!({ "policies": policies, "packs": sound, "errors": errors, "warnings": warnings, "problems": problems });
        screen::out_json(&found)?;
    } else {
        let policies = files.iter().map(|file| text(&file.path, &file.loaded));
        let packs = packs.iter().map(|(path, loaded)| pack_text(path, loaded));
        screen::out(&policies.chain(packs).collect::<Vec<_>>().join("\n"))?;
    }
    Ok(if errors == 0 { Exit::Good } else { Exit::Policy })
}

fn errors(problems: &[Problem]) -> usize {
    problems.iter().filter(|problem| problem.is_error()).count()
}

/// What is wrong with a policy, and what it is.
fn text(path: &Path, loaded: &Loaded) -> String {
    let closing = |found: &str| loaded.policy.as_ref().map(|policy| closing(policy, found));
    told(path, &loaded.problems, &loaded.sources, closing)
}

/// What is wrong with a pack, and what it is.
fn pack_text(path: &Path, loaded: &LoadedPack) -> String {
    let closing = |found: &str| loaded.pack.as_ref().map(|pack| pack_closing(pack, found));
    told(path, &loaded.problems, &loaded.sources, closing)
}

/// Problems, and below them what the file is, or that it cannot be used.
fn told(path: &Path, problems: &[Problem], sources: &[Source], closing: impl FnOnce(&str) -> Option<String>) -> String {
    let errors = errors(problems);
    let warnings = problems.len() - errors;
    let mut text = policy_file::show(problems, sources);
    if !text.is_empty() {
        text.push('\n');
    }
    let found = format!("{}, {}", plural(errors, "problem", "problems"), plural(warnings, "warning", "warnings"));
    let unusable = || format!("{}: {}\n", path.display(), screen::bad(&found));
    text.push_str(&closing(&found).unwrap_or_else(unusable));
    text
}

/// The pack in a few lines: whose law it is, its counts, its hash.
fn pack_closing(pack: &Pack, found: &str) -> String {
    let head = pack.head();
    let idle = pack.citations().filter(|citation| citation.status != Status::InForce).count();
    let counts = [
        plural(pack.rules().len(), "limit", "limits"),
        plural(pack.exceptions().len(), "exception", "exceptions"),
        plural(pack.duties().len(), "duty", "duties"),
        plural(pack.thresholds().len(), "threshold", "thresholds"),
    ];
    let mut text =
        format!("{} {}, law of {}: {found}; {}\n", head.name, head.version, head.jurisdiction, counts.join(", "));
    if idle > 0 {
        let statements = plural(idle, "statement binds", "statements bind");
        text.push_str(&format!("{statements} nobody until a host enables the rule by name\n"));
    }
    text.push_str(&format!("pack hash {}\n", pack.hash()));
    text
}

fn pack_head(pack: &Pack) -> Value {
    let head = pack.head();
    json!({
        "name": head.name,
        "version": head.version,
        "hash": pack.hash().to_string(),
        "jurisdiction": head.jurisdiction,
    })
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
