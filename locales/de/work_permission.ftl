intro = Wir schauen zusammen, was auf Ihrem Papier zur Arbeit steht. Die Ausländerbehörde entscheidet. Wir erklären nur und geben keine Rechtsberatung.
eu = Mit einem Pass aus der EU brauchen Sie meist keine Arbeitserlaubnis. Fragen zu Arbeit und Lohn beantwortet Faire Mobilität, kostenlos: https://www.faire-mobilitaet.de
student = Im Studium ist Arbeit nur begrenzt erlaubt. Wie viel, steht auf Ihrer Karte oder auf dem Zusatzblatt. Die Beratung an Ihrer Hochschule hilft weiter.
fiktion = Bei einer Fiktionsbescheinigung gilt der Satz auf dem Papier. Oft gilt der alte Aufenthalt weiter („§ 81 Abs. 4“). Bei anderen Sätzen ist es schwieriger. Ein Mensch soll das mit Ihnen lesen.
unclear = Ohne das Papier können wir nichts Genaues sagen. Ein Mensch soll das mit Ihnen ansehen. Sie müssen dafür kein Foto schicken.
ukraine = Aufenthaltserlaubnisse nach § 24, die am 1. Februar 2026 gültig waren, gelten ohne Antrag weiter. Sie gelten bis zum 4. März 2027, auch wenn auf der Karte ein früheres Datum steht.

    Haben Sie keine ukrainische Staatsangehörigkeit? Dann gilt das nur in manchen Fällen. Fragen Sie die Ausländerbehörde.
ukraine_general = Ob eine Karte nach § 24 länger gilt, als darauf steht, ändert sich manchmal. Fragen Sie die Ausländerbehörde oder unsere Beratung.
country_unclear = Vielleicht gelten bei Ihrem Land andere Regeln für die Arbeit. Das muss die Ausländerbehörde oder unsere Beratung ansehen. Bis dahin zählt, was auf Ihrem Papier steht. Soll ein Mensch das mit Ihnen ansehen?
    .human = Ja, bitte helfen
    .go_on = Erst weiter
    .retry = Bitte wählen Sie eine Antwort.
until_known = Wissen Sie, bis wann Ihre Karte gilt? Das Datum steht vorn auf der Karte.
    .yes = Ja
    .no = Nein
    .retry = Bitte wählen Sie Ja oder Nein.
permit_until = Bis wann gilt Ihre Karte? Schreiben Sie das Datum, zum Beispiel 24.12.2026.
    .retry = Das habe ich nicht als Datum erkannt. Bitte noch einmal, zum Beispiel 24.12.2026. Wenn Sie es nicht wissen, schreiben Sie einfach „weiß nicht“. Wir machen dann weiter.
expiry_now = Ihre Karte ist abgelaufen oder läuft sehr bald ab. Stellen Sie **heute** den Antrag auf Verlängerung bei der Ausländerbehörde, online oder per Brief. Heben Sie einen Beweis auf. Ein Mensch soll das schnell mit Ihnen ansehen.
chance_104c = Neue Anträge nach § 104c gibt es nicht mehr. Beantragen Sie § 25a oder § 25b, **bevor** Ihre Karte abläuft. Nur so bleibt Ihr Aufenthalt erlaubt. Ein Mensch soll das bald mit Ihnen ansehen.
chance_104c_general = Ihre Karte nach § 104c läuft ab. Warten Sie nicht bis zum letzten Tag. Ein Mensch soll das bald mit Ihnen ansehen.
expiry_soon = Ihre Karte läuft in den nächsten sechs Wochen ab. Beantragen Sie jetzt die Verlängerung bei der Ausländerbehörde. Soll ein Mensch dabei helfen?
    .human = Ja, bitte helfen
    .go_on = Erst weiter
    .retry = Bitte wählen Sie eine Antwort.
expiry_later = Ihre Karte läuft in den nächsten zwölf Wochen ab. Holen Sie sich bald einen Termin bei der Ausländerbehörde. Soll ein Mensch dabei helfen?
    .human = Ja, bitte helfen
    .go_on = Erst weiter
    .retry = Bitte wählen Sie eine Antwort.
expiry_noted = Gut. Denken Sie an den Termin, bevor die Karte abläuft.
wording = Was steht auf Ihrem Papier zur Arbeit? Suchen Sie „Erwerbstätigkeit“ oder „Beschäftigung“: auf der Karte hinten, auf dem Zusatzblatt oder bei „Nebenbestimmungen“.
    .allowed = Erlaubt
    .with_permission = Nur mit Erlaubnis
    .not_allowed = Nicht gestattet
    .not_found = Ich finde nichts
    .retry = Bitte wählen Sie, was auf dem Papier steht. Oder wählen Sie „Ich finde nichts“.
wording_help = Ohne diesen Satz können wir nichts Genaues sagen. Fragen Sie die Ausländerbehörde nach dem Satz zur Arbeit. Lassen Sie ihn sich schriftlich geben.
conflict = Das passt nicht gut zusammen: Der Satz auf Ihrem Papier ist anders, als wir es bei diesem Papier erwarten. Der Satz auf dem Papier gilt zuerst. Ein Mensch soll das mit Ihnen prüfen.
allowed = Auf Ihrem Papier steht: Arbeit ist erlaubt. Zeigen Sie es dem Betrieb, bevor Sie anfangen. Bei Zweifeln entscheidet die Ausländerbehörde.
allowed_free = Auf Ihrem Papier steht: Arbeit ist erlaubt. Mit diesem Papier gilt das für jede Arbeit und jede Ausbildung. Eine extra Erlaubnis ist dafür nicht nötig. Zeigen Sie das Papier dem Betrieb. Bei Zweifeln entscheidet die Ausländerbehörde.
residence_rule = Achten Sie auf den Wohnort: Mit diesem Papier gilt oft eine Wohnsitzregel. Möchten Sie für Arbeit oder Ausbildung umziehen? Fragen Sie vorher die Ausländerbehörde.
place_16g = Auf Ihrem Papier steht § 16g. Es gilt für Ihre Ausbildung. Daneben sind bis zu 20 Stunden Arbeit pro Woche möglich. Endet die Ausbildung zu früh, ist der Aufenthalt in Gefahr.
place_60c = Auf Ihrem Papier steht § 60c. Es gilt für diese eine Ausbildung. Endet sie zu früh, gibt es einmal sechs Monate Zeit für die Suche nach einem neuen Platz. Holen Sie sich dann sofort Rat.
place_60d = Auf Ihrem Papier steht § 60d. Es gilt für Ihre Arbeit. Verlieren Sie die Arbeit, ist die Duldung in Gefahr. Eine kurze Pause ohne Ihre Schuld schadet meist nicht. Holen Sie sich sofort Rat, wenn die Arbeit endet.
place_general = Ihr Papier hängt an Ihrer Ausbildung oder Arbeit. Endet sie, kann sich Ihr Aufenthalt ändern. Holen Sie sich dann sofort Rat.
training_place = Läuft Ihre Ausbildung oder Ihre Arbeit noch?
    .runs = Ja, alles gut
    .problem = Es gibt Probleme
    .ended = Nein, zu Ende
    .retry = Bitte wählen Sie eine Antwort.
ban_safe = Für Menschen aus sicheren Herkunftsstaaten ist Arbeit während des Asylverfahrens meist verboten. Schule und schulische Ausbildung sind manchmal möglich. Ein Mensch soll das mit Ihnen ansehen.
ban_60b = Mit § 60b ist Arbeit nicht erlaubt. Das kann sich ändern: Wenn Sie bei der Klärung Ihrer Identität mitmachen, kann das Verbot wegfallen. Ein Mensch soll das mit Ihnen ansehen.
ban_60a6 = § 60a Abs. 6 nennt drei Gründe für ein Arbeitsverbot. Welcher Grund gilt, muss die Behörde sagen. Manche Gründe können wegfallen. Ein Mensch und eine Rechtsberatung sollen das prüfen.
ban_unclear = Auf Ihrem Papier steht wohl: Arbeit ist im Moment nicht erlaubt. Das kann viele Gründe haben, und manche gehen vorbei. Arbeiten Sie bis dahin nicht. Ein Mensch soll das mit Ihnen ansehen.
reception = Wohnen Sie noch in einer Erstaufnahme oder Aufnahmeeinrichtung?
    .no = Nein
    .yes = Ja
    .unsure = Ich weiß es nicht
    .retry = Bitte wählen Sie eine Antwort.
reception_rule = In einer Aufnahmeeinrichtung muss man auf eine Arbeitserlaubnis warten:
    - Mit Gestattung: drei Monate, nachdem der Asylantrag registriert wurde. Sechs Monate, wenn geprüft wird, ob ein anderes EU-Land zuständig ist (Dublin), oder wenn Sie dort schon Schutz haben.
    - Mit Duldung: sechs Monate, von der Duldung an. Drei Monate, wenn ein gültiger Pass Ihre Identität zeigt.

    Im beschleunigten Asylverfahren gibt es keine Erlaubnis. Auch in anderen Fällen ist ein Nein möglich. Die Ausländerbehörde entscheidet.
reception_general = Für Menschen in einer Aufnahmeeinrichtung sind die Regeln für die Arbeit neu. Wir können dazu gerade nichts Sicheres sagen. Fragen Sie die Ausländerbehörde oder unsere Beratung.
months = Wie viele Monate sind Sie schon in Deutschland? Schreiben Sie eine Zahl. Ein Jahr sind 12. Weniger als ein Monat ist 0.
    .retry = Bitte schreiben Sie nur eine Zahl, zum Beispiel 5.
months_48 = Nach vier Jahren ohne Unterbrechung in Deutschland muss die Bundesagentur für Arbeit nicht mehr zustimmen. Es zählt die Zeit mit Aufenthaltserlaubnis, Gestattung oder Duldung. Die Ausländerbehörde entscheidet dann allein.
months_noted = { $months_in_germany ->
        [one] Sie sind seit einem Monat in Deutschland. Ob eine Wartezeit gilt, sagt die Ausländerbehörde.
       *[other] Sie sind seit { $months_in_germany } Monaten in Deutschland. Ob eine Wartezeit gilt, sagt die Ausländerbehörde.
    }
wait_gestattung = In den ersten drei Monaten mit Gestattung gibt es meist keine Arbeitserlaubnis. Danach soll die Ausländerbehörde sie geben, wenn die Bundesagentur für Arbeit zustimmt. Im beschleunigten Asylverfahren gibt es keine Erlaubnis. Den Antrag können Sie schon vorbereiten.
wait_duldung = Mit einer Duldung gilt für viele Arbeiten eine Wartezeit von drei Monaten. Für eine Ausbildung gilt sie nicht: Eine Erlaubnis ist dafür ab dem ersten Tag möglich.
wait_general = Am Anfang gibt es oft eine Wartezeit. Wie lange sie dauert, hängt von Ihrem Fall ab. Fragen Sie die Ausländerbehörde oder unsere Beratung. Vorbereiten können Sie alles schon jetzt.
how_steps = So bekommt man eine Erlaubnis:
    - Sie finden eine Stelle oder einen Ausbildungsplatz.
    - Der Betrieb füllt die „Erklärung zum Beschäftigungsverhältnis“ aus.
    - Sie geben Ihren Antrag und diese Erklärung bei der Ausländerbehörde ab.
    - Oft prüft die Bundesagentur für Arbeit die Bedingungen.
    - Die Ausländerbehörde entscheidet. Fangen Sie erst danach an.
how_papers = Diese Papiere sind wichtig:
    - Ihr Aufenthaltspapier
    - ein Nachweis Ihrer Identität, wenn Sie einen haben
    - der Entwurf vom Arbeitsvertrag
    - eine Beschreibung der Arbeit mit Stunden und Lohn
how_time = Die Bundesagentur für Arbeit hat zwei Wochen Zeit. Antwortet sie nicht, gilt das als Zustimmung.

    Gegen ein Nein der Ausländerbehörde kann man sich wehren, meist einen Monat lang. Das steht am Ende des Briefes.
how_general = Für eine Erlaubnis stellen Sie einen Antrag bei der Ausländerbehörde. Der Betrieb muss dafür ein Formular ausfüllen. Fragen Sie dort nach dem Ablauf. Unsere Beratung hilft Ihnen.
applied = Haben Sie schon eine Erlaubnis beantragt?
    .not_yet = Noch nicht
    .waiting = Ja, ich warte
    .refused = Ja, abgelehnt
    .retry = Bitte wählen Sie eine Antwort.
waiting = Gut. Eine Antwort dauert oft einige Wochen. Heben Sie alle Briefe und Umschläge auf. Wir können in zwei Wochen fragen, wie es weitergegangen ist.
refused = Schauen Sie auf das Ende vom Brief. Dort steht, wie lange Sie Zeit haben. Heben Sie Brief und Umschlag auf. Ein Mensch soll das schnell mit Ihnen ansehen.
next_topic = Was möchten Sie als Nächstes?
    .find_work = Arbeit und Rechte
    .human = Beratung fragen
    .menu = Alle Themen zeigen
    .retry = Bitte wählen Sie eine Antwort.
