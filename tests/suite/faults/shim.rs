//! Builds the file layer that fails (`shim.c`) and gives it its orders.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const SOURCE: &str = include_str!("shim.c");
/// Kinds of faults, in the order of the source.
pub const KINDS: [&str; 6] =
    ["write EIO", "write ENOSPC", "write torn, EIO", "write short", "sync EIO", "truncate EIO"];
/// Every kind.
pub const ALL: u64 = (1 << KINDS.len()) - 1;
/// A short write is not a failure: the writer continues with the rest.
pub const SHORT: u64 = 1 << 3;

/// Places on the board, in the order of the source.
const LEFT: u64 = 0;
const ONE_IN: u64 = 1;
const SEED: u64 = 2;
const WHICH: u64 = 3;
const STRUCK: u64 = 5;

#[derive(Debug, Clone, Copy)]
pub struct Order {
    /// So many faults and no more.
    pub faults: u64,
    /// One call of so many is struck.
    pub one_in: u64,
    pub seed: u64,
    pub kinds: u64,
}

/// A built file layer with its board.
pub struct Shim {
    library: PathBuf,
    path: PathBuf,
    board: File,
}

impl Shim {
    /// Builds it in this folder. Fails without a C compiler, which building casero needs too.
    pub fn build(folder: &Path) -> Shim {
        let (source, library) = (folder.join("shim.c"), folder.join("shim.so"));
        std::fs::write(&source, SOURCE).expect("a file");
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o"])
            .args([&library, &source])
            .arg("-ldl")
            .output()
            .expect("a C compiler (cc) is needed to make the disk fail");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let path = folder.join("board");
        std::fs::write(&path, [0; 4096]).expect("a board");
        let board = OpenOptions::new().read(true).write(true).open(&path).expect("the board opens");
        Shim { library, path, board }
    }

    /// The environment of a process whose disk fails, and of our own preload.
    pub fn environment(&self) -> [(&'static str, String); 2] {
        let text = |path: &Path| path.to_str().expect("a plain path").to_owned();
        let ours = std::env::var("LD_PRELOAD").unwrap_or_default();
        [("LD_PRELOAD", format!("{} {ours}", text(&self.library))), ("FAULTS_BOARD", text(&self.path))]
    }

    pub fn strike(&self, order: &Order) {
        for (place, number) in [(ONE_IN, order.one_in), (SEED, order.seed), (WHICH, order.kinds)] {
            self.put(place, number);
        }
        self.put(LEFT, order.faults);
    }

    pub fn heal(&self) {
        self.put(LEFT, 0);
    }

    /// Faults ordered and not struck yet.
    pub fn left(&self) -> u64 {
        self.get(LEFT)
    }

    /// Injected faults so far, by kind.
    pub fn struck(&self) -> [u64; KINDS.len()] {
        std::array::from_fn(|kind| self.get(STRUCK + kind as u64))
    }

    fn get(&self, place: u64) -> u64 {
        let mut bytes = [0; 8];
        self.board.read_exact_at(&mut bytes, place * 8).expect("the board");
        u64::from_ne_bytes(bytes)
    }

    fn put(&self, place: u64, number: u64) {
        self.board.write_all_at(&number.to_ne_bytes(), place * 8).expect("the board");
    }
}
