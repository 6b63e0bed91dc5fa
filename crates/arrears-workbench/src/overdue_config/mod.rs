//! Kill Bill's overdue configuration (`overdue.xml`) as a policy.
//!
//! Its states become stages, the mildest first, read anew on every day (`escalate #{ mode: "free" }`): the stage of an account is
//! the first state, in the order of the file, whose condition holds. Nothing is lost without a word: what a policy does not
//! say, or says in another way, is a [`Note`].

mod config;
mod policy;
mod problem;
mod read;

pub use problem::ConfigProblem;

use arrears::Currency;
use serde::Serialize;

/// What the file does not say.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name of the file, as comments and reasons give it.
    pub file: String,
    /// The currency of the accounts: the balances of the file name none.
    pub currency: Currency,
    /// The time zone of the days, by its IANA name; UTC if none.
    pub zone: Option<String>,
}

/// A configuration as a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// The text of the policy.
    pub policy: String,
    /// What was carried over in another way or not at all, in the order of the file.
    pub notes: Vec<Note>,
}

/// Something that the file says and that the policy says in another way, or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The line of the file, from 1.
    pub line: u32,
    /// The character of the line, from 1.
    pub column: u32,
    /// The element.
    pub element: String,
    /// What became of it.
    pub says: String,
}

/// Makes a policy of an overdue configuration.
///
/// # Errors
///
/// Everything that is wrong with the file, in its order: what is no XML, what the format does not have, numbers and units that
/// cannot be, names that stand twice, and a zone that is no plain name. A document type is refused, so that no entity expands.
///
/// ```
/// use arrears_workbench::overdue_config::{Settings, import};
///
/// let xml = r#"<overdueConfig><accountOverdueStates>
///     <state name="LATE"><condition><timeSinceEarliestUnpaidInvoiceEqualsOrExceeds>
///         <unit>DAYS</unit><number>30</number>
///     </timeSinceEarliestUnpaidInvoiceEqualsOrExceeds></condition></state>
/// </accountOverdueStates></overdueConfig>"#;
/// let settings = Settings { file: "overdue.xml".to_owned(), currency: "USD".parse()?, zone: None };
/// let imported = import(xml, &settings).map_err(|problems| problems[0].clone())?;
/// assert!(imported.policy.contains("stage \"LATE\" when oldest_unpaid_age >= 30"));
/// let loaded = arrears_rules::load_source("overdue.rhai", &imported.policy, &[]);
/// assert!(loaded.problems.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn import(xml: &str, settings: &Settings) -> Result<Imported, Vec<ConfigProblem>> {
    let (config, notes) = read::read(xml, settings.currency)?;
    let plain = |zone: &String| zone.chars().all(|letter| letter.is_ascii_alphanumeric() || "/_+-".contains(letter));
    if let Some(zone) = settings.zone.as_ref().filter(|zone| !plain(zone)) {
        return Err(vec![ConfigProblem { line: 1, column: 1, says: format!("`{zone}` is no time zone") }]);
    }
    let policy = policy::written(&config, settings);
    // What the configuration takes and a policy does not: names that differ in signs alone, a zone that does not exist.
    let found = arrears_rules::load_source("policy", &policy, &[]).problems;
    let wrong = found.iter().filter(|problem| problem.is_error());
    let wrong: Vec<ConfigProblem> = wrong
        .map(|problem| ConfigProblem { line: 1, column: 1, says: format!("no policy can say it: {}", problem.message) })
        .collect();
    if wrong.is_empty() { Ok(Imported { policy, notes }) } else { Err(wrong) }
}
