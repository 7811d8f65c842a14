use super::super::sample::{ask, month, sample};
use super::*;

/// The name of the sentence that is said, and the sentence.
fn said<'a>(sentences: &[Sentence<&'a BoardView>], view: &'a BoardView) -> (&'static str, String) {
    first(sentences, view).unwrap()
}

fn judge(view: &mut BoardView, verdicts: [Verdict; 3]) {
    view.measures.revenue_per_employee.verdict = Some(verdicts[0]);
    view.measures.task_automation.verdict = Some(verdicts[1]);
    view.measures.away_from_desk.verdict = Some(verdicts[2]);
}

#[test]
fn an_author_s_headline_comes_first() {
    let mut view = sample();
    assert_eq!(
        headline(&view),
        "On track in all three measures. The board is asked for one decision, on cold chain."
    );
    view.headline = Some("A good quarter.".to_owned());
    assert_eq!(headline(&view), "A good quarter.");
}

#[test]
fn the_deck_speaks_of_revenue_of_paying_and_of_what_lies_ahead() {
    assert_eq!(
        deck(&sample()),
        "Revenue per employee rose 8.4\u{a0}% on the quarter and now stands 19.0\u{a0}% over its baseline. The system has paid for itself ten months in a row. Two more open the graduation talk, in November 2026 at the earliest, inside the 24-month window."
    );
}

#[test]
fn the_measures_are_told_with_bad_news_first() {
    use Verdict::{AboveCap, Ahead, Behind, Investigate, NotReported, OnTrack, TooEarly};
    for (verdicts, name, says) in [
        ([OnTrack; 3], "all-alike", "On track in all three measures."),
        ([Ahead; 3], "all-alike", "Ahead in all three measures."),
        ([Behind; 3], "all-alike", "Behind in all three measures."),
        (
            [OnTrack, OnTrack, Ahead],
            "all-good",
            "On track or ahead in all three measures.",
        ),
        (
            [TooEarly; 3],
            "too-early",
            "In month 14 of Run it is too early to judge any of the three measures.",
        ),
        (
            [TooEarly, OnTrack, OnTrack],
            "mixed",
            "Task automation and away from desk are on track; revenue per employee is too early to judge.",
        ),
        (
            [OnTrack, Behind, OnTrack],
            "mixed",
            "Task automation is behind; revenue per employee and away from desk are on track.",
        ),
        (
            [Investigate, AboveCap, NotReported],
            "mixed",
            "Revenue per employee is to be investigated; task automation is above its cap; away from desk is without a baseline to be judged by.",
        ),
    ] {
        let mut view = sample();
        judge(&mut view, verdicts);
        assert_eq!(said(&on_standing(), &view), (name, says.to_owned()));
    }
}

#[test]
fn what_was_not_reported_is_said_to_be() {
    let mut view = sample();
    view.measures.task_automation.actual = None;
    assert_eq!(
        said(&on_standing(), &view),
        (
            "mixed",
            "Revenue per employee and away from desk are on track; task automation is not reported."
                .to_owned()
        )
    );
    view.measures.revenue_per_employee.actual = None;
    view.measures.away_from_desk.actual = None;
    assert_eq!(
        said(&on_standing(), &view),
        (
            "nothing-reported",
            "No measure was reported for September 2026.".to_owned()
        )
    );
    view.run_month = None;
    assert_eq!(
        said(&on_standing(), &view),
        (
            "before-run",
            "Run has not begun, and the measures are judged in Run.".to_owned()
        )
    );
}

#[test]
fn what_is_asked_is_counted_and_named() {
    for (topics, name, says) in [
        (vec![], "nothing-asked", "Nothing is asked of the board."),
        (
            vec![Some("cold chain. ")],
            "asked-with-topics",
            "The board is asked for one decision, on cold chain.",
        ),
        (
            vec![Some("cold chain"), Some("the second site")],
            "asked-with-topics",
            "The board is asked for two decisions, on cold chain and on the second site.",
        ),
        (vec![None], "asked", "The board is asked for one decision."),
        (
            vec![Some("a"), None],
            "asked",
            "The board is asked for two decisions.",
        ),
        (
            vec![Some("a"), Some("b"), Some("c"), Some("d")],
            "asked",
            "The board is asked for four decisions.",
        ),
    ] {
        let mut view = sample();
        view.asks = topics.into_iter().map(ask).collect();
        assert_eq!(said(&on_asks(), &view), (name, says.to_owned()));
    }
}

#[test]
fn revenue_rises_falls_holds_or_is_missing() {
    let of = |change: Option<f64>, grown: Option<f64>| {
        let mut view = sample();
        view.measures.revenue_per_employee.change_percent = change;
        view.measures.revenue_per_employee.on_baseline = grown;
        said(&on_revenue(), &view)
    };
    assert_eq!(
        of(Some(-1.26), Some(-0.5)),
        (
            "revenue-moved",
            "Revenue per employee fell 1.3\u{a0}% on the quarter and now stands 0.5\u{a0}% under its baseline.".to_owned()
        )
    );
    assert_eq!(
        of(Some(0.04), Some(-0.04)).1,
        "Revenue per employee held its level over the quarter and now stands at its baseline."
    );
    assert_eq!(
        of(Some(2.0), None).1,
        "Revenue per employee rose 2.0\u{a0}% on the quarter."
    );
    assert_eq!(
        of(None, Some(3.0)),
        (
            "revenue-stands",
            "Revenue per employee stands at $218,900, 3.0\u{a0}% over its baseline.".to_owned()
        )
    );
    assert_eq!(of(None, None).1, "Revenue per employee stands at $218,900.");
    let mut view = sample();
    view.measures.revenue_per_employee.actual = None;
    assert_eq!(said(&on_revenue(), &view).0, "revenue-not-reported");
}

#[test]
fn the_last_month_s_answer_decides_what_is_said_of_paying() {
    let of = |answer: Option<Answer>, streak: u32| {
        let mut view = sample();
        view.answers.last_mut().unwrap().answer = answer;
        view.outlook.streak = streak;
        said(&on_paying(), &view)
    };
    assert_eq!(of(Some(Answer::Yes), 2).0, "paid-in-a-row");
    assert_eq!(
        of(Some(Answer::Yes), 1),
        (
            "paid-once",
            "The system paid for itself in September, the first yes in a row.".to_owned()
        )
    );
    assert_eq!(of(Some(Answer::No), 0).0, "did-not-pay");
    assert_eq!(of(Some(Answer::Unclear), 0).0, "could-not-be-told");
    assert_eq!(of(None, 0).0, "no-session");
    // A playbook may keep a streak over a month without a session.
    assert_eq!(of(None, 9).0, "no-session");
    let mut view = sample();
    view.answers.pop();
    assert_eq!(said(&on_paying(), &view).0, "not-asked-yet");
    view.run_month = None;
    assert_eq!(first(&on_paying(), &view), None);
}

#[test]
fn what_lies_ahead_is_told_by_state_and_window() {
    let of = |state: State| {
        let mut view = sample();
        view.outlook.state = state;
        said(&on_graduation(), &view)
    };
    assert_eq!(of(State::Graduated).0, "graduated");
    assert_eq!(of(State::Ready).0, "ready");
    assert_eq!(
        of(State::PastWindow).1,
        "The window for graduation ended in July 2027."
    );
    assert_eq!(of(State::TalkOpen).0, "talk-open");
    assert_eq!(of(State::Building).0, "so-many-more");
    let mut view = sample();
    view.outlook.streak = 11;
    assert_eq!(
        said(&on_graduation(), &view).1,
        "One more opens the graduation talk, in November 2026 at the earliest, inside the 24-month window."
    );
    view.outlook.streak = 0;
    view.outlook.earliest = Some(month("2027-08"));
    assert_eq!(
        said(&on_graduation(), &view),
        (
            "too-late",
            "Twelve more open the graduation talk, after the window’s end in July 2027.".to_owned()
        )
    );
    view.outlook.earliest = None;
    assert_eq!(first(&on_graduation(), &view), None);
}
