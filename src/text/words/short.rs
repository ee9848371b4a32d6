//! Short answers.

/// What a short answer means, and how it is said; spellings are parted by blanks, the words of one by a hyphen.
pub(in crate::text) const SHORT: [(&str, &str); 3] = [
    (
        "yes",
        "ja jo jup jawohl klar gerne yes yeah yep sure ok okay نعم ايوا ايوه اجل بله بلی آره آری هو erê belê ere bele \
         بەڵێ ئا ئەرێ evet tamam olur да ага конечно так авжеж oui ouais d'accord haa haah እወ አዎ አዎን da",
    ),
    (
        "no",
        "nein ne nee nö no nope لا كلا نه خیر نخیر نا na nexêr نەخێر hayır yok нет неа ні non maya may \
         ኣይፋል ኣይኮነን ኣይኮነን አይ አይደለም የለም net",
    ),
    (
        "without",
        "ohne ohne-antworten without without-answers بدون بدون-إجابات sans sans-réponses без без-ответов",
    ),
];

/// The same in signs. A sign may carry a skin colour or a variation selector after it.
pub(in crate::text) const SIGNS: [(&str, &[&str]); 2] = [
    ("yes", &["👍", "👌", "✅", "✔"]),
    ("no", &["👎", "❌", "✖"]),
];
