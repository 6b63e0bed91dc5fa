//! The ways between stages.

use super::{Way, WayKind};
use crate::wording::Wording;
use arrears::Policy;
use arrears::draft::Keyword;
use arrears::policy::Mode;

pub(super) fn ways(policy: &Policy, wording: &Wording<'_>) -> Vec<Way> {
    let rungs: Vec<usize> = positions(policy, |stage| !stage.beside);
    let mut ways = up(policy, &rungs);
    let latched = |index: usize| policy.escalate().latches.has(i64::try_from(index).unwrap_or(-1));
    let above = |to: usize| rungs.iter().copied().filter(move |rung| *rung > to);
    for (index, ease) in policy.eases().iter().enumerate() {
        let to = ease.to.index();
        ways.push(Way {
            kind: WayKind::Ease,
            from: above(to).filter(|rung| !latched(*rung)).collect(),
            to,
            when: wording.condition(&ease.when).sentence().text(),
            why: why(policy, Keyword::Ease, index),
        });
    }
    for (index, cure) in policy.cures().iter().enumerate() {
        let to = cure.to.index();
        ways.push(Way {
            kind: WayKind::Cure,
            from: above(to).collect(),
            to,
            when: wording.condition(&cure.when).sentence().text(),
            why: why(policy, Keyword::Cure, index),
        });
    }
    for to in positions(policy, |stage| stage.beside) {
        let when = policy.stages().get(to).and_then(|stage| stage.when.as_ref());
        ways.push(Way {
            kind: WayKind::Beside,
            from: rungs.clone(),
            to,
            when: when.map(|when| wording.condition(when).sentence().text()).unwrap_or_default(),
            why: String::new(),
        });
    }
    ways.retain(|way| !way.from.is_empty());
    ways
}

fn positions(policy: &Policy, is: impl Fn(&arrears::policy::Stage) -> bool) -> Vec<usize> {
    policy.stages().iter().enumerate().filter(|(_, stage)| is(stage)).map(|(index, _)| index).collect()
}

/// From rung to rung, or from any rung below where stages may be passed over.
fn up(policy: &Policy, rungs: &[usize]) -> Vec<Way> {
    let escalate = policy.escalate();
    let leaps = escalate.mode != Mode::Sequential;
    let mut ways = Vec::new();
    for (place, to) in rungs.iter().enumerate().skip(1) {
        let below = rungs.get(..place).unwrap_or_default();
        let after = policy.stages().get(*to).and_then(|stage| stage.after).map_or(0, |after| after.index());
        let from: Vec<usize> = match below.last() {
            Some(last) if !leaps => vec![*last],
            _ => below.iter().copied().filter(|rung| *rung >= after).collect(),
        };
        ways.push(Way { kind: WayKind::Up, from, to: *to, when: String::new(), why: String::new() });
    }
    ways
}

fn why(policy: &Policy, keyword: Keyword, index: usize) -> String {
    let mut written = policy.draft().statements.iter().filter(|statement| statement.keyword == keyword);
    let why = written.nth(index).and_then(|statement| statement.option("why"));
    why.and_then(|why| why.as_text()).unwrap_or_default().to_owned()
}
