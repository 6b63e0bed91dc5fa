//! The accounts that moved, one by one.

use super::columns::MovedColumns;
use crate::portfolio::{Money, Mover, Standing};
use arrears_batch::{Amount, Taker};
use serde::Serialize;

/// How many are kept to be shown.
const FIRST: usize = 10;

/// An account that stands otherwise under B than under A.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MovedAccount {
    /// The account.
    pub account_id: String,
    /// Its stage under A.
    pub stage_a: String,
    /// Its stage under B.
    pub stage_b: String,
    /// What is done about it under A.
    pub action_a: String,
    /// What is done about it under B.
    pub action_b: String,
    /// Its treatment under A, if any.
    pub treatment_a: Option<String>,
    /// Its treatment under B, if any.
    pub treatment_b: Option<String>,
    /// Its debtor type under A; none if it may be of several.
    pub debtor_type_a: Option<String>,
    /// Its debtor type under B; none if it may be of several.
    pub debtor_type_b: Option<String>,
    /// What is overdue on it, if that is known.
    pub overdue: Option<Amount>,
    /// What differs: `stage; action`.
    pub moved: String,
}

/// Accounts that moved, on their way to who takes them.
pub(super) struct Movers<'t, 'h> {
    money: Money,
    first: Vec<MovedAccount>,
    columns: MovedColumns,
    taker: Option<&'t mut Taker<'h>>,
}

impl<'t, 'h> Movers<'t, 'h> {
    pub(super) fn new(money: Money, taker: Option<&'t mut Taker<'h>>) -> Self {
        Self { money, first: Vec::new(), columns: MovedColumns::new(money.digits()), taker }
    }

    /// Adds an account; it never asks to stop.
    pub(super) fn add(&mut self, mover: Mover<'_>) -> bool {
        if self.first.len() < FIRST {
            self.first.push(MovedAccount::of(mover, self.money));
        }
        if self.taker.is_some() {
            self.columns.add(mover);
        }
        true
    }

    /// Hands over what has come together, and says whether to go on.
    pub(super) fn hand(&mut self) -> bool {
        match (&mut self.taker, self.columns.is_empty()) {
            (Some(taker), false) => self.columns.finish().is_ok_and(taker),
            _ => true,
        }
    }

    /// The first accounts that moved.
    pub(super) fn first(self) -> Vec<MovedAccount> {
        self.first
    }
}

impl MovedAccount {
    fn of(mover: Mover<'_>, money: Money) -> Self {
        let Standing { debtor_type: type_a, stage: stage_a, action: action_a, treatment: treatment_a, .. } =
            mover.a.clone();
        let Standing { debtor_type: type_b, stage: stage_b, action: action_b, treatment: treatment_b, .. } =
            mover.b.clone();
        Self {
            account_id: mover.account_id.to_owned(),
            stage_a,
            stage_b,
            action_a,
            action_b,
            treatment_a,
            treatment_b,
            debtor_type_a: type_a,
            debtor_type_b: type_b,
            overdue: mover.overdue.map(|minor| money.amount(minor)),
            moved: mover.differs.words(),
        }
    }
}
