//! Whole charts, as a page gets them.

mod figures;
mod kpi;
mod page;

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
        beside: Vec::new(),
        months: months(21),
        hints: Vec::new(),
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
        provisional: Vec::new(),
        band: Some(Band {
            low: 20.0,
            high: None,
            label: "headroom from 20 h".to_owned(),
        }),
        baseline: Some(SparklineBaseline {
            value: 4.0,
            label: "baseline 4 h".to_owned(),
        }),
        latest: None,
        size: SparklineSize::Page,
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

/// The plot's width and height, at the least width.
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

/// Every text lies on the canvas, at a readable size, and over no other.
fn assert_texts_inside(view: &ChartView) {
    for drawing in &view.drawings {
        let (width, height) = canvas(drawing, view.gutter);
        let mut taken: Vec<(String, [f64; 4])> = Vec::new();
        for tag in parsed(&drawing.svg).iter().filter(|tag| tag.0 == "text") {
            let share = attribute(tag, "x").unwrap().trim_end_matches('%');
            let x = share.parse::<f64>().unwrap() / 100.0 * width
                + attribute(tag, "dx").map_or(0.0, |dx| dx.parse().unwrap());
            let y: f64 = attribute(tag, "y").unwrap().parse().unwrap();
            assert!((-60.0..=width + 20.0).contains(&x), "{tag:?}");
            assert!((-85.0..=height + 46.0).contains(&y), "{tag:?}");
            let size: f64 = attribute(tag, "font-size").unwrap().parse().unwrap();
            assert!(size >= 12.0);
            // Estimated widths are generous, so a little is given back.
            let long = label::width_of(&tag.2, size, false) * 0.9;
            let left = match attribute(tag, "text-anchor") {
                Some("middle") => x - long / 2.0,
                Some("end") => x - long,
                _ => x,
            };
            let rect = [left, y - size * 0.7, left + long, y];
            for (other, [l, t, r, b]) in &taken {
                let apart = rect[2] <= *l || *r <= rect[0] || rect[3] <= *t || *b <= rect[1];
                assert!(apart, "{} covers {other} in {}", tag.2, drawing.size);
            }
            taken.push((tag.2.clone(), rect));
        }
    }
}
