//! Whether an account may be re-aged: set current without full payment.

use crate::finding::{Finding, Met};
use crate::regime::{Asked, Positive, Rule, text};
use arrears::account::MonthEnd;
use arrears::document::{Fault, Fields, OBJECT, Readable};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

/// The tests of a re-age, ready to be asked.
pub type ReAge<'r> = Asked<'r, ReAgeTerms>;

/// What an account must have shown before it is re-aged, and how often it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReAgeTerms {
    pub(crate) rule: String,
    minimum_age_months: u32,
    consecutive_payments: u32,
    rest_months: u32,
    times: u32,
    window_months: u32,
}

/// A test of a re-age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReAgeTest {
    /// The borrower is willing and able to pay.
    WillingAndAble,
    /// The account has existed for long enough.
    MinimumAge,
    /// Enough minimum payments were made one after another.
    ConsecutivePayments,
    /// The last re-age lies far enough back.
    Rest,
    /// It was not re-aged too often.
    Window,
}

/// What is asked of an account. None: not known, which never permits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReAgeInput {
    /// Whole months since the account was opened.
    pub account_age_months: Option<u32>,
    /// Minimum payments made one after another, or as much at once, not lent by the bank.
    pub consecutive_minimum_payments: Option<u32>,
    /// Whether the borrower shows a renewed willingness and ability to pay.
    pub willing_and_able: Option<bool>,
    /// The days of earlier re-ages, in any order. Those after `as_of` have no effect.
    pub earlier_reages: Option<Vec<NaiveDate>>,
    /// The day of the re-age.
    pub as_of: NaiveDate,
}

/// Whether an account may be re-aged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReAgePermission<'r> {
    /// Whether every test is met.
    pub allowed: Met,
    /// Every test, with why.
    pub tests: Vec<Finding<ReAgeTest>>,
    /// The first day on which the tests of earlier re-ages are met, if nothing more happens.
    pub rested_on: Option<NaiveDate>,
    /// The rule that decided, with its citation and its basis.
    pub rule: &'r Rule,
}

impl ReAgePermission<'_> {
    /// The tests that are not met.
    pub fn failed(&self) -> impl Iterator<Item = ReAgeTest> {
        self.tests.iter().filter(|test| test.met == Met::NotMet).map(|test| test.of)
    }
}

impl ReAgeTerms {
    pub(crate) fn rules_named(&self) -> Vec<&str> {
        vec![&self.rule]
    }
}

impl<'r> ReAge<'r> {
    /// Whether an account may be re-aged on a day: every test, and not only the first that fails.
    ///
    /// ```
    /// use arrears_owed::finding::Met;
    /// use arrears_owed::{Regimes, reage::{ReAgeInput, ReAgeTest}};
    /// let regimes = Regimes::shipped().enabling(["US-FFIEC-reage"])?;
    /// let permission = regimes.re_age("US-FFIEC-REAGE")?.permit(&ReAgeInput {
    ///     account_age_months: Some(30),
    ///     consecutive_minimum_payments: Some(2),
    ///     willing_and_able: Some(true),
    ///     earlier_reages: Some(vec!["2026-03-01".parse()?]),
    ///     as_of: "2026-11-01".parse()?,
    /// });
    /// assert_eq!(permission.allowed, Met::NotMet);
    /// assert_eq!(permission.failed().collect::<Vec<_>>(), [ReAgeTest::ConsecutivePayments, ReAgeTest::Rest]);
    /// assert_eq!(permission.rested_on, Some("2027-03-01".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn permit(&self, input: &ReAgeInput) -> ReAgePermission<'r> {
        let terms = self.terms;
        let willing = match input.willing_and_able {
            Some(true) => "the borrower is willing and able",
            Some(false) => "the borrower is not both willing and able",
            None => "whether the borrower is willing and able is not known",
        };
        let at_least = |of, found: Option<u32>, wanted: u32, what: &str| match found {
            Some(found) => {
                Finding::new(of, found >= wanted, format!("{found} {what}, at least {wanted} are asked for"))
            }
            None => Finding::new(of, Met::Unknown, format!("not known: at least {wanted} {what} are asked for")),
        };
        let past = input.earlier_reages.as_ref().map(|all| {
            let mut past: Vec<NaiveDate> = all.iter().copied().filter(|day| *day <= input.as_of).collect();
            past.sort();
            past
        });
        let rest_ends = past.as_ref().and_then(|past| past.last()).map(|last| after(*last, terms.rest_months));
        let window_ends = past.as_ref().and_then(|past| {
            let place = usize::try_from(terms.times).ok()?;
            past.iter().rev().nth(place.checked_sub(1)?).map(|day| after(*day, terms.window_months))
        });
        let of_earlier = |of, ends: Option<NaiveDate>, clear: String, barred: &str| match (&past, ends) {
            (None, _) => Finding::new(of, Met::Unknown, "earlier re-ages are not known"),
            (Some(_), Some(ends)) if ends > input.as_of => Finding::new(of, false, format!("{barred} until {ends}")),
            (Some(_), _) => Finding::new(of, true, clear),
        };
        let (rest, times, window) = (terms.rest_months, terms.times, terms.window_months);
        let tests = vec![
            Finding::new(ReAgeTest::WillingAndAble, input.willing_and_able, willing),
            at_least(ReAgeTest::MinimumAge, input.account_age_months, terms.minimum_age_months, "months of age"),
            at_least(
                ReAgeTest::ConsecutivePayments,
                input.consecutive_minimum_payments,
                terms.consecutive_payments,
                "minimum payments in a row",
            ),
            of_earlier(
                ReAgeTest::Rest,
                rest_ends,
                format!("not re-aged within {rest} months"),
                &format!("re-aged within {rest} months:"),
            ),
            of_earlier(
                ReAgeTest::Window,
                window_ends,
                format!("re-aged fewer than {times} times within {window} months"),
                &format!("re-aged {times} times within {window} months:"),
            ),
        ];
        ReAgePermission {
            allowed: Met::all(tests.iter().map(|test| test.met)),
            tests,
            rested_on: past.is_some().then(|| rest_ends.max(window_ends).unwrap_or(input.as_of).max(input.as_of)),
            rule: self.rule,
        }
    }
}

fn after(day: NaiveDate, months: u32) -> NaiveDate {
    MonthEnd::Clamp.after(day, months)
}

impl Readable for ReAgeTerms {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let rule = text(&mut fields, "rule");
        let mut positive = |key| fields.required::<Positive>(key).map(|Positive(number)| number);
        let (minimum_age_months, consecutive_payments) =
            (positive("minimum_age_months"), positive("consecutive_payments"));
        let rest_months = positive("rest_months");
        let (times, window_months) = (positive("times"), positive("window_months"));
        fields.finish();
        Some(Self {
            rule: rule?,
            minimum_age_months: minimum_age_months?,
            consecutive_payments: consecutive_payments?,
            rest_months: rest_months?,
            times: times?,
            window_months: window_months?,
        })
    }
}
