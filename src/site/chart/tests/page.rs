//! Sparklines, the partials and the style sheet.

use super::*;

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
                include_str!("../../../../themes/default/templates/partials/chart.html"),
            ),
            (
                "sparkline.html",
                include_str!("../../../../themes/default/templates/partials/sparkline.html"),
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
    let css = include_str!("../../../../themes/default/assets/chart.css");
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
