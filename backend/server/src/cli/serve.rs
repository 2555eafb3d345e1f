//! `varsel serve`

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use secrecy::ExposeSecret;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;
use varsel_rules::{Pack, PackFiles};
use varsel_services::domain::authz::Scope;
use varsel_services::domain::{Clock, RandomIds, SystemClock};
use varsel_services::job::{self, MailSettings, MailTransport};
use varsel_services::live::Live;
use varsel_services::local::Local;
use varsel_services::pack::{Brought, Content, Shelf};
use varsel_services::{Services, demo, keys, log, provider, retention, review, settings};
use varsel_storage::duties::{self, Duties};
use varsel_storage::{Store, wall};

use super::{Failure, Outcome, dump_no_core, keep_files_private, migrate, refused, runtime, settings, words};
use crate::config::{Config, Purpose, configured};
use crate::http::{self, Door, Proxies, Site, State};
use crate::oidc::Providers;
use crate::telemetry;
use crate::tls::{self, Certificates};
use crate::witness::push;

/// Runs the server until it is told to stop (SIGTERM or Ctrl-C); requests under way are finished first.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel serve --demo                         invented people and data, on this machine only
  PORT=9000 varsel serve --demo --data /tmp/varsel
  varsel serve --config /etc/varsel.toml      a real server; `varsel config check` says what it needs")]
pub(super) struct Serve {
    /// Invented people and data, sign-in by choosing one of them, mails as files; on the loopback interface only
    #[arg(long)]
    demo: bool,
    /// Directory for what the server keeps [default: ./data]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Serve {
    pub(super) fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        dump_no_core()?;
        let purpose = if self.demo { Purpose::Demo } else { Purpose::Live };
        let config = settings(file, self.data.as_deref(), purpose)?;
        telemetry::start(&config.log);
        keep_files_private();
        let packs = brought(config.pack.directory.as_deref())?;
        let server = Server { config, packs, demo: self.demo };
        Ok(runtime()?.block_on(server.run(out))?)
    }
}

/// The law that this program brings along, that of a directory or the one built in, and the drafts over the latter.
pub(super) fn brought(directory: Option<&Path>) -> Result<Vec<Brought>, Failure> {
    let checked = |files: &PackFiles| Pack::from_files(files).map_err(|errors| refused(&errors));
    let files = match directory {
        Some(directory) => PackFiles::read(directory).map_err(|errors| refused(&errors))?,
        None => PackFiles::embedded("dk"),
    };
    let law = in_force(checked(&files)?)?;
    let mut brought = vec![Brought::new(Arc::new(law), &files)];
    for name in PackFiles::built_in().into_iter().filter(|_| directory.is_none()) {
        let files = PackFiles::embedded(name);
        let draft = checked(&files)?;
        if draft.is_draft() {
            brought.push(Brought::new(Arc::new(draft), &files));
        }
    }
    Ok(brought)
}

/// The pack, unless nobody owes anything under it: a server tells people their duties.
fn in_force(pack: Pack) -> anyhow::Result<Pack> {
    anyhow::ensure!(
        !pack.is_draft(),
        "the rule pack {} {} is a draft (`draft: true` in its pack.yaml): it holds proposals that are not law, so no \
         server may tell anybody to follow it. Leave pack.directory out, or give it the directory of a pack that is \
         in force; `varsel assess --pack` and `varsel pack diff` work with drafts",
        pack.id(),
        pack.version()
    );
    Ok(pack)
}

/// A server that is about to run.
struct Server {
    config: Config,
    packs: Vec<Brought>,
    demo: bool,
}

impl Server {
    async fn run(self, out: &mut dyn Write) -> anyhow::Result<()> {
        let listener = listen(self.config.listen_on(), "choose another with PORT")?;
        let address = self.config.http.public_url.clone();
        let address = address.unwrap_or(format!("http://{}", listener.local_addr()?));
        let site = Site::parse(&address)?;
        let services = self.services(site.origin()).await?;
        let mail = self.mail(site.origin());
        let door = self.door(&services, site.origin()).await?;
        let stop = StopSignals::listen()?;
        let (end, ending) = watch::channel(false);
        let timeout = Duration::from_secs(self.config.http.body_timeout.into());
        // Checked with the other settings.
        let proxies = self.config.http.proxies.iter().filter_map(|proxy| proxy.parse().ok()).collect();
        let state = State::new(services.clone(), site, door, ending, self.config.installation())
            .with_body_timeout(timeout)
            .with_proxies(Proxies::new(proxies));
        let certificates = self.certificates()?;
        let tls = certificates.clone().map(tls::server_config).transpose()?;
        self.redirect(state.site())?;
        let server = http::start(state, listener, tls)?;
        if let Some(certificates) = certificates {
            tokio::spawn(async move { certificates.watch(Arc::new(SystemClock)).await });
        }
        words::greeting(out, &address, &self.people(&services).await?)?;
        out.flush()?;

        let handle = server.handle();
        review::schedule(&services).await?;
        retention::schedule(&services).await?;
        log::schedule(&services).await?;
        let mut parts = JoinSet::new();
        let (logged, kept, witnessed, last) =
            (services.clone(), services.clone(), services.clone(), services.clone());
        parts.spawn(async { ("the log of use", log::run(logged).await) });
        parts.spawn(async { ("the keeper of keys", keys::run(kept).await) });
        parts.spawn(async { ("the way to the witnesses", push(witnessed).await) });
        parts.spawn(async {
            let ended = job::run(services, mail).await;
            tracing::error!(?ended, "the job runner ended");
            ("the job runner", ())
        });
        let mut serving = tokio::spawn(server);
        // None of them ends by itself: a server without its log, say, must not go on as if it had one.
        tokio::select! {
            () = stop.told() => tracing::info!("stopping: requests under way are finished"),
            Some(ended) = parts.join_next() => anyhow::bail!("a part of the server ended: {ended:?}"),
            ended = &mut serving => anyhow::bail!("the server ended: {ended:?}"),
        }
        // Live streams would otherwise keep the server waiting.
        end.send_replace(true);
        handle.stop(true).await;
        serving.await??;
        // Nothing uses anything after this.
        parts.shutdown().await;
        // Whoever takes the machine away now finds all that was used under a signature.
        log::seal_waiting(&last).await.context("the last checkpoint of the log of use")?;
        Ok(())
    }

    fn certificates(&self) -> anyhow::Result<Option<Arc<Certificates>>> {
        let opened = self
            .config
            .certificate()
            .map(Certificates::open)
            .transpose()
            .map_err(|unusable| anyhow::anyhow!("tls.{}: {unusable}", unusable.setting))?;
        Ok(opened.map(Arc::new))
    }

    /// Sends people on who come without TLS, where a port is set for it; ends with the process.
    fn redirect(&self, site: &Site) -> anyhow::Result<()> {
        if let Some(port) = self.config.tls.redirect_port {
            let address = SocketAddr::new(self.config.http.address, port);
            let listener = listen(address, "choose another with tls.redirect_port, or leave it out")?;
            tokio::spawn(http::redirect(site, listener)?);
        }
        Ok(())
    }

    async fn services(&self, public_url: &str) -> anyhow::Result<Services> {
        let url = self.config.database_url();
        let store = Store::connect(&url).await.context("the database does not answer (database.url)")?;
        wall::check_role(&store).await.context("row-level security (docs/deployment.md)")?;
        // An embedded database has no other server beside it; a shared one is brought on by `varsel migrate`.
        let store = if url.starts_with("sqlite:") || self.demo {
            migrate::migrate(&self.config, store).await?.0
        } else {
            self.config.with_vault(store).await?
        };
        let content = if self.demo { Content::Replaceable } else { Content::Immutable };
        let packs = Shelf::open(&store, &self.packs, content, SystemClock.now()).await?;
        let ids = Arc::new(RandomIds::from_system());
        let log = Arc::new(self.config.keeper(&*ids, &store).await?);
        let services = Services {
            store,
            packs,
            clock: Arc::new(SystemClock),
            attempts: self.config.attempts.settings(log.signer()),
            log,
            ids,
            live: Live::default(),
            sessions: self.config.sessions.limits(),
            local: Arc::new(self.local(public_url)?),
            providers: configured(&self.config.identity.providers),
            longest_temporary: self.config.authorisations.longest_temporary(),
            configured: self.config.critical(),
        };
        log::check_key(&services).await?;
        self.look_at_duties(&services).await?;
        for waiting in settings::adopt(&services).await? {
            tracing::warn!(
                area = waiting.word(),
                "these settings are not those that two administrators adopted, which hold until two adopt these: see /settings"
            );
        }
        keys::check(&services).await?;
        if self.demo {
            // Here the operator is the reader: the cause is shown.
            demo::load(&services)
                .await
                .map_err(|error| anyhow::anyhow!("the demo data cannot be loaded: {error:?}"))?;
        }
        Ok(services)
    }

    /// Whether this server could change what it logs: said, or reason enough not to start.
    async fn look_at_duties(&self, services: &Services) -> anyhow::Result<()> {
        if self.demo {
            return Ok(());
        }
        let tx = services.store.begin(&Scope::nothing()).await?;
        let separate = settings::in_force(&services.configured, &tx).await?.use_log.require_separation;
        match duties::look(&tx).await? {
            Duties::Separate { role } => {
                tracing::info!(
                    role,
                    "separation of duties: this server can add to the log of use, and not change it"
                );
            }
            Duties::Embedded => tracing::info!(
                "weaker separation of duties: SQLite has no roles, so whoever runs this server owns the log of use; a witness \
                 elsewhere notices what is changed (docs/witness.md)"
            ),
            Duties::Together { role, powers } => {
                let powers = powers.join(", ");
                anyhow::ensure!(
                    !separate,
                    "use_log.require_separation is set, and the role \"{role}\" could change the log of use ({powers}); \
                     separate the roles as docs/deployment.md says"
                );
                tracing::warn!(
                    role,
                    powers,
                    "weaker separation of duties: this server's role could change the log of use; docs/deployment.md separates \
                     the roles"
                );
            }
        }
        Ok(())
    }

    /// The demo has none: there, anybody is whoever they choose.
    fn local(&self, public_url: &str) -> anyhow::Result<Local> {
        if self.demo {
            return Ok(Local::off());
        }
        let local = self.config.identity.local.build(&public_url.parse()?)?;
        if local.is_on() && !local.has_passkeys() {
            tracing::warn!(
                public_url,
                "there are no passkeys: they need an address with a name (http.public_url)"
            );
        }
        Ok(local)
    }

    fn mail(&self, public_url: &str) -> MailSettings {
        let transport = match &self.config.mail.smtp.url {
            Some(url) => MailTransport::Smtp { url: url.expose_secret().to_owned() },
            None => MailTransport::Directory(self.config.data.join("mail")),
        };
        MailSettings {
            transport,
            from: self.config.mail.from.clone(),
            public_url: public_url.to_owned(),
            unit_addresses: self.config.mail.units.clone(),
        }
    }

    async fn door(&self, services: &Services, public_url: &str) -> anyhow::Result<Door> {
        if self.demo {
            return Ok(Door::Demo);
        }
        for waiting in provider::adopt(services).await? {
            tracing::warn!(
                provider = waiting,
                "nobody signs in through this identity provider until two administrators trust it as it is configured: \
                 see /providers, or `varsel admin trust-provider`"
            );
        }
        let settings = self.config.identity.providers.clone();
        let providers = Arc::new(Providers::new(settings, public_url, services)?);
        let early = Arc::clone(&providers);
        tokio::spawn(async move { early.prepare().await });
        Ok(Door::Providers(providers))
    }

    async fn people(&self, services: &Services) -> anyhow::Result<Vec<demo::DemoPerson>> {
        if self.demo { Ok(demo::people(services).await?) } else { Ok(Vec::new()) }
    }
}

fn listen(address: SocketAddr, way_out: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).with_context(|| format!("{address} cannot be listened on; {way_out}"))
}

/// The signals that tell the server to stop, listened for from before it says that it is there.
struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Waits for SIGTERM or Ctrl-C.
    async fn told(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
