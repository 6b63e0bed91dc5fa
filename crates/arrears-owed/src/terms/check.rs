//! What must hold between the parts of terms.

use super::{AllocationOrder, Booking, Compounding, LateFee, LateFeeAmount, Penalty, Terms};
use arrears::account::Component;
use arrears::document::Fault;
use rust_decimal::Decimal;

impl Terms {
    /// Everything that is wrong with the terms, each with its path in their document. Empty: they can
    /// be used.
    pub fn problems(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut say = |path: &str, message: String| faults.push(Fault::new(path, message));
        if self.tolerance < 0 {
            say("tolerance", "below zero: expected zero or more".to_owned());
        }
        if self.lawsuit.is_some_and(|costs| costs < 0) {
            say("lawsuit", "below zero: expected zero or more".to_owned());
        }
        if self.caps.of_principal.is_some_and(|part| part < Decimal::ZERO) {
            say("caps.of_principal", "below zero: expected zero or more".to_owned());
        }
        if self.rate.is_none() && self.compounding != Compounding::Simple {
            say("compounding", "there is no `rate` whose interest could earn interest: leave this out".to_owned());
        }
        let wanted = match self.compounding {
            Compounding::Daily if self.booking != Booking::Day => Some("day"),
            Compounding::Monthly if self.booking == Booking::Change => Some("month"),
            _ => None,
        };
        if let Some(wanted) = wanted {
            say("booking", format!("what is not booked earns nothing: with this compounding expected \"{wanted}\""));
        }
        self.penalties(&mut say);
        for (index, fee) in self.late_fees.iter().enumerate() {
            late_fee(&format!("late_fees[{index}]"), fee, &mut say);
        }
        orders(&self.orders, &mut say);
        for (index, pair) in self.plan.windows(2).enumerate() {
            if let [before, after] = pair
                && after.from <= before.from
            {
                let message = format!(
                    "{} does not come after {}: put the changes in the order of their days",
                    after.from, before.from
                );
                say(&format!("rates[{}].from", index + 1), message);
            }
        }
        for (index, change) in self.plan.iter().enumerate() {
            if change.contract.is_none() && change.penalty.is_none() {
                say(
                    &format!("rates[{index}]"),
                    "a change of no rate: expected `contract`, `penalty` or both".to_owned(),
                );
            }
            if change.contract.is_some() && self.rate.is_none() {
                say(&format!("rates[{index}].contract"), "there is no `rate` that could change: state it".to_owned());
            }
            if change.penalty.is_some() && self.penalty.is_none() {
                say(&format!("rates[{index}].penalty"), "there is no `penalty` that could change: state it".to_owned());
            }
        }
        faults
    }

    fn penalties(&self, say: &mut impl FnMut(&str, String)) {
        let Some(Penalty { rate, on, .. }) = &self.penalty else { return };
        if rate.follows() && self.rate.is_none() {
            say(
                "penalty",
                "it follows the contract rate, but there is no `rate`: state it, or give `penalty` a `rate` of its own"
                    .to_owned(),
            );
        }
        if on.is_empty() {
            say("penalty.on", "empty: expected at least one of principal, interest, fee, cost".to_owned());
        }
        for (index, component) in on.iter().enumerate() {
            let path = format!("penalty.on[{index}]");
            if *component == Component::Penalty {
                say(&path, "penalty interest does not run on itself: leave it out".to_owned());
            } else if on.iter().take(index).any(|before| before == component) {
                say(&path, format!("`{}` stands there already: name it once", component.word()));
            }
        }
    }
}

fn late_fee(path: &str, fee: &LateFee, say: &mut impl FnMut(&str, String)) {
    let at = |field: &str| format!("{path}.{field}");
    if fee.after_days == 0 {
        say(&at("after_days"), "0: nothing is late on its due date, expected 1 or more".to_owned());
    }
    match fee.amount {
        LateFeeAmount::Flat(amount) if amount <= 0 => say(&at("flat"), "expected more than zero".to_owned()),
        LateFeeAmount::Flat(_) => {}
        LateFeeAmount::Percent { of_late, minimum, maximum } => {
            if of_late <= Decimal::ZERO || of_late > Decimal::ONE {
                say(&at("percent"), format!("`{of_late}`: expected a part of one, such as \"0.05\" for 5 %"));
            }
            for (name, amount) in [("minimum", minimum), ("maximum", maximum)] {
                if amount.is_some_and(|amount| amount < 0) {
                    say(&at(name), "below zero: expected zero or more".to_owned());
                }
            }
            if let (Some(minimum), Some(maximum)) = (minimum, maximum)
                && minimum > maximum
            {
                say(&at("minimum"), "above the maximum: exchange the two, or mend the one that is wrong".to_owned());
            }
        }
    }
}

fn orders(orders: &[AllocationOrder], say: &mut impl FnMut(&str, String)) {
    if orders.first().is_none_or(|first| first.from_days != 0) {
        say("orders", "no order for accounts that are not late: expected the first with \"from_days\": 0".to_owned());
    }
    for (index, order) in orders.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| orders.get(before));
        if let Some(before) = before.filter(|before| before.from_days >= order.from_days) {
            let message = format!("{} follows {}: orders begin later and later", order.from_days, before.from_days);
            say(&format!("orders[{index}].from_days"), message);
        }
        let missing = Component::ALL.iter().filter(|component| !order.components.contains(component));
        let missing: Vec<&str> = missing.map(|component| component.word()).collect();
        if !missing.is_empty() {
            let message = format!("{} is left out: nothing would settle it, add it", missing.join(", "));
            say(&format!("orders[{index}].components"), message);
        }
        for (place, component) in order.components.iter().enumerate() {
            if order.components.iter().take(place).any(|before| before == component) {
                let message = format!("`{}` stands there already: name it once", component.word());
                say(&format!("orders[{index}].components[{place}]"), message);
            }
        }
    }
}
