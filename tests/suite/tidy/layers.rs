//! Imports between layers: the tables of `src/ARCHITECTURE.md` against the sources, and no import cycle.

use super::sources::{Edges, Sources, shipped};
use super::{none, read_text};
use figment::providers::{Format, Toml};
use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, BTreeSet};

// ------------------------------------------------------------------------------------------ the tests

#[test]
fn layers_know_only_those_below_them() {
    let (sources, map) = (shipped(), read_text("src/ARCHITECTURE.md"));
    let manifest: Manifest = Toml::from_str(&read_text("Cargo.toml")).unwrap();
    let crates = manifest.dependencies.into_keys().map(|name| name.replace('-', "_")).collect();
    let layers: BTreeSet<&str> = sources.files.keys().filter_map(|file| layer(file)).collect();
    let edges = sources.edges();
    let between = edges.keys().filter_map(|(from, to)| Some((*from, layer(to)?)));
    let mut faults = table_faults(&layers, between.collect(), &table(&map, "knows of ours"));
    faults.extend(table_faults(&layers, sources.crates(&crates), &table(&map, "crates it may name")));
    none(faults);
}

#[test]
fn app_stands_on_its_floors() {
    none(floor_faults(shipped(), &table(&read_text("src/ARCHITECTURE.md"), "files of `app`")));
}

#[test]
fn files_import_each_other_in_no_circle() {
    let edges = shipped().edges();
    none(circles(&edges).iter().map(|files| described(files, &edges)).collect());
}

#[test]
fn the_web_never_writes() {
    let sources = shipped();
    let writes = |((from, _), names): &(&(&str, &str), &BTreeSet<String>)| {
        layer(from) == Some("web") && names.contains("WriteTx")
    };
    none(sources.edges().iter().filter(writes).map(|((from, _), _)| format!("{from} writes")).collect());
}

// ------------------------------------------------------------------------------------------ the rules

#[derive(Deserialize)]
struct Manifest {
    dependencies: BTreeMap<String, IgnoredAny>,
}

/// The top-level module that a file belongs to; `lib.rs` belongs to none.
fn layer(file: &str) -> Option<&str> {
    let inside = file.strip_prefix("src/")?;
    inside
        .split_once('/')
        .map_or_else(|| inside.strip_suffix(".rs"), |(layer, _)| Some(layer))
        .filter(|layer| *layer != "lib")
}

/// The rows of the Markdown table that has a column of this title: the words in code of the first cell, and
/// those of that column.
fn table(text: &str, title: &str) -> Vec<(BTreeSet<String>, BTreeSet<String>)> {
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    let mut rows = text.lines().map(|line| -> Vec<String> { cells(line) });
    let column = rows.find_map(|row| row.iter().position(|cell| cell == title));
    let column = column.unwrap_or_else(|| panic!("ARCHITECTURE.md has no table with a column {title:?}"));
    let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let rows = rows.skip(1).take_while(|row| row.len() > column);
    rows.map(|row| (words(&row[0]), words(&row[column]))).collect()
}

/// Imports missing in the table, and table entries without an import. A row that allows `*` allows all.
fn table_faults(
    layers: &BTreeSet<&str>,
    uses: BTreeSet<(&str, &str)>,
    rows: &[(BTreeSet<String>, BTreeSet<String>)],
) -> Vec<String> {
    let mut used: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (file, name) in uses {
        let Some(from) = layer(file).filter(|from| *from != name) else { continue };
        used.entry((from, name)).or_insert(file);
    }
    let allowed: BTreeSet<(&str, &str)> = rows
        .iter()
        .flat_map(|(modules, names)| {
            modules.iter().flat_map(|module| names.iter().map(|name| (&**module, &**name)))
        })
        .collect();
    let listed: BTreeSet<&str> = rows.iter().flat_map(|(modules, _)| modules).map(String::as_str).collect();
    let mut faults: Vec<String> = layers
        .symmetric_difference(&listed)
        .map(|name| format!("{name} is in one of map and sources"))
        .collect();
    for ((from, name), file) in &used {
        if !allowed.contains(&(*from, *name)) && !allowed.contains(&(*from, "*")) {
            faults.push(format!("{file}: {from} must not know {name}"));
        }
    }
    let unused = allowed.iter().filter(|(_, name)| *name != "*").filter(|pair| !used.contains_key(*pair));
    faults.extend(unused.map(|(from, name)| format!("{from} may know {name} and does not")));
    faults
}

/// Files of `app` that import from a floor above theirs; the table names the floors from the top. A folder stands
/// on one floor.
fn floor_faults(sources: &Sources, rows: &[(BTreeSet<String>, BTreeSet<String>)]) -> Vec<String> {
    let floor = |file: &str| {
        let inside = file.strip_prefix("src/app/")?;
        let name =
            inside.split_once('/').map_or_else(|| inside.strip_suffix(".rs"), |(folder, _)| Some(folder));
        Some(rows.iter().position(|(_, files)| files.contains(name.unwrap_or_default())))
    };
    let mut faults = Vec::new();
    for file in sources.files.keys().filter(|file| floor(file) == Some(None)) {
        faults.push(format!("{file} stands on no floor"));
    }
    for ((from, to), names) in sources.edges() {
        if let (Some(Some(own)), Some(Some(other))) = (floor(from), floor(to))
            && other < own
        {
            faults.push(format!("{from} imports {names:?} from a floor above, of {to}"));
        }
    }
    let found: BTreeSet<&str> =
        sources.files.keys().filter_map(|file| file.strip_prefix("src/app/")).collect();
    let is_there = |name: &String| {
        found.contains(format!("{name}.rs").as_str()) || found.contains(format!("{name}/mod.rs").as_str())
    };
    let gone = rows.iter().flat_map(|(_, files)| files).filter(|name| !is_there(name));
    faults.extend(gone.map(|name| format!("{name} has a floor and is gone")));
    faults
}

/// Files that import each other, over however many steps.
fn circles<'s>(edges: &Edges<'s>) -> Vec<Vec<&'s str>> {
    let graph: DiGraphMap<&str, ()> = edges.keys().copied().collect();
    tarjan_scc(&graph).into_iter().filter(|files| files.len() > 1).collect()
}

/// A circle with the names that tie it.
fn described(files: &[&str], edges: &Edges<'_>) -> String {
    let ties = edges.iter().filter(|((from, to), _)| files.contains(from) && files.contains(to));
    let ties: Vec<String> =
        ties.map(|((from, to), names)| format!("    {from} imports {names:?} of {to}")).collect();
    format!("a circle of {}:\n{}", files.len(), ties.join("\n"))
}

// ------------------------------------------------------------------------------------------ controls

mod controls {
    use super::*;

    fn made_up(files: &[(&str, &str)]) -> Sources {
        let files: BTreeMap<String, String> =
            files.iter().map(|(file, text)| (format!("src/{file}"), (*text).to_owned())).collect();
        Sources::read(&|file| files.get(file).cloned())
    }

    fn ties(a: &str, b: &str, more: &[(&str, &str)]) -> String {
        let lib = [("lib.rs", "pub mod a; pub mod b;"), ("a.rs", a), ("b.rs", b)];
        let sources = made_up(&[lib.as_slice(), more].concat());
        let edges = sources.edges();
        circles(&edges).iter().map(|files| described(files, &edges)).collect()
    }

    #[test]
    fn a_circle_is_found_however_the_name_is_written() {
        let b = "use crate::a::A; pub struct B(A);";
        for a in [
            "use crate::b::B; pub struct A(B);",
            "pub struct A(crate::b::B);",
            "use crate::b; pub struct A(b::B);",
            "use super::b as other; pub struct A; fn f() { other::B; }",
            "use crate::{b::{self, B as Other}}; pub struct A;",
            "use crate::b::*; pub struct A(B);",
            "pub struct A; fn f() { println!(\"{}\", [crate::b::B]); }",
            "pub struct A; #[derive(crate::b::B)] struct C;",
            "pub use crate::b::B; pub struct A(B);",
            "pub struct A; impl A { fn f() -> super::b::B { } }",
            "pub struct A; mod inside { fn f() { super::super::b::B } }",
        ] {
            assert!(ties(a, b, &[]).contains("src/a.rs imports {\"B\"} of src/b.rs"), "{a}");
        }
    }

    #[test]
    fn tests_and_mere_re_exports_tie_nothing() {
        let b = "use crate::a::A; pub struct B(A);";
        for a in [
            "pub struct A; #[cfg(test)] mod tests { use crate::b::B; }",
            "pub struct A; #[cfg(test)] use crate::b::B;",
            "pub struct A; #[cfg(test)] mod of_tests; /// [`crate::b::B`]\nfn f() { \"crate::b::B\" }",
            "pub use crate::b::B; pub struct A;",
            "pub struct A; pub(in crate::b) fn f() {}",
        ] {
            assert_eq!(ties(a, b, &[]), "", "{a}");
        }
    }

    #[test]
    fn a_name_is_followed_to_the_file_that_defines_it() {
        let (a, one) = ("pub mod one; pub mod two; pub use one::One; pub use two::*;", "pub struct One;");
        let two = |text| [("a/one.rs", one), ("a/two.rs", text)];
        let b = "use crate::a::Two; pub struct B(Two);";
        assert_eq!(ties(a, b, &two("use super::One; pub struct Two(One);")), "");
        let circle = ties(a, b, &two("use crate::b::B; pub struct Two(B);"));
        assert!(circle.contains("src/b.rs imports {\"Two\"} of src/a/two.rs"), "{circle}");
    }

    #[test]
    fn what_the_map_does_not_allow_and_what_nobody_uses_are_found() {
        let sources = made_up(&[
            ("lib.rs", "pub mod a; pub mod b;"),
            ("a.rs", "use crate::b::B; use jiff::Zoned; struct A(B, Zoned, serde::Value);"),
            ("b.rs", "use jiff as time; pub struct B;"),
        ]);
        let map =
            "| m | knows |\n|--|--|\n| `a` | `b` |\n| `b` | `a`, `c` |\n| `gone` | – |\n\n| `b` | `b` |";
        let (rows, layers) = (table(map, "knows"), BTreeSet::from(["a", "b"]));
        let edges = sources.edges();
        let uses = edges.keys().map(|(from, to)| (*from, layer(to).unwrap())).collect();
        let faults = table_faults(&layers, uses, &rows);
        let expected = ["gone is in one of", "b may know a and", "b may know c and"];
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        assert!(
            faults.iter().zip(expected).all(|(fault, expected)| fault.starts_with(expected)),
            "{faults:?}"
        );
        let none = table("| m | k |\n|--|--|\n| `a` | `*` |\n| `b` | |\n", "k");
        let crates = BTreeSet::from(["jiff", "serde"].map(str::to_owned));
        assert_eq!(table_faults(&layers, sources.crates(&crates), &none), ["src/b.rs: b must not know jiff"]);
    }

    #[test]
    fn a_floor_that_knows_the_one_above_is_found() {
        let sources = made_up(&[
            ("lib.rs", "pub mod app;"),
            ("app/mod.rs", "pub mod low; pub mod high; pub mod new;"),
            ("app/low.rs", "use super::high::H;"),
            ("app/high.rs", "pub struct H;"),
            ("app/new.rs", ""),
        ]);
        let map = "| floor | files |\n|--|--|\n| top | `high`, `old` |\n| ground | `low`, `mod` |\n";
        let faults = floor_faults(&sources, &table(map, "files"));
        let expected =
            ["src/app/new.rs stands on no", "src/app/low.rs imports {\"H\"}", "old has a floor and"];
        assert!(
            faults.iter().zip(expected).all(|(fault, expected)| fault.starts_with(expected)),
            "{faults:?}"
        );
        assert_eq!(faults.len(), 3, "{faults:?}");
    }
}
