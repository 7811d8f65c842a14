//! Who can open a sealed site.
//!
//! In: the `[privacy]` table of `site.toml`. Out: the recipients' names. What
//! they open the site with is never in it.

use std::collections::BTreeMap;

use super::check::Check;
use crate::diagnostic::{Diagnostic, Span, Spanned};
use crate::source::field::{Field, Id, List};

/// The recipients of a sealed site, by names of the author's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealing {
    /// Who opens every page.
    pub leadership: Vec<String>,
    /// Who opens the board's memos and nothing else.
    pub board: Vec<String>,
}

/// Reads whom a site is to be sealed for; nothing if it isn't to be sealed.
pub(super) fn sealing(
    check: &mut Check<'_>,
    seal: Field<bool>,
    recipients: List<Id>,
    board_recipients: List<Id>,
) -> Option<Sealing> {
    let unreadable = matches!(recipients, Field::Invalid);
    let leadership = check.ids(recipients);
    let board = check.ids(board_recipients);
    each_once(check, leadership.iter().chain(&board));
    let seal = check.optional(seal).filter(|seal| seal.value)?;
    if leadership.is_empty() && !unreadable {
        check.report.push(
            Diagnostic::error(
                "no-recipients",
                "the site is to be sealed, but nobody could open it",
            )
            .at(&seal.span, "asked for here")
            .help("name who reads it: `recipients = [\"ceo\", \"coo\"]`; each has a passphrase of their own"),
        );
    }
    let names = |list: Vec<Spanned<String>>| list.into_iter().map(|name| name.value).collect();
    Some(Sealing {
        leadership: names(leadership),
        board: names(board),
    })
}

/// Two recipients of one name would share a passphrase, and neither could be
/// revoked alone.
fn each_once<'n>(check: &mut Check<'_>, names: impl Iterator<Item = &'n Spanned<String>>) {
    let mut seen: BTreeMap<&str, &Span> = BTreeMap::new();
    for name in names {
        if let Some(first) = seen.get(&*name.value) {
            check.report.push(
                Diagnostic::error(
                    "duplicate-recipient",
                    format!("`{}` is named as a recipient twice", name.value),
                )
                .at(&name.span, "named again")
                .see(first, "first named here")
                .help("give each a name of their own; who opens the leadership's pages opens the board's memos too"),
            );
            continue;
        }
        seen.insert(&name.value, &name.span);
    }
}
