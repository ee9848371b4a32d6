//! A counsellor at the console, by plain HTTP: signs in, claims, replies, closes.

use super::lotse::{Instance, PATIENCE};
use std::time::{Duration, Instant};

/// A counsellor who has signed in.
pub struct Counsellor {
    http: reqwest::Client,
    base: String,
    cookie: String,
}

impl Counsellor {
    /// Signs in.
    pub async fn sign_in(base: &str, login: &str, password: &str) -> Self {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        let mut counsellor = Self {
            http,
            base: base.to_owned(),
            cookie: String::new(),
        };
        let page = counsellor.get("/console/sign-in").await;
        let form = [
            ("login", login),
            ("password", password),
            ("csrf", &csrf(&page)),
        ];
        let response = counsellor.post("/console/sign-in", &form).await;
        assert_eq!(response.status(), 303, "sign-in is refused");
        counsellor
    }

    /// A page as text.
    pub async fn get(&mut self, path: &str) -> String {
        let request = self
            .http
            .get(format!("{}{path}", self.base))
            .header("cookie", &self.cookie);
        let response = request.send().await.expect("the console answers");
        self.keep_cookies(&response);
        response.text().await.expect("a page")
    }

    /// What lies at a path, whatever it is.
    pub async fn fetch(&self, path: &str) -> reqwest::Response {
        let request = self.http.get(format!("{}{path}", self.base));
        let request = request.header("cookie", &self.cookie);
        request.send().await.expect("the console answers")
    }

    /// Sends a form of a page.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> reqwest::Response {
        let request = self
            .http
            .post(format!("{}{path}", self.base))
            .header("cookie", &self.cookie)
            .header("origin", &self.base)
            .form(form);
        let response = request.send().await.expect("the console answers");
        self.keep_cookies(&response);
        response
    }

    /// Waits for a case in the queue that a page shows; gives its id.
    pub async fn wait_for_case(&mut self) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let page = self.get("/console").await;
            if let Some(id) = between(&page, "/console/cases/", "/claim") {
                return id;
            }
            assert!(Instant::now() < until, "no case came:\n{page}");
            look_again().await;
        }
    }

    /// Waits until the card of a case shows a text.
    pub async fn wait_for_text(&mut self, case: &str, text: &str) -> String {
        self.wait_until(case, |page| page.contains(text)).await
    }

    /// Waits until the card of a case is as it should be.
    pub async fn wait_until(&mut self, case: &str, fits: impl Fn(&str) -> bool) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let page = self.get(&format!("/console/cases/{case}")).await;
            if fits(&page) {
                return page;
            }
            assert!(
                Instant::now() < until,
                "the card does not show what it should:\n{page}"
            );
            look_again().await;
        }
    }

    /// Does something to a case: `claim`, `release`, `close`.
    pub async fn act(&mut self, case: &str, action: &str) -> u16 {
        let page = self.get(&format!("/console/cases/{case}")).await;
        let path = format!("/console/cases/{case}/{action}");
        self.post(&path, &[("csrf", &csrf(&page))])
            .await
            .status()
            .as_u16()
    }

    /// Writes to the person (`reply`) or to oneself (`note`).
    pub async fn write(&mut self, case: &str, action: &str, words: &str) -> u16 {
        let page = self.get(&format!("/console/cases/{case}")).await;
        let path = format!("/console/cases/{case}/{action}");
        let from = page
            .find(&path)
            .unwrap_or_else(|| panic!("no form for {action}:\n{page}"));
        let form_id = field(&page[from..], "form");
        let form = [
            ("csrf", csrf(&page)),
            ("form", form_id),
            ("words", words.to_owned()),
        ];
        let form: Vec<_> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
        self.post(&path, &form).await.status().as_u16()
    }

    /// Fills in a form of a case that has an id of its own.
    pub async fn fill(&mut self, case: &str, action: &str, fields: &[(&str, &str)]) -> u16 {
        let page = self.get(&format!("/console/cases/{case}")).await;
        let path = format!("/console/cases/{case}/{action}");
        let from = page
            .find(&path)
            .unwrap_or_else(|| panic!("no form for {action}:\n{page}"));
        let (csrf, form) = (csrf(&page), field(&page[from..], "form"));
        let mut all = vec![("csrf", csrf.as_str()), ("form", form.as_str())];
        all.extend_from_slice(fields);
        self.post(&path, &all).await.status().as_u16()
    }

    fn keep_cookies(&mut self, response: &reqwest::Response) {
        for value in response.headers().get_all("set-cookie") {
            let pair = value
                .to_str()
                .expect("a cookie")
                .split(';')
                .next()
                .unwrap_or_default();
            let name = pair.split('=').next().unwrap_or_default().to_owned();
            let others = self
                .cookie
                .split("; ")
                .filter(|c| !c.is_empty() && c.split('=').next() != Some(name.as_str()));
            self.cookie = others.chain([pair]).collect::<Vec<_>>().join("; ");
        }
    }
}

async fn look_again() {
    let at = tokio::time::Instant::now() + Duration::from_millis(50);
    tokio::time::interval_at(at, PATIENCE).tick().await;
}

fn csrf(page: &str) -> String {
    field(page, "csrf")
}

fn field(page: &str, name: &str) -> String {
    between(page, &format!("name=\"{name}\" value=\""), "\"")
        .unwrap_or_else(|| panic!("no field {name} in:\n{page}"))
}

/// The shortest text between the last `start` before `end` and `end`.
fn between(page: &str, start: &str, end: &str) -> Option<String> {
    page.match_indices(start).find_map(|(at, _)| {
        let rest = &page[at + start.len()..];
        let found = &rest[..rest.find(end)?];
        (!found.contains(['"', '<', '\n'])).then(|| found.to_owned())
    })
}

/// Sign-in data that `lotse demo` printed in a table: login and password of each account.
pub async fn printed_accounts(demo: &Instance) -> Vec<(String, String)> {
    let log = demo.wait_until_it_says("Ctrl-C ends it").await;
    log.lines()
        .skip_while(|line| !line.trim_start().starts_with("sign-in "))
        .skip(1)
        .map_while(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?.to_owned(), words.next()?.to_owned()))
        })
        .collect()
}
