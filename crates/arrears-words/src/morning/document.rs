//! A briefing, and the targets of one, as JSON documents: read whole, or not at all.

use super::written::{Amounts, WrittenFigure, WrittenInflow, WrittenPromised, WrittenTarget, WrittenTask};
use super::{Approval, Counted, DutyOwed, Morning, Stopped, Target, Visit};
use crate::Language;
use arrears::Currency;
use arrears::document::{Fault, Fields, OBJECT, Readable, read_with, refuse};
use chrono::NaiveDate;
use serde_json::Value;

/// The name and version of the format of a briefing.
pub const FORMAT: &str = "arrears-morning/1";

/// The name and version of the format of targets.
pub const TARGETS_FORMAT: &str = "arrears-targets/1";

impl Morning {
    /// Reads a briefing from its JSON document, as `arrears briefing --json` writes it: so a host can put into it
    /// what no table tells, and make the page. `language`, `on`, `team` and `currency` must be in it; a section
    /// that it does not have is empty. Amounts are texts in its currency.
    ///
    /// ```
    /// use arrears_words::morning::Morning;
    /// let morning = Morning::from_json(r#"{
    ///     "format": "arrears-morning/1", "language": "en", "on": "2026-11-27", "team": "Team 3", "currency": "EUR",
    ///     "promises_today": [{ "account": "A-101", "amount": "500.00", "broken_before": 0 }]
    /// }"#).map_err(|faults| format!("{faults:?}"))?;
    /// assert!(morning.text().contains("A-101"));
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, in its order, each with its path.
    pub fn from_json(text: &str) -> Result<Self, Vec<Fault>> {
        read_with(text, morning)
    }
}

/// Reads the targets of a team, and what was reached of them, from their JSON document. `currency` is that of the
/// briefing; a document whose amounts are in another is refused.
///
/// ```
/// use arrears_words::morning::{Figure, targets};
/// let read = targets(r#"{
///     "format": "arrears-targets/1", "currency": "EUR",
///     "targets": [{ "name": "received in November", "wanted": { "money": "10000.00" }, "reached": { "money": "6123.50" } }]
/// }"#, "EUR".parse()?).map_err(|faults| format!("{faults:?}"))?;
/// assert!(matches!(read[0].reached, Figure::Money(money) if money.minor() == 612_350));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Everything that is wrong with the document, in its order, each with its path.
pub fn targets(text: &str, currency: Currency) -> Result<Vec<Target>, Vec<Fault>> {
    read_with(text, |document, problems| {
        let mut fields = Fields::of(document, "", problems)?;
        let _: Option<Format<1>> = fields.required("format");
        let found: Option<Currency> = fields.given("currency");
        if let Some(found) = found.filter(|found| *found != currency) {
            fields.report("currency", format!("found {found}: expected {currency}, in which the briefing is"));
        }
        let written: Option<Vec<WrittenTarget>> = fields.required("targets");
        let mut amounts = Amounts { fields: &mut fields, currency: found };
        let read = amounts.list("targets", written, |amounts, path, one| one.target(amounts, path));
        fields.finish();
        read
    })
}

fn morning(document: &Value, problems: &mut Vec<Fault>) -> Option<Morning> {
    let mut fields = Fields::of(document, "", problems)?;
    let _: Option<Format<0>> = fields.required("format");
    let (language, on): (Option<Language>, Option<NaiveDate>) = (fields.required("language"), fields.required("on"));
    let (team, currency): (Option<String>, Option<Currency>) = (fields.required("team"), fields.required("currency"));
    let due_today: Option<Vec<WrittenTask>> = fields.optional("due_today");
    let promises_today: Option<Vec<WrittenPromised>> = fields.optional("promises_today");
    let broken_yesterday: Option<Vec<WrittenPromised>> = fields.optional("broken_yesterday");
    let inflows: Option<Vec<WrittenInflow>> = fields.optional("inflows");
    let visits: Option<Vec<Visit>> = fields.optional("visits");
    let approvals: Option<Vec<Approval>> = fields.optional("approvals");
    let targets: Option<Vec<WrittenTarget>> = fields.optional("targets");
    let yesterday: Option<Vec<WrittenFigure>> = fields.optional("yesterday");
    let to_look_at: Option<Vec<WrittenFigure>> = fields.optional("to_look_at");
    let duties: Option<Vec<DutyOwed>> = fields.optional("duties");
    let stopped: Option<Vec<Stopped>> = fields.optional("stopped");
    let notes: Option<Vec<String>> = fields.optional("notes");
    let mut amounts = Amounts { fields: &mut fields, currency };
    let counted = |amounts: &mut Amounts<'_, '_>, path: &str, one: WrittenFigure| -> Option<Counted> {
        Some(Counted { name: one.name, figure: amounts.figure(&format!("{path}.figure"), one.figure)? })
    };
    let due_today = amounts.list("due_today", due_today, |amounts, path, one| one.task(amounts, path));
    let promises_today =
        amounts.list("promises_today", promises_today, |amounts, path, one| one.promised(amounts, path));
    let broken_yesterday =
        amounts.list("broken_yesterday", broken_yesterday, |amounts, path, one| one.promised(amounts, path));
    let inflows = amounts.list("inflows", inflows, |amounts, path, one| one.inflow(amounts, path));
    let targets = amounts.list("targets", targets, |amounts, path, one| one.target(amounts, path));
    let yesterday = amounts.list("yesterday", yesterday, counted);
    let to_look_at = amounts.list("to_look_at", to_look_at, counted);
    fields.finish();
    Some(Morning {
        language: language?,
        on: on?,
        team: team?,
        currency: currency?,
        due_today: due_today?,
        promises_today: promises_today?,
        broken_yesterday: broken_yesterday?,
        inflows: inflows?,
        visits: visits?,
        approvals: approvals?,
        targets: targets?,
        yesterday: yesterday?,
        to_look_at: to_look_at?,
        duties: duties?,
        stopped: stopped?,
        notes: notes?,
    })
}

/// The format of a briefing (0) or of targets (1).
struct Format<const OF: u8>;

impl<const OF: u8> Readable for Format<OF> {
    const EXPECTED: &str = if OF == 0 { "\"arrears-morning/1\"" } else { "\"arrears-targets/1\"" };
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let format = if OF == 0 { FORMAT } else { TARGETS_FORMAT };
        if value == format { Some(Self) } else { refuse(path, value, Self::EXPECTED, problems) }
    }
}

impl Readable for Visit {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (area, account) = (fields.required("area"), fields.required("account"));
        let (slot, needs) = (fields.optional("slot"), fields.optional("needs"));
        let hazard = fields.required("hazard");
        fields.finish();
        Some(Self { area: area?, account: account?, slot: slot?, needs: needs?, hazard: hazard? })
    }
}

impl Readable for Approval {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (account, what) = (fields.required("account"), fields.required("what"));
        let (role, since) = (fields.required("role"), fields.optional("since"));
        fields.finish();
        Some(Self { account: account?, what: what?, role: role?, since: since? })
    }
}

impl Readable for DutyOwed {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (duty, days_left) = (fields.required("duty"), fields.optional("days_left"));
        let (or_more, review) = (fields.optional("or_more"), fields.optional("review"));
        let accounts = fields.required("accounts");
        fields.finish();
        Some(Self { duty: duty?, days_left: days_left?, or_more: or_more?, review: review?, accounts: accounts? })
    }
}

impl Readable for Stopped {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (rule, cites) = (fields.required("rule"), fields.optional("cites"));
        let (accounts, left_alone) = (fields.required("accounts"), fields.required("left_alone"));
        fields.finish();
        Some(Self { rule: rule?, cites: cites?, accounts: accounts?, left_alone: left_alone? })
    }
}
