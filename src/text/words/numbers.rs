//! Number words.

/// The number words of one language.
pub(in crate::text) struct Numbers {
    /// Its tag, for tests and for readers.
    pub lang: &'static str,
    /// From 0 on; several spellings are parted by blanks, the words of one by a hyphen.
    pub small: &'static str,
    /// 20, 30 … 90, as they stand alone.
    pub tens: &'static str,
    /// 20, 30 … 90 within a compound, where they are called otherwise.
    pub bound: &'static str,
    /// How ones (`O`) and tens (`T`) make a compound; `_` is a blank.
    pub compounds: &'static str,
    /// 100.
    pub hundred: &'static str,
}

/// By language; entries of `small` and `tens` are parted by `|`. Sources: CLDR rule-based number formats.
pub(in crate::text) const NUMBERS: [Numbers; 14] = [
    Numbers {
        lang: "de",
        small: "null|eins ein eine einen einem einer|zwei zwo|drei|vier|fünf fuenf|sechs|sieben|acht|neun|zehn|elf|\
                zwölf zwoelf|dreizehn|vierzehn|fünfzehn fuenfzehn|sechzehn|siebzehn|achtzehn|neunzehn",
        tens: "zwanzig|dreißig dreissig|vierzig|fünfzig fuenfzig|sechzig|siebzig|achtzig|neunzig",
        bound: "",
        compounds: "OundT",
        hundred: "hundert einhundert",
    },
    Numbers {
        lang: "en",
        small: "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|\
                seventeen|eighteen|nineteen",
        tens: "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety",
        bound: "",
        compounds: "T_O",
        hundred: "hundred one-hundred a-hundred",
    },
    Numbers {
        lang: "ar",
        small: "صفر|واحد واحدة|اثنان اثنين اثنتان اثنتين|ثلاثة ثلاث|أربعة أربع|خمسة خمس|ستة ست|سبعة سبع|\
                ثمانية ثماني ثمان|تسعة تسع|عشرة عشر|أحد-عشر إحدى-عشرة احدعش|اثنا-عشر اثني-عشر اثنعش|ثلاثة-عشر ثلاث-عشرة|\
                أربعة-عشر أربع-عشرة|خمسة-عشر خمس-عشرة|ستة-عشر ست-عشرة|سبعة-عشر سبع-عشرة|ثمانية-عشر ثماني-عشرة|\
                تسعة-عشر تسع-عشرة",
        tens: "عشرون عشرين|ثلاثون ثلاثين|أربعون أربعين|خمسون خمسين|ستون ستين|سبعون سبعين|ثمانون ثمانين|تسعون تسعين",
        bound: "",
        compounds: "O_وT O_و_T",
        hundred: "مئة مائة",
    },
    Numbers {
        lang: "fa",
        small: "صفر|یک|دو|سه|چهار چار|پنج|شش|هفت|هشت|نه|ده|یازده|دوازده|سیزده|چهارده|پانزده|شانزده|هفده|هجده هژده|نوزده",
        tens: "بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود",
        bound: "",
        compounds: "T_و_O TوO",
        hundred: "صد یکصد",
    },
    Numbers {
        lang: "ps",
        small: "صفر|یو یوه|دوه|درې|څلور|پنځه|شپږ|اووه اوه|اته|نهه|لس|یوولس|دولس|دیارلس|څوارلس|پنځلس|شپاړس|اوولس|اتلس|\
                نولس نونس",
        tens: "شل|دېرش دیرش|څلوېښت څلویښت|پنځوس|شپېته شپیته|اویا|اتیا|نوي",
        bound: "ویشت|دېرش دیرش|څلوېښت څلویښت|پنځوس|شپېته شپیته|اویا|اتیا|نوي",
        compounds: "O_T OT",
        hundred: "سل",
    },
    Numbers {
        lang: "ku",
        small: "sifir|yek|du dudu|sê sisê|çar|pênc|şeş|heft|heşt|neh|deh|yanzdeh yazdeh|dwanzdeh diwanzdeh donzdeh|\
                sêzdeh sêzde|çardeh çarde|panzdeh pazdeh|şanzdeh şazdeh|hevdeh hivdeh|hijdeh hejdeh|nozdeh nozde",
        tens: "bîst|sî|çil|pêncî|şêst|heftê|heştê|nod not",
        bound: "",
        compounds: "T_u_O",
        hundred: "sed",
    },
    Numbers {
        lang: "ckb",
        small: "سفر|یەک|دوو|سێ|چوار|پێنج|شەش|حەوت|هەشت|نۆ|دە|یازدە یانزە|دوازدە دوانزە|سێزدە سیانزە|چواردە|پازدە پانزە|\
                شازدە شانزە|حەڤدە حەڤدە|هەژدە|نۆزدە",
        tens: "بیست|سی|چل|پەنجا|شەست|حەفتا|هەشتا|نەوەد",
        bound: "",
        compounds: "T_و_O",
        hundred: "سەد",
    },
    Numbers {
        lang: "tr",
        small: "sıfır|bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|on-bir onbir|on-iki oniki|on-üç onüç|on-dört ondört|\
                on-beş onbeş|on-altı onaltı|on-yedi onyedi|on-sekiz onsekiz|on-dokuz ondokuz",
        tens: "yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan",
        bound: "",
        compounds: "T_O TO",
        hundred: "yüz",
    },
    Numbers {
        lang: "ru",
        small: "ноль|один одна одно|два две|три|четыре|пять|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать|\
                тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать|восемнадцать|девятнадцать",
        tens: "двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто",
        bound: "",
        compounds: "T_O",
        hundred: "сто",
    },
    Numbers {
        lang: "uk",
        small: "нуль|один одна одне|два дві|три|чотири|п'ять пять|шість|сім|вісім|дев'ять девять|десять|одинадцять|\
                дванадцять|тринадцять|чотирнадцять|п'ятнадцять пятнадцять|шістнадцять|сімнадцять|вісімнадцять|\
                дев'ятнадцять девятнадцять",
        tens: "двадцять|тридцять|сорок|п'ятдесят пятдесят|шістдесят|сімдесят|вісімдесят|дев'яносто девяносто",
        bound: "",
        compounds: "T_O",
        hundred: "сто",
    },
    Numbers {
        lang: "fr",
        small: "zéro|un une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|\
                dix-sept|dix-huit|dix-neuf",
        tens: "vingt|trente|quarante|cinquante|soixante|soixante-dix septante|quatre-vingts quatre-vingt huitante|\
               quatre-vingt-dix nonante",
        bound: "vingt|trente|quarante|cinquante|soixante|septante|quatre-vingt huitante|nonante",
        compounds: "T_O T_et_O",
        hundred: "cent",
    },
    Numbers {
        lang: "so",
        small: "eber|kow hal mid|laba labo|saddex|afar|shan|lix|toddoba|siddeed sideed|sagaal|toban|\
                kow-iyo-toban|laba-iyo-toban|saddex-iyo-toban|afar-iyo-toban|shan-iyo-toban|lix-iyo-toban|\
                toddoba-iyo-toban|siddeed-iyo-toban|sagaal-iyo-toban",
        tens: "labaatan|soddon|afartan|konton|lixdan|toddobaatan|siddeetan|sagaashan",
        bound: "",
        compounds: "O_iyo_T T_iyo_O",
        hundred: "boqol",
    },
    Numbers {
        lang: "ti",
        small: "ዜሮ ባዶ|ሓደ|ክልተ|ሰለስተ|ኣርባዕተ|ሓሙሽተ|ሽዱሽተ|ሸውዓተ ሾብዓተ|ሸሞንተ|ትሽዓተ|ዓሰርተ|ዓሰርተ-ሓደ|ዓሰርተ-ክልተ|\
                ዓሰርተ-ሰለስተ|ዓሰርተ-ኣርባዕተ|ዓሰርተ-ሓሙሽተ|ዓሰርተ-ሽዱሽተ|ዓሰርተ-ሸውዓተ|ዓሰርተ-ሸሞንተ|ዓሰርተ-ትሽዓተ",
        tens: "ዕስራ|ሰላሳ|ኣርብዓ|ሓምሳ|ስሳ ሱሳ|ሰብዓ|ሰማንያ|ተስዓ",
        bound: "",
        compounds: "T_O Tን_Oን Tን_O",
        hundred: "ሚእቲ",
    },
    Numbers {
        lang: "am",
        small: "ዜሮ|አንድ|ሁለት|ሶስት ሦስት|አራት|አምስት|ስድስት|ሰባት|ስምንት|ዘጠኝ|አስር አሥር|አስራ-አንድ አሥራ-አንድ|አስራ-ሁለት አሥራ-ሁለት|\
                አስራ-ሶስት አሥራ-ሦስት|አስራ-አራት አሥራ-አራት|አስራ-አምስት አሥራ-አምስት|አስራ-ስድስት አሥራ-ስድስት|አስራ-ሰባት አሥራ-ሰባት|\
                አስራ-ስምንት አሥራ-ስምንት|አስራ-ዘጠኝ አሥራ-ዘጠኝ",
        tens: "ሃያ ሀያ|ሰላሳ ሠላሳ|አርባ|ሃምሳ ሀምሳ አምሳ|ስልሳ ስድሳ|ሰባ|ሰማንያ|ዘጠና",
        bound: "",
        compounds: "T_O TO",
        hundred: "መቶ",
    },
];

/// French counts on from 60 and 80: (words before, value before, first and last word after, by their numbers).
pub(in crate::text) const FRENCH: [(&str, i64, i64, i64); 2] =
    [("soixante", 60, 10, 19), ("quatre vingt", 80, 10, 19)];

/// Number words that are other words in some language ("on", "du", "bist", "car", "not", "Heft"; Persian "give", Pashto
/// "new"): they count only where the text has no words but numbers and units of time.
pub(in crate::text) const FALSE_FRIENDS: &str = "on du sê car bist si sed not nod cent hal mid shan elf acht heft deh neh \
    yüz neuf sept eber ست سه ده دو سی نوی سل لس اته چل صد";

/// Words for "no" that are number words too: no number as long as they stand alone.
pub(in crate::text) const NEVER_ALONE: &str = "نه";

/// Beginnings of the words for days, weeks, months and years in German, English and Arabic (without the article).
pub(in crate::text) const UNIT_STEMS: [&str; 4] = [
    "tag day يوم أيام",
    "woche week أسبوع أسابيع",
    "monat month شهر شهور أشهر",
    "jahr year سنة سنوات سنين عام أعوام",
];

/// The words for days, weeks, months and years in the other languages. French "an" is missing: it is a German word.
pub(in crate::text) const UNIT_WORDS: [&str; 4] = [
    "روز ورځ ورځې roj rojan ڕۆژ gün gündür день дня дней дні днів jour jours maalin maalmood መዓልቲ መዓልታት ቀን ቀናት",
    "هفته هفتې اونۍ hefte hefteyan هەفتە hafta неделя недели недель неделю тиждень тижні тижня тижнів semaine semaines \
     toddobaad usbuuc ሰሙን ሰሙናት ሳምንት ሳምንታት",
    "ماه میاشت میاشتې meh mehan مانگ ay aydır месяц месяца месяцев місяць місяці місяців mois bil bilood ወርሒ ኣዋርሕ ወር ወራት",
    "سال کال کاله sal salan ساڵ yıl yıldır год года лет рік роки року років année années sano sanad ዓመት ዓመታት አመት አመታት",
];
