//! Names of people, and words that are no slips: what is written right is never corrected, and "Abril", "Julio" and
//! "Domingo" are people where something introduces them.

use super::cue::Cue;
use super::lexicon::Lexicon;
use super::terms::{Term, TermSet};
use super::token::{Token, begins_with};
use std::collections::HashSet;
use std::sync::LazyLock;

const NAMES: &str = include_str!("../../assets/understanding/kept/names.txt");
const WORDS: &str = include_str!("../../assets/understanding/kept/words.txt");

static NAMED: LazyLock<HashSet<&str>> = LazyLock::new(|| words(NAMES).collect());
static KEPT: LazyLock<HashSet<&str>> = LazyLock::new(|| words(NAMES).chain(words(WORDS)).collect());

/// Words before a name in a list: "yo, Mauro, el Colo y Domingo".
const LIST_REACH: usize = 5;

fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

pub(super) fn is_name(word: &str) -> bool {
    NAMED.contains(word)
}

/// Whether a word that no list has is written as it is meant: a name, a common word, or one with a capital inside a
/// sentence.
pub(super) fn is_kept(text: &str, list: &[Token], at: usize) -> bool {
    let inside = at > 0 && !list[at].breaks && !is_capital(text, &list[at - 1]);
    KEPT.contains(list[at].word.as_str()) || inside && is_capital(text, &list[at])
}

pub(super) fn is_capital(text: &str, token: &Token) -> bool {
    let mut letters = text.get(token.from..token.to).unwrap_or_default().chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// Takes the meaning of a day or a month from names of people.
pub(super) fn settle(lexicon: &Lexicon, text: &str, list: &mut [Token]) {
    for at in 0..list.len() {
        let dated = list[at].month > 0 || list[at].weekday > 0;
        if dated && is_name(&list[at].word) && is_person(lexicon, text, list, at) {
            forget_days(&mut list[at]);
        }
    }
}

/// Forgets that a name is also a month or a day: somebody was asked for their name.
pub(super) fn forget_days(token: &mut Token) {
    (token.month, token.weekday, token.number, token.ordinal) = (0, 0, None, None);
    token.terms = TermSet::EMPTY;
}

fn is_person(lexicon: &Lexicon, text: &str, list: &[Token], at: usize) -> bool {
    const NO_NAME_BEFORE: TermSet =
        TermSet::of(&[Term::Article, Term::Of, Term::At, Term::This, Term::From, Term::To, Term::Until]);
    const PEOPLE: TermSet = TermSet::of(&[Term::Relative, Term::Person, Term::Child, Term::Speaker]);
    let capital = is_capital(text, &list[at]);
    let plain_name = |token: &Token| token.month == 0 && token.weekday == 0 && is_name(&token.word);
    let before = at.checked_sub(1).map(|before| &list[before]);
    let joined = before.filter(|_| !list[at].breaks);
    let next = list.get(at + 1).filter(|next| !next.breaks);
    let goes_on = next.is_some_and(|next| {
        next.any(TermSet::of(&[Term::To, Term::Until, Term::Or])) || next.number.is_some() || next.marks('-')
    });
    // "Sou a Julia".
    let opened = if joined.is_some_and(|before| before.is(Term::Article)) { at - 1 } else { at };
    let introduced = lexicon.introductions.iter().any(|opener| {
        opened.checked_sub(opener.len()).is_some_and(|from| begins_with(&list[from..], opener))
    });
    if introduced {
        return true;
    }
    if goes_on {
        return false;
    }
    let beside = joined.is_some_and(|before| plain_name(before) && (capital || list.len() <= 4));
    let surname = next.is_some_and(|next| plain_name(next) && (!next.cue(Cue::MasculineArticle)))
        && !joined.is_some_and(|before| before.any(NO_NAME_BEFORE) || before.number.is_some())
        && (capital || !joined.is_some_and(|before| before.is(Term::For)));
    let somebody = capital && joined.is_some_and(|before| before.any(PEOPLE));
    let listed = joined.is_some_and(|before| before.is(Term::And))
        && (next.is_none() || capital)
        && list[at.saturating_sub(LIST_REACH)..at].iter().any(plain_name);
    beside || surname || somebody || listed
}

#[cfg(test)]
mod tests {
    use crate::understanding::lexicon::lexicon;
    use crate::understanding::reading::Dates;
    use crate::understanding::tokens::tokenize;
    use crate::understanding::{Context, Expecting, HolidayCalendar, Source, read};
    use jiff::civil::date;

    fn dates(text: &str, expecting: Option<Expecting>) -> Dates {
        let calendar = HolidayCalendar::argentina();
        let today = date(2026, 11, 24);
        read(
            text,
            &Context { today, language_hint: None, source: Source::Text, calendar: &calendar, expecting },
        )
        .dates
    }

    #[test]
    fn a_name_is_no_day() {
        for text in [
            "Marta Gomez",
            "marta gomez",
            "Julio Gómez",
            "abril pereyra",
            "soy Domingo",
            "sou a Julia Março",
            "me llamo Abril, tienen wifi?",
            "le escribo de parte de mi hija Abril",
            "meu nome é Augusto Domingos",
            "my husband August asks about the wifi",
            "yo, Mauro, Seba, el Colo y Domingo",
        ] {
            assert_eq!(dates(text, None), Dates::None, "{text}");
        }
        for text in ["Julio", "abril", "Domingo"] {
            assert_eq!(dates(text, Some(Expecting::Name)), Dates::None, "{text}");
        }
    }

    #[test]
    fn a_day_beside_a_name_is_a_day() {
        for text in
            ["el domingo Marta y yo", "somos Juan y Pedro, domingo a martes", "domingo 29", "15 de abril"]
        {
            assert_ne!(dates(text, None), Dates::None, "{text}");
        }
    }

    #[test]
    fn what_is_written_right_is_not_corrected() {
        for text in [
            "Marta",
            "mates",
            "parque",
            "slept",
            "three trees",
            "vieron",
            "siento",
            "con Lopecito",
            "vista",
            "match",
            "aranha",
        ] {
            let list = tokenize(lexicon(), text, None).list;
            let typed: Vec<String> = text.to_lowercase().split(' ').map(str::to_owned).collect();
            assert_eq!(list.into_iter().map(|token| token.word).collect::<Vec<_>>(), typed);
        }
    }
}
