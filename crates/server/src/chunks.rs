//! A channel read as a stream: what a response body is fed from.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc::Receiver;

/// Ends when every sender is gone.
#[derive(Debug)]
pub(crate) struct Chunks<T>(pub(crate) Receiver<T>);

impl<T> Stream for Chunks<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        self.0.poll_recv(context)
    }
}
