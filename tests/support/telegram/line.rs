//! Connections that the simulator can cut, to look like a network that fails in the middle of a call.

use super::world::Shared;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Waker};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// One connection, seen from the handler of a call.
#[derive(Debug, Clone)]
pub(super) struct Line(Arc<LineState>);

#[derive(Debug, Default)]
struct LineState {
    cut: AtomicBool,
    reader: Mutex<Option<Waker>>,
}

impl LineState {
    fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        let reader = self
            .reader
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(reader) = reader {
            reader.wake();
        }
    }
}

impl Line {
    /// Closes the connection without an answer; never returns, for the server drops the call.
    pub async fn cut(&self) -> ! {
        self.0.cut();
        std::future::pending().await
    }
}

/// The connections that are open, to cut them all in an outage.
#[derive(Debug, Default)]
pub(super) struct Lines(Mutex<Vec<Weak<LineState>>>);

impl Lines {
    fn add(&self, line: &Arc<LineState>) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|line| line.strong_count() > 0);
        lines.push(Arc::downgrade(line));
    }

    pub fn cut_all(&self) {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines
            .iter()
            .filter_map(Weak::upgrade)
            .for_each(|line| line.cut());
    }
}

/// Accepts connections; during an outage it closes each one at once and keeps the port.
pub(super) struct CuttableListener {
    pub listener: TcpListener,
    pub shared: Arc<Shared>,
    pub lines: Arc<Lines>,
}

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            // A failed accept concerns one connection, not the listener.
            let Ok((stream, peer)) = self.listener.accept().await else {
                continue;
            };
            if self.shared.world().paused {
                continue;
            }
            let line = Arc::new(LineState::default());
            self.lines.add(&line);
            return (CuttableStream { stream, line }, peer);
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, CuttableListener>> for Line {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        Line(stream.io().line.clone())
    }
}

/// A TCP stream that fails as soon as its line is cut.
pub(super) struct CuttableStream {
    stream: TcpStream,
    line: Arc<LineState>,
}

impl CuttableStream {
    fn check(&self) -> io::Result<()> {
        if self.line.cut.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        *self
            .line
            .reader
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(cx.waker().clone());
        self.check()?;
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
