//! What operators see: the log on standard error, and numbers for `/metrics`.
//!
//! **Architecture invariant:** neither holds what people write, their addresses or their names.

use crate::config::LogFormat;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use std::io::IsTerminal as _;
use std::panic::PanicHookInfo;
use std::time::Duration;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::time::SystemTime;

/// Upper borders of the classes in which durations are counted, in seconds.
const SECONDS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0,
];
/// Upper borders of the classes in which sizes are counted.
const SIZES: [f64; 10] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];
/// How often observations are sorted into their classes.
const UPKEEP: Duration = Duration::from_secs(5);

/// Starts the log. Once for each process; later calls change nothing.
pub fn log(filter: &str, format: LogFormat) {
    let filter = EnvFilter::builder().parse_lossy(filter);
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_timer(SystemTime)
        .with_ansi(std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none());
    let _ = match format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
    std::panic::set_hook(Box::new(on_panic));
}

/// Logs where, but not what: a panic's text may quote what somebody wrote.
fn on_panic(info: &PanicHookInfo<'_>) {
    let place = info
        .location()
        .map(|l| format!("{}:{}", l.file(), l.line()));
    let thread = std::thread::current().name().map(str::to_owned);
    tracing::error!(
        place,
        thread,
        "a part of the program failed and was stopped"
    );
}

/// Starts counting.
///
/// # Errors
/// If the process counts already.
pub fn metrics() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .set_buckets_for_metric(Matcher::Suffix("_size".to_owned()), &SIZES)?
        .install_recorder()?;
    describe();
    Ok(handle)
}

/// Keeps the numbers small. Runs until it is dropped.
pub async fn upkeep(handle: PrometheusHandle) {
    loop {
        tokio::time::sleep(UPKEEP).await;
        handle.run_upkeep();
    }
}

fn describe() {
    use metrics::{describe_counter, describe_histogram};
    describe_counter!(
        "lotse_updates_received_total",
        "Updates taken from a channel"
    );
    describe_counter!(
        "lotse_turns_total",
        "Turns that were answered and committed"
    );
    describe_counter!(
        "lotse_messages_sent_total",
        "Messages to persons, by channel and how it ended"
    );
    describe_counter!(
        "lotse_dead_letters_total",
        "Updates that were put aside for staff"
    );
    describe_histogram!(
        "lotse_turn_batch_seconds",
        "How long a batch of turns took, up to its commit"
    );
    describe_histogram!("lotse_group_commit_size", "How many writes one commit held");
}
