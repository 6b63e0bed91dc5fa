//! Policies found by the hashes that decisions name.

use super::ReplayedPolicy;
use crate::script_facts;
use arrears::{Cell, Law, Policy, PolicyHash};
use arrears_batch::{Policies, ScriptCost};
use arrears_rules::{LoadedFile, Scripts};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The policies that decisions name, as files of a folder hold them.
#[derive(Clone, Debug)]
pub struct FoundPolicies {
    policies: Policies,
    scripts: BTreeMap<PolicyHash, Scripts>,
    files: Vec<ReplayedPolicy>,
}

/// Policies that no file of a folder holds.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotFound {
    /// The folder or a file of it cannot be read.
    #[error("{}: cannot be read: {problem}", .path.display())]
    Unread {
        /// The folder or the file.
        path: PathBuf,
        /// What the system says.
        problem: String,
    },
    /// Some policies are not there.
    #[error("{}", absent(.folder, .wanted, .there))]
    Absent {
        /// The folder.
        folder: PathBuf,
        /// The hashes that no file has.
        wanted: Vec<String>,
        /// The policies that are there, and the files that hold none, in words.
        there: Vec<String>,
    },
}

fn absent(folder: &Path, wanted: &[String], there: &[String]) -> String {
    let mut text = String::new();
    for hash in wanted {
        text.push_str(&format!("{}: no policy has the hash {hash}\n", folder.display()));
    }
    match there {
        [] => text.push_str("the folder holds no file that ends in .rhai"),
        there => {
            text.push_str("under this law, on this day, with what is set, there are:");
            there.iter().for_each(|one| text.push_str(&format!("\n  {one}")));
        }
    }
    text
}

/// Looks for policies by their hashes among the files directly in a folder whose names end in `.rhai`.
///
/// A hash depends on what decides and on nothing else, so comments, layout, file names and the order of files do not
/// matter; it depends on the law and the day that are given, and on the thresholds of `set`, which are set in every policy that has them.
///
/// # Errors
///
/// [`NotFound`]: the folder cannot be read, or some hash is that of no file; then it says which policies are there.
pub fn find_policies(
    folder: &Path,
    wanted: &[String],
    set: &[(String, Decimal)],
    under: (&Law, NaiveDate),
) -> Result<FoundPolicies, NotFound> {
    let mut found: BTreeMap<String, (Policy, Scripts, PathBuf)> = BTreeMap::new();
    let mut there = Vec::new();
    for path in files(folder)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match read(&path, set, under) {
            Err(why) => there.push(format!("{name}: {why}")),
            Ok((policy, scripts)) => {
                let (head, hash) = (policy.head(), policy.hash().to_string());
                there.push(format!("{name}: `{}` {}, hash {hash}", head.name, head.version));
                if wanted.contains(&hash) {
                    found.entry(hash).or_insert((policy, scripts, path));
                }
            }
        }
    }
    let lacking: Vec<String> = wanted.iter().filter(|hash| !found.contains_key(*hash)).cloned().collect();
    let absent = |wanted| NotFound::Absent { folder: folder.to_owned(), wanted, there: there.clone() };
    if !lacking.is_empty() {
        return Err(absent(lacking));
    }
    let policies = Policies::new(found.values().map(|(policy, ..)| policy.clone())).map_err(|_| absent(Vec::new()))?;
    let replayed = |(hash, (policy, _, file)): (&String, &(Policy, Scripts, PathBuf))| ReplayedPolicy {
        policy: policy.head().name.clone(),
        version: policy.head().version.clone(),
        hash: hash.clone(),
        file: file.clone(),
    };
    let files = found.iter().map(replayed).collect();
    let scripts = found.into_values().map(|(policy, scripts, _)| (policy.hash(), scripts)).collect();
    Ok(FoundPolicies { policies, scripts, files })
}

impl FoundPolicies {
    pub(super) const fn policies(&self) -> &Policies {
        &self.policies
    }

    pub(super) fn replayed(&self) -> Vec<ReplayedPolicy> {
        self.files.clone()
    }

    pub(super) fn has_scripts(&self) -> bool {
        self.scripts.values().any(|scripts| !scripts.is_empty())
    }

    pub(super) fn compute(&self, policy: &Policy, cells: &mut [Cell]) -> ScriptCost {
        let scripts = self.scripts.get(&policy.hash());
        scripts.map(|scripts| script_facts::compute(scripts, policy, cells)).unwrap_or_default()
    }
}

/// The files directly in the folder that may be policies, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, NotFound> {
    let failed = |error: std::io::Error| NotFound::Unread { path: folder.to_owned(), problem: error.to_string() };
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

/// The policy of a file under a law, or why it is none.
fn read(path: &Path, set: &[(String, Decimal)], (law, as_of): (&Law, NaiveDate)) -> Result<(Policy, Scripts), String> {
    let load = |set: &[(String, Decimal)]| arrears_rules::load_file(path, set).map_err(|error| error.to_string());
    let loaded = match load(&[])? {
        LoadedFile::Pack(_) => return Err("a pack of law".to_owned()),
        LoadedFile::Policy(loaded) => loaded,
    };
    let policy = loaded.policy.ok_or("it is no policy, or has problems; `arrears check` shows them")?;
    let has = |name: &str| policy.thresholds().iter().any(|threshold| threshold.name == name);
    let own: Vec<(String, Decimal)> = set.iter().filter(|(name, _)| has(name)).cloned().collect();
    let told =
        |problems: Vec<arrears::Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let policy = if own.is_empty() { policy } else { policy.with_thresholds(&own).map_err(told)? };
    let policy = if law.is_none() { policy } else { policy.under(law, as_of).map_err(told)? };
    Ok((policy, loaded.scripts))
}
