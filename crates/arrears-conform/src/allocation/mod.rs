//! Cases of the kind `payment_allocation`: how a payment is divided under a scheme.

mod components;
mod debts;
mod rates;

use crate::amounts::currency;
use crate::comparison::{Comparison, Difference};
use crate::judge::Regulated;
use crate::typed::typed;
use arrears::account::Amount;
use arrears::{Currency, Money};
use arrears_owed::allocation::Allocation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The scheme, whatever else is given.
#[derive(Debug, Deserialize)]
struct Named {
    scheme: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    allocation: Option<BTreeMap<String, Amount>>,
    disputed_allocation: Option<BTreeMap<String, Amount>>,
    group_totals: Option<Vec<Group>>,
    unallocated: Option<Amount>,
}

/// What was allocated to several together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    ids: Vec<String>,
    amount: Amount,
}

/// Judges a case.
pub(crate) fn judge(asked: &Regulated<'_>) -> Result<Vec<Difference>, String> {
    let Named { scheme } = typed("given", asked.given)?;
    let expected: Expected = typed("expect", asked.expect)?;
    let regime = asked.shipped.scheme(&scheme, asked.jurisdiction)?;
    let divided = match regime.mechanism() {
        "component_order" => components::divide(asked, &scheme)?,
        "directed" => debts::divide(asked, &scheme)?,
        "rate_order" => rates::divide(asked, &scheme)?,
        other => return Err(format!("given.scheme: `{scheme}` is a {other}, which divides nothing")),
    };
    let allocated = amounts(divided.undisputed());
    // Of what nothing is in dispute, nothing is allocated to a dispute.
    let mut disputed: BTreeMap<String, Amount> = allocated.keys().map(|name| (name.clone(), Amount::ZERO)).collect();
    disputed.extend(amounts(divided.disputed()));
    let totals = expected.group_totals.as_ref().map(|groups| groups.iter().map(|group| total(group, &allocated)));
    let at = format!("under {scheme}");
    let mut comparison = Comparison::default();
    comparison.agree(&at, "allocation", expected.allocation.as_ref(), &allocated, named)?;
    comparison.agree(&at, "disputed_allocation", expected.disputed_allocation.as_ref(), &disputed, named)?;
    if let Some(totals) = totals {
        let totals = totals.collect::<Result<Vec<Group>, String>>()?;
        comparison.same(&at, "group_totals", expected.group_totals.as_ref(), &totals)?;
    }
    let left = Amount::from_minor(divided.unallocated.minor(), divided.unallocated.currency());
    comparison.same(&at, "unallocated", expected.unallocated.as_ref(), &left)?;
    comparison.finish()
}

/// Whether what is expected of each name is what it was given. What is not named may be anything.
fn named(expected: &BTreeMap<String, Amount>, found: &BTreeMap<String, Amount>) -> bool {
    expected.iter().all(|(name, amount)| found.get(name) == Some(amount))
}

fn total(group: &Group, allocated: &BTreeMap<String, Amount>) -> Result<Group, String> {
    let found = group
        .ids
        .iter()
        .map(|id| allocated.get(id).copied().ok_or_else(|| format!("expect.group_totals: nothing is called `{id}`")));
    let found = found.collect::<Result<Vec<Amount>, String>>()?;
    let amount = found.iter().try_fold(rust_decimal::Decimal::ZERO, |sum, amount| sum.checked_add(amount.decimal()));
    let amount = amount.ok_or("expect.group_totals: the sum is too large")?;
    Ok(Group { ids: group.ids.clone(), amount: Amount::new(amount) })
}

fn amounts(of: BTreeMap<&str, Money>) -> BTreeMap<String, Amount> {
    of.into_iter().map(|(name, money)| (name.to_owned(), Amount::from_minor(money.minor(), money.currency()))).collect()
}

/// The amounts of a case in the currency in which it is decided.
struct Counted(Currency);

impl Counted {
    fn of(amounts: impl IntoIterator<Item = Amount>) -> Result<Self, String> {
        currency(amounts).map(Self)
    }

    fn money(&self, amount: Amount) -> Result<Money, String> {
        Money::new(amount.decimal(), self.0).map_err(|error| format!("given: the amount {amount}: {error}"))
    }

    fn by_name(&self, amounts: &BTreeMap<String, Amount>) -> Result<BTreeMap<String, Money>, String> {
        amounts.iter().map(|(name, amount)| Ok((name.clone(), self.money(*amount)?))).collect()
    }
}

/// The division of a payment.
type Divided<'r> = Result<Allocation<'r>, String>;
