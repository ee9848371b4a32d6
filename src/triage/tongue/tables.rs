//! Words and letters by which a language is known.
//!
//! Frequent words that carry no topic, spelled as people type them (`text::key` is applied). A word that several
//! languages of one script have counts less for each. Written by a machine from frequency lists and grammars.

/// What a language is known by.
pub(super) struct Known {
    pub lang: &'static str,
    pub script: Script,
    /// Frequent words.
    pub words: &'static str,
    /// Letters that no or hardly another language of the script has, in lower case.
    pub letters: &'static str,
}

/// Scripts that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Ethiopic,
    Georgian,
    Other,
}

use Script::{Arabic, Cyrillic, Ethiopic, Georgian, Latin};

pub(super) const KNOWN: &[Known] = &[
    Known {
        lang: "de",
        script: Latin,
        words: "ich du er sie es wir ihr der die das den dem des ein eine einen einem einer kein keine nicht und oder aber \
                ist sind war habe hast hat haben bin wird werden wurde kann können kannst muss müssen mein meine meinen \
                meiner mir mich dich sich ihnen ihm uns auf für von mit zu zum zur im am an bei nach aus wenn weil dass wie \
                was wo wer wann warum auch nur noch schon sehr mehr bitte danke hallo heute morgen jetzt hier doch ja nein \
                gibt geht will möchte brauche soll darf seit durch über unter kein man als so vom ins gerade mal",
        letters: "ßäöü",
    },
    Known {
        lang: "en",
        script: Latin,
        words: "i you he she it we they the a an and or but is are was were be been am have has had do does did dont not no \
                of to in on at for from with by about as if when what where who why how my your his her our their me him us \
                them this that these those there can could will would should must may please thank thanks hello today \
                tomorrow now here very more only also just need want get got im cant didnt isnt its ive because after before",
        letters: "",
    },
    Known {
        lang: "fr",
        script: Latin,
        words: "je tu il elle nous vous ils elles le la les un une des du de et ou mais est sont suis es ai as a avons avez \
                ont être avoir ne pas plus que qui quoi dans sur pour avec sans par chez mon ma mes ton ta ses son sa leur \
                ce cette ces cet comment quand pourquoi où bonjour merci aujourd'hui demain maintenant très aussi bien faire \
                fait peux peut veux dois doit j'ai c'est n'ai d'un d'une qu'il l'allemagne on au aux me te se moi suis jai \
                cest si tout mais alors parce",
        letters: "çèùœ",
    },
    Known {
        lang: "tr",
        script: Latin,
        words: "ben sen biz siz onlar bu şu bir ve veya ama için ile de da mi mı mu mü ne nasıl nerede neden niçin kim var \
                yok değil çok daha en gibi kadar sonra önce şimdi bugün yarın dün evet hayır lütfen merhaba teşekkür \
                teşekkürler benim senin bana sana beni onu ona bizim bize istiyorum ediyorum gerek lazım olarak olan oldu \
                var mı almanya'da almanyada bile hiç her şey kaç ki diye artık ya iyi eğer ise yapmam gitmem geldi",
        letters: "ığşöüç",
    },
    Known {
        lang: "ku",
        script: Latin,
        words: "ez tu ew em hûn wan min te wî wê me we ji li bi di de da û jî ku ne na nebe heye hene nîne nînin tune çi çawa \
                kî kê kengî çima li ku dixwazim dikim dikin dike dibe bikim kirin kir kiriye bû bûn bûye ye in im e bo ser \
                nav gel re ra va vê vî vir niha îro sibe duh erê spas silav rojbaş gelek tenê hemû her yek du zarok zarokên \
                malbata kar ziman alîkarî alîkariyê pirs dikarim nikarim nizanim divê pêwîst xwe",
        letters: "êîûşç",
    },
    Known {
        lang: "so",
        script: Latin,
        words: "waan waxaan waxa waa ma maya haa aan aad iyo ama laakiin ka ku u la si in uu ay iga igu ii iyaga isaga iyada \
                anigu adigu annaga kuwa maxaa maxay sidee xaggee halkee goorma yaa waayo hadda maanta berri shalay fadlan \
                mahadsanid salaan soo aniga adiga rabaa doonayaa karaa karo kartaa qabaa leeyahay ahay yahay tahay jira jirta \
                badan kale sidii markii kadib dal dalka jarmalka jarmal shaqo shaqada qof reer guri guriga carruurta \
                carruurtayda caruurta baahanahay caawimaad wax waxba ayaan ayaa ayay wuu wuxuu waxay haystaan haysto haystaa haysan iskuul nin ninka ninkaygu naag lagu laga iga igala iyo",
        letters: "",
    },
    Known {
        lang: "sq",
        script: Latin,
        words: "unë ti ai ajo ne ju ata ato një dhe ose por është janë jam ke kam ka kemi keni kanë nuk s'kam mos të në për \
                nga me si çfarë ku kur pse kush im ime mia tim time tua tij saj tonë kjo ky këtë këto atë mund duhet dua \
                po jo faleminderit përshëndetje sot nesër tani këtu shumë më edhe vetëm gjermani gjermania gjermanisht punë \
                çdo cila qe që do ta një mirë ditën ku s mire nje eshte per ne gjermani",
        letters: "ëç",
    },
    Known {
        lang: "ro",
        script: Latin,
        words: "eu tu el ea noi voi ei ele un o și sau dar este sunt ești e am ai are avem aveți au nu la de din cu pe în \
                pentru ca că ce cine când cum unde de ce mea meu mei mele ta tău lui ei nostru acest această acestea aici \
                acum azi mâine ieri foarte mai doar vreau pot poate trebuie vă rog bună ziua mulțumesc mulțumim salut da \
                germania copii copilul muncă si sa să îmi imi ne vă va fost fi mi ma mă unei unui sunt prea după dupa fara fără",
        letters: "ășțţş",
    },
    Known {
        lang: "sr",
        script: Latin,
        words: "ja ti on ona mi vi oni one je sam si smo ste su nije nisam nisi nismo niste nisu i ili ali a da ne u na za od \
                do sa iz po kod kao kako šta gde gdje kada zašto ko koji koja koje moj moja moje svoj ovo ova ovaj to taj \
                može mogu moram treba hoću želim imam ima nema nemam hvala molim zdravo dobar dan danas sutra sada ovde vrlo \
                samo još već posle nemačkoj nemačka posao rad deca deca bih bi će ću se me mene mi li",
        letters: "čćžšđ",
    },
    Known {
        lang: "es",
        script: Latin,
        words: "yo tú él ella nosotros ustedes ellos el la los las un una unos y o pero es son soy eres está están estoy hay \
                tengo tiene tienes tenemos no de del en con por para sin sobre que qué quién cómo cuándo dónde por qué mi mis \
                tu su sus nuestro este esta esto estos aquí ahora hoy mañana ayer muy más solo sólo también quiero puedo \
                puede necesito debo hola gracias favor buenos días sí si se me te le lo nos como cuando donde porque hace \
                alemania trabajo trabajar hijos ha he fue era ser al",
        letters: "ñ¿¡",
    },
    Known {
        lang: "vi",
        script: Latin,
        words: "tôi bạn anh chị em chúng là có không và hoặc nhưng của cho với ở tại từ đến được bị phải muốn cần làm sao gì \
                nào khi đâu ai này đó kia đang đã sẽ rất nhiều một hai những các cũng chỉ xin chào cảm ơn hôm nay ngày mai \
                bây giờ đây người giấy tờ việc con vợ chồng thế nào như nếu vì thì mà ra vào lại nữa ạ toi ban khong duoc \
                muon viec nguoi lam phai nhu the",
        letters: "ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    },
    Known {
        lang: "ar-Latn",
        script: Latin,
        words: "ana inta inti enta enti howe hiye huwa hiya ni7na ne7na e7na i7na ento intu henne shu shou sho chou eh eih \
                leish lesh leh lech kif keef kefak kifak kefik keif wen wein wayn fein emta eimta ma mafi mafe fi fih fee \
                bas bs ya3ni yaani yani la2 la2a eh aywa aiwa na3am mesh mish mush mou msh moush badi bade baddi bede beddi \
                bdi bidi badde biddi 3ayez 3ayz 3awez awez a3mel 3am 3m rah ra7 lazem lazim mumken momken mumkin kteer ktir \
                keteer awi kter hala2 halla2 hala dilwa2ti delwa2ti hon hoon hena hina honik 3ala 3la 3ando 3andi 3endi andi \
                3indi ma3 ma3i ma3ak min men mn el al wel w wa hay hai hada hatha haza hayda da di allah wallah wallahi walla \
                inshallah inshalla nshallah 7abibi habibi sho5l shoghl shughl chghol bidoun bala ya law lama lamma bokra \
                bukra lyom elyom alyoum salam marhaba mar7aba shukran chokran shokran 5alas khalas khallas yalla ahli ahlé \
                ommi abi akhi okhti zawji zawjti ebni binti wladi beit bayt sa3edni sa3douni sa3dni saedni musa3ada mosa3ada \
                ando anni eno enno enni ino inno hek heik zay zayy metl mitl ay ayy aktar ktr tayyeb tab tayeb nafs nafsi \
                almanya almania bel bil lel lal 7ada hada 7adan shi ishi 5ayef khayef 5ayfe wa7ed wahed kel kil koul kol nas",
        letters: "",
    },
    Known {
        lang: "fa-Latn",
        script: Latin,
        words: "man mano to u oo ou ma shoma shuma ishan anha unha ina in an un va ya ke ki az ba be dar bar baraye barai \
                baray bara ra ro chi che chera cheto chetor chetori chegone koja kojast key kay kodam hast hastam hasti \
                hastim nist nistam nistim ast astam bood budam bodam shod shode shodam mishe mishavad misheh nemishe mikonam \
                mikonim mikone mikonan nemikonam konam kon kone kard kardam kardan karde mikham mikhaham mikhay mikhad \
                mikhahim nemikham nemikhaham mitoonam mitunam mitonam metanom nemitoonam nemitunam nemitonam daram dari dare \
                darim nadaram nadare darad khob khub khoob khoobe bale are na merci mersi mamnoon mamnun tashakor salam \
                khahesh lotfan emrooz emruz farda dirooz diruz alan hala inja unja khane khoone khuneh bache bacheha bachem \
                kar kari komak komakam hich hichi kheili kheyli khili besyar agar age vali wali ama ham hame hamishe digar \
                dige dge bayad nabayad chand yek ye do pedar madar madaram pedaram khahar baradar dokhtar pesar zanam \
                shoharam alman almani iran afghanistan mige migan goft gofte gofteh bego begu mara ma manam toam bude kesi \
                wa ast meshavad mekonam mekhaham mekhayom namekhayom daroom",
        letters: "",
    },
    Known {
        lang: "ru-Latn",
        script: Latin,
        words: "ya ja ty on ona my vy oni eto etot eta eti chto cto shto kak gde kogda pochemu kto kuda zachem ne net nyet \
                da i a no ili no esli est yest byl byla bylo bud budet budu u menya tebya nego nee nas vas nih mne tebe emu \
                ey nam vam im moj moi moy moya moe moyu svoi na v vo s so k ko po za iz ot do dlya dlja bez o ob pro pod nad \
                mozhno mojno nado nuzhno nujno nuzhna nuzhen mogu mozhet hochu xochu khochu hotel znayu znaju ne znayu \
                pomogite pomoshch pomosh privet spasibo pozhaluista pozhaluysta pozhalusta zdravstvuyte zdravstvujte seychas \
                sejchas segodnya segodnja zavtra vchera tut zdes tam ochen tolko uzhe uje eshche eshe esho escho toje tozhe \
                vsyo vse nichego nikto kotoryj germanii germaniya germaniyu rabota rabotu rabotat deti rebenok rebyonok muzh \
                muj zhena jena mama papa dokumenty dengi deneg bumagi chtoby schas mi vin vona tse shcho scho yak jak koly de \
                chomu meni tebe tobi nemaye nemaje maye treba mozhu mozhna dyakuyu dyakuju bud laska vzhe vje tilky zaraz \
                syogodni sogodni robota roboty robotu hto duzhe duje tak ni bo mene",
        letters: "",
    },
    Known {
        lang: "ru",
        script: Cyrillic,
        words: "я ты он она мы вы они это этот эта эти что как где когда почему кто куда зачем не нет да и а но или если есть \
                был была было будет буду меня тебя него нее нас вас них мне тебе ему ей нам вам им мой моя мое мои моего моей \
                свой на в во с со к по за из от до для без о об про под можно надо нужно нужна нужен могу может хочу знаю \
                помогите привет спасибо пожалуйста здравствуйте сейчас сегодня завтра вчера тут здесь там очень только уже \
                еще тоже все ничего который чтобы германии работа работу работать дети ребенок муж жена документы деньги \
                лет год раз так же бы ли ни",
        letters: "ыэъ",
    },
    Known {
        lang: "uk",
        script: Cyrillic,
        words: "я ти він вона ми ви вони це цей ця ці що як де коли чому хто куди навіщо не немає ні так та й і а але або якщо \
                є був була було буде буду мене тебе нього неї нас вас них мені тобі йому їй нам вам їм мій моя моє мої мого \
                моєї свій на в у з із зі до від для без про під за по можна треба потрібно потрібна потрібен можу може хочу \
                знаю допоможіть привіт дякую будь ласка добрий день зараз сьогодні завтра вчора тут там дуже тільки вже ще \
                також все нічого який щоб німеччині робота роботу працювати діти дитина чоловік дружина документи гроші \
                років рік раз чи би ж",
        letters: "іїєґ",
    },
    Known {
        lang: "bg",
        script: Cyrillic,
        words: "аз ти той тя то ние вие те това този тази тези какво как къде кога защо кой коя не няма да и а но или ако е съм \
                си сме сте са беше бях бяха ще мен теб него нея нас вас тях ми му й ни ви им мой моя моето моите моят на в \
                във с със от до за без при по под може мога трябва искам имам има здравейте здравей благодаря моля днес утре \
                вчера сега тук там много само вече още също всичко нищо който която което които защото германия работа \
                децата дете съпруг съпругата документи пари години година се ме те го я ги",
        letters: "ъ",
    },
    Known {
        lang: "sr",
        script: Cyrillic,
        words: "ја ти он она ми ви они је сам си смо сте су није нисам нису и или али а да не у на за од до са из по код као \
                како шта где када зашто ко који која које мој моја моје ово овај то може могу морам треба хоћу желим имам \
                има нема немам хвала молим здраво добар дан данас сутра сада овде врло само још већ после немачкој посао \
                деца бих би ће ћу се ме мене ли",
        letters: "јљњђћџ",
    },
    Known {
        lang: "ar",
        script: Arabic,
        words: "انا انت انتي هو هي نحن هم هن في من على الى إلى عن مع هذا هذه ذلك تلك هاد هاي هيك كيف ماذا ما شو ليش لماذا متى \
                وين اين أين هل لا نعم ليس لم لن قد كان كانت يكون عندي عنده لدي اريد أريد بدي عايز عاوز ابغى يمكن ممكن لازم \
                يجب كل بعد قبل الان الآن هلق هلأ اليوم بكرا غدا امس مرحبا شكرا السلام عليكم سلام كتير جدا فقط بس ايضا لكن او \
                أو و اذا إذا لو ان أن انه أنه لي لك له لها لنا بي به بها فيه فيها الذي التي اللي يلي اي أي غير حتى عم رح مو مش \
                زوجي زوجتي ابني بنتي اخي امي المانيا ألمانيا العمل عمل تم علي عليه منه عند هناك هنا صار يعني",
        letters: "ةإأؤٱ",
    },
    Known {
        lang: "fa",
        script: Arabic,
        words: "من تو او ما شما آنها این آن و یا که از به در بر با برای را رو چه چی چرا چطور چگونه کجا کی کدام است هست هستم \
                هستید نیست نیستم بود بودم شد شده شدم می‌شود میشه میشود نمیشه می‌کنم میکنم می‌کند میکنه نمیکنم کنم کنید کرد کردم \
                کرده می‌خواهم میخواهم میخوام می‌خوام نمیخوام می‌توانم میتونم میتوانم نمیتونم دارم داری دارد داره دارند ندارم \
                نداره خوب بله نه مرسی ممنون سلام لطفا امروز فردا دیروز الان اینجا خانه خونه بچه کار کمک خیلی بسیار اگر اگه ولی \
                اما هم همه دیگر دیگه باید چند یک دو پدر مادر پدرم مادرم خواهر برادر دختر پسر همسرم شوهرم زنم آلمان آلمانی خود \
                خودم ها های ام ای تا پس هیچ وقتی گفت میگه مرا منو برایم بهم شوم باشد باشم",
        letters: "پچژگ",
    },
    Known {
        lang: "fa-AF",
        script: Arabic,
        words: "مه مره ره ای او اونا استم استی است استیم نیستم چی رقم چطو چکار کدام کجاست میکنم میکنین میکنه میکنن میکنیم کنین \
                میخایم میخواهم نمیخایم نمیتانم میتانم میتانین میتانه میتانیم ندارم دارین داریم بسیار بچیم بچه ها اولادها اولاد \
                اولادهایم خانم خانمم کاکا ماما تذکره دوسیه پاسپورت تشکر زنده باشید بخیر میشین برم بیادر بیدر اشتک طفل طفلم \
                طفلک اینجه اونجه هیچی ایقه چقه هموطو همی امی ازی ازو خات شما میرم گپ گپ میزنم مکتب کورس افغانستان کابل هرات \
                داکتر شفاخانه معلومات اینا خو نی ها قونسل یخچال موتر پیسه پیسای بیازو میگن میگه",
        letters: "",
    },
    Known {
        lang: "ps",
        script: Arabic,
        words: "زه ته هغه هغې موږ مونږ تاسو تاسې دوی زما ستا ستاسو زموږ د په ته له سره څه چې چی کوم کومه ولې څنګه څنگه چیرته \
                چېرته کله څوک دی ده دي یم یې یو وو وه وم نه نشته نسته شته هم او یا خو که لپاره لپاره‌ کوم کوی کوي کولی کولای \
                غواړم غواړی غواړي شم شي شو شوی شوې کړم کړي کړی وکړم وکړئ وکړی لرم لري لرو مننه سلام مهرباني نن سبا پرون اوس \
                دلته هلته ډیر ډېر یوازې ټول هر بل مې می یې به را ور دا دغه کار مرسته کورنۍ ماشوم ماشومان جرمني آلمان المان \
                جرمنی څخه باندې وروسته مخکې باید بیا هیڅ پر",
        letters: "ټډړږښڼڅځېۍګ",
    },
    Known {
        lang: "ckb",
        script: Arabic,
        words: "من تۆ ئەو ئێمە ئێوە ئەوان لە بۆ بە و یان کە چی چۆن کوێ کەی بۆچی کێ هەیە نییە نیە هەم هەبوو دەکەم دەکات دەکەن \
                ناکەم بکەم کرد کردم کردووە دەمەوێت دەمەوێ نامەوێت دەتوانم ناتوانم بوو بووم دەبێت دەبێ نابێت سڵاو سوپاس بەڵێ \
                نەخێر ئەمڕۆ ئەمرۆ سبەی سبەینێ دوێنێ ئێستا لێرە لەوێ زۆر تەنها هەموو هەر یەک دوو ئەم ئەمە ئەوە ئەڵمانیا ئەلمانیا \
                منداڵ منداڵەکانم خێزانم کار یارمەتی یارمەتیم تکایە لەگەڵ دوای پێش بێ وە هیچ دەڵێت بم بن دا ئەگەر بەڵام چیم",
        letters: "ێۆڕڵەڤ",
    },
    Known {
        lang: "am",
        script: Ethiopic,
        words: "እኔ አንተ አንቺ እሱ እሷ እኛ እነሱ ነው ናቸው ነኝ ነህ ነሽ ነበር አለ አለኝ አለው አለች የለም የለኝም አይደለም አልችልም እችላለሁ እፈልጋለሁ አልፈልግም \
                እና ወይም ግን ምን እንዴት የት መቼ ለምን ማን ስለ ወደ ከ ለ በ ላይ ውስጥ ጋር ዛሬ ነገ ትናንት አሁን እዚህ እዚያ በጣም ብቻ ሁሉ አንድ \
                እባክዎ እባክህ እባክህን አመሰግናለሁ ሰላም አዎ የእኔ ልጄ ልጆቼ ባለቤቴ ቤት ስራ ሥራ ጀርመን ወረቀት እርዳታ ምንም ያለ ነገር እየ ይችላል ይቻላል \
                መስራት ከእኔ ለእኔ ሆነ ሁለት በኋላ አስፈላጊ ይህ ያ ድረስ ምክንያቱም ስለዚህ ተባልኩ አላውቅም ማድረግ",
        letters: "ኟኜሏሗሟዟቿጧኧ",
    },
    Known {
        lang: "ti",
        script: Ethiopic,
        words: "ኣነ ንስኻ ንስኺ ንሱ ንሳ ንሕና ንስኹም ንሳቶም እዩ እያ እየ ኢና ኢኹም እዮም ነይሩ ነበረ ኣሎ ኣሎኒ ኣለኒ ኣለዎ ኣላ የለን የብለይን ኣይኮነን \
                ኣይክእልን ኣይከኣልን እኽእል ይኽእል ክእል እደሊ ይደሊ ኣይደልን ኣይፈልጥን ን ናይ ናብ ካብ ምስ ኣብ ግን ወይ እንታይ ከመይ ኣበይ መዓስ ንምንታይ \
                መን ብዛዕባ ሎሚ ጽባሕ ትማሊ ሕጂ ኣብዚ ኣብኡ ብጣዕሚ ጥራይ ኩሉ ሓደ ክልተ በጃኹም በጃኻ የቐንየለይ የቐንየልና ሰላም እወ ኣይፋል ናተይ ወደይ \
                ጓለይ ደቀይ ሰበይተይ ሰብኣየይ ገዛ ስራሕ ጀርመን ወረቐት ሓገዝ ድሕሪ ቅድሚ እዚ እቲ እታ እዞም ክሳብ ምኽንያቱ ስለዚ ክገብር ክሰርሕ ዘይ ዋላ \
                ከምዚ ከም ድማ እውን ዝበሉ ዘሎ ክረክብ ኣቦይ ኣደይ",
        letters: "ኣቐቑቒቓቔቕቖቘቚቛቜቝኸኹኺኻኼኽኾዃዅ",
    },
    Known {
        lang: "ka",
        script: Georgian,
        words: "",
        letters: "",
    },
];

/// Words that only Dari has, so that one of them is enough to tell it from the Persian of Iran.
pub(super) const DARI: &str = "مه مره ره استم استی استیم میتانم نمیتانم میتانین میخایم نمیخایم میکنین کنین دارین اینجه \
                               اونجه بچیم تذکره کاکا بیادر اولادها اولادهایم طفلم طفلک شفاخانه داکتر تشکر ازی ازو چطو \
                               خانمم هموطو پیسه دوسیه قونسل";
