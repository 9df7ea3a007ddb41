//! Who is behind a request of a page, and forms that come from a page of theirs. What they may do is checked
//! before, by [`crate::web::gate`].

use super::super::problem::Problem;
use super::super::{body, refuse};
use crate::app::access::session::Behind;
use crate::app::once::Keyed;
use crate::app::reserve::Actor;
use crate::web::auth;
use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};
use rocket::data::{Data, FromData, Outcome as DataOutcome};
use rocket::form::{Form, FromForm};
use rocket::request::{FromRequest, Outcome, Request};

/// Largest form: all texts of a house fit many times.
const FORM_BYTES_MAX: usize = 256 * 1024;
/// The cookie's name where we are reached by https; browsers take a name of this kind only from us.
const COOKIE_HTTPS: &str = "__Host-casero";
/// The cookie's name elsewhere.
const COOKIE: &str = "casero";

/// The name under which a browser keeps a session.
pub(super) fn cookie_name(public_url: &str) -> &'static str {
    if public_url.starts_with("https://") { COOKIE_HTTPS } else { COOKIE }
}

/// Somebody with a session.
#[derive(Debug, Clone)]
pub struct Inside(pub Behind);

impl Inside {
    /// How the story of a reservation names them.
    pub fn actor(&self) -> Actor {
        Actor::User(self.0.user.email.clone())
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Inside {
    type Error = Problem;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Inside, Problem> {
        match session(request).await {
            Ok(behind) => Outcome::Success(Inside(behind)),
            Err(problem) => Outcome::Error(refuse(request, problem)),
        }
    }
}

/// The session of a request, looked up once.
pub(in crate::web) async fn session(request: &Request<'_>) -> Result<Behind, Problem> {
    let found = request.local_cache_async(async {
        let web = auth::web(request);
        let cookie = request.cookies().get(cookie_name(&web.options.public_url));
        let cookie = cookie.map(|cookie| cookie.value().to_owned()).ok_or_else(Problem::unauthorized)?;
        let behind = web.access.behind(&cookie).await?.ok_or_else(Problem::unauthorized)?;
        web.limits.api(behind.user.id)?;
        Ok(behind)
    });
    found.await.clone()
}

/// A form that a page of this session sent.
pub struct Post<T> {
    /// Who sent it.
    pub by: Inside,
    /// What it says.
    pub form: T,
    /// The same for the same form of the same rendering of a page: what it asks for is done once.
    pub once: Keyed,
}

/// The word that each form repeats.
#[derive(FromForm)]
pub struct Sealed {
    /// The word.
    pub word: String,
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
    let behind = session(request).await?;
    let bytes = body::read_to_limit(data, FORM_BYTES_MAX).await?;
    let text = String::from_utf8(bytes).map_err(|_| unread())?;
    let sealed = Form::<Sealed>::parse_encoded(text.as_str().into()).map_err(|_| Problem::foreign_form())?;
    check_seal(&behind, &sealed.word)?;
    let form = Form::<T>::parse_encoded(text.as_str().into()).map_err(|_| unread())?;
    let asked = [request.uri().path().as_str(), "\n", text.as_str()].concat();
    let mut mark = [0u8; 32];
    mark.copy_from_slice(digest(&SHA256, asked.as_bytes()).as_ref());
    let once = Keyed { key: format!("{}:form:{}", behind.user.id, HEXLOWER.encode(&mark)), digest: mark };
    Ok(Post { by: Inside(behind), form, once })
}

/// Whether a form with this word comes from a page of this session.
pub(super) fn check_seal(behind: &Behind, word: &str) -> Result<(), Problem> {
    behind.is_own_form(word).then_some(()).ok_or_else(Problem::foreign_form)
}

fn unread() -> Problem {
    Problem::new(400, "bad_request", "The form could not be read.")
}
