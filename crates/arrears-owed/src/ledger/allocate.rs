//! What money settles, and what of it is given back.

use super::item::Item;
use super::{About, Ledger, OwedError, Settled};
use crate::statement::Reason;
use crate::terms::{Ahead, Walk};
use arrears::account::Component;

/// Money that comes in, or was held: by which payment, and what it may settle.
#[derive(Clone, Copy)]
pub(super) struct Money<'s> {
    /// The id of the event that brought it.
    pub(super) payment: &'s str,
    pub(super) amount: i128,
    /// The item it is for.
    pub(super) item: Option<&'s str>,
    /// What it waives, and nothing else.
    pub(super) only: Option<Component>,
    pub(super) reason: Reason,
}

impl Ledger<'_> {
    /// Money settles what it is for, then what is due by the order of the day, then what the terms say
    /// of money beyond that; the rest is held. A waiver of one component beyond what is open is void.
    pub(super) fn receive(&mut self, money: Money<'_>) -> Result<(), OwedError> {
        let mut left = money.amount;
        for (place, component) in self.walk(&money) {
            if left == 0 {
                return Ok(());
            }
            left -= self.settle(&money, place, component, left)?;
        }
        if left > 0 && money.only.is_none() {
            self.hold(money.payment, left, money.reason)?;
        }
        Ok(())
    }

    /// What money settles, in order. What stands there twice is open only once.
    fn walk(&self, money: &Money<'_>) -> Vec<(usize, Component)> {
        let wanted = |component: &Component| money.only.is_none_or(|only| only == *component);
        let order = self.terms.order(self.days_past_due());
        let (walk, components) =
            order.map_or((Walk::Components, Component::ALL.to_vec()), |order| (order.walk, order.components.clone()));
        let components: Vec<Component> = components.into_iter().filter(wanted).collect();
        let named =
            self.order.iter().copied().filter(|place| self.item(*place).map(|it| it.name.as_str()) == money.item);
        let mut found: Vec<(usize, Component)> =
            named.flat_map(|place| components.iter().map(move |component| (place, *component))).collect();
        let due = |place: &usize| self.item(*place).is_some_and(|item| item.is_due(self.today));
        let items: Vec<usize> = self.order.iter().copied().filter(due).collect();
        match walk {
            Walk::Components => {
                found.extend(components.iter().flat_map(|component| items.iter().map(|place| (*place, *component))));
            }
            Walk::Items => {
                found.extend(items.iter().flat_map(|place| components.iter().map(|component| (*place, *component))));
            }
        }
        // A card's balance has no due date; a waiver is for what is open, due or not.
        if self.terms.ahead == Ahead::Principal || self.rest.is_some() || money.only.is_some() {
            let ahead = self.order.iter().filter(|place| !items.contains(place));
            let all = components
                .iter()
                .filter(|component| self.rest.is_some() || money.only.is_some() || **component == Component::Principal);
            found.extend(all.flat_map(|component| ahead.clone().map(|place| (*place, *component))));
        }
        found
    }

    /// Settles a component of an item as far as the money goes, and says how far.
    fn settle(&mut self, money: &Money<'_>, place: usize, component: Component, left: i128) -> Result<i128, OwedError> {
        let amount = self.item(place).map_or(0, |item| item.open.get(component)).min(left);
        if amount <= 0 {
            return Ok(0);
        }
        let payment = money.payment.to_owned();
        self.settled.push(Settled { payment, item: place, component, amount });
        self.change(place, component, -amount, money.reason, About { event: Some(money.payment), ..About::default() })?;
        Ok(amount)
    }

    /// Money that settles nothing yet.
    pub(super) fn hold(&mut self, payment: &str, amount: i128, reason: Reason) -> Result<(), OwedError> {
        self.held.push((payment.to_owned(), amount));
        self.write(None, -amount, reason, None, About { event: Some(payment), ..About::default() })
    }

    /// Money that was held settles what it can today.
    pub(super) fn use_held(&mut self) -> Result<(), OwedError> {
        let anything = |item: &Item| item.open.sum() > 0;
        if !self.items.iter().any(anything) {
            return Ok(());
        }
        for (payment, amount) in std::mem::take(&mut self.held) {
            let money = Money { payment: &payment, amount, item: None, only: None, reason: Reason::PaidAhead };
            let mut left = amount;
            for (place, component) in self.walk(&money) {
                left -= self.settle(&money, place, component, left)?;
            }
            let about = About { event: Some(&payment), ..About::default() };
            if left < amount {
                self.write(None, amount - left, Reason::PaidAhead, None, about)?;
            }
            if left > 0 {
                self.held.push((payment, left));
            }
        }
        Ok(())
    }

    /// Takes back money of a payment: what is held first, then what was settled last. Says how much.
    pub(super) fn give_back(&mut self, payment: &str, amount: i128, event: &str) -> Result<i128, OwedError> {
        let mut left = amount;
        let about = || About { event: Some(event), ..About::default() };
        let mut back = 0;
        for (_, held) in self.held.iter_mut().filter(|(owner, _)| owner == payment) {
            let part = left.min(*held);
            *held -= part;
            left -= part;
            back += part;
        }
        self.held.retain(|(_, held)| *held > 0);
        if back > 0 {
            self.write(None, back, Reason::GivenBack, None, about())?;
        }
        let mut taken = Vec::new();
        for settled in self.settled.iter_mut().rev().filter(|settled| settled.payment == payment) {
            let part = left.min(settled.amount);
            settled.amount -= part;
            left -= part;
            taken.push((settled.item, settled.component, part));
        }
        self.settled.retain(|settled| settled.amount > 0);
        for (place, component, part) in taken {
            back += part;
            self.change(place, component, part, Reason::GivenBack, about())?;
        }
        Ok(back)
    }

    /// Money that settled an item beyond what it asks for now settles something else.
    pub(super) fn free(&mut self, place: usize, event: &str) -> Result<(), OwedError> {
        let beyond = self.item(place).map_or(Vec::new(), |item| {
            let over = |component: &Component| item.open.get(*component) < 0;
            Component::ALL.into_iter().filter(over).map(|component| (component, -item.open.get(component))).collect()
        });
        let mut freed = Vec::new();
        for (component, mut left) in beyond {
            let of_it = |settled: &&mut Settled| settled.item == place && settled.component == component;
            for settled in self.settled.iter_mut().rev().filter(of_it) {
                let part = left.min(settled.amount);
                settled.amount -= part;
                left -= part;
                freed.push((settled.payment.clone(), component, part));
            }
        }
        self.settled.retain(|settled| settled.amount > 0);
        for (payment, component, amount) in freed.into_iter().filter(|(_, _, amount)| *amount > 0) {
            let about = About { event: Some(event), ..About::default() };
            self.change(place, component, amount, Reason::Adjusted, about)?;
            let money = Money { payment: &payment, amount, item: None, only: None, reason: Reason::Paid };
            self.receive(money)?;
        }
        Ok(())
    }
}
