//! One account: its row of a table, or the last night of its history.

use crate::args::ReadArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::show::{plural, screen};
use arrears::nights::{Case, Decided, KnownBy, Nights};
use arrears::{Policy, Row};
use arrears_batch::{Found, Lookup, Mapping};
use arrears_rules::Scripts;
use arrears_workbench::script_facts;
use arrears_workbench::timeline::{TimelineError, Window};
use chrono::NaiveDate;
use std::path::Path;

/// The last night of an account that is decided every night over its history.
pub(crate) fn last_night(case: Case<'_>, known_by: Option<NaiveDate>, as_of: NaiveDate) -> Result<Decided, Failure> {
    let known_by = known_by.map_or(KnownBy::EachNight, KnownBy::Day);
    let window = Window { from: None, to: Some(as_of), known_by };
    let (first, last) = window.days(case.account())?;
    let mut night = None;
    for decided in Nights::new(case, known_by, first, last) {
        night = Some(decided.map_err(TimelineError::Policy)?);
    }
    night.ok_or_else(|| Failure::new(Exit::Usage, "there is no night to decide"))
}

/// The account's row of the table.
pub(crate) fn row(
    policy: &Policy,
    computed: &Scripts,
    (table, account): (&Path, &str),
    read: &ReadArgs,
    as_of: NaiveDate,
) -> Result<Row, Failure> {
    let mapping = read.columns.as_ref().map(Mapping::read).transpose()?.unwrap_or_default();
    let compute = script_facts::hook(computed);
    let (state, events) = (read.state.clone().map(Into::into), read.events.tables());
    let lookup = Lookup {
        as_of,
        mapping: &mapping,
        events: &events,
        state: state.as_ref(),
        scripts: (!computed.is_empty()).then_some(&compute),
    };
    match arrears_batch::find_account(policy, table, account, lookup)? {
        Found::Row { row, others, customer, .. } => {
            if let Some(customer) = customer.filter(|_| others > 0) {
                let others = plural(others, "other account", "other accounts");
                screen::note(&format!(
                    "{account} is explained by itself: a run settles it together with {others} of {customer}, and its contact may ride with one of theirs"
                ))?;
            }
            Ok(*row)
        }
        Found::Bad(error) => Err(Failure::new(Exit::Table, format!("{}: {error}", table.display()))),
        Found::Nothing { rows } => {
            let rows = plural(rows, "row", "rows");
            let message = format!("{}: none of its {rows} is of account {account}", table.display());
            Err(Failure::new(Exit::Usage, message))
        }
    }
}
