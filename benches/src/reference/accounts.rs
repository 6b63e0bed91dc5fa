//! Accounts for the reference policy, made up from a seed: the same on every machine.
//!
//! Every amount is in whole cents and every score in ten-thousandths; the floating-point
//! columns that other engines read are made from these, so that all decide the same accounts.

/// Accounts that follow one another, by column.
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    /// The number of the first of them among all that were made up.
    pub(crate) first: usize,
    pub(crate) dpd: Vec<i64>,
    pub(crate) overdue_cents: Vec<i64>,
    pub(crate) overdue: Vec<f64>,
    pub(crate) balance_cents: Vec<i64>,
    pub(crate) broken_promises: Vec<i64>,
    pub(crate) calls_made: Vec<i64>,
    pub(crate) calls_unanswered: Vec<i64>,
    pub(crate) contacts_7d: Vec<i64>,
    pub(crate) days_since_contact: Vec<i64>,
    pub(crate) inflow_cents: Vec<i64>,
    pub(crate) inflow: Vec<f64>,
    /// Days until an open promise falls due; -1: none is open.
    pub(crate) promise_due_in: Vec<i64>,
    pub(crate) ability_parts: Vec<i64>,
    pub(crate) ability: Vec<f64>,
    pub(crate) worth_parts: Vec<i64>,
    pub(crate) worth: Vec<f64>,
    pub(crate) legal_cost_cents: Vec<i64>,
    pub(crate) months_on_book: Vec<i64>,
    pub(crate) stage: Vec<i64>,
    pub(crate) hostile: Vec<bool>,
    pub(crate) refused: Vec<bool>,
    pub(crate) unreachable: Vec<bool>,
    pub(crate) dispute: Vec<bool>,
    pub(crate) bankrupt: Vec<bool>,
    pub(crate) deceased: Vec<bool>,
    pub(crate) hardship: Vec<bool>,
    pub(crate) has_email: Vec<bool>,
    pub(crate) segment: Vec<u8>,
}

/// The words of [`Accounts::segment`].
pub(crate) const SEGMENTS: [&str; 3] = ["retail", "sme", "corporate"];
/// The words of [`Accounts::stage`].
pub(crate) const STAGES: [&str; 7] = ["current", "s1", "s2", "s3", "s4", "s5", "s6"];

/// Every so many accounts one stands on an edge of the policy.
const EDGES_ONE_IN: u64 = 50;
const SEED: u64 = 20_240_611;

/// SplitMix64 (Steele, Lea and Flood, 2014): a counter, and a mix of its bits.
#[derive(Debug)]
pub(crate) struct Source(u64);

impl Source {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to 1, itself left out.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number from 0 up to the limit, itself left out.
    pub(crate) fn below(&mut self, limit: i64) -> i64 {
        (self.unit() * limit as f64) as i64
    }

    /// Whether something happens that happens so often.
    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    fn pick(&mut self, shares: &[f64]) -> i64 {
        let mut left = self.unit();
        for (index, share) in shares.iter().enumerate() {
            if left < *share {
                return index as i64;
            }
            left -= share;
        }
        shares.len() as i64 - 1
    }

    fn one_of(&mut self, values: &[i64]) -> i64 {
        let index = self.below(values.len() as i64);
        values.get(index as usize).copied().unwrap_or(0)
    }

    /// Normally distributed, by the polar form of two uniform numbers.
    fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        mean + deviation * radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    fn log_normal_cents(&mut self, mean: f64, deviation: f64) -> i64 {
        (self.normal(mean, deviation).exp() * 100.0).round() as i64
    }

    /// Poisson distributed: how many uniform numbers can be multiplied.
    fn poisson(&mut self, mean: f64) -> i64 {
        let (limit, mut product, mut count) = ((-mean).exp(), self.unit(), 0);
        while product > limit {
            product *= self.unit();
            count += 1;
        }
        count
    }

    /// Failures before the first success.
    fn geometric(&mut self, success: f64) -> i64 {
        ((1.0 - self.unit()).ln() / (1.0 - success).ln()).floor() as i64
    }

    /// Beta(2, 2) in ten-thousandths: the middle one of three uniform numbers.
    fn beta_2_2(&mut self) -> i64 {
        let mut three = [self.unit(), self.unit(), self.unit()];
        three.sort_unstable_by(f64::total_cmp);
        let [_, middle, _] = three;
        (middle * 10_000.0).round() as i64
    }
}

/// Makes up accounts, one after another: so a portfolio need not be in memory as a whole.
pub(crate) struct Maker {
    source: Source,
    made: usize,
}

impl Maker {
    /// One that begins with the first account.
    pub(crate) const fn new() -> Self {
        Self { source: Source::new(SEED), made: 0 }
    }

    /// The next accounts.
    pub(crate) fn make(&mut self, count: usize) -> Accounts {
        let mut accounts = Accounts { first: self.made, ..Accounts::default() };
        for _ in 0..count {
            accounts.push(&mut self.source);
        }
        self.made += count;
        accounts
    }
}

impl Accounts {
    /// The first accounts.
    pub(crate) fn new(count: usize) -> Self {
        Maker::new().make(count)
    }

    pub(crate) fn len(&self) -> usize {
        self.dpd.len()
    }

    /// The columns that the policy reads, as one who writes it by hand has them.
    pub(crate) fn by_hand(&self) -> arrears_by_hand::Accounts<'_> {
        arrears_by_hand::Accounts {
            dpd: &self.dpd,
            overdue: &self.overdue,
            broken: &self.broken_promises,
            calls: &self.calls_made,
            unanswered: &self.calls_unanswered,
            contacts: &self.contacts_7d,
            since: &self.days_since_contact,
            inflow: &self.inflow,
            promise: &self.promise_due_in,
            ability: &self.ability,
            worth: &self.worth,
            stage: &self.stage,
            hostile: &self.hostile,
            refused: &self.refused,
            unreachable: &self.unreachable,
            dispute: &self.dispute,
            bankrupt: &self.bankrupt,
            deceased: &self.deceased,
            hardship: &self.hardship,
            segment: &self.segment,
        }
    }

    fn push(&mut self, source: &mut Source) {
        let edge = source.next().is_multiple_of(EDGES_ONE_IN);
        let bucket = source.pick(&[0.12, 0.38, 0.20, 0.12, 0.08, 0.10]);
        let (low, high) = match bucket {
            0 => (0, 0),
            1 => (1, 30),
            2 => (31, 60),
            3 => (61, 90),
            4 => (91, 120),
            _ => (121, 365),
        };
        let mut dpd = low + source.below(high - low + 1);
        let mut overdue = source.log_normal_cents(6.3, 1.5);
        let mut inflow = if source.chance(0.3) { source.log_normal_cents(5.0, 1.5) } else { 0 };
        let mut ability = source.beta_2_2();
        let mut worth = source.below(10_001);
        if edge {
            dpd = source.one_of(&[0, 1, 30, 31, 60, 61, 90, 91, 120, 121]);
            overdue = source.one_of(&[9_999, 10_000, 199_999, 200_000, 499_999, 500_000]);
            inflow = source.one_of(&[0, overdue / 2, overdue / 2 + 1, (overdue + 1) / 2]);
            ability = source.one_of(&[1_499, 1_500, 2_999, 3_000]);
            worth = source.one_of(&[5_999, 6_000]);
        }
        self.dpd.push(dpd);
        self.overdue_cents.push(overdue);
        self.overdue.push(overdue as f64 / 100.0);
        self.balance_cents.push((overdue as f64 * (1.0 + source.unit() * 20.0)).round() as i64);
        self.broken_promises.push(source.poisson(0.6).min(9));
        self.calls_made.push(source.poisson(3.0));
        self.calls_unanswered.push(source.poisson(2.5).min(20));
        self.contacts_7d.push(source.poisson(2.5));
        self.days_since_contact.push(source.geometric(0.2));
        self.inflow_cents.push(inflow);
        self.inflow.push(inflow as f64 / 100.0);
        self.promise_due_in.push(if source.chance(0.25) { source.below(15) } else { -1 });
        self.ability_parts.push(ability);
        self.ability.push(ability as f64 / 10_000.0);
        self.worth_parts.push(worth);
        self.worth.push(worth as f64 / 10_000.0);
        self.legal_cost_cents.push(source.below(300_001));
        self.months_on_book.push(1 + source.below(239));
        self.stage.push((bucket + source.below(3) - 1).clamp(0, 6));
        self.hostile.push(source.chance(0.2));
        self.refused.push(source.chance(0.25));
        self.unreachable.push(source.chance(0.3));
        self.dispute.push(source.chance(0.03));
        self.bankrupt.push(source.chance(0.01));
        self.deceased.push(source.chance(0.004));
        self.hardship.push(source.chance(0.05));
        self.has_email.push(source.chance(0.7));
        self.segment.push(source.pick(&[0.75, 0.20, 0.05]) as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::{Accounts, Maker};

    #[test]
    fn accounts_made_in_slices_are_those_made_at_once() {
        let whole = Accounts::new(500);
        let mut maker = Maker::new();
        let (one, other) = (maker.make(200), maker.make(300));
        assert_eq!((one.first, other.first), (0, 200));
        assert_eq!(whole.overdue_cents, [one.overdue_cents, other.overdue_cents].concat());
        assert_eq!(whole.segment, [one.segment, other.segment].concat());
    }
}
