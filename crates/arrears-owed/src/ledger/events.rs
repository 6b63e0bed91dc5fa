//! What happenings do to what is owed.

use super::allocate::Money;
use super::item::{Coming, Item, WrittenOff};
use super::{About, Ledger, OwedError, Parts, Settled};
use crate::statement::Reason;
use crate::terms::RunsOn;
use arrears::account::{Amount, Component, Event, Happening, Instalment, Invoice, Statement};

impl Ledger<'_> {
    pub(super) fn take(&mut self, event: &Event) -> Result<(), OwedError> {
        let id = event.id.as_str();
        match &event.happening {
            Happening::Schedule(schedule) => self.schedule(id, &schedule.instalments),
            Happening::Invoice(invoice) if !invoice.draft => self.invoice(id, invoice),
            Happening::Statement(statement) => self.statement(id, statement),
            Happening::Payment(payment) => {
                let amount = self.effective(id, payment.amount);
                self.recover(id, payment.item.as_deref(), amount)
            }
            Happening::Credit(credit) => {
                let (amount, item) = (self.minor(credit.amount), credit.item.as_deref());
                self.receive(Money { payment: id, amount, item, only: credit.of, reason: Reason::Credited })
            }
            Happening::Adjustment(adjustment) => self.adjust(id, &adjustment.item, self.minor(adjustment.amount)),
            Happening::Refund(refund) => {
                let amount = refund.amount.map_or(i128::MAX, |amount| self.minor(amount));
                self.give_back(&refund.payment, amount, id).map(|_| ())
            }
            Happening::Chargeback(chargeback) => {
                let taken = self.give_back(&chargeback.payment, i128::MAX, id)?;
                self.charged_back.insert(id.to_owned(), (chargeback.payment.clone(), taken));
                Ok(())
            }
            Happening::ChargebackReversed(reversal) => {
                let Some((payment, amount)) = self.charged_back.remove(&reversal.chargeback) else { return Ok(()) };
                self.receive(Money { payment: &payment, amount, item: None, only: None, reason: Reason::Paid })
            }
            Happening::WriteOff(write_off) => self.write_off(id, write_off.item.as_deref()),
            Happening::WriteOffReversed(reversal) => self.ask_again(id, &reversal.write_off),
            _ => Ok(()),
        }
    }

    fn schedule(&mut self, id: &str, instalments: &[Instalment]) -> Result<(), OwedError> {
        let mut by_day: Vec<&Instalment> = instalments.iter().collect();
        by_day.sort_by_key(|instalment| instalment.due_on);
        let mut period_from = self.today;
        let mut before = self.today;
        for instalment in by_day {
            if instalment.due_on > before {
                period_from = before;
                before = instalment.due_on;
            }
            let minor = |amount: Option<Amount>| amount.map_or(0, |amount| self.minor(amount));
            let is_split = [instalment.principal, instalment.interest, instalment.fees].iter().any(Option::is_some);
            let amount = self.minor(instalment.amount);
            let principal = if is_split { minor(instalment.principal) } else { amount };
            let own = [(Component::Interest, minor(instalment.interest)), (Component::Fee, minor(instalment.fees))];
            if own.iter().any(|(component, part)| *component == Component::Interest && *part > 0)
                && self.terms.rate.is_some()
                && self.terms.runs_on == RunsOn::Outstanding
            {
                return Err(OwedError::InterestTwice { item: instalment.item.clone() });
            }
            let mut item = Item::new(instalment.item.clone(), Some(instalment.due_on), self.today);
            item.period_from = period_from;
            item.asked = amount;
            let own = own.into_iter().filter(|(_, amount)| *amount > 0);
            item.coming = own.map(|(component, amount)| Coming { component, amount, event: id.to_owned() }).collect();
            self.principal += principal;
            let place = self.add(item);
            let about = About { event: Some(id), to: Some(instalment.due_on), ..About::default() };
            self.change(place, Component::Principal, principal, Reason::Scheduled, about)?;
        }
        self.fall_due()
    }

    fn invoice(&mut self, id: &str, invoice: &Invoice) -> Result<(), OwedError> {
        let due_on = invoice.due_on.unwrap_or(self.today);
        let amount = self.minor(invoice.amount);
        let component = invoice.of.unwrap_or(Component::Principal);
        let mut item = Item::new(invoice.item.clone(), Some(due_on), self.today);
        item.asked = amount;
        if component == Component::Principal {
            self.principal += amount;
        }
        let place = self.add(item);
        let about = About { event: Some(id), why: invoice.why.clone(), to: Some(due_on), ..About::default() };
        self.change(place, component, amount, Reason::Invoiced, about)
    }

    /// A statement says what is owed in all: what grew before is in it, and what it does not newly ask
    /// for and earlier ones do not still ask for falls due by no date.
    fn statement(&mut self, id: &str, statement: &Statement) -> Result<(), OwedError> {
        let held = self.held();
        let in_balance = std::mem::take(&mut self.held);
        self.write_held(held, Reason::InStatement, id)?;
        for place in 0..self.items.len() {
            let open = self.item(place).map_or(Parts::NONE, |item| item.open);
            for component in Component::ALL {
                let stays = component == Component::Principal && self.rest != Some(place);
                let amount = if stays { 0 } else { open.get(component) };
                self.change(place, component, -amount, Reason::InStatement, event(id))?;
            }
        }
        let asked = self.minor(statement.minimum_payment);
        let mut item = Item::new(statement.item.clone(), Some(statement.due_on), self.today);
        item.asked = asked;
        let place = self.add(item);
        self.change(place, Component::Principal, asked, Reason::StatementBalance, event(id))?;
        let earlier: i128 = self.items.iter().map(|item| item.open.sum()).sum();
        let rest = self.minor(statement.balance) - earlier;
        self.principal = self.minor(statement.balance).max(0);
        let place = match self.rest {
            Some(place) => place,
            None => self.add(Item::new(String::new(), None, self.today)),
        };
        self.rest = Some(place);
        let component = Component::Principal;
        let paid = in_balance.into_iter().map(|(payment, amount)| Settled { payment, item: place, component, amount });
        self.settled.extend(paid);
        if rest >= 0 {
            self.change(place, Component::Principal, rest, Reason::StatementBalance, event(id))
        } else {
            self.hold(id, -rest, Reason::StatementBalance)
        }
    }

    fn write_held(&mut self, amount: i128, reason: Reason, id: &str) -> Result<(), OwedError> {
        if amount == 0 { Ok(()) } else { self.write(None, amount, reason, None, event(id)) }
    }

    /// A payment; one that names an item that was written off settles it all the same.
    fn recover(&mut self, id: &str, item: Option<&str>, amount: i128) -> Result<(), OwedError> {
        if amount == 0 {
            return Ok(());
        }
        let named = self.items.iter().position(|other| Some(other.name.as_str()) == item);
        if let Some(place) = named {
            let offs: Vec<String> = self
                .item(place)
                .map_or(Vec::new(), |item| item.written_off.iter().map(|off| off.event.clone()).collect());
            let mut left = amount;
            for off in offs {
                left -= self.ask_part_again(id, &off, place, left)?;
            }
        }
        self.receive(Money { payment: id, amount, item, only: None, reason: Reason::Paid })
    }

    /// What is asked for is set to another amount: principal changes first.
    fn adjust(&mut self, id: &str, name: &str, asked: i128) -> Result<(), OwedError> {
        let Some(place) = self.items.iter().position(|item| item.name == name) else { return Ok(()) };
        let Some(item) = self.items.get_mut(place) else { return Ok(()) };
        let mut change = asked - item.asked;
        item.asked = asked;
        if change < 0 {
            for coming in &mut item.coming {
                let part = (-change).min(coming.amount);
                coming.amount -= part;
                change += part;
            }
            let owed: Vec<(Component, i128)> = Component::ALL.map(|part| (part, item.open.get(part))).to_vec();
            let settled = self.settled.iter().rev().filter(|settled| settled.item == place);
            let settled: Vec<(Component, i128)> = settled.map(|settled| (settled.component, settled.amount)).collect();
            // What is not paid first; then what was, which is free to settle something else.
            for (component, most) in owed.into_iter().chain(settled).filter(|(part, _)| *part != Component::Penalty) {
                let part = (-change).min(most.max(0));
                change += part;
                self.change(place, component, -part, Reason::Adjusted, event(id))?;
            }
        } else {
            self.change(place, Component::Principal, change, Reason::Adjusted, event(id))?;
        }
        self.free(place, id)
    }

    fn write_off(&mut self, id: &str, name: Option<&str>) -> Result<(), OwedError> {
        for place in 0..self.items.len() {
            let Some(item) = self.items.get_mut(place) else { continue };
            let coming: i128 = item.coming.iter().map(|coming| coming.amount).sum();
            let wanted = name.is_none_or(|name| item.name == name) && item.open.sum() + coming > 0;
            if !wanted {
                continue;
            }
            let (open, coming) = (item.open, std::mem::take(&mut item.coming));
            item.written_off.push(WrittenOff { event: id.to_owned(), open, coming });
            for component in Component::ALL {
                self.change(place, component, -open.get(component), Reason::WrittenOff, event(id))?;
            }
        }
        Ok(())
    }

    /// What a write-off took is asked for again; what was to come falls due on its day.
    fn ask_again(&mut self, id: &str, write_off: &str) -> Result<(), OwedError> {
        for place in 0..self.items.len() {
            self.ask_part_again(id, write_off, place, i128::MAX)?;
            let Some(item) = self.items.get_mut(place) else { continue };
            let undone = item.written_off.extract_if(.., |off| off.event == write_off);
            item.coming.extend(undone.flat_map(|off| off.coming));
        }
        self.fall_due()
    }

    fn ask_part_again(&mut self, id: &str, write_off: &str, place: usize, most: i128) -> Result<i128, OwedError> {
        let Some(item) = self.items.get_mut(place) else { return Ok(0) };
        let mut left = most;
        let mut again = Vec::new();
        for off in item.written_off.iter_mut().filter(|off| off.event == write_off) {
            for component in Component::ALL {
                let part = off.open.get(component).min(left);
                *off.open.of(component) -= part;
                left -= part;
                again.push((component, part));
            }
        }
        for (component, part) in again {
            self.change(place, component, part, Reason::WriteOffReversed, event(id))?;
        }
        Ok(most - left)
    }
}

fn event(id: &str) -> About<'_> {
    About { event: Some(id), ..About::default() }
}
