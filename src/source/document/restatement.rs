#[cfg(test)]
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Answer, KpiName};
use crate::source::field::{Date, Field};

/// A figure that was changed after a board's memo had shown it. It stands in
/// the file that holds the figure.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["kpi", "date", "reason"])))]
pub struct RestatementFile {
    /// The KPI.
    pub kpi: Field<KpiName>,
    /// What the memo shows; left out if the memo says that it was not
    /// reported.
    pub was: Field<f64>,
    /// The day it was changed.
    pub date: Field<Date>,
    /// Why, in words that follow "because".
    pub reason: Field<String>,
}

/// A closing answer that was changed after a board's memo had shown it.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(JsonSchema))]
#[serde(default)]
#[cfg_attr(test, schemars(extend("required" = ["date", "reason"])))]
pub struct AnswerRestatementFile {
    /// What the memo shows; left out if the memo says that no session was
    /// held.
    pub was: Field<Answer>,
    /// The day it was changed.
    pub date: Field<Date>,
    /// Why, in words that follow "because".
    pub reason: Field<String>,
}
