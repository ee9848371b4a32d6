//! Words of lengths of time that are more than a number and a unit.

/// Halves that stand between a number and its unit and are added to it (*iki buçuk yıl*), or alone (*yarım yıl*).
pub(in crate::text) const HALVES: &str = "نصف نص نیم نیمه nîv nîvê نیو yarım buçuk половина половиной половину пол пів \
    половиною badh nus ፈረቓ ፈረቃ ተኩል ግማሽ";

/// Halves that belong to the unit: *ein halbes Jahr* is half a year.
pub(in crate::text) const HALF_OF: &str = "halb halbe halbes halben halber halbem half demi demie";

/// One and a half, in one word. German makes more of them: *zweieinhalb*.
pub(in crate::text) const ONE_AND_A_HALF: &str =
    "anderthalb anderthalbe anderthalbes полтора полторы півтора півтори";

/// Half a year, in one word.
pub(in crate::text) const HALF_YEAR: &str = "halbjahr полгода полугода півроку півріччя";

/// One of a unit, in one word: days, weeks, months, years.
pub(in crate::text) const ONE_UNIT: [&str; 4] = [
    "rojek ڕۆژێک",
    "hefteyek هەفتەیەک",
    "mehek مانگێک",
    "salek ساڵێک",
];

/// Two of a unit, in one word.
pub(in crate::text) const TWO_UNITS: [&str; 4] = [
    "يومين يومان",
    "أسبوعين أسبوعان",
    "شهرين شهران",
    "سنتين سنتان عامين عامان",
];

/// Units that mean one of them where nothing else is said: *منذ سنة*, *уже год*.
pub(in crate::text) const UNITS_ALONE: &str =
    "يوم أسبوع شهر سنة عام день неделя неделю месяц год тиждень місяць рік";

/// Words that may stand beside those.
pub(in crate::text) const BESIDE: &str =
    "منذ من قبل حوالي تقريبا صارلي صار لي уже около назад вже близько тому";

/// Words that only say that something has lasted, or about how long.
pub(in crate::text) const LASTING: &str = "seit vor circa ca etwa ungefähr rund über mehr als schon bereits since for ago about around over more than already \
    depuis il y a environ plus de déjà از پیش حدود تقریبا له راهیسې مخکې ji berê nêzîkî lê پێش نزیکەی önce beri yaklaşık \
    около назад больше с понад більше вже ka hor ku dhawaad ካብ ቅድሚ ከ በፊት";

/// Fewer, and nearly: what is counted then is not the number.
pub(in crate::text) const FEWER: &str = "weniger unter knapp fast beinahe less under almost nearly أقل \
    کمتر لږ kêmtir کەمتر az altında neredeyse меньше менее почти менше майже moins presque yar ዝውሕድ ያነሰ በታች";

/// *An* and *ans* are years in French and other words in German: only behind a number.
pub(in crate::text) const FRENCH_YEARS: [&str; 2] = ["an", "ans"];
