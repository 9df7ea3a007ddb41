//! Rules about files that no lint has: their length, an opening that says why they exist, data beside each
//! migration, forbidden names. Clippy has those about code (`.clippy.toml`, `src/lib.rs`, `Cargo.toml`);
//! [`layers`] those about imports between layers.

mod layers;
mod sources;
mod templates;

use sources::shipped;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Lines of a file without its tests.
const FILE_LINES_MAX: usize = 400;

#[test]
fn files_stay_readable() {
    let lengths = shipped().files.iter().map(|(file, text)| (file.as_str(), lines_without_tests(text)));
    none(lengths.filter_map(|(file, lines)| too_long(file, lines)).collect());
}

#[test]
fn every_file_says_why_it_exists() {
    none(all_rust_files().iter().filter_map(|(path, text)| header_fault(path, text)).collect());
}

#[test]
fn every_migration_has_a_data_file() {
    let names = |folder: &str| -> BTreeSet<String> {
        let found = files(&root().join(folder))
            .into_iter()
            .filter(|path| path.extension().is_some_and(|e| e == "sql"));
        found.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    };
    let (migrations, data) = (names("migrations"), names("tests/data/migrations"));
    assert!(!migrations.is_empty());
    none(
        migrations.difference(&data).map(|name| format!("tests/data/migrations/{name} is missing")).collect(),
    );
}

#[test]
fn the_repository_names_no_machine() {
    let mut faults = Vec::new();
    for path in files(&root()) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        faults.extend(machine_faults(&relative(&path), &text));
    }
    none(faults);
}

#[test]
fn every_dependency_comes_from_the_public_registry() {
    let lock = read_text("Cargo.lock");
    let foreign = lock.lines().filter(|line| line.starts_with("source = "));
    none(foreign.filter(|line| !line.contains("rust-lang/crates.io-index")).map(str::to_owned).collect());
}

/// Lines before the tests that end a file.
fn lines_without_tests(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines
        .windows(2)
        .position(|two| two[0] == "#[cfg(test)]" && two[1].starts_with("mod ") && two[1].ends_with('{'));
    tests.unwrap_or(lines.len())
}

fn too_long(file: &str, lines: usize) -> Option<String> {
    (lines > FILE_LINES_MAX).then(|| format!("{file} has {lines} lines, more than {FILE_LINES_MAX}"))
}

fn header_fault(path: &str, text: &str) -> Option<String> {
    let opens = text.trim_start();
    let says = opens.starts_with("//!") || opens.starts_with("#![doc = include_str!");
    (!says).then(|| format!("{path}: the first line must be a //! that says why the file exists"))
}

fn machine_faults(path: &str, text: &str) -> Vec<String> {
    // Written in two parts, so that this file does not name what it looks for.
    let marks = [concat!("/wo", "rk/"), concat!("/ho", "me/"), concat!("FIX", "ME")];
    let lines = text.lines().enumerate();
    let marked = lines.filter(|(_, line)| marks.iter().any(|mark| line.contains(mark)));
    marked
        .map(|(number, _)| format!("{path}:{}: names a machine, or something to repair", number + 1))
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file of the repository.
fn read_text(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().into_owned()
}

/// Files of the repository below a folder, in order; build output and git's own stay out.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match path.is_dir() {
            _ if name == ".git" || name == "target" => {}
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}

fn all_rust_files() -> Vec<(String, String)> {
    let folders = ["src", "tests"].into_iter().flat_map(|folder| files(&root().join(folder)));
    let rust = folders.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| relative(&path)).map(|path| (path.clone(), read_text(&path))).collect()
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_long_file_is_found() {
    assert_eq!(too_long("a.rs", 400), None);
    assert!(too_long("a.rs", 401).is_some());
    assert_eq!(lines_without_tests("//! A.\nfn a() {}\n#[cfg(test)]\nmod tests {\n}\n"), 2);
    assert_eq!(lines_without_tests("#[cfg(test)]\nmod tests;\nfn a() {}\n"), 3);
}

#[test]
fn a_missing_header_and_a_machine_path_are_found() {
    assert!(header_fault("a.rs", "use std::fmt;").is_some());
    assert!(header_fault("a.rs", "//! Why.\n").is_none());
    assert_eq!(machine_faults("a", concat!("see /wo", "rk/main")).len(), 1);
}
