//! A fault of the program's own: told as one, and the end of the command.

use std::panic::{self, PanicHookInfo};
use std::process;

use super::{Ending, terminal};

/// Has a panic anywhere tell that it is our fault and end the command with
/// [`Ending::SystemFailed`], on whichever thread it happens.
///
/// A release doesn't unwind: the code for it is a tenth of the program and slows
/// the rest down. So a panic is for a site in hand what being killed is, and the
/// next build puts that right.
pub fn tell_own_faults() {
    panic::set_hook(Box::new(|panic| process::exit(told(panic) as i32)));
}

fn told(panic: &PanicHookInfo) -> Ending {
    terminal::failed(
        Ending::SystemFailed,
        &format!("the work broke off: {panic}"),
        "this is a fault of Quarterdeck's own: please report it with the lines above; \
         what wasn't finished is as it was",
    )
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::process::Command;

    use super::*;

    #[test]
    fn a_fault_of_ours_on_any_thread_is_told_and_ends_the_command() {
        let program = env::current_exe().unwrap();
        let ended = Command::new(program)
            .args(["--ignored", "--exact"])
            .arg("command::own_fault::tests::panics_on_a_thread_of_its_own")
            .output()
            .unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(
            ended.status.code(),
            Some(Ending::SystemFailed as i32),
            "{said}"
        );
        assert!(said.starts_with("error: the work broke off: "), "{said}");
        assert!(said.contains("meant to happen"), "{said}");
        assert!(said.contains("fault of Quarterdeck's own"), "{said}");
    }

    #[test]
    #[ignore = "ends its process: the test above runs it in one of its own"]
    fn panics_on_a_thread_of_its_own() {
        tell_own_faults();
        let _ = std::thread::spawn(|| panic!("meant to happen")).join();
    }
}
