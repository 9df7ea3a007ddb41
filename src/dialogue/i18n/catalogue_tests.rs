//! Each catalogue has exactly the declared messages, and every message can be rendered.

use super::catalogue::{Locale, sources};
use super::message::Declared;
use super::{format, guest_messages, owner_messages, page_messages, template_messages};
use crate::domain::language::{Language, OWNER_LANGUAGE};
use fluent_bundle::FluentArgs;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use std::collections::{BTreeMap, BTreeSet};

/// CLDR's plural categories; a catalogue may also name a number itself.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
/// Numbers that cover the plural categories of our languages and of languages to come.
const COUNTS: [&str; 6] = ["0", "1", "2", "5", "21", "1440"];

/// The arguments of a message of a catalogue.
#[derive(Default)]
struct Used<'a> {
    /// Arguments in the text itself, not only in a choice.
    said: BTreeSet<&'a str>,
    arguments: BTreeSet<&'a str>,
    messages: BTreeSet<&'a str>,
    /// By argument, the keys of each of its choices.
    choices: Vec<(&'a str, BTreeSet<&'a str>)>,
}

impl<'a> Used<'a> {
    fn pattern(&mut self, pattern: &Pattern<&'a str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { .. } => {}
                PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                    if let InlineExpression::VariableReference { id } = inline {
                        self.said.insert(id.name);
                    }
                    self.inline(inline);
                }
                PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                    self.inline(selector);
                    let keys = variants.iter().map(|variant| match variant.key {
                        VariantKey::Identifier { name } => name,
                        VariantKey::NumberLiteral { value } => value,
                    });
                    if let InlineExpression::VariableReference { id } = selector {
                        self.choices.push((id.name, keys.collect()));
                    }
                    variants.iter().for_each(|variant| self.pattern(&variant.value));
                }
            }
        }
    }

    fn inline(&mut self, expression: &InlineExpression<&'a str>) {
        match expression {
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name);
            }
            InlineExpression::MessageReference { id, attribute: None } => {
                self.messages.insert(id.name);
            }
            other => panic!("only arguments and messages stand in braces: {other:?}"),
        }
    }
}

/// A parsed catalogue: every message with its arguments, also those of referenced messages.
fn written<'a>(texts: &[&'a str]) -> BTreeMap<&'a str, Used<'a>> {
    let mut messages = BTreeMap::new();
    for text in texts {
        let resource = fluent_syntax::parser::parse(*text).expect("a catalogue");
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    assert!(message.attributes.is_empty(), "{} has attributes", message.id.name);
                    let mut used = Used::default();
                    used.pattern(&message.value.expect("a message has words"));
                    assert!(messages.insert(message.id.name, used).is_none(), "{} twice", message.id.name);
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
                Entry::Term(_) | Entry::Junk { .. } => panic!("only messages: {entry:?}"),
            }
        }
    }
    messages
}

/// The arguments of a message and of those it references.
fn arguments<'a>(messages: &BTreeMap<&'a str, Used<'a>>, name: &str) -> BTreeSet<&'a str> {
    let used = messages.get(name).unwrap_or_else(|| panic!("no message {name}"));
    let through = used.messages.iter().flat_map(|name| arguments(messages, name));
    through.chain(used.arguments.iter().copied()).collect()
}

/// Sentences use all their arguments in every language.
fn sentences() -> Vec<Declared> {
    [guest_messages::declared(), page_messages::declared(), template_messages::declared()].concat()
}

/// The declarations for the language with this code.
fn declared(code: &str) -> Vec<Declared> {
    let owner = if code == OWNER_LANGUAGE.code() { owner_messages::declared() } else { Vec::new() };
    format::declared().into_iter().chain(sentences()).chain(owner).collect()
}

/// Every catalogue's texts, by the code of its language.
fn catalogues() -> Vec<(&'static str, Vec<&'static str>)> {
    Language::all().iter().map(|language| (language.code(), sources(*language))).collect()
}

#[test]
fn no_message_is_missing_and_none_is_unused() {
    for (code, texts) in catalogues() {
        let messages = written(&texts);
        let names: BTreeSet<&str> = declared(code).iter().map(|declared| declared.name).collect();
        let inner: BTreeSet<&str> = messages.values().flat_map(|used| used.messages.clone()).collect();
        let missing: Vec<_> = names.union(&inner).filter(|name| !messages.contains_key(*name)).collect();
        assert!(missing.is_empty(), "{code} lacks {missing:?}");
        let unused: Vec<_> =
            messages.keys().filter(|name| !names.contains(*name) && !inner.contains(*name)).collect();
        assert!(unused.is_empty(), "nobody says {unused:?} of {code}");
    }
}

#[test]
fn every_sentence_uses_all_its_arguments_in_every_language() {
    for (code, texts) in catalogues() {
        let messages = written(&texts);
        let owner = if texts.len() > 1 { owner_messages::declared() } else { Vec::new() };
        for declared in sentences().into_iter().chain(owner) {
            let given: BTreeSet<&str> = declared.arguments.iter().map(|(name, _)| *name).collect();
            assert_eq!(arguments(&messages, declared.name), given, "{} in {code}", declared.name);
        }
    }
}

#[test]
fn a_pattern_uses_only_what_it_is_given() {
    let catalogues: Vec<_> = catalogues().iter().map(|(_, texts)| written(texts)).collect();
    for declared in format::declared() {
        let given: BTreeSet<&str> = declared.arguments.iter().map(|(name, _)| *name).collect();
        let used = catalogues.iter().map(|messages| arguments(messages, declared.name));
        let used: BTreeSet<&str> = used.flatten().collect();
        assert!(used.is_subset(&given), "{}: {used:?} of {given:?}", declared.name);
    }
}

/// By name, the codes of the arguments of closed types.
fn codes() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let all = Language::all()
        .iter()
        .flat_map(|language| declared(language.code()))
        .flat_map(|declared| declared.arguments);
    all.filter(|(_, codes)| !codes.is_empty())
        .map(|(name, codes)| (name, codes.into_iter().collect()))
        .collect()
}

#[test]
fn a_choice_names_each_code_of_its_type_and_no_other() {
    let codes = codes();
    for (code, texts) in catalogues() {
        for (name, used) in written(&texts) {
            let bare: Vec<_> = used.said.iter().filter(|argument| codes.contains_key(*argument)).collect();
            assert!(bare.is_empty(), "{name} in {code} says the bare code of {bare:?}");
            for (argument, keys) in used.choices {
                match codes.get(argument) {
                    Some(codes) => assert_eq!(&keys, codes, "{name} in {code}"),
                    None => {
                        let counts = |key: &&str| PLURALS.contains(key) || key.parse::<u32>().is_ok();
                        assert!(keys.iter().all(counts), "{name} in {code}: {keys:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_message_can_be_said_with_each_of_its_variants() {
    for &language in Language::all() {
        for message in declared(language.code()) {
            let each = message.arguments.iter().map(|(name, codes)| match codes.as_slice() {
                [] => COUNTS.map(|count| (*name, count)).to_vec(),
                codes => codes.iter().map(|code| (*name, *code)).collect(),
            });
            let rounds = each.clone().map(|values| values.len()).max().unwrap_or(1);
            for round in 0..rounds {
                let mut arguments = FluentArgs::new();
                for values in each.clone() {
                    let (name, value) = values[round % values.len()];
                    match value.parse::<u32>() {
                        Ok(number) => arguments.set(name, number),
                        Err(_) => arguments.set(name, value),
                    }
                }
                let said = Locale::of(language).message(message.name, arguments);
                assert!(!said.trim().is_empty(), "{} in {}", message.name, language.code());
                assert!(!said.contains(['{', '}']), "{} in {}: {said}", message.name, language.code());
            }
        }
    }
}

#[test]
fn numbers_choose_the_form_of_their_language() {
    let nights = |language, nights| Locale::of(language).nights(nights);
    assert_eq!([1, 2].map(|n| nights(Language::SPANISH, n)), ["1 noche", "2 noches"]);
    assert_eq!([1, 2].map(|n| nights(Language::of("pt"), n)), ["1 noite", "2 noites"]);
    assert_eq!([1, 2].map(|n| nights(Language::of("en"), n)), ["1 night", "2 nights"]);
}
