//! The theme that was last made, for whoever has the same.
//!
//! To compile a theme's own templates takes as long as some twenty pages. A
//! consultancy has one theme in all its engagements, and a preview's next build
//! has the one that it had.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Theme;
use crate::diagnostic::Report;
use crate::source::theme::OwnTheme;

/// The last theme that could be made, with its own files and what was said of them.
#[derive(Debug, Default)]
pub struct Latest(Mutex<Option<Made>>);

type Made = (OwnTheme, Arc<Theme>, Report);

impl Latest {
    /// None yet.
    pub const fn new() -> Self {
        Latest(Mutex::new(None))
    }

    /// The theme of these files: the very same one, if they are those of the last.
    /// Reports what is said of them.
    pub fn theme(
        &self,
        own: &OwnTheme,
        report: &mut Report,
        make: fn(&OwnTheme, &mut Report) -> Option<Arc<Theme>>,
    ) -> Option<Arc<Theme>> {
        if let Some((_, theme, said)) = self.locked().as_ref().filter(|(of, ..)| of == own) {
            report.append(said.clone());
            return Some(Arc::clone(theme));
        }
        // While nobody is kept waiting: another may have other files.
        let mut said = Report::default();
        let theme = make(own, &mut said);
        report.append(said.clone());
        let theme = theme?;
        *self.locked() = Some((own.clone(), Arc::clone(&theme), said));
        Some(theme)
    }

    /// What a thread that panicked left is whole: it is put there at once.
    fn locked(&self) -> MutexGuard<'_, Option<Made>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::theme::OwnFile;

    fn own(colours: &str) -> OwnTheme {
        let mut own = OwnTheme {
            name: "house".to_owned(),
            ..OwnTheme::default()
        };
        let colours = OwnFile::Bytes(colours.into());
        own.files.insert("assets/colours.css".to_owned(), colours);
        own
    }

    #[test]
    fn the_same_files_have_the_very_same_theme_and_the_same_is_said_of_them() {
        let latest = Latest::new();
        let theme = |own: &OwnTheme| {
            let mut report = Report::default();
            let made = latest.theme(own, &mut report, |own, said| {
                Theme::new(own, said).map(Arc::new)
            });
            (made, report.render(false))
        };
        let (first, said) = theme(&own("a { }"));
        let (again, said_again) = theme(&own("a { }"));
        let first = first.unwrap();
        assert!(Arc::ptr_eq(&first, &again.unwrap()));
        assert_eq!(said, said_again);
        let mut misplaced = own("a { }");
        misplaced
            .files
            .insert("x.css".to_owned(), OwnFile::Bytes(Vec::new()));
        assert!(theme(&misplaced).0.is_none());
        let (after_a_fault, _) = theme(&own("a { }"));
        assert!(Arc::ptr_eq(&first, &after_a_fault.unwrap()));
        let (other, _) = theme(&own("b { }"));
        assert!(!Arc::ptr_eq(&first, &other.unwrap()));
    }
}
