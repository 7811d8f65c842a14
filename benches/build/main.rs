//! How long a full build takes, and a peer on the same words and tables.
//!
//! Builds generated engagements with the release binary, as a user would, and
//! prints for each corpus what that took, how it compares with `cp -r` of the
//! tree that it writes, and what Hugo takes for the same months. Then it says
//! of each target whether it was met. A missed one doesn't fail the run:
//! figures vary by machine.
//!
//! - `cargo bench --bench build` runs it;
//! - `cargo bench --bench build -- 100x24` a hundred engagements of 24 months
//!   alone, `-- 1000x24` a thousand, which is run only when named;
//! - `cargo bench --bench build -- --write FOLDER 10x24` only writes the
//!   content, for us and for Hugo, to be looked at or profiled.
//!
//! Hugo draws a sparkline a KPI on each page of a month. We draw our charts, of
//! which a session has others, and nothing leaves them out: there is one row
//! of ours, with all of them drawn.
//!
//! Content, output and copy are all in memory-backed storage where there is
//! some, so that the figures are the program's and not a disk's. Build, peer
//! and copy take turns, so that a drift of the machine hits all alike, and
//! what a run writes is removed before the next.

mod corpus;
#[path = "../engagement/mod.rs"]
mod engagement;
mod hugo;
mod run;
mod start;
mod table;
mod target;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use corpus::{CORPORA, Corpus, Tree};
use run::Runs;

/// What was measured of a corpus.
struct Measured {
    corpus: &'static Corpus,
    own: Built,
    peer: Option<Built>,
    copy: Option<Runs>,
}

/// What one program wrote, and what that took.
struct Built {
    tree: Tree,
    runs: Runs,
}

fn main() {
    let mut arguments = env::args().skip(1).filter(|given| given != "--bench");
    let mut wanted = Vec::new();
    let mut write_to = None;
    while let Some(given) = arguments.next() {
        if given == "--write" {
            let folder = arguments.next();
            write_to = Some(folder.expect("--write takes the folder to write"));
        } else {
            wanted.push(given);
        }
    }
    for name in &wanted {
        let is_known = CORPORA.iter().any(|corpus| corpus.name() == *name);
        assert!(is_known, "{name} is no corpus; 10x24 is one");
    }
    let corpora = CORPORA.iter().filter(|corpus| {
        wanted.contains(&corpus.name()) || (wanted.is_empty() && !corpus.for_memory)
    });
    if let Some(folder) = write_to {
        corpora.for_each(|corpus| write(corpus, Path::new(&folder)));
        return;
    }
    let hugo = hugo::find();
    let work = work_folder();
    table::head(work.path(), hugo.as_deref());
    let mut all = Vec::new();
    for corpus in corpora {
        let peer = hugo.as_deref().filter(|_| !corpus.for_memory);
        let measured = measure(corpus, peer, work.path());
        table::rows(&measured);
        all.push(measured);
    }
    table::foot();
    target::tell(&all, &start::measure());
}

fn write(corpus: &Corpus, folder: &Path) {
    let folder = folder.join(corpus.name());
    corpus.write_own(&folder.join("quarterdeck"));
    corpus.write_peer(&folder.join("hugo"));
    println!("written: {}", folder.display());
}

/// In memory where the system offers it.
fn work_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = tempfile::Builder::new()
        .prefix("quarterdeck-bench-")
        .tempdir_in(memory);
    folder.unwrap_or_else(|_| TempDir::new().unwrap())
}

fn measure(corpus: &'static Corpus, hugo: Option<&Path>, work: &Path) -> Measured {
    let root = work.join(corpus.name());
    let sites = corpus.write_own(&root.join("own"));
    let own_outputs = sites.outputs();
    let peer_root = root.join("peer");
    let peer_output = [peer_root.join("public")];
    let copies = [root.join("copies")];
    if hugo.is_some() {
        corpus.write_peer(&peer_root);
    }
    let remove_all = || {
        corpus::remove(&own_outputs);
        corpus::remove(&peer_output);
        corpus::remove(&copies);
    };
    // The first run brings program and content into memory.
    let (mut own, mut peer, mut copy) = (Runs::default(), Runs::default(), Runs::default());
    own.look_at_memory(sites.build());
    if let Some(hugo) = hugo {
        peer.look_at_memory(hugo::command(hugo, &peer_root));
    }
    for _ in 0..corpus.runs {
        remove_all();
        own.add(sites.build());
        if let Some(hugo) = hugo {
            peer.add(hugo::command(hugo, &peer_root));
        }
        if !corpus.for_memory {
            fs::create_dir(&copies[0]).unwrap();
            copy.add(sites.copy(&copies[0]));
        }
    }
    let measured = Measured {
        corpus,
        own: built(corpus, own, &own_outputs),
        peer: hugo.map(|_| built(corpus, peer, &peer_output)),
        copy: Some(copy).filter(|_| !corpus.for_memory),
    };
    if corpus.engagements > 1 && !corpus.for_memory {
        sites.one_fails();
    }
    fs::remove_dir_all(&root).unwrap();
    measured
}

fn built(corpus: &Corpus, runs: Runs, outputs: &[PathBuf]) -> Built {
    let tree = Tree::of(outputs);
    assert!(
        tree.pages > corpus.sessions(),
        "not every session has its page"
    );
    Built { tree, runs }
}
