//! The console as a browser meets it, but for the browser.

use super::*;
use crate::desk::visibility::Role;
use crate::model::{CaseId, ChannelId, Level, Timestamp};
use crate::ports::{Accept, AcceptError, Clock, Ids, Raw};
use crate::runtime::Hub;
use crate::store::testing::{ELSEWHERE, Folder, NOW, PILOT, PROJECT, Waiting, World, on_sqlite};
use crate::web::{App, auth, headers};
use arc_swap::ArcSwap;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use futures_util::FutureExt as _;
use std::sync::atomic::{AtomicI64, Ordering};
use tower::ServiceExt;

struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

struct NoInbox;

#[async_trait::async_trait]
impl Accept for NoInbox {
    async fn accept(&self, _: ChannelId, _: Vec<Raw>) -> Result<(), AcceptError> {
        Ok(())
    }
}

/// The console over a world, and a clock that is set by hand.
struct Desk {
    world: World,
    router: Router,
    hand: Arc<Hand>,
    hub: Arc<Hub>,
    _folder: Folder,
}

/// A browser: it keeps cookies and knows the token of the last form.
#[derive(Clone, Default)]
struct Browser {
    cookies: Vec<(String, String)>,
    csrf: String,
}

struct Page {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Page {
    fn to(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |v| v.to_str().unwrap())
    }
}

impl Desk {
    async fn new() -> Self {
        let (world, folder) = on_sqlite().await;
        let hand = Arc::new(Hand(AtomicI64::new(NOW.0)));
        let hub = Arc::new(Hub::default());
        let app = App {
            store: world.store.clone(),
            content: Arc::new(ArcSwap::new(world.content.clone())),
            clock: hand.clone(),
            ids: world.ids.clone(),
            hub: hub.clone(),
            accept: Arc::new(NoInbox),
            secure: false,
        };
        let router =
            router(app).layer(axum::middleware::from_fn_with_state(false, headers::secure));
        Self {
            world,
            router,
            hand,
            hub,
            _folder: folder,
        }
    }

    async fn send(&self, browser: &mut Browser, request: Request<Body>) -> Page {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            browser.cookies.retain(|(n, _)| n != name);
            browser.cookies.push((name.into(), value.into()));
        }
        let body = to_bytes(body, 1 << 20).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        if let Some((_, rest)) = text.split_once("name=\"csrf\" value=\"") {
            browser.csrf = rest.split('"').next().unwrap().to_owned();
        }
        Page {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }

    fn request(browser: &Browser, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<_> = browser
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "desk.example")
            .header(header::ACCEPT_LANGUAGE, "en")
            .header(header::COOKIE, cookies.join("; "))
    }

    async fn get(&self, browser: &mut Browser, path: &str) -> Page {
        let request = Self::request(browser, "GET", path)
            .body(Body::empty())
            .unwrap();
        self.send(browser, request).await
    }

    async fn post_from(
        &self,
        browser: &mut Browser,
        origin: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        let encode = |text: &str| {
            text.bytes().fold(String::new(), |out, b| match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => out + &char::from(b).to_string(),
                _ => out + &format!("%{b:02X}"),
            })
        };
        let body: Vec<_> = fields
            .iter()
            .map(|(n, v)| format!("{n}={}", encode(v)))
            .collect();
        let request = Self::request(browser, "POST", path)
            .header(header::ORIGIN, origin)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.send(browser, request).await
    }

    async fn post(&self, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = browser.csrf.clone();
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.post_from(browser, "http://desk.example", path, &all)
            .await
    }

    async fn try_sign_in(&self, browser: &mut Browser, login: &str, password: &str) -> Page {
        self.get(browser, "/console/sign-in").await;
        let fields = [("login", login), ("password", password)];
        self.post(browser, "/console/sign-in", &fields).await
    }

    /// Somebody new, signed in.
    async fn counsellor(
        &self,
        name: &str,
        organisation: crate::model::OrganisationId,
        role: Role,
    ) -> Browser {
        let by = self.world.counsellor(name, organisation, role).await;
        let password = format!("the password of {name}");
        let hash = auth::hash_password(self.world.ids.as_ref(), password.clone()).await;
        self.world
            .store
            .set_password(by, hash.unwrap(), None)
            .await
            .unwrap();
        let mut browser = Browser::default();
        let page = self.try_sign_in(&mut browser, name, &password).await;
        assert_eq!(
            (page.status, page.to()),
            (StatusCode::SEE_OTHER, "/console")
        );
        self.get(&mut browser, "/console").await;
        browser
    }

    async fn claim(&self, browser: &mut Browser, case: CaseId) -> Page {
        self.post(browser, &format!("/console/cases/{case}/claim"), &[])
            .await
    }
}

#[tokio::test]
async fn whoever_is_not_signed_in_sees_nothing() {
    let desk = Desk::new().await;
    let case = desk.world.waiting(Waiting::default()).await;
    let mut nobody = Browser::default();
    for path in [
        "/console".to_owned(),
        "/console/account".to_owned(),
        "/console/faults".to_owned(),
        format!("/console/cases/{case}"),
    ] {
        let page = desk.get(&mut nobody, &path).await;
        assert_eq!(
            (page.status, page.to()),
            (StatusCode::SEE_OTHER, "/console/sign-in"),
            "{path}"
        );
    }
    assert_eq!(
        desk.get(&mut nobody, "/console/events").await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(desk.claim(&mut nobody, case).await.to(), "/console/sign-in");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_are_answered_alike() {
    let desk = Desk::new().await;
    desk.counsellor("anna", PROJECT, Role::Counsellor).await;
    let mut browser = Browser::default();
    let wrong = desk.try_sign_in(&mut browser, "anna", "wrong").await;
    let unknown = desk.try_sign_in(&mut browser, "annb", "wrong").await;
    assert_eq!(
        (wrong.status, unknown.status),
        (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED)
    );
    let tokenless = |page: &Page, login: &str| {
        let at = page.text.find("name=\"csrf\" value=\"").unwrap() + 19;
        let text = format!("{}{}", &page.text[..at], &page.text[at + 64..]);
        text.replace(login, "")
    };
    assert_eq!(tokenless(&wrong, "anna"), tokenless(&unknown, "annb"));
    assert_eq!(
        desk.get(&mut browser, "/console").await.to(),
        "/console/sign-in"
    );
}

#[tokio::test]
async fn trying_passwords_is_slowed_down_even_for_the_right_one() {
    let desk = Desk::new().await;
    desk.counsellor("anna", PROJECT, Role::Counsellor).await;
    let mut browser = Browser::default();
    for _ in 0..5 {
        desk.try_sign_in(&mut browser, "anna", "wrong").await;
    }
    let right = "the password of anna";
    let refused = desk.try_sign_in(&mut browser, "anna", right).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers[header::RETRY_AFTER], "30");
    desk.hand.0.fetch_add(30_000, Ordering::Relaxed);
    assert_eq!(
        desk.try_sign_in(&mut browser, "anna", right).await.to(),
        "/console"
    );
}

#[tokio::test]
async fn forms_from_elsewhere_are_refused() {
    let desk = Desk::new().await;
    let mut anna = desk.counsellor("anna", PROJECT, Role::Counsellor).await;
    let case = desk.world.waiting(Waiting::default()).await;
    let path = format!("/console/cases/{case}/claim");
    let csrf = anna.csrf.clone();
    let here = "http://desk.example";
    for (origin, fields) in [
        (here, vec![]),
        (here, vec![("csrf", "")]),
        (here, vec![("csrf", "0000")]),
        ("https://evil.example", vec![("csrf", csrf.as_str())]),
        ("null", vec![("csrf", csrf.as_str())]),
    ] {
        let page = desk.post_from(&mut anna, origin, &path, &fields).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{origin} {fields:?}");
    }
    // A sign-in form that somebody else prepared.
    let mut fresh = Browser::default();
    let fields = [("login", "anna"), ("password", "the password of anna")];
    let page = desk
        .post_from(&mut fresh, here, "/console/sign-in", &fields)
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(fresh.cookies.iter().all(|(name, _)| name != "lotse_staff"));
    assert_eq!(
        desk.claim(&mut anna, case).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn the_loser_of_a_race_is_told_who_won() {
    let desk = Desk::new().await;
    let mut anna = desk.counsellor("Anna", PROJECT, Role::Counsellor).await;
    let mut boris = desk.counsellor("Boris", PILOT, Role::Counsellor).await;
    let case = desk.world.waiting(Waiting::default()).await;
    let won = desk.claim(&mut anna, case).await;
    assert_eq!(won.to(), format!("/console/cases/{case}#latest"));
    let lost = desk.claim(&mut boris, case).await;
    assert_eq!(lost.status, StatusCode::CONFLICT);
    assert!(lost.text.contains("<strong>Anna</strong>"), "{}", lost.text);
}

#[tokio::test]
async fn other_organisations_see_the_offer_before_and_nothing_after_the_claim() {
    let desk = Desk::new().await;
    let mut anna = desk.counsellor("Anna", PROJECT, Role::Counsellor).await;
    let mut boris = desk.counsellor("Boris", PILOT, Role::Counsellor).await;
    let mut dana = desk.counsellor("Dana", ELSEWHERE, Role::Counsellor).await;
    let case = desk.world.waiting(Waiting::default()).await;
    let path = format!("/console/cases/{case}");
    for browser in [&mut anna, &mut boris, &mut dana] {
        let page = desk.get(browser, &path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text.contains("Duldung") && !page.text.contains("What led here"));
    }
    let forbidden = desk.claim(&mut dana, case).await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
    desk.claim(&mut anna, case).await;
    let page = desk.get(&mut anna, &path).await;
    assert!(page.text.contains("Topic: work. Paper: Duldung."));
    for browser in [&mut boris, &mut dana] {
        assert_eq!(desk.get(browser, &path).await.status, StatusCode::NOT_FOUND);
        let reply = [("words", "my words"), ("form", "f")];
        let page = desk.post(browser, &format!("{path}/reply"), &reply).await;
        assert!(!page.text.contains("Duldung"));
        assert_ne!(page.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_day_at_the_desk() {
    let desk = Desk::new().await;
    let mut anna = desk.counsellor("Anna", PROJECT, Role::Counsellor).await;
    let case = desk
        .world
        .waiting(Waiting {
            level: Level::Urgent,
            ..Waiting::default()
        })
        .await;
    let path = format!("/console/cases/{case}");
    let queue = desk.get(&mut anna, "/console").await;
    assert!(queue.text.contains("<title>(1) Queue") && queue.text.contains("Urgent"));
    desk.claim(&mut anna, case).await;

    let empty = desk
        .post(
            &mut anna,
            &format!("{path}/reply"),
            &[("words", "  "), ("form", "1")],
        )
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reply = [("words", "Guten Tag <b>"), ("form", "2")];
    for _ in 0..2 {
        let sent = desk.post(&mut anna, &format!("{path}/reply"), &reply).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
    }
    desk.world.person_writes(case, "شكرا", NOW).await;
    let queue = desk.get(&mut anna, "/console").await;
    assert!(queue.text.contains("New message (1)"));
    let card = desk.get(&mut anna, &path).await;
    assert_eq!(
        card.text.matches("Guten Tag &#60;b&#62;").count(),
        1,
        "escaped, and said once"
    );
    assert!(card.text.contains("شكرا"));
    let queue = desk.get(&mut anna, "/console").await;
    assert!(!queue.text.contains("New message (1)"), "it was read");

    let note = crate::model::NoteId(desk.world.ids.uuid()).to_string();
    let fields = [("words", "A note"), ("form", note.as_str())];
    desk.post(&mut anna, &format!("{path}/note"), &fields).await;
    assert!(desk.get(&mut anna, &path).await.text.contains("A note"));

    assert_eq!(
        desk.post(&mut anna, &format!("{path}/close"), &[])
            .await
            .to(),
        "/console"
    );
    let woken = desk.hub.timers().now_or_never();
    assert!(woken.is_some(), "the bot's turn comes at once");
    let late = [("words", "One more thing"), ("form", "3")];
    let late = desk.post(&mut anna, &format!("{path}/reply"), &late).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.text.contains("One more thing"),
        "what was typed is not lost"
    );
}

#[tokio::test]
async fn what_happens_is_called_out_to_open_pages() {
    let desk = Desk::new().await;
    let mut anna = desk.counsellor("Anna", PROJECT, Role::Counsellor).await;
    let case = desk.world.waiting(Waiting::default()).await;
    let mut news = desk.hub.listen();
    desk.claim(&mut anna, case).await;
    assert_eq!(news.try_recv().unwrap(), News::Case(case));
    let request = Desk::request(&anna, "GET", "/console/events")
        .body(Body::empty())
        .unwrap();
    let answer = desk.router.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream");
    let mut events = answer.into_body().into_data_stream();
    let mut seen = String::new();
    desk.hub.tell(News::Case(case));
    while !seen.contains("data: changed") {
        let piece = futures_util::StreamExt::next(&mut events)
            .await
            .unwrap()
            .unwrap();
        seen += std::str::from_utf8(&piece).unwrap();
    }
    assert!(
        !seen.contains(&case.to_string()),
        "the stream names no case"
    );
}

#[tokio::test]
async fn signing_out_ends_the_session_here_and_elsewhere_if_asked() {
    let desk = Desk::new().await;
    let mut anna = desk.counsellor("Anna", PROJECT, Role::Counsellor).await;
    let mut phone = Browser::default();
    desk.try_sign_in(&mut phone, "anna", "the password of Anna")
        .await;
    assert_eq!(
        desk.get(&mut phone, "/console").await.status,
        StatusCode::OK
    );
    desk.post(&mut anna, "/console/account/sessions", &[]).await;
    assert_eq!(
        desk.get(&mut phone, "/console").await.to(),
        "/console/sign-in"
    );
    let before = anna.clone();
    desk.post(&mut anna, "/console/sign-out", &[]).await;
    let mut stolen = before;
    assert_eq!(
        desk.get(&mut stolen, "/console").await.to(),
        "/console/sign-in"
    );
}

#[tokio::test]
async fn a_password_is_changed_only_by_whoever_knows_it() {
    let desk = Desk::new().await;
    let mut anna = desk.counsellor("Anna", PROJECT, Role::Counsellor).await;
    let change = async |browser: &mut Browser, now: &str, new: &str, again: &str| {
        let fields = [("now", now), ("new", new), ("again", again)];
        desk.post(browser, "/console/account/password", &fields)
            .await
            .status
    };
    let (old, new) = ("the password of Anna", "four words in a row");
    for (now, next, again) in [
        ("wrong", new, new),
        (old, new, "other"),
        (old, "short", "short"),
    ] {
        let status = change(&mut anna, now, next, again).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(
        change(&mut anna, old, new, new).await,
        StatusCode::SEE_OTHER
    );
    let mut phone = Browser::default();
    assert_eq!(
        desk.try_sign_in(&mut phone, "anna", old).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        desk.try_sign_in(&mut phone, "anna", new).await.to(),
        "/console"
    );
}

#[tokio::test]
async fn the_console_speaks_german_and_english() {
    let desk = Desk::new().await;
    let mut anna = desk.counsellor("Anna", PROJECT, Role::Counsellor).await;
    assert!(
        desk.get(&mut anna, "/console")
            .await
            .text
            .contains("<html lang=\"en\">")
    );
    desk.post(&mut anna, "/console/account/language", &[("lang", "de")])
        .await;
    let page = desk.get(&mut anna, "/console").await;
    assert!(page.text.contains("<html lang=\"de\">") && page.text.contains("Warteschlange"));
}

#[tokio::test]
async fn faults_are_for_supervisors() {
    let desk = Desk::new().await;
    let mut anna = desk.counsellor("Anna", PROJECT, Role::Counsellor).await;
    let mut boss = desk.counsellor("Boss", PROJECT, Role::Supervisor).await;
    assert_eq!(
        desk.get(&mut anna, "/console/faults").await.status,
        StatusCode::NOT_FOUND
    );
    let page = desk.get(&mut boss, "/console/faults").await;
    assert!(page.text.contains("No faults"));
    let fields = [
        ("kind", "update"),
        ("id", "00000000-0000-0000-0000-000000000001"),
        ("remedy", "replay"),
    ];
    let page = desk.post(&mut anna, "/console/faults", &fields).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn no_page_holds_script_style_or_anything_from_elsewhere() {
    let desk = Desk::new().await;
    let mut boss = desk.counsellor("Boss", PROJECT, Role::Supervisor).await;
    let case = desk.world.waiting(Waiting::default()).await;
    desk.claim(&mut boss, case).await;
    let mut nobody = Browser::default();
    let mut pages = vec![desk.get(&mut nobody, "/console/sign-in").await];
    for path in [
        "/console",
        "/console?scope=team",
        "/console/account",
        "/console/faults",
    ] {
        pages.push(desk.get(&mut boss, path).await);
    }
    pages.push(desk.get(&mut boss, &format!("/console/cases/{case}")).await);
    for page in pages {
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.headers.contains_key(header::CONTENT_SECURITY_POLICY));
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
        for bad in [
            " style=",
            "<style",
            " onclick",
            "javascript:",
            "src=\"http",
            "href=\"http",
        ] {
            assert!(!page.text.contains(bad), "{bad}");
        }
        let inline = page.text.matches("<script").count()
            - page
                .text
                .matches("<script type=\"module\" src=\"/assets/")
                .count();
        assert_eq!(inline, 0);
        let (forms, tokens) = (
            page.text.matches("method=\"post\"").count(),
            page.text.matches("name=\"csrf\"").count(),
        );
        assert_eq!(forms, tokens, "every form carries the token");
    }
}

/// A part of a page, without what differs from run to run.
fn part<'p>(page: &'p Page, from: &str, to: &str) -> &'p str {
    let from = page
        .text
        .find(from)
        .unwrap_or_else(|| panic!("no {from}:\n{}", page.text));
    let rest = &page.text[from..];
    &rest[..rest.find(to).unwrap() + to.len()]
}

fn steady(html: &str, browser: &Browser) -> String {
    html.replace(&browser.csrf, "CSRF")
}

#[tokio::test]
async fn an_alarm_stands_above_every_page_until_somebody_has_seen_it_or_takes_the_case() {
    let desk = Desk::new().await;
    let mut anna = desk.counsellor("Anna", PROJECT, Role::Supervisor).await;
    let mut boris = desk.counsellor("Boris", PILOT, Role::Counsellor).await;
    let immediate = || Waiting {
        level: Level::Immediate,
        consented: false,
        ..Waiting::default()
    };
    let case = desk.world.waiting(immediate()).await;
    let banner = "class=\"alarm\"";
    for path in [
        "/console",
        "/console/account",
        "/console/faults",
        &format!("/console/cases/{case}"),
    ] {
        let page = desk.get(&mut anna, path).await;
        assert!(page.text.contains(banner), "{path}");
        let page = desk.get(&mut boris, path).await;
        assert!(!page.text.contains(banner), "{path}: not theirs yet");
    }
    let page = desk.get(&mut anna, "/console/account").await;
    let shown = steady(part(&page, "<div class=\"alarms\"", "<main"), &anna);
    insta::assert_snapshot!(shown);
    let mut news = desk.hub.listen();
    let seen = desk
        .post(&mut anna, &format!("/console/cases/{case}/alarm"), &[])
        .await;
    assert_eq!(seen.to(), format!("/console/cases/{case}"));
    assert_eq!(
        news.try_recv().unwrap(),
        News::Case(case),
        "other pages are told"
    );
    assert!(!desk.get(&mut anna, "/console").await.text.contains(banner));
    let stranger = desk
        .post(&mut boris, &format!("/console/cases/{case}/alarm"), &[])
        .await;
    assert_eq!(stranger.status, StatusCode::SEE_OTHER, "it is over already");

    let other = desk.world.waiting(immediate()).await;
    let stranger = desk
        .post(&mut boris, &format!("/console/cases/{other}/alarm"), &[])
        .await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    assert!(desk.get(&mut anna, "/console").await.text.contains(banner));
    desk.claim(&mut anna, other).await;
    assert!(!desk.get(&mut anna, "/console").await.text.contains(banner));
}

#[tokio::test]
async fn what_the_program_took_a_message_for_is_set_right_in_two_clicks() {
    let desk = Desk::new().await;
    let mut anna = desk.counsellor("Anna", PROJECT, Role::Counsellor).await;
    let judged = crate::store::testing::taken_for("violence", Level::Immediate);
    let waiting = Waiting {
        level: Level::Immediate,
        judged: Some(judged),
        ..Waiting::default()
    };
    let case = desk.world.waiting(waiting).await;
    desk.claim(&mut anna, case).await;
    let path = format!("/console/cases/{case}");
    let card = desk.get(&mut anna, &path).await;
    let form = part(
        &card,
        "<section class=\"panel\" id=\"correct\"",
        "</section>",
    );
    assert!(form.contains("value=\"immediate\" checked"));
    assert!(
        form.contains("<option value=\"violence\" selected>Violence"),
        "{form}"
    );
    let id = desk.world.ids.uuid().to_string();
    let said = |level, class| {
        [
            ("form", id.as_str()),
            ("level", level),
            ("class", class),
            ("agreed", "yes"),
        ]
    };
    let correct = format!("{path}/correct");
    for wrong in [said("now", "other"), said("none", "nothing")] {
        let page = desk.post(&mut anna, &correct, &wrong).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
    }
    let page = desk
        .post_from(
            &mut anna,
            "http://desk.example",
            &correct,
            &said("none", "other"),
        )
        .await;
    assert_eq!(
        page.status,
        StatusCode::FORBIDDEN,
        "without the session's token"
    );
    let page = desk.post(&mut anna, &correct, &said("none", "other")).await;
    assert_eq!(page.to(), format!("{path}#correct"));
    let card = desk.get(&mut anna, &path).await;
    let form = part(&card, "<section class=\"panel\" id=\"correct\"", "<option");
    assert!(form.contains("value=\"none\" checked"), "{form}");
    let made = part(&card, "<ul class=\"corrected\"", "</ul>");
    assert!(
        made.contains("<b>Immediate → No human needed; Violence or threats → Something else</b>"),
        "{made}"
    );
    assert!(
        made.contains("corrected by Anna, today, 12:06 · person agrees"),
        "{made}"
    );
}
