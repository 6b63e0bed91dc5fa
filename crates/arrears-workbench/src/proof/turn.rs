//! Whose turn it is among the treatments of a stage, as clauses.

use super::domain::Var;
use super::sat::Lit;
use super::space::{Space, Truths};
use arrears::Class;
use arrears::policy::{ClockPeriod, Purpose, Treatment};
use std::collections::BTreeMap;

/// What becomes of the turns.
#[derive(Default)]
pub(crate) struct Turns {
    /// For each treatment, what becomes of its turn.
    pub(crate) turns: Vec<Turn>,
    /// For each treatment, whether it is chosen.
    pub(crate) chosen: Vec<Lit>,
    /// For each hold, its truths.
    pub(crate) holds: Vec<Truths>,
    /// Whether the account is closed, and whether that is not known.
    pub(crate) closed: Option<Truths>,
    /// What makes stronger treatments wait, by the strength that is still let through.
    limits: Vec<Lit>,
    /// Whether the person's own time lies on another day, and each treatment's.
    pub(crate) own_time: Option<Lit>,
    pub(crate) late: BTreeMap<ClockPeriod, Lit>,
    /// For each treatment of which the clauses do not tell whether there is no time for it today, whether that is so.
    pub(crate) no_time: BTreeMap<usize, Lit>,
    /// For each treatment that needs the person's zone, whether a time can be told.
    pub(crate) timed: BTreeMap<usize, Lit>,
}

/// What becomes of one treatment's turn.
#[derive(Clone, Copy)]
pub(crate) struct Turn {
    /// Its `when` may hold.
    pub(crate) fits: Truths,
    /// It is passed over freely.
    pub(crate) passed: Lit,
    /// Nothing stronger may follow.
    pub(crate) lowers: Lit,
    /// It can be had now.
    pub(crate) ready: Lit,
    /// A hold stops it.
    pub(crate) held: Lit,
    /// A person must look.
    pub(crate) doubtful: Lit,
    /// It could be had, but for what rules say of it.
    pub(crate) asked: Lit,
    /// A rule stands against it, or may.
    pub(crate) guarded: Lit,
    /// It waits for something known, and is not paused.
    waits: Lit,
}

/// The strengths of actions, from none to the strongest.
const STRENGTHS: usize = 7;

impl Space<'_> {
    /// Adds the holds, and the turns of all treatments.
    pub(crate) fn take_turns(&mut self) {
        let policy = self.policy;
        let holds: Vec<Truths> = policy.holds().iter().map(|hold| self.cond(&hold.when)).collect();
        self.turns.holds = holds;
        let closed = self.flag(policy.engine_facts().closed);
        self.turns.closed = Some(closed);
        let elsewhere = self.ladder.elsewhere.unwrap_or_else(|| self.sat.no());
        for _ in 0..STRENGTHS {
            let limit = self.sat.variable(false);
            self.sat.implies(&[limit], elsewhere);
            if let Some(weaker) = self.turns.limits.last() {
                self.sat.implies(&[*weaker], limit);
            }
            self.turns.limits.push(limit);
        }
        let turns: Vec<Turn> = policy.treatments().iter().enumerate().map(|(at, it)| self.turn(at, it)).collect();
        self.turns.turns = turns;
        let mut ways: Vec<Vec<Lit>> = vec![Vec::new(); policy.treatments().len()];
        let open = self.ladder.open.unwrap_or_else(|| self.sat.no());
        let (unknown, _, _) = self.state(Var::Fact(policy.engine_facts().closed));
        for (index, stage) in self.ladder.stage.clone().into_iter().enumerate() {
            let goes = self.sat.and(&[stage, !open, !closed.yes, !unknown]);
            self.stage_turns(index, goes, &mut ways);
        }
        self.turns.chosen = ways.iter().map(|ways| self.sat.or(ways)).collect();
    }

    fn stage_turns(&mut self, stage: usize, goes: Lit, ways: &mut [Vec<Lit>]) {
        let policy = self.policy;
        let stage = u8::try_from(stage).map_or(arrears::policy::StageId::CURRENT, arrears::policy::StageId::at);
        let mut taken = self.sat.no();
        // Whether something waits before this one that lets through nothing stronger than that.
        let mut lowered = [self.sat.no(); STRENGTHS];
        let mut before: Vec<(usize, Turn)> = Vec::new();
        for id in policy.turns(stage) {
            let (Some(turn), Some(treatment)) =
                (self.turns.turns.get(id.index()).copied(), policy.treatments().get(id.index()))
            else {
                continue;
            };
            let strength = usize::from(treatment.strength);
            let limit = match strength.checked_sub(1).and_then(|below| self.turns.limits.get(below)) {
                Some(limit) => *limit,
                None => self.sat.no(),
            };
            let excepted =
                before.iter().any(|(at, _)| policy.treatments().get(*at).is_some_and(|it| it.instead == Some(*id)));
            let waits = if excepted {
                self.waits_but_for(treatment, *id, &before)
            } else {
                lowered.get(strength).copied().unwrap_or_else(|| self.sat.no())
            };
            let chosen = self.sat.and(&[goes, turn.ready, !taken, !waits, !limit]);
            if let Some(ways) = ways.get_mut(id.index()) {
                ways.push(chosen);
            }
            taken = self.sat.or(&[taken, chosen]);
            for stronger in lowered.iter_mut().skip(strength + 1) {
                *stronger = self.sat.or(&[*stronger, turn.lowers]);
            }
            before.push((id.index(), turn));
        }
    }

    /// Whether something waits that lets nothing as strong through, but for those that name this treatment instead.
    fn waits_but_for(
        &mut self,
        treatment: &Treatment,
        id: arrears::policy::TreatmentId,
        before: &[(usize, Turn)],
    ) -> Lit {
        let policy = self.policy;
        let mut any = Vec::new();
        for (at, turn) in before {
            let Some(earlier) = policy.treatments().get(*at).filter(|it| it.strength < treatment.strength) else {
                continue;
            };
            let excepted = if earlier.instead == Some(id) { turn.waits } else { self.sat.no() };
            any.push(self.sat.and(&[turn.lowers, !excepted]));
        }
        self.sat.or(&any)
    }

    fn turn(&mut self, index: usize, treatment: &Treatment) -> Turn {
        let fits = self.truths_or(treatment.when.as_ref(), true);
        let unless = self.truths_or(treatment.unless.as_ref(), false);
        let limited = treatment.count().zip(treatment.at_most.as_ref());
        let (exhausted, uncounted) = match limited {
            Some((count, limit)) => {
                let (unknown, _, _) = self.state(Var::Fact(count));
                (self.fact_reaches(count, limit).yes, unknown)
            }
            None => (self.sat.no(), self.sat.no()),
        };
        let (opted_out, no_answer) = self.opted(treatment);
        let (dead, point_unknown) = self.points(treatment);
        let unavailable = self.sat.or(&[opted_out, dead]);
        let stopping: Vec<Lit> = self
            .policy
            .holds()
            .iter()
            .zip(self.turns.holds.clone())
            .filter(|(hold, _)| hold.stops(treatment.class, treatment.purpose))
            .map(|(_, truths)| !truths.no)
            .collect();
        let stopped = self.sat.or(&stopping);
        let here = self.sat.and(&[!fits.no, !exhausted, !unavailable]);
        let held = self.sat.and(&[here, stopped]);
        let free = self.sat.and(&[fits.yes, !exhausted, !unavailable, !stopped, unless.no, !uncounted]);
        let (rests, rests_known, paused) = self.rest(index, treatment);
        let asked = self.sat.and(&[free, !rests, !no_answer]);
        let (refused_for_good, refused_now, doubt) = self.guards(treatment);
        let slot = self.no_slot(index, treatment);
        let guarded = self.sat.or(&[refused_for_good, refused_now, doubt]);
        let ready = self.sat.and(&[asked, !guarded, !point_unknown, !slot]);
        let gone = self.sat.or(&[fits.no, exhausted, unavailable]);
        let for_good = self.sat.and(&[asked, refused_for_good]);
        let passed = self.sat.or(&[gone, for_good]);
        let lowers = self.sat.and(&[!passed, !ready]);
        let resting = self.sat.and(&[free, rests_known]);
        // Where the law keeps hours and the zone is not known, no time is known either.
        let timed = if self.policy.needs_zone(treatment) { self.sat.variable(true) } else { self.sat.yes() };
        self.turns.timed.insert(index, timed);
        let no_guard = self.sat.and(&[asked, !guarded, !point_unknown, slot, timed]);
        let now = self.sat.and(&[asked, refused_now]);
        let waits = self.sat.or(&[resting, no_guard, now]);
        let doubtful = self.sat.and(&[asked, doubt, !refused_for_good, !refused_now]);
        Turn { fits, passed, lowers, ready, held, doubtful, asked, guarded, waits: self.sat.and(&[waits, !paused]) }
    }

    fn truths_or(&mut self, cond: Option<&arrears::condition::Cond>, without: bool) -> Truths {
        match cond {
            Some(cond) => self.cond(cond),
            None => {
                let yes = self.sat.constant(without);
                Truths { yes, no: !yes }
            }
        }
    }

    /// Whether the person refused the channel, or did not consent; and whether that is not known.
    fn opted(&mut self, treatment: &Treatment) -> (Lit, Lit) {
        let (mut refused, mut unknown) = (Vec::new(), Vec::new());
        for (fact, against) in [(treatment.opted_out, 1), (treatment.consent, 0)] {
            let Some(fact) = fact else { continue };
            refused.push(self.is(Var::Fact(fact), against));
            unknown.push(self.state(Var::Fact(fact)).0);
        }
        (self.sat.or(&refused), self.sat.or(&unknown))
    }

    /// Whether no number can ever be tried, and whether none can and one is not known.
    fn points(&mut self, treatment: &Treatment) -> (Lit, Lit) {
        if treatment.numbers.is_empty() {
            return (self.sat.no(), self.sat.no());
        }
        let (mut dead, mut usable, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        for point in &treatment.numbers {
            let var = Var::Fact(point.fact);
            let (not_known, _, _) = self.state(var);
            let valid: Vec<Lit> =
                (0..64).filter(|word| point.valid.has(*word)).map(|word| self.is(var, word)).collect();
            let valid = self.sat.or(&valid);
            let refused = self.truths_or(point.refused.as_ref(), false);
            let not_valid = self.sat.and(&[!not_known, !valid]);
            dead.push(self.sat.or(&[not_valid, refused.yes]));
            usable.push(self.sat.and(&[valid, refused.no]));
            let open = self.sat.and(&[valid, !refused.yes, !refused.no]);
            unknown.push(self.sat.or(&[not_known, open]));
        }
        let (some, open) = (self.sat.or(&usable), self.sat.or(&unknown));
        (self.sat.and(&dead), self.sat.and(&[!some, open]))
    }

    /// Whether the treatment rests or may rest, whether that is known, and whether demand is paused.
    fn rest(&mut self, index: usize, treatment: &Treatment) -> (Lit, Lit, Lit) {
        let policy = self.policy;
        let known = policy.engine_facts();
        let (mut unsure, mut longer) = (Vec::new(), Vec::new());
        if treatment.class == Class::Contact && treatment.purpose == Purpose::Demand {
            for fact in [known.pause_left, known.callback_in].into_iter().flatten() {
                let (unknown, _, number) = self.state(Var::Fact(fact));
                let over = self.at_most(Var::Fact(fact), 0);
                unsure.push(unknown);
                longer.push(self.sat.and(&[number, !over]));
            }
        }
        let (unsure, longer) = (self.sat.or(&unsure), self.sat.or(&longer));
        let paused = self.sat.and(&[longer, !unsure]);
        let stopped = self.sat.or(&[unsure, longer]);
        let (mut retried, mut waits, mut doubt) = (self.sat.no(), self.sat.no(), self.sat.no());
        if let (Some(days), Some(which)) = (known.retry_in, known.retry_treatment) {
            let (days_unknown, days_never, _) = self.state(Var::Fact(days));
            let (which_unknown, _, _) = self.state(Var::Fact(which));
            let this = self.is(Var::Fact(which), i64::try_from(index).unwrap_or(i64::MAX));
            let due = self.at_most(Var::Fact(days), 0);
            retried = self.sat.and(&[!days_never, this]);
            waits = self.sat.and(&[retried, !days_unknown, !due]);
            let no_days = self.sat.and(&[retried, days_unknown]);
            let no_which = self.sat.and(&[!days_never, which_unknown]);
            doubt = self.sat.or(&[no_days, no_which]);
        }
        let (mut resting, mut unread) = (self.sat.no(), self.sat.no());
        if let (Some(every), Some(since)) = (&treatment.every, treatment.since()) {
            let (_, never, _) = self.state(Var::Fact(since));
            let reached = self.fact_reaches(since, every);
            resting = self.sat.and(&[!never, reached.no, !retried]);
            unread = self.sat.and(&[!never, !reached.yes, !reached.no, !retried]);
        }
        let rests_known = self.sat.or(&[waits, resting]);
        let known_rest = self.sat.and(&[!stopped, !doubt, rests_known]);
        let rests_known = self.sat.or(&[paused, known_rest]);
        (self.sat.or(&[stopped, doubt, waits, resting, unread]), rests_known, paused)
    }

    /// Whether a rule refuses the treatment without end, or for now, and whether a person must look.
    fn guards(&mut self, treatment: &Treatment) -> (Lit, Lit, Lit) {
        let no = self.sat.no();
        if treatment.class != Class::Contact {
            return (no, no, no);
        }
        if self.policy.is_lawless() {
            return (no, no, self.sat.yes());
        }
        let (mut none_before, mut good, mut now, mut doubt) = (self.sat.yes(), Vec::new(), Vec::new(), Vec::new());
        for guard in &treatment.guards {
            let truths = self.cond(&guard.cond);
            if guard.review {
                doubt.push(!truths.no);
                continue;
            }
            let first = self.sat.and(&[none_before, truths.yes]);
            if guard.ends {
                now.push(first)
            } else {
                good.push(first)
            }
            none_before = self.sat.and(&[none_before, !truths.yes]);
            doubt.push(self.sat.and(&[!truths.yes, !truths.no]));
        }
        let doubt = self.sat.or(&doubt);
        (self.sat.or(&good), self.sat.or(&now), self.sat.and(&[doubt, none_before]))
    }

    /// Whether there is no time for it today. Without hours that a rule keeps that is so only where the time that is
    /// wanted, the person's own or the treatment's, lies on another day in a zone that the policy knows.
    fn no_slot(&mut self, index: usize, treatment: &Treatment) -> Lit {
        let policy = self.policy;
        if treatment.class != Class::Contact {
            return self.sat.no();
        }
        if !treatment.hours.is_empty() || policy.needs_zone(treatment) {
            let no_time = self.sat.variable(false);
            self.turns.no_time.insert(index, no_time);
            return no_time;
        }
        let zones = policy.engine_facts().zones;
        let words = policy.input(zones).map_or(0, |input| input.words.len());
        let abroad: Vec<Lit> =
            (0..i64::try_from(words).unwrap_or(0)).map(|word| self.is(Var::Fact(zones), word)).collect();
        let abroad = self.sat.or(&abroad);
        let own = self.own_time(abroad);
        match treatment.at {
            Some(at) => {
                let late = match self.turns.late.get(&at) {
                    Some(late) => *late,
                    None => self.sat.variable(false),
                };
                self.turns.late.insert(at, late);
                self.sat.implies(&[late], abroad);
                self.sat.or(&[own, late])
            }
            None => own,
        }
    }

    /// Whether the time that the person named, or that of their occupation, lies on another day.
    fn own_time(&mut self, abroad: Lit) -> Lit {
        if let Some(own) = self.turns.own_time {
            return own;
        }
        let known = self.policy.engine_facts();
        let (_, _, stated) = self.state(Var::Fact(known.stated_from));
        let works = match known.occupation {
            Some(occupation) => self.state(Var::Fact(occupation)).2,
            None => self.sat.no(),
        };
        let own = self.sat.variable(false);
        let named = self.sat.or(&[stated, works]);
        self.sat.implies(&[own], named);
        self.sat.implies(&[own], abroad);
        self.turns.own_time = Some(own);
        own
    }
}
