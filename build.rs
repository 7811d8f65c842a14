//! How the program is linked where the linker can do better than it is asked to.

use std::env;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Where the program lies in memory is known only when it starts, and the
    // dictionaries that judge passphrases are 30,000 addresses: a list of
    // which a bit each suffices where it would take 24 bytes. What loads the
    // program must be able to read it, which glibc is since 2.36, of 2022.
    let is_packed = env::var("TARGET") == env::var("HOST")
        && env::var("TARGET").is_ok_and(|target| target == "x86_64-unknown-linux-gnu")
        && glibc().is_some_and(|version| version >= (2, 36));
    if is_packed {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    // A release never unwinds, and so looks for nothing by this index of how to.
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if is_release && env::var("TARGET").is_ok_and(|target| target.contains("-linux-")) {
        println!("cargo::rustc-link-arg-bins=-Wl,--no-eh-frame-hdr");
    }
}

/// This system's glibc: `glibc 2.36`.
fn glibc() -> Option<(u32, u32)> {
    let said = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let said = String::from_utf8(said.ok()?.stdout).ok()?;
    let (major, minor) = said.trim().strip_prefix("glibc ")?.split_once('.')?;
    let minor = minor.split('.').next()?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
