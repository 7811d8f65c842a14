//! How the program is linked where the linker can do better than it is asked to.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = ["ARCH", "OS", "ENV"].map(|part| {
        let name = format!("CARGO_CFG_TARGET_{part}");
        env::var(name).unwrap_or_default()
    });
    // Where the program lies in memory is known only when it starts, and the
    // dictionaries that judge passphrases are 30,000 addresses: a list of
    // which a bit each suffices where it would take 24 bytes. glibc reads it
    // since 2.36, of 2022.
    if target == ["x86_64", "linux", "gnu"] {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
