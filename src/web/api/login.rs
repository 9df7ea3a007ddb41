//! Login: an e-mail and a password for a token.

use super::wire::Instant;
use crate::web::auth::LoginAttempt;
use crate::web::body::Body;
use crate::web::http_response::HttpResponse;
use crate::web::problem::{self, Problem, ProblemDocument};
use crate::web::state::Web;
use rocket::{State, post};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Who wants in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The account's address.
    email: String,
    password: String,
    /// A code of the phone, or of the paper, when the account asks for one.
    #[serde(default)]
    code: Option<String>,
}

/// What opens the rest.
#[derive(Serialize, ToSchema)]
pub struct Token {
    /// Sent as `Authorization: Bearer …`.
    token: String,
    /// Until when it opens anything.
    expires_at: Instant,
    /// What its holder may do: `owner`, `helper` or `cleaner`.
    role: &'static str,
}

/// Log in.
#[utoipa::path(post, path = "/api/v1/login", tag = "access", request_body = Login, responses(
    (status = 200, description = "A token", body = Token),
    (status = 401, description = "`bad_credentials`: no account, or another password. `code_needed`: the password \
     is right, and the account asks for a code too. `code_wrong`: not the code of now, or a used one.", body = ProblemDocument),
    (status = 429, description = "Too many tries", body = ProblemDocument),
))]
#[post("/login", data = "<body>")]
pub async fn login(
    web: &State<Arc<Web>>,
    _at: LoginAttempt,
    body: Body<Login>,
) -> Result<HttpResponse, Problem> {
    let Login { email, password, code } = body.value;
    let Some(user) = web.access.verify(&email, &password).await? else {
        return Err(Problem::new(401, "bad_credentials", "The e-mail or the password is not right."));
    };
    if user.asks_code {
        let code = code.ok_or_else(|| Problem::new(401, "code_needed", "Send the phone's code too."))?;
        web.limits.code(user.id)?;
        if !web.access.check_code(&user, &code).await? {
            return Err(problem::code_wrong());
        }
    }
    let (token, expires_at) = web.access.issue_token(&user).await?;
    Ok(HttpResponse::ok(&Token { token, expires_at: Instant(expires_at), role: user.role.code() }))
}
