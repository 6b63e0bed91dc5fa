//! The summary of a run under several policies: what each decided, and what is said once.

use super::summary::tables_text;
use super::{grouped, plural, screen};
use arrears_batch::{OutOfForce, Overview, Summary};

/// The overview as text.
pub(crate) fn overview_text(overview: &Overview) -> String {
    let errors = match overview.errors {
        0 => String::new(),
        errors => format!(", {} set aside", grouped(errors)),
    };
    let mut text = format!(
        "{}\n{}\nlaw {}\n\n{} decided{errors}\n",
        screen::heading(&format!("{} as of {}", plural(overview.policies.len(), "policy", "policies"), overview.as_of)),
        overview.table.display(),
        overview.law,
        plural(overview.decisions, "account", "accounts"),
    );
    for OutOfForce { policy, policy_version, term } in &overview.not_in_force {
        text.push_str(&format!("{policy} {policy_version} decides {term}\n"));
    }
    for summary in &overview.policies {
        text.push_str(&of_policy(summary));
    }
    text.push('\n');
    if overview.state_kept > 0 {
        let kept = grouped(overview.state_kept);
        text.push_str(&format!("In the state but not in the table, kept as they were: {kept}\n"));
    }
    for path in &overview.written {
        text.push_str(&format!("Written: {}\n", path.display()));
    }
    text
}

fn of_policy(summary: &Summary) -> String {
    let Summary { policy, policy_version, decisions, errors, .. } = summary;
    let hash: String = summary.policy_hash.chars().take(12).collect();
    let overdue =
        summary.overdue.map_or(String::new(), |overdue| format!(", {} {} overdue", grouped(overdue), summary.currency));
    let errors = if *errors == 0 { String::new() } else { format!(", {} set aside", grouped(*errors)) };
    let heading = screen::heading(&format!("{policy} {policy_version} ({hash})"));
    let tables = if *decisions == 0 { String::new() } else { tables_text(summary) };
    format!("\n{heading}\n{} decided{errors}{overdue}\n{tables}", plural(*decisions, "account", "accounts"))
}
