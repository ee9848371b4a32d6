//! What waits in line: an album until it is whole, a text until somebody has looked at it.

use super::{Message, Turns};
use crate::model::Lane;
use crate::runtime::media;
use crate::runtime::work::{Task, Work};
use std::collections::VecDeque;
use std::time::Duration;

/// How long the rest of an album is waited for: a network delivers its photos one after the other, within moments.
const ALBUM: Duration = Duration::from_millis(1500);

impl Turns {
    /// A lane has more work: its turn can be taken, unless the work ends in the middle of an album.
    pub(super) fn line_up(&mut self, Work { lane, task }: Work) {
        let tasks = self.waiting.entry(lane.clone()).or_default();
        tasks.push_back(task);
        if media::is_open(tasks.iter()) {
            if self.held.insert(lane.clone()) {
                let queue = self.queue.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(ALBUM).await;
                    let _ = queue.send(Message::Release(lane));
                });
            }
            return;
        }
        let first = tasks.len() == 1;
        if (self.held.remove(&lane) || first) && !self.busy.contains(&lane) {
            self.ready.push_back(lane);
        }
    }

    /// The place of the first task whose words have to be looked at; of an album, the place of its first photo.
    pub(super) fn first_to_look(&self, tasks: &VecDeque<Task>) -> Option<usize> {
        let mut at = 0;
        while at < tasks.len() {
            let together = media::together(tasks.iter().skip(at));
            let mut these = tasks.iter().skip(at).take(together);
            if these.any(|task| self.parts.has_to_look(task)) {
                return Some(at);
            }
            at += together;
        }
        None
    }

    /// Has a conversation's texts looked at; then its turn is taken.
    pub(super) fn look(&self, lane: Lane, tasks: Vec<Task>) {
        let (parts, queue) = (self.parts.clone(), self.queue.clone());
        tokio::spawn(async move {
            let tasks = parts.look_at(tasks).await;
            let _ = queue.send(Message::Looked(lane, tasks));
        });
    }
}
