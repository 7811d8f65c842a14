//! `kpis.csv` and `decisions.csv`: a row a month or decision.

use super::{Entry, action, closed, status};
use crate::engagement::kpi::Kpi;
use crate::insight::series::Series;
use crate::insight::verdict::Verdict;
use crate::site::page::Context;
use crate::site::page::context::Part;

/// Every KPI's months.
pub(super) fn kpis(context: Context<'_>) -> Vec<u8> {
    let heads = [
        "kpi",
        "month",
        "run_month",
        "value",
        "provisional",
        "change",
        "rolling_mean",
        "on_baseline",
        "verdict",
    ];
    let mut csv = csv_of(&[heads.map(ToOwned::to_owned).to_vec()]);
    for kpi in Kpi::ALL {
        let rows = context.part(Part::Exported(Entry::Kpi(kpi)), |context| {
            kpi_rows(context.series(kpi))
        });
        csv.extend_from_slice(&rows);
    }
    csv
}

fn kpi_rows(series: &Series) -> Vec<u8> {
    let kpi = series.kpi.key();
    let mut rows = Vec::with_capacity(series.points.len() + 1);
    if let Some((month, value)) = series
        .baseline
        .filter(|(month, _)| !series.points.contains_key(month))
    {
        let mut row = vec![String::new(); 9];
        kpi.clone_into(&mut row[0]);
        row[1] = month.to_string();
        row[3] = number(Some(value));
        "baseline".clone_into(&mut row[8]);
        rows.push(row);
    }
    for point in series.points.values() {
        rows.push(vec![
            kpi.to_owned(),
            point.month.to_string(),
            point
                .run_month
                .map_or_else(String::new, |number| number.to_string()),
            number(point.value),
            point.provisional.to_string(),
            number(point.change),
            number(point.rolling_mean),
            number(point.on_baseline),
            point.verdict.map_or("", Verdict::word).to_owned(),
        ]);
    }
    csv_of(&rows)
}

/// Every decision.
pub(super) fn decisions(context: Context<'_>) -> Vec<u8> {
    let mut rows = vec![
        [
            "id",
            "month",
            "made",
            "action",
            "what",
            "automation",
            "owner",
            "due",
            "status",
            "closed",
            "answered",
        ]
        .map(ToOwned::to_owned)
        .to_vec(),
    ];
    for tracked in context.decisions() {
        let decision = &tracked.decision;
        rows.push(vec![
            text(&decision.id.value),
            tracked.month.to_string(),
            tracked.made.to_string(),
            action(decision.action).to_owned(),
            text(&decision.what),
            decision
                .automation
                .as_ref()
                .map_or_else(String::new, |id| text(&id.value)),
            text(&decision.owner.value),
            tracked.due().to_string(),
            status(tracked).to_owned(),
            closed(tracked).map_or_else(String::new, |month| month.to_string()),
            tracked.answers.len().to_string(),
        ]);
    }
    csv_of(&rows)
}

fn csv_of(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        // Writing to memory fails only for rows of unequal length, and these
        // are made a few lines up with one length each.
        if writer.write_record(row).is_err() {
            break;
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell of text that no spreadsheet takes for a formula: one that begins as
/// a formula does is given an apostrophe before it.
fn text(cell: &str) -> String {
    let risky = cell
        .trim_start()
        .starts_with(['=', '+', '-', '@', '\t', '\r', '|', '%'])
        || cell.starts_with(['\t', '\r', '\n']);
    if risky {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| (value + 0.0).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        for cell in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "  =cmd|' /C calc'!A0",
            "|x",
            "%x",
        ] {
            assert!(text(cell).starts_with('\''), "{cell:?}");
        }
        assert_eq!(text("Dock-slot bot, all sites"), "Dock-slot bot, all sites");
        let rows = vec![vec![
            text("=HYPERLINK(\"https://x\")"),
            "a,\"b\"\nc".to_owned(),
        ]];
        assert_eq!(
            String::from_utf8(csv_of(&rows)).unwrap(),
            "\"'=HYPERLINK(\"\"https://x\"\")\",\"a,\"\"b\"\"\nc\"\r\n"
        );
    }

    #[test]
    fn numbers_are_unrounded_and_absent_ones_empty() {
        assert_eq!(number(Some(26.0 + 5.0 / 6.0)), "26.833333333333332");
        assert_eq!(number(Some(-3.5)), "-3.5");
        assert_eq!(number(Some(-0.0)), "0");
        assert_eq!(number(None), "");
    }
}
