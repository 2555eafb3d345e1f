//! Loading what many rows ask for, once.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use varsel_services::domain::IncidentId;
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

impl Loader<IncidentId> for Incidents {
    type Value = Arc<IncidentView>;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[IncidentId]) -> Result<HashMap<IncidentId, Self::Value>, Self::Error> {
        let views = incident::open_many(&self.services, &self.request, ids).await.map_err(Arc::new)?;
        Ok(views.into_iter().map(|view| (view.id, Arc::new(view))).collect())
    }
}
