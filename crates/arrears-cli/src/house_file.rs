//! The house that speaks, and its folder of templates.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::history_file::{text, wrong};
use crate::show::plural;
use arrears_words::house::House;
use arrears_words::template::{TemplateFault, Templates};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Folders below a folder of templates.
const DEEPEST: usize = 8;

/// The house of a file; one without a name, if none is given.
pub(crate) fn house(path: Option<&Path>) -> Result<House, Failure> {
    let Some(path) = path else { return Ok(House::unnamed()) };
    House::from_json(&text(path)?).map_err(|problems| wrong(path, Exit::Usage, &problems))
}

/// The shipped templates, with those of a folder in their place or beside them.
pub(crate) fn templates(folder: Option<&Path>) -> Result<Templates, Failure> {
    let mut own = BTreeMap::new();
    if let Some(folder) = folder {
        collect(folder, "", DEEPEST, &mut own)?;
    }
    let shown = folder.map_or_else(|| "the shipped templates".to_owned(), |folder| folder.display().to_string());
    Templates::shipped_with(own).map_err(|faults| faulty(&shown, &faults))
}

/// What is wrong with templates, each with its place.
pub(crate) fn faulty(of: &str, faults: &[TemplateFault]) -> Failure {
    let mut message = format!("{of}: {}", plural(faults.len(), "problem", "problems"));
    for fault in faults {
        message.push_str(&format!("\n  {fault}"));
    }
    Failure::new(Exit::Usage, message).with("templates", json!(faults))
}

/// Puts the texts below a folder into `own`, by their names. What stands in the folder itself is no template, nor
/// is what begins with a point.
fn collect(folder: &Path, below: &str, depth: usize, own: &mut BTreeMap<String, String>) -> Result<(), Failure> {
    let failed =
        |error: std::io::Error| Failure::new(Exit::File, format!("{}: cannot be read: {error}", folder.display()));
    if depth == 0 {
        return Err(Failure::new(
            Exit::Usage,
            format!("{}: more than {DEEPEST} folders below each other", folder.display()),
        ));
    }
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            return Err(Failure::new(Exit::Usage, format!("{}: the name is not in UTF-8", path.display())));
        };
        if name.starts_with('.') {
            continue;
        }
        let name = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
        if path.is_dir() {
            collect(&path, &name, depth - 1, own)?;
        } else if !below.is_empty() {
            own.insert(name, text(&path)?);
        }
    }
    Ok(())
}
