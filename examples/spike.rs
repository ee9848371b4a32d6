use lotse::channel::{
    Registry,
    telegram::{Client, Telegram},
};
use lotse::content::{Places, Source, load};
use lotse::model::Timestamp;
use lotse::ports::{Clock, Ids};
use lotse::runtime::{Hub, Running, Setup};
use lotse::store::{Database, Store, seal::InstanceKey};
use std::sync::Arc;
struct C;
impl Clock for C {
    fn now(&self) -> Timestamp {
        Timestamp(
            std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .unwrap()
                .as_millis() as i64,
        )
    }
}
struct I;
impl Ids for I {
    fn uuid(&self) -> uuid::Uuid {
        uuid::Uuid::now_v7()
    }
    fn random(&self) -> [u8; 32] {
        let mut b = [0; 32];
        getrandom::fill(&mut b).unwrap();
        b
    }
}
struct Dir(std::path::PathBuf);
fn walk(d: &std::path::Path, root: &std::path::Path, out: &mut Vec<String>) {
    for e in std::fs::read_dir(d).unwrap() {
        let p = e.unwrap().path();
        if p.is_dir() {
            walk(&p, root, out)
        } else {
            out.push(p.strip_prefix(root).unwrap().to_str().unwrap().to_owned())
        }
    }
}
impl Source for Dir {
    fn paths(&self) -> Vec<String> {
        let mut v = vec![];
        walk(&self.0.join("flows"), &self.0, &mut v);
        walk(&self.0.join("locales"), &self.0, &mut v);
        v
    }
    fn read(&self, p: &str) -> Result<String, String> {
        std::fs::read_to_string(self.0.join(p)).map_err(|e| e.to_string())
    }
}
#[tokio::main]
async fn main() {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter("warn")
        .init();
    let dir = std::path::PathBuf::from(std::env::var("DATA_DIR").unwrap());
    std::fs::create_dir_all(&dir).unwrap();
    let loaded = load(
        &Dir(std::env::args().nth(1).unwrap().into()),
        Arc::new(Places::default()),
    );
    for d in &loaded.diagnostics {
        eprintln!("{d:?}");
    }
    let content = Arc::new(arc_swap::ArcSwap::from_pointee(
        loaded.content.expect("content"),
    ));
    let store = Store::open(&Database::Sqlite(dir), InstanceKey::new(&[1; 32]))
        .await
        .unwrap();
    let t = Arc::new(Telegram::new(
        Client::new(
            &std::env::var("TELEGRAM_API_URL").unwrap(),
            std::env::var("TELEGRAM_TOKEN").unwrap().into(),
        )
        .unwrap(),
    ));
    let mut r = Registry::default();
    r.add(t.clone());
    let run = Running::start(Setup {
        store,
        content,
        channels: Arc::new(r),
        pollers: vec![(lotse::channel::telegram::ID, t)],
        clock: Arc::new(C),
        ids: Arc::new(I),
        hub: Arc::new(Hub::default()),
    })
    .await
    .unwrap();
    let mut s = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).unwrap();
    s.recv().await;
    run.stop().await;
}
