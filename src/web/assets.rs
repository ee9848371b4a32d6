//! Styles, scripts and pictures, inside the binary.
//!
//! Their address names the build (`/assets/<build>/console/console.css`), so that browsers may keep them
//! for ever and still get the new ones after an upgrade. Scripts import each other by relative paths.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/src/web/assets"]
struct Files;

/// A hash over all assets: changes whenever one of them does.
static BUILD: LazyLock<String> = LazyLock::new(|| {
    let mut paths: Vec<_> = Files::iter().collect();
    paths.sort();
    let mut hash = Sha256::new();
    for path in paths {
        hash.update(path.as_bytes());
        if let Some(file) = Files::get(&path) {
            hash.update(file.metadata.sha256_hash());
        }
    }
    crate::store::seal::hex(&hash.finalize()[..6])
});

/// The address of an asset: `url("console/console.css")`.
pub fn url(path: &str) -> String {
    format!("/assets/{}/{path}", *BUILD)
}

/// Serves the assets. Needs no state.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{build}/{*path}", get(serve))
}

async fn serve(Path((build, path)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(file) = Files::get(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!(
        "\"{}\"",
        crate::store::seal::hex(&file.metadata.sha256_hash()[..8])
    );
    let keep = if build == *BUILD {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|v| v.as_bytes() == tag.as_bytes());
    let about = [
        (header::CONTENT_TYPE, media_type(&path).to_owned()),
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::ETAG, tag),
    ];
    if known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, file.data.into_owned()).into_response()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("webmanifest") => "application/manifest+json",
        _ => "text/plain; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn get_it(build: &str, path: &str) -> Response {
        serve(Path((build.into(), path.into())), HeaderMap::new()).await
    }

    #[tokio::test]
    async fn an_asset_of_this_build_may_be_kept_for_ever_and_one_of_another_may_not() {
        let path = "console/console.css";
        let now = get_it(&BUILD, path).await;
        assert_eq!(now.status(), StatusCode::OK);
        assert_eq!(
            now.headers()[header::CONTENT_TYPE],
            "text/css; charset=utf-8"
        );
        let kept = |r: &Response| {
            r.headers()[header::CACHE_CONTROL]
                .to_str()
                .map(str::to_owned)
        };
        assert!(kept(&now).unwrap().contains("immutable"));
        assert_eq!(kept(&get_it("old", path).await).unwrap(), "no-cache");
        assert!(url(path).contains(BUILD.as_str()));
    }

    #[tokio::test]
    async fn nothing_outside_the_folder_is_served() {
        for path in ["../auth.rs", "console/../../auth.rs", "nothing.css"] {
            assert_eq!(get_it(&BUILD, path).await.status(), StatusCode::NOT_FOUND);
        }
    }
}
