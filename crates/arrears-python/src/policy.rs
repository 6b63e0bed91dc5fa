//! Policies.

use crate::asked::day;
use crate::failure::raise;
use crate::law::Law;
use crate::thresholds::{overrides, thresholds};
use arrears::Problem;
use arrears::draft::Source;
use arrears::policy::{Mode, StageId};
use arrears::trial::{run_tests, sample_invariants};
use arrears_batch::input_records;
use arrears_rules::{Loaded, Scripts, Style, load, load_source, place, problem_records, render};
use chrono::NaiveDate;
use pyo3::prelude::*;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// A policy, read once and never changed.
#[pyclass(frozen, module = "arrears._arrears")]
#[derive(Clone)]
pub(crate) struct Policy {
    pub(crate) policy: arrears::Policy,
    pub(crate) scripts: Scripts,
    /// The policy as it was last read under a law: accounts that are decided one by one are of one day.
    bound: Arc<Mutex<Option<(NaiveDate, arrears::Policy)>>>,
}

/// A policy, unless something is wrong; what was found, as JSON and as text.
type Found = (Option<Policy>, String, String);

fn found(policy: Option<Policy>, problems: &[Problem], sources: &[Source]) -> Found {
    let text = render(problems, sources, Style::default());
    (policy, json!(problem_records(problems, sources)).to_string(), text)
}

fn of_loaded(loaded: Loaded) -> Found {
    let Loaded { policy, problems, sources, scripts } = loaded;
    found(policy.map(|policy| Policy::new(policy, scripts)), &problems, &sources)
}

#[pymethods]
impl Policy {
    /// Reads a policy file.
    #[staticmethod]
    fn load(py: Python<'_>, path: PathBuf, set: Vec<(String, String)>) -> PyResult<Found> {
        let set = overrides(py, set)?;
        let loaded = py.detach(|| load(&path, &set));
        loaded.map(of_loaded).map_err(|error| raise(py, "file", &error, &json!({})))
    }

    /// Reads a policy from its text.
    #[staticmethod]
    fn load_source(py: Python<'_>, name: &str, text: &str, set: Vec<(String, String)>) -> PyResult<Found> {
        let set = overrides(py, set)?;
        Ok(of_loaded(py.detach(|| load_source(name, text, &set))))
    }

    /// The same policy with other thresholds; its text is not read again.
    fn with_thresholds(&self, py: Python<'_>, set: Vec<(String, String)>) -> PyResult<Found> {
        let set = overrides(py, set)?;
        Ok(match self.policy.with_thresholds(&set) {
            Ok(policy) => (Some(Self::new(policy, self.scripts.clone())), "[]".to_owned(), String::new()),
            Err(problems) => found(None, &problems, self.policy.sources()),
        })
    }

    /// Its files: names and texts, the first one first.
    fn sources(&self) -> Vec<(String, String)> {
        self.policy.sources().iter().map(|Source { name, text }| (name.clone(), text.to_string())).collect()
    }

    /// What it is, as JSON.
    fn head(&self) -> String {
        let head = self.policy.head();
        let stage = |stage: &arrears::policy::Stage| {
            let after = stage.after.and_then(|after| self.policy.stages().get(after.index()));
            json!({ "name": stage.name, "beside": stage.beside, "after": after.map(|after| &after.name) })
        };
        json!({
            "name": head.name,
            "version": head.version,
            "hash": self.policy.hash().to_string(),
            "currency": head.currency.code(),
            "digits": head.currency.digits(),
            "zone": head.zone.name(),
            "from": head.from,
            "to": head.to,
            "jurisdiction": head.jurisdiction,
            "buckets": head.buckets,
            "why": head.why,
            "stages": self.policy.stages().iter().map(stage).collect::<Vec<_>>(),
            "mode": self.mode(),
            "debtor_types": self.policy.debtor_types().iter().map(|debtor| &debtor.name).collect::<Vec<_>>(),
            "treatments": self.policy.treatments().iter().map(|treatment| &treatment.name).collect::<Vec<_>>(),
            "eases": self.ways_down(),
            "latches": self.latches(),
            "steps": self.policy.escalate().steps,
            "first": if self.policy.escalate().first_skip { "skip" } else { "climb" },
        })
        .to_string()
    }

    /// Its thresholds, as JSON.
    fn thresholds(&self) -> String {
        thresholds(&self.policy).to_string()
    }

    /// The columns that it reads, as JSON.
    fn inputs(&self) -> String {
        json!(input_records(&self.policy)).to_string()
    }

    /// The columns that it reads under a law, as JSON.
    fn inputs_under(&self, py: Python<'_>, law: &Bound<'_, Law>, as_of: &str) -> PyResult<String> {
        let policy = self.under(py, &law.get().law, day(py, as_of)?)?;
        Ok(json!(input_records(&policy.policy)).to_string())
    }

    /// Its own tests, run: what they found, as JSON.
    fn test(&self, py: Python<'_>, samples: usize) -> String {
        let policy = self.policy.clone();
        py.detach(move || {
            let tests = run_tests(&policy);
            let broken = sample_invariants(&policy, samples);
            let sources = policy.sources();
            let of_tests = tests.iter().map(|test| {
                json!({
                    "name": test.name, "statement": "test", "passed": test.passed(),
                    "place": place(test.span, sources), "failures": test.failures,
                })
            });
            let of_invariants = policy.invariants().iter().map(|invariant| {
                let found = broken.iter().find(|broken| broken.invariant == invariant.name);
                let account = |facts: &[(String, String)]| {
                    facts.iter().map(|(name, value)| format!("{name} is {value}")).collect::<Vec<_>>().join(", ")
                };
                let failures: Vec<String> = found
                    .map(|broken| {
                        vec![
                            format!("found {}", broken.decision),
                            format!("an account that breaks it: {}", account(&broken.facts)),
                        ]
                    })
                    .unwrap_or_default();
                json!({
                    "name": invariant.name,
                    "statement": if invariant.then.is_some() { "always" } else { "never" },
                    "passed": found.is_none(), "place": place(invariant.span, sources), "failures": failures,
                })
            });
            Value::from(of_tests.chain(of_invariants).collect::<Vec<_>>()).to_string()
        })
    }
}

impl Policy {
    fn new(policy: arrears::Policy, scripts: Scripts) -> Self {
        Self { policy, scripts, bound: Arc::default() }
    }

    /// The policy read under the law of a day, so that what it decides keeps it.
    pub(crate) fn under(&self, py: Python<'_>, law: &arrears::Law, on: NaiveDate) -> PyResult<Self> {
        if law.is_none() {
            return Ok(self.clone());
        }
        let bound = self.bound.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let same = |(day, policy): &(NaiveDate, arrears::Policy)| {
            *day == on && policy.law().is_some_and(|bound| bound.stamp() == law.stamp())
        };
        if let Some((_, policy)) = bound.filter(same) {
            return Ok(Self { policy, ..self.clone() });
        }
        let policy = py.detach(|| self.policy.under(law, on)).map_err(|problems| {
            let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
            let listed = problem_records(&problems, self.policy.sources());
            raise(py, "policy", format!("the law cannot be kept: {}", said.join("; ")), &json!({ "problems": listed }))
        })?;
        *self.bound.lock().unwrap_or_else(PoisonError::into_inner) = Some((on, policy.clone()));
        Ok(Self { policy, ..self.clone() })
    }

    fn mode(&self) -> &'static str {
        match self.policy.escalate().mode {
            Mode::Sequential => "sequential",
            Mode::Skip => "skip",
            Mode::Free => "free",
        }
    }

    /// The stages that only a cure leaves.
    fn latches(&self) -> Vec<&str> {
        let latched = |position: usize| {
            i64::try_from(position).is_ok_and(|position| self.policy.escalate().latches.has(position))
        };
        let stages = self.policy.stages().iter().enumerate();
        stages.filter(|(position, _)| latched(*position)).map(|(_, stage)| stage.name.as_str()).collect()
    }

    /// The stages to which a cure or an ease leads.
    fn ways_down(&self) -> Value {
        let name = |id: StageId| self.policy.stages().get(id.index()).map(|stage| stage.name.clone());
        let eases = self.policy.eases().iter().map(|ease| json!({ "way": "ease", "to": name(ease.to) }));
        let cures = self.policy.cures().iter().map(|cure| json!({ "way": "cure", "to": name(cure.to) }));
        Value::from(cures.chain(eases).collect::<Vec<_>>())
    }
}
