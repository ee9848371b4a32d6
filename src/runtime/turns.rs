//! Who takes turns: each conversation one at a time and in order, many conversations together in one
//! transaction, two such batches under way at once so that one computes while the other syncs.

mod line;

use super::after::{After, divide, follow_up};
use super::sender::Ended;
use super::turn::{Taken, take};
use super::work::{Parts, Setting, Task, Work};
use super::{News, media, sorry};
use crate::model::{ChannelId, InboxId, Lane};
use crate::store::StoreError;
use crate::store::accept::{LetGo, NewInbox};
use crate::store::outbox::Outcome;
use crate::store::turns::{Decide, Loaded, TakeTurns};
use metrics::{counter, histogram};
use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// Conversations in one transaction at most.
const BATCH: usize = 128;
/// Batches under way at most.
const UNDER_WAY: usize = 2;
/// How often a turn that was overtaken is taken again before it is left to the next sweep.
const TRIES: usize = 6;

/// Where work is handed in.
#[derive(Clone)]
pub struct TurnQueue {
    queue: mpsc::UnboundedSender<Message>,
}

enum Message {
    Work(Vec<Work>),
    Arrived(Arrived, oneshot::Sender<Result<(), Arrived>>),
    Looked(Lane, Vec<Task>),
    Done(Vec<Lane>),
    /// The rest of an album has had its time.
    Release(Lane),
    Stop,
}

/// A conversation's turn: its lane and what it is about.
type Lot = (Lane, Vec<Task>);

/// A poller's batch that is not on disk yet: it comes there in the transaction that answers it.
#[derive(Debug)]
pub struct Arrived {
    /// The updates, for the inbox.
    pub rows: Vec<NewInbox>,
    /// What they mean.
    pub work: Vec<Work>,
    /// The poller's cursor that confirms them.
    pub cursor: (ChannelId, i64),
}

/// Takes turns until it is told to stop.
pub struct Turns {
    parts: Parts,
    queue: mpsc::UnboundedSender<Message>,
    messages: mpsc::UnboundedReceiver<Message>,
    waiting: HashMap<Lane, VecDeque<Task>>,
    ready: VecDeque<Lane>,
    busy: HashSet<Lane>,
    /// What waits here ends with photos of an album, and more of them may come.
    held: HashSet<Lane>,
    under_way: usize,
    stopping: bool,
}

impl TurnQueue {
    /// Hands in work. What is in memory here is on disk as well.
    pub fn push(&self, work: Vec<Work>) {
        if !work.is_empty() {
            // Nobody takes turns any more only at the very end; the work is on disk for the next start.
            let _ = self.queue.send(Message::Work(work));
        }
    }

    /// Takes the turns of a batch that just arrived, and writes both to disk in one transaction. Resolves
    /// when that is committed. Comes back undone if a conversation is busy or anything else is in the way:
    /// the batch then goes the longer way, through the inbox.
    pub async fn answer(&self, arrived: Arrived) -> Result<(), Option<Arrived>> {
        let (reply, answer) = oneshot::channel();
        if self.queue.send(Message::Arrived(arrived, reply)).is_err() {
            return Err(None);
        }
        match answer.await {
            Ok(result) => result.map_err(Some),
            Err(_) => Err(None),
        }
    }

    /// Lets what is under way end, and takes no new turns.
    pub fn stop(&self) {
        let _ = self.queue.send(Message::Stop);
    }
}

impl Turns {
    /// Turns, and where work for them is handed in.
    pub fn new(parts: Parts) -> (Self, TurnQueue) {
        let (queue, messages) = mpsc::unbounded_channel();
        let turns = Self {
            parts,
            queue: queue.clone(),
            messages,
            waiting: HashMap::new(),
            ready: VecDeque::new(),
            busy: HashSet::new(),
            held: HashSet::new(),
            under_way: 0,
            stopping: false,
        };
        (turns, TurnQueue { queue })
    }

    /// Takes turns until stopped.
    pub async fn run(mut self) {
        let mut inbox = Vec::new();
        while self.messages.recv_many(&mut inbox, 64).await > 0 {
            for message in inbox.drain(..) {
                self.absorb(message);
            }
            while !self.stopping && self.under_way < UNDER_WAY && !self.ready.is_empty() {
                self.start_batch();
            }
            if self.stopping && self.under_way == 0 {
                return;
            }
        }
    }

    fn absorb(&mut self, message: Message) {
        match message {
            Message::Work(work) => {
                for one in work {
                    self.line_up(one);
                }
            }
            Message::Done(lanes) => {
                self.under_way -= 1;
                for lane in lanes {
                    self.busy.remove(&lane);
                    if self.waiting.contains_key(&lane) && !self.held.contains(&lane) {
                        self.ready.push_back(lane);
                    }
                }
            }
            Message::Release(lane) => {
                if self.held.remove(&lane) && !self.busy.contains(&lane) {
                    self.ready.push_back(lane);
                }
            }
            Message::Looked(lane, tasks) => {
                self.busy.remove(&lane);
                let newer = self.waiting.remove(&lane).unwrap_or_default();
                let tasks = tasks.into_iter().chain(newer).collect();
                self.waiting.insert(lane.clone(), tasks);
                self.ready.push_back(lane);
            }
            Message::Arrived(arrived, reply) => self.start_arrived(arrived, reply),
            Message::Stop => self.stopping = true,
        }
    }

    fn start_arrived(&mut self, arrived: Arrived, reply: oneshot::Sender<Result<(), Arrived>>) {
        let idle = |w: &Work| !self.busy.contains(&w.lane) && !self.waiting.contains_key(&w.lane);
        let album = |w: &Work| media::is_open(std::iter::once(&w.task));
        // A poller does not wait until texts are looked at: they may be somebody else's, who only pressed a button.
        let to_look = |w: &Work| self.parts.has_to_look(&w.task);
        let in_the_way = |w: &Work| !idle(w) || album(w) || to_look(w);
        if self.stopping || arrived.work.iter().any(in_the_way) {
            let _ = reply.send(Err(arrived));
            return;
        }
        let mut lots: Vec<Lot> = Vec::with_capacity(arrived.work.len());
        let mut places = HashMap::with_capacity(arrived.work.len());
        for Work { lane, task } in &arrived.work {
            let place = *places.entry(lane.clone()).or_insert_with(|| {
                lots.push((lane.clone(), Vec::new()));
                lots.len() - 1
            });
            lots[place].1.push(task.clone());
        }
        let lanes: Vec<Lane> = lots.iter().map(|(lane, _)| lane.clone()).collect();
        self.busy.extend(lanes.iter().cloned());
        let (parts, queue) = (self.parts.clone(), self.queue.clone());
        self.under_way += 1;
        tokio::spawn(async move {
            let result = match try_once(&parts, &lots, Some(&arrived)).await {
                Ok(()) => Ok(()),
                Err(_) => Err(arrived),
            };
            let _ = queue.send(Message::Done(lanes));
            // After `Done`: the batch may come back through the inbox at once.
            let _ = reply.send(result);
        });
    }

    fn start_batch(&mut self) {
        let count = self.ready.len().min(BATCH);
        let mut lots = Vec::with_capacity(count);
        for lane in self.ready.drain(..count).collect::<Vec<_>>() {
            // It was ready twice, or more of an album came since: its time comes again.
            if self.busy.contains(&lane) || self.held.contains(&lane) {
                continue;
            }
            let Some(mut tasks) = self.waiting.remove(&lane) else {
                continue;
            };
            self.busy.insert(lane.clone());
            match self.first_to_look(&tasks) {
                Some(0) => self.look(lane, tasks.into()),
                Some(before) => {
                    let rest = tasks.split_off(before);
                    self.waiting.insert(lane.clone(), rest);
                    lots.push((lane, tasks.into()));
                }
                None => lots.push((lane, tasks.into())),
            }
        }
        if lots.is_empty() {
            return;
        }
        let lanes: Vec<Lane> = lots.iter().map(|(lane, _): &Lot| lane.clone()).collect();
        let (parts, queue) = (self.parts.clone(), self.queue.clone());
        self.under_way += 1;
        tokio::spawn(async move {
            #[expect(clippy::disallowed_methods, reason = "measures, decides nothing")]
            let started = Instant::now();
            process(&parts, lots).await;
            histogram!("lotse_turn_batch_seconds").record(started.elapsed().as_secs_f64());
            let _ = queue.send(Message::Done(lanes));
        });
    }
}

/// Takes the turns of several conversations: together if nothing is in the way, else each alone.
async fn process(parts: &Parts, lots: Vec<Lot>) {
    if try_once(parts, &lots, None).await.is_err() {
        // Nothing is committed: one of them was overtaken, or worse.
        for lot in lots {
            alone(parts, lot).await;
        }
    }
}

/// One conversation's turn, again and again until it is committed, given up to staff, or somebody else's.
async fn alone(parts: &Parts, lot: Lot) {
    let (mut tries, mut pause) = (0, Duration::from_millis(50));
    let mut tasks: VecDeque<Task> = lot.1.into();
    // One deed at a time: if one of them is poison, the others go through.
    while !tasks.is_empty() {
        let these: Vec<Task> = tasks
            .iter()
            .take(media::together(tasks.iter()))
            .cloned()
            .collect();
        let one = [(lot.0.clone(), these.clone())];
        match try_once(parts, &one, None).await {
            Ok(()) => {}
            Err(StoreError::Conflict) if tries < TRIES => {
                tries += 1;
                continue;
            }
            Err(StoreError::Stopped) => return,
            Err(error @ StoreError::Database(_)) if tries < TRIES => {
                tries += 1;
                tracing::error!(%error, "a turn could not be committed; trying again");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(Duration::from_secs(5));
                continue;
            }
            Err(error @ (StoreError::Conflict | StoreError::Database(_))) => {
                tracing::warn!(%error, "turns are left to the next sweep");
                return let_go(parts, &tasks).await;
            }
            Err(error) => bury(parts, &lot.0, &these, &error.to_string()).await,
        }
        tries = 0;
        tasks.drain(..these.len());
    }
}

/// Nobody waits for our lease to end: the next sweep takes these up, in order.
async fn let_go(parts: &Parts, tasks: &VecDeque<Task>) {
    let ids = Some(tasks.iter().filter_map(Task::inbox).collect());
    let worker = parts.worker.clone();
    if let Err(error) = parts.store.write(LetGo { worker, ids }).await {
        tracing::warn!(%error, "claims end with their lease");
    }
}

/// Puts tasks aside where staff see them, and tells the person so.
async fn bury(parts: &Parts, lane: &Lane, tasks: &[Task], fault: &str) {
    match tasks {
        [Task::Inbound(..), ..] => sorry::bury(parts, lane, tasks, fault).await,
        _ => {
            counter!("lotse_dead_letters_total").increment(1);
            tracing::error!(fault, "a timer's turn failed");
        }
    }
}

/// Takes the turns and commits them; then does what follows from them.
async fn try_once(
    parts: &Parts,
    lots: &[Lot],
    arrived: Option<&Arrived>,
) -> Result<(), StoreError> {
    let lanes = lots.iter().map(|(lane, _)| lane.clone()).collect();
    let lease = parts.lease();
    let (deciding, lots) = (parts.clone(), lots.to_vec());
    let scene = parts.scene(lease.now);
    let ended = parts.sender.take_ended();
    // The short way keeps what an update led to, not its bytes: they need not be copied either.
    let unread = |row: &NewInbox| NewInbox {
        id: row.id,
        channel: row.channel,
        provider_id: row.provider_id.clone(),
        lane: row.lane.clone(),
        raw: Vec::new(),
    };
    let rows: Vec<_> = arrived.map_or_else(Vec::new, |a| a.rows.iter().map(unread).collect());
    let cursor = arrived.map(|a| a.cursor);
    let decide: Decide<Vec<After>> = Box::new(move |stored| {
        let setting = scene.setting();
        // A panic in the middle of one conversation's turn must not end the others'.
        let all = catch_unwind(AssertUnwindSafe(|| {
            take_all(&deciding, &setting, &lots, stored)
        }));
        let (taken, quiet) =
            all.map_err(|_| StoreError::Shape("the program failed on a turn"))??;
        let (mut batch, after) = divide(taken, rows.clone(), cursor);
        batch.quiet = quiet;
        Ok((batch, after))
    });
    let write = TakeTurns {
        lanes,
        decide,
        lease,
        settled: ended.iter().map(|(_, one)| one.clone()).collect(),
    };
    let after = match parts.store.write(write).await {
        Ok(after) => after,
        Err(error) => {
            parts.sender.give_back(ended);
            return Err(error);
        }
    };
    settled(parts, ended);
    counter!("lotse_turns_total").increment(after.len() as u64);
    follow_up(parts, after);
    Ok(())
}

/// What has to follow once it is written down how attempts to send have ended.
pub(super) fn settled(parts: &Parts, ended: Vec<Ended>) {
    let mut again = false;
    for (conversation, settlement) in ended {
        parts.sender.settled(conversation, settlement.id);
        if settlement.outcome != Outcome::Sent {
            again = true;
            parts.hub.tell(News::Conversation(conversation));
        }
    }
    if again {
        parts.hub.wake_outbox();
    }
}

fn take_all(
    parts: &Parts,
    setting: &Setting<'_>,
    lots: &[Lot],
    stored: &Loaded,
) -> Result<(Vec<Taken>, Vec<InboxId>), StoreError> {
    let (mut all, mut quiet) = (Vec::with_capacity(lots.len()), Vec::new());
    for (lane, tasks) in lots {
        let known = stored.get(lane);
        if known.is_none() && tasks.iter().all(Task::says_nothing) {
            quiet.extend(tasks.iter().filter_map(Task::inbox));
            continue;
        }
        let Some(channel) = channel_of(parts, tasks) else {
            continue;
        };
        let mut taken = take(setting, lane, channel, known, tasks)?;
        let undelivered = known.map_or(&[][..], |s| &s.undelivered).iter();
        let arrived = taken.write.arrived_seq.unwrap_or(0);
        let undelivered = undelivered
            .filter(|(_, seq)| *seq > arrived)
            .map(|(id, _)| *id);
        // Without an update there is no address at hand; the outbox looks it up.
        let at_hand = tasks.iter().any(|t| t.inbox().is_some());
        taken.write.send_now = at_hand && parts.sender.holds(taken.write.conversation, undelivered);
        all.push(taken);
    }
    Ok((all, quiet))
}

fn channel_of(parts: &Parts, tasks: &[Task]) -> Option<ChannelId> {
    tasks.iter().find_map(|task| match task {
        Task::Inbound(_, inbound, _) => Some(inbound.channel),
        Task::CaseClosed(_, _, channel) | Task::Lost(_, channel) => parts.channels.id(channel),
        Task::Remind(due) => parts.channels.id(&due.channel),
        Task::Looked(late) => parts.channels.id(&late.channel),
    })
}
