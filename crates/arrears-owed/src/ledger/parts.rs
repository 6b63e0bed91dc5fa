//! Amounts by component.

use arrears::account::Component;

/// An amount for each component, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    principal: i128,
    interest: i128,
    penalty: i128,
    fee: i128,
    cost: i128,
}

impl Parts {
    pub(crate) const NONE: Self = Self { principal: 0, interest: 0, penalty: 0, fee: 0, cost: 0 };

    pub(crate) const fn get(&self, component: Component) -> i128 {
        match component {
            Component::Principal => self.principal,
            Component::Interest => self.interest,
            Component::Penalty => self.penalty,
            Component::Fee => self.fee,
            Component::Cost => self.cost,
        }
    }

    pub(crate) const fn of(&mut self, component: Component) -> &mut i128 {
        match component {
            Component::Principal => &mut self.principal,
            Component::Interest => &mut self.interest,
            Component::Penalty => &mut self.penalty,
            Component::Fee => &mut self.fee,
            Component::Cost => &mut self.cost,
        }
    }

    /// All components together.
    pub(crate) const fn sum(&self) -> i128 {
        self.principal + self.interest + self.penalty + self.fee + self.cost
    }
}
