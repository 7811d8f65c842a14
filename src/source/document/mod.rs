//! What each file holds, as the author wrote it: every field absent,
//! unreadable or given, nothing checked beyond its shape.

mod board;
mod engagement;
mod fit_check;
mod leadership;
mod programme;
mod questionnaire;
mod restatement;
mod settings;
pub mod snapshot;
mod telemetry;

pub use board::{AskFile, BoardFile, CommentsFile, ProgrammeDecisionsFile, RiskFile, RiskLevel};
pub use engagement::{EngagementFile, PhasesFile, SeatFile};
pub use fit_check::{BaselineFile, FitCheckFile};
pub use leadership::{
    Action, Answer, AttendeeFile, BetFile, BetKind, BetStatus, ClosingFile, DecisionFile,
    FollowUpFile, LeadershipFile, MinutesFile, Outcome,
};
pub use programme::{
    AgendaItemFile, AppetiteFile, AssumptionFile, Better, BottleneckFile, CadenceFile,
    CommitmentFile, ConstraintFile, ConstraintKind, ControlFile, ControlStanding, CurrentStateFile,
    DecisionBriefFile, DecisionRightFile, EndStateFile, HeatFile, HeatLevel, InputsFile,
    InterviewGroup, InterviewsFile, MetricFile, MetricKind, PathFile, PathwayFile, PathwaysFile,
    PlanItemFile, PreReadsFile, PreWorkFile, ProgrammeRiskFile, ProgrammeSeatsFile, ResourceFile,
    Rhythm, Right, RoadmapGateFile, RoadmapItemFile, ScoresFile, SignatureFile, StageFile,
    StatementFile, WeightsFile, WorkstreamFile,
};
pub use questionnaire::{
    AnswerFile, BandFile, InstallFile, PartName, QuestionFile, QuestionnaireFile, ThresholdsFile,
};
pub use restatement::{AnswerRestatementFile, RestatementFile};
pub use settings::{BoardSettingsFile, PrivacyFile, SettingsFile};
pub use telemetry::{
    AutomationFile, BriefingFile, BuildFile, CaptureFile, CleaningFile, GateFile, KpiName,
    KpisFile, LayerName, LayersFile, PushbackFile, TelemetryFile, TrustChange, TrustFile,
    WatchFile, WatchKind,
};
