use super::*;

/// Tag, then messages. `fa` and `fa-AF` are told apart only where a word of Dari stands.
const SAID: &[(&str, &[&str])] = &[
    (
        "de",
        &[
            "Ich habe einen Brief vom Amt bekommen und verstehe ihn nicht",
            "kann mir bitte jemand helfen mit dem antrag",
            "wann habt ihr heute offen",
            "mein Chef zahlt mir seit zwei Monaten keinen Lohn",
            "Wie kann ich einen Deutschkurs finden?",
        ],
    ),
    (
        "en",
        &[
            "I got a letter and I dont understand it",
            "can you please help me with my papers",
            "my husband hits me and I am afraid",
            "How do I find a German course?",
            "what is the minimum wage in germany",
        ],
    ),
    (
        "ar",
        &[
            "مرحبا بدي اعرف كيف لاقي شغل",
            "وصلتني رسالة من المحكمة وما فهمت شي",
            "زوجي يضربني كل يوم",
            "هل يمكن أن تساعدوني في هذا الموضوع",
            "عايز اعرف ازاي اجدد الاقامة بتاعتي لو سمحت",
        ],
    ),
    (
        "fa",
        &[
            "سلام من می‌خواهم کار پیدا کنم",
            "نامه از اداره گرفتم ولی نمی‌فهمم چی نوشته",
            "چطور میتونم کلاس زبان برم؟",
            "همسرم هنوز ایران است و باید بیاید",
            "من خیلی خسته شدم دیگه نمیتونم",
        ],
    ),
    (
        "fa-AF",
        &[
            "مه نمیتانم کار کنم چی رقم کنم",
            "سلام تشکر که جواب دادین مه از افغانستان استم",
            "مره کمک کنین لطفا",
            "اولادهایم مکتب ندارند چی کار کنم",
            "تذکره ندارم و باید چی کنم",
        ],
    ),
    (
        "uk",
        &[
            "Добрий день, як знайти роботу?",
            "я отримала лист і не розумію що робити",
            "чи можу я працювати поки чекаю",
            "мені потрібна допомога з документами",
            "де є курси німецької для дитини",
        ],
    ),
    (
        "ru",
        &[
            "Здравствуйте, как найти работу?",
            "мне пришло письмо и я не понимаю что делать",
            "муж меня бьет, помогите",
            "где можно учить немецкий язык",
            "сколько это будет стоить и когда ответят",
        ],
    ),
    (
        "tr",
        &[
            "Merhaba, nasıl iş bulabilirim?",
            "bir mektup geldi ama anlamıyorum",
            "kocam beni dövüyor çok korkuyorum",
            "almanca kursu için ne yapmam lazım",
            "benim çocuğum için okul var mı",
        ],
    ),
    (
        "fr",
        &[
            "Bonjour, comment trouver un travail ?",
            "j'ai reçu une lettre et je ne comprends pas",
            "mon mari me frappe et j'ai peur",
            "est ce que je peux travailler avec une Duldung",
            "je suis enceinte et je ne sais pas quoi faire",
        ],
    ),
    (
        "ku",
        &[
            "Silav, ez dixwazim kar bikim",
            "min nameyek wergirt lê ez fêm nakim",
            "zarokên min li ku dikarin herin dibistanê",
            "ez ji Sûriyê me û ez nikarim kar bikim",
            "mêrê min li min dixe, ez ditirsim",
        ],
    ),
    (
        "ps",
        &[
            "سلام، زه کار غواړم",
            "ما ته یو لیک راغلی خو زه نه پوهیږم",
            "زما ماشومان ښوونځي ته څنګه شاملولی شم",
            "زه د افغانستان یم او مرسته غواړم",
            "زما خاوند ما وهي او زه وېرېږم",
        ],
    ),
    (
        "ckb",
        &[
            "سڵاو، من کارم دەوێت",
            "نامەیەکم بۆ هاتووە و تێناگەم",
            "منداڵەکانم چۆن بچنە قوتابخانە",
            "من لە کوردستانەوە هاتووم و یارمەتیم دەوێت",
            "مێردەکەم لێم دەدات و دەترسم",
        ],
    ),
    (
        "so",
        &[
            "Waxaan rabaa inaan shaqo helo",
            "warqad ayaa ii timid mana fahmin waxa ku qoran",
            "sidee baan luqadda jarmalka u baran karaa",
            "ninkaygu wuu i garaacaa waan baqayaa",
            "carruurtaydu iskuul ma haystaan",
        ],
    ),
    (
        "ti",
        &[
            "ሰላም፡ ስራሕ ክረክብ ይደሊ ኣለኹ",
            "ደብዳበ መጺኡኒ ግን ኣይተረድኣንን",
            "ደቀይ ናብ ቤት ትምህርቲ ከመይ ይኣትዉ",
            "ኣነ ካብ ኤርትራ እየ ሓገዝ የድልየኒ ኣሎ",
            "ሰብኣየይ ይወቕዓኒ ኣሎ",
        ],
    ),
    (
        "am",
        &[
            "ሰላም ስራ ማግኘት እፈልጋለሁ",
            "ደብዳቤ ደረሰኝ ግን አልገባኝም ምን ማድረግ አለብኝ",
            "ልጆቼ ትምህርት ቤት እንዴት ይገባሉ",
            "እኔ ከኢትዮጵያ ነኝ እርዳታ እፈልጋለሁ",
            "ባለቤቴ ይመታኛል በጣም ፈራሁ አሁን ምን ላድርግ",
        ],
    ),
    (
        "sq",
        &[
            "Përshëndetje, si mund të gjej punë?",
            "kam marrë një letër dhe nuk e kuptoj",
            "burri im më rreh, kam frikë",
            "a mund të punoj në Gjermani me këtë letër",
            "ku ka kurs të gjermanishtes për mua",
        ],
    ),
    (
        "ka",
        &[
            "გამარჯობა, მინდა სამუშაო",
            "წერილი მივიღე და ვერ გავიგე",
            "როგორ ვიპოვო გერმანულის კურსი",
            "ჩემი ქმარი მცემს",
            "დახმარება მჭირდება",
        ],
    ),
    (
        "ro",
        &[
            "Bună ziua, cum pot găsi un loc de muncă?",
            "am primit o scrisoare și nu înțeleg ce scrie",
            "soțul meu mă bate și mi-e frică",
            "unde este un curs de germană pentru mine",
            "copiii mei nu au școală ce trebuie să fac",
        ],
    ),
    (
        "sr",
        &[
            "Добар дан, како могу да нађем посао?",
            "Dobar dan, kako mogu da nađem posao?",
            "dobio sam pismo i ne razumem šta treba da uradim",
            "муж ме бије и не знам шта да радим",
            "gde ima kurs nemačkog za moju decu",
        ],
    ),
    (
        "bg",
        &[
            "Здравейте, как мога да намеря работа?",
            "получих писмо и не разбирам какво трябва да направя",
            "мъжът ми ме бие",
            "къде има курс по немски език",
            "искам да знам кога ще получа отговор",
        ],
    ),
    (
        "es",
        &[
            "Hola, ¿cómo puedo encontrar trabajo?",
            "he recibido una carta y no la entiendo",
            "mi marido me pega y tengo miedo",
            "dónde hay un curso de alemán para mis hijos",
            "necesito ayuda con los papeles por favor",
        ],
    ),
    (
        "vi",
        &[
            "Xin chào, tôi muốn tìm việc làm",
            "tôi nhận được thư mà không hiểu",
            "chồng tôi đánh tôi",
            "con tôi đi học ở đâu được ạ",
            "toi khong biet phai lam gi",
        ],
    ),
    (
        "ar-Latn",
        &[
            "mar7aba kifak badde as2al 3an el shoghl",
            "ana mafi 3andi shi w ma ba3ref shu a3mel",
            "jawzi 3am yodrobni w ana 5ayfe",
            "ma fhemet shu maktoub bel risale",
            "ana 3ayez a3raf ezay agaded el eqama",
        ],
    ),
    (
        "fa-Latn",
        &[
            "salam man mikham kar peyda konam",
            "ye name az edare gereftam vali nemifahmam chi neveshte",
            "shoharam mano mizane chikar konam",
            "chetor mitoonam kelas zaban beram",
            "man dige nemitoonam kheili khaste shodam",
        ],
    ),
    (
        "ru-Latn",
        &[
            "zdravstvuyte kak nayti rabotu",
            "mne prishlo pismo i ya ne ponimayu chto delat",
            "muzh menya biot pomogite",
            "gde mozhno uchit nemeckiy yazyk",
            "dobryj den meni treba dopomoha z dokumentamy de ya mozhu",
        ],
    ),
];

#[test]
fn languages_are_known_by_whole_sentences() {
    let mut missed = Vec::new();
    for (lang, texts) in SAID {
        for text in *texts {
            let said = identify(text).map(|g| g.lang.to_string());
            if said.as_deref() != Some(*lang) {
                missed.push(format!("{lang}: {said:?}: {text}"));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn where_it_is_not_sure_nothing_is_said() {
    for text in [
        "",
        "ok",
        "ja",
        "na",
        "hallo",
        "👍👍👍",
        "12345",
        "Duldung",
        "https://example.org/a/b",
        "سلام",
        "да",
        "не знаю",
        "BAMF Jobcenter Duldung Ausbildung",
        "رسالة",
        "ሰላም",
        "Berlin Hamburg München",
        "hallo ich bin ahmad ана хочу работать и учиться",
        "你好我想工作",
        "नमस्ते मुझे काम चाहिए",
        "asdf qwer yxcv",
        "mon mari me frappe",
    ] {
        assert_eq!(identify(text), None, "{text}");
    }
}

#[test]
fn more_of_a_language_makes_it_surer() {
    let sure = |text| identify(text).map_or(0.0, |g| g.confidence);
    let short = sure("ich habe eine frage");
    let long = sure(
        "ich habe eine frage, denn ich verstehe den brief nicht und weiß nicht, was ich machen soll",
    );
    assert!(long > short && long > 0.7 && long <= 1.0, "{short} {long}");
}

#[test]
fn digits_stand_for_letters_only_beside_them() {
    assert_eq!(digits_for_letters("3ala ba7ki so2al ma3 7ada"), 5);
    assert_eq!(
        digits_for_letters("am 24.12. um 15uhr B2 kurs 2nd 30km 14tage mp3 5mal"),
        0
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_survived(text in "\\PC*") {
        if let Some(guess) = identify(&text) {
            proptest::prop_assert!((0.0..=1.0).contains(&guess.confidence));
        }
    }
}
