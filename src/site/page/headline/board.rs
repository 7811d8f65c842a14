//! What the index of frozen quarters says.

use super::{Sentence, first};
use crate::site::figure;

/// What the index speaks of.
#[derive(Clone, Copy)]
pub(super) struct About {
    /// Frozen quarters.
    pub(super) frozen: usize,
    /// Figures that a memo shows otherwise, each counted once.
    pub(super) restated: usize,
}

/// The index's: how many quarters are frozen, and whether their figures still
/// stand.
pub fn board(frozen: usize, restated: usize) -> String {
    let about = About { frozen, restated };
    first(&sentences(), about).map_or_else(String::new, |(_, says)| says)
}

/// The sentences in the order in which they are tried.
pub(super) fn sentences() -> [Sentence<About>; 3] {
    [
        Sentence {
            name: "none-frozen",
            says: none_frozen,
        },
        Sentence {
            name: "restated",
            says: restated,
        },
        Sentence {
            name: "as-read",
            says: as_read,
        },
    ]
}

fn none_frozen(about: About) -> Option<String> {
    (about.frozen == 0).then(|| "No quarter is frozen yet.".to_owned())
}

fn restated(about: About) -> Option<String> {
    let figures = figure::counted(about.restated, "figure was", "figures were");
    (about.restated > 0).then(|| {
        let figures = figure::capital(&figures);
        format!("{} {figures} restated since.", frozen(about))
    })
}

/// A figure that had changed without a restatement would have stopped the
/// build.
fn as_read(about: About) -> Option<String> {
    (about.restated == 0).then(|| {
        format!(
            "{} Every figure stands as the board read it.",
            frozen(about)
        )
    })
}

fn frozen(about: About) -> String {
    let quarters = figure::counted(about.frozen, "quarter is", "quarters are");
    format!("{} frozen.", figure::capital(&quarters))
}

#[cfg(test)]
mod tests {
    use super::super::tests::covered;
    use super::*;

    #[test]
    fn the_index_says_what_is_frozen_and_whether_it_stands() {
        let cases = [
            (0, 0, "none-frozen", "No quarter is frozen yet."),
            (
                5,
                1,
                "restated",
                "Five quarters are frozen. One figure was restated since.",
            ),
            (
                1,
                2,
                "restated",
                "One quarter is frozen. Two figures were restated since.",
            ),
            (
                3,
                0,
                "as-read",
                "Three quarters are frozen. Every figure stands as the board read it.",
            ),
        ];
        for (frozen, restated, name, says) in cases {
            let about = About { frozen, restated };
            let found = first(&sentences(), about);
            assert_eq!(found, Some((name, says.to_owned())));
            assert_eq!(board(frozen, restated), says);
        }
        covered(&sentences(), &cases.map(|(_, _, name, _)| name));
    }
}
