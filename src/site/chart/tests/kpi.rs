//! KPI charts, case by case.

use super::*;

#[test]
fn every_drawing_can_be_published() {
    let view = task_automation().draw().unwrap();
    assert_eq!(view.gutter, "small");
    let sizes: Vec<&str> = view.drawings.iter().map(|drawing| drawing.size).collect();
    assert_eq!(sizes, ["wide", "medium", "narrow"]);
    for drawing in &view.drawings {
        assert_publishable(&drawing.svg);
    }
    assert_texts_inside(&view);
    let wide = view.drawings[0].svg.as_str();
    assert!(wide.contains("&amp; &quot;autonomy&quot; &lt;by month&gt;</title>"));
    assert!(wide.contains("viewBox=\"0 0 1000 368\""));
    assert_eq!(view.drawings[0].notes, []);
}

#[test]
fn ids_differ_between_the_drawings_of_a_page() {
    let view = task_automation().draw().unwrap();
    let mut ids: Vec<String> = Vec::new();
    for drawing in &view.drawings {
        for tag in parsed(&drawing.svg) {
            ids.extend(attribute(&tag, "id").map(ToOwned::to_owned));
        }
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert!(ids.iter().all(|id| id.starts_with("task-automation-")));
}

#[test]
fn drawing_twice_gives_the_same_bytes() {
    assert_eq!(task_automation().draw(), task_automation().draw());
    let line = sparkline(vec![Some(5.0), None, Some(27.0)]);
    assert_eq!(line.draw(), line.draw());
}

#[test]
fn a_chart_is_drawn_with_and_without_its_events_at_once() {
    let mut chart = task_automation();
    assert!(!chart.events.is_empty());
    let [with, without] = chart.draw_with_and_without_events().unwrap();
    assert_eq!(with, chart.draw().unwrap());
    chart.events.clear();
    assert_eq!(without, chart.draw().unwrap());
    assert_ne!(with, without);
    let both = chart.draw_with_and_without_events().unwrap();
    assert_eq!(both, [without.clone(), without]);
}

#[test]
fn a_gap_in_the_figures_is_a_gap_in_the_line() {
    let mut chart = task_automation();
    chart.rolling_mean.clear();
    let lines = |chart: &KpiChart| {
        let view = chart.draw().unwrap();
        parsed(&view.drawings[0].svg)
            .iter()
            .filter(|tag| tag.0 == "path" && attribute(tag, "stroke") == Some("var(--accent)"))
            .map(|tag| attribute(tag, "d").unwrap().matches(['L', ' ']).count())
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(&chart).len(), 1);
    chart.values[10] = None;
    assert_eq!(lines(&chart).len(), 2);
    chart.values = vec![None; 21];
    assert_eq!(lines(&chart).len(), 0);
}

#[test]
fn a_figure_without_neighbours_is_a_point() {
    let mut chart = task_automation();
    chart.values = vec![None; 21];
    chart.values[10] = Some(40.0);
    chart.values[15] = Some(50.0);
    chart.baseline = None;
    chart.events.clear();
    for drawing in chart.draw().unwrap().drawings {
        let points = parsed(&drawing.svg)
            .iter()
            .filter(|tag| tag.0 == "circle")
            .count();
        assert_eq!(points, 2, "{}", drawing.size);
    }
}

#[test]
fn provisional_points_are_hollow() {
    let mut chart = task_automation();
    let hollow = |chart: &KpiChart| {
        let view = chart.draw().unwrap();
        parsed(&view.drawings[2].svg)
            .iter()
            .filter(|tag| {
                attribute(tag, "stroke") == Some("var(--accent)")
                    && attribute(tag, "fill") == Some("var(--paper)")
            })
            .count()
    };
    let before = hollow(&chart);
    chart.provisional[12] = true;
    assert_eq!(hollow(&chart), before + 1);
}

#[test]
fn the_latest_figure_is_text_where_there_is_no_room_beside() {
    let view = task_automation().draw().unwrap();
    for drawing in &view.drawings {
        let direct = drawing.svg.as_str().contains(">63.0</text>");
        assert_eq!(direct, drawing.size != "narrow");
        assert_eq!(drawing.latest.is_some(), drawing.size == "narrow");
    }
}

#[test]
fn every_word_is_drawn_or_noted() {
    let mut chart = task_automation();
    chart.months = months(60);
    chart.values = (0..60)
        .map(|month| Some(f64::from(month * 7 % 80)))
        .collect();
    chart.rolling_mean.clear();
    chart.events = (0..12)
        .map(|index| Event {
            number: index + 1,
            month: index * 5,
        })
        .collect();
    chart.phases.push(Phase {
        name: "Graduated".to_owned(),
        starts_at: 58.5,
    });
    let view = chart.draw().unwrap();
    assert_texts_inside(&view);
    for drawing in &view.drawings {
        let notes: Vec<&str> = drawing
            .notes
            .iter()
            .map(|note| note.text.as_str())
            .collect();
        let said = format!("{} {}", drawing.svg.as_str(), notes.join(" "));
        for word in [
            "Baseline 9.0",
            "Target 60–70",
            "Stage band",
            "Blueprint",
            "Graduated",
        ] {
            assert!(said.contains(word), "{word} in {}", drawing.size);
        }
        let numbers = parsed(&drawing.svg)
            .iter()
            .filter(|tag| attribute(tag, "font-size") == Some("12"))
            .count();
        assert_eq!(numbers, 12);
    }
}

#[test]
fn few_months_have_a_plot_too() {
    for count in [1, 2, 3] {
        let mut chart = task_automation();
        chart.months = months(count);
        chart.values = vec![Some(18.0); count];
        chart.rolling_mean = vec![None; count];
        chart.provisional.clear();
        chart.stage_band = None;
        chart.events = vec![Event {
            number: 1,
            month: count - 1,
        }];
        let view = chart.draw().unwrap();
        assert_texts_inside(&view);
        for drawing in &view.drawings {
            assert_publishable(&drawing.svg);
            assert!(drawing.svg.as_str().contains(">F</text>"), "{count}");
        }
    }
}

#[test]
fn what_contradicts_itself_is_refused() {
    let refused = |change: &dyn Fn(&mut KpiChart)| {
        let mut chart = task_automation();
        change(&mut chart);
        chart.draw().unwrap_err()
    };
    assert!(matches!(
        refused(&|chart| chart.id = "A b".to_owned()),
        ChartError::Id(_)
    ));
    assert!(matches!(
        refused(&|chart| chart.months.clear()),
        ChartError::NoMonths(_)
    ));
    assert!(matches!(
        refused(&|chart| chart.events[0].month = 21),
        ChartError::PastMonths { what: "events", .. }
    ));
    assert!(matches!(
        refused(&|chart| chart.values.push(Some(1.0))),
        ChartError::PastMonths { what: "values", .. }
    ));
    assert!(matches!(
        refused(&|chart| chart.values[7] = Some(81.0)),
        ChartError::OutsideAxis { .. }
    ));
}

#[test]
fn what_is_no_number_is_absent() {
    let mut chart = task_automation();
    chart.values[8] = Some(f64::NAN);
    chart.rolling_mean[8] = Some(f64::INFINITY);
    let mut absent = task_automation();
    absent.values[8] = None;
    absent.rolling_mean[8] = None;
    assert_eq!(chart.draw(), absent.draw());
}

#[test]
fn years_stay_apart_however_many_there_are() {
    for count in [24, 61, 130, 240] {
        let mut chart = task_automation();
        chart.months = months(count);
        let view = chart.draw().unwrap();
        assert_texts_inside(&view);
        for drawing in &view.drawings {
            let years = drawing.svg.as_str().matches(">20").count();
            assert!(years > 1, "{years} of {count} in {}", drawing.size);
        }
    }
}

#[test]
fn a_month_says_its_figure_under_a_pointer() {
    let mut chart = task_automation();
    chart.hints = vec![None; 19];
    chart.hints.push(Some("September 2026: 61.5 %".to_owned()));
    chart
        .hints
        .push(Some("October 2026: 63.0 %, <provisional>".to_owned()));
    let view = chart.draw().unwrap();
    for drawing in &view.drawings {
        assert_publishable(&drawing.svg);
        let said: Vec<String> = parsed(&drawing.svg)
            .into_iter()
            .filter(|tag| tag.0 == "title" && attribute(tag, "id").is_none())
            .map(|tag| tag.2)
            .collect();
        if drawing.size == "narrow" {
            assert_eq!(said, [""; 0]);
        } else {
            assert_eq!(
                said,
                [
                    "September 2026: 61.5 %",
                    "October 2026: 63.0 %, &lt;provisional&gt;"
                ]
            );
        }
    }
    chart.hints = vec![None; 22];
    assert!(matches!(chart.draw(), Err(ChartError::PastMonths { .. })));
}

#[test]
fn charts_that_are_read_together_begin_at_the_same_place() {
    let mut chart = task_automation();
    assert_eq!(chart.draw().unwrap().gutter, "small");
    chart.beside = vec![Axis::covering([0.0, 222_600.0], thousands_label)];
    assert_eq!(chart.draw().unwrap().gutter, "middle");
}

#[test]
fn the_latest_figure_stays_beside_the_plot_however_long_it_is() {
    for (value, period, mean) in [
        ("63.0", "Oct 2026", Some("Mean of three 61.7")),
        (
            "$12,345,678",
            "Oct 2026, provisional",
            Some("Mean of three $12,345,678"),
        ),
        (
            "\u{2212}CHF 123,456,789",
            "Oct 2026, provisional",
            Some("Mean of three CHF 123,456,789"),
        ),
    ] {
        for level in [0.0, 40.0, 70.0] {
            let mut chart = task_automation();
            chart.values[20] = Some(level);
            chart.latest = Some(Latest {
                value: value.to_owned(),
                period: period.to_owned(),
                mean: mean.map(ToOwned::to_owned),
            });
            let view = chart.draw().unwrap();
            assert_texts_inside(&view);
            for drawing in view.drawings.iter().filter(|it| it.size != "narrow") {
                let labels = parsed(&drawing.svg);
                let right = labels
                    .iter()
                    .filter(|tag| tag.0 == "text" && attribute(tag, "x") == Some("100%"));
                for tag in right {
                    let size = attribute(tag, "font-size").unwrap().parse().unwrap();
                    // Widths are estimated generously; the last try is as it is.
                    let width = label::width_of(&tag.2, size, false);
                    assert!(width <= 150.0, "{} is {width} wide", tag.2);
                }
            }
        }
    }
}
