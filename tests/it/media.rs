//! A photo of a letter: from the person's phone to the counsellor's screen, and to nobody else. The program runs as a
//! process, Telegram is the simulator, the counsellors use the console by HTTP.

use crate::support::content::Files;
use crate::support::desk::{Counsellor, printed_accounts};
use crate::support::lotse::{Instance, Lotse, PATIENCE};
use crate::support::telegram::{Fault, SimMessage, SimUser, TelegramSim};
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;
use std::time::Duration;

/// The shipped content, with a question for photos before the postcode.
fn content() -> Files {
    let question = "[step.photos]\nask = \"media\"\nsave = \"photos_for_test\"\nmin = 0\ngoto = \"place\"\n\
                    retry = { times = 3, then = \"place\" }\n\n[step.place]\n";
    let words = "photos = Möchten Sie ein Foto schicken?\nmessage =";
    Files::shipped()
        .with_edit(
            "flows/fields.toml",
            "[field.message]\n",
            "[field.photos_for_test]\ntype = \"media\"\n\n[field.message]\n",
        )
        .with_edit("flows/human.toml", "[step.place]\n", question)
        .with_edit(
            "flows/human.toml",
            "save = \"message\"\ngoto = \"place\"",
            "save = \"message\"\ngoto = \"photos\"",
        )
        .with_edit(
            "flows/human.toml",
            "[step.h_normal]\nhandoff = { reason = \"wants_human\", share = [\"about\",",
            "[step.h_normal]\nhandoff = { reason = \"wants_human\", share = [\"about\", \"photos_for_test\",",
        )
        .with_edit("locales/de/human.ftl", "\nmessage =", &format!("\n{words}"))
        .with_edit(
            "locales/de/fields.ftl",
            "\nmessage =",
            "\nphotos_for_test = Bilder\nmessage =",
        )
}

async fn world(name: &str, sim: &TelegramSim) -> (Instance, Lotse) {
    let folder = std::env::temp_dir().join(format!("lotse-{name}-{}", std::process::id()));
    content().write(&folder);
    let folder = folder.display().to_string();
    let instance = Instance::new(name, &["demo", "--content", &folder])
        .env("TELEGRAM_API_URL", sim.base_url())
        .env("TELEGRAM_TOKEN", sim.token());
    let lotse = instance.start().await;
    (instance, lotse)
}

async fn counsellor(instance: &Instance, login: &str) -> Counsellor {
    let accounts = printed_accounts(instance).await;
    let account = accounts.iter().find(|(name, _)| name == login);
    let (login, password) = account.expect("an account of the demo");
    Counsellor::sign_in(&instance.base(), login, password).await
}

/// Without the marks that keep directions apart.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}', '\u{a0}'], "")
}

async fn hears(person: &SimUser, words: &str) -> SimMessage {
    person
        .wait_for(|m| plain(&m.text).contains(words), PATIENCE)
        .await
}

async fn chooses(person: &SimUser, label: &str, words: &str) -> SimMessage {
    person.tap(label).expect("an inline button");
    hears(person, words).await
}

/// From the first message to the question for photos.
async fn is_asked_for_photos(person: &SimUser) {
    person.start("");
    hears(person, "In welcher Sprache").await;
    chooses(person, "Deutsch", "Womit können wir helfen?").await;
    chooses(person, "Mit Menschen sprechen", "Worum geht es?").await;
    chooses(person, "Etwas anderes", "in ein paar Sätzen").await;
    person.send_text("Ich verstehe einen Brief nicht");
    hears(person, "Möchten Sie ein Foto schicken?").await;
}

/// From the photos to the receipt; what was shown before the consent.
async fn passes_it_on(person: &SimUser) -> SimMessage {
    chooses(person, "Fertig", "Postleitzahl sagen").await;
    chooses(person, "Ja, eingeben", "fünf Ziffern").await;
    person.send_text("34497");
    let consent = hears(person, "Bilder:").await;
    let yes = consent.labels()[0].to_owned();
    chooses(person, &yes, "Nummer").await;
    consent
}

/// A photo, red on its left, as a phone writes it: with the place, and to be turned a quarter to the right.
fn photo() -> Vec<u8> {
    let colour = |x, _| Rgb(if x < 60 { [250, 0, 0] } else { [0, 0, 250] });
    let mut jpeg = Cursor::new(Vec::new());
    RgbImage::from_fn(120, 80, colour)
        .write_to(&mut jpeg, ImageFormat::Jpeg)
        .expect("a picture");
    let jpeg = jpeg.into_inner();
    let mut exif =
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend(b"GPS 51.27 N 8.87 E");
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

/// Waits until the card links to `count` contents; their paths.
async fn contents(desk: &mut Counsellor, case: &str, count: usize) -> Vec<String> {
    let page = desk
        .wait_until(case, |page| links(page).len() >= count)
        .await;
    links(&page)
}

fn links(page: &str) -> Vec<String> {
    let parts = page.split("<a class=\"picture\" href=\"").skip(1);
    parts
        .map(|part| part.split('"').next().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn a_photo_reaches_the_counsellor_without_what_it_tells_besides_and_nobody_else() {
    let sim = TelegramSim::start().await;
    let (instance, lotse) = world("media-story", &sim).await;
    let amina = sim.user(7301).language("de");
    is_asked_for_photos(&amina).await;
    amina.send_text("Hier ist er");
    hears(&amina, "Hier passt nur ein Foto").await;
    amina.send_voice(3);
    hears(&amina, "Hier passt nur ein Foto").await;
    amina.send_file_of("image/jpeg", "gross.jpg", vec![0; 10_000_001]);
    hears(&amina, "Das ist zu groß").await;
    amina.send_photo_of(photo(), "");
    hears(&amina, "Ich habe jetzt: 1 Foto.").await;
    let consent = passes_it_on(&amina).await;
    assert!(
        plain(&consent.text).contains("Bilder: 1 Foto"),
        "{consent:?}"
    );

    let mut desk = counsellor(&instance, "marta").await;
    let case = desk.wait_for_case().await;
    assert_eq!(desk.act(&case, "claim").await, 303);
    let shared = contents(&mut desk, &case, 1).await.remove(0);
    let answer = desk.fetch(&shared).await;
    assert_eq!(answer.status(), 200);
    let header = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(header("content-type"), "image/jpeg");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("sandbox"));
    let bytes = answer.bytes().await.expect("a picture");
    for secret in [&b"Exif"[..], b"GPS"] {
        assert!(!bytes.windows(secret.len()).any(|w| w == secret));
    }
    let picture = image::load_from_memory_with_format(&bytes, ImageFormat::Jpeg);
    let picture = picture.expect("a picture").to_rgb8();
    assert_eq!(picture.dimensions(), (80, 120), "it stands upright");
    assert!(
        picture.get_pixel(40, 20)[0] > 200,
        "what was left is on top"
    );

    // What comes while the counsellor has the turn is passed on to them too; what is no picture is not.
    amina.send_photo_of(photo(), "Seite 2");
    contents(&mut desk, &case, 2).await;
    desk.wait_for_text(&case, "Seite 2").await;
    amina.send_file_of("application/pdf", "brief.pdf", b"MZ program".to_vec());
    hears(&amina, "konnte ich nicht öffnen").await;
    amina.send_file_of("application/pdf", "brief.pdf", b"%PDF-1.7 letter".to_vec());
    let page = desk
        .wait_until(&case, |page| page.contains(" download>"))
        .await;
    let pdf = page.split(" download>").next().unwrap_or_default();
    let pdf = pdf.rsplit("href=\"").next().unwrap_or_default();
    let pdf = desk.fetch(pdf.trim_end_matches('"')).await;
    let way = pdf.headers()["content-disposition"].to_str().expect("text");
    assert!(way.starts_with("attachment;"), "{way}");

    // Another organisation sees nothing of it, and neither does anybody once it is deleted.
    let other = counsellor(&instance, "emre").await;
    assert_eq!(other.fetch(&shared).await.status(), 404);
    amina.send_text("alles löschen");
    let question = hears(&amina, "löschen").await;
    let yes = question.labels()[0].to_owned();
    chooses(&amina, &yes, "gelöscht").await;
    assert_eq!(desk.fetch(&shared).await.status(), 404);
    let log = instance.log();
    for secret in ["Seite 2", "7301", "photos/", sim.token()] {
        assert!(!log.contains(secret), "the log tells {secret:?}");
    }
    lotse.stop().await;
}

#[tokio::test]
async fn an_album_is_answered_once_though_its_photos_come_one_by_one() {
    let sim = TelegramSim::start().await;
    let (instance, lotse) = world("media-album", &sim).await;
    let amina = sim.user(7303).language("de");
    // Nobody has asked: what cannot be looked at is said once too.
    amina.start("");
    hears(&amina, "In welcher Sprache").await;
    chooses(&amina, "Deutsch", "Womit können wir helfen?").await;
    for _ in 0..2 {
        amina.send_photo_of_album("1", photo());
    }
    hears(&amina, "Fotos kann ich nicht ansehen").await;
    is_asked_for_photos(&amina).await;
    amina.send_photo_of_album("2", photo());
    sim.wait_until_all_taken(PATIENCE).await;
    for _ in 0..2 {
        amina.send_photo_of_album("2", photo());
    }
    hears(&amina, "Ich habe jetzt: 3 Fotos.").await;
    passes_it_on(&amina).await;
    let said = sim.messages_in(amina.id());
    let often = |words: &str| said.iter().filter(|m| m.text.contains(words)).count();
    assert_eq!(often("Fotos kann ich nicht ansehen"), 1);
    assert_eq!(often("Ich habe jetzt"), 1);
    let mut desk = counsellor(&instance, "marta").await;
    let case = desk.wait_for_case().await;
    assert_eq!(desk.act(&case, "claim").await, 303);
    contents(&mut desk, &case, 3).await;
    lotse.stop().await;
}

#[tokio::test]
async fn killed_while_a_photo_is_being_fetched_it_is_fetched_by_the_next_process() {
    let sim = TelegramSim::start().await;
    let (instance, lotse) = world("media-kill", &sim).await;
    let amina = sim.user(7302).language("de");
    is_asked_for_photos(&amina).await;
    let hangs = Fault::Slow(Duration::from_secs(60));
    sim.fail("getFile", hangs).times(1);
    amina.send_photo_of(photo(), "");
    hears(&amina, "Ich habe jetzt: 1 Foto.").await;
    sim.wait_for_arrival("getFile", 1, PATIENCE).await;
    lotse.kill();
    let lotse = instance.start().await;
    passes_it_on(&amina).await;
    let mut desk = counsellor(&instance, "marta").await;
    let case = desk.wait_for_case().await;
    assert_eq!(desk.act(&case, "claim").await, 303);
    let shared = contents(&mut desk, &case, 1).await.remove(0);
    assert_eq!(desk.fetch(&shared).await.status(), 200);
    lotse.stop().await;
}
