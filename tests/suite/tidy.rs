//! The rules that the compiler can't check: who may know whom, how long a function may be, where the clock is
//! read. Sources are read as text with comments and strings blanked, which is enough for rules as plain as
//! these; the checker's own tests show that each rule can fail.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Lines of a function: what fits on a screen.
const FUNCTION_LINES_MAX: usize = 70;
/// Lines of a file without its tests.
const FILE_LINES_MAX: usize = 400;

/// Files that are longer than they should be, with their ceiling. Ceilings only ever sink, entries only go.
const LONG_FILES: &[(&str, usize)] = &[("src/app/converse.rs", 450), ("src/store/payments.rs", 480)];
/// Functions that are longer than they should be, as `file: name`, with their ceiling. As above.
const LONG_FUNCTIONS: &[(&str, usize)] = &[];

/// Who may know whom, and which crates each layer may name. `*` means all.
const LAYERS: &[(&str, &[&str], &[&str])] = &[
    ("domain", &[], &["include_dir", "jiff", "thiserror", "serde", "strum"]),
    ("understanding", &["domain"], &["jiff", "thiserror", "serde", "strum", "toml", "unicode_normalization"]),
    (
        "dialogue",
        &["domain", "understanding"],
        &["fluent_bundle", "jiff", "thiserror", "serde", "strum", "unicode_normalization"],
    ),
    ("calendars", &["domain"], &["jiff", "thiserror", "serde", "ics"]),
    ("ports", &["domain"], &["jiff", "thiserror", "serde"]),
    ("config", &["domain"], &["figment", "jiff", "thiserror", "zeroize"]),
    ("obs", &[], &["metrics", "metrics_exporter_prometheus", "serde", "tracing", "tracing_subscriber"]),
    ("sys", &[], &["sd_notify", "thiserror", "tokio", "tracing"]),
    (
        "store",
        &["domain", "dialogue"],
        &[
            "rusqlite",
            "serde",
            "serde_json",
            "jiff",
            "strum",
            "thiserror",
            "tokio",
            "tracing",
            "ring",
            "flate2",
            "argon2",
            "zeroize",
        ],
    ),
    (
        "adapters",
        &["ports", "domain", "obs", "config"],
        &[
            "ureq",
            "ring",
            "serde",
            "serde_json",
            "data_encoding",
            "jiff",
            "thiserror",
            "tracing",
            "metrics",
            "whisper_rs",
            "ogg",
            "rusty_opus",
            "symphonia",
            "rubato",
        ],
    ),
    (
        "app",
        &["domain", "dialogue", "understanding", "calendars", "ports", "store", "obs", "cache"],
        &[
            "argon2",
            "data_encoding",
            "image",
            "jiff",
            "jsonwebtoken",
            "metrics",
            "moka",
            "ring",
            "serde",
            "serde_json",
            "strum",
            "thiserror",
            "tokio",
            "tracing",
            "zeroize",
        ],
    ),
    (
        "jobs",
        &["app", "store", "obs", "ports", "domain"],
        &["jiff", "metrics", "strum", "thiserror", "tokio", "tracing"],
    ),
    (
        "web",
        &["app", "domain", "store", "obs", "calendars", "ports", "dialogue"],
        &[
            "askama",
            "data_encoding",
            "flate2",
            "governor",
            "jiff",
            "metrics",
            "moka",
            "multer",
            "qrcode",
            "ring",
            "rocket",
            "serde",
            "serde_json",
            "strum",
            "thiserror",
            "tokio",
            "tracing",
            "utoipa",
        ],
    ),
    (
        "fake_vendors",
        &["domain"],
        &[
            "askama",
            "data_encoding",
            "jiff",
            "ring",
            "rocket",
            "serde",
            "serde_json",
            "thiserror",
            "tokio",
            "ureq",
        ],
    ),
    (
        "simulation",
        &["app", "jobs", "store", "ports", "domain", "calendars", "understanding", "dialogue"],
        &["jiff", "rusqlite", "serde_json", "thiserror", "tokio"],
    ),
    ("boot", &["*"], &["*"]),
    ("cli", &["*"], &["*"]),
];

/// The one file that reads the clock.
const CLOCK: &str = "src/adapters/clock.rs";
/// Ways to read the clock.
const CLOCK_READINGS: &[&str] = &["Timestamp::now(", "Zoned::now(", "SystemTime::now(", "Instant::now("];
/// Files that measure how long something took, which is no decision: monotonic clock only.
const STOPWATCHES: &[&str] =
    &["src/app/transcribe.rs", "src/cli/simulate.rs", "src/cli/transcribe.rs", "src/jobs/mod.rs"];

// ------------------------------------------------------------------------------------------ the tests

#[test]
fn layers_know_only_those_below_them() {
    let known: BTreeSet<String> = modules().into_iter().collect();
    let listed: BTreeSet<String> = LAYERS.iter().map(|(name, _, _)| (*name).to_owned()).collect();
    let missing: Vec<_> = known.difference(&listed).collect();
    assert!(missing.is_empty(), "modules without a line in LAYERS: {missing:?}");
    let crates = dependencies(&read(&root().join("Cargo.toml")));
    none(sources().iter().flat_map(|source| layer_faults(source, &known, &crates)).collect());
}

#[test]
fn the_web_never_writes() {
    let faults = sources().into_iter().filter(|source| source.layer() == "web");
    none(faults.flat_map(|source| word_faults(&source, "WriteTx", "writes belong to app")).collect());
}

#[test]
fn the_clock_is_read_in_one_file() {
    none(sources().iter().flat_map(clock_faults).collect());
}

#[test]
fn only_the_command_line_prints() {
    let faults = sources().into_iter().filter(|source| source.layer() != "cli");
    none(faults.flat_map(|source| print_faults(&source)).collect());
}

#[test]
fn functions_fit_on_a_screen_and_files_stay_readable() {
    let long: Vec<(String, usize)> = sources().iter().flat_map(long_functions).collect();
    none(over_the_list(&long, LONG_FUNCTIONS, FUNCTION_LINES_MAX));
    let long: Vec<(String, usize)> =
        sources().iter().map(|source| (source.path.clone(), source.code.lines().count())).collect();
    none(over_the_list(&long, LONG_FILES, FILE_LINES_MAX));
}

#[test]
fn nothing_unfinished_and_no_unwrap() {
    none(sources().iter().flat_map(unfinished_faults).collect());
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
    let lock = read(&root().join("Cargo.lock"));
    let foreign = lock.lines().filter(|line| line.starts_with("source = "));
    none(foreign.filter(|line| !line.contains("rust-lang/crates.io-index")).map(str::to_owned).collect());
}

// ------------------------------------------------------------------------------------------ the rules

/// One source file: the code that ships, with comments and strings blanked and its tests cut off.
struct Source {
    path: String,
    code: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Source {
        let blanked = without_comments_and_strings(text);
        let end = tests_begin(&blanked).unwrap_or(blanked.len());
        Source { path: path.to_owned(), code: blanked[..end].to_owned() }
    }

    /// The top-level module the file belongs to.
    fn layer(&self) -> String {
        let inside = self.path.trim_start_matches("src/");
        inside.split(['/', '.']).next().unwrap().to_owned()
    }
}

fn layer_faults(source: &Source, known: &BTreeSet<String>, crates: &BTreeSet<String>) -> Vec<String> {
    let layer = source.layer();
    let Some((_, modules, externals)) = LAYERS.iter().find(|(name, _, _)| *name == layer) else {
        return vec![];
    };
    let allowed = |list: &[&str], name: &str| list.contains(&"*") || list.contains(&name);
    let mut faults = Vec::new();
    for name in used_modules(&source.code) {
        if known.contains(&name) && name != layer && !allowed(modules, &name) {
            faults.push(format!("{}: {layer} must not know {name}", source.path));
        }
    }
    for name in used_crates(&source.code, crates) {
        if !allowed(externals, &name) {
            faults.push(format!("{}: {layer} must not name the crate {name}", source.path));
        }
    }
    faults
}

fn clock_faults(source: &Source) -> Vec<String> {
    if source.path == CLOCK {
        return vec![];
    }
    let excused = |reading: &str| reading == "Instant::now(" && STOPWATCHES.contains(&source.path.as_str());
    let readings = CLOCK_READINGS.iter().filter(|reading| !excused(reading));
    readings.flat_map(|reading| word_faults(source, reading, "ask the clock port")).collect()
}

fn print_faults(source: &Source) -> Vec<String> {
    let macros = ["println!", "print!", "eprint!"];
    macros.iter().flat_map(|name| word_faults(source, name, "only the command line prints")).collect()
}

fn unfinished_faults(source: &Source) -> Vec<String> {
    let words = [".unwrap()", "todo!", "unimplemented!", "dbg!"];
    words.iter().flat_map(|word| word_faults(source, word, "not in code that ships")).collect()
}

fn word_faults(source: &Source, word: &str, why: &str) -> Vec<String> {
    let lines = source.code.lines().enumerate().filter(|(_, line)| line.contains(word));
    lines.map(|(number, _)| format!("{}:{}: {word} ({why})", source.path, number + 1)).collect()
}

/// Every function as `file: name` with its length in lines.
fn long_functions(source: &Source) -> Vec<(String, usize)> {
    let lines: Vec<&str> = source.code.lines().collect();
    let mut found = Vec::new();
    for (first, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let (mut depth, mut opened) = (0i32, false);
        for (last, line) in lines.iter().enumerate().skip(first) {
            opened |= line.contains('{');
            depth += line.matches('{').count() as i32 - line.matches('}').count() as i32;
            if opened && depth <= 0 || !opened && line.trim_end().ends_with(';') {
                found.push((format!("{}: {name}", source.path), last - first + 1));
                break;
            }
        }
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    let words = line.trim_start();
    let rest = match words.strip_prefix("fn ") {
        Some(rest) => rest,
        None => {
            words
                .split_once(" fn ")
                .filter(|(before, _)| !before.contains(['(', '=', ':']) || before.starts_with("pub("))?
                .1
        }
    };
    let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_')?;
    Some(&rest[..end]).filter(|name| !name.is_empty())
}

/// What is longer than allowed and than its ceiling in the list of exceptions; and entries of the list that
/// excuse nothing any more, so that the list shrinks with the code.
fn over_the_list(found: &[(String, usize)], list: &[(&str, usize)], most: usize) -> Vec<String> {
    let excused: BTreeMap<&str, usize> = list.iter().copied().collect();
    let mut faults = Vec::new();
    for (name, lines) in found {
        match excused.get(name.as_str()) {
            None if *lines > most => faults.push(format!("{name} has {lines} lines, more than {most}")),
            Some(allowed) if lines > allowed => {
                faults.push(format!("{name} grew to {lines} lines; its exception says {allowed}"));
            }
            Some(_) if *lines <= most => faults.push(format!("{name} fits now: take it out of the list")),
            None | Some(_) => {}
        }
    }
    let names: BTreeSet<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    faults.extend(
        excused
            .keys()
            .filter(|name| !names.contains(*name))
            .map(|name| format!("{name} is gone: take it out of the list")),
    );
    faults
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

// ------------------------------------------------------------------------------------------ reading

/// Top-level modules named after `crate::`, alone or in a group.
fn used_modules(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == '$') {
            continue;
        }
        let rest = code[at + "crate::".len()..].trim_start();
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_heads(group)),
            None => found.extend(Some(word(rest)).filter(|name| !name.is_empty()).map(str::to_owned)),
        }
    }
    found
}

/// The first word of each member of a `use` group.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut fresh) = (0, Vec::new(), true);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            _ if fresh && (letter.is_alphabetic() || letter == '_') => {
                heads.push(word(&group[at..]).to_owned());
                fresh = false;
            }
            _ => {}
        }
    }
    heads
}

/// Dependencies named at the head of a path.
fn used_crates(code: &str, crates: &BTreeSet<String>) -> BTreeSet<String> {
    let heads = |name: &&String| {
        code.match_indices(name.as_str()).any(|(at, _)| {
            let before = code[..at].chars().next_back().unwrap_or(' ');
            let after = &code[at + name.len()..];
            let alone = !before.is_alphanumeric() && !"_:.$".contains(before);
            let used = code[..at].ends_with("use ") && (after.starts_with(';') || after.starts_with(" as "));
            alone && (after.starts_with("::") || used)
        })
    };
    crates.iter().filter(heads).cloned().collect()
}

/// Names under `[dependencies]`, as code writes them.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let section = manifest.split("[dependencies]").nth(1).unwrap_or("");
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    let names = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
    names.map(|(name, _)| name.trim().replace('-', "_")).collect()
}

fn word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
    &text[..end]
}

/// Where the tests of a file begin: our files end with them.
fn tests_begin(code: &str) -> Option<usize> {
    let inline = code.match_indices("#[cfg(test)]").find(|(at, mark)| {
        let next = code[at + mark.len()..].trim_start();
        next.strip_prefix("mod ").is_some_and(|rest| rest[word(rest).len()..].trim_start().starts_with('{'))
    });
    inline.map(|(at, _)| at)
}

/// Replaces comments and the content of strings by spaces; line ends stay, so that lines keep their numbers.
fn without_comments_and_strings(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let part = opaque_len(rest, out.chars().next_back());
        if part > 0 {
            out.extend(rest[..part].chars().map(|hidden| if hidden == '\n' { '\n' } else { ' ' }));
            rest = &rest[part..];
        } else {
            out.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    out
}

/// Length of the comment, string or character that `rest` begins with; 0 when it begins with code.
fn opaque_len(rest: &str, before: Option<char>) -> usize {
    let whole = rest.len();
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(whole);
    }
    if rest.starts_with("/*") {
        return rest.find("*/").map_or(whole, |end| end + 2);
    }
    let in_word = before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')).filter(|_| !in_word);
    if let Some(marks) = raw {
        let hashes = marks.len() - marks.trim_start_matches('#').len();
        if marks[hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let begin = whole - marks.len() + hashes + 1;
            return rest[begin..].find(&close).map_or(whole, |end| begin + end + close.len());
        }
    }
    match rest.as_bytes()[0] {
        b'"' => closing(rest, '"'),
        b'\'' if is_character(rest) => closing(rest, '\''),
        _ => 0,
    }
}

/// Whether a quote opens a character rather than a lifetime.
fn is_character(rest: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    match (letters.next(), letters.next()) {
        (Some('\\'), _) => true,
        (Some(_), second) => second == Some('\''),
        (None, _) => false,
    }
}

/// Length up to and with the closing quote, backslashes honoured.
fn closing(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
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
    rust.map(|path| (relative(&path), read(&path))).collect()
}

/// Every file of `src` that ships.
fn sources() -> Vec<Source> {
    let all = all_rust_files();
    let for_tests: BTreeSet<String> = all.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    let shipped = |path: &str| {
        path.starts_with("src/")
            && !path.ends_with("tests.rs")
            && !path.contains("/tests/")
            && !for_tests.contains(path)
    };
    let found: Vec<Source> = all
        .iter()
        .filter(|(path, _)| shipped(path) && path != "src/lib.rs" && path != "src/main.rs")
        .map(|(path, text)| Source::new(path, text))
        .collect();
    assert!(found.len() > 50, "the sources were not found");
    found
}

/// Files of the modules that a file declares for its tests only (`#[cfg(test)] mod stub;`).
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let folder = path.trim_end_matches("mod.rs").trim_end_matches(".rs").trim_end_matches('/');
    let declared = text.split("#[cfg(test)]").skip(1).filter_map(|after| {
        let after = after.trim_start().trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
        let rest = after.strip_prefix("mod ")?;
        let name = word(rest);
        rest[name.len()..].starts_with(';').then(|| format!("{folder}/{name}.rs"))
    });
    declared.collect()
}

fn modules() -> Vec<String> {
    let lib = read(&root().join("src/lib.rs"));
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

// ------------------------------------------------------------------------------------------ controls

#[cfg(test)]
mod controls {
    use super::*;

    fn names(list: &[&str]) -> BTreeSet<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn an_upward_use_and_a_foreign_crate_are_found() {
        let (known, crates) = (names(&["domain", "store", "app"]), names(&["rocket", "jiff"]));
        let faults = |text: &str| layer_faults(&Source::new("src/domain/x.rs", text), &known, &crates).len();
        assert_eq!(faults("use crate::store::Store;"), 1);
        assert_eq!(faults("use crate::{domain::money, app::{App, store}};"), 1);
        assert_eq!(faults("fn f() { crate::store::open() }"), 1);
        assert_eq!(faults("use rocket::State;\nuse jiff::Zoned;"), 1);
        assert_eq!(faults("use rocket as r;"), 1);
        assert_eq!(faults("// crate::store\nconst A: &str = \"crate::store\"; // rocket::x"), 0);
        assert_eq!(faults("#[cfg(test)]\nmod tests { use crate::store::Store; }"), 0);
    }

    #[test]
    fn the_clock_prints_and_unfinished_work_are_found() {
        let source =
            Source::new("src/app/x.rs", "fn f() { Timestamp::now(); println!(); x.unwrap(); dbg!(1) }");
        assert_eq!(clock_faults(&source).len(), 1);
        assert!(!print_faults(&source).is_empty());
        assert_eq!(unfinished_faults(&source).len(), 2);
        assert!(clock_faults(&Source::new(CLOCK, "fn f() { Timestamp::now() }")).is_empty());
    }

    #[test]
    fn a_long_function_is_measured_and_the_list_only_shrinks() {
        let text = format!(
            "impl A {{\n    pub(crate) async fn long(&self) {{\n{}    }}\n}}\n",
            "        f();\n".repeat(80)
        );
        let found = long_functions(&Source::new("src/a.rs", &text));
        assert_eq!(found, [("src/a.rs: long".to_owned(), 82)]);
        assert_eq!(over_the_list(&found, &[], 70).len(), 1);
        assert_eq!(over_the_list(&found, &[("src/a.rs: long", 81)], 70).len(), 1);
        assert_eq!(over_the_list(&found, &[("src/a.rs: long", 82)], 70).len(), 0);
        assert_eq!(over_the_list(&found, &[("src/a.rs: long", 90)], 90).len(), 1);
        assert_eq!(over_the_list(&[], &[("src/a.rs: long", 82)], 70).len(), 1);
    }

    #[test]
    fn braces_and_quotes_inside_text_do_not_confuse_the_reader() {
        let text =
            "fn a<'x>(c: char) -> bool { c == '{' || c == '\\'' || \"}\\\"{\" == r#\"}\"{\"# }\nfn b() {}\n";
        let found = long_functions(&Source::new("src/a.rs", text));
        assert_eq!(found.iter().map(|(_, lines)| *lines).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn modules_for_tests_only_are_known() {
        let text = "#[cfg(test)]\nmod stub;\nmod real;\n#[cfg(test)]\nmod tests { }";
        assert_eq!(test_modules("src/adapters/mod.rs", text), ["src/adapters/stub.rs"]);
        assert_eq!(test_modules("src/adapters.rs", text), ["src/adapters/stub.rs"]);
    }

    #[test]
    fn a_missing_header_and_a_machine_path_are_found() {
        assert!(header_fault("a.rs", "use std::fmt;").is_some());
        assert!(header_fault("a.rs", "//! Why.\n").is_none());
        assert_eq!(machine_faults("a", concat!("see /wo", "rk/main")).len(), 1);
    }
}
