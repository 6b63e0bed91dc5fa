//! By the components of one debt.

use super::{Allocation, Claim, counted, pour};
use crate::regime::{Asked, text};
use arrears::Money;
use arrears::account::Component;
use arrears::document::{Fault, Fields, OBJECT, Readable, meant, refuse};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An order of components, ready to be asked.
pub type ComponentOrder<'r> = Asked<'r, ComponentTerms>;

/// In which order components are paid, by days past due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentTerms {
    pub(crate) rule: String,
    orders: Vec<Order>, // INVARIANT: not empty; days rise from 0; each holds every component once.
}

/// An order, and the days past due from which on it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Order {
    from_days: u32,
    groups: Vec<Vec<Component>>,
}

impl ComponentTerms {
    pub(crate) fn rules_named(&self) -> Vec<&str> {
        vec![&self.rule]
    }
}

impl<'r> ComponentOrder<'r> {
    /// Divides a payment over what is owed of each component; one that is not given is not owed.
    ///
    /// `days_past_due` is that of the day on which the payment is booked. Where the regime has one order
    /// for all, it may be left out.
    ///
    /// ```
    /// use arrears::Money;
    /// use arrears::account::Component;
    /// use arrears_owed::Regimes;
    /// let regimes = Regimes::shipped().enabling(["CN-CC2011-57-alloc"])?;
    /// let yuan = |whole: i64| Ok::<_, arrears::UnknownCurrency>(Money::from_minor(whole * 100, "CNY".parse()?));
    /// let owed = [(Component::Interest, yuan(400)?), (Component::Principal, yuan(5000)?)].into();
    /// let order = regimes.component_order("CN-CARD-ALLOCATION")?;
    /// let late = order.allocate(yuan(1000)?, &owed, Some(91)).map_err(|faults| format!("{faults:?}"))?;
    /// assert_eq!(late.undisputed()["principal"], yuan(1000)?);
    /// let early = order.allocate(yuan(1000)?, &owed, Some(90)).map_err(|faults| format!("{faults:?}"))?;
    /// assert_eq!(early.undisputed()["principal"], yuan(600)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with what is given: amounts below zero or in another currency than the
    /// payment, a component that the regime does not rank and that is owed, days below zero or missing
    /// where they decide.
    pub fn allocate(
        &self,
        payment: Money,
        owed: &BTreeMap<Component, Money>,
        days_past_due: Option<i64>,
    ) -> Result<Allocation<'r>, Vec<Fault>> {
        let mut faults = Vec::new();
        counted("payment", payment, payment.currency(), &mut faults);
        for (component, amount) in owed {
            counted(&format!("owed.{}", component.word()), *amount, payment.currency(), &mut faults);
        }
        let order = self.order(days_past_due, &mut faults);
        if let Some(order) = order {
            let ranked: BTreeSet<Component> = order.groups.iter().flatten().copied().collect();
            for (component, _) in
                owed.iter().filter(|(component, amount)| amount.minor() > 0 && !ranked.contains(component))
            {
                let message =
                    format!("`{}` does not rank it: expected it to be part of another component", self.regime.name());
                faults.push(Fault::new(format!("owed.{}", component.word()), message));
            }
        }
        let (Some(order), true) = (order, faults.is_empty()) else { return Err(faults) };
        let open = |component: &Component| owed.get(component).map_or(0, |amount| amount.minor());
        let groups = || order.groups.iter().zip(1..);
        let claims = groups().flat_map(|(group, place)| {
            group.iter().map(move |component| Claim {
                to: component.word().to_owned(),
                disputed: false,
                owed: open(component),
                why: format!("place {place} of the order from {} days past due", order.from_days),
                at_most: None,
            })
        });
        let free = groups().filter(|(group, _)| group.len() > 1);
        let free = free.map(|(group, _)| group.iter().map(|component| component.word().to_owned()).collect());
        Ok(pour(self.rule, payment, claims.collect(), free.collect()))
    }

    fn order(&self, days_past_due: Option<i64>, faults: &mut Vec<Fault>) -> Option<&'r Order> {
        let orders = &self.terms.orders;
        let message = match (days_past_due, orders.as_slice()) {
            (Some(days), _) if days < 0 => format!("found {days}: expected zero or more days"),
            (None, [order]) => return Some(order),
            (None, _) => "missing: the order depends on it".to_owned(),
            (Some(days), _) => return orders.iter().rev().find(|order| i64::from(order.from_days) <= days),
        };
        faults.push(Fault::new("days_past_due", message));
        None
    }
}

impl Readable for ComponentTerms {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let rule = text(&mut fields, "rule");
        let orders: Option<Vec<Order>> = fields.required("orders");
        if let Some(orders) = &orders {
            let days: Vec<u32> = orders.iter().map(|order| order.from_days).collect();
            if days.first() != Some(&0) || !days.is_sorted_by(|day, next| day < next) {
                fields.report(
                    "orders",
                    format!("begin on days {days:?}: expected the first on day 0, and days that rise"),
                );
            }
        }
        fields.finish();
        Some(Self { rule: rule?, orders: orders? })
    }
}

impl Readable for Order {
    const EXPECTED: &str = "an order, as in {\"from_days\": 0, \"order\": [[\"interest\", \"fees\"], [\"principal\"]]}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let from_days = fields.required("from_days");
        let groups: Option<Vec<Vec<Named>>> = fields.required("order");
        let of_group = |group: Vec<Named>| group.into_iter().map(|Named(component)| component).collect();
        let groups: Option<Vec<Vec<Component>>> = groups.map(|groups| groups.into_iter().map(of_group).collect());
        if let Some(groups) = &groups {
            let mut seen = BTreeSet::new();
            if let Some(twice) = groups.iter().flatten().find(|component| !seen.insert(**component)) {
                fields.report("order", format!("`{}` has two ranks: expected one", twice.word()));
            }
            if groups.is_empty() || groups.iter().any(Vec::is_empty) {
                fields.report("order", "an empty rank: expected at least one component in each");
            }
        }
        fields.finish();
        Some(Self { from_days: from_days?, groups: groups? })
    }
}

/// A component, by the word of the core.
struct Named(Component);

impl Readable for Named {
    const EXPECTED: &str = "the name of a component";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let word = value.as_str().unwrap_or_default();
        let words = Component::ALL.map(Component::word);
        let found = Component::ALL.into_iter().find(|component| component.word() == word);
        let named = found.map(Self);
        named.or_else(|| refuse(path, value, &format!("one of {}{}", words.join(", "), meant(word, words)), problems))
    }
}
