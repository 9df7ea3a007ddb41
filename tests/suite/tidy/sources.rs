//! The shipped sources as modules that import each other. A name is followed through aliases and re-exports to the
//! file that defines it: `use crate::store::Row` leads to `store/row.rs` where `store` only says `pub use row::Row`.
//! What is there for tests alone is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use syn::buffer::{Cursor, TokenBuffer};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, Meta, UseTree};

/// A module or a name below the crate, as `app::pay` is `["app", "pay"]`.
type Name = Vec<String>;

/// A file and one that it imports, with the names that tie them.
pub type Edges<'s> = BTreeMap<(&'s str, &'s str), BTreeSet<String>>;

/// Re-exports of re-exports: more than this is a circle of names, which the compiler refuses.
const RE_EXPORTS_MAX: usize = 16;

#[derive(Default)]
struct Module {
    file: String,
    imports: BTreeMap<String, Import>,
    globs: Vec<Name>,
    /// Whether each item can stand before a `::`.
    items: BTreeMap<String, bool>,
    /// Paths in the code itself, single names included.
    mentions: BTreeSet<Name>,
}

struct Import {
    path: Name,
    /// It is there for others: only what the module itself mentions of it ties the two.
    re_export: bool,
}

/// Every module that ships, from `lib.rs` down.
#[derive(Default)]
pub struct Sources {
    modules: BTreeMap<Name, Module>,
    /// The text of each file.
    pub files: BTreeMap<String, String>,
}

/// Everything that ships, read once.
pub fn shipped() -> &'static Sources {
    static SHIPPED: LazyLock<Sources> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        Sources::read(&|file| fs::read_to_string(root.join(file)).ok())
    });
    assert!(SHIPPED.files.len() > 300, "the sources were not found");
    &SHIPPED
}

impl Sources {
    /// Follows the `mod` lines from `src/lib.rs`; `read` answers a file's text, `None` when there is none.
    pub fn read(read: &dyn Fn(&str) -> Option<String>) -> Sources {
        let mut sources = Sources::default();
        let mut open = vec![(Name::new(), "src/lib.rs".to_owned())];
        while let Some((path, file)) = open.pop() {
            let text = read(&file).unwrap_or_else(|| panic!("{file} is missing"));
            let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
            let mut reader = Reader { sources: &mut sources, file: &file, at: path, children: Vec::new() };
            reader.module().file = file.clone();
            reader.visit_file(&parsed);
            for child in reader.children {
                let stem = format!("src/{}", child.join("/"));
                let place = [format!("{stem}.rs"), format!("{stem}/mod.rs")];
                let found = place.into_iter().find(|place| read(place).is_some());
                open.push((child, found.unwrap_or_else(|| panic!("{stem} is no file"))));
            }
            sources.files.insert(file, text);
        }
        sources
    }

    /// For each file the files that it imports, with the names that tie them.
    pub fn edges(&self) -> Edges<'_> {
        let mut edges = Edges::new();
        for (at, module) in &self.modules {
            let imported = module.imports.values().filter(|import| !import.re_export);
            let imported = imported.map(|import| self.inside(at, &import.path, true));
            let mentioned = module.mentions.iter().map(|path| self.inside(at, path, true));
            let globs = module.globs.iter().map(|path| self.inside(at, path, true));
            for path in imported.chain(mentioned).chain(globs).flatten() {
                let Some((target, name)) = self.definition(&path, 0) else { continue };
                let file = self.modules[&target].file.as_str();
                if file != module.file {
                    edges.entry((&module.file, file)).or_default().insert(name);
                }
            }
        }
        edges
    }

    /// For each file those of these crates that it names.
    pub fn crates<'s>(&'s self, known: &'s BTreeSet<String>) -> BTreeSet<(&'s str, &'s str)> {
        let mut found = BTreeSet::new();
        for (at, module) in &self.modules {
            let imported = module.imports.values().map(|import| &import.path);
            let mentioned = module.mentions.iter().filter(|path| path.len() > 1);
            let mentioned = mentioned.filter(|path| !module.imports.contains_key(&path[0]));
            for path in imported.chain(mentioned).chain(&module.globs) {
                if let Some(name) = known.get(&path[0]).filter(|_| self.inside(at, path, false).is_none()) {
                    found.insert((module.file.as_str(), name.as_str()));
                }
            }
        }
        found
    }

    /// A path as it is written in a module, from the crate's root; `None` when it leads to another crate.
    fn inside(&self, at: &[String], path: &[String], by_imports: bool) -> Option<Name> {
        let module = &self.modules[at];
        let below = |base: &[String], rest: &[String]| Some([base, rest].concat());
        match path[0].as_str() {
            "crate" => below(&[], &path[1..]),
            "self" => below(at, &path[1..]),
            "super" => {
                let levels = path.iter().take_while(|name| *name == "super").count();
                below(&at[..at.len() - levels], &path[levels..])
            }
            name if by_imports && module.imports.contains_key(name) => {
                let path = [&module.imports[name].path, &path[1..]].concat();
                self.inside(at, &path, false)
            }
            name if self.defines(at, name, path.len() > 1) => below(at, path),
            name => {
                let globs = module.globs.iter().filter_map(|glob| self.inside(at, glob, false));
                globs
                    .into_iter()
                    .find(|glob| self.defines(glob, name, path.len() > 1))
                    .and_then(|glob| below(&glob, path))
            }
        }
    }

    /// Whether a module has a module or an item of this name, its own or re-exported; `as_scope` leaves out what can't
    /// stand before a `::`, such as a function named like a crate.
    fn defines(&self, at: &[String], name: &str, as_scope: bool) -> bool {
        let has = |module: &Module| {
            module.items.get(name).is_some_and(|is_scope| *is_scope || !as_scope)
                || module.imports.get(name).is_some_and(|import| import.re_export)
        };
        self.modules.contains_key(&[at, &[name.to_owned()]].concat()) || self.modules.get(at).is_some_and(has)
    }

    /// The module that defines what a path from the crate's root leads to, and its name there; `None` for a module
    /// itself and for what another crate defines.
    fn definition(&self, path: &[String], depth: usize) -> Option<(Name, String)> {
        assert!(depth < RE_EXPORTS_MAX, "{path:?} leads in a circle");
        let mut at = Name::new();
        for (index, name) in path.iter().enumerate() {
            let (module, rest) = (&self.modules[&at], &path[index + 1..]);
            let child = [at.as_slice(), std::slice::from_ref(name)].concat();
            let imported = module.imports.get(name).filter(|import| import.path != [name.as_str()]);
            if self.modules.contains_key(&child) && (imported.is_none() || !rest.is_empty()) {
                at = child;
                continue;
            }
            if let Some(import) = imported {
                let target = self.inside(&at, &[&import.path, rest].concat(), false)?;
                return self.definition(&target, depth + 1);
            }
            if !module.items.contains_key(name) {
                let globs = module.globs.iter().filter_map(|glob| self.inside(&at, glob, false));
                if let Some(glob) = globs.into_iter().find(|glob| self.defines(glob, name, !rest.is_empty()))
                {
                    return self.definition(&[glob.as_slice(), &path[index..]].concat(), depth + 1);
                }
            }
            return Some((at, name.clone()));
        }
        None
    }
}

/// Reads one file into its module and the modules inside it.
struct Reader<'s> {
    sources: &'s mut Sources,
    file: &'s str,
    at: Name,
    /// Modules in files of their own.
    children: Vec<Name>,
}

impl Reader<'_> {
    fn module(&mut self) -> &mut Module {
        self.sources.modules.entry(self.at.clone()).or_default()
    }

    fn import(&mut self, before: &[String], tree: &UseTree, re_export: bool) {
        let below = |name: &dyn ToString| [before, &[name.to_string()]].concat();
        let mut named = |path: Name, name: String| {
            // `use a::{self}` names `a`.
            let path = if path.last().is_some_and(|last| last == "self") { before.to_vec() } else { path };
            let name = if name == "self" { before.last().cloned().unwrap_or_default() } else { name };
            self.module().imports.insert(name, Import { path, re_export });
        };
        match tree {
            UseTree::Path(path) => self.import(&below(&path.ident), &path.tree, re_export),
            UseTree::Name(name) => named(below(&name.ident), name.ident.to_string()),
            UseTree::Rename(name) => named(below(&name.ident), name.rename.to_string()),
            UseTree::Glob(_) => self.module().globs.push(before.to_vec()),
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.import(before, tree, re_export));
            }
        }
    }

    /// Notes the paths among unparsed tokens: the arguments of macros and attributes.
    fn tokens(&mut self, mut rest: Cursor<'_>, single_names: bool) {
        while !rest.eof() {
            if let Some((inside, _, _, after)) = rest.any_group() {
                self.tokens(inside, single_names);
                rest = after;
            } else if let Some((first, mut after)) = rest.ident() {
                let mut path = vec![first.to_string()];
                while let Some((name, next)) = joined(after) {
                    (path, after) = ([path, vec![name]].concat(), next);
                }
                if single_names || path.len() > 1 {
                    self.module().mentions.insert(path);
                }
                rest = after;
            } else {
                let after = rest.lifetime().map(|(_, after)| after);
                let Some(after) = after.or_else(|| rest.token_tree().map(|(_, after)| after)) else { return };
                rest = after;
            }
        }
    }
}

/// The name after a `::`.
fn joined(at: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let (first, at) = at.punct()?;
    let (second, at) = at.punct()?;
    let (name, after) = at.ident()?;
    ((first.as_char(), second.as_char()) == (':', ':')).then(|| (name.to_string(), after))
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let (name, attributes) = name_and_attributes(item);
        if is_for_tests(attributes) {
            return;
        }
        if let (Some(name), false) = (name, matches!(item, Item::Mod(_))) {
            let is_scope = matches!(
                item,
                Item::Enum(_) | Item::Struct(_) | Item::Trait(_) | Item::Type(_) | Item::Union(_)
            );
            self.module().items.insert(name, is_scope);
        }
        visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.at.push(module.ident.to_string());
        if module.content.is_some() {
            let file = self.file.to_owned();
            self.module().file = file;
            visit::visit_item_mod(self, module);
        } else {
            self.children.push(self.at.clone());
        }
        self.at.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&[], &item.tree, !matches!(item.vis, syn::Visibility::Inherited));
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !is_for_tests(&function.attrs) {
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.module().mentions.insert(names);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(TokenBuffer::new2(call.tokens.clone()).begin(), true);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        match &attribute.meta {
            Meta::List(list) => {
                self.visit_path(&list.path);
                self.tokens(TokenBuffer::new2(list.tokens.clone()).begin(), false);
            }
            _ => visit::visit_attribute(self, attribute),
        }
    }

    // `pub(in crate::app)` is a visibility, not an import.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    let is_test = |list: &syn::MetaList| list.path.is_ident("cfg") && list.tokens.to_string() == "test";
    attributes.iter().any(|attribute| attribute.meta.require_list().is_ok_and(is_test))
}

fn name_and_attributes(item: &Item) -> (Option<String>, &[Attribute]) {
    macro_rules! of {
        ($($kind:ident),+; $($other:ident),+) => {
            match item {
                $( Item::$kind(item) => (Some(item.ident.to_string()), item.attrs.as_slice()), )+
                $( Item::$other(item) => (None, item.attrs.as_slice()), )+
                Item::Fn(item) => (Some(item.sig.ident.to_string()), &item.attrs),
                Item::Macro(item) => (item.ident.as_ref().map(ToString::to_string), &item.attrs),
                _ => (None, &[]),
            }
        };
    }
    of!(Const, Enum, Mod, Static, Struct, Trait, Type, Union; Impl, Use)
}
