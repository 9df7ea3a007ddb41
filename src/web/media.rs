//! A guest's file for a browser: under a type from our own list, without sniffing, without script, with byte
//! ranges for players.

use crate::app::media::{Disposition, Kept, Kind};
use rocket::http::{Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use std::io::Cursor;

/// Policy for any file: no script, no form, no requests, no origin of its own.
const POLICY: &str = "default-src 'none'; sandbox";

/// A file to be sent.
pub struct File {
    id: i64,
    kept: Kept,
}

impl File {
    /// The file of this row.
    pub fn new(id: i64, kept: Kept) -> File {
        File { id, kept }
    }
}

impl<'r> Responder<'r, 'static> for File {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let Kind { mime, ending, shown } = self.kept.kind;
        let place = match shown {
            Disposition::Sound | Disposition::Picture => "inline",
            Disposition::Document | Disposition::Saved => "attachment",
        };
        let name = match shown {
            Disposition::Sound => "voice",
            Disposition::Picture | Disposition::Document | Disposition::Saved => "file",
        };
        let all = self.kept.bytes.len();
        let asked = request.headers().get_one("Range").and_then(|range| piece(range, all));
        let mut response = Response::build();
        response
            .header(Header::new("Content-Type", mime))
            .header(Header::new(
                "Content-Disposition",
                format!("{place}; filename=\"{name}-{}.{ending}\"", self.id),
            ))
            .header(Header::new("Content-Security-Policy", POLICY))
            .header(Header::new("X-Content-Type-Options", "nosniff"))
            .header(Header::new("Cache-Control", "private, max-age=600"))
            .header(Header::new("Accept-Ranges", "bytes"));
        let bytes = match asked {
            Some((from, to)) => {
                response.status(Status::PartialContent);
                response.header(Header::new("Content-Range", format!("bytes {from}-{}/{all}", to - 1)));
                self.kept.bytes[from..to].to_vec()
            }
            None => self.kept.bytes,
        };
        response.sized_body(bytes.len(), Cursor::new(bytes)).ok()
    }
}

/// The single range of a header, end exclusive; `None` sends the whole, which is always allowed.
fn piece(range: &str, all: usize) -> Option<(usize, usize)> {
    let (from, to) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    let (from, to) = match (from.trim(), to.trim()) {
        ("", last) => (all.checked_sub(last.parse().ok()?)?, all),
        (from, "") => (from.parse().ok()?, all),
        (from, to) => (from.parse().ok()?, to.parse::<usize>().ok()?.saturating_add(1).min(all)),
    };
    (from < to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_gets_the_piece_it_asks_for() {
        assert_eq!(piece("bytes=0-1", 10), Some((0, 2)));
        assert_eq!(piece("bytes=4-", 10), Some((4, 10)));
        assert_eq!(piece("bytes=-3", 10), Some((7, 10)));
        assert_eq!(piece("bytes=8-99", 10), Some((8, 10)));
        for whole in ["bytes=10-", "bytes=5-4", "bytes=0-1,3-4", "lines=1-2", "bytes=-99"] {
            assert_eq!(piece(whole, 10), None, "{whole}");
        }
    }
}
