//! What a release is made of: writes the program's bill of materials beside
//! it, as `quarterdeck.cdx.json` in `CycloneDX`'s format.
//!
//! ```sh
//! cargo run --example sbom -- target/release/quarterdeck
//! ```
//!
//! Listed is what `cargo tree --edges normal` lists for this machine's target,
//! at the versions and with the checksums of `Cargo.lock`. There is no time in
//! it, and its serial number follows from the program: two runs over the same
//! program write the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let program = env::args_os()
        .nth(1)
        .ok_or("name the program: cargo run --example sbom -- target/release/quarterdeck")?;
    let program = Path::new(&program);
    let bytes = fs::read(program).map_err(|fault| format!("{}: {fault}", program.display()))?;
    let made = bill(&Tree::ours()?, &checksums()?, &compiler()?, &bytes)?;
    let list = program.with_file_name("quarterdeck.cdx.json");
    fs::write(&list, serde_json::to_string_pretty(&made)? + "\n")?;
    let count = made["components"].as_array().map_or(0, Vec::len);
    println!("{}: {count} components", list.display());
    Ok(())
}

/// A package: its name, version and licence as its maker writes it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Package {
    name: String,
    version: String,
    licence: String,
}

impl Package {
    /// Its address as a package URL, by which lists of vulnerabilities name it.
    fn purl(&self) -> String {
        format!(
            "pkg:cargo/{}@{}",
            self.name,
            self.version.replace('+', "%2B")
        )
    }

    /// As SPDX writes it; older packages separate alternatives with a slash.
    fn expression(&self) -> String {
        let alternatives: Vec<&str> = self.licence.split('/').map(str::trim).collect();
        alternatives.join(" OR ")
    }
}

/// The packages in the program and, for each, those that it uses.
struct Tree {
    root: Package,
    uses: BTreeMap<Package, BTreeSet<Package>>,
}

impl Tree {
    /// This project's, from `cargo tree`.
    fn ours() -> Outcome<Self> {
        let args = "tree --locked --edges normal --prefix depth --charset ascii --format |{p}|{l}";
        Self::read(&said("cargo", args)?)
    }

    /// Each line is `depth|name vVersion (more)|licence`, and a `(*)` where a
    /// package was listed with all that it uses before.
    fn read(listed: &str) -> Outcome<Self> {
        let mut uses: BTreeMap<Package, BTreeSet<Package>> = BTreeMap::new();
        let mut above: Vec<Package> = Vec::new();
        for line in listed.lines() {
            let wrong = || format!("not a line of cargo tree: {line}");
            let mut fields = line.split('|');
            let depth: usize = fields.next().ok_or_else(wrong)?.parse()?;
            let mut words = fields.next().ok_or_else(wrong)?.split(' ');
            let licence = fields.next().ok_or_else(wrong)?;
            let package = Package {
                name: words.next().ok_or_else(wrong)?.to_owned(),
                version: words
                    .next()
                    .and_then(|word| word.strip_prefix('v'))
                    .ok_or_else(wrong)?
                    .to_owned(),
                licence: licence.trim_end_matches("(*)").trim().to_owned(),
            };
            above.truncate(depth);
            if let Some(user) = above.last() {
                uses.entry(user.clone())
                    .or_default()
                    .insert(package.clone());
            }
            uses.entry(package.clone()).or_default();
            above.push(package);
        }
        let root = above.into_iter().next().ok_or("cargo tree lists nothing")?;
        Ok(Self { root, uses })
    }
}

/// The registry's checksum of each package, by name and version.
fn checksums() -> Outcome<BTreeMap<(String, String), String>> {
    let lock: toml::Table = fs::read_to_string("Cargo.lock")?.parse()?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let field = |package: &toml::Value, name: &str| {
        package
            .get(name)
            .and_then(toml::Value::as_str)
            .map(str::to_owned)
    };
    Ok(packages
        .into_iter()
        .flatten()
        .filter_map(|package| {
            let key = (field(package, "name")?, field(package, "version")?);
            Some((key, field(package, "checksum")?))
        })
        .collect())
}

/// The compiler, whose standard library is in the program, and its target.
fn compiler() -> Outcome<(String, String)> {
    let told = said("rustc", "--version --verbose")?;
    let line = |name: &str| {
        let found = told.lines().find_map(|line| line.strip_prefix(name));
        found
            .map(|text| text.trim().to_owned())
            .ok_or_else(|| format!("rustc doesn't tell its {name}"))
    };
    Ok((line("release:")?, line("host:")?))
}

/// What a program prints; an error is its own words.
fn said(program: &str, args: &str) -> Outcome<String> {
    let output = Command::new(program).args(args.split(' ')).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The list, of the program that these bytes are.
fn bill(
    tree: &Tree,
    checksums: &BTreeMap<(String, String), String>,
    (release, target): &(String, String),
    program: &[u8],
) -> Outcome<Value> {
    let hash = hex(&Sha256::digest(program));
    let mut components = Vec::new();
    for package in tree.uses.keys().filter(|package| **package != tree.root) {
        let key = (package.name.clone(), package.version.clone());
        let checksum = checksums
            .get(&key)
            .ok_or_else(|| format!("Cargo.lock has no checksum of {}", package.purl()))?;
        let mut component = described(package, "library");
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
        components.push(component);
    }
    let uses: Vec<Value> = tree
        .uses
        .iter()
        .map(|(package, uses)| {
            let uses: Vec<String> = uses.iter().map(Package::purl).collect();
            json!({ "ref": package.purl(), "dependsOn": uses })
        })
        .collect();
    let mut root = described(&tree.root, "application");
    root["hashes"] = json!([{ "alg": "SHA-256", "content": hash }]);
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": serial(&hash),
        "version": 1,
        "metadata": {
            "component": root,
            "properties": [
                { "name": "rust:release", "value": release },
                { "name": "rust:target", "value": target },
            ],
        },
        "components": components,
        "dependencies": uses,
    }))
}

fn described(package: &Package, kind: &str) -> Value {
    json!({
        "type": kind,
        "bom-ref": package.purl(),
        "name": package.name,
        "version": package.version,
        "purl": package.purl(),
        "licenses": [{ "expression": package.expression() }],
    })
}

/// A UUID of the kind whose bits are their maker's choice: here the hash's.
fn serial(hash: &str) -> String {
    format!(
        "urn:uuid:{}-{}-8{}-8{}-{}",
        &hash[..8],
        &hash[8..12],
        &hash[12..15],
        &hash[15..18],
        &hash[18..30]
    )
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Value {
        let compiler = ("1.0.0".to_owned(), "a-target".to_owned());
        bill(
            &Tree::ours().unwrap(),
            &checksums().unwrap(),
            &compiler,
            b"program",
        )
        .unwrap()
    }

    fn texts(list: &Value, field: &str) -> BTreeSet<String> {
        let list = list.as_array().unwrap().iter();
        list.map(|entry| entry[field].as_str().unwrap().to_owned())
            .collect()
    }

    /// Against `Cargo.toml` and `Cargo.lock`, which `cargo tree` isn't read for.
    #[test]
    fn every_dependency_is_listed_with_the_locks_version_and_checksum() {
        let made = ours();
        let names = texts(&made["components"], "name");
        let manifest: toml::Table = fs::read_to_string("Cargo.toml").unwrap().parse().unwrap();
        for name in manifest["dependencies"].as_table().unwrap().keys() {
            assert!(names.contains(name), "{name} isn't listed");
        }
        assert!(!names.contains("headless_chrome"), "it is only for tests");

        let lock = fs::read_to_string("Cargo.lock").unwrap();
        for component in made["components"].as_array().unwrap() {
            let entry = format!(
                "name = {}\nversion = {}\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = {}\n",
                component["name"], component["version"], component["hashes"][0]["content"]
            );
            assert!(lock.contains(&entry), "{entry}");
            let licence = component["licenses"][0]["expression"].as_str().unwrap();
            assert!(!licence.is_empty() && !licence.contains('/'), "{component}");
        }
    }

    #[test]
    fn what_uses_what_is_told_of_every_component_and_names_no_other() {
        let made = ours();
        let mut listed = texts(&made["components"], "bom-ref");
        assert_eq!(listed.len(), made["components"].as_array().unwrap().len());
        let root = &made["metadata"]["component"]["bom-ref"];
        listed.insert(root.as_str().unwrap().to_owned());
        assert_eq!(texts(&made["dependencies"], "ref"), listed);
        let mut used = BTreeSet::from([root.as_str().unwrap()]);
        for entry in made["dependencies"].as_array().unwrap() {
            used.extend(
                entry["dependsOn"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter_map(Value::as_str),
            );
        }
        assert!(listed.iter().map(String::as_str).eq(used));
    }

    #[test]
    fn the_same_program_has_the_same_list_and_another_has_another() {
        let tree = Tree::read("0|a v1.0.0 (/a)|MIT\n1|b v2.0.0+x (proc-macro)|MIT/Apache-2.0 (*)")
            .unwrap();
        let checksums = BTreeMap::from([(("b".to_owned(), "2.0.0+x".to_owned()), "00".to_owned())]);
        let compiler = ("1.0.0".to_owned(), "a-target".to_owned());
        let made = |program: &[u8]| bill(&tree, &checksums, &compiler, program).unwrap();
        assert_eq!(made(b"one"), made(b"one"));
        assert_ne!(made(b"one")["serialNumber"], made(b"two")["serialNumber"]);
        let only = &made(b"one")["components"][0];
        assert_eq!(only["purl"], "pkg:cargo/b@2.0.0%2Bx");
        assert_eq!(only["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert!(bill(&tree, &BTreeMap::new(), &compiler, b"one").is_err());
        assert!(Tree::read("no tree").is_err());
    }
}
