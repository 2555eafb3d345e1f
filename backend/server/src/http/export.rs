//! Authorisations and reviews as files. A file is written page by page, and before each the right to it is looked at anew:
//! whoever loses it gets no further page, and a file that breaks off.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::Stream;
use serde::Deserialize;
use varsel_services::authorisation::{self, Filter, Standing};
use varsel_services::domain::attempt::Cause;
use varsel_services::{Error, Request, Services, review};

use super::answer::invalid;
use super::observe::request_id;
use super::state::State;
use super::{Credential, answer, attempt};

/// What the page's filter says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    holder: Option<String>,
    reach: Option<String>,
    function: Option<String>,
    standing: Option<String>,
    text: Option<String>,
}

impl Asked {
    /// # Errors
    /// A word is none of ours.
    fn filter(self) -> Result<Filter, Error> {
        let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
        let function =
            |word: String| serde_json::from_value(word.to_lowercase().into()).ok().ok_or_else(no_function);
        Ok(Filter {
            holder: filled(self.holder).map(|id| id.parse().ok().ok_or_else(no_holder)).transpose()?,
            reach: filled(self.reach).map(|reach| reach.parse().ok().ok_or_else(no_reach)).transpose()?,
            function: filled(self.function).map(function).transpose()?,
            standing: filled(self.standing).map(|word| standing(&word)).transpose()?,
            text: filled(self.text),
        })
    }
}

fn standing(word: &str) -> Result<Standing, Error> {
    match word.to_lowercase().as_str() {
        "active" => Ok(Standing::Active),
        "suspended" => Ok(Standing::Suspended),
        "moved" => Ok(Standing::Moved),
        "over" => Ok(Standing::Over),
        _ => Err(invalid(
            "standing",
            "skriv active, suspended, moved eller over",
            "write active, suspended, moved or over",
        )),
    }
}

fn no_function() -> Error {
    let words = "read, input, erase, decide, administer, audit";
    invalid("function", &format!("skriv et af ordene {words}"), &format!("write one of the words {words}"))
}

fn no_holder() -> Error {
    let (da, en) =
        ("skriv id'et på en person, som listen giver det", "write the id of a person, as the list gives it");
    invalid("holder", da, en)
}

fn no_reach() -> Error {
    let forms = "organisation/<id>, unit/<id>, sector/<id>";
    invalid("reach", &format!("skriv {forms} eller national"), &format!("write {forms} or national"))
}

/// `GET /authorisations.csv?holder=&reach=&function=&standing=&text=`
pub(crate) async fn authorisations(
    request: HttpRequest,
    asked: web::Query<Asked>,
    state: web::Data<State>,
) -> HttpResponse {
    let filter = match asked.into_inner().filter() {
        Ok(filter) => filter,
        Err(error) => return answer::failure(&error, &request_id(&request)),
    };
    let reader = match Reader::of(&request, &state).await {
        Ok(reader) => reader,
        Err(refusal) => return refusal,
    };
    let first = match authorisation::export(&reader.services, &reader.request, &filter, None).await {
        Ok(first) => first,
        Err(error) => return reader.refuse(&error).await,
    };
    file(
        "authorisations.csv",
        async_stream::stream! {
            yield Ok(web::Bytes::from(first.text));
            let mut next = first.next;
            while let Some(after) = next {
                if let Err(error) = reader.still_may().await {
                    yield Err(broken_off(&error));
                    return;
                }
                match authorisation::export(&reader.services, &reader.request, &filter, Some(after)).await {
                    Ok(page) => {
                        next = page.next;
                        yield Ok(web::Bytes::from(page.text));
                    }
                    Err(error) => {
                        yield Err(broken_off(&error));
                        return;
                    }
                }
            }
        },
    )
}

/// `GET /reviews/{id}.csv`: the evidence of a review.
pub(crate) async fn evidence(
    request: HttpRequest,
    id: web::Path<String>,
    state: web::Data<State>,
) -> HttpResponse {
    let reader = match Reader::of(&request, &state).await {
        Ok(reader) => reader,
        Err(refusal) => return refusal,
    };
    let Ok(id) = id.parse() else {
        reader.request.trail.note(Cause::NothingThere, "review");
        return reader.refuse(&Error::NotFound { kind: "review" }).await;
    };
    let (text, mut next) = match review::export(&reader.services, &reader.request, id, None).await {
        Ok(first) => first,
        Err(error) => return reader.refuse(&error).await,
    };
    file(
        "review.csv",
        async_stream::stream! {
            yield Ok(web::Bytes::from(text));
            while let Some(after) = next {
                if let Err(error) = reader.still_may().await {
                    yield Err(broken_off(&error));
                    return;
                }
                match review::export(&reader.services, &reader.request, id, Some(after)).await {
                    Ok((text, following)) => {
                        next = following;
                        yield Ok(web::Bytes::from(text));
                    }
                    Err(error) => {
                        yield Err(broken_off(&error));
                        return;
                    }
                }
            }
        },
    )
}

/// Who reads a file, for as long as it takes.
pub(super) struct Reader {
    pub(super) services: Services,
    pub(super) request: Request,
    credential: Credential,
}

impl Reader {
    pub(super) async fn of(request: &HttpRequest, state: &State) -> Result<Self, HttpResponse> {
        if !state.site.is_own_request(request) {
            let message = "files are given to this site's own pages and to programs";
            attempt::refuse(state, request, Cause::Gate, "OTHER_SITE").await;
            return Err(answer::refusal(StatusCode::FORBIDDEN, "OTHER_SITE", message));
        }
        let failure = |error: &Error| answer::failure(error, &request_id(request));
        let Some(credential) = state.credential(request) else {
            attempt::refuse(state, request, Cause::Session, "SIGN_IN_REQUIRED").await;
            return Err(failure(&Error::SignInRequired));
        };
        let asked = state.request(request, Some(&credential)).await.map_err(|error| failure(&error))?;
        asked.actor().map_err(|error| failure(&error))?;
        Ok(Self { services: state.services.clone(), request: asked, credential })
    }

    /// The answer to what a use case refused, which is registered.
    pub(super) async fn refuse(&self, error: &Error) -> HttpResponse {
        attempt::register_noted(&self.services, &self.request).await;
        answer::failure(error, &self.request.request_id)
    }

    async fn still_may(&self) -> Result<(), Error> {
        self.credential.still_holds(&self.services, &self.request).await
    }
}

/// A file that a browser saves and never shows.
fn file(name: &str, pages: impl Stream<Item = Result<web::Bytes, std::io::Error>> + 'static) -> HttpResponse {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"));
    if let Ok(disposition) = disposition {
        response.insert_header((CONTENT_DISPOSITION, disposition));
    }
    response.insert_header(("cache-control", "no-store"));
    response.streaming(Box::pin(pages))
}

fn broken_off(error: &Error) -> std::io::Error {
    std::io::Error::other(error.to_string())
}
