//! By the rates of the balances of one account.

use super::rate_input::{Balance, RateInput};
use super::{Allocation, Claim, pour};
use crate::regime::{Asked, Positive, text};
use arrears::account::MonthEnd;
use arrears::document::{Fault, Fields, OBJECT, Readable};
use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;
use serde_json::Value;

/// An order by rates, ready to be asked.
pub type RateOrder<'r> = Asked<'r, RateTerms>;

/// How balances are ranked by their rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateTerms {
    pub(crate) rule: String,
    deferred_rule: String,
    deferred_cycles: u32,
}

impl RateTerms {
    pub(crate) fn rules_named(&self) -> Vec<&str> {
        vec![&self.rule, &self.deferred_rule]
    }
}

/// The place of a balance in the order: lower is paid earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rank {
    /// Whether a deferred-interest program is about to end.
    ending: bool,
    /// The rate that counts.
    rate: Decimal,
}

impl<'r> RateOrder<'r> {
    /// Divides what was paid above the minimum.
    ///
    /// What the debtor asked for comes first, if the issuer follows it; then what is not in dispute, the
    /// highest rate first; then what was charged after the reference day; then what is in dispute, in the
    /// same order of rates. A balance with deferred interest counts as one of zero percent, until the last
    /// billing cycles before its program ends; from then until the end it comes before all others, of two
    /// such the one with the higher rate first. Balances of one rate may be split freely: the first given is
    /// paid first. Billing cycles are calendar months.
    ///
    /// ```
    /// use arrears::Money;
    /// use arrears_owed::{Regimes, allocation::{Balance, RateInput}};
    /// let usd = |whole: i64| Ok::<_, arrears::UnknownCurrency>(Money::from_minor(whole * 100, "USD".parse()?));
    /// let balance = |id: &str, amount, apr: i64| Ok::<_, arrears::UnknownCurrency>(Balance {
    ///     id: id.into(), amount: usd(amount)?, apr: apr.into(), disputed: usd(0)?, deferred_until: None });
    /// let input = RateInput {
    ///     balances: vec![balance("purchases", 500, 12)?, balance("cash", 100, 25)?],
    ///     later: vec![], excess: usd(150)?, credited_on: None, due_day: None, request: Default::default(),
    /// };
    /// let order = Regimes::shipped();
    /// let divided = order.rate_order("US-REGZ-53")?.allocate(&input).map_err(|faults| format!("{faults:?}"))?;
    /// assert_eq!(divided.undisputed()["cash"], usd(100)?);
    /// assert_eq!(divided.undisputed()["purchases"], usd(50)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with what is given: amounts below zero or in another currency, a name
    /// that stands twice, more in dispute than is owed, a request for more than was paid; or that the rule
    /// on deferred interest was not verified and is needed.
    pub fn allocate(&self, input: &RateInput) -> Result<Allocation<'r>, Vec<Fault>> {
        let mut faults = input.faults();
        let deferred = input.balances.iter().any(|balance| balance.deferred_until.is_some());
        let rule = if deferred || !input.request.is_empty() { &self.terms.deferred_rule } else { &self.terms.rule };
        let rule = self.regime.usable(rule).map_err(|error| faults.push(Fault::new("", error.to_string())));
        let (Ok(rule), true) = (rule, faults.is_empty()) else { return Err(faults) };
        let mut ranked: Vec<(Rank, &Balance)> =
            input.balances.iter().map(|balance| (self.rank(balance, input), balance)).collect();
        // The sort is stable: equals stay in the order in which they are given.
        ranked.sort_by_key(|(rank, _)| std::cmp::Reverse((rank.ending, rank.rate)));
        let mut claims = Vec::new();
        for (_, balance) in &ranked {
            if let Some(amount) = input.request.get(&balance.id) {
                let why = "as the debtor asked".to_owned();
                claims.push(Claim { at_most: Some(amount.minor()), why, ..undisputed(balance, balance.undisputed()) });
            }
        }
        let asked = |balance: &Balance| input.request.get(&balance.id).map_or(0, |amount| amount.minor());
        for (rank, balance) in &ranked {
            let claim = undisputed(balance, balance.undisputed().saturating_sub(asked(balance)));
            claims.push(Claim { why: rank.why(balance), ..claim });
        }
        claims.extend(input.later.iter().map(|later| Claim {
            to: later.id.clone(),
            disputed: false,
            owed: later.amount.minor(),
            why: "charged after the reference day".to_owned(),
            at_most: None,
        }));
        for (rank, balance) in ranked.iter().filter(|(_, balance)| balance.disputed.minor() > 0) {
            claims.push(Claim {
                disputed: true,
                why: format!("in dispute; {}", rank.why(balance)),
                ..undisputed(balance, balance.disputed.minor())
            });
        }
        Ok(merged(pour(rule, input.excess, claims, groups(&ranked))))
    }

    fn rank(&self, balance: &Balance, input: &RateInput) -> Rank {
        let plain = Rank { ending: false, rate: balance.apr };
        let (Some(until), Some(on), Some(due_day)) = (balance.deferred_until, input.credited_on, input.due_day) else {
            return plain;
        };
        if on > until {
            return plain;
        }
        let ending = on >= self.first_day_of_the_last_cycles(until, due_day);
        Rank { ending, rate: if ending { balance.apr } else { Decimal::ZERO } }
    }

    /// The first day of the last cycles before a program ends. A cycle in which it ends before the
    /// payment falls due is not one of them.
    fn first_day_of_the_last_cycles(&self, until: NaiveDate, due_day: u32) -> NaiveDate {
        let month = until.with_day(1).unwrap_or(until);
        let last_day = MonthEnd::Clamp.after(month, 1).pred_opt().unwrap_or(until);
        let counted = until >= due_on(last_day, due_day);
        let back = self.terms.deferred_cycles.saturating_sub(u32::from(counted));
        month.checked_sub_months(Months::new(back)).unwrap_or(NaiveDate::MIN)
    }
}

/// The day on which a payment falls due in the month that ends on a day.
fn due_on(last_day: NaiveDate, due_day: u32) -> NaiveDate {
    last_day.with_day(due_day.min(last_day.day())).unwrap_or(last_day)
}

impl Rank {
    fn why(self, balance: &Balance) -> String {
        match (self.ending, balance.deferred_until) {
            (true, Some(until)) => format!("its deferred interest falls due after {until}, within the last cycles"),
            (false, Some(until)) if self.rate != balance.apr => {
                format!("its interest is deferred until {until}: as 0 percent")
            }
            _ => format!("at {} percent", self.rate),
        }
    }
}

fn undisputed(balance: &Balance, owed: i64) -> Claim {
    Claim { to: balance.id.clone(), disputed: false, owed, why: String::new(), at_most: None }
}

/// Names of balances of one rank, where there are several.
fn groups(ranked: &[(Rank, &Balance)]) -> Vec<Vec<String>> {
    let same = ranked.chunk_by(|(one, _), (other, _)| one == other).filter(|group| group.len() > 1);
    same.map(|group| group.iter().map(|(_, balance)| balance.id.clone()).collect()).collect()
}

/// One share for what the debtor asked of a balance and what came to it in its turn.
fn merged(mut allocation: Allocation<'_>) -> Allocation<'_> {
    let mut shares: Vec<super::Share> = Vec::new();
    for share in allocation.shares {
        let known = shares.iter_mut().find(|known| known.to == share.to && known.disputed == share.disputed);
        match known {
            Some(known) => {
                let minor = known.amount.minor().saturating_add(share.amount.minor());
                known.amount = arrears::Money::from_minor(minor, known.amount.currency());
                if share.amount.minor() > 0 {
                    known.why = format!("{}; then {}", known.why, share.why);
                }
            }
            None => shares.push(share),
        }
    }
    allocation.shares = shares;
    allocation
}

impl Readable for RateTerms {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (rule, deferred_rule) = (text(&mut fields, "rule"), text(&mut fields, "deferred_rule"));
        let deferred_cycles: Option<Positive> = fields.required("deferred_cycles");
        fields.finish();
        Some(Self { rule: rule?, deferred_rule: deferred_rule?, deferred_cycles: deferred_cycles?.0 })
    }
}
