//! Live updates of a queue.

use std::time::Duration;

use async_graphql::{Context, Result, Subscription};
use futures_util::Stream;
use varsel_services::domain::UnitId;
use varsel_services::{Error, Request, Services, queue};

use crate::graphql::error::show;
use crate::graphql::events::Watching;
use crate::graphql::model::{Case, CaseChange};
use crate::http::Credential;

/// How often it is looked at what no bell tells: what other replicas committed, that a session has run out, that a command took a right
/// away. A view ends within a second of it (D7).
const LOOK: Duration = Duration::from_millis(500);

#[derive(Default)]
pub(crate) struct CaseSubscription;

#[Subscription(name = "Subscription")]
impl CaseSubscription {
    /// Every change to a case of the unit, from now on.
    async fn case_changed(
        &self,
        ctx: &Context<'_>,
        unit: String,
    ) -> Result<impl Stream<Item = Result<CaseChange>> + use<>> {
        let (services, request) = (ctx.data::<Services>()?.clone(), ctx.data::<Request>()?.clone());
        let credential = ctx.data_opt::<Option<Credential>>().cloned().flatten();
        let watch = Watch { services, request, credential, unit: UnitId(unit) };
        // Listening starts before the position is read, so that nothing falls between the two.
        let mut bell = watch.services.live.listen();
        let newest = queue::newest_change(&watch.services, &watch.request, &watch.unit).await;
        let mut position = newest.map_err(|error| watch.show(&error))?;
        if let Some(watching) = ctx.data_opt::<Watching>() {
            watching.begun();
        }
        Ok(async_stream::stream! {
            loop {
                match watch.changes_after(position).await {
                    Ok((newest, changes)) => {
                        for change in changes {
                            yield Ok(change);
                        }
                        position = newest;
                    }
                    Err(error) => {
                        yield Err(watch.show(&error));
                        return;
                    }
                }
                tokio::select! {
                    rung = bell.changed() => if rung.is_err() { return },
                    () = tokio::time::sleep(LOOK) => {}
                }
            }
        })
    }
}

/// Somebody watching a queue.
struct Watch {
    services: Services,
    request: Request,
    credential: Option<Credential>,
    unit: UnitId,
}

impl Watch {
    /// What changed since, as the person may see it now, and the position after it. Rights come first, whether or not
    /// anything changed: before they are looked at again nothing is read, and nothing is logged as seen.
    async fn changes_after(&self, position: i64) -> Result<(i64, Vec<CaseChange>), Error> {
        let credential = self.credential.as_ref().ok_or(Error::SignInRequired)?;
        credential.still_holds(&self.services, &self.request).await?;
        if queue::newest_change(&self.services, &self.request, &self.unit).await? <= position {
            return Ok((position, Vec::new()));
        }
        let changes = queue::changes_after(&self.services, &self.request, &self.unit, position).await?;
        let newest = changes.last().map_or(position, |change| change.sequence);
        let mut delivered = Vec::with_capacity(changes.len());
        for change in changes {
            // A case that may no longer be seen is passed over.
            if let Some(row) = queue::push(&self.services, &self.request, &change).await? {
                delivered.push(CaseChange::new(&change, Case::of_queue(row)));
            }
        }
        Ok((newest, delivered))
    }

    fn show(&self, error: &Error) -> async_graphql::Error {
        show(error, &self.request.request_id)
    }
}
