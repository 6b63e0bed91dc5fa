//! From a policy file to a policy, or to everything that is wrong with it.

use crate::files::ReadError;
use crate::reading::{Reading, read, read_source};
use crate::scripts::Scripts;
use arrears::draft::Source;
use arrears::policy::Pack;
use arrears::problem::in_file_order;
use arrears::{Policy, Problem};
use rust_decimal::Decimal;
use std::path::Path;

/// What loading a policy gives.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The policy, unless something is wrong with it.
    pub policy: Option<Policy>,
    /// Everything that is wrong, in file order, and warnings.
    pub problems: Vec<Problem>,
    /// The policy's files, for showing problems and for quoting the policy.
    pub sources: Vec<Source>,
    /// The bank's own facts that are computed by script.
    pub scripts: Scripts,
}

/// Reads and checks a policy file and its modules. `overrides` sets thresholds inside their ranges.
///
/// # Errors
///
/// [`ReadError`] if the file cannot be opened. Everything that is wrong *in* it is a problem.
pub fn load(path: &Path, overrides: &[(String, Decimal)]) -> Result<Loaded, ReadError> {
    read(path).map(|reading| check(reading, overrides))
}

/// Reads and checks a policy given as text. It has no folder, so it can import nothing.
///
/// ```
/// let loaded = arrears_rules::load_source("card.rhai", "stage \"late\" wen dpd > 30;", &[]);
/// assert!(loaded.policy.is_none());
/// let slip = loaded.problems.iter().find(|problem| problem.code == "P001");
/// assert_eq!(slip.and_then(|slip| slip.help.as_deref()), Some("did you mean `when`?"));
/// ```
pub fn load_source(name: &str, text: &str, overrides: &[(String, Decimal)]) -> Loaded {
    check(read_source(name, text), overrides)
}

/// What loading a pack gives.
#[derive(Clone, Debug)]
pub struct LoadedPack {
    /// The pack, unless something is wrong with it.
    pub pack: Option<Pack>,
    /// Everything that is wrong, in file order, and warnings.
    pub problems: Vec<Problem>,
    /// The pack's files, for showing problems and for quoting the pack.
    pub sources: Vec<Source>,
}

/// Reads and checks a pack of law and its modules. `overrides` sets thresholds inside their ranges.
///
/// # Errors
///
/// [`ReadError`] if the file cannot be opened. Everything that is wrong *in* it is a problem.
pub fn load_pack(path: &Path, overrides: &[(String, Decimal)]) -> Result<LoadedPack, ReadError> {
    read(path).map(|reading| check_pack(reading, overrides))
}

/// Reads and checks a pack of law given as text.
///
/// ```
/// let text = r#"
///     pack "house" #{ version: "1", jurisdiction: "US", title: "An example" };
///     guardrail "no-postcards" when channel == "postcard" do refuse()
///         #{ cites: "none", basis: "house", says: "No postcards.", not_covered: "Nothing." };
/// "#;
/// let loaded = arrears_rules::load_pack_source("house.rhai", text, &[]);
/// assert_eq!(loaded.pack.map(|pack| pack.rules().len()), Some(1));
/// ```
pub fn load_pack_source(name: &str, text: &str, overrides: &[(String, Decimal)]) -> LoadedPack {
    check_pack(read_source(name, text), overrides)
}

/// A file, loaded as what it says it is.
#[derive(Clone, Debug)]
pub enum LoadedFile {
    /// A bank's policy.
    Policy(Loaded),
    /// A pack of law.
    Pack(LoadedPack),
}

/// Reads and checks a file that is a policy or, if it begins with `pack`, a pack of law.
///
/// # Errors
///
/// [`ReadError`] if the file cannot be opened. Everything that is wrong *in* it is a problem.
pub fn load_file(path: &Path, overrides: &[(String, Decimal)]) -> Result<LoadedFile, ReadError> {
    Ok(check_reading(read(path)?, overrides))
}

/// Checks what was read: a policy or, if it begins with `pack`, a pack of law.
pub fn check_reading(reading: Reading, overrides: &[(String, Decimal)]) -> LoadedFile {
    if reading.is_pack() {
        LoadedFile::Pack(check_pack(reading, overrides))
    } else {
        LoadedFile::Policy(check(reading, overrides))
    }
}

fn check_pack(reading: Reading, overrides: &[(String, Decimal)]) -> LoadedPack {
    let Reading { draft, mut problems, scripts: _, names_known } = reading;
    let mut pack = None;
    if names_known {
        let checked = Pack::check(&draft, overrides);
        pack = checked.pack;
        let whole = !problems.iter().any(Problem::is_error);
        problems.extend(checked.problems.into_iter().filter(|found| whole || found.is_error()));
    }
    let problems = in_file_order(problems);
    let failed = problems.iter().any(Problem::is_error);
    LoadedPack { pack: pack.filter(|_| !failed), problems, sources: draft.sources }
}

/// Joins what is wrong with the text and what is wrong with what it says. Where names
/// were lost, only the text is judged: the rest would be noise.
fn check(reading: Reading, overrides: &[(String, Decimal)]) -> Loaded {
    let Reading { draft, mut problems, scripts, names_known } = reading;
    let mut policy = None;
    if names_known {
        let checked = Policy::check(&draft, overrides);
        policy = checked.policy;
        // Warnings judge the policy as a whole: they wait until all of it can be read.
        let whole = !problems.iter().any(Problem::is_error);
        let sound = whole && !checked.problems.iter().any(Problem::is_error);
        problems.retain(|found| sound || found.is_error());
        problems.extend(checked.problems.into_iter().filter(|found| whole || found.is_error()));
    }
    let problems = in_file_order(problems);
    let failed = problems.iter().any(Problem::is_error);
    Loaded { policy: policy.filter(|_| !failed), problems, sources: draft.sources, scripts }
}
