safety = WIR hilft Geflüchteten kostenlos auf dem Weg in Arbeit, Ausbildung oder Schule. Wir fragen kurz, ob das Programm zu Ihnen passt.

    Zuerst: Trifft etwas davon **jetzt** auf Sie zu?
    .none = Nein, nichts davon
    .danger = Ich bin in Gefahr
    .rejected = Asyl gerade abgelehnt
    .hearing = Anhörung in 7 Tagen
    .retry = Bitte wählen Sie eine Antwort. Bei Gefahr: 112 oder 110.
age = Wie alt sind Sie?
    .under_15 = Unter 15
    .from_15 = 15 bis 17
    .from_18 = 18 bis 26
    .from_27 = 27 oder älter
    .retry = Bitte wählen Sie Ihr Alter.
guardian = Ist Ihre Mutter, Ihr Vater oder ein Vormund hier in Deutschland bei Ihnen?
    .parents = Mutter oder Vater
    .guardian = Ein Vormund
    .alone = Nein, ich bin allein
    .retry = Bitte wählen Sie eine Antwort.
too_young = Das Programm WIR beginnt mit 15 Jahren. Für Sie gibt es andere Hilfe:
    - Ihre Schule: Fragen Sie dort nach der Schulsozialarbeit.
    - Jugendmigrationsdienst (JMD): kostenlos, für junge Menschen von 12 bis 26: https://www.jugendmigrationsdienste.de
came_for_protection = Sind Sie nach Deutschland gekommen, weil Sie Schutz brauchten?
    .yes = Ja, als Flüchtling
    .no = Nein
    .unsure = Ich bin nicht sicher
    .retry = Bitte wählen Sie eine Antwort.
permit_until = Bis wann gilt Ihre Karte? Schreiben Sie das Datum, zum Beispiel 24.12.2026.
    .retry = Das habe ich nicht als Datum erkannt. Bitte noch einmal, zum Beispiel 24.12.2026. Wenn Sie es nicht wissen, schreiben Sie einfach „weiß nicht“. Wir machen dann weiter.
training_place = Läuft Ihre Ausbildung oder Ihre Arbeit noch?
    .runs = Ja, alles gut
    .problem = Es gibt Probleme
    .ended = Nein, zu Ende
    .retry = Bitte wählen Sie eine Antwort.
months = Wie viele Monate sind Sie schon in Deutschland? Schreiben Sie eine Zahl. Ein Jahr sind 12. Weniger als ein Monat ist 0.
    .retry = Bitte schreiben Sie nur eine Zahl, zum Beispiel 5.
wording = Was steht auf Ihrer Duldung zur Arbeit? Suchen Sie das Wort „Erwerbstätigkeit“ oder „Beschäftigung“. Es steht oft bei „Nebenbestimmungen“.
    .allowed = Erlaubt
    .with_permission = Nur mit Erlaubnis
    .not_allowed = Nicht gestattet
    .not_found = Ich finde nichts
    .retry = Bitte wählen Sie, was auf dem Papier steht. Oder wählen Sie „Ich finde nichts“.
ban_reason = Hat die Behörde Ihnen einen Grund genannt? Schauen Sie auf das Papier oder in den Brief.
    .none = Ich kenne keinen Grund
    .no_1 = § 60a Abs. 6 Nr. 1
    .no_2 = § 60a Abs. 6 Nr. 2
    .no_3 = § 60a Abs. 6 Nr. 3
    .p60b = § 60b Identität
    .temporary = Nur eine Wartezeit
    .retry = Bitte wählen Sie eine Antwort. Sind Sie unsicher? Dann wählen Sie „Ich kenne keinen Grund“.
in_writing = Steht dieser Grund genau so auf Ihrem Papier oder in einem Brief der Behörde?
    .yes = Ja, genau so
    .no = Nein oder unsicher
    .retry = Bitte wählen Sie eine Antwort.
in_free = Nach Ihren Antworten gehören Sie zur Zielgruppe von WIR. Die Beratung prüft das noch einmal mit Ihnen.
in_card = Nach Ihren Antworten gehören Sie zur Zielgruppe von WIR. Ob und wie Sie arbeiten können, steht auf Ihrer Karte. Die Beratung liest das mit Ihnen.
in_waiting = Nach Ihren Antworten gehören Sie zur Zielgruppe von WIR. Vielleicht dürfen Sie jetzt noch nicht arbeiten. Eine Wartezeit ist für das Programm kein Hindernis: Lernen und planen können Sie schon jetzt.
in_permission = Nach Ihren Antworten gehören Sie zur Zielgruppe von WIR. Für eine Arbeit brauchen Sie meist eine Erlaubnis der Ausländerbehörde. Das ist für das Programm kein Hindernis. Die Beratung hilft beim Antrag.
in_place = Nach Ihren Antworten gehören Sie zur Zielgruppe von WIR. Ihr Papier hängt an Ihrer Ausbildung oder Arbeit. Melden Sie sich bitte früh, wenn es Probleme gibt.
in_place_lost = Sie gehören zur Zielgruppe von WIR. Ihr Papier hängt an Ihrer Ausbildung oder Arbeit. Darum ist jetzt schnelle Beratung wichtig. Unterschreiben Sie bis dahin möglichst nichts.
in_104c = Nach Ihren Antworten gehören Sie zur Zielgruppe von WIR.

    Wichtig: Beantragen Sie § 25a oder § 25b, **bevor** die Karte nach § 104c abläuft. Nur so bleibt Ihr Aufenthalt erlaubt. Ein Mensch soll das bald mit Ihnen ansehen.
in_104c_general = Nach Ihren Antworten gehören Sie zur Zielgruppe von WIR. Ihre Karte nach § 104c läuft ab. Warten Sie nicht bis zum letzten Tag. Ein Mensch soll das bald mit Ihnen ansehen.
open_ban = Das kann ein Programm nicht entscheiden. Manche Arbeitsverbote gehen wieder weg. Darum soll ein Mensch Ihr Papier mit Ihnen ansehen. Sie sind nicht ausgeschlossen.
open_60b = Auf Ihrem Papier steht § 60b. Damit ist Arbeit im Moment nicht erlaubt. Das kann sich ändern, wenn Ihre Identität geklärt ist. Ein Mensch soll das mit Ihnen ansehen. Sie sind nicht ausgeschlossen.
open_safe = Für Menschen aus „sicheren Herkunftsstaaten“ ist Arbeit während des Asylverfahrens meist verboten. Trotzdem kann WIR für Sie da sein. Vielleicht ist Schule möglich. Ein Mensch soll das mit Ihnen ansehen.
open_fiktion = Eine Fiktionsbescheinigung bedeutet oft: Ihr alter Aufenthalt gilt weiter. Was genau gilt, steht auf dem Papier, zum Beispiel „§ 81 Abs. 4“. Ein Mensch soll das mit Ihnen lesen.
open_unclear = Wir wissen noch nicht, welche Regeln für Sie gelten. Das ist nicht schlimm. Ein Mensch soll Ihr Papier mit Ihnen ansehen. Sie sind nicht ausgeschlossen.
not_in_ban = Das Programm WIR ist leider nicht für Menschen mit diesem Arbeitsverbot (§ 60a Abs. 6 Nr. 1 oder Nr. 3). Das heißt nicht, dass es keine Hilfe gibt.
legal_advice = Lassen Sie das Verbot von einer Rechtsberatung prüfen. Gute Stellen sind:
    - eine Anwältin oder ein Anwalt für Ausländerrecht
    - der Flüchtlingsrat in Ihrem Bundesland
    - die Migrationsberatung (MBE), meist ab 27, oder der Jugendmigrationsdienst (JMD), meist bis 26
not_in_eu = WIR ist für Geflüchtete. Mit einem Pass aus der EU haben Sie andere Rechte und andere Hilfe:
    - Fragen zu Arbeit und Lohn: Faire Mobilität, kostenlos: https://www.faire-mobilitaet.de
    - Alle anderen Fragen: Migrationsberatung (MBE), meist ab 27, oder Jugendmigrationsdienst (JMD), meist bis 26.
not_in_other = WIR ist für Geflüchtete. Mit Ihrem Papier gibt es andere kostenlose Hilfe:
    - Migrationsberatung (MBE), meist ab 27, oder Jugendmigrationsdienst (JMD), meist bis 26
    - Fragen zu Arbeit und Lohn: Faire Integration: https://www.faire-integration.de
    - Für Studierende: die Beratung an Ihrer Hochschule
not_in_general = Das Programm WIR ist wohl nicht das richtige für Sie. Es gibt aber andere kostenlose Beratung. Ein Mensch nennt Ihnen gern die passende Stelle.
minor = Sie sind noch nicht 18. Damit Sie bei WIR mitmachen können, muss Ihre Mutter, Ihr Vater oder Ihr Vormund zustimmen. Die Beratung hilft dabei. Fragen dürfen Sie auch allein.
impairment = Diese Frage ist freiwillig. Haben Sie eine Behinderung oder Krankheit? Oder belastet Sie sehr, was Sie erlebt haben? Dann helfen wir Ihnen früher.

    Wir merken uns nur „Vorrang“, nicht die Krankheit. Sie können das jederzeit zurücknehmen. Dürfen wir „Vorrang“ speichern?
    .yes = Ja, bitte Vorrang
    .no = Nein, nicht nötig
    .skip = Keine Antwort
    .retry = Bitte wählen Sie eine Antwort.
postcode = Wie ist Ihre Postleitzahl? So finden wir ein Projekt in Ihrer Nähe.
    .retry = Das ist keine Postleitzahl. Bitte schreiben Sie fünf Ziffern. Wenn Sie nicht möchten, schreiben Sie „ohne“. Wir machen dann weiter.
wish = Was möchten Sie gern machen?
    .work = Arbeit finden
    .training = Ausbildung machen
    .school = Schulabschluss machen
    .language = Deutsch lernen
    .unsure = Das weiß ich noch nicht
    .retry = Bitte wählen Sie eine Antwort.
in_local = In Ihrer Nähe gibt es ein Projekt von WIR. Dort arbeiten Menschen, die Sie beraten.
in_online = Für Ihren Ort haben wir kein Projekt gefunden. Das Online-Team von WIR ist für ganz Deutschland da und schreibt mit Ihnen.
contact = Möchten Sie, dass die Beratung sich bei Ihnen meldet?
    .yes = Ja, bitte melden
    .info = Erst Informationen
    .no = Jetzt nicht
    .retry = Bitte wählen Sie eine Antwort.
bye = In Ordnung. Sie können jederzeit wiederkommen. Mit „Menü“ sehen Sie alle Themen, mit „Mensch“ erreichen Sie die Beratung.
