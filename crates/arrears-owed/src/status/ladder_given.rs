//! What a ladder is asked: as an object, or of a history.

use super::ladder_terms::Counts;
use super::{Held, Ladder, LadderInput, LadderTerms, Lateness};
use crate::answer::{Amounts, Answered, ChargedOffBy, Found, Question, beside, class, known};
use crate::regime::{Asked, text};
use arrears::account::{Account, Amount, Conventions};
use arrears::document::{Fault, Fields, OBJECT, Readable};
use arrears::{Facts, Value};
use chrono::{Days, NaiveDate};
use serde_json::Value as Json;

impl Question for LadderTerms {
    fn ask<'r>(asked: &Asked<'r, Self>, given: &Json, problems: &mut Vec<Fault>) -> Option<Answered<'r>> {
        let mut fields = Fields::of(given, "", problems)?;
        let lateness = lateness(&mut fields);
        let product: Option<String> = known(&mut fields, "product");
        let technical: Option<bool> = fields.optional("technical");
        let held: Option<WrittenHeld> = known(&mut fields, "held");
        let needed = given.get("held").is_some_and(|held| !held.is_null());
        let amounts = Amounts::where_needed(&mut fields, needed)?;
        let held = held.as_ref().map(|held| Held {
            class: &held.class,
            arrears: amounts.money(&mut fields, "held.arrears", held.arrears),
            paid: amounts.money(&mut fields, "held.paid", held.paid),
        });
        fields.finish();
        let input = LadderInput {
            lateness: lateness.unwrap_or(Lateness::NothingUnpaid),
            product: product.as_deref(),
            technical: technical.unwrap_or_default(),
            held,
        };
        beside(asked.answer(&input), problems)
    }
}

/// How late the account is: one of three ways to say it.
fn lateness(fields: &mut Fields<'_>) -> Option<Lateness> {
    let unpaid: Option<bool> = fields.given("unpaid");
    let days: Option<u32> = fields.given("days_past_due");
    let due_on: Option<NaiveDate> = fields.given("due_on");
    let as_of: Option<NaiveDate> = fields.given("as_of");
    let ways: Vec<&str> = ["unpaid", "days_past_due", "due_on"].into_iter().filter(|key| fields.has(key)).collect();
    let (Some(way), [_]) = (ways.first(), ways.as_slice()) else {
        let found =
            if ways.is_empty() { "nothing says it".to_owned() } else { format!("found {}", ways.join(" and ")) };
        let expected = "expected one of `due_on` with `as_of`, `days_past_due`, and `unpaid`: false";
        fields.report(ways.get(1).unwrap_or(&""), format!("how late it is: {found}: {expected}"));
        return None;
    };
    match *way {
        "unpaid" => {
            if unpaid == Some(true) {
                let message =
                    "found true: expected `due_on` with `as_of`, or `days_past_due`, where something is unpaid";
                fields.report("unpaid", message);
            }
            unpaid.filter(|unpaid| !unpaid).map(|_| Lateness::NothingUnpaid)
        }
        "days_past_due" => days.map(|days| Lateness::DaysPastDue(i64::from(days))),
        _ => {
            if !fields.has("as_of") {
                fields.report("as_of", "missing: expected the day at whose end it is judged");
            }
            Some(Lateness::Unpaid { due_on: due_on?, as_of: as_of? })
        }
    }
}

impl<'r> Ladder<'r> {
    /// How late an account is by its history, as this ladder counts. Days past due are the core's own; where the
    /// due date counts itself, the oldest due date on which more than the tolerance is open.
    pub(crate) fn lateness_of(
        &self,
        account: &Account,
        as_of: NaiveDate,
        known_by: NaiveDate,
        conventions: &Conventions,
    ) -> Lateness {
        if self.terms.counts == Counts::AfterDueDate {
            let days = match Facts::of(account, as_of, known_by, conventions).get("dpd") {
                Some(Value::Days(days)) if *days > 0 => *days,
                _ => return Lateness::NothingUnpaid,
            };
            let back = u64::try_from(days).unwrap_or(0);
            let due_on = as_of.checked_sub_days(Days::new(back)).unwrap_or(NaiveDate::MIN);
            return Lateness::Unpaid { due_on, as_of };
        }
        let tolerance = conventions.tolerance.minor(account.currency()).unwrap_or(0);
        let items = account.standing(as_of, known_by, conventions).items;
        let open = items.iter().filter(|item| item.open.minor() > tolerance && item.due_on <= as_of);
        open.map(|item| item.due_on).min().map_or(Lateness::NothingUnpaid, |due_on| Lateness::Unpaid { due_on, as_of })
    }

    /// The class, and by when it is charged off if it stays unpaid.
    pub(crate) fn answer(&self, input: &LadderInput<'_>) -> Result<Answered<'r>, Vec<Fault>> {
        let status = self.classify(input)?;
        let (mut found, mut facts) = (class(&status), status.facts());
        if let (Lateness::Unpaid { due_on, as_of }, Found::Class { charge_off, charge_off_untold, .. }) =
            (input.lateness, &mut found)
            && due_on <= as_of
        {
            match self.charge_off(due_on, input.product) {
                Ok(Some(by)) => {
                    facts.extend(by.facts(as_of));
                    *charge_off = Some(ChargedOffBy::of(&by));
                }
                Ok(None) => {}
                // The class is known all the same: what is missing is a rule that nobody enabled.
                Err(faults) => *charge_off_untold = faults.first().map(|fault| fault.message.clone()),
            }
        }
        Ok(Answered { rule: status.rule, found, facts })
    }
}

/// A class that was reached before, as it is written.
struct WrittenHeld {
    class: String,
    arrears: Amount,
    paid: Amount,
}

impl Readable for WrittenHeld {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Json, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let class = text(&mut fields, "class");
        let (arrears, paid) = (fields.required("arrears"), fields.required("paid"));
        fields.finish();
        // An amount that cannot be read is reported; the class is still checked.
        Some(Self { class: class?, arrears: arrears.unwrap_or_default(), paid: paid.unwrap_or_default() })
    }
}
