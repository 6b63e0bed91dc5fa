//! What an analysis of a policy found: by kind, each with an account that shows it.

use super::prose::{hanging, paragraph, title};
use super::{grouped, plural, screen, share};
use arrears_workbench::analysis::{Analysis, Finding, Kind, Left, OtherwiseShare, Severity, StatementAt};
use arrears_workbench::portfolio::Count;
use arrears_workbench::proof::{Account, Standing, Verdict};

/// The analysis as text.
pub(crate) fn analysis_text(analysis: &Analysis) -> String {
    let mut text = String::new();
    for kind in Kind::ALL {
        let findings: Vec<&Finding> = analysis.findings.iter().filter(|finding| finding.kind == kind).collect();
        if findings.is_empty() {
            continue;
        }
        text.push_str(&title(heading(kind)));
        if kind == Kind::Overlap {
            text.push_str(&of_overlaps(&findings));
        } else {
            findings.into_iter().for_each(|finding| text.push_str(&of_finding(finding)));
        }
    }
    if !analysis.verdicts.is_empty() {
        text.push_str(&title("Never and always"));
        analysis.verdicts.iter().for_each(|verdict| text.push_str(&of_verdict(verdict)));
    }
    if !analysis.open.is_empty() {
        text.push_str(&title("Not known"));
        for open in &analysis.open {
            let said = format!("{}: {}; {}", named(&open.at), open.kind.word(), open.why);
            text.push_str(&hanging("  ", 4, &said));
        }
    }
    analysis.otherwise.iter().for_each(|otherwise| text.push_str(&of_share(otherwise)));
    let counts = [
        plural(analysis.count(Severity::Fault), "fault", "faults"),
        plural(analysis.count(Severity::Warning), "warning", "warnings"),
        format!("{} for information", analysis.count(Severity::Information)),
        format!("{} not known", analysis.open.len()),
    ];
    text.push_str(&format!("\nAnalysed under the law {}: {}\n", screen::printable(&analysis.law), counts.join(", ")));
    text
}

const fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::NeverBroken => "What must never be, and is",
        Kind::AlwaysBroken => "What must always be, and is not",
        Kind::NeverFires => "Never does anything",
        Kind::Shadowed => "Types and treatments that others hide",
        Kind::UnreachableStage => "Stages that nobody comes to",
        Kind::UnreachableTreatment => "Treatments that are never chosen",
        Kind::NeverPermitted => "Treatments that are never permitted",
        Kind::CureImpossible => "Ways down that lead nobody down",
        Kind::NoExit => "Stages that nothing leaves",
        Kind::NestedStage => "Stages in which nobody stays",
        Kind::EmptyThreshold => "Values of thresholds that make a statement empty",
        Kind::Gap => "Accounts for which nothing is to be done",
        Kind::LatenessAlone => "Types that are told by lateness alone",
        Kind::OtherwiseShare => "Accounts that the types leave to the last",
        Kind::Overlap => "Where the order decides",
    }
}

/// Overlaps by the type or treatment that stands first; JSON has an account for each pair.
fn of_overlaps(findings: &[&Finding]) -> String {
    let mut text = String::new();
    for pairs in findings.chunk_by(|one, other| one.at == other.at) {
        let Some(first) = pairs.first() else { continue };
        let below: Vec<String> =
            pairs.iter().flat_map(|pair| &pair.others).map(|other| format!("\"{}\"", other.name)).collect();
        let (statement, name) = (first.at.statement, &first.at.name);
        let said = format!("the {statement} \"{name}\" takes accounts that fit {} too", below.join(", "));
        text.push_str(&hanging("  ", 4, &said));
    }
    text
}

/// How many accounts of a table are left to the last type.
fn of_share(otherwise: &OtherwiseShare) -> String {
    let OtherwiseShare { debtor_type, table, as_of, rows, errors, law, .. } = otherwise;
    let errors = if *errors > 0 { format!(", {} that cannot be decided", grouped(errors)) } else { String::new() };
    let rows = plural(rows, "row", "rows");
    let mut text = title(&format!("Left to the type \"{debtor_type}\""));
    text.push_str(&hanging("  ", 4, &format!("{} as of {as_of}, {rows}{errors}, law {law}", table.display())));
    text.push_str(&of_left("all accounts", &otherwise.all));
    text.push_str(&otherwise.late.as_ref().map(|left| of_left("late accounts", left)).unwrap_or_default());
    text
}

fn of_left(which: &str, left: &Left) -> String {
    let (part, of) = (left.otherwise.accounts, left.of.accounts);
    let mut said = format!("{which}: {} of {}", grouped(part), grouped(of));
    if of > 0 {
        said.push_str(&format!(", {}", share(part, of)));
    }
    let overdue = |count: &Count| count.overdue.map(grouped);
    if let (Some(part), Some(of)) = (overdue(&left.otherwise), overdue(&left.of)) {
        said.push_str(&format!("; overdue {part} of {of}"));
    }
    if left.perhaps.accounts > 0 {
        said.push_str(&format!("; {} more may be of it", grouped(left.perhaps.accounts)));
    }
    hanging("  ", 4, &said)
}

fn of_finding(finding: &Finding) -> String {
    let place = finding.at.place.as_ref().map_or_else(String::new, |place| format!(" ({place})"));
    let mut text = hanging("  ", 4, &format!("{}{place}", finding.says));
    if !finding.others.is_empty() {
        let others: Vec<String> = finding.others.iter().map(named).collect();
        text.push_str(&hanging("    see ", 8, &others.join("; ")));
    }
    if let Some(proved) = &finding.proved {
        text.push_str(&hanging("    proved: ", 12, proved));
    }
    if let Some(account) = &finding.account {
        text.push_str(&of_account(account));
    }
    text
}

fn of_account(account: &Account) -> String {
    let facts: Vec<String> = account.facts.iter().map(|fact| format!("{}: {}", fact.fact, fact.value)).collect();
    let facts = if facts.is_empty() { "quiet".to_owned() } else { format!("quiet + {}", facts.join(", ")) };
    let treatment = account.treatment.as_ref().map_or_else(String::new, |name| format!(" by \"{name}\""));
    let types = account.debtor_types.join(" or ");
    let decided = format!("{}{treatment} in stage \"{}\", debtor type {types}", account.action, account.stage);
    let mut text = hanging("    account ", 12, &facts);
    text.push_str(&hanging("    decided ", 12, &decided));
    text
}

fn of_verdict(verdict: &Verdict) -> String {
    let (word, why) = match &verdict.standing {
        Standing::Proved => (screen::good("proved"), String::new()),
        Standing::Broken { .. } => (screen::bad("broken"), String::new()),
        Standing::Undecided { why } => (screen::noted("open"), paragraph(4, why)),
    };
    format!("  {word}  {} \"{}\"\n{why}", verdict.statement, screen::printable(&verdict.name))
}

fn named(at: &StatementAt) -> String {
    let place = at.place.as_ref().map_or_else(String::new, |place| format!(", {place}"));
    format!("{} \"{}\"{place}", at.statement, at.name)
}
