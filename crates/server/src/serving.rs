//! From an open app to a listening server, until Ctrl-C.

use std::future::Future;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use signwright_app::App;
use tokio::runtime::Builder;
use tokio::sync::watch;

use crate::ServerError;
use crate::access::Token;
use crate::events::announcements;
use crate::routes::{Desk, router};
use crate::uploads::Uploads;

/// How long open requests may take to end once the server is told to stop.
const GRACE: Duration = Duration::from_secs(2);

/// Where the server answers, and to whom.
#[derive(Clone, Debug)]
pub struct Address {
    pub port: u16,
    pub token: String,
}

impl Address {
    /// What to open in a browser. The token stands behind the `#`, which a browser keeps to itself.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/#token={}", self.port, self.token)
    }
}

/// Serves `app` on 127.0.0.1 until Ctrl-C (or, on Unix, SIGTERM). Port 0 takes a free one. `announce` is called once, when
/// the port is open: it prints the address. Blocks; must not be called inside an async runtime.
pub fn serve(app: App, port: u16, announce: impl FnOnce(&Address)) -> Result<(), ServerError> {
    serve_until(app, port, announce, asked_to_stop())
}

pub(crate) fn serve_until(
    app: App,
    port: u16,
    announce: impl FnOnce(&Address),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServerError> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|source| ServerError::Port { port, source })?;
    listener.set_nonblocking(true).map_err(ServerError::Stopped)?;
    let port = listener.local_addr().map_err(ServerError::Stopped)?.port();
    let token = Token::random()?;
    let (tell, stopping) = watch::channel(false);
    let desk = Desk {
        announcements: announcements(&app),
        app,
        token: token.clone(),
        port,
        uploads: Arc::new(Uploads::new().map_err(ServerError::UploadFolder)?),
        stopping,
    };
    announce(&Address { port, token: token.as_str().to_owned() });
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(ServerError::Stopped)?;
    let served = runtime.block_on(answer(listener, desk, tell, stop));
    runtime.shutdown_timeout(GRACE);
    served.map_err(ServerError::Stopped)
}

/// Ends when every open request has ended after `stop`, and at the latest after the time of grace.
async fn answer(
    listener: TcpListener,
    desk: Desk,
    tell: watch::Sender<bool>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let mut told = tell.subscribe();
    let told_to_stop = async move {
        stop.await;
        tell.send_replace(true);
    };
    let late = async move {
        // An error says that the sender is gone, which is after it has told.
        let _ = told.changed().await;
        tokio::time::sleep(GRACE).await;
    };
    let server = axum::serve(listener, router(desk)).with_graceful_shutdown(told_to_stop);
    tokio::select! {
        served = async { server.await } => served,
        () = late => Ok(()),
    }
}

async fn asked_to_stop() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "ctrl-c cannot be heard");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => (),
        () = terminated => (),
    }
}
