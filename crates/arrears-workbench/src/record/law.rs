//! The law of a run, so that it can be found again.

use super::fingerprint::sha256;
use arrears::Law;
use arrears::calendar::Calendar;
use serde::Serialize;
use std::collections::BTreeSet;

/// The law under which a run decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LawRecord {
    /// As it stands on every decision: why there is none, or the packs.
    pub stamp: String,
    /// Why no guardrails applied; none if some did.
    pub none: Option<String>,
    /// The packs, in force or not.
    pub packs: Vec<PackRecord>,
    /// The rules that were enabled by name.
    pub enabled: Vec<String>,
    /// The calendars that the packs ask for.
    pub calendars: Vec<CalendarRecord>,
}

/// A pack of law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackRecord {
    /// Its name.
    pub pack: String,
    /// Its label for people.
    pub version: String,
    /// What binds, as a hash.
    pub hash: String,
}

/// A calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CalendarRecord {
    /// Its name.
    pub calendar: String,
    /// SHA-256 over what it says of days, in hexadecimal digits: the days for which it is known, its weekend, its holidays
    /// and the weekend days that are worked.
    pub sha256: String,
}

impl LawRecord {
    /// The record of a law.
    pub fn of(law: &Law) -> Self {
        let pack = |pack: &arrears::Pack| PackRecord {
            pack: pack.head().name.clone(),
            version: pack.head().version.clone(),
            hash: pack.hash().to_string(),
        };
        let asked: BTreeSet<&str> = law.packs().iter().filter_map(|pack| pack.head().calendar.as_deref()).collect();
        let calendar =
            |name: &str| Some(CalendarRecord { calendar: name.to_owned(), sha256: print(law.calendar(name)?) });
        Self {
            stamp: law.stamp().to_owned(),
            none: law.is_none().then(|| law.stamp().strip_prefix("none: ").unwrap_or(law.stamp()).to_owned()),
            packs: law.packs().iter().map(pack).collect(),
            enabled: law.enabled().map(str::to_owned).collect(),
            calendars: asked.into_iter().filter_map(calendar).collect(),
        }
    }

    /// In what a law that was found differs from the recorded one: packs and calendars that it lacks, has otherwise, or
    /// has besides. Empty if decisions under it are those of the record.
    pub fn differs(&self, found: &Law) -> Vec<String> {
        let found = Self::of(found);
        let mut differs = Vec::new();
        if self.none.is_some() != found.none.is_some() {
            differs.push(format!("the record was decided under the law `{}`, not under `{}`", self.stamp, found.stamp));
            return differs;
        }
        for pack in &self.packs {
            match found.packs.iter().find(|other| other.pack == pack.pack) {
                Some(other) if other.hash == pack.hash => {}
                Some(other) => differs.push(format!(
                    "the pack `{}` {} of the record has hash {}, the one found is {} with hash {}: name the file of the \
                     recorded one with --pack",
                    pack.pack, pack.version, pack.hash, other.version, other.hash
                )),
                None => differs.push(format!("the pack `{}` {} of the record is not there", pack.pack, pack.version)),
            }
        }
        for calendar in &self.calendars {
            let other = found.calendars.iter().find(|other| other.calendar == calendar.calendar);
            if other.is_none_or(|other| other.sha256 != calendar.sha256) {
                differs.push(format!("the calendar `{}` says otherwise than that of the record", calendar.calendar));
            }
        }
        for pack in found.packs.iter().filter(|pack| !self.packs.iter().any(|known| known.pack == pack.pack)) {
            differs.push(format!("the pack `{}` {} is not in the record", pack.pack, pack.version));
        }
        differs
    }
}

/// What a calendar says, as a hash.
fn print(calendar: &Calendar) -> String {
    let mut lines = vec![format!("{}..{} {:?}", calendar.first_known(), calendar.last_known(), calendar.weekend())];
    lines.extend(calendar.holidays().map(|(day, name)| format!("{day} holiday {name}")));
    lines.extend(calendar.working_weekends().map(|(day, why)| format!("{day} worked {why}")));
    sha256(&lines.join("\n"))
}
