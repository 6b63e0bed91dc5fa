//! From an account to the table of what delay costs.

use super::{Behaviour, Delay, DelayCell, DelayError, DelayRow};
use crate::ledger::{Change, Ledger};
use crate::statement::{Line, Reason, Statement};
use crate::terms::Terms;
use arrears::account::{Account, Amount, Component, Event, Payment};
use chrono::{Days, NaiveDate};

impl Delay {
    /// The table of an account: what is owed today and after each number of days, under each
    /// behaviour. What becomes known after today is not in it.
    ///
    /// Items fall due as the history says; nothing is lent anew.
    ///
    /// # Errors
    ///
    /// [`DelayError`] if what is owed cannot be reckoned, or payments that are given cannot be taken.
    pub fn table(
        account: &Account,
        terms: &Terms,
        as_of: NaiveDate,
        days: &[u32],
        behaviours: &[Behaviour],
    ) -> Result<Self, DelayError> {
        let known = known(account, as_of)?;
        let today = Statement::of(&known, terms, as_of, as_of)?;
        let mut days: Vec<u32> = days.to_vec();
        days.sort_unstable();
        days.dedup();
        let mut ends = Vec::new();
        for days in days {
            let on = as_of.checked_add_days(Days::new(u64::from(days)));
            ends.push((on.ok_or(DelayError::Beyond { as_of, days })?, days));
        }
        let table = Table { known, terms, today: &today, ends };
        let rows: Result<Vec<DelayRow>, DelayError> = behaviours.iter().map(|behaviour| table.row(behaviour)).collect();
        Ok(Self {
            account_id: account.id().to_owned(),
            currency: account.currency(),
            as_of,
            total: today.total,
            rows: rows?,
        })
    }
}

/// The account with what is known today.
fn known(account: &Account, as_of: NaiveDate) -> Result<Account, DelayError> {
    let events = account.events().iter().filter(|event| event.known_on <= as_of).cloned();
    Account::new(account.id(), account.currency(), account.opened_on())
        .with(events)
        .map_err(|faults| DelayError::Payments { behaviour: "the history".to_owned(), faults })
}

pub(super) struct Table<'t> {
    known: Account,
    terms: &'t Terms,
    pub(super) today: &'t Statement,
    pub(super) ends: Vec<(NaiveDate, u32)>,
}

impl Table<'_> {
    fn row(&self, behaviour: &Behaviour) -> Result<DelayRow, DelayError> {
        let given = match behaviour {
            Behaviour::Arranged(arranged) => return self.arranged(arranged),
            Behaviour::Given(given) => given.terms.as_deref(),
            Behaviour::Nothing | Behaviour::Minimum | Behaviour::InFull => None,
        };
        if *behaviour == Behaviour::InFull {
            return Ok(self.settled(behaviour));
        }
        let change = given.map(|terms| Change { after: self.today.as_of, terms });
        let account = self.paid(behaviour)?;
        let mut cells = Vec::new();
        for (on, days) in &self.ends {
            cells.push(self.cell(&account, change, *on, *days)?);
        }
        let terms = given.unwrap_or(self.terms);
        let last = cells.last().copied().filter(|cell| cell.overdue > 0);
        if let (Some(costs), Some(last)) = (terms.lawsuit, last) {
            let with = |amount: i64| {
                amount.checked_add(costs).ok_or_else(|| crate::statement::OwedError::TooLarge(account.id().to_owned()))
            };
            let (owed, overdue, cost) = (with(last.owed)?, with(last.overdue)?, with(last.cost)?);
            cells.push(DelayCell { lawsuit: true, owed, overdue, cost, ..last });
        }
        Ok(DelayRow { behaviour: behaviour.name().to_owned(), cells })
    }

    /// Who pays all that is owed today ends the contract: nothing falls due or grows any more.
    fn settled(&self, behaviour: &Behaviour) -> DelayRow {
        let (paid, owed) = (self.today.total.max(0), self.today.total.min(0));
        let ends = self.ends.iter();
        let cells =
            ends.map(|(on, days)| DelayCell { on: *on, days: *days, lawsuit: false, paid, owed, overdue: 0, cost: 0 });
        DelayRow { behaviour: behaviour.name().to_owned(), cells: cells.collect() }
    }

    /// The account with the payments of a behaviour.
    fn paid(&self, behaviour: &Behaviour) -> Result<Account, DelayError> {
        let pay = |account: &Account, on: NaiveDate, amount: Amount, number: usize| {
            let payment = Payment { amount, currency: None, item: None };
            let id = format!("{}:{}:{number}", behaviour.name(), self.today.as_of);
            account
                .with([Event::new(id, on, payment).sequence(u32::MAX)])
                .map_err(|faults| DelayError::Payments { behaviour: behaviour.name().to_owned(), faults })
        };
        let minor = |amount: i64| Amount::from_minor(amount, self.known.currency());
        let as_of = self.today.as_of;
        let mut account = self.known.clone();
        match behaviour {
            Behaviour::Nothing | Behaviour::InFull | Behaviour::Arranged(_) => {}
            Behaviour::Minimum => {
                let last = self.ends.last().map_or(as_of, |(on, _)| *on);
                let mut on = as_of;
                for number in 0.. {
                    let owed = Statement::of(&account, self.terms, on, on)?;
                    if owed.to_be_current > 0 {
                        account = pay(&account, on, minor(owed.to_be_current), number)?;
                    }
                    let tomorrow = on.checked_add_days(Days::new(1)).filter(|day| *day <= last);
                    let Some(tomorrow) = tomorrow else { break };
                    let next = Statement::of(&account, self.terms, tomorrow, tomorrow)?.next;
                    match next.filter(|next| next.on <= last) {
                        Some(next) => on = next.on,
                        None => break,
                    }
                }
            }
            Behaviour::Given(given) => {
                for (number, part) in given.payments.iter().enumerate() {
                    if part.due_on < as_of {
                        let message =
                            format!("{} is before today, {as_of}: expected that day or a later one", part.due_on);
                        let fault = arrears::document::Fault::new(format!("payments[{number}].due_on"), message);
                        return Err(DelayError::Payments { behaviour: given.name.clone(), faults: vec![fault] });
                    }
                    account = pay(&account, part.due_on, part.amount, number)?;
                }
            }
        }
        Ok(account)
    }

    fn cell(
        &self,
        account: &Account,
        change: Option<Change<'_>>,
        on: NaiveDate,
        days: u32,
    ) -> Result<DelayCell, DelayError> {
        let ledger = Ledger::changed(account, self.terms, on, on, change)?;
        let then = Statement::from_ledger(ledger, account, self.terms, on, on)?;
        let since = |lines: &[Line], wanted: fn(&Line) -> bool| -> i128 {
            lines.iter().filter(|line| wanted(line)).map(|line| i128::from(line.amount)).sum()
        };
        // Whatever is owed more than today and was not lent anew is what delay costs.
        let paid: i128 = -(since(&then.lines, is_paid) - since(&self.today.lines, is_paid));
        let lent = since(&then.lines, is_lent) - since(&self.today.lines, is_lent);
        let cost = i128::from(then.total) - i128::from(self.today.total) + paid - lent;
        let narrow = |amount: i128| {
            i64::try_from(amount).map_err(|_| crate::statement::OwedError::TooLarge(account.id().to_owned()))
        };
        Ok(DelayCell {
            on,
            days,
            lawsuit: false,
            paid: narrow(paid)?,
            owed: then.total,
            overdue: then.overdue,
            cost: narrow(cost)?,
        })
    }
}

/// Whether a line is money that came in, went back, or lies held.
fn is_paid(line: &Line) -> bool {
    matches!(line.reason, Reason::Paid | Reason::PaidAhead | Reason::GivenBack)
}

/// Whether a line is anything else than what delay costs.
fn is_lent(line: &Line) -> bool {
    let lent =
        matches!(line.reason, Reason::Scheduled | Reason::Invoiced) && line.component == Some(Component::Principal);
    lent || matches!(
        line.reason,
        Reason::StatementBalance
            | Reason::InStatement
            | Reason::Adjusted
            | Reason::Credited
            | Reason::WrittenOff
            | Reason::WriteOffReversed
    )
}
