//! A chart is checked before it is drawn, so that the drawing can trust it.

use super::ChartError;
use super::input::KpiChart;

impl KpiChart {
    /// The chart with what is no number left out, once it is known to fit
    /// its months and its axis.
    pub(super) fn checked(&self) -> Result<Self, ChartError> {
        slug(&self.id)?;
        if self.months.is_empty() {
            return Err(ChartError::NoMonths(self.id.clone()));
        }
        self.check_months()?;
        let mut chart = self.clone();
        let finite = |value: &Option<f64>| value.filter(|value| value.is_finite());
        chart.values = self.values.iter().map(finite).collect();
        chart.rolling_mean = self.rolling_mean.iter().map(finite).collect();
        chart
            .baseline
            .take_if(|baseline| !baseline.value.is_finite());
        chart.phases.retain(|phase| phase.starts_at.is_finite());
        if let Some(stage) = &mut chart.stage_band {
            for month in &mut stage.months {
                month.take_if(|(low, high)| !(low.is_finite() && high.is_finite()));
            }
        }
        chart.check_axis()?;
        Ok(chart)
    }

    fn check_months(&self) -> Result<(), ChartError> {
        let months = self.months.len();
        let stage = self
            .stage_band
            .as_ref()
            .map_or(0, |stage| stage.months.len());
        let event = self.events.iter().map(|event| event.month + 1).max();
        let baseline = self
            .baseline
            .as_ref()
            .map_or(0, |baseline| baseline.month + 1);
        let reaches = [
            ("values", self.values.len()),
            ("provisional marks", self.provisional.len()),
            ("rolling means", self.rolling_mean.len()),
            ("hints", self.hints.len()),
            ("stage bands", stage),
            ("events", event.unwrap_or(0)),
            ("baseline", baseline),
        ];
        match reaches.into_iter().find(|(_, reach)| *reach > months) {
            Some((what, _)) => Err(ChartError::PastMonths {
                chart: self.id.clone(),
                what,
            }),
            None => Ok(()),
        }
    }

    fn check_axis(&self) -> Result<(), ChartError> {
        let band = self
            .target_band
            .iter()
            .flat_map(|band| [Some(band.low), band.high])
            .flatten();
        let stage = self
            .stage_band
            .iter()
            .flat_map(|stage| stage.months.iter().flatten());
        // Sums of steps may miss a tick by a hair.
        let slack = (self.axis.high() - self.axis.low()) * 1e-6;
        let outside = self
            .values
            .iter()
            .chain(&self.rolling_mean)
            .filter_map(|value| *value)
            .chain(self.baseline.iter().map(|baseline| baseline.value))
            .chain(band)
            .chain(stage.flat_map(|(low, high)| [*low, *high]))
            .find(|value| {
                !(*value >= self.axis.low() - slack && *value <= self.axis.high() + slack)
            });
        match outside {
            Some(value) => Err(ChartError::OutsideAxis {
                chart: self.id.clone(),
                value: value.to_string(),
            }),
            None => Ok(()),
        }
    }
}

/// Whether ids can be made of an id.
pub(super) fn slug(id: &str) -> Result<(), ChartError> {
    let is_slug = id.starts_with(|first: char| first.is_ascii_lowercase())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if is_slug {
        Ok(())
    } else {
        Err(ChartError::Id(id.to_owned()))
    }
}
