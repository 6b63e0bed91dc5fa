//! The packs of law that are shipped.

use crate::calendars::{calendar, shipped_calendars};
use crate::load_pack_source;
use arrears::Law;
use arrears::policy::Pack;
use std::sync::LazyLock;

/// Every pack that is shipped: its name and its text.
const PACKS: &[(&str, &str)] = &[
    ("au-rg96", include_str!("../packs/au-rg96.rhai")),
    ("ca-on", include_str!("../packs/ca-on.rhai")),
    ("ca-qc", include_str!("../packs/ca-qc.rhai")),
    ("cn-card", include_str!("../packs/cn-card.rhai")),
    ("cn-consumer", include_str!("../packs/cn-consumer.rhai")),
    ("id-pojk22", include_str!("../packs/id-pojk22.rhai")),
    ("in-rbi", include_str!("../packs/in-rbi.rhai")),
    ("in-rbi-2026-draft", include_str!("../packs/in-rbi-2026-draft.rhai")),
    ("jp", include_str!("../packs/jp.rhai")),
    ("kr", include_str!("../packs/kr.rhai")),
    ("ph-sec", include_str!("../packs/ph-sec.rhai")),
    ("th-dca", include_str!("../packs/th-dca.rhai")),
    ("uk-cca", include_str!("../packs/uk-cca.rhai")),
    ("uk-conc", include_str!("../packs/uk-conc.rhai")),
    ("uk-debt-respite", include_str!("../packs/uk-debt-respite.rhai")),
    ("us-bankruptcy", include_str!("../packs/us-bankruptcy.rhai")),
    ("us-ca", include_str!("../packs/us-ca.rhai")),
    ("us-dc", include_str!("../packs/us-dc.rhai")),
    ("us-fl", include_str!("../packs/us-fl.rhai")),
    ("us-ma", include_str!("../packs/us-ma.rhai")),
    ("us-ny", include_str!("../packs/us-ny.rhai")),
    ("us-nyc", include_str!("../packs/us-nyc.rhai")),
    ("us-regf", include_str!("../packs/us-regf.rhai")),
    ("us-regx", include_str!("../packs/us-regx.rhai")),
    ("us-wa", include_str!("../packs/us-wa.rhai")),
    ("us-wv", include_str!("../packs/us-wv.rhai")),
];

static LAW: LazyLock<Law> = LazyLock::new(|| {
    let packs = PACKS.iter().filter_map(|(name, _)| shipped_pack(name));
    let calendars = shipped_calendars().iter().filter_map(|(name, _)| calendar(name));
    calendars.fold(Law::of(packs), Law::with_calendar)
});

/// The packs that are shipped: each by its name and its text.
pub const fn shipped_packs() -> &'static [(&'static str, &'static str)] {
    PACKS
}

/// A pack that is shipped, by its name.
pub fn shipped_pack(name: &str) -> Option<Pack> {
    let (name, text) = PACKS.iter().find(|(known, _)| *known == name)?;
    load_pack_source(&format!("{name}.rhai"), text, &[]).pack
}

/// The law as it is shipped: every pack, each where its jurisdiction binds and while it is in
/// force, with the shipped calendars. What was not verified binds nobody until a host enables it.
///
/// ```
/// let law = arrears_rules::shipped_law();
/// let day = "2026-11-30".parse()?;
/// let packs: Vec<&str> = law.in_force("US-MA", day).map(|pack| pack.head().name.as_str()).collect();
/// assert!(packs.contains(&"us-regf") && packs.contains(&"us-ma"));
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub fn shipped_law() -> Law {
    LAW.clone()
}
