//! The playbook: every threshold that a rule judges by, with its default and
//! why it is what it is. An engagement may override each by name.

/// What a playbook entry says about itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// The name that `engagement.yaml` overrides it by.
    pub name: &'static str,
    /// The threshold unless overridden.
    pub default: f64,
    /// What it counts: `%`, `h`, `pp`, `months`, ….
    pub unit: &'static str,
    /// Least and greatest sensible value.
    pub range: (f64, f64),
    /// Why it is what it is.
    pub why: &'static str,
}

macro_rules! playbook {
    ($($(#[$doc:meta])* $field:ident: $name:literal = $default:literal $unit:literal, $low:literal..$high:literal, $why:literal;)*) => {
        /// The thresholds in force.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Playbook {
            $($(#[$doc])* pub $field: f64,)*
            /// Whether an agreed pause keeps the streak (`skipped: pause`)
            /// instead of resetting it, which is the default (`reset`).
            pub skipped_pauses: bool,
        }

        impl Default for Playbook {
            fn default() -> Self {
                Playbook { $($field: $default,)* skipped_pauses: false }
            }
        }

        impl Playbook {
            /// Every threshold in the order in which `rules` explains them.
            pub const ENTRIES: &'static [Entry] = &[
                $(Entry { name: $name, default: $default, unit: $unit, range: ($low as f64, $high as f64), why: $why },)*
            ];

            /// The threshold now in force by its name.
            pub fn get(&self, name: &str) -> Option<f64> {
                match name {
                    $($name => Some(self.$field),)*
                    _ => None,
                }
            }

            /// Overrides a threshold by its name; false if there is none.
            pub fn set(&mut self, name: &str, value: f64) -> bool {
                match name {
                    $($name => self.$field = value,)*
                    _ => return false,
                }
                true
            }
        }
    };
}

playbook! {
    /// Hours a month from which away-from-desk autonomy is where it should be.
    away_from_desk_target: "away-from-desk-target" = 20.0 "h", 0..744, "past 20 hours a month the CEO's absence is normal, and headroom can be talked about";
    /// The month from which away-from-desk autonomy must have reached it.
    away_from_desk_due: "away-from-desk-due" = 12.0 "months", 2..60, "by month 12 it is the new normal";
    /// The stage band's lower edge at month 2.
    task_automation_month_2_low: "task-automation-month-2-low" = 20.0 "%", 0..100, "the automations from Build come online: usually 20 to 45 at month 2";
    /// The stage band's upper edge at month 2.
    task_automation_month_2_high: "task-automation-month-2-high" = 45.0 "%", 0..100, "the automations from Build come online: usually 20 to 45 at month 2";
    /// The stage band's lower edge at month 6.
    task_automation_month_6_low: "task-automation-month-6-low" = 45.0 "%", 0..100, "the curve is steep in months two to six";
    /// The stage band's upper edge at month 6.
    task_automation_month_6_high: "task-automation-month-6-high" = 62.0 "%", 0..100, "the curve is steep in months two to six";
    /// The stage band's lower edge at month 12.
    task_automation_month_12_low: "task-automation-month-12-low" = 55.0 "%", 0..100, "then it flattens towards its ceiling: 55 to 70 at month 12";
    /// The stage band's upper edge at month 12.
    task_automation_month_12_high: "task-automation-month-12-high" = 70.0 "%", 0..100, "then it flattens towards its ceiling: 55 to 70 at month 12";
    /// The target band's lower edge, after month 12.
    task_automation_target: "task-automation-target" = 60.0 "%", 0..100, "the target is 60 to 70 percent";
    /// The target band's upper edge, always.
    task_automation_cap: "task-automation-cap" = 70.0 "%", 0..100, "past 70 percent the work that is left needs judgement, and automating it costs more to watch than it saves";
    /// The last month in which revenue per employee is not judged.
    revenue_too_early: "revenue-too-early" = 8.0 "months", 0..60, "it trails every decision the other two make possible; at month 3 it shouldn't have moved";
    /// Percent over the baseline under which it hasn't moved.
    revenue_moved: "revenue-moved" = 3.0 "%", 0..1000, "a figure that hasn't moved by month 9 is a real signal, and we dig in";
    /// The month from which it must have reached its range.
    revenue_due: "revenue-due" = 12.0 "months", 1..60, "by month 12 it is usually 15 to 35 percent over the Fit Check baseline";
    /// Percent over the baseline from which it is on track when due.
    revenue_low: "revenue-low" = 15.0 "%", 0..1000, "usually 15 to 35 percent over the Fit Check baseline";
    /// Percent over the baseline above which it is ahead.
    revenue_high: "revenue-high" = 35.0 "%", 0..1000, "usually 15 to 35 percent over the Fit Check baseline";
    /// Percent of cases reviewed from which a gate with no correction is a stamp.
    rubber_stamp_reviewed: "rubber-stamp-reviewed" = 95.0 "%", 0..100, "a gate that fires on 95 percent of cases and corrects none has its bar too low";
    /// Percent of cases reviewed up to which misses mean a blind gate.
    blind_reviewed: "blind-reviewed" = 10.0 "%", 0..100, "a gate that fires on ten percent while others slip past has its bar in the wrong place";
    /// Approvals in a month without an override from which a gate may loosen.
    trust_gain_approvals: "trust-gain-approvals" = 40.0 "approvals", 1..100_000, "some forty approvals with no override earn trust";
    /// Material patterns missed from which a briefing's scope is tightened.
    trust_loss_missed: "trust-loss-missed" = 2.0 "patterns", 1..1000, "a material pattern missed twice is a loss of trust";
    /// Points by which a gate's approval rate must fall on last month.
    approval_drop: "approval-drop" = 5.0 "pp", 0..100, "a decline in one gate's approval rate belongs on the agenda";
    /// Percent of briefs low in confidence.
    brief_confidence: "brief-confidence" = 20.0 "%", 0..100, "where confidence wobbles is where Layer 3 gets stuck";
    /// Percent by which away-from-desk hours must differ.
    away_from_desk_moved: "away-from-desk-moved" = 10.0 "%", 0..1000, "it is a moving target, and the movement is the insight";
    /// The Run month from which missing retirements are said.
    prune_from: "prune-from" = 3.0 "months", 1..60, "roughly once a quarter something is no longer worth keeping alive";
    /// Months without a retirement, in a row, from which pruning is due.
    prune_window: "prune-window" = 3.0 "months", 1..24, "a quarter without a retirement is as long as it should be";
    /// The Run month from which sprawl is looked for.
    sprawl_from: "sprawl-from" = 6.0 "months", 1..60, "by month 6 or 7 things should be retired at roughly the rate they are added";
    /// Months over which what was added and retired is counted.
    sprawl_window: "sprawl-window" = 6.0 "months", 1..24, "half a year evens out a month in which much was shipped at once";
    /// The share of what was added that must have been retired.
    sprawl_share: "sprawl-share" = 0.5 "of added", 0..10, "retiring less than half of what is added drifts back to sprawl";
    /// Task automation above which headroom is open.
    headroom_task_automation: "headroom-task-automation" = 55.0 "%", 0..100, "the headroom question opens when task automation clears 55";
    /// Away-from-desk hours above which headroom is open.
    headroom_away_from_desk: "headroom-away-from-desk" = 20.0 "h", 0..744, "and away-from-desk autonomy clears 20 hours a month";
    /// Sessions skipped in a row that are an exit risk.
    skipped_exit_risk: "skipped-exit-risk" = 3.0 "sessions", 1..24, "clients who skip three in a row almost always leave Run";
    /// People in the room above which it is too large.
    room_largest: "room-largest" = 4.0 "people", 1..20, "the session diffuses the second it has more than three or four people in it";
    /// Consecutive yes months that open the graduation talk.
    graduation_streak: "graduation-streak" = 12.0 "months", 1..60, "twelve consecutive yes answers start the graduation conversation";
    /// The months in which graduation should come.
    graduation_window: "graduation-window" = 24.0 "months", 1..120, "the 24-month window for getting there";
    /// Held sessions in a row that must have been strategy for graduation.
    graduation_strategy: "graduation-strategy" = 2.0 "sessions", 1..12, "for two or three months in a row the session has been about strategy, not about the system";
    /// Minutes of the first three segments together up to which a session is strategy.
    strategy_operations: "strategy-operations" = 10.0 "min", 0..90, "a five-minute \"everything's fine\"";
    /// Minutes of headroom from which it is strategy.
    strategy_headroom: "strategy-headroom" = 40.0 "min", 0..90, "and forty-five minutes of strategy that has nothing to do with the system";
}

/// A threshold that counts whole things: months, sessions.
pub fn whole(threshold: f64) -> i32 {
    // An entry's range keeps it small; `as` saturates whatever else comes.
    let whole = threshold.round() as i32;
    whole.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_found_by_its_name_and_lies_in_its_range() {
        let mut playbook = Playbook::default();
        for entry in Playbook::ENTRIES {
            assert_eq!(
                playbook.get(entry.name),
                Some(entry.default),
                "{}",
                entry.name
            );
            assert!(
                entry.range.0 <= entry.default && entry.default <= entry.range.1,
                "{}",
                entry.name
            );
            assert!(playbook.set(entry.name, entry.range.1));
            assert_eq!(playbook.get(entry.name), Some(entry.range.1));
        }
        assert!(!playbook.set("no-such-threshold", 1.0));
    }
}
