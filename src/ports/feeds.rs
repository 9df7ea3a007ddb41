//! Other channels' calendars, fetched conditionally.

use super::error::PortError;

/// Fetches one iCalendar feed.
pub trait FeedSource: Send + Sync {
    /// A conditional GET. Limits on size, time, redirects and addresses are the adapter's.
    fn get(&self, request: &FeedRequest<'_>) -> Result<FeedAnswer, PortError>;
}

/// The feed to fetch, with the validators of the copy we have.
#[derive(Debug, Clone, Copy)]
pub struct FeedRequest<'a> {
    /// The feed's address. Its path holds a secret: never log it.
    pub url: &'a str,
    /// `ETag` of the last body we accepted.
    pub etag: Option<&'a str>,
    /// `Last-Modified` of the last body we accepted.
    pub last_modified: Option<&'a str>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedAnswer {
    /// 304: our copy is current.
    NotModified,
    /// 200 with a body.
    Body {
        /// The body after decompression.
        bytes: Vec<u8>,
        /// `ETag` to send next time.
        etag: Option<String>,
        /// `Last-Modified` to send next time.
        last_modified: Option<String>,
    },
}
