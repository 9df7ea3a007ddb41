//! Problem documents (RFC 9457) for every refusal and failure of the API, and the one table from our errors
//! to a status. Internal causes are for the log; the caller gets the request's id to quote.

use super::http_response::HttpResponse;
use crate::app::Error;
use crate::app::access::AccessError;
use crate::app::manage::ManageError;
use crate::domain::capitalised::capitalised;
use crate::domain::refusal::Refusal;
use crate::domain::settings::SettingRefused;
use crate::store::StoreError;
use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder};
use serde::Serialize;

/// Prefix of a problem's type; the code follows. A URN, since there is no page to look it up.
const TYPE_PREFIX: &str = "urn:casero:problem:";
/// Seconds after which to retry on an overloaded server.
const BUSY_SECONDS: u64 = 1;

/// Why a request was not answered as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// Stable name for programs.
    pub code: &'static str,
    /// A sentence for people.
    pub detail: String,
    /// Which fields are wrong, when it is about fields.
    pub errors: Vec<FieldProblem>,
    /// Seconds after which another try makes sense.
    pub retry_after: Option<u64>,
}

/// One field that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// Its name in the request.
    pub field: String,
    /// What is wrong and what would be right.
    pub problem: String,
}

/// A problem document as it is sent.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemDocument {
    /// A URN that ends in the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Stable name for programs.
    pub code: String,
    /// A sentence for people.
    pub detail: String,
    /// Which fields are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

impl Problem {
    /// A problem with this status, code and sentence.
    pub fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Problem {
        Problem { status, code, detail: detail.into(), errors: Vec::new(), retry_after: None }
    }

    /// A field with an invalid value: 422 `invalid`.
    pub fn invalid(field: &str, problem: impl Into<String>) -> Problem {
        let problem = problem.into();
        let detail = format!("{field}: {problem}");
        let errors = vec![FieldProblem { field: field.to_owned(), problem }];
        Problem { errors, ..Problem::new(422, "invalid", detail) }
    }

    /// Invalid settings, each by its field: 422 `invalid`.
    fn wrong_settings(refused: &[SettingRefused]) -> Problem {
        let each = refused.iter().map(|wrong| FieldProblem {
            field: wrong.field.clone().into_owned(),
            problem: wrong.problem.to_string(),
        });
        let said: Vec<String> = refused.iter().map(ToString::to_string).collect();
        Problem { errors: each.collect(), ..Problem::new(422, "invalid", said.join("; ")) }
    }

    /// Unknown id: 404 `not_found`.
    pub fn not_found(what: &str) -> Problem {
        Problem::new(404, "not_found", format!("There is no such {what}."))
    }

    /// No known account: 401 `unauthorized`.
    pub fn unauthorized() -> Problem {
        Problem::new(401, "unauthorized", "Log in and send the token as 'Authorization: Bearer …'.")
    }

    /// A known account without permission: 403 `forbidden`.
    pub fn forbidden() -> Problem {
        Problem::new(403, "forbidden", "This account may not do this.")
    }

    /// A form without a valid CSRF token: 403 `forbidden`.
    pub fn foreign_form() -> Problem {
        Problem::new(403, "forbidden", "The form is not of this session, or it is too old.")
    }

    /// Too many requests: 429 `rate_limited`.
    pub fn rate_limited(retry_after: u64) -> Problem {
        let detail = format!("Too many requests. Try again in {retry_after} s.");
        Problem { retry_after: Some(retry_after), ..Problem::new(429, "rate_limited", detail) }
    }

    /// An internal failure, which the log explains: 500 `internal`.
    pub fn internal() -> Problem {
        Problem::new(
            500,
            "internal",
            "Something failed here. The log knows this request by its X-Request-Id.",
        )
    }

    /// The problem of a bare status, for requests that reached no handler.
    pub fn of_status(status: Status) -> Problem {
        let (code, detail) = match status.code {
            400 => ("bad_request", "The request could not be read."),
            401 => return Problem::unauthorized(),
            403 => return Problem::forbidden(),
            404 => ("not_found", "There is nothing at this address."),
            405 => ("method_not_allowed", "This address does not know this method."),
            408 => ("timeout", "The request took too long to arrive."),
            413 => ("too_large", "The request is too large."),
            415 => ("unsupported_media_type", "Send JSON."),
            422 => ("invalid", "Something in the request's address or body can't be right."),
            429 => return Problem::rate_limited(BUSY_SECONDS),
            503 => ("unavailable", "Casero can't serve right now. Try again soon."),
            other if other >= 500 => return Problem { status: other, ..Problem::internal() },
            _ => ("refused", "The request was refused."),
        };
        Problem::new(status.code, code, detail)
    }

    /// The document as JSON.
    pub fn body(&self) -> String {
        let title = Status::new(self.status).reason_lossy().to_owned();
        crate::store::codec::to_json(&ProblemDocument {
            kind: format!("{TYPE_PREFIX}{}", self.code),
            title,
            status: self.status,
            code: self.code.to_owned(),
            detail: self.detail.clone(),
            errors: self.errors.clone(),
        })
    }

    /// The answer with this document.
    pub fn answer(&self) -> HttpResponse {
        HttpResponse { status: self.status, body: self.body(), retry_after: self.retry_after }
    }
}

impl<'r> Responder<'r, 'static> for Problem {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        self.answer().respond_to(request)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        match error {
            StoreError::Busy => Problem {
                retry_after: Some(BUSY_SECONDS),
                ..Problem::new(503, "busy", "Too much is happening at once. Try again in a moment.")
            },
            StoreError::Closed => Problem::new(503, "stopping", "Casero is closing. Try again soon."),
            failure => {
                tracing::error!(error = %failure, "a request failed in the database");
                Problem::internal()
            }
        }
    }
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Problem {
        match error {
            AccessError::Store(error) => error.into(),
            AccessError::Hash => {
                tracing::error!("a password could not be hashed");
                Problem::internal()
            }
            AccessError::BadEmail => Problem::invalid("email", error.to_string()),
            AccessError::BadPassword => Problem::invalid("password", error.to_string()),
            AccessError::NoSuchUser => Problem::not_found("account"),
            AccessError::Exists => Problem::new(409, "exists", "There is an account with this e-mail."),
            AccessError::Oneself => Problem::new(409, "own_account", "Nobody removes their own account."),
            AccessError::WrongCode => code_wrong(),
            AccessError::TwoFactorOn => Problem::new(409, "locked", "The account asks for a code already."),
            AccessError::LastOwner => Problem::new(409, "last_owner", "The last owner can't be removed."),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        let status = match refusal {
            Refusal::NightsTaken | Refusal::NotNow { .. } | Refusal::HoldExpired => 409,
            Refusal::BadDates
            | Refusal::PastDate
            | Refusal::OverCapacity { .. }
            | Refusal::NoGuests
            | Refusal::TooManyPets { .. }
            | Refusal::MinNights { .. }
            | Refusal::TooLong { .. }
            | Refusal::ArrivalDay { .. }
            | Refusal::DepartureDay { .. }
            | Refusal::PromoCodeUnknown
            | Refusal::PromoCodeUsedUp
            | Refusal::PromoCodeConditions
            | Refusal::LeadTime { .. }
            | Refusal::TooFarAhead { .. }
            | Refusal::Paused { .. }
            | Refusal::CabinUnavailable
            | Refusal::PriceOverflow
            | Refusal::TooManyHolds { .. }
            | Refusal::TooManyWebHolds
            | Refusal::NothingToRefund => 422,
        };
        Problem::new(status, refusal.code(), sentence(&refusal))
    }
}

/// A refusal as a sentence, for readers of API answers.
fn sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::BadDates => "Check-out must be after check-in.".to_owned(),
        Refusal::PastDate => "Check-in is in the past.".to_owned(),
        Refusal::OverCapacity { capacity } => format!("The cabin sleeps at most {capacity}."),
        Refusal::NoGuests => "Somebody must come: guests is at least 1.".to_owned(),
        Refusal::MinNights { min } => format!("A stay then has at least {min} nights."),
        Refusal::TooLong { max } => format!("A stay has at most {max} nights."),
        Refusal::ArrivalDay { allowed } => format!("Stays then begin on: {}.", allowed.join(", ")),
        Refusal::TooManyPets { max } => format!("The cabin takes at most {max} pets."),
        Refusal::DepartureDay { allowed } => format!("Stays then end on: {}.", allowed.join(", ")),
        Refusal::PromoCodeUnknown => "No discount has this promo code.".to_owned(),
        Refusal::PromoCodeUsedUp => "The promo code was used as often as it may.".to_owned(),
        Refusal::PromoCodeConditions => "The promo code is not for this stay.".to_owned(),
        Refusal::LeadTime { earliest } => format!("The earliest check-in is {earliest}."),
        Refusal::TooFarAhead { latest } => format!("Stays are sold until {latest}."),
        Refusal::NightsTaken => "Some of these nights are taken.".to_owned(),
        Refusal::Paused { until: Some(until) } => format!("No bookings are taken until {until}."),
        Refusal::Paused { until: None } => "No bookings are taken for now.".to_owned(),
        Refusal::CabinUnavailable => "The cabin is not offered.".to_owned(),
        Refusal::PriceOverflow => "The price can't be expressed; check the rates.".to_owned(),
        Refusal::NotNow { status } => {
            format!("The reservation is {}; this can't be done now.", status.code())
        }
        Refusal::HoldExpired => "The hold has run out.".to_owned(),
        Refusal::TooManyHolds { max } => format!("A guest holds at most {max} unpaid reservations at once."),
        Refusal::TooManyWebHolds => {
            "Too many reservations of the public form wait for their deposit.".to_owned()
        }
        Refusal::NothingToRefund => "There is nothing to give back, or less than asked.".to_owned(),
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        match error {
            Error::Refused(refusal) => refusal.into(),
            Error::NotFound => Problem::not_found("thing"),
            Error::Stale => stale(),
            Error::ReconcileFirst(_) => Problem {
                retry_after: Some(BUSY_SECONDS),
                ..Problem::new(
                    409,
                    "reconciling",
                    "A payment for these nights is being looked up. Try again.",
                )
            },
            Error::Store(error) => error.into(),
            Error::Port(error) => {
                tracing::warn!(code = error.code(), "a request failed at another party");
                let detail = format!("The other side did not do its part ({}).", error.code());
                Problem::new(502, "upstream", detail)
            }
        }
    }
}

impl From<ManageError> for Problem {
    fn from(error: ManageError) -> Problem {
        match error {
            ManageError::Invalid { field, problem } => Problem::invalid(field.code(), problem.to_string()),
            ManageError::Settings(refused) => Problem::wrong_settings(&refused),
            ManageError::NotFound(what) => Problem::not_found(what),
            ManageError::CabinInUse => Problem::new(409, "cabin_in_use", sentence_of(&error)),
            ManageError::NightsTaken(_) => Problem::new(409, "nights_taken", sentence_of(&error)),
            ManageError::OptedOut => Problem::new(409, "opted_out", sentence_of(&error)),
            ManageError::WindowClosed => Problem::new(409, "window_closed", sentence_of(&error)),
            ManageError::RequestClosed(_) => Problem::new(409, "request_closed", sentence_of(&error)),
            ManageError::ReceiptClosed => Problem::new(409, "receipt_closed", sentence_of(&error)),
            ManageError::AmountMissing => Problem::new(422, "amount_missing", sentence_of(&error)),
            ManageError::Stale => stale(),
            ManageError::App(error) => error.into(),
            ManageError::Store(error) => error.into(),
        }
    }
}

/// A second-factor code that is wrong or already used: 401 `code_wrong`.
pub(super) fn code_wrong() -> Problem {
    Problem::new(401, "code_wrong", "This is not the code of now, or it was used already.")
}

fn stale() -> Problem {
    Problem::new(409, "stale", "It was changed meanwhile: read it again.")
}

fn sentence_of(error: &ManageError) -> String {
    let text = capitalised(&error.to_string());
    if text.is_empty() { text } else { text + "." }
}
