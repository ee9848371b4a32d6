choose = Womit können wir helfen?

    Kein Notruf! In Lebensgefahr: 112. Polizei: 110. Gewalt gegen Frauen: 116016. Jemand zum Reden: 0800 1110111.

    Mit einem Menschen reden können Sie jederzeit: Schreiben Sie „Mensch“.
    .target_group = Passt WIR zu mir?
    .work_permission = Darf ich arbeiten?
    .training = Ausbildung und Schule
    .find_work = Arbeit und Rechte
    .letter = Brief vom Amt
    .human = Mit Menschen sprechen
    .language = Sprache umstellen
    .my_data = Was wir speichern
    .help = So funktioniert es
    .retry = Bitte wählen Sie ein Thema. Oder schreiben Sie „Mensch“. In Gefahr: 112 (Krankenwagen), 110 (Polizei).
