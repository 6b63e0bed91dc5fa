//! From a decision to a brief.

use super::{Brief, BriefProblem, HouseWords, recordings};
use crate::template::{TemplateFault, TemplateKind, TemplateName};
use crate::told::Told;
use crate::{Language, written};
use arrears::policy::{DebtorType, Detail, Stage};
use arrears::{Channel, Decision, Policy};

impl Brief {
    /// The brief for an account as it was decided, of what is told of it.
    ///
    /// A hold that is not surely absent stops demands in the brief as it does in the decision, and so does an
    /// amount of zero. Where missing facts leave the debtor type open, only what fits everybody is said.
    ///
    /// # Errors
    ///
    /// Everything for which it cannot be given: what a template lacks or must not say, an amount or a day that
    /// comes too late, and by how much it takes too long.
    pub fn of(
        words: &HouseWords,
        policy: &Policy,
        decision: &Decision,
        told: &Told,
    ) -> Result<Self, Vec<BriefProblem>> {
        Making { words, policy, decision, told, problems: Vec::new() }.brief()
    }
}

/// Channels by which a person speaks to the person.
const IN_PERSON: [Channel; 4] = [Channel::Phone, Channel::Visit, Channel::Branch, Channel::Meeting];

struct Making<'a> {
    words: &'a HouseWords,
    policy: &'a Policy,
    decision: &'a Decision,
    told: &'a Told,
    problems: Vec<BriefProblem>,
}

impl Making<'_> {
    fn brief(mut self) -> Result<Brief, Vec<BriefProblem>> {
        let language = self.told.language;
        let held_by: Vec<String> = self.decision.record(self.policy, "").held_by;
        let rests = !held_by.is_empty() || self.told.amount.is_some_and(|amount| amount.minor() <= 0);
        let names = self.decision.type_names(self.policy);
        let kinds: Vec<&DebtorType> =
            self.policy.debtor_types().iter().filter(|kind| names.contains(&kind.name)).collect();
        let certain = match kinds.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let stage = self.policy.stages().get(self.decision.stage.index());
        let opening = self.part(if rests { "resting" } else { "opening" });
        if !rests {
            self.check_opening(&opening);
        }
        let identity = self.identity();
        let (policy_points, untranslated) = self.policy_points(certain, stage, rests);
        let offers = if rests { Vec::new() } else { lines(&self.part("offers")) };
        let of_type = certain.map(|kind| format!("type/{}", kind.name));
        let has = |stem: &String| self.words.templates.has(TemplateKind::Brief, stem, language);
        let stem = of_type.filter(has).unwrap_or_else(|| "type/otherwise".to_owned());
        let mut brief = Brief {
            language,
            debtor_type: kinds.iter().map(|kind| shown_type(kind, language)).collect::<Vec<_>>().join(", "),
            stage: stage.map_or_else(String::new, |stage| shown_stage(stage, language)),
            tone: self.tone(),
            held_by,
            decided: self.decision.action.word(),
            in_person: self.decision.channel.is_some_and(|channel| IN_PERSON.contains(&channel)),
            asks: !rests,
            identity,
            opening,
            disclosures: self.disclosures(rests),
            points: lines(&self.part(&stem)),
            policy_points,
            untranslated,
            offers,
            offers_left_out: 0,
            close: self.part(if rests { "resting_close" } else { "close" }),
            voicemail: self.voicemail(rests),
            not_to_say: lines(&self.part("not_to_say")),
            record: recordings(self.decision.channel, language),
            seconds: 0,
            most_seconds: self.words.most_seconds,
        };
        brief.seconds = self.words.rate.seconds(&brief.spoken().join("\n"), language);
        self.leave_out_offers(&mut brief);
        if brief.seconds > brief.most_seconds {
            self.problems.push(BriefProblem::TooLong { seconds: brief.seconds, most: brief.most_seconds });
        }
        self.check_words(&brief);
        if self.problems.is_empty() { Ok(brief) } else { Err(self.problems) }
    }

    /// Leaves out the last of several offers until what is left can be said in time; the first is never left out.
    fn leave_out_offers(&self, brief: &mut Brief) {
        let all = self.told.offers.len();
        let of =
            |kept: usize| Told { offers: self.told.offers.iter().take(kept).cloned().collect(), ..self.told.clone() };
        for kept in (1..all).rev() {
            if brief.offers.is_empty() || brief.seconds <= brief.most_seconds {
                return;
            }
            let Ok(text) = self.words.templates.write(TemplateKind::Brief, "offers", &of(kept)) else { return };
            brief.offers = lines(&text);
            brief.offers_left_out = all - kept;
            brief.seconds = self.words.rate.seconds(&brief.spoken().join("\n"), brief.language);
        }
    }

    /// What a part of the brief says.
    fn part(&mut self, stem: &str) -> String {
        match self.words.templates.write(TemplateKind::Brief, stem, self.told) {
            Ok(text) => text.trim().to_owned(),
            Err(faults) => {
                self.problems.extend(faults.into_iter().map(BriefProblem::Template));
                String::new()
            }
        }
    }

    /// The message for a voicemail. One that lacks something is no reason against the brief: none is left then.
    fn voicemail(&self, rests: bool) -> Option<String> {
        let (kind, stem) = (TemplateKind::Voicemail, "limited_content");
        let templates = &self.words.templates;
        let name = TemplateName::write(kind, stem, self.told.language);
        let fits = !rests && self.decision.channel == Some(Channel::Phone) && self.words.checks.has_form_for(kind);
        let written = if fits { templates.write(kind, stem, self.told).ok()? } else { return None };
        self.words.checks.of_template(templates, &name).is_empty().then(|| written.trim().to_owned())
    }

    /// The identity check, which reveals nothing, whatever its question is. Names of people are no words of a
    /// debt.
    fn identity(&mut self) -> String {
        let text = self.part("identity");
        // As long as the names, so that places stay.
        let hidden = |name: &Option<String>| name.as_ref().map(|name| "-".repeat(name.chars().count()));
        let nameless = Told { name: hidden(&self.told.name), speaker: hidden(&self.told.speaker), ..self.told.clone() };
        if let Ok(plain) = self.words.templates.write(TemplateKind::Brief, "identity", &nameless) {
            let language = self.told.language;
            let found = self.words.checks.reveals_in_text(&named("identity", language), language, &plain);
            self.problems.extend(found.into_iter().map(BriefProblem::Template));
        }
        text
    }

    /// Amount and day stand in the first sentence, near its beginning.
    fn check_opening(&mut self, opening: &str) {
        let language = self.told.language;
        let amount = self.told.amount.map(|amount| ("the amount", written::amount(amount, language)));
        let day = self.told.due_on.map(|day| ("the day", written::day(day, language)));
        for (what, written) in [amount, day].into_iter().flatten() {
            let before = opening.find(&written).and_then(|at| opening.get(..at));
            let ends_at = before.map(|before| before.chars().count() + written.chars().count());
            let within = self.words.opening_within;
            if !opening.is_empty() && ends_at.is_none_or(|ends_at| ends_at > within) {
                self.problems.push(BriefProblem::OpeningLate { what, written, ends_at, within });
            }
        }
    }

    /// The talking points of the policy, each once, and those that are in no words of this language. A point
    /// that is the name of a template `brief/say/...` is what that template says.
    fn policy_points(
        &mut self,
        kind: Option<&DebtorType>,
        stage: Option<&Stage>,
        rests: bool,
    ) -> (Vec<String>, Vec<String>) {
        let of_type = kind.map_or(&[][..], |kind| &kind.say);
        // What a stage and a treatment say asks for something, which rests.
        let of_stage = stage.filter(|_| !rests).map_or(&[][..], |stage| &stage.say);
        let of_treatment = if rests { Vec::new() } else { self.treatment_points() };
        let (mut points, mut untranslated) = (Vec::new(), Vec::new());
        for point in of_type.iter().chain(of_stage).chain(&of_treatment) {
            let stem = format!("say/{point}");
            if self.words.templates.has(TemplateKind::Brief, &stem, self.told.language) {
                points.extend(lines(&self.part(&stem)));
                continue;
            }
            match self.words.said_in(self.told.language, point) {
                Some(said) => points.push(said),
                None => untranslated.push(point.clone()),
            }
        }
        for list in [&mut points, &mut untranslated] {
            let mut seen = std::collections::BTreeSet::new();
            list.retain(|point| seen.insert(point.clone()));
        }
        (points, untranslated)
    }

    fn treatment_points(&self) -> Vec<String> {
        match self.detail("say") {
            Some(Detail::List(points)) => points.iter().filter_map(text_of).map(str::to_owned).collect(),
            Some(one) => text_of(one).map(str::to_owned).into_iter().collect(),
            None => Vec::new(),
        }
    }

    fn tone(&self) -> Option<String> {
        self.detail("tone").and_then(text_of).map(str::to_owned)
    }

    fn detail(&self, name: &str) -> Option<&Detail> {
        let treatment = self.policy.treatments().get(self.decision.treatment?.index())?;
        treatment.details.get(name)
    }

    fn disclosures(&self, rests: bool) -> Vec<String> {
        let mine = |one: &&crate::disclosure::Disclosure| {
            !rests && one.language == self.told.language && one.kinds.contains(&TemplateKind::Brief)
        };
        self.words.disclosures.iter().filter(mine).map(|one| one.words.clone()).collect()
    }

    /// Nothing in the brief is forbidden, wherever it comes from.
    fn check_words(&mut self, brief: &Brief) {
        let language = self.told.language;
        let parts = brief.spoken().into_iter().chain(brief.not_to_say.iter().map(String::as_str));
        let text = parts.collect::<Vec<_>>().join("\n");
        let found: Vec<TemplateFault> = self.words.checks.of_text(&named("(as a whole)", language), language, &text);
        self.problems.extend(found.into_iter().map(BriefProblem::Template));
    }
}

fn named(stem: &str, language: Language) -> String {
    format!("brief/{stem}.{language}.txt")
}

fn text_of(detail: &Detail) -> Option<&str> {
    match detail {
        Detail::Text(text) => Some(text),
        _ => None,
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn shown_type(kind: &DebtorType, language: Language) -> String {
    kind.shows.get(language.tag()).unwrap_or(&kind.name).clone()
}

fn shown_stage(stage: &Stage, language: Language) -> String {
    stage.shows.get(language.tag()).unwrap_or(&stage.name).clone()
}
