//! Whole charts, as a page gets them.

use proptest::prelude::*;

use super::*;

/// Elements of a drawing: name, attributes, text right after the tag. Fails
/// the test where the drawing is not well-formed.
type Tag = (String, Vec<(String, String)>, String);

fn parsed(markup: &Markup) -> Vec<Tag> {
    let (mut open, mut tags) = (Vec::new(), Vec::new());
    for piece in markup.as_str().split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag ends");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "elements nest");
            continue;
        }
        let (tag, closed) = tag
            .strip_suffix('/')
            .map_or((tag, false), |tag| (tag, true));
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes: Vec<(String, String)> = Vec::new();
        while !rest.trim().is_empty() {
            let (key, after) = rest
                .trim_start()
                .split_once("=\"")
                .expect("a quoted attribute");
            let (value, after) = after.split_once('"').expect("a quote ends");
            assert!(
                attributes.iter().all(|(other, _)| other != key),
                "{key} is there twice"
            );
            attributes.push((key.to_owned(), value.to_owned()));
            rest = after;
        }
        if !closed {
            open.push(name.to_owned());
        }
        tags.push((name.to_owned(), attributes, text.to_owned()));
    }
    assert!(open.is_empty(), "{open:?} stay open");
    tags
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.1
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

fn months(count: usize) -> Vec<MonthTick> {
    (0..count)
        .map(|index| {
            let month = (index + 1) % 12;
            MonthTick {
                label: "JFMAMJJASOND"[month..=month].to_owned(),
                year: (index == 0 || month == 0).then(|| (2025 + (index + 1) / 12).to_string()),
            }
        })
        .collect()
}

fn task_automation() -> KpiChart {
    let run = [
        18.0, 27.5, 35.0, 41.5, 47.0, 51.5, 54.0, 56.5, 58.0, 57.0, 59.5, 61.0, 60.5, 61.5, 63.0,
    ];
    let mut values = vec![None; 6];
    values.extend(run.map(Some));
    let mut stage = vec![None; 7];
    stage.extend([Some((20.0, 45.0)), Some((32.0, 50.0)), Some((45.0, 62.0))]);
    let phase = |name: &str, starts_at| Phase {
        name: name.to_owned(),
        starts_at,
    };
    KpiChart {
        id: "task-automation".to_owned(),
        title: "Task automation & \"autonomy\" <by month>".to_owned(),
        description: "From 18.0 in August 2025 to 63.0 in October 2026.".to_owned(),
        axis: Axis::covering([0.0, 70.0], plain_label),
        months: months(21),
        rolling_mean: values
            .iter()
            .map(|value| value.map(|value| value - 2.0))
            .collect(),
        values,
        provisional: vec![false; 20],
        baseline: Some(Baseline {
            value: 9.0,
            month: 0,
            label: "Baseline 9.0".to_owned(),
        }),
        target_band: Some(Band {
            low: 60.0,
            high: Some(70.0),
            label: "Target 60–70".to_owned(),
        }),
        stage_band: Some(StageBand {
            months: stage,
            label: "Stage band".to_owned(),
        }),
        phases: vec![
            phase("Fit check", 0.0),
            phase("Blueprint", 0.5),
            phase("Build", 2.5),
            phase("Run", 5.5),
        ],
        events: vec![
            Event {
                number: 1,
                month: 6,
            },
            Event {
                number: 2,
                month: 9,
            },
        ],
        latest: Some(Latest {
            value: "63.0".to_owned(),
            period: "October 2026".to_owned(),
            mean: Some("Mean of three 61.7".to_owned()),
        }),
    }
}

fn sparkline(values: Vec<Option<f64>>) -> Sparkline {
    Sparkline {
        id: "afd".to_owned(),
        title: "Away from desk".to_owned(),
        description: "Up.".to_owned(),
        values,
        band: Some(Band {
            low: 20.0,
            high: None,
            label: "headroom from 20 h".to_owned(),
        }),
        baseline: Some(SparklineBaseline {
            value: 4.0,
            label: "baseline 4 h".to_owned(),
        }),
        first: "Aug 2025".to_owned(),
        last: "Oct 2026".to_owned(),
    }
}

/// What holds for every drawing, whatever is in it.
fn assert_publishable(markup: &Markup) {
    let tags = parsed(markup);
    let text = markup.as_str();
    for unwanted in [
        "style",
        "font-family",
        "script",
        "xmlns",
        "NaN",
        "inf",
        "-0\"",
        "data-",
    ] {
        assert!(!text.contains(unwanted), "{unwanted} in {text}");
    }
    let mut ids = Vec::new();
    for tag in &tags {
        for (key, value) in &tag.1 {
            if matches!(key.as_str(), "fill" | "stroke") {
                let ours = value == "none"
                    || (value.starts_with("var(--") || value.starts_with("url(#"))
                        && value.ends_with(')');
                assert!(ours, "{key}={value}");
            } else {
                assert!(!value.contains("rgb"), "{key}={value}");
                assert!(!value.contains('#') || key == "clip-path", "{key}={value}");
            }
            if key == "id" {
                assert!(!ids.contains(value), "{value} is there twice");
                ids.push(value.clone());
            }
        }
    }
    let root = &tags[0];
    assert_eq!(attribute(root, "role"), Some("img"));
    assert_eq!(attribute(root, "width").or(attribute(root, "height")), None);
    for id in attribute(root, "aria-labelledby").unwrap().split(' ') {
        assert!(ids.iter().any(|other| other == id), "{id}");
    }
    assert_eq!((tags[1].0.as_str(), tags[2].0.as_str()), ("title", "desc"));
}

/// The plot's width and height and the rows above it, at the least width.
fn canvas(drawing: &DrawingView, gutter: &str) -> (f64, f64) {
    let left = match gutter {
        "small" => 40.0,
        "middle" => 56.0,
        _ => 80.0,
    };
    match drawing.size {
        "wide" => (1080.0 - 150.0 - left, 368.0),
        "medium" => (560.0 - 150.0 - left, 320.0),
        _ => (280.0 - 12.0 - left, 260.0),
    }
}

fn assert_texts_inside(view: &ChartView) {
    for drawing in &view.drawings {
        let (width, height) = canvas(drawing, view.gutter);
        for tag in parsed(&drawing.svg).iter().filter(|tag| tag.0 == "text") {
            let share = attribute(tag, "x").unwrap().trim_end_matches('%');
            let x = share.parse::<f64>().unwrap() / 100.0 * width
                + attribute(tag, "dx").map_or(0.0, |dx| dx.parse().unwrap());
            let y: f64 = attribute(tag, "y").unwrap().parse().unwrap();
            assert!((-60.0..=width + 20.0).contains(&x), "{tag:?}");
            assert!((-85.0..=height + 46.0).contains(&y), "{tag:?}");
            let size: f64 = attribute(tag, "font-size").unwrap().parse().unwrap();
            assert!(size >= 12.0);
        }
    }
}

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
fn sparklines_can_be_published() {
    for values in [
        vec![],
        vec![None],
        vec![Some(5.0)],
        vec![Some(5.0), None, Some(27.0), None],
    ] {
        let view = sparkline(values).draw().unwrap();
        assert_publishable(&view.svg);
        assert_eq!(view.notes, []);
    }
}

#[test]
fn the_partials_print_the_drawings_as_they_are() {
    let mut templates = tera::Tera::default();
    templates
        .add_raw_templates(vec![
            (
                "chart.html",
                include_str!("../../../themes/default/templates/partials/chart.html"),
            ),
            (
                "sparkline.html",
                include_str!("../../../themes/default/templates/partials/sparkline.html"),
            ),
        ])
        .unwrap();
    let mut context = tera::Context::new();
    let chart = task_automation().draw().unwrap();
    let line = sparkline(vec![Some(5.0), Some(27.0)]).draw().unwrap();
    context.insert("chart", &chart);
    context.insert("sparkline", &line);
    let html = templates.render("chart.html", &context).unwrap();
    for drawing in &chart.drawings {
        assert!(html.contains(drawing.svg.as_str()));
    }
    assert!(html.contains("<b>63.0</b>"));
    assert!(!html.contains("style"));
    assert!(
        templates
            .render("sparkline.html", &context)
            .unwrap()
            .contains(line.svg.as_str())
    );
}

#[test]
fn the_style_sheet_has_the_measures_of_the_drawings() {
    let css = include_str!("../../../themes/default/assets/chart.css");
    for measure in [
        "(min-width: 1080px)",
        "(max-width: 559.98px)",
        "--chart-left: 40px",
        "--chart-left: 56px",
        "--chart-left: 80px",
        "--chart-right: 150px",
        "--chart-right: 12px",
        "height: 368px",
        "height: 320px",
        "height: 260px",
        "height: 66px",
        ".chart-rows-4",
    ] {
        assert!(css.contains(measure), "{measure}");
    }
    assert!(!css.contains('#'), "colours are tokens");
}

fn any_figure() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        Just(None),
        (-1e4_f64..1e6).prop_map(Some),
        any::<f64>().prop_map(Some),
        Just(Some(f64::MAX)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_figures_make_a_chart_panic(
        values in prop::collection::vec(any_figure(), 1..62),
        event in 0_usize..62,
        starts in prop::collection::vec(-2.0_f64..70.0, 0..6),
        band in (-1e3_f64..1e3, 0.0_f64..1e3),
    ) {
        let mut chart = task_automation();
        chart.axis = Axis::covering(
            values.iter().flatten().copied().chain([9.0, band.0, band.0 + band.1, 20.0, 62.0]),
            thousands_label,
        );
        chart.months = months(values.len());
        chart.provisional.clear();
        chart.stage_band = None;
        chart.rolling_mean = values.clone();
        chart.events = vec![Event { number: 1, month: event % values.len() }];
        chart.target_band = Some(Band {
            low: band.0,
            high: Some(band.0 + band.1),
            label: "Band".to_owned(),
        });
        let mut starts = starts;
        starts.sort_by(f64::total_cmp);
        chart.phases = starts
            .into_iter()
            .map(|starts_at| Phase { name: "Phase".to_owned(), starts_at })
            .collect();
        chart.values = values;
        match chart.draw() {
            Ok(view) => {
                assert_texts_inside(&view);
                for drawing in &view.drawings {
                    assert_publishable(&drawing.svg);
                }
            }
            Err(error) => prop_assert!(matches!(error, ChartError::OutsideAxis { .. }), "{error}"),
        }
    }

    #[test]
    fn no_figures_make_a_sparkline_panic(
        values in prop::collection::vec(any_figure(), 0..62),
    ) {
        assert_publishable(&sparkline(values).draw().unwrap().svg);
    }
}
