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
safe_countries = Für Menschen aus manchen Ländern gelten im Asylverfahren andere Regeln für die Arbeit. Das Gesetz nennt diese Länder „sichere Herkunftsstaaten“. Das heißt nicht, dass Ihr Land für Sie sicher ist.

    Welche Länder das sind, hat sich 2026 geändert: Seit dem 12. Juni zählt auch eine Liste der Europäischen Union. Ob Ihr Land dazu gehört, muss die Ausländerbehörde oder eine Beratung prüfen.
safe_country = Hat Ihnen eine Behörde oder eine Beratung gesagt, ob Ihr Land dazu gehört?
    .no = Gehört nicht dazu
    .yes = Gehört dazu
    .unsure = Ich weiß es nicht
    .retry = Bitte wählen Sie eine Antwort. Oder wählen Sie „Ich weiß es nicht“.
where_to_look = Kein Problem. Schauen Sie auf die Karte oder das Papier von der Ausländerbehörde:
    - Plastikkarte im Scheckformat: meist eine Aufenthaltserlaubnis.
    - Papier aus dem Asylverfahren: „Aufenthaltsgestattung“ steht darauf.
    - Papier mit dem Wort „Duldung“: eine Duldung.

    Haben Sie es gefunden?
    .found = Ja, gefunden
    .not_found = Nein
    .retry = Bitte wählen Sie Ja oder Nein.
