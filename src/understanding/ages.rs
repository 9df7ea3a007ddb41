//! The ages of children in a message: "dos chicos de 3 y 9", "2 kids aged 3 and 9", "una beba de 8 meses".

use super::lexicon::lexicon;
use super::terms::{Term, TermSet};
use super::token::Token;
use super::tokens;

/// Years; older is an adult.
const AGE_MAX: u32 = 17;
/// Words between a child and the first age: "dos nenes, que tienen 3 y 9".
const WORDS_BETWEEN: usize = 5;
/// What stands before ages, folded, in the languages of guests.
const BEFORE: [&str; 12] =
    ["de", "com", "con", "aged", "age", "ages", "tienen", "tiene", "tem", "edad", "edades", "idade"];
const YEARS: [&str; 9] = ["anos", "ano", "anitos", "anito", "aninhos", "years", "year", "yrs", "yo"];
const MONTHS: [&str; 5] = ["meses", "mes", "mesinhos", "months", "month"];
const PEOPLE: TermSet = TermSet::of(&[Term::Person, Term::Adult, Term::Child]);
/// What a number before it counts.
const COUNTED: TermSet = TermSet::of(&[Term::Person, Term::Adult, Term::Child, Term::Pet]);

/// Ages in years, in the order said; none where the message gives none.
pub fn ages(text: &str) -> Vec<u8> {
    let list = tokens::tokenize(lexicon(), text, None).list;
    let children = (0..list.len()).filter(|at| list[*at].is(Term::Child));
    children.flat_map(|at| after(&list, at + 1)).collect()
}

/// The ages that are said behind a child.
fn after(list: &[Token], from: usize) -> Vec<u8> {
    let end = list.len().min(from + WORDS_BETWEEN + 1);
    let stops = |token: &Token| token.any(PEOPLE) || token.month > 0;
    let before = (from..end).take_while(|at| !stops(&list[*at])).find(|at| is_age(list, *at));
    let Some(first) = before else { return Vec::new() };
    let mut at = first;
    let mut ages = Vec::new();
    while is_age(list, at) {
        ages.extend(list[at].number.and_then(|number| u8::try_from(number).ok()));
        at += 1;
        if list.get(at).is_some_and(|token| token.is(Term::And) || token.mark.is_some())
            && is_age(list, at + 1)
        {
            at += 1;
        }
    }
    let unit = |words: &[&str]| list.get(at).is_some_and(|token| words.contains(&token.word.as_str()));
    let told = first > 0 && (BEFORE.contains(&list[first - 1].word.as_str()) || list[first - 1].marks('('));
    match (told, unit(&YEARS), unit(&MONTHS)) {
        (_, _, true) => vec![0; ages.len()],
        (true, _, _) | (_, true, _) => ages,
        (false, false, false) => Vec::new(),
    }
}

/// A number that can be an age, and does not count people.
fn is_age(list: &[Token], at: usize) -> bool {
    let Some(token) = list.get(at) else { return false };
    let next = list.get(at + 1);
    let counts = next.is_some_and(|next| next.any(COUNTED));
    let has_unit = next.is_some_and(|next| [&YEARS[..], &MONTHS].concat().contains(&next.word.as_str()));
    // "Un perro" counts, "un año" is an age.
    let is_article = token.is(Term::Article) || token.is(Term::A);
    token.number.is_some_and(|number| number <= AGE_MAX)
        && token.ordinal.is_none()
        && !counts
        && (!is_article || has_unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_as_guests_write_them() {
        for (text, expected) in [
            ("somos 2 adultos y dos chicos de 3 y 9", vec![3, 9]),
            ("mi mujer, yo y 2 nenes de 3 y 9 años y un perro", vec![3, 9]),
            ("2 adultos, 2 niños de 3 y 9 años del 10 al 17 de enero", vec![3, 9]),
            ("vamos con una nena de 4 y un nene de 11", vec![4, 11]),
            ("dos chicos de 3 y 9, y un perro", vec![3, 9]),
            ("2 kids aged 3 and 9 and a dog", vec![3, 9]),
            ("con un bebé de 8 meses", vec![0]),
            ("con una nena de un año", vec![1]),
            ("dois adultos e duas crianças de 5 e 7 anos", vec![5, 7]),
            ("we are 2 adults and 2 kids aged 3 and 9", vec![3, 9]),
        ] {
            assert_eq!(ages(text), expected, "{text}");
        }
    }

    #[test]
    fn days_and_numbers_of_people_are_no_ages() {
        for text in [
            "2 adultos y 2 niños del 10 al 17 de enero",
            "somos 4, dos chicos, del 3 al 9",
            "2 chicos y 3 grandes",
            "para 2 adultos y 1 menor",
        ] {
            assert_eq!(ages(text), Vec::<u8>::new(), "{text}");
        }
    }
}
