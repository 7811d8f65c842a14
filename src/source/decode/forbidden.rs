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
    odd_bytes(text.as_bytes()).filter_map(move |(at, byte)| {
        let c = text.get(at..).filter(|_| MAY_BEGIN[usize::from(byte)])?;
        let c = c.chars().next().filter(|c| forbidden(*c))?;
        Some((at, c))
    })
}

/// The bytes that are neither printable ASCII nor the end of a line, each with
/// its place. There are few in a text, if any.
pub fn odd_bytes(bytes: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    // A block is looked through at once.
    const BLOCK: usize = 64;
    let is_odd = |byte: &u8| !matches!(byte, b' '..=b'~' | b'\n');
    let blocks = bytes.chunks(BLOCK).enumerate();
    let with_odd =
        blocks.filter(move |(_, block)| block.iter().fold(false, |any, byte| any | is_odd(byte)));
    with_odd.flat_map(move |(number, block)| {
        let bytes = block
            .iter()
            .enumerate()
            .filter(move |(_, byte)| is_odd(byte));
        bytes.map(move |(at, byte)| (number * BLOCK + at, *byte))
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
