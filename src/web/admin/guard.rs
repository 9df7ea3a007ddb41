//! Guards of the pages: the session, and forms sent from its pages. Permissions are checked before, by
//! [`crate::web::gate`].

use super::super::body;
use super::super::problem::Problem;
use super::super::refused::refuse;
use crate::app::access::session::Session;
use crate::app::idempotency::IdempotencyKey;
use crate::domain::audit::Actor;
use crate::web::auth;
use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};
use rocket::data::{Data, FromData, Outcome as DataOutcome};
use rocket::form::{Form, FromForm};
use rocket::request::{FromRequest, Outcome, Request};

/// Largest form: many times all texts of a server.
const FORM_BYTES_MAX: usize = 256 * 1024;
/// The cookie's name under https; browsers accept the `__Host-` prefix only from our own host.
const COOKIE_HTTPS: &str = "__Host-casero";
/// The cookie's name without https.
const COOKIE: &str = "casero";

/// Name of the session cookie.
pub(super) fn cookie_name(public_url: &str) -> &'static str {
    if public_url.starts_with("https://") { COOKIE_HTTPS } else { COOKIE }
}

#[derive(Debug, Clone)]
pub struct SignedIn(pub Session);

impl SignedIn {
    /// The account as named in a reservation's timeline.
    pub fn actor(&self) -> Actor {
        Actor::User(self.0.user.email.clone())
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignedIn {
    type Error = Problem;

    async fn from_request(request: &'r Request<'_>) -> Outcome<SignedIn, Problem> {
        match session(request).await {
            Ok(session) => Outcome::Success(SignedIn(session)),
            Err(problem) => Outcome::Error(refuse(request, problem)),
        }
    }
}

/// The session of a request, looked up once.
pub(in crate::web) async fn session(request: &Request<'_>) -> Result<Session, Problem> {
    let found = request.local_cache_async(async {
        let web = auth::web(request);
        let cookie = request.cookies().get(cookie_name(&web.options.public_url));
        let cookie = cookie.map(|cookie| cookie.value().to_owned()).ok_or_else(Problem::unauthorized)?;
        let session = web.access.session(&cookie).await?.ok_or_else(Problem::unauthorized)?;
        web.limits.api(session.user.id)?;
        Ok(session)
    });
    found.await.clone()
}

/// A form sent from a page of this session.
pub struct Post<T> {
    pub by: SignedIn,
    pub form: T,
    /// Idempotency key: the same for the same form of the same rendering of a page.
    pub idempotency_key: IdempotencyKey,
}

/// The CSRF token in each form.
#[derive(FromForm)]
pub struct CsrfToken {
    pub csrf_token: String,
}

#[rocket::async_trait]
impl<'r, T: for<'f> FromForm<'f> + Send + 'static> FromData<'r> for Post<T> {
    type Error = Problem;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> DataOutcome<'r, Self> {
        match read(request, data).await {
            Ok(post) => DataOutcome::Success(post),
            Err(problem) => DataOutcome::Error(refuse(request, problem)),
        }
    }
}

async fn read<T: for<'f> FromForm<'f> + Send + 'static>(
    request: &Request<'_>,
    data: Data<'_>,
) -> Result<Post<T>, Problem> {
    let session = session(request).await?;
    let bytes = body::read_to_limit(data, FORM_BYTES_MAX).await?;
    let text = String::from_utf8(bytes).map_err(|_| unread())?;
    let csrf = Form::<CsrfToken>::parse_encoded(text.as_str().into()).map_err(|_| Problem::foreign_form())?;
    check_csrf_token(&session, &csrf.csrf_token)?;
    let form = Form::<T>::parse_encoded(text.as_str().into()).map_err(|_| unread())?;
    let asked = [request.uri().path().as_str(), "\n", text.as_str()].concat();
    let mut mark = [0u8; 32];
    mark.copy_from_slice(digest(&SHA256, asked.as_bytes()).as_ref());
    let idempotency_key =
        IdempotencyKey { key: format!("{}:form:{}", session.user.id, HEXLOWER.encode(&mark)), digest: mark };
    Ok(Post { by: SignedIn(session), form, idempotency_key })
}

/// Whether a form with this token comes from a page of this session.
pub(super) fn check_csrf_token(session: &Session, csrf_token: &str) -> Result<(), Problem> {
    session.is_csrf_token(csrf_token).then_some(()).ok_or_else(Problem::foreign_form)
}

fn unread() -> Problem {
    Problem::new(400, "bad_request", "The form could not be read.")
}
