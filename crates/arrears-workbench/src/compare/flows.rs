//! How many accounts go from what to what.

use crate::portfolio::{Count, Met, Money, Standing, Sum};
use arrears::{Channel, Policy};
use serde::Serialize;
use std::collections::BTreeMap;

/// Accounts that stand in one place under A and in one under B.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// Under A.
    pub from: Option<String>,
    /// Under B; the same name is the same place.
    pub to: Option<String>,
    /// How many there are, with their money.
    #[serde(flatten)]
    pub count: Count,
}

/// What flows are counted from.
pub(super) struct Flows<'m> {
    policies: (&'m Policy, &'m Policy),
    met: &'m [Met<'m>],
    money: Money,
}

/// The names of a policy's places, in its order.
type Places<'p> = Vec<&'p str>;

impl<'m> Flows<'m> {
    pub(super) fn new(policies: (&'m Policy, &'m Policy), met: &'m [Met<'m>], money: Money) -> Self {
        Self { policies, met, money }
    }

    pub(super) fn by_stage(&self) -> Vec<Flow> {
        let places = |policy: &'m Policy| policy.stages().iter().map(|stage| stage.name.as_str()).collect();
        self.by(places, |standing| Some(&standing.stage))
    }

    pub(super) fn by_action(&self) -> Vec<Flow> {
        self.by(|_| Vec::new(), |standing| Some(&standing.action))
    }

    pub(super) fn by_treatment(&self) -> Vec<Flow> {
        let places = |policy: &'m Policy| policy.treatments().iter().map(|treatment| treatment.name.as_str()).collect();
        self.by(places, |standing| standing.treatment.as_deref())
    }

    pub(super) fn by_debtor_type(&self) -> Vec<Flow> {
        let places = |policy: &'m Policy| policy.debtor_types().iter().map(|kind| kind.name.as_str()).collect();
        self.by(places, |standing| standing.debtor_type.as_deref())
    }

    pub(super) fn by_channel(&self) -> Vec<Flow> {
        let places = |_| Channel::ALL.into_iter().map(Channel::word).collect();
        self.by(places, |standing| standing.channel.as_deref())
    }

    fn by(
        &self,
        places: impl Fn(&'m Policy) -> Places<'m>,
        place: impl Fn(&'m Standing) -> Option<&'m str>,
    ) -> Vec<Flow> {
        let (of_a, of_b) = (places(self.policies.0), places(self.policies.1));
        // Those that stand nowhere come last, after those whose places have no order.
        let rank = |places: &Places<'m>, name: Option<&str>| match name {
            Some(name) => places.iter().position(|place| *place == name).unwrap_or(places.len()),
            None => usize::MAX,
        };
        let mut sums: BTreeMap<_, Sum> = BTreeMap::new();
        for met in self.met {
            let (from, to) = (place(met.a), place(met.b));
            let key = (rank(&of_a, from), from, rank(&of_b, to), to);
            sums.entry(key).or_default().join(met.sum);
        }
        let flow = |from: Option<&str>, to: Option<&str>, sum| Flow {
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            count: self.money.count(sum),
        };
        sums.into_iter().map(|((_, from, _, to), sum)| flow(from, to, sum)).collect()
    }
}
