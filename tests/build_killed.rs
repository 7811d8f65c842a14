//! A build that is killed leaves a whole site: the former one or the new one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use walkdir::WalkDir;

/// Every file of a tree with its bytes.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    WalkDir::new(root)
        .into_iter()
        .map(|entry| entry.expect("the tree can be listed"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let below = entry.path().strip_prefix(root).expect("it lies below");
            let bytes = fs::read(entry.path()).expect("it can be read");
            (below.to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

fn copy_content(to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for entry in WalkDir::new(&from) {
        let entry = entry.expect("the sample can be listed");
        let target = to
            .join("content")
            .join(entry.path().strip_prefix(&from).expect("it lies below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).expect("a folder can be made");
        } else {
            fs::copy(entry.path(), &target).expect("a file can be copied");
        }
    }
}

fn build(site: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    command
        .arg("build")
        .arg(site)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[test]
fn killed_at_any_moment_the_site_is_whole() {
    let home = tempfile::tempdir().expect("a temporary folder can be made");
    let site = home.path();
    copy_content(site);
    let firm = site.join("content/engagement.yaml");
    let text = fs::read_to_string(&firm).expect("the sample has an engagement");
    let other = text.replace("Kestrel Lane Freight", "Kestrel Lane Haulage");
    let output = site.join("public");

    let mut whole = Vec::new();
    let mut longest = Duration::ZERO;
    for text in [&other, &text] {
        fs::write(&firm, text).expect("the content can be written");
        let began = std::time::Instant::now();
        assert!(build(site).status().expect("the program runs").success());
        longest = longest.max(began.elapsed());
        whole.push(tree(&output));
    }
    assert_ne!(whole[0], whole[1]);

    for round in 0..100_u32 {
        let text = if round % 2 == 0 { &other } else { &text };
        fs::write(&firm, text).expect("the content can be written");
        let mut child = build(site).spawn().expect("the program runs");
        // Moments spread over the build and a little past its end.
        thread::sleep(longest * (round * 37 % 110) / 100);
        let _ = child.kill();
        child.wait().expect("it ended");
        let now = tree(&output);
        assert!(
            whole.contains(&now),
            "after kill {round} the site is neither the former nor the new one"
        );
    }

    fs::write(&firm, &text).expect("the content can be written");
    assert!(build(site).status().expect("the program runs").success());
    assert_eq!(tree(&output), whole[1]);
    let left: Vec<String> = fs::read_dir(site)
        .expect("the folder can be listed")
        .map(|entry| {
            entry
                .expect("it can be read")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name != "content" && name != "public")
        .collect();
    assert!(left.is_empty(), "the next build cleans up: {left:?}");
}
