//! What every fuzz target shares: a small sound site in a folder in memory, of
//! which one file is what the fuzzer wrote, and all that the program does with
//! it but write the output.

mod clock;
pub mod frozen;
pub mod mutation;
pub mod site;

/// A target that puts what the fuzzer wrote in the place of one file.
///
/// `target!("content/engagement.yaml", site::RUN)` names the file and the rest
/// of the site.
#[macro_export]
macro_rules! target {
    ($file:expr, $rest:expr) => {
        use std::sync::OnceLock;

        use libfuzzer_sys::{fuzz_mutator, fuzz_target};
        use quarterdeck_fuzz::mutation;
        use quarterdeck_fuzz::site::{self, Site};

        static SITE: OnceLock<Site> = OnceLock::new();

        fuzz_target!(|bytes: &[u8]| {
            SITE.get_or_init(|| Site::new($rest)).run(&[($file, bytes)]);
        });

        fuzz_mutator!(
            |bytes: &mut [u8], size: usize, max_size: usize, seed: u32| {
                mutation::mutate(bytes, size, max_size, seed)
            }
        );
    };
}
