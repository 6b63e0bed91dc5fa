//! A brief as text, on a page or a screen.

use super::Brief;
use crate::Language;

/// The headings of a brief.
struct Headings {
    brief: &'static str,
    tone: &'static str,
    do_not_call: &'static str,
    stopped_by: &'static str,
    identity: &'static str,
    opening: &'static str,
    points: &'static str,
    policy: &'static str,
    offers: &'static str,
    close: &'static str,
    voicemail: &'static str,
    not_to_say: &'static str,
    record: &'static str,
    untranslated: &'static str,
}

const ENGLISH: Headings = Headings {
    brief: "Brief",
    tone: "tone",
    do_not_call: "Do not call now; this is for a person who calls us. Decided",
    stopped_by: "Ask for nothing. Stopped by",
    identity: "1. Who is it? Nothing else before this",
    opening: "2. At once",
    points: "3. Say",
    policy: "   The policy adds",
    offers: "4. Offer",
    close: "5. Close",
    voicemail: "   If a voicemail answers, this and nothing else",
    not_to_say: "6. Do not say",
    record: "7. Record",
    untranslated: "Not in this language, and left out",
};

const CHINESE: Headings = Headings {
    brief: "通话要点",
    tone: "语气",
    do_not_call: "现在不要去电，仅供客户来电时使用。决定",
    stopped_by: "不要求任何款项。原因",
    identity: "1. 先确认本人，之前什么都不说",
    opening: "2. 开门见山",
    points: "3. 要说的",
    policy: "   政策补充",
    offers: "4. 可提供的方案",
    close: "5. 结束语",
    voicemail: "   如转入语音信箱，只说这一段",
    not_to_say: "6. 不要说",
    record: "7. 记录",
    untranslated: "没有本语言的说法，已略去",
};

fn brief_lines(line: Option<&String>) -> &[String] {
    line.map_or(&[], std::slice::from_ref)
}

impl Brief {
    /// The brief as text.
    pub fn text(&self) -> String {
        let headings = match self.language {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        };
        let seconds = match self.language {
            Language::English => format!("{} of {} seconds", self.seconds, self.most_seconds),
            Language::Chinese => format!("{}秒，最多{}秒", self.seconds, self.most_seconds),
        };
        let mut out = format!("{}: {} / {} ({seconds})\n", headings.brief, self.debtor_type, self.stage);
        if let Some(tone) = &self.tone {
            out.push_str(&format!("{}: {tone}\n", headings.tone));
        }
        if !self.in_person {
            out.push_str(&format!("{}: {}\n", headings.do_not_call, self.decided));
        }
        if !self.held_by.is_empty() {
            out.push_str(&format!("{}: {}\n", headings.stopped_by, self.held_by.join(", ")));
        }
        let mut section = |heading: &str, lines: &[String]| {
            if !lines.is_empty() {
                out.push_str(&format!("\n{heading}\n"));
                for line in lines {
                    out.push_str(&format!("   {line}\n"));
                }
            }
        };
        section(headings.identity, std::slice::from_ref(&self.identity));
        let opening: Vec<String> = std::iter::once(&self.opening).chain(&self.disclosures).cloned().collect();
        section(headings.opening, &opening);
        section(headings.points, &self.points);
        section(headings.policy, &self.policy_points);
        let left_out = (self.offers_left_out > 0).then(|| self.left_out());
        section(headings.offers, &self.offers.iter().cloned().chain(left_out).collect::<Vec<_>>());
        section(headings.close, std::slice::from_ref(&self.close));
        section(headings.voicemail, brief_lines(self.voicemail.as_ref()));
        section(headings.not_to_say, &self.not_to_say);
        let record: Vec<String> = self.record.iter().map(|one| format!("{:<20} {}", one.code, one.meaning)).collect();
        section(headings.record, &record);
        section(headings.untranslated, &self.untranslated);
        out
    }

    /// That there are more offers than can be said in time.
    fn left_out(&self) -> String {
        match (self.language, self.offers_left_out) {
            (Language::English, 1) => "(1 more choice, if they ask: there is no time for all.)".to_owned(),
            (Language::English, more) => format!("({more} more choices, if they ask: there is no time for all.)"),
            (Language::Chinese, more) => format!("（另有{more}个方案，时间所限不逐一说明，客户问起再提。）"),
        }
    }
}
