//! The signals' names, in the order in which the rules are told.

use crate::engagement::segment::Segment;

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal in $segment:ident;)*) => {
        /// What a signal says, as one of a fixed set.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// All in order.
            pub const ALL: &'static [Code] = &[$(Code::$code,)*];

            /// Its name in the rules, on a page and in the data.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Code::$code => $name,)*
                }
            }

            /// The segment whose time it asks for.
            ///
            /// What the layers did belongs to the state of the system; what
            /// breaks the loop itself (who came, whether anyone came, whether
            /// it pays) to the closing question, where the engagement is
            /// talked about rather than the system.
            pub const fn segment(self) -> Segment {
                match self {
                    $(Code::$code => Segment::$segment,)*
                }
            }
        }
    };
}

codes! {
    /// Raise the acceptance bar.
    GateRubberStamp = "gate-rubber-stamp" in State;
    /// The bar is in the wrong place.
    GateBlind = "gate-blind" in State;
    /// Loosen the gate.
    TrustGain = "trust-gain" in State;
    /// Tighten the briefing layer's scope.
    TrustLoss = "trust-loss" in State;
    /// Look at the gate.
    ApprovalDrop = "approval-drop" in State;
    /// Check the envelope.
    ApprovingTooFast = "approving-too-fast" in State;
    /// Where Layer 3 gets stuck.
    BriefConfidence = "brief-confidence" in State;
    /// Layer 5 is late.
    BuildSlipping = "build-slipping" in Upgrades;
    /// Someone turned it off.
    AutomationSilent = "automation-silent" in State;
    /// What changed?
    AfdMoved = "afd-moved" in Away;
    /// Tune or prune.
    TaVerdict = "ta-verdict" in Automation;
    /// Prune before you add.
    PruneDue = "prune-due" in Automation;
    /// Drifting to sprawl.
    Sprawl = "sprawl" in Automation;
    /// What is now possible that wasn't six months ago?
    HeadroomOpen = "headroom-open" in Headroom;
    /// Dig in.
    RpeUnmoved = "rpe-unmoved" in Headroom;
    /// The loop is broken.
    SessionSkipped = "session-skipped" in Closing;
    /// No proxies.
    CeoAbsent = "ceo-absent" in Closing;
    /// Keep it small.
    RoomTooLarge = "room-too-large" in Closing;
    /// The month's highest priority.
    NotPaying = "not-paying" in Closing;
    /// Start the conversation.
    GraduationTalk = "graduation-talk" in Closing;
    /// Give the time to headroom.
    Quiet = "quiet" in Headroom;
}
