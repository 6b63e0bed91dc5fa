//! The four codes of the reference, read from files of decisions and compared with the answers.

use super::files::each_row;
use crate::Failure;
use crate::reference::accounts::STAGES;
use crate::reference::answers::{HOLDS, KINDS, TREATMENTS};
use std::path::Path;

const OUTPUTS: [&str; 4] = ["type", "action", "reason", "stage"];
const READ: [&str; 7] = ["account_id", "debtor_type", "stage", "treatment", "action", "acts", "held_by"];

/// What is known of every account of a table.
pub(super) struct Wanted {
    rows: Vec<(String, [u8; 4])>,
}

impl Wanted {
    /// Reads the answers, a row for each account of the table.
    pub(super) fn read(table: &Path, answers: &Path) -> Result<Self, Failure> {
        let mut rows = Vec::new();
        each_row(answers, &["account_id", OUTPUTS[0], OUTPUTS[1], OUTPUTS[2], OUTPUTS[3]], |cells| {
            let [account, codes @ ..] = cells else { return Err("cells are missing".into()) };
            let [kind, action, reason, stage] = codes else { return Err("cells are missing".into()) };
            rows.push(((*account).to_owned(), [kind.parse()?, action.parse()?, reason.parse()?, stage.parse()?]));
            Ok(())
        })?;
        let mut place = 0;
        each_row(table, &["account_id"], |cells| {
            let wanted = rows.get(place).map(|(account, _)| account.as_str());
            place += 1;
            match cells.first() {
                found if found.copied() == wanted => Ok(()),
                found => Err(format!("account {found:?}, in the answers {wanted:?}").into()),
            }
        })?;
        if place != rows.len() {
            return Err(format!("{place} accounts and {} answers", rows.len()).into());
        }
        Ok(Self { rows })
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}

/// Compares a file of decisions with the answers, row by row.
pub(super) fn compare(path: &Path, wanted: &Wanted) -> Result<(), Failure> {
    let mut place = 0;
    each_row(path, &READ, |cells| {
        let Some((account, codes)) = wanted.rows.get(place) else { return Err("no account is left".into()) };
        place += 1;
        let [found, rest @ ..] = cells else { return Err("cells are missing".into()) };
        if found != account {
            return Err(format!("account {found}, expected {account}").into());
        }
        let decided = codes_of(rest).map_err(|problem| format!("account {account}: {problem}"))?;
        for ((output, wanted), found) in OUTPUTS.iter().zip(codes).zip(decided) {
            if *wanted != found {
                return Err(format!("account {account}: {output} {found}, expected {wanted}").into());
            }
        }
        Ok(())
    })?;
    if place != wanted.len() {
        let decisions = if place == 1 { "decision" } else { "decisions" };
        return Err(format!("{}: {place} {decisions} for {} accounts", path.display(), wanted.len()).into());
    }
    Ok(())
}

/// The codes of one decision, each from the words of its own columns.
fn codes_of(cells: &[&str]) -> Result<[u8; 4], Failure> {
    let [kind, stage, treatment, action, acts, held_by] = cells else { return Err("cells are missing".into()) };
    let place = |words: &[&str], word: &str| words.iter().position(|known| *known == word);
    let kind = place(&KINDS, kind).ok_or_else(|| format!("debtor type `{kind}`"))?;
    let stage = place(&STAGES, stage).ok_or_else(|| format!("stage `{stage}`"))?;
    // The first hold that binds is the rule; without any it is the treatment.
    let hold = held_by.split(arrears_batch::BETWEEN).next().unwrap_or_default();
    let reason = match (hold, *treatment) {
        ("", "") => 4,
        ("", treatment) => {
            let found = TREATMENTS.iter().find(|(name, _)| *name == treatment);
            found.ok_or_else(|| format!("treatment `{treatment}`"))?.1
        }
        (hold, _) => place(&HOLDS, hold).ok_or_else(|| format!("hold `{hold}`"))? as u8 + 1,
    };
    let action = match (*action, *acts, hold) {
        ("none" | "held", "", hold) if !hold.is_empty() => 0,
        ("none", "", _) => 1,
        ("system", "", _) => 2,
        ("system", "auto debit", _) => 3,
        ("litigation", "", _) => 4,
        ("visit", "", _) => 5,
        ("offer", "", _) => 6,
        ("phone", "", _) if *treatment == "senior call" => 7,
        ("letter", "", _) => 8,
        ("sms", "", _) => 9,
        ("phone", "", _) => 10,
        (action, acts, _) => return Err(format!("action `{action}` with acts `{acts}`").into()),
    };
    Ok([u8::try_from(kind)?, action, reason, u8::try_from(stage)?])
}
