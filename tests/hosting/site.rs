//! The built sample in a folder whose name is a trial for every configuration,
//! with a frozen memo, and with things around it that nobody may read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::built;

/// The memo's folder below `board/`.
pub const MEMO: &str = "2026-q3-abcdefghijklmnopqrstuvwxyz";

/// What lies outside the served folder, or hidden in it.
pub const SECRET: &str = "NOT-TO-BE-SERVED";

/// What is served.
pub struct Site {
    home: TempDir,
    /// Every file by its path below the root; hidden ones are not among them.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    pub fn built() -> Site {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join(r#"it's "the" $5 site; é"#);
        built::command(Path::new(env!("CARGO_MANIFEST_DIR")), &root)
            .assert()
            .success();
        let write = |path: &str, text: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        if !root.join("board/index.html").exists() {
            write(
                "board/index.html",
                "<!doctype html><title>Every memo</title>",
            );
        }
        let page = "<!doctype html><title>The third quarter</title><style>p { color: red }</style>";
        write(&format!("board/{MEMO}/index.html"), page);
        write(&format!("board/{MEMO}/facts.json"), "{\"facts\":[]}");
        write(&format!("board/{MEMO}/manifest.json"), "{}");
        write(&format!("board/{MEMO}/.hidden"), SECRET);
        write(&format!("board/{MEMO}/deeper/page.html"), "Leadership's");
        write("outside-of-any-page/.git/config", SECRET);
        write(".env", SECRET);
        write("no-page-here/list.csv", "a,b\n");
        fs::write(home.path().join("outside.txt"), SECRET).unwrap();
        let mut files = built::files(&root);
        files.retain(|path, _| !path.split('/').any(|name| name.starts_with('.')));
        assert!(files.len() > 50, "{}", files.len());
        Site { home, files }
    }

    /// The served folder.
    pub fn root(&self) -> PathBuf {
        let mut entries = fs::read_dir(self.home.path()).unwrap();
        let folder = entries.find(|entry| entry.as_ref().unwrap().path().is_dir());
        folder.unwrap().unwrap().path()
    }

    /// Every path at which a file or a folder's page is to be had, and its
    /// file.
    pub fn paths(&self) -> BTreeMap<String, &String> {
        let mut paths = BTreeMap::new();
        for file in self.files.keys() {
            paths.insert(format!("/{file}"), file);
            if let Some(folder) = file.strip_suffix("index.html") {
                paths.insert(format!("/{folder}"), file);
            }
        }
        paths
    }
}

/// Whether the board's names open a path.
pub fn is_for_board(path: &str) -> bool {
    path.strip_prefix("/board/")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(folder, file)| !folder.is_empty() && !file.contains('/'))
}
