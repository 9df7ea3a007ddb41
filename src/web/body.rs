//! JSON bodies, with a separate answer for each error: too large 413, too slow 408, no JSON 400 `bad_json`,
//! JSON of another shape 422 `invalid`.

use super::problem::Problem;
use super::refused::refuse;
use ring::digest::{Context, SHA256};
use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::request::Request;
use rocket::tokio::io::AsyncReadExt;
use rocket::tokio::time::timeout;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::time::Duration;

/// Largest body of the API: many times all texts of an owner.
pub const JSON_BYTES_MAX: usize = 256 * 1024;
/// Bytes read and discarded beyond a limit, so that the caller gets the answer instead of a broken
/// connection.
const DRAINED_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Time limit for receiving a body: a phone in the mountains sends a page in this time.
const ARRIVAL: Duration = Duration::from_secs(20);

/// A body of the shape `T`.
pub struct Body<T> {
    pub value: T,
    /// SHA-256 of the canonical JSON: equal for equal requests.
    pub digest: [u8; 32],
}

#[rocket::async_trait]
impl<'r, T: DeserializeOwned + Send> FromData<'r> for Body<T> {
    type Error = Problem;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = match read_to_limit(data, JSON_BYTES_MAX).await {
            Ok(bytes) => parse(&bytes),
            Err(problem) => Err(problem),
        };
        match read {
            Ok(body) => Outcome::Success(body),
            Err(problem) => Outcome::Error(refuse(request, problem)),
        }
    }
}

/// A body that may be absent, which equals an empty one.
pub struct MaybeBody<T>(pub Body<T>);

#[rocket::async_trait]
impl<'r, T: DeserializeOwned + Default + Send> FromData<'r> for MaybeBody<T> {
    type Error = Problem;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let read = match read_to_limit(data, JSON_BYTES_MAX).await {
            Ok(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => parse(b"{}"),
            Ok(bytes) => parse(&bytes),
            Err(problem) => Err(problem),
        };
        match read {
            Ok(body) => Outcome::Success(MaybeBody(body)),
            Err(problem) => Outcome::Error(refuse(request, problem)),
        }
    }
}

/// All bytes of a body, if they are at most `bytes_max` and arrive in time.
pub async fn read_to_limit(data: Data<'_>, bytes_max: usize) -> Result<Vec<u8>, Problem> {
    let read = timeout(ARRIVAL, read_all(data, bytes_max)).await;
    match read {
        Ok(Ok(Some(bytes))) => Ok(bytes),
        Ok(Ok(None)) => {
            Err(Problem::new(413, "too_large", format!("A body has at most {bytes_max} bytes here.")))
        }
        Ok(Err(_)) => Err(Problem::new(400, "bad_request", "The body did not arrive whole.")),
        Err(_) => Err(Problem::new(408, "timeout", "The body took too long to arrive.")),
    }
}

async fn read_all(data: Data<'_>, bytes_max: usize) -> std::io::Result<Option<Vec<u8>>> {
    let mut stream = data.open((bytes_max + DRAINED_BYTES_MAX).bytes());
    let (mut bytes, mut chunk, mut over) = (Vec::new(), vec![0u8; 16 * 1024], false);
    loop {
        match stream.read(&mut chunk).await? {
            0 => return Ok((!over).then_some(bytes)),
            count if over || bytes.len() + count > bytes_max => {
                over = true;
                bytes = Vec::new();
            }
            count => bytes.extend_from_slice(&chunk[..count]),
        }
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<Body<T>, Problem> {
    // serde would take an array for a struct with its fields in order.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(Problem::new(422, "invalid", "The body must be an object."));
    }
    let value = serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Data => Problem::new(422, "invalid", error.to_string()),
        Category::Syntax | Category::Eof | Category::Io => {
            Problem::new(400, "bad_json", format!("The body is no JSON: {error}"))
        }
    })?;
    Ok(Body { value, digest: digest(bytes) })
}

/// Digest of a body; equal for equal JSON.
fn digest(bytes: &[u8]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    match serde_json::from_slice::<serde_json::Value>(bytes) {
        Ok(value) => context.update(value.to_string().as_bytes()),
        Err(_) => context.update(bytes),
    }
    let mut digest = [0u8; 32];
    digest.copy_from_slice(context.finish().as_ref());
    digest
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Shape {
        #[serde(rename = "nights")]
        _nights: u16,
    }

    fn code(text: &str) -> Option<(u16, &'static str)> {
        parse::<Shape>(text.as_bytes()).err().map(|problem| (problem.status, problem.code))
    }

    #[test]
    fn no_json_and_json_of_another_shape_are_told_apart() {
        assert_eq!(code(r#"{"nights": 3}"#), None);
        assert_eq!(code(r#"{"nights": 3"#), Some((400, "bad_json")));
        assert_eq!(code(""), Some((400, "bad_json")));
        assert_eq!(code(r#"{"nights": 3} x"#), Some((400, "bad_json")));
        assert_eq!(code(r#"{"nights": "3"}"#), Some((422, "invalid")));
        assert_eq!(code(r#"{"nights": -3}"#), Some((422, "invalid")));
        assert_eq!(code(r#"{"nights": 3, "extra": 1}"#), Some((422, "invalid")));
    }

    #[test]
    fn blanks_and_order_do_not_make_another_request() {
        assert_eq!(digest(br#"{"a":1,"b":2}"#), digest(br#"{ "b": 2, "a": 1 }"#));
        assert_ne!(digest(br#"{"a":1,"b":2}"#), digest(br#"{"a":1,"b":3}"#));
    }
}
