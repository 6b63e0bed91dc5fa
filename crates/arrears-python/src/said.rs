//! What is said and written to one person: briefs, texts, cases to practise on.

use crate::asked::day;
use crate::failure::{of_document, of_facts, raise};
use crate::history::{History, account_of, conventions_of, owed_facts};
use crate::law::Law;
use crate::one::GivenFact;
use crate::policy::Policy;
use crate::scripts;
use crate::ways_out::reckoned;
use arrears::nights::{Case, KnownBy, Nights};
use arrears::{Decision, decide};
use arrears_words::Language;
use arrears_words::brief::{Brief, HouseWords};
use arrears_words::checks::Checks;
use arrears_words::house::House as Written;
use arrears_words::practice::{Practice, usual_account};
use arrears_words::said::{Said, Texts};
use arrears_words::template::{TemplateFault, Templates};
use arrears_words::told::Told;
use arrears_workbench::timeline::{TimelineError, Window};
use chrono::NaiveDate;
use pyo3::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

/// The words of a house: who speaks, and its templates.
#[pyclass(frozen, module = "arrears._arrears")]
pub(crate) struct House {
    house: Written,
    templates: Templates,
}

#[pymethods]
impl House {
    /// A house from its JSON document, with templates of its own by name; without a document one without a name.
    #[staticmethod]
    fn of(py: Python<'_>, text: Option<&str>, templates: Vec<(String, String)>) -> PyResult<Self> {
        let house = match text {
            Some(text) => Written::from_json(text).map_err(|faults| of_document(py, "the house", &faults))?,
            None => Written::unnamed(),
        };
        let templates = Templates::shipped_with(templates).map_err(|faults| faulty(py, "the templates", &faults))?;
        Ok(Self { house, templates })
    }

    /// The language where none is asked for.
    fn language(&self) -> String {
        self.house.language.tag().to_owned()
    }
}

/// Of whom something is said: a history, or facts.
#[derive(FromPyObject)]
pub(crate) enum Whom {
    /// Over its history.
    Over(History, Option<String>),
    /// By its facts.
    By(String, Vec<GivenFact>),
}

/// What else is asked: the language, what is told, what the bank offers, and what the person states.
type Asked = (Option<String>, Option<String>, Option<String>, Option<String>);

struct Spoken {
    policy: arrears::Policy,
    account: String,
    decision: Decision,
    told: Told,
    words: HouseWords,
}

/// A brief, as JSON and as text.
#[pyfunction]
pub(crate) fn brief(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    whom: Whom,
    day_and_law: (String, Bound<'_, Law>),
    house: &Bound<'_, House>,
    asked: Asked,
) -> PyResult<(String, String)> {
    let spoken = spoken(py, policy, whom, &day_and_law, house, &asked)?;
    let brief = Brief::of(&spoken.words, &spoken.policy, &spoken.decision, &spoken.told).map_err(|problems| {
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        words_error(py, &format!("{}: there is no brief", spoken.account), &said)
    })?;
    Ok((json(py, &brief)?, brief.text()))
}

/// What a decision writes, as JSON; with the name of a text, that text as a preview.
#[pyfunction]
pub(crate) fn texts(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    whom: Whom,
    day_and_law: (String, Bound<'_, Law>),
    house: &Bound<'_, House>,
    asked: Asked,
    preview: Option<&str>,
) -> PyResult<String> {
    let spoken = spoken(py, policy, whom, &day_and_law, house, &asked)?;
    let Spoken { policy, decision, told, words, .. } = &spoken;
    let texts = match preview {
        None => Texts::of(words, policy, decision, told),
        Some(name) => {
            let said = Said::preview(words, policy, decision, told, name)
                .map_err(|why| words_error(py, &format!("`{name}` is not written"), &[why.to_string()]))?;
            Texts { said: vec![said], unsaid: Vec::new() }
        }
    };
    let mut found = json!({ "said": texts.said, "unsaid": [] });
    let unsaid = texts.unsaid.iter().map(|one| {
        json!({ "by": one.by, "why": one.why.to_string(), "asks_for_a_person": one.why.asks_for_a_person(), "is_a_mistake": one.why.is_a_mistake() })
    });
    if let Some(slot) = found.get_mut("unsaid") {
        *slot = Value::from(unsaid.collect::<Vec<Value>>());
    }
    json(py, &found)
}

/// A case as JSON, its brief as text, and the whole case as text.
type Practised = (String, String, String);

/// A case to practise on for each debtor type, each as JSON with the brief's text and the whole case as text; and why
/// there is none for the others.
#[pyfunction]
pub(crate) fn practice(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    day_and_law: (String, Bound<'_, Law>),
    house: &Bound<'_, House>,
    language: Option<&str>,
) -> PyResult<(Vec<Practised>, Vec<String>)> {
    let (as_of, law) = (day(py, &day_and_law.0)?, &day_and_law.1.get().law);
    let policy = policy.get().under(py, law, as_of)?;
    let (told, words) = voice(py, &policy.policy, law, as_of, house, language)?;
    let policy = &policy.policy;
    let found = py.detach(|| Practice::from_cells(policy, usual_account(policy), law, as_of, &words, &told));
    let cases = found.scenarios.iter().map(|one| Ok((json(py, one)?, one.brief.text(), one.text())));
    let problems = found.problems.iter().map(ToString::to_string).collect();
    Ok((cases.collect::<PyResult<Vec<_>>>()?, problems))
}

fn spoken(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    whom: Whom,
    (as_of, law): &(String, Bound<'_, Law>),
    house: &Bound<'_, House>,
    (language, more, offers, means): &Asked,
) -> PyResult<Spoken> {
    let (as_of, law) = (day(py, as_of)?, &law.get().law);
    arrears_batch::check_in_force(&policy.get().policy, as_of).map_err(|error| crate::failure::of_run(py, &error))?;
    let under = policy.get().under(py, law, as_of)?;
    let (told, words) = voice(py, &under.policy, law, as_of, house, language.as_deref())?;
    let (account, decision, told) = match whom {
        Whom::By(account, facts) => {
            let row = under.row(py, &facts)?;
            (account, decide(&under.policy, &row, law, as_of), told.owing_by(&under.policy, &row))
        }
        Whom::Over(history, known_by) => {
            let account = account_of(py, &history.0)?;
            let conventions = conventions_of(py, history.1.as_deref(), &account)?;
            let owed = owed_facts(py, &history, &account, &conventions)?;
            let scripts = scripts::filled_in(&under.scripts);
            let case = Case::new(&under.policy, &account, &conventions, law).with_scripts(&scripts);
            let case = owed.iter().fold(case, |case, owed| case.with_beside(owed));
            let known_by = known_by.map(|text| day(py, &text)).transpose()?;
            let nights = known_by.map_or(KnownBy::EachNight, KnownBy::Day);
            let window = Window { from: None, to: Some(as_of), known_by: nights };
            let wrong = |error: TimelineError| raise(py, "history", &error, &json!({ "problems": [] }));
            let (first, last) = window.days(&account).map_err(wrong)?;
            let mut night = None;
            for decided in Nights::new(case, nights, first, last) {
                py.check_signals()?;
                night = Some(decided.map_err(|problems| of_facts(py, &problems))?);
            }
            let Some(night) = night else {
                return Err(raise(py, "history", "there is no night to decide", &json!({ "problems": [] })));
            };
            let told = match &history.2 {
                None => told.owing_by(&under.policy, &night.row),
                Some(terms) => {
                    let terms = &terms.get().terms;
                    let documents = (offers.as_deref(), means.as_deref());
                    reckoned(py, told, (&account, terms, &conventions), documents, (as_of, known_by))?
                }
            };
            (account.id().to_owned(), night.decision, told)
        }
    };
    let told = match more {
        None => told,
        Some(text) => told.with_json(text).map_err(|faults| of_document(py, "what is told", &faults))?,
    };
    Ok(Spoken { policy: under.policy, account, decision, told, words })
}

/// Who speaks in a language, and the words of the house under the law in force.
fn voice(
    py: Python<'_>,
    policy: &arrears::Policy,
    law: &arrears::Law,
    as_of: NaiveDate,
    house: &Bound<'_, House>,
    language: Option<&str>,
) -> PyResult<(Told, HouseWords)> {
    let House { house, templates } = house.get();
    let language = match language {
        None => house.language,
        Some(tag) => language_of(py, tag)?,
    };
    let told = house.told(language, as_of).map_err(|error| raise(py, "value", error, &Value::Null))?;
    let mut words = house.words(templates.clone());
    if let Some(jurisdiction) = &policy.head().jurisdiction {
        words.checks = Checks::under(words.checks, law, jurisdiction, as_of);
    }
    Ok((told, words))
}

/// The language of a tag.
pub(crate) fn language_of(py: Python<'_>, tag: &str) -> PyResult<Language> {
    Language::from_tag(tag).ok_or_else(|| {
        let tags = Language::ALL.map(Language::tag).join(", ");
        raise(py, "value", format!("`{tag}` is not a language of the words: expected one of {tags}"), &Value::Null)
    })
}

fn json<R: Serialize>(py: Python<'_>, result: &R) -> PyResult<String> {
    serde_json::to_string(result).map_err(|error| raise(py, "other", error, &Value::Null))
}

fn faulty(py: Python<'_>, what: &str, faults: &[TemplateFault]) -> PyErr {
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    words_error(py, &format!("{what} cannot be used"), &said)
}

fn words_error(py: Python<'_>, what: &str, said: &[String]) -> PyErr {
    let listed: Vec<String> = said.iter().map(|one| format!("\n  {one}")).collect();
    raise(py, "words", format!("{what}:{}", listed.concat()), &json!({ "problems": said }))
}
