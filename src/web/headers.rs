//! The headers that every page carries: nothing from elsewhere, nothing inline, nothing in a frame,
//! nothing kept in a cache that others may read.

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::Response;

/// What a page may load: only what this server itself serves, and no script or style inside the page.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     connect-src 'self'; img-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// One year. Only sent where the pages are reached by HTTPS.
const STRICT_TRANSPORT: &str = "max-age=31536000; includeSubDomains";

const FIXED: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: with that, browsers send `Origin: null` with forms, and the origin of a
    // form could no longer be checked.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), browsing-topics=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Middleware: adds the headers to every answer. The state says whether HTTPS is in use.
///
/// `axum::middleware::from_fn_with_state(app.secure, headers::secure)`
pub async fn secure(State(https): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    apply(response.headers_mut(), https);
    response
}

fn apply(headers: &mut HeaderMap, https: bool) {
    for (name, value) in FIXED {
        // A content that people sent says itself that it may do even less.
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if https {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(STRICT_TRANSPORT),
        );
    }
    // Pages show personal data; only assets say themselves that they may be kept.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_not_cached_but_assets_may_be() {
        let mut page = HeaderMap::new();
        apply(&mut page, false);
        assert_eq!(page[header::CACHE_CONTROL], "no-store");
        assert!(!page.contains_key(header::STRICT_TRANSPORT_SECURITY));

        let mut asset = HeaderMap::new();
        asset.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=9"));
        apply(&mut asset, true);
        assert_eq!(asset[header::CACHE_CONTROL], "max-age=9");
        assert!(asset.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    #[test]
    fn nothing_inline_and_nothing_from_elsewhere_is_allowed() {
        assert!(CONTENT_SECURITY_POLICY.starts_with("default-src 'none';"));
        for word in ["unsafe", "http", "*", "data:", "blob:"] {
            assert!(!CONTENT_SECURITY_POLICY.contains(word), "{word}");
        }
    }
}
