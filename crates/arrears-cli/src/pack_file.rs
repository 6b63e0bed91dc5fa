//! Packs of law of the bank's own, beside those that come with arrears.

use crate::args::PackThreshold;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::policy_file;
use crate::show::{plural, screen};
use arrears::problem::nearest;
use arrears::{Law, Pack};
use arrears_rules::problem_records;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The shipped packs and those of the files, with thresholds set to other values.
pub(crate) fn law(files: &[PathBuf], set: &[PackThreshold]) -> Result<Law, Failure> {
    let shipped = arrears_rules::shipped_law();
    if files.is_empty() && set.is_empty() {
        return Ok(shipped);
    }
    let mut packs = shipped.packs().to_vec();
    for path in files {
        let pack = read(path)?;
        let name = pack.head().name.clone();
        match packs.iter_mut().find(|other| other.head().name == name) {
            Some(other) => {
                screen::note(&format!("{} takes the place of the shipped pack {name}", path.display()))?;
                *other = pack;
            }
            None => packs.push(pack),
        }
    }
    for wanted in set {
        let Some(pack) = packs.iter_mut().find(|pack| pack.head().name == wanted.pack) else {
            return Err(Failure::new(Exit::Usage, unknown(&wanted.pack, &packs)));
        };
        *pack = pack.with_thresholds(std::slice::from_ref(&wanted.set)).map_err(|problems| {
            let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Failure::new(Exit::Policy, format!("--set {}.{}: {}", wanted.pack, wanted.set.0, problems.join("; ")))
        })?;
    }
    Ok(arrears_rules::with_shipped_calendars(Law::of(packs)))
}

/// A pack file that can be used; else everything that is wrong with it.
pub(crate) fn read(path: &Path) -> Result<Pack, Failure> {
    let loaded = arrears_rules::load_pack(path, &[]).map_err(|error| Failure::new(Exit::File, error))?;
    let errors = loaded.problems.iter().filter(|problem| problem.is_error()).count();
    loaded.pack.ok_or_else(|| {
        let message = format!("{} cannot be used: {}", path.display(), plural(errors, "problem", "problems"));
        Failure::new(Exit::Policy, message)
            .with_report(policy_file::show(&loaded.problems, &loaded.sources))
            .with("problems", json!(problem_records(&loaded.problems, &loaded.sources)))
    })
}

/// That no pack has a name.
pub(crate) fn unknown(name: &str, packs: &[Pack]) -> String {
    let near = nearest(name, packs.iter().map(|pack| pack.head().name.as_str()));
    let help = near.map_or_else(|| "`arrears packs` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
    format!("no pack is called `{name}`: {help}")
}
