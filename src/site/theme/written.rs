//! Where a template is written to.

use std::cell::Cell;
use std::io::{self, Write};

use super::fault::MOST_BYTES;

thread_local! {
    /// Where a page is written before it is known how long it gets.
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A page while it is written: one without an end ends here. It is kept or only
/// measured, by one type, as the engine is compiled for each.
pub(super) struct Written {
    kept: Option<Vec<u8>>,
    length: usize,
}

impl Written {
    /// One that is kept.
    pub(super) fn kept() -> Self {
        let mut buffer = BUFFER.take();
        buffer.clear();
        Written {
            kept: Some(buffer),
            length: 0,
        }
    }

    /// One that is only measured.
    pub(super) fn measured() -> Self {
        Written {
            kept: None,
            length: 0,
        }
    }

    /// What was written, if it was kept.
    pub(super) fn bytes(self) -> Vec<u8> {
        let buffer = self.kept.unwrap_or_default();
        let bytes = buffer.clone();
        BUFFER.set(buffer);
        bytes
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.length += bytes.len();
        if self.length > MOST_BYTES {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        if let Some(kept) = &mut self.kept {
            kept.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
