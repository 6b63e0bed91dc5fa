//! How much work each channel has under two policies.

use super::Comparison;
use serde::Serialize;

/// The accounts that a channel reaches, of those that both policies decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChannelLoad {
    /// The channel.
    pub channel: String,
    /// Accounts under A.
    pub a: u64,
    /// Accounts under B.
    pub b: u64,
    /// How many more these are; below zero if they are fewer.
    pub more: i64,
}

impl Comparison {
    /// What each channel has to do under A and under B, in the order of channels. Of accounts that only one policy decides
    /// nothing is counted.
    pub fn capacity(&self) -> Vec<ChannelLoad> {
        let mut loads: Vec<ChannelLoad> = Vec::new();
        for flow in &self.by_channel {
            let accounts = flow.count.accounts;
            for (name, is_b) in [(&flow.from, false), (&flow.to, true)] {
                let Some(name) = name else { continue };
                let at = loads.iter().position(|load| load.channel == *name).unwrap_or_else(|| {
                    loads.push(ChannelLoad { channel: name.clone(), a: 0, b: 0, more: 0 });
                    loads.len() - 1
                });
                if let Some(load) = loads.get_mut(at) {
                    let side = if is_b { &mut load.b } else { &mut load.a };
                    *side = side.saturating_add(accounts);
                }
            }
        }
        for load in &mut loads {
            let of = |accounts| i64::try_from(accounts).unwrap_or(i64::MAX);
            load.more = of(load.b).saturating_sub(of(load.a));
        }
        loads
    }
}
