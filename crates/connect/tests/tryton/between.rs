//! Between us and Tryton: passes everything on, until the call that it waits for. Then Tryton dies.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signwright_domain::connection::Endpoint;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::server::Tryton;

/// When it dies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Moment {
    /// The call never reaches it.
    BeforeItIsDone,
    /// It has done and committed what was asked, and nobody hears of it.
    BeforeItIsAnswered,
}

pub(crate) struct Between {
    port: u16,
    died: Arc<AtomicBool>,
    over: Arc<Notify>,
}

struct Plan {
    tryton: u16,
    pid: u32,
    call: &'static str,
    moment: Moment,
}

impl Between {
    pub(crate) async fn the(tryton: &Tryton, call: &'static str, moment: Moment) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let (died, over) = (Arc::new(AtomicBool::new(false)), Arc::new(Notify::new()));
        let (dies, ends) = (Arc::clone(&died), Arc::clone(&over));
        let plan = Plan { tryton: tryton.port(), pid: tryton.pid(), call, moment };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if !passed_on(&plan, stream).await {
                    dies.store(true, Ordering::SeqCst);
                    ends.notify_one();
                    return;
                }
            }
        });
        Self { port, died, over }
    }

    pub(crate) fn endpoint(&self, tryton: &Tryton) -> Endpoint {
        let Endpoint::Tryton { database, user, .. } = tryton.endpoint() else { panic!("it is Tryton") };
        Endpoint::Tryton { url: format!("http://127.0.0.1:{}", self.port), database, user }
    }

    /// Waits until the call has come.
    pub(crate) async fn died(&self) -> bool {
        self.over.notified().await;
        self.died.load(Ordering::SeqCst)
    }
}

/// One request and its answer; false where Tryton died over it.
async fn passed_on(plan: &Plan, mut us: TcpStream) -> bool {
    let request = request(&mut us).await;
    let fatal = String::from_utf8_lossy(&request).contains(plan.call);
    if fatal && plan.moment == Moment::BeforeItIsDone {
        kill(plan.pid);
        return false;
    }
    let mut tryton = TcpStream::connect(("127.0.0.1", plan.tryton)).await.expect("Tryton");
    tryton.write_all(&request).await.expect("passed on");
    let mut answer = Vec::new();
    let _ = tryton.read_to_end(&mut answer).await;
    assert!(answer.starts_with(b"HTTP/1."), "Tryton answers");
    if fatal {
        kill(plan.pid);
        return false;
    }
    let _ = us.write_all(&answer).await;
    let _ = us.shutdown().await;
    true
}

/// Head and body, with a word that the connection ends with the answer.
async fn request(stream: &mut TcpStream) -> Vec<u8> {
    let (mut bytes, mut piece) = (Vec::new(), [0; 8192]);
    loop {
        let read = stream.read(&mut piece).await.expect("a request");
        bytes.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
            let length: usize = length.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
            if body.len() >= length || read == 0 {
                return format!("{head}\r\nConnection: close\r\n\r\n{body}").into_bytes();
            }
        }
        assert!(read > 0, "a whole request");
    }
}

fn kill(pid: u32) {
    let killed = std::process::Command::new("kill").args(["-9", &pid.to_string()]).status();
    assert!(killed.expect("kill").success());
}
