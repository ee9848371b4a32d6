still_right = You have already told us your paper: { $residence_status }. Is this still right?
    .yes = Yes, it is
    .no = No, it changed
    .retry = Please choose yes or no.
paper = Which paper do you have? The name is on the front of the paper or of the card.
    .permit = Aufenthaltserlaubnis
    .gestattung = Aufenthaltsgestattung
    .duldung = Duldung
    .fiktion = Fiktionsbescheinigung
    .eu = Passport of EU country
    .other = Another one or none
    .unknown = I don't know
    .retry = Please choose an answer. Or choose “I don't know”.
permit_kind = Which section is on your card? Look at the back, at “Anmerkungen”. There is a sign “§” and a number.
    .ae_25_1_2 = § 25 Abs. 1 or Abs. 2
    .ae_24 = § 24 (Ukraine)
    .ae_25_3 = § 25 Abs. 3
    .ae_25a = § 25a
    .ae_25b = § 25b
    .ae_104c = § 104c
    .ae_16g = § 16g (training)
    .student_16b = § 16b (studies)
    .ae_other = Another section
    .unknown = I can't find it
    .retry = Please choose the section. Or choose “I can't find it”.
duldung_kind = Which Duldung do you have? Look on the paper for the sign “§” and the number.
    .duldung = § 60a or just Duldung
    .duldung_60c = § 60c training
    .duldung_60d = § 60d employment
    .duldung_60b = § 60b identity
    .duldung_60a6 = § 60a Absatz 6
    .unknown = I can't find it
    .retry = Please choose an answer. Or choose “I can't find it”.
safe_countries = In the asylum procedure, other rules for work apply to people from some countries. The law calls these countries “safe countries of origin” (sichere Herkunftsstaaten). That does not mean that your country is safe for you.

    Which countries these are changed in 2026: since 12 June a list of the European Union counts too. Whether your country is one of them must be checked by the immigration office (Ausländerbehörde) or by advisers.
safe_country = Has an office or an adviser told you whether your country is one of them?
    .no = It is not
    .yes = It is one of them
    .unsure = I don't know
    .retry = Please choose an answer. Or choose “I don't know”.
where_to_look = No problem. Look at the card or the paper from the immigration office (Ausländerbehörde):
    - Plastic card, the size of a bank card: mostly an “Aufenthaltserlaubnis”.
    - Paper from the asylum procedure: it says “Aufenthaltsgestattung”.
    - Paper with the word “Duldung”: a Duldung.

    Did you find it?
    .found = Yes, found it
    .not_found = No
    .retry = Please choose yes or no.
