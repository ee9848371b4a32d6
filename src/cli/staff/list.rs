//! What `lotse staff` says about accounts.

use crate::content::nearest;
use crate::desk::visibility::Role;
use crate::store::desk::accounts::{AccountLine, Disabled};

/// All accounts, one line each.
pub fn table(accounts: &[AccountLine]) -> String {
    let head = ["LOGIN", "NAME", "ORGANISATION", "LAST SIGN-IN", "CASES", ""].map(str::to_owned);
    let rows: Vec<[String; 6]> = std::iter::once(head)
        .chain(accounts.iter().map(row))
        .collect();
    let width = |column: usize| rows.iter().map(|r| r[column].chars().count()).max();
    let widths: Vec<usize> = (0..6).map(|c| width(c).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in &rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

fn row(account: &AccountLine) -> [String; 6] {
    let workplace = |(name, role): &(String, Role)| match role {
        Role::Supervisor => format!("{name} (supervisor)"),
        Role::Counsellor => name.clone(),
    };
    let workplaces: Vec<String> = account.workplaces.iter().map(workplace).collect();
    let last = account.last_sign_in.map(|at| {
        let at = at.in_berlin();
        at.strftime("%Y-%m-%d %H:%M").to_string()
    });
    [
        account.login.clone(),
        account.name.clone(),
        workplaces.join(", "),
        last.unwrap_or_else(|| "never".to_owned()),
        account.cases.to_string(),
        if account.disabled { "disabled" } else { "" }.to_owned(),
    ]
}

/// What came of closing an account.
pub fn disabled(login: &str, done: Disabled) -> String {
    let state = match done.before {
        true => format!("`{login}` was disabled already."),
        false => format!("`{login}` is disabled: nobody signs in with it any more."),
    };
    let cases = match done.released {
        0 => "No case was in its hands.".to_owned(),
        1 => "1 case went back to the queue with its age, and the person was told.".to_owned(),
        n => format!("{n} cases went back to the queue with their age, and the persons were told."),
    };
    format!("{state} Sign-ins ended: {}. {cases}", done.sessions)
}

/// Why there is no account with this login that can be worked on.
pub fn missing(accounts: &[AccountLine], login: &str) -> String {
    let wanted = login.trim().to_lowercase();
    if accounts.iter().any(|a| a.login == wanted) {
        return format!(
            "the account `{login}` is disabled; `lotse staff enable {login}` opens it again"
        );
    }
    match nearest(&wanted, accounts.iter().map(|a| a.login.as_str())) {
        Some(meant) => format!("there is no account `{login}`; did you mean `{meant}`?"),
        None => format!("there is no account `{login}`; `lotse staff list` shows all"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Timestamp;

    fn accounts() -> Vec<AccountLine> {
        let anna = AccountLine {
            login: "anna".into(),
            name: "Anna Berg".into(),
            workplaces: vec![
                ("Online-Lotsen".into(), Role::Supervisor),
                ("Projekt Korbach".into(), Role::Counsellor),
            ],
            last_sign_in: Some(Timestamp(1_795_000_000_000)),
            cases: 3,
            disabled: false,
        };
        let omer = AccountLine {
            login: "ömer".into(),
            name: "Ömer".into(),
            workplaces: vec![("Projekt Korbach".into(), Role::Counsellor)],
            last_sign_in: None,
            cases: 0,
            disabled: true,
        };
        vec![anna, omer]
    }

    #[test]
    fn the_table_is_read_at_a_glance() {
        insta::assert_snapshot!(table(&accounts()), @r"
        LOGIN  NAME       ORGANISATION                                 LAST SIGN-IN      CASES
        anna   Anna Berg  Online-Lotsen (supervisor), Projekt Korbach  2026-11-18 12:06  3
        ömer   Ömer       Projekt Korbach                              never             0      disabled
        ");
    }

    #[test]
    fn the_operator_hears_what_became_of_the_cases() {
        let done = |before, released| {
            let sessions = 2;
            disabled(
                "anna",
                Disabled {
                    before,
                    sessions,
                    released,
                },
            )
        };
        let said = [done(false, 2), done(false, 1), done(true, 0)].join("\n");
        insta::assert_snapshot!(said, @r"
        `anna` is disabled: nobody signs in with it any more. Sign-ins ended: 2. 2 cases went back to the queue with their age, and the persons were told.
        `anna` is disabled: nobody signs in with it any more. Sign-ins ended: 2. 1 case went back to the queue with its age, and the person was told.
        `anna` was disabled already. Sign-ins ended: 2. No case was in its hands.
        ");
    }

    #[test]
    fn whoever_types_a_login_wrongly_is_helped() {
        let said = ["Ömer", "ana", "x"].map(|l| missing(&accounts(), l));
        insta::assert_snapshot!(said.join("\n"), @r"
        the account `Ömer` is disabled; `lotse staff enable Ömer` opens it again
        there is no account `ana`; did you mean `anna`?
        there is no account `x`; `lotse staff list` shows all
        ");
    }
}
