//! Days named from today.

/// Days from today, and what they are called; several names are parted by blanks, the words of one name by a hyphen.
pub(in crate::text) const RELATIVE: [(i64, &str); 5] = [
    (
        -2,
        "vorgestern vor-gestern day-before-yesterday أول-أمس اول-البارحة اول-مبارح پریروز بله-پرون وړمه-ورځ \
         pêr پێرێ evvelsi-gün önceki-gün позавчера позавчора avant-hier dorraad ቅድሚ-ትማሊ ከትናንት-ወዲያ ከትላንት-ወዲያ",
    ),
    (
        -1,
        "gestern yesterday أمس البارحة مبارح دیروز پرون duh دوێنێ dün вчера вчора учора hier shalay ትማሊ ትናንት ትላንት",
    ),
    (
        0,
        "heute today اليوم امروز نن îro ئەمڕۆ bugün сегодня сьогодні aujourd-hui maanta ሎሚ ዛሬ",
    ),
    (
        1,
        "morgen tomorrow غدا بكرا فردا سبا sibe sibê سبەی سبەینێ yarın завтра demain berri ጽባሕ ነገ",
    ),
    (
        2,
        "übermorgen uebermorgen day-after-tomorrow بعد-غد بعد-بكرا پس-فردا پسفردا بل-سبا dusibe دووسبەی öbür-gün \
         послезавтра післязавтра après-demain saadambe ድሕሪ-ጽባሕ ከነገ-ወዲያ",
    ),
];

/// Of these, words that mean something else in another language ("hier" is "here" in German): they count only where the
/// text has no other word.
pub(in crate::text) const FALSE_FRIENDS: [&str; 2] = ["hier", "ነገ"];
