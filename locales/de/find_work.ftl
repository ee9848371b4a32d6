topic = Worum geht es?
    .search = Arbeit suchen
    .wages = Lohn und Minijob
    .contract = Arbeitsvertrag
    .dismissal = Kündigung bekommen
    .unpaid = Lohn kommt nicht
    .discrimination = Diskriminierung
    .responsible = Welches Amt hilft mir?
    .human = Mit Menschen sprechen
    .retry = Bitte wählen Sie ein Thema. Oder schreiben Sie „Mensch“.
search = Hier können Sie Arbeit suchen:
    - Jobsuche der Bundesagentur für Arbeit: https://www.arbeitsagentur.de/jobsuche/
    - Ihre Agentur für Arbeit oder Ihr Jobcenter: Bitten Sie um ein Gespräch.
    - Menschen, die Sie kennen, und Betriebe in Ihrer Nähe.
application = Für eine Bewerbung brauchen Sie meist einen Lebenslauf und einen kurzen Brief. Zeugnisse helfen, sind aber nicht immer nötig. Ein kurzes Praktikum kann eine Tür öffnen. Mit Gestattung oder Duldung fragen Sie vorher die Ausländerbehörde.
minimum_wage = Der gesetzliche Mindestlohn ist jetzt { $fact_minimum_wage } pro Stunde, vor Steuern. Er gilt für fast alle, auch im Minijob. Niemand kann im Vertrag auf ihn verzichten.

    Für die Ausbildung, manche Praktika und manche Jugendliche gelten andere Regeln.
minijob = Im Minijob verdient man höchstens { $fact_minijob_limit } im Monat. Darüber bis { $fact_midijob_limit } heißt es Midijob. Dann zahlen Sie etwas für die Sozialversicherung und sind besser geschützt.
wages_general = Die Zahlen ändern sich jedes Jahr. Wir haben gerade keine geprüften Zahlen. Fragen Sie die Beratung oder Faire Integration: https://www.faire-integration.de
contract = Lesen Sie den Vertrag in Ruhe. Sie müssen nicht sofort unterschreiben. Wichtig sind: Name des Betriebs, Arbeit, Ort, Stunden, Lohn, Urlaub und Ende.

    Schreiben Sie Ihre Stunden jeden Tag auf. Bewahren Sie alle Papiere auf. Geben Sie niemandem Ihren Pass.
contract_time = Die Probezeit dauert höchstens sechs Monate. In dieser Zeit ist eine Kündigung mit zwei Wochen Frist möglich.

    Viele Verträge sagen: Fehlenden Lohn müssen Sie bald verlangen, oft in drei Monaten, manchmal noch früher. Warten Sie nicht.
on_paper = Das tut uns leid. Haben Sie die Kündigung auf Papier bekommen, mit Unterschrift?
    .yes = Ja, auf Papier
    .no = Nein, anders
    .retry = Bitte wählen Sie Ja oder Nein.
dismissal_date = Wann haben Sie das Papier bekommen? Schreiben Sie das Datum, zum Beispiel 24.12.2026.
    .retry = Das habe ich nicht als Datum erkannt. Bitte noch einmal, zum Beispiel 24.12.2026. Wenn Sie es nicht wissen, schreiben Sie einfach „weiß nicht“. Ein Mensch hilft Ihnen dann.
future = Dieses Datum liegt in der Zukunft. Wir brauchen den Tag, an dem Sie das Papier bekommen haben.
clock = Sie haben die Kündigung am { $dismissal_date } bekommen. Von diesem Tag an haben Sie **drei Wochen** Zeit für eine Klage beim Arbeitsgericht. Das geht auch ohne Anwalt, in der Rechtsantragstelle.

    Melden Sie sich außerdem in den nächsten drei Tagen bei der Agentur für Arbeit als arbeitsuchend.
clock_general = Nach einer Kündigung sind die Fristen kurz. Sammeln Sie alle Papiere und unterschreiben Sie nichts. Melden Sie sich gleich bei der Agentur für Arbeit. Ein Mensch soll das schnell mit Ihnen ansehen.
not_on_paper = Eine Kündigung gilt nur auf Papier und mit Unterschrift. Am Telefon oder im Chat ist sie nicht gültig. Sagen Sie dem Betrieb, dass Sie weiterarbeiten möchten.

    Warten Sie trotzdem nicht: Nach einer Kündigung auf Papier gibt es nur drei Wochen Zeit für eine Klage.
late = Die drei Wochen für eine Klage sind vorbei. Manchmal gibt es noch einen Weg. Oft geht es auch noch um Lohn, Urlaub oder ein Zeugnis. Ein Mensch soll das mit Ihnen ansehen.
unpaid = Lohn für geleistete Arbeit muss bezahlt werden. Auf den Mindestlohn kann niemand verzichten.

    Verlangen Sie den Lohn schriftlich, mit Monat und Summe. Oft sagt der Vertrag: Nach drei Monaten ist es zu spät. Manchmal ist die Zeit noch kürzer. Schreiben Sie Ihre Stunden auf.
unpaid_general = Lohn für geleistete Arbeit muss bezahlt werden. Verlangen Sie ihn bald und schriftlich. Schreiben Sie Ihre Stunden auf. Heben Sie alle Nachrichten auf.
months_unpaid = Wie viele Monate Lohn fehlen? Schreiben Sie eine Zahl. Weniger als ein Monat ist 0.
    .retry = Bitte schreiben Sie nur eine Zahl, zum Beispiel 1.
unpaid_long = { $months_unpaid ->
        [one] Es fehlt ein Monat Lohn. Ein Mensch soll das schnell mit Ihnen ansehen.
       *[other] Es fehlen { $months_unpaid } Monate Lohn. Das ist viel. Ein Mensch soll das schnell mit Ihnen ansehen.
    }

    Faire Integration berät kostenlos zu Ihren Rechten bei der Arbeit: https://www.faire-integration.de
unpaid_short = Ein Mensch kann mit Ihnen den Brief an den Betrieb schreiben.

    Faire Integration berät kostenlos zu Ihren Rechten bei der Arbeit: https://www.faire-integration.de
discrimination = Niemand darf Sie bei der Arbeit wegen Herkunft, Religion, Geschlecht, Alter oder Behinderung schlechter behandeln. Schreiben Sie auf, was passiert ist: Tag, Ort, Zeugen.

    Geld verlangen muss man meist in zwei Monaten. Die Antidiskriminierungsstelle berät kostenlos: https://www.antidiskriminierungsstelle.de
discrimination_general = Niemand darf Sie bei der Arbeit wegen Herkunft, Religion oder Geschlecht schlechter behandeln. Die Fristen sind kurz. Holen Sie sich bald Rat: https://www.antidiskriminierungsstelle.de
jobcenter = Mit diesem Papier ist meist das **Jobcenter** zuständig: für Geld zum Leben und für Hilfe bei der Arbeitssuche. Das Geld heißt seit Juli 2026 „Grundsicherungsgeld“, vorher „Bürgergeld“. Das Amt entscheidet.
ukraine = Mit § 24 ist meist das Jobcenter zuständig.
social_office = Mit diesem Papier sind meist zwei Ämter zuständig:
    - Das **Sozialamt** für Geld, Wohnen und Arzt. Das Gesetz heißt AsylbLG.
    - Die **Agentur für Arbeit** für Hilfe bei der Arbeitssuche und Ausbildung.

    Nach längerer Zeit in Deutschland ändern sich manche Regeln.
office_unclear = Bei diesem Papier können wir nicht sicher sagen, welches Amt zuständig ist. Es kann das Jobcenter sein, die Agentur für Arbeit oder das Sozialamt. Stellen Sie den Antrag bei einem Amt. Es muss Ihnen sagen, wer zuständig ist.
benefits = Gibt es ein Problem mit dem Amt?
    .fine = Nein, alles gut
    .no_money = Kein Geld für Essen
    .decision = Brief ist falsch
    .unclear = Amt ist unklar
    .retry = Bitte wählen Sie eine Antwort.
decision = Gegen einen Brief mit einer Entscheidung (Bescheid) kann man Widerspruch einlegen: meist **einen Monat** lang, schriftlich. Was genau gilt, steht am Ende des Briefes. Ein Mensch kann dabei helfen.
decision_general = Gegen einen Brief mit einer Entscheidung (Bescheid) kann man sich wehren. Wie lange, steht am Ende des Briefes. Ein Mensch kann dabei helfen.
more = Was möchten Sie als Nächstes?
    .topic = Anderes Thema
    .advice = Beratungsstellen zeigen
    .human = Beratung fragen
    .menu = Alle Themen zeigen
    .retry = Bitte wählen Sie eine Antwort.
advice = Diese Stellen können bei Fragen zur Arbeit helfen:
no_advice = Wir haben gerade keine geprüften Adressen. Ein Mensch kann Ihnen eine Stelle nennen.
