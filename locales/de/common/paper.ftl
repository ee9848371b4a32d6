still_right = Sie haben uns schon Ihr Papier genannt: { $residence_status }. Stimmt das noch?
    .yes = Ja, stimmt
    .no = Nein, geändert
    .retry = Bitte wählen Sie Ja oder Nein.
paper = Welches Papier haben Sie? Der Name steht vorn auf dem Papier oder auf der Karte.
    .permit = Aufenthaltserlaubnis
    .gestattung = Aufenthaltsgestattung
    .duldung = Duldung
    .fiktion = Fiktionsbescheinigung
    .eu = Pass eines EU-Landes
    .other = Anderes oder keins
    .unknown = Ich weiß es nicht
    .retry = Bitte wählen Sie eine Antwort. Oder wählen Sie „Ich weiß es nicht“.
permit_kind = Welcher Paragraf steht auf Ihrer Karte? Schauen Sie hinten bei „Anmerkungen“. Dort steht ein Zeichen „§“ und eine Zahl.
    .ae_25_1_2 = § 25 Abs. 1 oder Abs. 2
    .ae_24 = § 24 (Ukraine)
    .ae_25_3 = § 25 Abs. 3
    .ae_25a = § 25a
    .ae_25b = § 25b
    .ae_104c = § 104c
    .ae_16g = § 16g (Ausbildung)
    .student_16b = § 16b (Studium)
    .ae_other = Ein anderer Paragraf
    .unknown = Ich finde es nicht
    .retry = Bitte wählen Sie den Paragrafen. Oder wählen Sie „Ich finde es nicht“.
duldung_kind = Welche Duldung haben Sie? Suchen Sie auf dem Papier das Zeichen „§“ und die Zahl.
    .duldung = § 60a oder nur Duldung
    .duldung_60c = § 60c Ausbildung
    .duldung_60d = § 60d Beschäftigung
    .duldung_60b = § 60b Identität
    .duldung_60a6 = § 60a Absatz 6
    .unknown = Ich finde es nicht
    .retry = Bitte wählen Sie eine Antwort. Oder wählen Sie „Ich finde es nicht“.
safe_countries = Das Gesetz nennt manche Länder „sichere Herkunftsstaaten“. Dann gelten andere Regeln für die Arbeit. Das sind: Albanien, Bosnien und Herzegowina, Georgien, Ghana, Kosovo, Moldau, Montenegro, Nordmazedonien, Senegal und Serbien.
safe_country = Kommen Sie aus einem dieser Länder, und haben Sie nach dem 31. August 2015 Asyl beantragt?
    .no = Nein
    .yes = Ja
    .retry = Bitte wählen Sie Ja oder Nein.
where_to_look = Kein Problem. Schauen Sie auf die Karte oder das Papier von der Ausländerbehörde:
    - Plastikkarte im Scheckformat: meist eine Aufenthaltserlaubnis.
    - Papier aus dem Asylverfahren: „Aufenthaltsgestattung“ steht darauf.
    - Papier mit dem Wort „Duldung“: eine Duldung.

    Haben Sie es gefunden?
    .found = Ja, gefunden
    .not_found = Nein
    .retry = Bitte wählen Sie Ja oder Nein.
