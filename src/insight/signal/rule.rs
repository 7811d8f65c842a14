//! The rules, explained: what fires, by which threshold now in force, and
//! why. For the `rules` command and the rule lines of the pages.

use super::Code;
use crate::engagement::kpi::Kpi;
use crate::engagement::playbook::Playbook;
use crate::engagement::segment::Segment;

/// A rule as it is told to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// What it judges.
    pub about: About,
    /// The segment it belongs to.
    pub segment: Segment,
    /// What it says when it holds.
    pub says: &'static str,
    /// Its condition; `{name}` stands for a threshold of the playbook.
    condition: &'static str,
    /// Why, in words.
    pub why: &'static str,
    /// Where the reason comes from.
    pub source: &'static str,
}

/// What a rule judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A month: it fires a signal.
    Signal(Code),
    /// A KPI's figure: it gives a verdict.
    Verdict(Kpi),
    /// A session's minutes: it gives its character.
    Character,
    /// The way to graduation.
    Graduation,
}

impl Rule {
    /// The rule of a signal.
    pub fn of(code: Code) -> Option<&'static Rule> {
        rules()
            .iter()
            .find(|rule| rule.about == About::Signal(code))
    }

    /// The rule of a KPI's verdict. Task automation's is the one that also
    /// fires the signal.
    pub fn of_kpi(kpi: Kpi) -> Option<&'static Rule> {
        let about = match kpi {
            Kpi::TaskAutomation => About::Signal(Code::TaVerdict),
            Kpi::RevenuePerEmployee | Kpi::AwayFromDesk => About::Verdict(kpi),
        };
        rules().iter().find(|rule| rule.about == about)
    }

    /// The condition, with the thresholds now in force.
    pub fn condition(&self, playbook: &Playbook) -> String {
        let mut condition = String::new();
        for (text, threshold) in parts(self.condition) {
            condition.push_str(text);
            if let Some(value) = threshold.and_then(|name| playbook.get(name)) {
                condition.push_str(&value.to_string());
            }
        }
        condition
    }

    /// The names of the playbook's thresholds that it goes by, in the order
    /// in which its condition first names them.
    pub fn thresholds(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for name in parts(self.condition).filter_map(|(_, name)| name) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// Text and the threshold's name that follows it.
fn parts(template: &'static str) -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    template.split('}').map(|part| match part.split_once('{') {
        Some((text, name)) => (text, Some(name)),
        None => (part, None),
    })
}

/// Every rule: the verdicts, the signals in their order, then what leads to
/// graduation.
pub fn rules() -> &'static [Rule] {
    RULES
}

const SESSION: &str = "the monthly session";
const MONTHS: &str = "month 2 against month 12";
const BOTH: &str = "the monthly session; month 2 against month 12";

macro_rules! signal {
    ($code:ident, $says:literal, $condition:literal, $why:literal, $source:ident) => {
        Rule {
            name: Code::$code.name(),
            about: About::Signal(Code::$code),
            segment: Code::$code.segment(),
            says: $says,
            condition: $condition,
            why: $why,
            source: $source,
        }
    };
}

const RULES: &[Rule] = &[
    Rule {
        name: "afd-verdict",
        about: About::Verdict(Kpi::AwayFromDesk),
        segment: Segment::Away,
        says: "how away-from-desk hours stand at this stage",
        condition: "Run month 1: too early. Then, before month {away-from-desk-due}: at or under the baseline behind, over it on track, {away-from-desk-target} h or more ahead. From month {away-from-desk-due}: {away-from-desk-target} h or more on track, else behind",
        why: "It moves first, often in month one or two, because even partial automation and a brief that can be trusted give hours back at once. By month 12 it is the new normal.",
        source: MONTHS,
    },
    Rule {
        name: "rpe-verdict",
        about: About::Verdict(Kpi::RevenuePerEmployee),
        segment: Segment::Headroom,
        says: "how revenue per employee stands at this stage",
        condition: "Through Run month {revenue-too-early}: too early. Then less than {revenue-moved} % over the baseline is investigate. Before month {revenue-due} all else is on track; from then on under {revenue-low} % is behind, {revenue-low} to {revenue-high} % on track, over it ahead",
        why: "It trails every decision that the other two make possible, and needs a quarter or two of business on top. Judged early, it calls an engagement broken that is on track.",
        source: MONTHS,
    },
    signal!(
        GateRubberStamp,
        "raise the acceptance bar",
        "a gate reviewed at least {rubber-stamp-reviewed} % of its cases, and overruled and escalated none",
        "A gate that stops nearly everything while its reviewer waves everything through has its bar too low; people learn to work around it.",
        MONTHS
    ),
    signal!(
        GateBlind,
        "the bar is in the wrong place",
        "a gate reviewed at most {blind-reviewed} % of its cases while wrong ones were found among the others",
        "Few reviews are fine as long as they are the right ones; when cases slip past, the gate looks where nothing is wrong.",
        MONTHS
    ),
    signal!(
        TrustGain,
        "loosen the gate",
        "a gate approved at least {trust-gain-approvals} cases in the month and overruled none",
        "Trust is earned by a record. Some forty approvals without an override are one worth acting on.",
        SESSION
    ),
    signal!(
        TrustLoss,
        "tighten the briefing layer's scope",
        "the briefs missed at least {trust-loss-missed} material patterns in the month",
        "Once can happen. A second time, the agent reads more than it can be trusted with.",
        SESSION
    ),
    signal!(
        ApprovalDrop,
        "look at the gate",
        "a gate's approvals in percent of its reviews fell by at least {approval-drop} points on the calendar month before",
        "A decline in one approval rate is the system's own way of putting a gate on the agenda.",
        SESSION
    ),
    signal!(
        ApprovingTooFast,
        "check the envelope",
        "a gate approved more cases than its declared envelope",
        "Where Layer 4 approves faster than present trust allows, either the envelope or the gate is wrong.",
        SESSION
    ),
    signal!(
        BriefConfidence,
        "where Layer 3 gets stuck",
        "at least {brief-confidence} % of the month's briefs were low in confidence",
        "A wobble this wide comes from a source that changed or is missing, not from chance.",
        SESSION
    ),
    signal!(
        BuildSlipping,
        "Layer 5 is late",
        "the telemetry calls work late, or a decision of an earlier session is still open past its date",
        "What a session decides is the Build backlog for thirty days. If it slips unsaid, the session was a talk.",
        SESSION
    ),
    signal!(
        AutomationSilent,
        "someone turned it off",
        "a live automation reported no run at all",
        "Nobody announces that they turned one off; someone whom nobody showed the acceptance bar just does.",
        MONTHS
    ),
    signal!(
        AfdMoved,
        "what changed",
        "away-from-desk hours differ by at least {away-from-desk-moved} % from the calendar month before or from the mean of three months",
        "An automation ships and they jump, a key hire leaves and they drop: the movement is the insight.",
        SESSION
    ),
    signal!(
        TaVerdict,
        "tune or prune",
        "task automation is behind its stage or above its cap. Run month 1: too early. Then a band: {task-automation-month-2-low} to {task-automation-month-2-high} % at month 2, {task-automation-month-6-low} to {task-automation-month-6-high} % at month 6, {task-automation-month-12-low} to {task-automation-month-12-high} % at month 12, straight between them; {task-automation-target} to {task-automation-cap} % after month 12. Under it behind, in it on track, over it ahead; over {task-automation-cap} % always above cap",
        "It climbs steeply to month 6 and flattens below its cap, past which the work that is left needs judgement. It answers most directly to retuning.",
        BOTH
    ),
    signal!(
        PruneDue,
        "prune before you add",
        "from Run month {prune-from}, no retirement in {prune-window} months in a row, all of them reported; or a live automation is marked for pruning",
        "Roughly once a quarter something built earlier is no longer worth keeping alive, and is taken out on purpose.",
        BOTH
    ),
    signal!(
        Sprawl,
        "drifting to sprawl",
        "from Run month {sprawl-from}, over {sprawl-window} months, all of them reported, something was added and what was retired is less than {sprawl-share} of it",
        "After a year of pure addition the tools are as many as the install was to replace. By month 6 or 7 they should go at roughly the rate they come.",
        MONTHS
    ),
    signal!(
        HeadroomOpen,
        "what is now possible that wasn't six months ago",
        "task automation is above {headroom-task-automation} % and away-from-desk hours are above {headroom-away-from-desk} h",
        "The team has room it didn't have. Room that nobody asks about fills up with busywork.",
        SESSION
    ),
    signal!(
        RpeUnmoved,
        "dig in",
        "after Run month {revenue-too-early}, revenue per employee is less than {revenue-moved} % over the baseline",
        "It is the last to move and shouldn't early. A figure that hasn't by month 9 is a real signal.",
        MONTHS
    ),
    signal!(
        SessionSkipped,
        "the loop is broken",
        "Run months in a row without a held session, told in the month that skipped its own and in the next one; {skipped-exit-risk} in a row are an exit risk",
        "Whoever skips three in a row almost always leaves Run. The pattern is called out before it hardens.",
        MONTHS
    ),
    signal!(
        CeoAbsent,
        "no proxies",
        "a held session noted who came, and the CEO wasn't among them",
        "Pruning, retuning, headroom and graduation are the CEO's calls; a deputy can't make them.",
        SESSION
    ),
    signal!(
        RoomTooLarge,
        "keep it small",
        "more than {room-largest} people were in the room, or a seat other than the CEO, COO, CFO and consultant",
        "Headroom needs candour about weaknesses that few leaders show before their own reports.",
        SESSION
    ),
    signal!(
        NotPaying,
        "the month's highest priority",
        "the closing answer is no or unclear",
        "If nobody can tell whether the system pays for itself, either the measurement is broken or the system is.",
        SESSION
    ),
    signal!(
        GraduationTalk,
        "start the conversation",
        "the closing answer has been yes for at least {graduation-streak} months in a row",
        "The goal of Run is not to be needed: by then the firm's own leadership runs the system.",
        SESSION
    ),
    signal!(
        Quiet,
        "give the time to headroom",
        "telemetry was reported and no other signal fired",
        "A session is never skipped because there is nothing to repair; its time belongs to headroom.",
        SESSION
    ),
    Rule {
        name: "session-character",
        about: About::Character,
        segment: Segment::Closing,
        says: "what kind of session it was",
        condition: "by real minutes: strategy if the first three segments together took at most {strategy-operations} and headroom at least {strategy-headroom}; triage if the first three took more than half of the session; else mixed",
        why: "Month 2 is triage and month 12 strategy. Both are healthy, and the way from one to the other is the work.",
        source: MONTHS,
    },
    Rule {
        name: "graduation-streak",
        about: About::Graduation,
        segment: Segment::Closing,
        says: "the first criterion",
        condition: "yes in {graduation-streak} months in a row; no, unclear and a month without a held session begin anew, unless the playbook lets a skipped one pause",
        why: "A year of yes means that the firm's leadership owns the system, not the consultant.",
        source: SESSION,
    },
    Rule {
        name: "graduation-strategy",
        about: About::Graduation,
        segment: Segment::Closing,
        says: "the second criterion",
        condition: "the latest {graduation-strategy} held sessions were strategy",
        why: "When a few minutes of everything's fine are followed by strategy two or three months in a row, nobody is needed in the room every month.",
        source: MONTHS,
    },
    Rule {
        name: "graduation-kpis",
        about: About::Graduation,
        segment: Segment::Closing,
        says: "the third criterion",
        condition: "all three KPIs are on track or ahead in the last month whose session was held",
        why: "The KPIs are where they should be for the firm's size and stage.",
        source: MONTHS,
    },
    Rule {
        name: "graduation-window",
        about: About::Graduation,
        segment: Segment::Closing,
        says: "the months in which graduation should come",
        condition: "Run months 1 to {graduation-window}",
        why: "The retainer ends when it should end, and both sides have a reason to get there.",
        source: BOTH,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_and_kpi_has_its_rule_in_order() {
        let explained: Vec<Code> = rules()
            .iter()
            .filter_map(|rule| match rule.about {
                About::Signal(code) => Some(code),
                _ => None,
            })
            .collect();
        assert_eq!(explained, Code::ALL);
        for kpi in Kpi::ALL {
            assert!(Rule::of_kpi(kpi).is_some(), "{}", kpi.name());
        }
        assert_eq!(Rule::of(Code::Sprawl).map(|rule| rule.name), Some("sprawl"));
    }

    #[test]
    fn names_differ_and_thresholds_exist() {
        let playbook = Playbook::default();
        let mut names: Vec<&str> = rules().iter().map(|rule| rule.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), rules().len());
        for rule in rules() {
            for threshold in rule.thresholds() {
                assert!(
                    playbook.get(threshold).is_some(),
                    "{}: {threshold}",
                    rule.name
                );
            }
            let condition = rule.condition(&playbook);
            assert!(!condition.contains(['{', '}']), "{condition}");
        }
    }

    #[test]
    fn every_threshold_is_explained_by_a_rule() {
        let named: Vec<&str> = rules().iter().flat_map(Rule::thresholds).collect();
        for entry in Playbook::ENTRIES {
            assert!(named.contains(&entry.name), "{}", entry.name);
        }
    }

    #[test]
    fn a_condition_tells_the_threshold_in_force() {
        let mut playbook = Playbook::default();
        playbook.set("rubber-stamp-reviewed", 97.5);
        let rule = Rule::of(Code::GateRubberStamp).unwrap();
        assert_eq!(
            rule.condition(&playbook),
            "a gate reviewed at least 97.5 % of its cases, and overruled and escalated none"
        );
        assert_eq!(rule.thresholds(), ["rubber-stamp-reviewed"]);
    }
}
