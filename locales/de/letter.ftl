sender = Wer hat Ihnen geschrieben? Das steht meist oben auf dem Brief.

    Ich kann den Brief nicht lesen. Ich sage Ihnen, worum es oft geht. Dann liest ein Mensch den Brief mit Ihnen.
    .asylum = BAMF, Asylverfahren
    .foreigners = Ausländerbehörde
    .benefits = Jobcenter oder Sozialamt
    .court = Gericht oder Polizei
    .other = Jemand anderes
    .unknown = Weiß ich nicht
    .retry = Bitte wählen Sie, wer geschrieben hat. Oder wählen Sie „Weiß ich nicht“.
asylum = Wurde Ihr Asylantrag abgelehnt? Im Brief steht dann „abgelehnt“ oder „unzulässig“. Oft ist der Umschlag gelb.
    .refused = Ja
    .not = Nein
    .unsure = Weiß ich nicht
    .retry = Bitte wählen Sie Ja, Nein oder „Weiß ich nicht“.
asylum_letters = Das BAMF schreibt oft wegen einer Anhörung, einer Entscheidung oder Ihrer Adresse.

    Gehen Sie zu jedem Termin, der im Brief steht. Heben Sie Brief und Umschlag auf.
foreigners = Die Ausländerbehörde schreibt oft aus diesen Gründen:
    - Sie haben einen Termin
    - Ihr Papier läuft ab
    - Es fehlen Unterlagen
    - Es geht um Arbeit oder um den Wohnort

    Heben Sie Brief und Umschlag auf.
benefits = Das Jobcenter und das Sozialamt schreiben oft aus diesen Gründen:
    - Sie haben einen Termin
    - Es fehlen Unterlagen
    - Es gibt eine Entscheidung über Ihr Geld

    Ist eine Entscheidung falsch? Dann können Sie Widerspruch einlegen, meist einen Monat lang. Heben Sie Brief und Umschlag auf.
benefits_general = Das Jobcenter und das Sozialamt schreiben oft aus diesen Gründen:
    - Sie haben einen Termin
    - Es fehlen Unterlagen
    - Es gibt eine Entscheidung über Ihr Geld

    Ist eine Entscheidung falsch? Am Ende des Briefes steht, was Sie tun können und wie lange. Heben Sie Brief und Umschlag auf.
court = Gerichte und die Polizei schreiben wegen eines Termins, einer Entscheidung oder einer Strafe. Oft sind die Fristen kurz.

    Das Datum auf einem gelben Umschlag ist wichtig. Heben Sie Brief und Umschlag auf.
other = Oft geht es um eine Rechnung, um die Wohnung oder um die Krankenkasse.

    Ist es eine Kündigung von Ihrer Arbeit? Dann zählt jeder Tag. Im Menü finden Sie dazu „Arbeit und Rechte“.
unknown = Das macht nichts. Ein Mensch sieht es sich an. Heben Sie Brief und Umschlag auf.
deadline = Müssen Sie bald etwas tun, oder haben Sie einen Termin? Suchen Sie im Brief nach einem Datum.
    .soon = In den nächsten 7 Tagen
    .later = Später
    .none = Es steht kein Datum da
    .unsure = Weiß ich nicht
    .retry = Bitte wählen Sie eine Antwort. Oder wählen Sie „Weiß ich nicht“.
photo = Möchten Sie ein Foto von dem Brief schicken, oder eine PDF-Datei? Es geht auch ohne.

    Ich sehe das Foto nicht an. Nur ein Mensch aus der Beratung sieht es, und nur wenn Sie zustimmen. Fotografieren Sie alle Seiten. Was niemand sehen soll, decken Sie ab.
    .retry = Hier passt nur ein Foto oder eine PDF-Datei. Oder wählen Sie den Knopf unten.
message = Was möchten Sie wissen? Schreiben Sie es in ein paar Sätzen. Ihre Sprache ist egal.
    .retry = Bitte schreiben Sie ein paar Wörter. Oder schreiben Sie „keine Angabe“.
place = Möchten Sie uns Ihre Postleitzahl sagen? Dann finden wir Hilfe in Ihrer Nähe. Es geht auch ohne.
    .give = Ja, eingeben
    .skip = Ohne weiter
    .retry = Bitte wählen Sie: Postleitzahl eingeben oder ohne weiter.
postcode = Wie ist Ihre Postleitzahl? Sie hat fünf Ziffern.
    .retry = Das ist keine Postleitzahl. Bitte noch einmal fünf Ziffern. Wenn Sie sie nicht wissen, schreiben Sie einfach „weiß nicht“. Wir machen dann weiter.
