//! A TCP proxy that hands requests on and keeps answers back, as a connection does that breaks at the wrong moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Lets so many bytes of each answer through before it cuts the connection.
pub(super) struct Proxy {
    /// Where it listens.
    pub(super) address: String,
    /// Connections whose answer was cut.
    cut: Arc<AtomicUsize>,
}

impl Proxy {
    /// Before the server at `behind` (`http://host:port`); each connection takes the next number of `lets_through`.
    pub(super) async fn before(behind: &str, lets_through: impl Fn(usize) -> usize + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (behind, cut) = (behind.trim_start_matches("http://").to_owned(), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&cut);
        // Ends with the runtime of the test.
        tokio::spawn(async move {
            for number in 0.. {
                let (client, _) = listener.accept().await.unwrap();
                let server = TcpStream::connect(&behind).await.unwrap();
                tokio::spawn(carry(client, server, lets_through(number), Arc::clone(&counted)));
            }
        });
        Self { address, cut }
    }

    pub(super) fn cut(&self) -> usize {
        self.cut.load(Ordering::SeqCst)
    }
}

/// Hands the request on, and the answer up to so many bytes; then both ends are gone.
async fn carry(client: TcpStream, server: TcpStream, mut left: usize, cut: Arc<AtomicUsize>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let asking = tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_server).await });
    let mut buffer = [0; 1024];
    // The first byte of the answer shows that the server has done what was asked.
    while let Ok(read @ 1..) = from_server.read(&mut buffer).await {
        let through = read.min(left);
        if to_client.write_all(&buffer[..through]).await.is_err() {
            break;
        }
        left -= through;
        if through < read {
            cut.fetch_add(1, Ordering::SeqCst);
            break;
        }
    }
    asking.abort();
}
