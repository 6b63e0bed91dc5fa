//! Which columns of a state table hold what.

use super::{DECIDED_ON, POLICY, StateError};
use crate::bind::ACCOUNT;
use crate::cell::{Meaning, accepts, type_name};
use crate::table::Table;
use arrears::policy::Policy;
use arrow_schema::DataType;

/// The fact without which no table is a state.
const PREVIOUS_STAGE: &str = "previous_stage";
/// Facts in which a word that nobody knows is an error of the account's row. In others
/// it is forgotten: a treatment may be taken out of a policy.
pub(super) const MUST_BE_KNOWN: [&str; 2] = [PREVIOUS_STAGE, "previous_rung"];

/// The treatment that may be used again.
pub(super) const RETRY: &str = "retry_treatment";

/// A column of the state, with its place among the facts that decisions leave.
pub(super) struct StateColumn<'p> {
    pub(super) place: usize,
    pub(super) position: usize,
    pub(super) meaning: Meaning<'p>,
}

pub(super) struct Layout<'p> {
    pub(super) account: usize,
    pub(super) decided_on: usize,
    /// The column that names the policy of each account, in a state of several.
    pub(super) owner: Option<usize>,
    pub(super) columns: Vec<StateColumn<'p>>,
}

impl Layout<'_> {
    /// The positions of all columns but that of the account's name.
    pub(super) fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        self.columns.iter().map(|column| column.position).chain([self.decided_on]).chain(self.owner)
    }
}

/// Finds the columns of a state table.
///
/// # Errors
///
/// [`StateError`] if columns that every state has are absent, or one cannot hold what it must.
pub(super) fn layout<'p>(policy: &'p Policy, table: &Table) -> Result<Layout<'p>, StateError> {
    let schema = table.schema();
    let find = |name: &str| schema.column_with_name(name);
    let (Some((account, _)), Some((decided_on, dates)), Some(_)) =
        (find(ACCOUNT), find(DECIDED_ON), find(PREVIOUS_STAGE))
    else {
        let needed = [ACCOUNT, DECIDED_ON, PREVIOUS_STAGE].into_iter();
        let absent: Vec<String> = needed.filter(|name| find(name).is_none()).map(|name| format!("`{name}`")).collect();
        return Err(StateError::Absent { path: table.path().to_owned(), columns: absent.join(", ") });
    };
    let wrong = |column: &str, found: &DataType, wanted: &str| StateError::WrongType {
        path: table.path().to_owned(),
        column: column.to_owned(),
        found: type_name(found),
        wanted: wanted.to_owned(),
    };
    let dated = matches!(type_name(dates.data_type()).as_str(), "dates" | "points in time" | "text" | "nothing");
    if !dated {
        return Err(wrong(DECIDED_ON, dates.data_type(), "dates"));
    }
    let mut columns = Vec::new();
    let digits = policy.head().currency.digits();
    for (place, fact) in policy.state_facts().iter().enumerate() {
        let Some(input) = policy.input(*fact) else { continue };
        if let Some((position, field)) = find(&input.name) {
            accepts(input.kind, field.data_type())
                .map_err(|refused| wrong(&input.name, field.data_type(), refused.wanted))?;
            let meaning = Meaning::new(input, digits, &[]);
            columns.push(StateColumn { place, position, meaning });
        }
    }
    Ok(Layout { account, decided_on, owner: find(POLICY).map(|(position, _)| position), columns })
}
