//! The packs of law that come with arrears.

use crate::calendars::{calendar, shipped_calendars};
use crate::load::{LoadedPack, load_pack_source};
use arrears::Law;
use arrears::policy::Pack;
use arrears::problem::nearest;
use std::sync::LazyLock;

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../packs/", $name, ".rhai")))),*]
    };
}

const SHIPPED: &[(&str, &str)] = shipped![
    "au-rg96",
    "ca-on",
    "ca-qc",
    "cn-card",
    "cn-consumer",
    "id-pojk22",
    "in-rbi",
    "in-rbi-2026-draft",
    "jp",
    "kr",
    "ph-sec",
    "th-dca",
    "uk-cca",
    "uk-conc",
    "uk-debt-respite",
    "us-bankruptcy",
    "us-ca",
    "us-dc",
    "us-fl",
    "us-ma",
    "us-ny",
    "us-nyc",
    "us-regf",
    "us-regx",
    "us-wa",
    "us-wv",
];

/// The packs of law that come with arrears, by name, each with its text: what its rules say, where
/// that stands, how it is known, and what is not covered.
pub const fn shipped_packs() -> &'static [(&'static str, &'static str)] {
    SHIPPED
}

/// A pack of law that comes with arrears; none where none has this name.
///
/// ```
/// let regulation_f = arrears_rules::shipped_pack("us-regf").ok_or("no such pack")?;
/// assert!(regulation_f.head().binds("US-MA"), "federal law binds in every state");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn shipped_pack(name: &str) -> Option<Pack> {
    loaded().iter().find(|pack| pack.head().name == name).cloned()
}

/// Every pack and every calendar that comes with arrears: each pack where its jurisdiction binds,
/// while it is in force. What ships as unverified binds nobody; see [`Law::enabling`].
///
/// ```
/// let law = arrears_rules::shipped_law();
/// let day = "2026-11-30".parse()?;
/// let packs: Vec<&str> = law.in_force("US-MA", day).map(|pack| pack.head().name.as_str()).collect();
/// assert!(packs.contains(&"us-regf") && packs.contains(&"us-ma"));
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub fn shipped_law() -> Law {
    static LAW: LazyLock<Law> = LazyLock::new(|| with_shipped_calendars(Law::of(loaded().to_vec())));
    LAW.clone()
}

/// A pack that does not come with arrears.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no pack is called `{name}`{}", .nearest.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default())]
pub struct UnknownPack {
    /// The name that was asked for.
    pub name: String,
    /// The closest one there is.
    pub nearest: Option<&'static str>,
}

/// The law of some of the packs that come with arrears, with every calendar.
///
/// # Errors
///
/// Every name that no pack has.
///
/// ```
/// let law = arrears_rules::law_of(["us-regf", "us-ny"]).map_err(|unknown| format!("{unknown:?}"))?;
/// assert_eq!(law.packs().len(), 2);
/// assert_eq!(arrears_rules::law_of(["us-regg"]).unwrap_err()[0].to_string(),
///     "no pack is called `us-regg`: did you mean `us-regf`?");
/// # Ok::<(), String>(())
/// ```
pub fn law_of<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Law, Vec<UnknownPack>> {
    let (mut packs, mut unknown) = (Vec::new(), Vec::new());
    for name in names {
        match shipped_pack(name) {
            Some(pack) => packs.push(pack),
            None => {
                let nearest = nearest(name, SHIPPED.iter().map(|(shipped, _)| *shipped));
                unknown.push(UnknownPack { name: name.to_owned(), nearest });
            }
        }
    }
    if unknown.is_empty() { Ok(with_shipped_calendars(Law::of(packs))) } else { Err(unknown) }
}

/// A law with every calendar that comes with arrears.
pub fn with_shipped_calendars(law: Law) -> Law {
    let calendars = shipped_calendars().iter().filter_map(|(name, _)| calendar(name));
    calendars.fold(law, Law::with_calendar)
}

/// Every pack, read once.
fn loaded() -> &'static [Pack] {
    static PACKS: LazyLock<Vec<Pack>> = LazyLock::new(|| read().filter_map(|(_, loaded)| loaded.pack).collect());
    &PACKS
}

fn read() -> impl Iterator<Item = (&'static str, LoadedPack)> {
    SHIPPED.iter().map(|(name, text)| (*name, load_pack_source(&format!("{name}.rhai"), text, &[])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_pack_reads_without_problems_or_warnings() {
        for (name, loaded) in read() {
            let shown = crate::render(&loaded.problems, &loaded.sources, crate::Style::default());
            assert!(loaded.problems.is_empty() && loaded.pack.is_some(), "{name}\n{shown}");
        }
    }

    #[test]
    fn every_pack_file_is_shipped_under_the_name_that_it_gives_itself() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/packs");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".rhai").map(str::to_owned))
            .collect();
        files.sort();
        let shipped: Vec<&str> = shipped_packs().iter().map(|(name, _)| *name).collect();
        assert_eq!(shipped, files);
        let named: Vec<&str> = loaded().iter().map(|pack| pack.head().name.as_str()).collect();
        assert_eq!(named, shipped);
    }

    #[test]
    fn the_calendar_that_a_pack_asks_for_is_shipped() {
        let law = shipped_law();
        for pack in loaded() {
            let calendar = pack.head().calendar.as_deref();
            assert!(calendar.is_none_or(|name| law.calendar(name).is_some()), "{}: {calendar:?}", pack.head().name);
        }
    }

    #[test]
    fn every_shipped_pack_says_whose_law_it_is_and_where_it_was_read() {
        for pack in loaded() {
            let head = pack.head();
            let said = [&head.title, &head.version, &head.jurisdiction, &head.source, &head.why];
            assert!(said.iter().all(|text| !text.is_empty()), "{}: {head:?}", head.name);
        }
    }
}
