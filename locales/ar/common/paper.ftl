still_right = ذكرت لنا ورقتك من قبل: { $residence_status }. هل ما زال هذا صحيحًا؟
    .yes = نعم، صحيح
    .no = لا، تغيّر
    .retry = يُرجى اختيار نعم أو لا.
paper = ما الورقة التي لديك؟ الاسم مكتوب على الوجه الأمامي للورقة أو البطاقة. تصريح الإقامة اسمه (Aufenthaltserlaubnis)، وورقة طالبي اللجوء اسمها (Aufenthaltsgestattung).
    .permit = Aufenthaltserlaubnis
    .gestattung = Aufenthaltsgestattung
    .duldung = دولدونغ (Duldung)
    .fiktion = Fiktionsbescheinigung
    .eu = جواز دولة أوروبية (EU)
    .other = ورقة أخرى أو لا شيء
    .unknown = لا أعرف
    .retry = يُرجى اختيار إجابة. أو اختر «لا أعرف».
permit_kind = ما رقم المادة المكتوب على بطاقتك؟ انظر إلى الخلف عند (Anmerkungen). هناك علامة «§» ورقم.
    .ae_25_1_2 = § 25 Abs. 1 أو Abs. 2
    .ae_24 = § 24 (أوكرانيا)
    .ae_25_3 = § 25 Abs. 3
    .ae_25a = § 25a
    .ae_25b = § 25b
    .ae_104c = § 104c
    .ae_16g = § 16g (تدريب مهني)
    .student_16b = § 16b (دراسة)
    .ae_other = مادة أخرى
    .unknown = لا أجد الرقم
    .retry = يُرجى اختيار المادة. أو اختر «لا أجد الرقم».
duldung_kind = أي نوع من الدولدونغ (Duldung) لديك؟ ابحث في الورقة عن علامة «§» والرقم.
    .duldung = § 60a أو دولدونغ فقط
    .duldung_60c = § 60c تدريب مهني
    .duldung_60d = § 60d عمل
    .duldung_60b = § 60b هوية
    .duldung_60a6 = § 60a Absatz 6
    .unknown = لا أجد الرقم
    .retry = يُرجى اختيار إجابة. أو اختر «لا أجد الرقم».
safe_countries = يسمّي القانون بعض الدول «دول منشأ آمنة» (sichere Herkunftsstaaten). عندها تسري قواعد أخرى للعمل. وهي: ألبانيا، البوسنة والهرسك، جورجيا، غانا، كوسوفو، مولدوفا، الجبل الأسود، مقدونيا الشمالية، السنغال، صربيا.
safe_country = هل أنت من إحدى هذه الدول، وهل قدّمت طلب اللجوء بعد 31 أغسطس 2015؟
    .no = لا
    .yes = نعم
    .retry = يُرجى اختيار نعم أو لا.
where_to_look = لا مشكلة. انظر إلى البطاقة أو الورقة من دائرة الأجانب (Ausländerbehörde):
    - بطاقة بلاستيكية بحجم بطاقة البنك: غالبًا (Aufenthaltserlaubnis).
    - ورقة من إجراءات اللجوء: مكتوب عليها (Aufenthaltsgestattung).
    - ورقة عليها كلمة (Duldung): هذه دولدونغ.

    هل وجدتها؟
    .found = نعم، وجدتها
    .not_found = لا
    .retry = يُرجى اختيار نعم أو لا.
