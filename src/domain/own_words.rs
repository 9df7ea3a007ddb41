//! The owner's own words inside our messages: which messages take them, and which placeholders.
//!
//! Words are checked when they are saved, so that no guest ever reads `{cabn}`. Placeholders are filled with the
//! message's own data: the guest's name, the cabin, the days, the code.

use strum::{EnumString, IntoStaticStr, VariantArray};
/// Two texts of the owner (how to arrive, how to get in), together with a message's own words, must fit a
/// WhatsApp message.
pub const TEXT_CHARS_MAX: usize = 1500;
/// A template's name at Meta (developers.facebook.com/docs/whatsapp/business-management-api/message-templates).
const TEMPLATE_NAME_MAX: usize = 512;
/// Marks that change the writing direction and can make words read as others than were written.
const TURNING: [std::ops::RangeInclusive<char>; 2] = ['\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'];

/// A message with the owner's words, or the template's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum OwnText {
    /// The first answer to a new guest.
    Welcome,
    Confirmed,
    /// The reminders the day before and on the day.
    Arrival,
    /// How to get in, sent on the day.
    CheckIn,
    /// Sent the day after departure.
    Thanks,
    /// The name of the owner's own template at Meta.
    Template,
}

impl OwnText {
    /// The stored name.
    pub fn code(self) -> &'static str {
        self.into()
    }

    pub fn from_code(code: &str) -> Option<OwnText> {
        code.parse().ok()
    }

    /// The placeholders of this text: a new guest has no booking.
    pub fn placeholders(self) -> &'static [Placeholder] {
        match self {
            OwnText::Welcome => &[Placeholder::Guest],
            OwnText::Confirmed | OwnText::Arrival | OwnText::CheckIn | OwnText::Thanks => &Placeholder::ALL,
            OwnText::Template => &[],
        }
    }

    /// Checks the words of this text.
    pub fn check(self, words: &str) -> Result<(), TextProblem> {
        if self == OwnText::Template {
            return if is_template_name(words) { Ok(()) } else { Err(TextProblem::TemplateName) };
        }
        check_plain(words)?;
        let allowed = self.placeholders();
        let wrong = |piece| match piece {
            Piece::Value(placeholder) if !allowed.contains(&placeholder) => {
                Some(TextProblem::NotHere { placeholder, allowed })
            }
            Piece::Value(_) | Piece::Words(_) => None,
        };
        match pieces(words, allowed)?.into_iter().find_map(wrong) {
            Some(problem) => Err(problem),
            None => Ok(()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    Guest,
    Cabin,
    CheckIn,
    CheckOut,
    Address,
    Code,
    Balance,
}

impl Placeholder {
    pub const ALL: [Placeholder; 7] = [
        Placeholder::Guest,
        Placeholder::Cabin,
        Placeholder::CheckIn,
        Placeholder::CheckOut,
        Placeholder::Address,
        Placeholder::Code,
        Placeholder::Balance,
    ];

    /// The placeholder's name in the API.
    pub fn code(self) -> &'static str {
        match self {
            Placeholder::Guest => "guest",
            Placeholder::Cabin => "cabin",
            Placeholder::CheckIn => "check_in",
            Placeholder::CheckOut => "check_out",
            Placeholder::Address => "address",
            Placeholder::Code => "code",
            Placeholder::Balance => "balance",
        }
    }

    /// The placeholder's name for the owner.
    pub fn name(self) -> &'static str {
        match self {
            Placeholder::Guest => "nombre",
            Placeholder::Cabin => "cabaña",
            Placeholder::CheckIn => "llegada",
            Placeholder::CheckOut => "salida",
            Placeholder::Address => "dirección",
            Placeholder::Code => "código",
            Placeholder::Balance => "saldo",
        }
    }

    /// Parses a placeholder: the code or the name, with or without its accents.
    fn read(inside: &str) -> Option<Placeholder> {
        let wanted = plain(inside.trim());
        Placeholder::ALL.into_iter().find(|known| known.code() == wanted || plain(known.name()) == wanted)
    }
}

/// Why the owner's words are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextProblem {
    /// No message or topic has this name; `known` lists the names.
    #[error("is not a known name; known are {}", known.join(", "))]
    UnknownName { known: Vec<&'static str> },
    #[error("must be at most {max} characters")]
    TooLong {
        /// The limit, in characters.
        max: usize,
    },
    /// Control characters, or marks that change the writing direction.
    #[error("must not hold control characters")]
    Control,
    /// Must be one line.
    #[error("must be a single line")]
    ManyLines,
    /// An unknown placeholder.
    #[error("{{{inside}}} is not known; known are {}", codes(allowed))]
    UnknownPlaceholder {
        inside: String,
        /// The placeholders of this text.
        allowed: &'static [Placeholder],
    },
    /// Known, but without a value in this message.
    #[error("{{{}}} can't stand here; {}", placeholder.code(), here(allowed))]
    NotHere {
        placeholder: Placeholder,
        /// The placeholders of this text.
        allowed: &'static [Placeholder],
    },
    /// An unmatched brace.
    #[error("a brace is not closed; write {{{{ for a brace that is meant as such")]
    Unclosed,
    /// Not a template name of Meta's form.
    #[error("must be a template's name at Meta: lowercase letters, digits and underscores")]
    TemplateName,
}

/// Checks a text without placeholders: answers, the policy.
pub fn check_answer(words: &str) -> Result<(), TextProblem> {
    check_plain(words)?;
    // A brace is literal here, unless it plainly is a placeholder, which is never filled in.
    let asked = words.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    match asked.filter_map(|(inside, _)| Placeholder::read(inside)).next() {
        Some(placeholder) => Err(TextProblem::NotHere { placeholder, allowed: &[] }),
        None => Ok(()),
    }
}

/// Whether a value is one line of at most `max` characters.
pub fn check_line(words: &str, max: usize) -> Result<(), TextProblem> {
    if words.contains('\n') {
        return Err(TextProblem::ManyLines);
    }
    if words.chars().count() > max {
        return Err(TextProblem::TooLong { max });
    }
    check_plain(words)
}

/// The words with every placeholder filled in. An empty value takes with it the space before it or, at the start
/// of a line, the comma after it. Invalid words of an older casero stay as they are.
pub fn fill(words: &str, value: impl Fn(Placeholder) -> String) -> String {
    let Ok(pieces) = pieces(words, &Placeholder::ALL) else { return words.to_owned() };
    let mut filled = String::new();
    let mut is_missing = false;
    for piece in pieces {
        match piece {
            Piece::Words(words) => {
                let begins = is_missing && (filled.is_empty() || filled.ends_with('\n'));
                filled.push_str(if begins { words.trim_start_matches([',', ' ']) } else { words });
                is_missing = false;
            }
            Piece::Value(placeholder) => {
                let known = value(placeholder);
                is_missing = known.is_empty();
                if is_missing {
                    filled.truncate(filled.trim_end_matches(' ').len());
                }
                filled.push_str(&known);
            }
        }
    }
    filled
}

/// A part of the owner's words.
enum Piece<'a> {
    Words(&'a str),
    Value(Placeholder),
}

fn pieces<'a>(words: &'a str, allowed: &'static [Placeholder]) -> Result<Vec<Piece<'a>>, TextProblem> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some(at) = rest.find(['{', '}']) {
        found.push(Piece::Words(&rest[..at]));
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            found.push(Piece::Words(brace));
            rest = after;
            continue;
        }
        let (inside, after) = rest.split_once('}').filter(|_| brace == "{").ok_or(TextProblem::Unclosed)?;
        if inside.contains(['{', '\n']) {
            return Err(TextProblem::Unclosed);
        }
        let unknown = || TextProblem::UnknownPlaceholder { inside: inside.to_owned(), allowed };
        found.push(Piece::Value(Placeholder::read(inside).ok_or_else(unknown)?));
        rest = after;
    }
    found.push(Piece::Words(rest));
    Ok(found)
}

fn check_plain(words: &str) -> Result<(), TextProblem> {
    let turns = |letter: char| TURNING.iter().any(|marks| marks.contains(&letter));
    if words.chars().any(|letter| (letter.is_control() && letter != '\n') || turns(letter)) {
        return Err(TextProblem::Control);
    }
    if words.chars().count() > TEXT_CHARS_MAX {
        return Err(TextProblem::TooLong { max: TEXT_CHARS_MAX });
    }
    Ok(())
}

fn is_template_name(name: &str) -> bool {
    let fits = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
    !name.is_empty() && name.len() <= TEMPLATE_NAME_MAX && name.bytes().all(fits)
}

/// Lower case without the accents of Spanish.
fn plain(word: &str) -> String {
    let bare = |letter| match letter {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        'ñ' => 'n',
        other => other,
    };
    word.to_lowercase().chars().map(bare).collect()
}

fn codes(placeholders: &[Placeholder]) -> String {
    let each: Vec<String> = placeholders.iter().map(|known| format!("{{{}}}", known.code())).collect();
    each.join(", ")
}

fn here(allowed: &[Placeholder]) -> String {
    if allowed.is_empty() { "nothing is filled in here".into() } else { format!("only {}", codes(allowed)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(words: &str) -> String {
        fill(words, |placeholder| match placeholder {
            Placeholder::Address => String::new(),
            known => known.code().to_uppercase(),
        })
    }

    #[test]
    fn the_code_and_the_spanish_name_are_filled_alike() {
        assert_eq!(filled("Hola {guest}, {cabin}."), "Hola GUEST, CABIN.");
        assert_eq!(filled("Hola {nombre}, { Cabaña } / {cabana}."), "Hola GUEST, CABIN / CABIN.");
        for placeholder in Placeholder::ALL {
            assert!(Placeholder::read(placeholder.code()) == Some(placeholder));
            assert!(Placeholder::read(placeholder.name()) == Some(placeholder));
        }
    }

    #[test]
    fn what_is_not_known_goes_with_the_space_before_it() {
        assert_eq!(filled("Estamos en {address}. ¡Te esperamos!"), "Estamos en. ¡Te esperamos!");
        assert_eq!(filled("Vení {address}, dale"), "Vení, dale");
        assert_eq!(filled("{address}, dale.\n{address} dale"), "dale.\ndale");
    }

    #[test]
    fn a_doubled_brace_is_a_brace() {
        assert_eq!(filled("Clave: a{{b}}c"), "Clave: a{b}c");
        assert_eq!(OwnText::CheckIn.check("Clave: a{{b}}c"), Ok(()));
    }

    #[test]
    fn unknown_and_unclosed_placeholders_are_refused_with_what_there_is() {
        let refused = OwnText::Thanks.check("Hola {huesped}").unwrap_err();
        assert!(
            refused.to_string().contains("{huesped}") && refused.to_string().contains("{guest}, {cabin}")
        );
        for text in ["Hola {guest", "Hola guest}", "{", "}", "{gu{est}", "{guest\n}"] {
            assert_eq!(OwnText::Thanks.check(text), Err(TextProblem::Unclosed), "{text:?}");
        }
        let early = OwnText::Welcome.check("Tu código: {code}").unwrap_err();
        assert_eq!(early.to_string(), "{code} can't stand here; only {guest}");
    }

    #[test]
    fn an_answer_keeps_its_braces_unless_it_asks_for_a_value() {
        assert_eq!(check_answer("La clave es a{b}c{"), Ok(()));
        assert!(matches!(check_answer("Hola {nombre}"), Err(TextProblem::NotHere { .. })));
    }

    #[test]
    fn control_characters_and_turned_writing_are_refused_and_lines_are_not() {
        for text in ["a\u{0}b", "a\tb", "a\u{1b}[31m", "a\u{202e}b", "a\u{85}b"] {
            assert_eq!(check_answer(text), Err(TextProblem::Control), "{text:?}");
        }
        assert_eq!(check_answer("dos\nrenglones 👨‍👩‍👧"), Ok(()));
        assert_eq!(check_line("dos\nrenglones", 80), Err(TextProblem::ManyLines));
        assert_eq!(check_answer(&"x".repeat(1501)), Err(TextProblem::TooLong { max: 1500 }));
    }

    #[test]
    fn a_template_has_a_name_as_meta_gives_it() {
        assert_eq!(OwnText::Template.check("aviso_2"), Ok(()));
        for name in ["Aviso", "mi aviso", "aviso-2", "ñandú"] {
            assert_eq!(OwnText::Template.check(name), Err(TextProblem::TemplateName), "{name}");
        }
    }
}
