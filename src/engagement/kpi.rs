//! The three KPIs.

use crate::source::document::KpiName;

/// A KPI, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kpi {
    /// RPE: annualised, in the engagement's currency.
    RevenuePerEmployee,
    /// TA: percent of repeatable, low-judgement work that flows through the
    /// system with approval.
    TaskAutomation,
    /// AFD: hours in the month the CEO could be fully out without anything
    /// degrading.
    AwayFromDesk,
}

impl From<KpiName> for Kpi {
    fn from(name: KpiName) -> Self {
        match name {
            KpiName::RevenuePerEmployee => Kpi::RevenuePerEmployee,
            KpiName::TaskAutomation => Kpi::TaskAutomation,
            KpiName::AwayFromDesk => Kpi::AwayFromDesk,
        }
    }
}

impl Kpi {
    /// All three, in the order in which they are shown.
    pub const ALL: [Kpi; 3] = [
        Kpi::RevenuePerEmployee,
        Kpi::TaskAutomation,
        Kpi::AwayFromDesk,
    ];

    /// Its name for a reader.
    pub fn name(self) -> &'static str {
        match self {
            Kpi::RevenuePerEmployee => "Revenue per employee",
            Kpi::TaskAutomation => "Task automation",
            Kpi::AwayFromDesk => "Away from desk",
        }
    }

    /// Its name as an author writes it.
    pub fn key(self) -> &'static str {
        match self {
            Kpi::RevenuePerEmployee => "revenue_per_employee",
            Kpi::TaskAutomation => "task_automation",
            Kpi::AwayFromDesk => "away_from_desk",
        }
    }

    /// Its name in a URL.
    pub fn slug(self) -> &'static str {
        match self {
            Kpi::RevenuePerEmployee => "revenue-per-employee",
            Kpi::TaskAutomation => "task-automation",
            Kpi::AwayFromDesk => "away-from-desk",
        }
    }
}

/// One value a KPI.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PerKpi<T> {
    /// RPE.
    pub revenue_per_employee: T,
    /// TA.
    pub task_automation: T,
    /// AFD.
    pub away_from_desk: T,
}

impl<T> PerKpi<T> {
    /// A value made for each KPI.
    pub fn from_fn(mut make: impl FnMut(Kpi) -> T) -> Self {
        PerKpi {
            revenue_per_employee: make(Kpi::RevenuePerEmployee),
            task_automation: make(Kpi::TaskAutomation),
            away_from_desk: make(Kpi::AwayFromDesk),
        }
    }

    /// The value of one KPI.
    pub fn get(&self, kpi: Kpi) -> &T {
        match kpi {
            Kpi::RevenuePerEmployee => &self.revenue_per_employee,
            Kpi::TaskAutomation => &self.task_automation,
            Kpi::AwayFromDesk => &self.away_from_desk,
        }
    }
}
