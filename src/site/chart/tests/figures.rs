//! Whatever the figures are, a chart is drawn or refused.

use proptest::prelude::*;

use super::*;

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
