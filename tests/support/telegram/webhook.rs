//! The webhook: setting it, and delivering to it in order within a chat and in parallel between chats.

use super::methods;
use super::params::Params;
use super::record::Outcome;
use super::refusal::{Answer, Refusal};
use super::updates::{Update, note_allowed_updates};
use super::world::{Shared, World, unix_now};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How long the bot may take to answer a delivery.
const PATIENCE: Duration = Duration::from_secs(30);

/// The address that updates go to, and how its deliveries stand.
#[derive(Debug)]
pub(super) struct Webhook {
    url: String,
    secret: String,
    most_connections: usize,
    last_error: Option<(u64, String)>,
    lanes: BTreeMap<Option<i64>, Lane>,
}

/// One chat's deliveries: at most one is under way, and a failure holds up the rest.
#[derive(Debug, Default)]
struct Lane {
    busy: bool,
    failures: u32,
    not_before: Option<Instant>,
}

struct Delivery {
    url: String,
    secret: String,
    update: Update,
    repeat: bool,
}

/// `setWebhook`; an empty address removes it.
pub(super) fn set(world: &mut World, params: &Params) -> Answer {
    let url = params.text("url").unwrap_or_default();
    if url.is_empty() {
        return delete(world, params);
    }
    // Telegram itself wants HTTPS; a test's receiver on the same machine has no certificate.
    if !url.starts_with("https://")
        && !url.starts_with("http://127.0.0.1")
        && !url.starts_with("http://localhost")
    {
        return Err(Refusal::bad_request(
            "bad webhook: An HTTPS URL must be provided for webhook",
        ));
    }
    let secret = params.text("secret_token").unwrap_or_default();
    if secret.len() > 256 {
        return Err(Refusal::bad_request("secret token is too long"));
    }
    if !secret
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    {
        return Err(Refusal::bad_request(
            "secret token contains unallowed characters",
        ));
    }
    note_allowed_updates(world, params)?;
    if params.flag("drop_pending_updates") {
        world.updates.forget_pending();
    }
    let most_connections = params
        .integer("max_connections")
        .unwrap_or(40)
        .clamp(1, 100) as usize;
    world.hook = Some(Webhook {
        url,
        secret,
        most_connections,
        last_error: None,
        lanes: BTreeMap::new(),
    });
    Ok(json!(true))
}

/// `deleteWebhook`
pub(super) fn delete(world: &mut World, params: &Params) -> Answer {
    if params.flag("drop_pending_updates") {
        world.updates.forget_pending();
    }
    world.hook = None;
    Ok(json!(true))
}

/// `getWebhookInfo`
pub(super) fn info(world: &World) -> Value {
    let mut info = json!({
        "url": "",
        "has_custom_certificate": false,
        "pending_update_count": world.updates.waiting.len(),
    });
    if let Some(hook) = &world.hook {
        info["url"] = json!(hook.url);
        info["max_connections"] = json!(hook.most_connections);
        info["ip_address"] = json!("127.0.0.1");
        if let Some((date, message)) = &hook.last_error {
            info["last_error_date"] = json!(date);
            info["last_error_message"] = json!(message);
        }
    }
    if !world.updates.allowed.is_empty() {
        info["allowed_updates"] = json!(world.updates.allowed);
    }
    info
}

/// Delivers for as long as the simulator lives.
pub(super) async fn deliver(shared: Arc<Shared>) {
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(PATIENCE)
        .build()
        .expect("an HTTP client");
    let mut changes = shared.subscribe();
    loop {
        changes.borrow_and_update();
        let (due, next) = due(&mut shared.world(), Instant::now());
        for delivery in due {
            tokio::spawn(attempt(shared.clone(), client.clone(), delivery));
        }
        let pause = async {
            match next {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = pause => {}
            changed = changes.changed() => if changed.is_err() { return },
        }
    }
}

/// Picks what can go out now, and says when a lane that waits after a failure may try again.
fn due(world: &mut World, now: Instant) -> (Vec<Delivery>, Option<Instant>) {
    let World {
        hook,
        updates,
        paused,
        ..
    } = world;
    let Some(hook) = hook.as_mut().filter(|_| !*paused) else {
        return (Vec::new(), None);
    };
    let mut free = hook
        .most_connections
        .saturating_sub(hook.lanes.values().filter(|lane| lane.busy).count());
    let mut due = Vec::new();
    let mut next: Option<Instant> = None;
    let repeats = updates.repeats.iter().map(|update| (update, true));
    for (update, repeat) in repeats.chain(updates.waiting.iter().map(|update| (update, false))) {
        if free == 0 {
            break;
        }
        let lane = hook.lanes.entry(update.lane).or_default();
        if lane.busy {
            continue;
        }
        if let Some(at) = lane.not_before.filter(|at| *at > now) {
            next = Some(next.map_or(at, |next| next.min(at)));
            continue;
        }
        lane.busy = true;
        free -= 1;
        let (url, secret) = (hook.url.clone(), hook.secret.clone());
        due.push(Delivery {
            url,
            secret,
            update: update.clone(),
            repeat,
        });
    }
    (due, next)
}

async fn attempt(shared: Arc<Shared>, client: reqwest::Client, delivery: Delivery) {
    let mut request = client.post(&delivery.url).json(&delivery.update.body);
    if !delivery.secret.is_empty() {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", &delivery.secret);
    }
    let result = match request.send().await {
        Ok(answer) if answer.status().is_success() => Ok(answer.bytes().await.unwrap_or_default()),
        Ok(answer) => Err(format!(
            "Wrong response from the webhook: {}",
            answer.status()
        )),
        Err(error) if error.is_connect() => Err("Connection refused".to_owned()),
        Err(error) if error.is_timeout() => Err("Read timeout expired".to_owned()),
        Err(_) => Err("Connection reset by peer".to_owned()),
    };
    shared.change(|world| match result {
        Ok(body) => taken(world, &delivery, &body),
        Err(why) => failed(world, &delivery, why, shared.second),
    });
}

fn taken(world: &mut World, delivery: &Delivery, answer: &[u8]) {
    let id = delivery.update.id;
    let queue = if delivery.repeat {
        &mut world.updates.repeats
    } else {
        &mut world.updates.waiting
    };
    if let Some(position) = queue.iter().position(|update| update.id == id) {
        queue.remove(position);
    }
    world.record.counters.webhook_deliveries += 1;
    if world.updates.mark_seen(id) {
        world.record.counters.repeated_updates += 1;
    }
    if !delivery.repeat && world.faults.draw_repeat() {
        world.updates.repeats.push_back(delivery.update.clone());
    }
    if let Some(hook) = world.hook.as_mut() {
        hook.lanes.remove(&delivery.update.lane);
    }
    call_in_answer(world, answer);
}

fn failed(world: &mut World, delivery: &Delivery, why: String, second: Duration) {
    world.record.counters.webhook_failures += 1;
    let Some(hook) = world.hook.as_mut() else {
        return;
    };
    hook.last_error = Some((unix_now(), why));
    let lane = hook.lanes.entry(delivery.update.lane).or_default();
    lane.busy = false;
    lane.failures += 1;
    lane.not_before = Some(Instant::now() + pause_after(lane.failures, second));
}

/// Again at once, then after 2, 4, 8 … seconds, at most a minute.
fn pause_after(failures: u32, second: Duration) -> Duration {
    match failures {
        0 | 1 => Duration::ZERO,
        more => second * 2u32.saturating_pow(more - 1).min(60),
    }
}

/// A bot may call one method in its answer to a delivery; it never learns the result.
fn call_in_answer(world: &mut World, answer: &[u8]) {
    let Ok(Value::Object(call)) = serde_json::from_slice::<Value>(answer) else {
        return;
    };
    let Some(method) = call
        .get("method")
        .and_then(Value::as_str)
        .and_then(methods::find)
    else {
        return;
    };
    let params: Map<String, Value> = call
        .into_iter()
        .filter(|(name, _)| name != "method")
        .collect();
    let params = Params(params);
    let chat = methods::chat_of(world, &params);
    let number = world.record.arrived(method, chat, params.0.clone());
    let status = match methods::carry_out(world, method, &params) {
        Ok(_) => 200,
        Err(refusal) => refusal.code,
    };
    world.record.ended(number, Outcome::Answered(status));
}
