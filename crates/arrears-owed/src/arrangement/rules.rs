//! What a bank offers, as a JSON document: plans, and settlements.

use super::menu::{Limits, Ranking};
use super::plan::PlanTerms;
use super::settlement::{Authority, SettlementRules};
use crate::interest::{DayCount, Rate, Rounding};
use crate::terms::reading::{Each, WrittenRounding, money};
use arrears::Currency;
use arrears::account::NewRate;
use arrears::document::{Fault, Fields, OBJECT, Readable, read_whole, refuse};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde_json::Value;

/// The name and version of the format.
pub const OFFERS_FORMAT: &str = "arrears-offers/1";

/// What a bank offers to somebody who cannot pay what is asked for, in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferRules {
    /// The currency.
    pub currency: Currency,
    /// Plans of instalments; none: none are offered.
    pub plans: Option<PlanRules>,
    /// Settlements; none: nothing is let go.
    pub settlement: Option<SettlementRules>,
}

/// How plans are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRules {
    /// What is offered, and in which order.
    pub limits: Limits,
    /// The rate of a plan; zero: no interest runs any more.
    pub rate: Rate,
    /// How days become parts of a year.
    pub day_count: DayCount,
    /// How the interest of each instalment is rounded.
    pub rounding: Rounding,
    /// Days from the agreement to the first instalment; at least 1.
    pub first_after: u32,
    /// Instalments but the last are whole multiples of this, in minor units; at least 1.
    pub unit: i64,
    /// An arrangement is broken once so many instalments are missed; at least 1. None: by no number of them.
    pub broken_after: Option<u32>,
}

impl OfferRules {
    /// Reads what a bank offers from its JSON document.
    ///
    /// ```
    /// use arrears_owed::arrangement::OfferRules;
    /// let rules = OfferRules::from_json(r#"{
    ///     "format": "arrears-offers/1", "currency": "CNY",
    ///     "plans": {"months": [12, 24, 60], "limit": {"months": 60, "cites": "第70条"}, "unit": "1.00"},
    ///     "settlement": {"authority": [{"role": "manager", "upto": "0.30"}], "stands_for": 30}
    /// }"#).map_err(|problems| format!("{problems:?}"))?;
    /// assert_eq!(rules.plans.map(|plans| plans.limits.choices), Some(3));
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, each with its path.
    pub fn from_json(text: &str) -> Result<Self, Vec<Fault>> {
        read_whole(text)
    }
}

impl PlanRules {
    /// What a plan is made of that repays an amount, agreed on a day.
    ///
    /// # Errors
    ///
    /// That the calendar does not reach the first instalment.
    pub fn terms(&self, currency: Currency, amount: i64, agreed_on: NaiveDate) -> Result<PlanTerms, Fault> {
        let first_due = agreed_on.checked_add_days(Days::new(u64::from(self.first_after)));
        let beyond = || {
            Fault::new(
                "plans.first_after",
                format!("{} days after {agreed_on} is beyond the calendar", self.first_after),
            )
        };
        Ok(PlanTerms {
            currency,
            amount,
            rate: self.rate,
            day_count: self.day_count,
            rounding: self.rounding,
            agreed_on,
            first_due: first_due.ok_or_else(beyond)?,
            unit: self.unit,
        })
    }
}

impl Readable for OfferRules {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let _: Option<OffersFormat> = fields.required("format");
        let currency: Option<Currency> = fields.required("currency");
        let given = [fields.has("plans"), fields.has("settlement")];
        if given == [false, false] {
            fields.report("plans", "missing: expected `plans`, `settlement` or both");
        }
        let _: [Option<Kept>; 2] = [fields.given("plans"), fields.given("settlement")];
        let _: Option<String> = fields.given("note");
        fields.finish();
        // Amounts can be read only in a currency; what else is wrong is said without one too.
        let read_in = currency.unwrap_or(Currency::try_from("EUR".to_owned()).ok()?);
        let part = |name: &str| value.get(name).filter(|part| part.is_object());
        // A part that is there and could not be read leaves nothing of the whole; the other is still checked.
        let plans = part("plans").map(|part| plans(part, "plans", read_in, problems).ok_or(())).transpose();
        let settlement = part("settlement").map(|part| settlement(part, "settlement", read_in, problems).ok_or(()));
        let (plans, settlement) = (plans.ok()?, settlement.transpose().ok()?);
        Some(Self { currency: currency?, plans, settlement })
    }
}

/// A part whose reading needs the currency.
struct Kept;

impl Readable for Kept {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        if value.is_object() { Some(Self) } else { refuse(path, value, OBJECT, problems) }
    }
}

fn plans(value: &Value, path: &str, currency: Currency, problems: &mut Vec<Fault>) -> Option<PlanRules> {
    let before = problems.len();
    let mut fields = Fields::of(value, path, problems)?;
    let months: Option<Vec<u32>> = fields.required("months");
    let limit: Option<WrittenLimit> = fields.given("limit");
    let smallest_instalment = money(&mut fields, "smallest_instalment", Some(currency)).unwrap_or_default();
    let choices = fields.given("choices").unwrap_or(3_u32);
    let ranking = fields.word("ranking", &["least_cost", "least_instalment"]);
    let rate = fields.given("rate").unwrap_or(Rate::ZERO);
    if fields.has("rate") && !fields.has("day_count") {
        fields.report("day_count", format!("missing: expected {}, because there is a rate", DayCount::EXPECTED));
    }
    let day_count = fields.given("day_count").unwrap_or(DayCount::Act365Fixed);
    let rounding: WrittenRounding = fields.given("rounding").unwrap_or_default();
    let rounding = rounding.rounding(&mut fields, currency);
    let first_after = fields.given("first_after").unwrap_or(30_u32);
    let unit = money(&mut fields, "unit", Some(currency)).unwrap_or(1);
    if first_after == 0 {
        fields.report("first_after", "found 0: expected at least one day");
    }
    if unit <= 0 {
        fields.report("unit", "expected an amount above zero");
    }
    let broken_after: Option<u32> = fields.given("broken_after");
    if broken_after == Some(0) {
        fields.report("broken_after", "found 0: expected at least one missed instalment");
    }
    fields.finish();
    let limits = Limits {
        months: months.unwrap_or_else(|| vec![1]),
        longest: limit.map(|limit| (limit.months, limit.cites)),
        smallest_instalment,
        choices: usize::try_from(choices).unwrap_or(usize::MAX),
        ranking: match ranking.flatten().as_deref() {
            Some("least_instalment") => Ranking::LeastInstalment,
            _ => Ranking::LeastCost,
        },
    };
    problems.extend(limits.problems().into_iter().map(|fault| within(path, fault)));
    let rules = PlanRules { limits, rate, day_count, rounding, first_after, unit, broken_after };
    (problems.len() == before).then_some(rules)
}

fn settlement(value: &Value, path: &str, currency: Currency, problems: &mut Vec<Fault>) -> Option<SettlementRules> {
    let before = problems.len();
    let mut fields = Fields::of(value, path, problems)?;
    let authority: Option<Each<WrittenAuthority>> = fields.required("authority");
    let stands_for: Option<u32> = fields.required("stands_for");
    let parts = fields.given("parts").unwrap_or(1_u32);
    let unit = money(&mut fields, "unit", Some(currency)).unwrap_or(1);
    fields.finish();
    if let Some(Each(list)) = authority {
        // What cannot be read is reported; what stands beside it is still checked, with a stand-in.
        let mut authority: Vec<Authority> = Vec::new();
        for (index, one) in list.into_iter().enumerate() {
            let above = authority.last().map_or(0, |last| last.upto.saturating_add(1).min(1_000_000));
            let stand_in = || Authority { role: format!("authority[{index}]"), upto: above };
            authority.push(one.map_or_else(stand_in, |WrittenAuthority(one)| one));
        }
        let rules = SettlementRules { authority, stands_for: stands_for.unwrap_or_default(), parts, unit };
        problems.extend(rules.problems().into_iter().map(|fault| within(path, fault)));
        return (problems.len() == before).then_some(rules);
    }
    None
}

fn within(path: &str, fault: Fault) -> Fault {
    Fault::new(format!("{path}.{}", fault.path), fault.message)
}

/// The word that says how the document is to be read.
struct OffersFormat;

impl Readable for OffersFormat {
    const EXPECTED: &str = "\"arrears-offers/1\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        if value == OFFERS_FORMAT { Some(Self) } else { refuse(path, value, Self::EXPECTED, problems) }
    }
}

/// The longest term, and where that stands.
struct WrittenLimit {
    months: u32,
    cites: String,
}

impl Readable for WrittenLimit {
    const EXPECTED: &str = "the longest term and where it stands, as in {\"months\": 60, \"cites\": \"...\"}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (months, cites) = (fields.required("months"), fields.required("cites"));
        fields.finish();
        Some(Self { months: months?, cites: cites? })
    }
}

/// A role with its limit.
struct WrittenAuthority(Authority);

impl Readable for WrittenAuthority {
    const EXPECTED: &str = "a role with its limit, as in {\"role\": \"manager\", \"upto\": \"0.30\"}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (role, upto) = (fields.required("role"), fields.required::<NewRate>("upto"));
        let upto = upto.and_then(|upto| {
            let share = share(upto.decimal());
            if share.is_none() {
                fields.report("upto", format!("found {}: expected a share of at most six decimals", upto.decimal()));
            }
            share
        });
        fields.finish();
        Some(Self(Authority { role: role?, upto: upto? }))
    }
}

/// A share in millionths; none if it has more decimals.
///
/// ```
/// use arrears_owed::arrangement::share;
/// assert_eq!(share("0.2".parse()?), Some(200_000));
/// assert_eq!(share("0.0000001".parse()?), None);
/// # Ok::<(), rust_decimal::Error>(())
/// ```
pub fn share(written: Decimal) -> Option<i64> {
    arrears::number::fixed(written, 6).ok()
}
