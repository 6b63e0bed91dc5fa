//! What became of an account, as tables.

use super::answer::findings_table;
use super::prose::{paragraph, title};
use super::screen;
use super::tables::{Column, wrapped};
use arrears_owed::lifecycle::LifeStory;
use arrears_owed::lifecycle::turns::Turn;

const WORDS: Column = Column::Words(0);

/// The turns, what is still true, and the demands.
pub(crate) fn life_text(story: &LifeStory) -> String {
    let (id, currency) = (screen::printable(&story.account_id), story.currency);
    let mut text = format!("{id} from {} to {}: {} {currency} open.\n", story.from, story.as_of, story.open);
    if let Some(on) = story.charged_off_on {
        text.push_str(&format!("Charged off on {on}; {} {currency} recovered since.\n", story.recovered));
    }
    if let Some(on) = story.sold_on {
        text.push_str(&format!("Sold on {on}.\n"));
    }
    text.push_str(&title("Turns"));
    if story.turns.is_empty() {
        text.push_str("None: it was never late, charged off, sold or closed.\n");
    } else {
        let rows = story
            .turns
            .iter()
            .map(|turned| vec![turned.on.to_string(), turn_words(turned.turn), screen::printable(&turned.why)]);
        text.push_str(&wrapped(&[("day", WORDS), ("turn", WORDS), ("why", WORDS)], rows.collect()));
    }
    text.push_str(&title("Still true"));
    text.push_str(&findings_table(&story.still));
    text.push_str(&title("Demands"));
    let days: Vec<String> = story.demands.iter().map(ToString::to_string).collect();
    let recorded = if days.is_empty() { "none".to_owned() } else { days.join(", ") };
    let others =
        if story.demands_complete { "" } else { "; contacts are not completely recorded, so there may be others" };
    text.push_str(&paragraph(0, &format!("Recorded as effective: {recorded}{others}.")));
    text
}

fn turn_words(turn: Turn) -> String {
    match turn {
        Turn::FirstMissed => "missed".to_owned(),
        Turn::Rolled { from, to } => format!("rolled from bucket {from} to {to}"),
        Turn::Eased { from, to } => format!("eased from bucket {from} to {to}"),
        Turn::Cured => "cured".to_owned(),
        Turn::ReAged => "re-aged".to_owned(),
        Turn::ChargedOff => "charged off".to_owned(),
        Turn::Sold => "sold".to_owned(),
        Turn::Closed => "closed".to_owned(),
    }
}
