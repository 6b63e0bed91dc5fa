//! The rules of the trade that the core keeps, tried from outside.

#![cfg(test)]

mod across;
mod applies;
mod bad_histories;
mod calendar;
mod cases;
mod cases_page;
mod given_back;
mod handbook;
mod histories_page;
mod history;
mod incomplete;
mod ladder;
mod learned_nights;
mod nights;
mod outcomes;
mod retold;
mod uncommon_days;
