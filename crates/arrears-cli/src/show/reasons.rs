//! Accounts that move, with both reasons; and what each channel has to do.

use super::tables::{Column, table};
use super::{grouped, screen};
use arrears_workbench::compare::{BothReasons, ChannelLoad, OneSide};

/// Both reasons of some accounts, as text.
pub(crate) fn reasons_text(told: &[BothReasons]) -> String {
    let mut text = String::new();
    for account in told {
        let name = screen::printable(&account.account_id);
        text.push_str(&format!("\n{}\n", screen::heading(&format!("Why {name} moves"))));
        for (letter, OneSide { headline, reasons }) in [('A', &account.a), ('B', &account.b)] {
            text.push_str(&format!("{letter}  {}\n", screen::printable(headline)));
            reasons.iter().for_each(|reason| text.push_str(&format!("     {}\n", screen::printable(reason))));
        }
    }
    text
}

/// What each channel has to do, as a table; nothing if no channel has anything to do.
pub(crate) fn capacity_text(loads: &[ChannelLoad]) -> String {
    if loads.is_empty() {
        return String::new();
    }
    let columns = [
        ("Work of a channel", Column::Words(20)),
        ("under A", Column::Numbers(11)),
        ("under B", Column::Numbers(11)),
        ("more", Column::Numbers(11)),
    ];
    let rows = loads.iter().map(|load| {
        let more = if load.more > 0 { format!("+{}", grouped(load.more)) } else { grouped(load.more) };
        vec![load.channel.clone(), grouped(load.a), grouped(load.b), more]
    });
    format!("\n{}", table(&columns, rows.collect()))
}
