//! `lotse organisation`: who counsels, where, and when.

use super::kreise;
use super::out;
use super::place::Place;
use super::settings::{self, Running, Which};
use super::words;
use crate::content::{Places, nearest};
use crate::model::OrganisationId;
use crate::ports::Ids as _;
use crate::runtime::origin::places;
use crate::runtime::system::SystemIds;
use crate::store::Store;
use crate::store::desk::organisations::Organisation;
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use std::collections::BTreeSet;
use std::process::ExitCode;

/// Organisations: who counsels, where, and when.
#[derive(Debug, Args)]
#[command(
    after_help = "One organisation is the fallback: it takes what nobody else covers. Begin with it.

Examples:
  lotse organisation add \"Online-Lotsen\" --fallback --hours \"mon-fri 08:00-20:00\"
  lotse organisation add \"Projekt Korbach\" --kreis 06635 --kreis \"Schwalm-Eder-Kreis\"
  lotse organisation change \"Projekt Korbach\" --kreis Kassel
  lotse organisation list"
)]
pub struct Options {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    which: Which,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add an organisation.
    Add(Details),
    /// Change an organisation; what is not named stays.
    Change(Details),
    /// Show all organisations.
    List,
}

#[derive(Debug, Args)]
struct Details {
    /// Its name, as persons and counsellors read it.
    name: String,
    /// It takes what nobody else covers; there is exactly one such organisation.
    #[arg(long)]
    fallback: bool,
    /// A Kreis that it covers, by key or name; may be given several times.
    #[arg(long, value_name = "KREIS")]
    kreis: Vec<String>,
    /// A Kreis that it does not cover any more.
    #[arg(long, value_name = "KREIS")]
    no_kreis: Vec<String>,
    /// Opening hours in German time, for example "mon-thu 09:00-16:00, fri 09:00-13:00", or always.
    #[arg(long)]
    hours: Option<String>,
    /// Another name.
    #[arg(long, value_name = "NAME")]
    rename: Option<String>,
}

/// Without a word on it, an office's hours.
const OFFICE_HOURS: &str = "mon-fri 09:00-16:00";

/// Does it.
pub fn run(options: &Options) -> Result<ExitCode> {
    let config = settings::load(&options.which, &Running::default())?;
    let places = places()?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let place = Place::prepare(&config, false).await?;
        let store = place.open(&config).await?;
        let known = store.organisations().await?;
        match &options.what {
            What::List => {
                for organisation in &known {
                    out::line(line(organisation, &places))?;
                }
            }
            What::Add(details) => {
                let new = added(details, &known, &places)?;
                put(&store, new, &places).await?;
            }
            What::Change(details) => {
                let changed = changed(details, &known, &places)?;
                put(&store, changed, &places).await?;
            }
        }
        let known = store.organisations().await?;
        if !known.iter().any(|o| o.fallback) {
            out::aside(
                "Nobody takes what no organisation covers. Add an organisation with --fallback.",
            );
        }
        Ok(ExitCode::SUCCESS)
    })
}

async fn put(store: &Store, organisation: Organisation, places: &Places) -> Result<()> {
    let line = line(&organisation, places);
    store.put_organisation(organisation, words::now()).await?;
    out::line(line)?;
    out::aside("A lotse that is running takes it up within seconds.");
    Ok(())
}

fn added(details: &Details, known: &[Organisation], places: &Places) -> Result<Organisation> {
    if known.iter().any(|o| o.name == details.name) {
        bail!(
            "there is already an organisation `{}`; `lotse organisation change` changes it",
            details.name
        );
    }
    let new = Organisation {
        id: OrganisationId(SystemIds.uuid()),
        kind: if details.fallback {
            "online_pilot"
        } else {
            "local_project"
        }
        .to_owned(),
        name: details.name.clone(),
        fallback: false,
        hours: kreise::hours(OFFICE_HOURS)?,
        kreise: BTreeSet::new(),
    };
    with(new, details, known, places)
}

fn changed(details: &Details, known: &[Organisation], places: &Places) -> Result<Organisation> {
    with(
        by_name(known, &details.name)?.clone(),
        details,
        known,
        places,
    )
}

fn with(
    mut organisation: Organisation,
    details: &Details,
    known: &[Organisation],
    places: &Places,
) -> Result<Organisation> {
    if details.fallback {
        let other = known.iter().find(|o| o.fallback && o.id != organisation.id);
        if let Some(other) = other {
            bail!(
                "`{}` is the fallback already, and there can only be one",
                other.name
            );
        }
        organisation.fallback = true;
    }
    for named in &details.kreis {
        organisation.kreise.insert(kreise::find(places, named)?);
    }
    for named in &details.no_kreis {
        organisation.kreise.remove(&kreise::find(places, named)?);
    }
    if let Some(text) = &details.hours {
        organisation.hours = kreise::hours(text)?;
    }
    if let Some(name) = &details.rename {
        organisation.name.clone_from(name);
    }
    Ok(organisation)
}

/// An organisation by its name.
pub fn by_name<'o>(known: &'o [Organisation], name: &str) -> Result<&'o Organisation> {
    if let Some(found) = known
        .iter()
        .find(|o| o.name.to_lowercase() == name.to_lowercase())
    {
        return Ok(found);
    }
    match nearest(name, known.iter().map(|o| o.name.as_str())) {
        Some(meant) => bail!("there is no organisation `{name}`; did you mean `{meant}`?"),
        None if known.is_empty() => {
            bail!("there is no organisation yet; begin with `lotse organisation add`")
        }
        None => bail!("there is no organisation `{name}`; `lotse organisation list` names all"),
    }
}

fn line(organisation: &Organisation, places: &Places) -> String {
    let label = |key: &String| match places.kreis(key) {
        Some(kreis) => format!("{} ({key})", kreis.label()),
        None => key.clone(),
    };
    let kreise: Vec<String> = organisation.kreise.iter().map(label).collect();
    let what = match (organisation.fallback, kreise.is_empty()) {
        (true, true) => "whatever nobody else covers".to_owned(),
        (true, false) => format!("whatever nobody else covers, and {}", kreise.join(", ")),
        (false, true) => "nothing yet (--kreis)".to_owned(),
        (false, false) => kreise.join(", "),
    };
    format!("{}: {what}", organisation.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        details: Details,
    }

    fn details(args: &[&str]) -> Details {
        Line::parse_from([&["x"], args].concat()).details
    }

    #[test]
    fn there_is_one_fallback_and_every_name_once() {
        let places = places().unwrap();
        let first = added(&details(&["Online", "--fallback"]), &[], &places).unwrap();
        assert!(first.fallback);
        let known = [first];
        let say = |args: &[&str]| {
            added(&details(args), &known, &places)
                .unwrap_err()
                .to_string()
        };
        assert!(say(&["Other", "--fallback"]).contains("`Online` is the fallback already"));
        assert!(say(&["Online"]).contains("there is already an organisation"));
        // The fallback itself may be told once more that it is.
        changed(&details(&["online", "--fallback"]), &known, &places).unwrap();
        let error = changed(&details(&["Onlin"]), &known, &places)
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "there is no organisation `Onlin`; did you mean `Online`?"
        );
    }

    #[test]
    fn a_change_leaves_what_it_does_not_name() {
        let places = places().unwrap();
        let args = [
            "Projekt",
            "--kreis",
            "06635",
            "--kreis",
            "Schwalm-Eder-Kreis",
        ];
        let before = added(&details(&args), &[], &places).unwrap();
        let args = [
            "Projekt",
            "--no-kreis",
            "06635",
            "--hours",
            "always",
            "--rename",
            "Neu",
        ];
        let after = changed(&details(&args), std::slice::from_ref(&before), &places).unwrap();
        assert_eq!(after.id, before.id);
        assert_eq!(line(&after, &places), "Neu: Schwalm-Eder-Kreis (06634)");
        assert_ne!(after.hours, before.hours);
    }
}
