//! Laws: which packs bind, and what they say.

use crate::asked::day;
use crate::failure::raise;
use crate::packs;
use crate::table::Table;
use crate::thresholds::overrides;
use arrears::Pack;
use arrears::problem::nearest;
use arrears_rules::{LoadedPack, Style, load_pack, load_pack_source, problem_records, render, with_shipped_calendars};
use pyo3::prelude::*;
use serde_json::json;
use std::path::PathBuf;

/// The law that a host chose.
#[pyclass(frozen, module = "arrears._arrears")]
#[derive(Clone)]
pub(crate) struct Law {
    pub(crate) law: arrears::Law,
}

/// A law, unless something is wrong with its new pack; what was found, as JSON and as text; and the pack's files.
type Found = (Option<Law>, String, String, Vec<(String, String)>);

#[pymethods]
impl Law {
    /// Every pack that is shipped, with the shipped calendars.
    #[staticmethod]
    fn shipped(py: Python<'_>) -> Self {
        // The packs are read once, when they are first asked for.
        Self { law: py.detach(arrears_rules::shipped_law) }
    }

    /// No guardrails, for a reason.
    #[staticmethod]
    fn none(py: Python<'_>, reason: &str) -> PyResult<Self> {
        let law = arrears::Law::none(reason).map_err(|error| raise(py, "value", error, &json!({})))?;
        Ok(Self { law })
    }

    /// The same law with a pack file of the bank's own beside the others.
    fn with_pack(&self, py: Python<'_>, path: PathBuf) -> PyResult<Found> {
        let loaded = py.detach(|| load_pack(&path, &[])).map_err(|error| raise(py, "file", &error, &json!({})))?;
        self.with(py, loaded)
    }

    /// The same law with a pack, from its text, beside the others.
    fn with_pack_source(&self, py: Python<'_>, name: &str, text: &str) -> PyResult<Found> {
        self.with(py, py.detach(|| load_pack_source(name, text, &[])))
    }

    /// The same law with rules that bind nobody by default.
    fn enabling(&self, py: Python<'_>, rules: Vec<String>) -> PyResult<Self> {
        let law = self.law.clone().enabling(rules.iter().map(String::as_str)).map_err(|unknown| {
            let unknown: Vec<String> = unknown.iter().map(ToString::to_string).collect();
            raise(py, "value", unknown.join("\n"), &json!({}))
        })?;
        Ok(Self { law })
    }

    /// The same law with every rule enabled that a pack ships as unverified.
    fn with_unverified(&self) -> Self {
        Self { law: self.law.clone().with_unverified() }
    }

    /// The same law with thresholds set, each named with its pack: `us-regf.calls_in_window`.
    fn with_thresholds(&self, py: Python<'_>, set: Vec<(String, String)>) -> PyResult<Found> {
        let mut packs = self.law.packs().to_vec();
        for (name, value) in overrides(py, set)? {
            let (of, name) = name.split_once('.').unwrap_or(("", &name));
            let Some(pack) = packs.iter_mut().find(|pack| pack.head().name == of) else {
                return Err(raise(py, "value", no_pack(of, self.law.packs()), &json!({})));
            };
            match pack.with_thresholds(&[(name.to_owned(), value)]) {
                Ok(changed) => *pack = changed,
                Err(problems) => {
                    let found = json!(problem_records(&problems, pack.sources())).to_string();
                    return Ok((None, found, render(&problems, pack.sources(), Style::default()), Vec::new()));
                }
            }
        }
        Ok((Some(self.of(py, packs)?), "[]".to_owned(), String::new(), Vec::new()))
    }

    /// What is stamped on every decision.
    fn stamp(&self) -> &str {
        self.law.stamp()
    }

    /// Whether no guardrails apply at all, for a reason that is stamped.
    fn is_none(&self) -> bool {
        self.law.is_none()
    }

    /// The rules that were enabled by name.
    fn enabled(&self) -> Vec<&str> {
        self.law.enabled().collect()
    }

    /// Its packs, or those that bind a jurisdiction, with what is in force on a day if one is given: as JSON, and
    /// their rules as a table.
    #[pyo3(signature = (on = None, jurisdiction = None))]
    fn packs(&self, py: Python<'_>, on: Option<&str>, jurisdiction: Option<&str>) -> PyResult<(String, Table)> {
        let on = on.map(|text| day(py, text)).transpose()?;
        let listed = packs::listed(&self.law, on, jurisdiction);
        let columns = packs::columns(&listed).map_err(|error| raise(py, "other", &error, &json!({})))?;
        Ok((json!(listed).to_string(), Table::new("packs", columns.schema(), vec![columns])))
    }
}

impl Law {
    fn with(&self, py: Python<'_>, loaded: LoadedPack) -> PyResult<Found> {
        let LoadedPack { pack, problems, sources } = loaded;
        let found = json!(problem_records(&problems, &sources)).to_string();
        let text = render(&problems, &sources, Style::default());
        let law = pack.map(|pack| self.of(py, beside(self.law.packs(), pack))).transpose()?;
        let files = sources.iter().map(|source| (source.name.clone(), source.text.to_string())).collect();
        Ok((law, found, text, files))
    }

    /// A law of other packs, in which the same is enabled.
    fn of(&self, py: Python<'_>, packs: Vec<Pack>) -> PyResult<Self> {
        let enabled = self.law.enabled().map(str::to_owned).collect();
        Self { law: with_shipped_calendars(arrears::Law::of(packs)) }.enabling(py, enabled)
    }
}

/// Packs with one more; it takes the place of one of its name.
fn beside(packs: &[Pack], pack: Pack) -> Vec<Pack> {
    let mut packs = packs.to_vec();
    match packs.iter_mut().find(|other| other.head().name == pack.head().name) {
        Some(other) => *other = pack,
        None => packs.push(pack),
    }
    packs
}

fn no_pack(name: &str, packs: &[Pack]) -> String {
    let near = nearest(name, packs.iter().map(|pack| pack.head().name.as_str()));
    let help = near.map_or_else(|| "`arrears.packs()` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
    format!("no pack is called `{name}`: {help}")
}
