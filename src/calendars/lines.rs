//! Splits bytes into content lines, and a line into its name, parameters and value.
//!
//! Unfolding happens on bytes and before decoding, because writers fold inside a character's UTF-8 bytes.

use data_encoding::HEXUPPER_PERMISSIVE;
use std::borrow::Cow;

/// The encoding of vCalendar 1.0, as a parameter says it.
const QUOTED_PRINTABLE: &str = "QUOTED-PRINTABLE";

/// A body as UTF-8 when it is UTF-16, by its byte order mark or by the zeros beside its first letters.
pub(super) fn from_utf16(bytes: &[u8]) -> Option<Vec<u8>> {
    type Decode = fn([u8; 2]) -> u16;
    let (rest, decode): (&[u8], Decode) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => (rest, u16::from_be_bytes),
        [1..=255, 0, 1..=255, 0, ..] => (bytes, u16::from_le_bytes),
        [0, 1..=255, 0, 1..=255, ..] => (bytes, u16::from_be_bytes),
        _ => return None,
    };
    let units = rest.as_chunks::<2>().0.iter().map(|pair| decode(*pair));
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Some(text.into_bytes())
}

/// Splits a body into unfolded lines. LF, CRLF, CR and the CRCRLF of double conversions all end a line; a
/// line that begins with a blank or a tab continues the one before it, and so does one after the soft line break of
/// vCalendar 1.0. A byte order mark is dropped.
pub(super) fn unfold(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut lines: Vec<Vec<u8>> = Vec::new();
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        match (line.first(), lines.last_mut()) {
            (Some(_), Some(last))
                if last.ends_with(b"=") && is_quoted_printable(&decode(before_colon(last))) =>
            {
                last.pop();
                last.extend_from_slice(line);
            }
            (Some(b' ' | b'\t'), Some(last)) => last.extend_from_slice(&line[1..]),
            (None, _) => {}
            (Some(_), _) => lines.push(line.to_vec()),
        }
        rest = after_break(tail);
    }
    lines
}

fn before_colon(line: &[u8]) -> &[u8] {
    line.split(|byte| *byte == b':').next().unwrap_or(line)
}

/// Whether the part before the colon says that the value is in the encoding of vCalendar 1.0.
fn is_quoted_printable(head: &str) -> bool {
    head.split(';').skip(1).any(|parameter| {
        parameter.rsplit('=').next().is_some_and(|value| value.eq_ignore_ascii_case(QUOTED_PRINTABLE))
    })
}

/// Replaces each `=C3` by its byte.
fn unquoted(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let byte =
            tail.get(..2).filter(|_| *first == b'=').and_then(|hex| HEXUPPER_PERMISSIVE.decode(hex).ok());
        bytes.push(byte.as_ref().map_or(*first, |byte| byte[0]));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    decode(&bytes).into_owned()
}

fn after_break(tail: &[u8]) -> &[u8] {
    let returns = tail.iter().take_while(|byte| **byte == b'\r').count();
    let tail = &tail[returns..];
    tail.strip_prefix(b"\n").unwrap_or(tail)
}

/// Decodes a line as UTF-8; invalid bytes as Latin-1.
pub(super) fn decode(line: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(line) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            let mut text = String::with_capacity(line.len());
            for chunk in line.utf8_chunks() {
                text.push_str(chunk.valid());
                text.extend(chunk.invalid().iter().map(|byte| char::from(*byte)));
            }
            Cow::Owned(text)
        }
    }
}

/// One `NAME;PARAM=value:value` line. The name is upper case; parameter names keep theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    /// Upper case.
    pub(super) name: String,
    /// Everything after the colon, as written.
    pub(super) value: String,
    params: Vec<(String, String)>,
}

impl Property {
    /// Parses a line; `None` when it is not a property.
    pub(super) fn parse(line: &str) -> Option<Property> {
        let (head, value) = split_outside_quotes(line, ':')?;
        let mut parts = pieces_outside_quotes(head, ';');
        let name = parts.next()?.trim();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return None;
        }
        let params = parts
            .filter_map(|part| part.split_once('='))
            .map(|(key, value)| (key.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned()))
            .collect();
        let value = if is_quoted_printable(head) { unquoted(value) } else { value.to_owned() };
        Some(Property { name: name.to_ascii_uppercase(), value, params })
    }

    /// A parameter's value without its quotes; names match in any case.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn split_outside_quotes(text: &str, at: char) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (index, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        } else if c == at && !quoted {
            return Some((&text[..index], &text[index + c.len_utf8()..]));
        }
    }
    // An unpaired quote in a parameter would swallow the value; then the first colon is used.
    text.split_once(at).filter(|_| quoted)
}

fn pieces_outside_quotes(text: &str, at: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c| {
        if c == '"' {
            quoted = !quoted;
        }
        c == at && !quoted
    })
}

/// Unescapes text (RFC 5545), drops control characters and keeps at most `limit` characters.
pub(super) fn unescape(value: &str, limit: usize) -> String {
    let mut text = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        let plain = match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => ' ',
                Some(other) => other,
                None => break,
            },
            other => other,
        };
        if !plain.is_control() {
            text.push(plain);
        }
    }
    text.trim().chars().take(limit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<String> {
        unfold(bytes).iter().map(|line| decode(line).into_owned()).collect()
    }

    #[test]
    fn every_line_ending_ends_a_line() {
        for bytes in
            [&b"A:1\nB:2\n"[..], b"A:1\r\nB:2\r\n", b"A:1\rB:2", b"A:1\r\r\nB:2", b"\xEF\xBB\xBFA:1\n\n\nB:2"]
        {
            assert_eq!(lines(bytes), ["A:1", "B:2"]);
        }
    }

    #[test]
    fn folds_are_undone_before_decoding() {
        assert_eq!(
            lines(b"SUMMARY:ma\xC3\r\n \xB1ana\r\nUID:a\r\n\tb\r\r\n c"),
            ["SUMMARY:mañana", "UID:abc"]
        );
    }

    #[test]
    fn soft_line_breaks_and_quoted_letters_are_undone() {
        let text =
            lines(b"SUMMARY;ENCODING=QUOTED-PRINTABLE:Ma=C3=\n=B1ana = hoy=\r\n y m=C3=A1s\nURL:a=\nB:2");
        assert_eq!(text[1..], ["URL:a=", "B:2"]);
        assert_eq!(Property::parse(&text[0]).expect("a property").value, "Mañana = hoy y más");
    }

    #[test]
    fn utf_16_is_known_by_its_mark_or_by_its_zeros() {
        let text = "BEGIN:VCALENDAR\nSUMMARY:ñ\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xFF, 0xFE][..], &little].concat();
        for bytes in [little, big, marked] {
            assert_eq!(from_utf16(&bytes).as_deref(), Some(text.as_bytes()));
        }
        assert_eq!(from_utf16(text.as_bytes()), None);
    }

    #[test]
    fn latin_1_bytes_are_read_as_latin_1() {
        assert_eq!(lines(b"SUMMARY:ma\xF1ana"), ["SUMMARY:mañana"]);
    }

    #[test]
    fn colons_and_semicolons_inside_quotes_belong_to_the_parameter() {
        let property = Property::parse("dtstart;TZID=\"(UTC-03:00); Salta\";value=DATE-TIME:20270101T150000")
            .expect("a property");
        assert_eq!(property.name, "DTSTART");
        assert_eq!(property.param("TZID"), Some("(UTC-03:00); Salta"));
        assert_eq!(property.param("VALUE"), Some("DATE-TIME"));
        assert_eq!(property.value, "20270101T150000");
    }

    #[test]
    fn a_line_without_colon_is_no_property() {
        assert_eq!(Property::parse("THIS IS JUNK"), None);
        assert_eq!(Property::parse("<html>: yes"), None);
        assert_eq!(Property::parse(":"), None);
    }

    #[test]
    fn text_is_unescaped_and_bounded() {
        assert_eq!(unescape(r"M\,u\;ller\nline\\end", 200), r"M,u;ller line\end");
        assert_eq!(unescape("ñandú\\", 3), "ñan");
    }
}
