//! Contacts: a row for every channel, a mark for every contact by what came of it.

use super::Picture;
use super::svg::{Tenths, px};
use arrears::account::{Contact, Happening};
use arrears::facts::{Channel, outcome_table};
use chrono::NaiveDate;

pub(super) const REACHED: &str = "#1f5a92";
pub(super) const SENT: &str = "#7fa8cf";
pub(super) const TROUBLE: &str = "#c0392b";

/// What came of a contact, as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// The right person was spoken to, or wrote.
    Reached,
    /// A message was sent.
    Sent,
    /// Nobody was reached.
    Missed,
    /// It ended in refusal, anger, danger, dispute or complaint.
    Trouble,
}

/// Outcomes that end in trouble.
const TROUBLES: [&str; 9] = [
    "rpc_refused",
    "rpc_dispute",
    "rpc_hostile",
    "rpc_hung_up",
    "wrong_number",
    "visit_refused_for_hazard",
    "complaint",
    "represented",
    "deceased_reported",
];
/// The height of a row, and of each further one where marks would lie on each other.
const HEIGHT: Tenths = 160;
/// The room that a mark needs.
const ROOM: Tenths = 95;

impl Mark {
    fn of(contact: &Contact) -> Self {
        let Some(code) = contact.outcome.as_deref() else {
            return if contact.inbound { Self::Reached } else { Self::Sent };
        };
        let right_party = outcome_table().iter().any(|outcome| outcome.code == code && outcome.right_party);
        match code {
            code if TROUBLES.contains(&code) => Self::Trouble,
            "letter_signed" => Self::Reached,
            "voicemail_left" | "limited_content" => Self::Sent,
            _ if right_party => Self::Reached,
            _ => Self::Missed,
        }
    }
}

impl Picture<'_> {
    pub(super) fn contacts(&mut self) {
        for channel in Channel::ALL.map(Channel::word) {
            let made: Vec<(NaiveDate, Mark, bool, String)> = self
                .events
                .iter()
                .filter_map(|event| match &event.happening {
                    Happening::Contact(it) if it.channel == channel => {
                        Some((event.occurred_on, Mark::of(it), it.inbound, self.said(event)))
                    }
                    _ => None,
                })
                .collect();
            if !made.is_empty() {
                self.channel(channel, made);
            }
        }
        self.part();
    }

    /// Marks that would lie on each other stand in rows below each other.
    fn channel(&mut self, channel: &str, made: Vec<(NaiveDate, Mark, bool, String)>) {
        let mut ends: Vec<Tenths> = Vec::new();
        let placed: Vec<(usize, Tenths, Mark, bool, String)> = made
            .into_iter()
            .map(|(on, mark, inbound, title)| {
                let x = self.scale.middle(on);
                let row = ends.iter().position(|end| *end <= x).unwrap_or(ends.len());
                match ends.get_mut(row) {
                    Some(end) => *end = x + ROOM,
                    None => ends.push(x + ROOM),
                }
                (row, x, mark, inbound, title)
            })
            .collect();
        let rows = i64::try_from(ends.len()).unwrap_or(1);
        let top = self.row(HEIGHT + (rows - 1) * ROOM, &channel.replace('_', " "));
        for (row, x, mark, inbound, title) in placed {
            let y = top + HEIGHT / 2 + i64::try_from(row).unwrap_or(0) * ROOM;
            self.mark(x, y, mark, inbound, &title);
        }
    }

    /// One mark; a line above it says that the person made the contact.
    pub(super) fn mark(&mut self, x: Tenths, y: Tenths, mark: Mark, inbound: bool, title: &str) {
        let (cx, cy) = (px(x), px(y));
        let circle = [("cx", cx.as_str()), ("cy", &cy), ("r", "3.8")];
        match mark {
            Mark::Reached => self.drawing.element("circle", &[&circle[..], &[("fill", REACHED)]].concat(), title),
            Mark::Sent => self.drawing.rectangle((x - 33, y - 33), (66, 66), SENT, title),
            Mark::Missed => {
                let look = [("fill", "#ffffff"), ("stroke", "#777777"), ("stroke-width", "1.3")];
                self.drawing.element("circle", &[&circle[..], &look[..]].concat(), title);
            }
            Mark::Trouble => {
                let (l, r, t, b) = (px(x - 35), px(x + 35), px(y - 35), px(y + 35));
                let path = format!("M{l} {t}L{r} {b}M{l} {b}L{r} {t}");
                let look = [("d", path.as_str()), ("stroke", TROUBLE), ("stroke-width", "2"), ("fill", "none")];
                self.drawing.element("path", &look, title);
            }
        }
        if inbound {
            self.drawing.line((x - 40, y - 60), (x + 40, y - 60), REACHED, "");
        }
    }
}
