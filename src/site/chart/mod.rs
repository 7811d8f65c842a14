//! Charts: from typed figures to markup.
