//! The HTTP side: paths, the token, planned faults, and answers in Telegram's envelope.

use super::faults::Fault;
use super::line::Line;
use super::methods;
use super::params::Params;
use super::record::Outcome;
use super::refusal::{Answer, Refusal};
use super::updates;
use super::world::{BOT_TOKEN, Shared, World};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Telegram takes uploads up to 50 MB.
const LARGEST_BODY: usize = 50 * 1024 * 1024;

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(handle).with_state(shared)
}

async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response {
    let path = request.uri().path().to_owned();
    if let Some(path) = path.strip_prefix("/file/bot") {
        return download(&shared, path);
    }
    // Some clients escape the colon of the token.
    let path = path.replace("%3A", ":").replace("%3a", ":");
    let Some((token, name)) = path
        .strip_prefix("/bot")
        .and_then(|rest| rest.split_once('/'))
    else {
        return refuse(&Refusal::new(404, "Not Found"));
    };
    if token != BOT_TOKEN {
        shared.change(|world| world.record.counters.unauthorized += 1);
        return refuse(&Refusal::new(401, "Unauthorized"));
    }
    let Some(method) = methods::find(name) else {
        return refuse(&Refusal::new(404, "Not Found: method not found"));
    };
    match read(request).await {
        Ok(params) => call(&shared, &line, method, params).await,
        Err(refusal) => refuse(&refusal),
    }
}

async fn read(request: Request) -> Result<Params, Refusal> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, LARGEST_BODY)
        .await
        .map_err(|_| Refusal::new(413, "Request Entity Too Large"))?;
    let content_type = head
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    Params::read(head.uri.query(), content_type.unwrap_or_default(), &body)
}

/// What is decided in the moment a call arrives.
struct Admission {
    number: usize,
    fault: Option<Fault>,
    /// A poll begins as it is recorded: a test that waits for its arrival knows that it waits.
    poll: Option<Result<u64, Refusal>>,
}

/// Records a call, lets the planned fault strike, and carries it out.
async fn call(shared: &Shared, line: &Line, method: &'static str, params: Params) -> Response {
    let Admission {
        number,
        fault,
        poll,
    } = shared.change(|world| admit(world, method, &params));
    let ended = |outcome| shared.change(|world| world.record.ended(number, outcome));
    let response = match &fault {
        Some(Fault::TooManyRequests { retry_after }) => {
            refuse(&Refusal::too_many_requests(*retry_after))
        }
        Some(Fault::InternalError) => refuse(&Refusal::new(500, "Internal Server Error")),
        Some(Fault::BadGateway) => bad_gateway(),
        Some(Fault::DropBefore) => {
            ended(Outcome::LostBefore);
            line.cut().await
        }
        Some(Fault::DropAfter | Fault::Slow(_)) | None => {
            let answer = match poll {
                Some(Ok(poll)) => updates::finish_poll(shared, &params, poll).await,
                Some(Err(refusal)) => Err(refusal),
                None => shared.change(|world| methods::carry_out(world, method, &params)),
            };
            envelope(answer)
        }
    };
    match fault {
        Some(Fault::DropAfter) => {
            ended(Outcome::LostAfter);
            line.cut().await
        }
        Some(Fault::Slow(pause)) => tokio::time::sleep(pause).await,
        _ => {}
    }
    ended(Outcome::Answered(response.status().as_u16()));
    response
}

fn admit(world: &mut World, method: &str, params: &Params) -> Admission {
    let chat_id = methods::chat_of(world, params);
    let number = world.record.arrived(method, chat_id, params.0.clone());
    let fault = world.faults.draw(&method.to_ascii_lowercase(), chat_id);
    if let Some(chat) = chat_id.and_then(|id| world.chats.get_mut(&id)) {
        let quiet = chat.quiet_until.is_some_and(|until| Instant::now() < until);
        if quiet && writes(method) {
            world.record.counters.early_retries += 1;
        }
        if let Some(Fault::TooManyRequests { retry_after }) = fault {
            chat.quiet_until = Some(Instant::now() + Duration::from_secs(retry_after));
        }
    }
    let carried_out = matches!(fault, None | Some(Fault::DropAfter | Fault::Slow(_)));
    let poll = (method == "getUpdates" && carried_out).then(|| updates::begin_poll(world, params));
    Admission {
        number,
        fault,
        poll,
    }
}

/// Does the method put something into a chat? Those are the calls that a 429 holds up.
fn writes(method: &str) -> bool {
    method.starts_with("edit") || (method.starts_with("send") && method != "sendChatAction")
}

fn envelope(answer: Answer) -> Response {
    match answer {
        Ok(result) => body(
            StatusCode::OK,
            json!({ "ok": true, "result": result }).to_string(),
        ),
        Err(refusal) => refuse(&refusal),
    }
}

fn refuse(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    body(status, refusal.body().to_string())
}

fn body(status: StatusCode, json: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], json).into_response()
}

fn bad_gateway() -> Response {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad \
                Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n";
    (
        StatusCode::BAD_GATEWAY,
        [(header::CONTENT_TYPE, "text/html")],
        page,
    )
        .into_response()
}

fn download(shared: &Shared, path: &str) -> Response {
    let path = path.replace("%3A", ":").replace("%3a", ":");
    let Some(name) = path
        .strip_prefix(BOT_TOKEN)
        .and_then(|rest| rest.strip_prefix('/'))
    else {
        return refuse(&Refusal::new(401, "Unauthorized"));
    };
    let world = shared.world();
    match world.files.values().find(|file| file.path == name) {
        Some(file) => Body::from(file.bytes.clone()).into_response(),
        None => refuse(&Refusal::new(404, "Not Found")),
    }
}
