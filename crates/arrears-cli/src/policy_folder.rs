//! Loads the policies of a folder, or says what is wrong with them, all of it at once.

use crate::args::PolicyArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::policy_file;
use crate::show::{plural, screen};
use arrears::{Policy, PolicyHash, Problem};
use arrears_batch::Policies;
use arrears_rules::{Loaded, LoadedFile, LoadedPack, Scripts, problem_records};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A file without a `policy` statement.
const NO_POLICY: &str = "P302";

/// A policy file of a folder, as it was loaded.
pub(crate) struct PolicyFile {
    pub(crate) path: PathBuf,
    pub(crate) loaded: Loaded,
}

/// What a folder holds.
pub(crate) struct Folder {
    /// Its policies, in the order of the files' names.
    pub(crate) policies: Vec<PolicyFile>,
    /// Its packs of law. They bind only where a host names them.
    pub(crate) packs: Vec<(PathBuf, LoadedPack)>,
}

impl PolicyFile {
    /// How many problems keep the policy from use.
    pub(crate) fn errors(&self) -> usize {
        self.loaded.problems.iter().filter(|problem| Problem::is_error(problem)).count()
    }

    /// What is wrong with it, for programs.
    pub(crate) fn problems_json(&self) -> Vec<Value> {
        problem_records(&self.loaded.problems, &self.loaded.sources).into_iter().map(|problem| json!(problem)).collect()
    }
}

/// Whether the command was given a folder of policies.
pub(crate) fn is_folder(args: &PolicyArgs) -> bool {
    args.policy.is_dir()
}

/// Reads and checks every policy and pack of the folder, in the order of the files' names. Files that only others
/// import are modules, and left out.
pub(crate) fn read(args: &PolicyArgs) -> Result<Folder, Failure> {
    let (mut files, mut packs) = (Vec::new(), Vec::new());
    for path in policy_files(&args.policy)? {
        match arrears_rules::load_file(&path, &[]).map_err(|error| Failure::new(Exit::File, error))? {
            LoadedFile::Policy(loaded) => files.push(PolicyFile { path, loaded }),
            LoadedFile::Pack(loaded) => packs.push((path, loaded)),
        }
    }
    let modules = modules(&files);
    files.retain(|file| file.path.file_name().is_none_or(|name| !modules.contains(&*name.to_string_lossy())));
    if files.is_empty() && packs.is_empty() {
        let message = format!("{} holds no policy: its files end in .rhai", args.policy.display());
        return Err(Failure::new(Exit::Usage, message));
    }
    if !args.set.is_empty() {
        set(&mut files, args)?;
    }
    Ok(Folder { policies: files, packs })
}

/// Loads the policies of the folder, each with its scripts. Warnings are counted on stderr, not shown.
pub(crate) fn policies(args: &PolicyArgs) -> Result<(Policies, BTreeMap<PolicyHash, Scripts>), Failure> {
    let Folder { policies: files, packs } = read(args)?;
    if files.is_empty() {
        let message = format!("{} holds packs of law, and no policy", args.policy.display());
        return Err(Failure::new(Exit::Usage, message));
    }
    for (path, _) in packs {
        screen::note(&format!("{} is a pack of law: it binds only if --pack names it", path.display()))?;
    }
    let errors: usize = files.iter().map(PolicyFile::errors).sum();
    if errors > 0 {
        let broken = files.iter().filter(|file| file.errors() > 0);
        let report: Vec<String> = broken.clone().map(|file| policy_file::shown(&file.loaded)).collect();
        let problems: Vec<Value> = files.iter().flat_map(PolicyFile::problems_json).collect();
        let message = format!(
            "{} cannot be used: {} in {}",
            args.policy.display(),
            plural(errors, "problem", "problems"),
            plural(broken.count(), "policy", "policies")
        );
        return Err(Failure::new(Exit::Policy, message)
            .with_report(report.join("\n"))
            .with("problems", json!(problems)));
    }
    let warnings: usize = files.iter().map(|file| file.loaded.problems.len()).sum();
    if warnings > 0 {
        let warnings = plural(warnings, "warning", "warnings");
        screen::note(&format!("the policies have {warnings}; `arrears check` shows them"))?;
    }
    let loaded = files.into_iter().filter_map(|file| Some((file.loaded.policy?, file.loaded.scripts)));
    let (policies, scripts): (Vec<Policy>, Vec<Scripts>) = loaded.unzip();
    let scripts = policies.iter().map(Policy::hash).zip(scripts).collect();
    let policies = Policies::new(policies).map_err(|none| Failure::new(Exit::Policy, none))?;
    Ok((policies, scripts))
}

fn load(path: &Path, set: &[(String, Decimal)]) -> Result<Loaded, Failure> {
    arrears_rules::load(path, set).map_err(|error| Failure::new(Exit::File, error))
}

/// The files directly in the folder that may be policies, by name.
fn policy_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::new(Exit::File, format!("cannot read `{}`: {error}", folder.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|end| end == "rhai") && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The names of those that hold no policy and are imported by others.
fn modules(files: &[PolicyFile]) -> BTreeSet<String> {
    let holds_none = |file: &&PolicyFile| file.loaded.problems.iter().any(|problem| problem.code == NO_POLICY);
    let name = |file: &PolicyFile| file.path.file_name().map(|name| name.to_string_lossy().into_owned());
    let imported = |module: &String| {
        let others = files.iter().filter(|file| name(file).as_ref() != Some(module));
        others.flat_map(|file| &file.loaded.sources).any(|source| source.name == *module)
    };
    files.iter().filter(holds_none).filter_map(name).filter(imported).collect()
}

/// Sets thresholds in those policies that have them.
fn set(files: &mut [PolicyFile], args: &PolicyArgs) -> Result<(), Failure> {
    let has = |file: &PolicyFile, name: &str| {
        let policy = file.loaded.policy.as_ref();
        policy.is_some_and(|policy| policy.thresholds().iter().any(|threshold| threshold.name == name))
    };
    let whole = files.iter().all(|file| file.loaded.policy.is_some());
    let strange = args.set.iter().find(|(name, _)| files.iter().all(|file| !has(file, name)));
    if let Some((name, _)) = strange.filter(|_| whole) {
        let message = format!("--set {name}: no policy of {} has a threshold of that name", args.policy.display());
        return Err(Failure::new(Exit::Usage, message));
    }
    for file in files {
        let set: Vec<_> = args.set.iter().filter(|(name, _)| has(file, name)).cloned().collect();
        if !set.is_empty() {
            file.loaded = load(&file.path, &set)?;
        }
    }
    Ok(())
}
