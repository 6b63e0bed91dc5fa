//! All rows of a table decided and written, each stage at work on another batch.

use super::decided::Depth;
use super::deciders::Deciders;
use super::error::RunError;
use super::feed::{Feed, Loaded, next_group};
use super::finish::Page;
use super::heir::Heir;
use super::options::Step;
use super::shared::Settled;
use super::sink::Sink;
use super::survey::Survey;
use super::watch::Watch;
use crate::output::Ready;
use crate::state::StateForm;
use rayon::prelude::*;
use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

/// Batches that wait to be written.
const WAITING: usize = 2;

/// What a run decides, and what it knew before.
pub(super) struct Night<'a> {
    pub(super) deciders: &'a Deciders<'a>,
    pub(super) survey: Option<&'a Survey>,
    pub(super) settled: Settled,
    /// How the state is written, if it is.
    pub(super) state: Option<StateForm<'a>>,
    pub(super) keep_going: bool,
}

impl Night<'_> {
    /// Decides every row that is fed and hands it to the sink and the heir. Batches are read
    /// while others are decided and others are written; what is written does not depend on
    /// how these meet.
    pub(super) fn decide<'a, 'h>(
        &self,
        (feed, total): (Feed<'_>, Option<u64>),
        sink: Sink<'a, 'h>,
        heir: Heir<'a, 'h>,
        watch: &mut Watch<'_>,
    ) -> Result<(Sink<'a, 'h>, Heir<'a, 'h>), RunError> {
        watch.begin(Step::Deciding, total);
        std::thread::scope(|scope| {
            let (pages, sink) = written(scope, sink, Sink::take);
            let (lefts, heir) = written(scope, heir, Heir::take);
            let decided = self.pages(scope, feed, watch, |mut page| {
                let left = page.left.take();
                pages.send(page).is_ok() && left.is_none_or(|left: Result<Ready, String>| lefts.send(left).is_ok())
            });
            drop((pages, lefts));
            let (sink, heir) = (ended(sink), ended(heir));
            decided?;
            Ok((sink?, heir?))
        })
    }

    /// Decides batch after batch. It ends where nobody takes them any more.
    fn pages<'scope>(
        &self,
        scope: &'scope Scope<'scope, '_>,
        feed: Feed<'scope>,
        watch: &mut Watch<'_>,
        mut take: impl FnMut(Page) -> bool,
    ) -> Result<(), RunError> {
        let depth = Depth::Whole(self.survey.map(|survey| (&self.settled, survey)));
        let mut good = true;
        let batches = feed.start(scope);
        while let Some(group) = next_group(&batches)? {
            let reached = group.last().map_or(0, Loaded::reached);
            let page = |loaded| self.deciders.page(loaded, depth, self.state.as_ref());
            let pages: Vec<Page> = group.into_par_iter().map(page).collect();
            for mut page in pages {
                good &= page.bad.is_empty();
                if !good && !self.keep_going {
                    page.left = None;
                }
                if !take(page) {
                    return Ok(());
                }
            }
            watch.reached(reached)?;
        }
        Ok(())
    }
}

/// A thread that writes what it is sent, and gives back what it wrote to.
fn written<'scope, W: Send + 'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    mut writer: W,
    mut write: impl FnMut(&mut W, T) -> Result<(), RunError> + Send + 'scope,
) -> (SyncSender<T>, ScopedJoinHandle<'scope, Result<W, RunError>>) {
    let (sender, receiver): (SyncSender<T>, Receiver<T>) = sync_channel(WAITING);
    let thread = scope.spawn(move || {
        for part in receiver {
            write(&mut writer, part)?;
        }
        Ok(writer)
    });
    (sender, thread)
}

fn ended<T>(thread: ScopedJoinHandle<'_, Result<T, RunError>>) -> Result<T, RunError> {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}
