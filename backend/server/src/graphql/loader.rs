//! Loading what many rows ask for, once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use varsel_services::domain::IncidentId;
use varsel_services::domain::shown::Parts;
use varsel_services::view::IncidentView;
use varsel_services::{Error, Request, Services, incident};

/// The incidents behind the rows of one answer, for the person of one request.
pub(crate) struct Incidents {
    services: Services,
    request: Request,
}

impl Incidents {
    /// A loader for one request; it keeps nothing, so a long-lived stream sees what is new.
    pub(crate) fn loader(services: &Services, request: &Request) -> DataLoader<Self> {
        let loader = Self { services: services.clone(), request: request.clone() };
        DataLoader::new(loader, tokio::spawn)
    }
}

/// An incident, and what the answer shows of it.
type Wanted = (IncidentId, Parts);

impl Loader<Wanted> for Incidents {
    type Value = Arc<IncidentView>;
    type Error = Arc<Error>;

    async fn load(&self, wanted: &[Wanted]) -> Result<HashMap<Wanted, Self::Value>, Self::Error> {
        let mut alike: HashMap<&Parts, Vec<IncidentId>> = HashMap::new();
        for (id, parts) in wanted {
            alike.entry(parts).or_default().push(*id);
        }
        let mut loaded = HashMap::new();
        for (parts, ids) in alike {
            let request = self.request.showing(parts.clone());
            let views = incident::open_many(&self.services, &request, &ids).await.map_err(Arc::new)?;
            loaded.extend(views.into_iter().map(|view| ((view.id, parts.clone()), Arc::new(view))));
        }
        Ok(loaded)
    }
}
