//! Money: payments and credits as bars, what was given back below the line, due days as marks.

use super::svg::{Anchor, Tenths, px};
use super::{LEFT, Picture, SMALL};
use crate::timeline::grouped;
use arrears::account::{Amount, Event, Happening};
use chrono::NaiveDate;

/// What came in and stayed.
pub(super) const PAID: &str = "#2a9d62";
/// What was credited without a payment.
pub(super) const CREDITED: &str = "#7cc6a0";
/// What did not hold, or was given back.
pub(super) const LOST: &str = "#d0206f";
pub(super) const LOST_DASHES: &str = "2 1.5";
/// What came into the customer's accounts with the bank.
pub(super) const INFLOW: &str = "#c9a227";
/// Where something falls due.
pub(super) const DUE: &str = "#555555";
/// The height of the largest bar.
const HEIGHT: Tenths = 450;
/// Room below the line.
const BELOW: Tenths = 260;

impl Picture<'_> {
    /// One bar for every payment and credit; dashed where it did not hold or was given back.
    pub(super) fn money(&mut self) {
        let top = self.row(HEIGHT + 150, "payments");
        let base = top + HEIGHT + 120;
        self.top = base + BELOW;
        let amounts = self.events.iter().filter_map(|event| came_in(event).map(|(amount, _)| amount));
        let most = amounts.max().unwrap_or(Amount::ZERO);
        let width = (self.scale.end(self.first()) - self.scale.begin(self.first())).clamp(40, 100);
        let bars: Vec<(NaiveDate, Amount, bool, bool, String)> = self
            .events
            .iter()
            .filter_map(|event| {
                let (amount, is_payment) = came_in(event)?;
                Some((event.occurred_on, amount, is_payment, self.is_lost(&event.id), self.said(event)))
            })
            .collect();
        for (on, amount, is_payment, lost, title) in bars {
            let height = share(amount, most, HEIGHT).max(30);
            let (x, y) = (self.scale.middle(on) - width / 2, base - height);
            if lost {
                let (x, y, width, height) = (px(x), px(y), px(width), px(height));
                let place = [("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height)];
                let look =
                    [("fill", "#ffffff"), ("stroke", LOST), ("stroke-width", "1.2"), ("stroke-dasharray", LOST_DASHES)];
                self.drawing.element("rect", &[&place[..], &look[..]].concat(), &title);
            } else {
                let colour = if is_payment { PAID } else { CREDITED };
                self.drawing.rectangle((x, y), (width, height), colour, &title);
            }
        }
        if most > Amount::ZERO {
            self.drawing.text((LEFT - 30, base - HEIGHT + 30), Anchor::End, SMALL, &grouped(most));
            self.drawing.line((LEFT - 20, base - HEIGHT), (LEFT, base - HEIGHT), "#999999", "");
        }
        self.drawing.line((LEFT, base), (self.scale.right(), base), "#999999", "");
        self.given_back(base, width);
        self.due(base);
        self.inflows();
        self.part();
    }

    fn first(&self) -> NaiveDate {
        self.timeline.days.first().map(|day| day.on).unwrap_or_default()
    }

    /// Whether a payment did not hold or was given back, at least in part.
    fn is_lost(&self, id: &str) -> bool {
        let undone = |chargeback: &str| {
            self.events.iter().any(
                |event| matches!(&event.happening, Happening::ChargebackReversed(it) if it.chargeback == chargeback),
            )
        };
        self.events.iter().any(|event| match &event.happening {
            Happening::PaymentReversed(it) => it.payment == id,
            Happening::Refund(it) => it.payment == id,
            Happening::Chargeback(it) => it.payment == id && !undone(&event.id),
            _ => false,
        })
    }

    /// A mark below the line on the day on which money went back.
    fn given_back(&mut self, base: Tenths, width: Tenths) {
        let back: Vec<(NaiveDate, String)> = self
            .events
            .iter()
            .filter(|event| {
                matches!(
                    event.happening,
                    Happening::PaymentReversed(_) | Happening::Refund(_) | Happening::Chargeback(_)
                )
            })
            .map(|event| (event.occurred_on, self.said(event)))
            .collect();
        for (on, title) in back {
            self.drawing.rectangle((self.scale.middle(on) - width / 2, base), (width, 130), LOST, &title);
        }
    }

    /// A row of marks where money came into the customer's accounts with the bank.
    fn inflows(&mut self) {
        let came = self.events.iter().filter(|event| matches!(event.happening, Happening::Inflow(_)));
        let came: Vec<(NaiveDate, String)> = came.map(|event| (event.occurred_on, self.said(event))).collect();
        if came.is_empty() {
            return;
        }
        let y = self.row(140, "inflow") + 70;
        for (on, title) in came {
            let x = self.scale.middle(on);
            let (left, right, top, bottom) = (px(x - 40), px(x + 40), px(y - 40), px(y + 40));
            let points = format!("{left},{0} {1},{top} {right},{0} {1},{bottom}", px(y), px(x));
            self.drawing.element("polygon", &[("points", &points), ("fill", INFLOW)], &title);
        }
    }

    /// A mark below the line on every day on which something falls due.
    fn due(&mut self, base: Tenths) {
        let mut days: Vec<(NaiveDate, String)> = Vec::new();
        for event in &self.events {
            match &event.happening {
                Happening::Schedule(it) => {
                    days.extend(
                        it.instalments
                            .iter()
                            .map(|part| (part.due_on, format!("{}: {}", part.item, grouped(part.amount)))),
                    );
                }
                Happening::Invoice(it) if !it.draft => {
                    days.push((it.due_on.unwrap_or(event.occurred_on), format!("{}: {}", it.item, grouped(it.amount))));
                }
                Happening::Statement(it) => {
                    days.push((it.due_on, format!("{}: {}", it.item, grouped(it.minimum_payment))));
                }
                _ => {}
            }
        }
        for (on, words) in days.into_iter().filter(|(on, _)| self.scale.shows(*on)) {
            let (x, y) = (self.scale.middle(on), base + 150);
            let points = format!("{},{} {},{} {},{}", px(x), px(y), px(x - 35), px(y + 70), px(x + 35), px(y + 70));
            self.drawing.element("polygon", &[("points", &points), ("fill", DUE)], &format!("{on}: due, {words}"));
        }
    }
}

/// What an event brought in, and whether it is a payment.
fn came_in(event: &Event) -> Option<(Amount, bool)> {
    match &event.happening {
        Happening::Payment(it) => Some((it.amount, true)),
        Happening::Credit(it) => Some((it.amount, false)),
        _ => None,
    }
}

/// A length in the proportion of an amount to the largest.
fn share(amount: Amount, most: Amount, length: Tenths) -> Tenths {
    let scaled = amount.decimal().checked_mul(length.into());
    let part = scaled.and_then(|scaled| scaled.checked_div(most.decimal()));
    part.and_then(|part| i64::try_from(part.trunc().mantissa()).ok()).unwrap_or(length)
}
