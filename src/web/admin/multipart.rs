//! Forms with files. The CSRF token comes first and is checked before any byte of a file is read.

use super::guard::{SignedIn, check_csrf_token};
use super::page::Failed;
use multer::Multipart;
use rocket::data::{Data, ToByteUnit};
use rocket::http::{ContentType, Status};

/// Longest CSRF token.
const CSRF_TOKEN_BYTES_MAX: usize = 256;

/// The form of a request, up to `bytes_max`.
pub(super) fn form<'d>(
    kind: &ContentType,
    data: Data<'d>,
    bytes_max: usize,
) -> Result<Multipart<'d>, Failed> {
    let boundary = multer::parse_boundary(kind.to_string()).map_err(|_| Failed(Status::BadRequest))?;
    Ok(Multipart::with_reader(data.open(bytes_max.bytes()), boundary))
}

/// Checks the CSRF token, which must come first; answers it.
pub(super) async fn check(signed_in: &SignedIn, form: &mut Multipart<'_>) -> Result<String, Failed> {
    let token = match next(form).await? {
        Some(mut field) if field.name() == Some("csrf_token") => {
            read(&mut field, CSRF_TOKEN_BYTES_MAX).await?
        }
        Some(_) | None => None,
    };
    let token = token.and_then(|token| String::from_utf8(token).ok()).ok_or(Failed(Status::Forbidden))?;
    check_csrf_token(&signed_in.0, &token).map_err(|_| Failed(Status::Forbidden))?;
    Ok(token)
}

pub(super) async fn next<'f>(form: &mut Multipart<'f>) -> Result<Option<multer::Field<'f>>, Failed> {
    form.next_field().await.map_err(|_| Failed(Status::BadRequest))
}

/// A field's bytes; `None` when there are more than allowed, which are read and discarded.
pub(super) async fn read(field: &mut multer::Field<'_>, bytes_max: usize) -> Result<Option<Vec<u8>>, Failed> {
    let (mut bytes, mut over) = (Vec::new(), false);
    while let Some(chunk) = field.chunk().await.map_err(|_| Failed(Status::BadRequest))? {
        over = over || bytes.len() + chunk.len() > bytes_max;
        if over {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok((!over).then_some(bytes))
}
