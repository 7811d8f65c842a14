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
    /// Whether what is kept is in the thread's buffer.
    is_in_buffer: bool,
    length: usize,
}

/// From how many bytes on a page is written where it stays: to copy it takes longer
/// than to ask for its memory.
const LONG: usize = 256 * 1024;

impl Written {
    /// One that is kept, of about so many bytes if that is known.
    pub(super) fn kept(about: usize) -> Self {
        let is_in_buffer = about < LONG;
        let kept = if is_in_buffer {
            let mut buffer = BUFFER.take();
            buffer.clear();
            buffer
        } else {
            Vec::with_capacity(about)
        };
        Written {
            kept: Some(kept),
            is_in_buffer,
            length: 0,
        }
    }

    /// One that is only measured.
    pub(super) fn measured() -> Self {
        Written {
            kept: None,
            is_in_buffer: false,
            length: 0,
        }
    }

    /// What was written, if it was kept.
    pub(super) fn bytes(self) -> Vec<u8> {
        let kept = self.kept.unwrap_or_default();
        if !self.is_in_buffer {
            return kept;
        }
        let bytes = kept.clone();
        BUFFER.set(kept);
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
