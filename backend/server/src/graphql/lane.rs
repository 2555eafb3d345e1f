//! The lanes of documents that ask for much: few are worked on at once, so that everybody else is answered meanwhile.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextValidation};
use async_graphql::{ErrorExtensionValues, Response, ServerError, ValidationResult, async_trait};
use tokio::sync::oneshot;
use tokio::time::timeout;
use varsel_services::Request;
use varsel_services::domain::attempt::Cause;

use super::input::OfPage;
use super::seats::Seats;

/// From so much on, counted as the limit of a document is, a document asks for much.
const MUCH: usize = 4_000;
/// How many of them one person may have in the lane, or one client as which nobody is signed in.
const EACH: usize = 4;
/// How long one waits for its turn before it is told to come again.
const PATIENCE: Duration = Duration::from_secs(30);

/// The sender has as many in the lane as one may have.
pub(super) const TOO_MANY: &str = "TOO_MANY_DOCUMENTS";
/// The document waited as long as one may.
pub(super) const BUSY: &str = "BUSY";

/// The lanes, for the whole process: one of the pages, for which people wait, and one of programs.
#[derive(Clone)]
pub(super) struct Lanes {
    pages: Lane,
    programs: Lane,
}

/// A lane. The next turn is that of whoever has had least of it, so that many documents of some do not keep one of somebody else
/// waiting.
#[derive(Clone)]
struct Lane {
    seats: Seats,
    patience: Duration,
    turns: Arc<Mutex<Turns>>,
}

struct Turns {
    free: usize,
    waiting: Vec<Waiting>,
    /// How long documents of each were worked on since nobody was waiting.
    had: HashMap<String, Duration>,
}

struct Waiting {
    who: String,
    /// Gone where whoever waited has gone; a turn that nobody takes passes on.
    give: oneshot::Sender<Turn>,
}

/// The turn of a document; passes on when it is dropped.
struct Turn {
    turns: Arc<Mutex<Turns>>,
    who: String,
    begun: Instant,
}

impl Lanes {
    /// One of every two cores works on such documents of programs, and as many on those of pages.
    pub(super) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let lane = || Lane::of((cores / 2).max(1));
        Self { pages: lane(), programs: lane() }
    }
}

impl Lane {
    fn of(free: usize) -> Self {
        let turns = Turns { free, waiting: Vec::new(), had: HashMap::new() };
        Self { seats: Seats::new(EACH), patience: PATIENCE, turns: Arc::new(Mutex::new(turns)) }
    }

    /// Runs `work`, a document of `who`, when its turn comes.
    async fn run<T>(&self, who: String, work: impl Future<Output = T>) -> Result<T, &'static str> {
        let _seat = self.seats.take(&who).ok_or(TOO_MANY)?;
        let turn = timeout(self.patience, Turn::next(&self.turns, who)).await;
        let _turn = turn.ok().flatten().ok_or(BUSY)?;
        Ok(work.await)
    }
}

impl Turn {
    /// The next that `who` is given.
    async fn next(turns: &Arc<Mutex<Turns>>, who: String) -> Option<Self> {
        let given = {
            let mut inside = turns.lock().unwrap_or_else(PoisonError::into_inner);
            if inside.free > 0 {
                inside.free -= 1;
                return Some(Self { turns: turns.clone(), who, begun: Instant::now() });
            }
            let (give, given) = oneshot::channel();
            inside.waiting.push(Waiting { who, give });
            given
        };
        given.await.ok()
    }
}

impl Turns {
    /// Who is next; none where nobody waits, and then the turn is free.
    fn pass_on(&mut self, of: &str, had: Duration) -> Option<Waiting> {
        *self.had.entry(of.to_owned()).or_default() += had;
        self.waiting.retain(|waiting| !waiting.give.is_closed());
        let least =
            |(_, waiting): &(usize, &Waiting)| self.had.get(&waiting.who).copied().unwrap_or_default();
        let next = self.waiting.iter().enumerate().min_by_key(least).map(|(place, _)| place);
        if next.is_none() {
            self.free += 1;
            self.had.clear();
        }
        next.map(|place| self.waiting.remove(place))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let next = {
            let mut inside = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            inside.pass_on(&self.who, self.begun.elapsed())
        };
        if let Some(Waiting { who, give }) = next {
            // Where they have gone this very moment it comes back, and passes on when it is dropped here.
            drop(give.send(Self { turns: self.turns.clone(), who, begun: Instant::now() }));
        }
    }
}

impl ExtensionFactory for Lanes {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Document { lanes: self.clone(), asks: AtomicUsize::new(0) })
    }
}

/// A document on its way, and how much it asks for once that is known.
struct Document {
    lanes: Lanes,
    asks: AtomicUsize,
}

#[async_trait::async_trait]
impl Extension for Document {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let found = next.run(ctx).await?;
        self.asks.store(found.complexity, Ordering::Relaxed);
        Ok(found)
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        if self.asks.load(Ordering::Relaxed) < MUCH {
            return next.run(ctx, operation).await;
        }
        let request = ctx.data_opt::<Request>();
        let who = request.map(sender).unwrap_or_default();
        // A program gets no page's place by sending what a page sends.
        let of_page =
            ctx.data_opt::<OfPage>().is_some() && request.is_none_or(|request| request.token.is_none());
        let lane = if of_page { &self.lanes.pages } else { &self.lanes.programs };
        match lane.run(who, next.run(ctx, operation)).await {
            Ok(response) => response,
            Err(code) => {
                if let Some(request) = request {
                    request.trail.note(Cause::Limit, code);
                }
                Response::from_errors(vec![refusal(code)])
            }
        }
    }
}

/// Whose places a request takes: the person's, by whatever session or token; without one those of the client's address.
fn sender(request: &Request) -> String {
    match &request.actor {
        Some(actor) => actor.person.to_string(),
        None => request.trail.origin.client.0.clone(),
    }
}

fn refusal(code: &'static str) -> ServerError {
    let message = if code == TOO_MANY {
        format!(
            "wait for an answer before you send more: {EACH} documents that ask for much may be under way for one person"
        )
    } else {
        "the server is at work on other documents that ask for much; try again in a minute, or ask for fewer rows at once".to_owned()
    };
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    ServerError { extensions: Some(extensions), ..ServerError::new(message, None) }
}

#[cfg(test)]
mod tests {
    use futures_util::future::pending;
    use varsel_services::attempt::Trail;

    use super::*;
    use crate::graphql::operations;

    /// Lets all that can go on do so.
    async fn settle() {
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn the_turn_is_theirs_who_have_had_least_of_it() {
        let (lane, order) = (Lane::of(1), Arc::new(Mutex::new(Vec::new())));
        let ask = |who: &'static str| {
            let (lane, order) = (lane.clone(), Arc::clone(&order));
            tokio::spawn(async move {
                let work = async {
                    order.lock().unwrap().push(who);
                    tokio::task::yield_now().await;
                };
                lane.run(who.to_owned(), work).await
            })
        };
        let all: Vec<_> = ["many", "many", "many", "many", "one", "one"].into_iter().map(ask).collect();
        for asked in all {
            assert_eq!(asked.await.unwrap(), Ok(()));
        }
        assert_eq!(order.lock().unwrap()[..2], ["many", "one"]);
        let turns = lane.turns.lock().unwrap();
        assert_eq!(
            (turns.free, turns.waiting.len(), turns.had.len()),
            (1, 0, 0),
            "nothing is kept of an empty lane"
        );
    }

    #[tokio::test]
    async fn one_may_have_so_many_and_waits_so_long_and_who_has_gone_takes_no_turn() {
        let lane = Lane::of(1);
        let held = tokio::spawn({
            let lane = lane.clone();
            async move { lane.run("holder".to_owned(), pending::<()>()).await }
        });
        settle().await;
        let ask = || {
            let lane = lane.clone();
            tokio::spawn(async move { lane.run("many".to_owned(), async {}).await })
        };
        let waiting: Vec<_> = (0..EACH).map(|_| ask()).collect();
        settle().await;
        assert_eq!(ask().await.unwrap(), Err(TOO_MANY));
        let impatient = Lane { patience: Duration::ZERO, ..lane.clone() };
        assert_eq!(impatient.run("another".to_owned(), async {}).await, Err(BUSY));
        for gone in waiting {
            gone.abort();
        }
        settle().await;
        held.abort();
        settle().await;
        assert_eq!(lane.run("another".to_owned(), async { 7 }).await, Ok(7));
    }

    #[tokio::test]
    async fn a_page_does_not_wait_for_programs() {
        let full = Lane { patience: Duration::ZERO, ..Lane::of(0) };
        let lanes = Lanes { pages: Lane::of(1), programs: full };
        let schema = crate::graphql::limited(crate::graphql::builder()).extension(lanes).finish();
        let own = operations::all().find(|document| document.starts_with("query MyIncidents")).unwrap();
        let refused = async |document: async_graphql::Request| {
            let answer = schema.execute(document).await;
            answer.errors.iter().any(|error| super::super::error::has_code(error, BUSY))
        };
        assert!(refused(own.into()).await, "a program's document");
        assert!(!refused(async_graphql::Request::new(own).data(OfPage)).await, "the same, of a page");
        let token = Some(varsel_services::domain::ApiTokenId(uuid::Uuid::from_u128(7)));
        let program = Request { token, ..Request::by_nobody(Trail::default(), "test") };
        let same = async_graphql::Request::new(own).data(OfPage).data(program);
        assert!(refused(same).await, "and of a program that sends a page's");
    }

    #[tokio::test]
    async fn a_page_asks_for_much_only_where_it_lists_ones_own_incidents_with_all_that_is_owed() {
        let schema = crate::graphql::limited(crate::graphql::builder())
            .extension(async_graphql::extensions::Analyzer)
            .finish();
        let mut much = Vec::new();
        for document in operations::all() {
            let answer = schema.execute(document).await;
            let asked = serde_json::json!(answer.extensions)["analyzer"]["complexity"].as_u64();
            let asked = asked.and_then(|asked| usize::try_from(asked).ok());
            if asked.is_none_or(|asked| asked >= MUCH) {
                much.push(document.split(['(', '{']).next().unwrap_or_default());
            }
        }
        assert_eq!(much, ["query MyIncidents"]);
    }
}
