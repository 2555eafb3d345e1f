//! Work that is not done by the threads of the web server.

use futures_util::stream::{Stream, StreamExt, unfold};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinError};
use tracing::Instrument;

/// Does it in `runtime`, where another thread takes over what a busy one leaves: each thread of the web server has connections of
/// its own, whose people would wait for somebody else's long document. It ends when nobody waits for it any more.
///
/// # Errors
/// It panicked, or the runtime is shutting down.
pub(super) async fn aside<T: Send + 'static>(
    runtime: &Handle,
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, JoinError> {
    let task = runtime.spawn(work.in_current_span());
    let _ends = Ends(task.abort_handle());
    task.await
}

/// As [`aside`], for what comes one after the other: each is made when the one before was taken.
pub(super) fn each_aside<T: Send + 'static, S: Stream<Item = T> + Send + 'static>(
    runtime: &Handle,
    from: S,
) -> impl Stream<Item = T> + Unpin + use<T, S> {
    let (give, take) = mpsc::channel(1);
    let work = async move {
        let mut from = std::pin::pin!(from);
        while let Some(next) = from.next().await {
            if give.send(next).await.is_err() {
                break;
            }
        }
    };
    let ends = Ends(runtime.spawn(work.in_current_span()).abort_handle());
    Box::pin(unfold((take, ends), async |(mut take, ends)| Some((take.recv().await?, (take, ends)))))
}

/// Ends a task when it is dropped.
struct Ends(AbortHandle);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn it_is_done_on_another_thread_and_the_answer_comes_back() {
        let elsewhere = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        let where_done = aside(elsewhere.handle(), async { thread::current().id() }).await.unwrap();
        assert_ne!(where_done, thread::current().id());
        let failed = aside(elsewhere.handle(), async { panic!("a defect") }).await;
        assert!(failed.is_err_and(|error: JoinError| error.is_panic()), "told, and not passed on");
        elsewhere.shutdown_background();
    }

    #[tokio::test]
    async fn what_comes_one_after_the_other_is_made_on_another_thread_until_nobody_takes_it() {
        let elsewhere = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        let (held, ended) = oneshot::channel::<()>();
        let from = unfold((0, held), async |(number, held)| {
            Some(((number, thread::current().id()), (number + 1, held)))
        });
        let mut taken = each_aside(elsewhere.handle(), from);
        for expected in 0..5 {
            let (number, thread) = taken.next().await.unwrap();
            assert!(number == expected && thread != thread::current().id());
        }
        drop(taken);
        assert!(ended.await.is_err(), "it was dropped");
        let three = each_aside(elsewhere.handle(), futures_util::stream::iter(0..3));
        assert_eq!(three.collect::<Vec<_>>().await, [0, 1, 2]);
        elsewhere.shutdown_background();
    }

    #[tokio::test]
    async fn what_nobody_waits_for_any_more_ends() {
        let (begun, has_begun) = oneshot::channel();
        let (held, ended) = oneshot::channel::<()>();
        let waiting = tokio::spawn(async move {
            let work = async move {
                begun.send(()).unwrap();
                let _held = held;
                std::future::pending::<()>().await;
            };
            aside(&Handle::current(), work).await
        });
        has_begun.await.unwrap();
        waiting.abort();
        assert!(ended.await.is_err(), "it was dropped");
    }
}
