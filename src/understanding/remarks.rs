//! Remarks beside the intent: that it was paid, by which way, in anger, by right of law. Checked for a single
//! message when needed. The phrases lie in the lexicon; they are matched as whole words, a last one that ends in
//! `*` as a stem.

use super::folding::{fits, folded};
use super::lexicon::lexicon;
use super::terms::{Remark, Term, TermSet};
use super::tokens;

/// Whether the message contains this remark, in any of the languages.
pub fn says(text: &str, remark: Remark) -> bool {
    let folded = folded(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let said = |phrase: &str| {
        let wanted: Vec<&str> = phrase.split(' ').collect();
        words
            .windows(wanted.len())
            .any(|words| words.iter().zip(&wanted).all(|(word, wanted)| fits(word, wanted)))
    };
    lexicon().remarks().any(|(of, phrase)| of == remark && said(phrase))
}

/// Whether dates are given as days alone ("del 14", "del doce al quince"): no month, no weekday, no feast, no word
/// relative to today.
pub fn names_bare_days(text: &str) -> bool {
    const DATED: TermSet = TermSet::of(&[
        Term::Today,
        Term::Tonight,
        Term::Tomorrow,
        Term::AfterTomorrow,
        Term::Weekend,
        Term::Week,
        Term::MonthWord,
        Term::Fortnight,
        Term::Long,
        Term::Carnival,
        Term::HolyWeek,
        Term::Christmas,
        Term::NewYear,
        Term::Holiday,
    ]);
    let list = tokens::tokenize(lexicon(), text, None).list;
    let named = list.iter().any(|token| token.month > 0 || token.weekday > 0 || token.any(DATED));
    let joined = list
        .windows(3)
        .any(|three| matches!(three[1].mark, Some('/' | '-' | '.')) && three[0].digits && three[2].digits);
    !named && !joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_punctuation_do_not_matter() {
        assert!(says("Botón de ARREPENTIMIENTO!!", Remark::Withdrawal));
        assert!(says("me pasás el CBU?", Remark::ByTransfer));
        assert!(!says("qué lindo lugar", Remark::Insult));
    }

    #[test]
    fn who_asks_to_be_told_how_to_pay_names_no_account() {
        for text in [
            "contame cómo pago",
            "cuéntame cómo pago",
            "me conta como pago",
            "me doy cuenta tarde, cómo pago?",
            "teniendo en cuenta la fecha, cuánto pago?",
            "pago al contado?",
            "how do I pay the deposit?",
        ] {
            assert!(!says(text, Remark::ByTransfer), "{text}");
        }
    }

    #[test]
    fn who_names_the_account_or_the_transfer_pays_by_bank() {
        for text in [
            "puedo transferir?",
            "te hago una transferencia",
            "por transfe se puede?",
            "a qué cuenta te deposito?",
            "me pasás los datos de la cuenta",
            "cuenta bancaria?",
            "número de cuenta por favor",
            "cuál é a conta?",
            "qual é a sua conta?",
            "posso fazer pix?",
            "what are your bank details?",
            "a transferência vai para onde?",
        ] {
            assert!(says(text, Remark::ByTransfer), "{text}");
        }
    }

    #[test]
    fn a_word_that_only_begins_like_an_insult_is_none() {
        assert!(says("son unos chorros", Remark::Insult));
        assert!(says("hijos de puta", Remark::Insult));
        assert!(!says("hay un chorrillo cerca?", Remark::Insult));
        assert!(!says("se puede forrar la cama?", Remark::Insult));
    }

    #[test]
    fn days_alone_are_told_from_dates() {
        assert!(names_bare_days("no, mejor del 14"));
        assert!(names_bare_days("no, mejor del 14."));
        assert!(names_bare_days("y del doce al quince?"));
        for text in [
            "del 14 de diciembre",
            "from 14 to 18 september",
            "14/12",
            "14.12",
            "mañana",
            "el viernes 14",
            "el 14, en semana santa",
            "para el finde",
        ] {
            assert!(!names_bare_days(text), "{text}");
        }
    }
}
