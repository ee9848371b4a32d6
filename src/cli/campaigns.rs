//! `lotse campaigns`: which links brought how many people.

use super::place::Place;
use super::settings::{self, Running, Which};
use super::{graph, out};
use crate::content::graph::Shown;
use crate::store::passages::Arrivals;
use anyhow::{Result, bail};
use clap::Args;
use std::process::ExitCode;

/// Show which links of campaigns brought how many people, month by month.
#[derive(Debug, Args)]
#[command(
    after_help = "A link carries the name of its campaign (letters, digits, - and _; at most 64):
  https://t.me/NAME_OF_THE_BOT?start=poster-7      on Telegram
  https://lotse.example.org/?c=poster-7            in the web room
Numbers are rounded to five, and fewer than five are shown as <5. A person counts once for a link as long as they
come by no other.

Examples:
  lotse campaigns
  lotse campaigns --config lotse.toml --since 2026-09"
)]
pub struct Options {
    /// Count from this month on; otherwise from the beginning.
    #[arg(long, value_name = "2026-09", value_parser = graph::month)]
    since: Option<String>,
    #[command(flatten)]
    which: Which,
}

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let config = settings::load(&options.which, &Running::default())?;
    if config.database_url.is_none() && !config.data_dir.is_dir() {
        bail!("there is no data folder {}", config.data_dir.display());
    }
    let since = options.since.as_deref().unwrap_or_default();
    let arrivals = tokio::runtime::Runtime::new()?.block_on(async {
        let place = Place::prepare(&config, false).await?;
        anyhow::Ok(place.open(&config).await?.arrivals(since).await?)
    })?;
    match arrivals.is_empty() {
        true => out::aside("nobody has come by the link of a campaign"),
        false => out::text(table(&arrivals))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn table(arrivals: &[Arrivals]) -> String {
    let mut text = "month    people  link\n".to_owned();
    for Arrivals {
        month,
        campaign,
        count,
    } in arrivals
    {
        let people = Shown::of(*count).text().unwrap_or_default();
        text.push_str(&format!("{month}  {people:>6}  {campaign}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handful_of_people_is_not_told_apart() {
        let arrivals = [("2026-10", "poster-7", 62), ("2026-11", "video-ar", 3)];
        let arrivals = arrivals.map(|(month, campaign, count)| Arrivals {
            month: month.to_owned(),
            campaign: campaign.to_owned(),
            count,
        });
        insta::assert_snapshot!(table(&arrivals), @r"
        month    people  link
        2026-10      60  poster-7
        2026-11      <5  video-ar
        ");
    }
}
