//! What each file holds, as the author wrote it: every field absent,
//! unreadable or given, nothing checked beyond its shape.

mod engagement;
mod fit_check;
mod leadership;
mod questionnaire;
mod settings;
mod telemetry;

pub use engagement::{EngagementFile, PhasesFile, SeatFile};
pub use fit_check::{BaselineFile, FitCheckFile};
pub use leadership::{
    Action, Answer, AttendeeFile, BetFile, BetKind, BetStatus, ClosingFile, DecisionFile,
    FollowUpFile, LeadershipFile, MinutesFile, Outcome,
};
pub use questionnaire::{
    AnswerFile, BandFile, InstallFile, PartName, QuestionFile, QuestionnaireFile, ThresholdsFile,
};
pub use settings::{PrivacyFile, SettingsFile};
pub use telemetry::{
    AutomationFile, BriefingFile, BuildFile, CaptureFile, CleaningFile, GateFile, KpiName,
    KpisFile, LayerName, LayersFile, PushbackFile, TelemetryFile, TrustChange, TrustFile,
    WatchFile, WatchKind,
};
