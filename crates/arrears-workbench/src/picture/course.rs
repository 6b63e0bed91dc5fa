//! Days past due, coloured by bucket.

use super::svg::{Anchor, Tenths, px};
use super::{FAINT, LEFT, Picture, SMALL};

/// The colours of buckets, from the first on; later ones have the last.
pub(super) const BUCKETS: [&str; 6] = ["#f7d774", "#f2a65a", "#e4683a", "#c0392b", "#8e2430", "#5b1a2e"];
/// The height of the band.
const HEIGHT: Tenths = 1_000;
/// Fewer days than these do not fill the height.
const LEAST: i64 = 30;

/// The colour of a bucket.
pub(super) fn colour(bucket: usize) -> &'static str {
    let last = BUCKETS.last().copied().unwrap_or_default();
    bucket.checked_sub(1).and_then(|place| BUCKETS.get(place).copied()).unwrap_or(last)
}

impl Picture<'_> {
    /// One area for every stretch of days in one bucket.
    pub(super) fn course(&mut self) {
        let top = self.row(HEIGHT, "days past due") + 100;
        let base = top + HEIGHT - 100;
        let most = self.timeline.days.iter().map(|day| day.facts.dpd).max().unwrap_or(0);
        let full = most.max(LEAST);
        let height = |dpd: i64| (HEIGHT - 150) * dpd / full;
        for line in [30, 60, 90, 120, 180, 360].into_iter().filter(|line| *line <= full) {
            let y = base - height(line);
            self.drawing.line((LEFT, y), (self.scale.right(), y), FAINT, "");
            if height(line) > 80 && (most - line).abs() * (HEIGHT - 150) > 100 * full {
                self.drawing.text((LEFT - 30, y + 30), Anchor::End, SMALL, &line.to_string());
            }
        }
        for stretch in self
            .timeline
            .days
            .chunk_by(|a, b| a.facts.bucket == b.facts.bucket && (a.facts.dpd > 0) == (b.facts.dpd > 0))
        {
            let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { continue };
            if first.facts.dpd == 0 {
                continue;
            }
            let mut path = format!("M{} {}", px(self.scale.begin(first.on)), px(base));
            for day in stretch {
                let y = px(base - height(day.facts.dpd));
                path.push_str(&format!("V{y}H{}", px(self.scale.end(day.on))));
            }
            path.push_str(&format!("V{}Z", px(base)));
            let title = format!(
                "bucket {}: {} to {}, {} to {} days past due",
                first.facts.bucket, first.on, last.on, first.facts.dpd, last.facts.dpd
            );
            self.drawing.element("path", &[("d", &path), ("fill", colour(first.facts.bucket))], &title);
        }
        if let Some(day) = self.timeline.days.iter().rev().find(|day| day.facts.dpd == most && most > 0) {
            let at = (self.scale.middle(day.on), base - height(most) - 20);
            self.drawing.text(at, Anchor::Middle, SMALL, &most.to_string());
        }
        self.drawing.line((LEFT, base), (self.scale.right(), base), "#999999", "");
        self.top += 100;
        self.part();
    }
}
