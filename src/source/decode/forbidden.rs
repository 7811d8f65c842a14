//! Characters that no text of the content may hold.

/// Control characters, and the marks that turn or hide the text around them.
pub fn forbidden(c: char) -> bool {
    // Nearly all there is.
    if matches!(c, ' '..='~') {
        return false;
    }
    let hidden = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    hidden || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// Those of a text, each with its place.
pub fn all_forbidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = bytes.get(at) {
            let here = at;
            at += 1;
            if MAY_BEGIN[usize::from(*byte)]
                && let Some(c) = text.get(here..).and_then(|rest| rest.chars().next())
                && forbidden(c)
            {
                return Some((here, c));
            }
        }
        None
    })
}

/// The bytes that a forbidden character may begin with: few, and rare.
const MAY_BEGIN: [bool; 256] = {
    let mut may_begin = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        may_begin[byte] = byte != b'\n' as usize && byte != b'\t' as usize;
        byte += 1;
    }
    may_begin[0x7f] = true;
    may_begin[0xc2] = true;
    may_begin[0xe2] = true;
    may_begin[0xef] = true;
    may_begin
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_that_is_forbidden_is_found() {
        let all: String = ('\0'..=char::MAX).collect();
        let found: Vec<_> = all_forbidden(&all).collect();
        let expected: Vec<_> = all.char_indices().filter(|(_, c)| forbidden(*c)).collect();
        assert_eq!(found, expected);
        assert!(expected.len() > 60);
    }
}
