sender = Who wrote to you? This is mostly at the top of the letter.

    I cannot read the letter. I tell you what such letters are often about. Then a person reads it with you.
    .asylum = BAMF, asylum procedure
    .foreigners = Immigration office
    .benefits = Jobcenter, Sozialamt
    .court = Court or police
    .other = Somebody else
    .unknown = I don't know
    .retry = Please choose who wrote. Or choose “I don't know”.
asylum = Was your asylum application refused? The letter then says “abgelehnt” or “unzulässig”. The envelope is often yellow.
    .refused = Yes
    .not = No
    .unsure = I don't know
    .retry = Please choose Yes, No or “I don't know”.
asylum_letters = The BAMF often writes about an interview, a decision or your address.

    Go to every appointment that is in the letter. Keep the letter and the envelope.
foreigners = The immigration office (Ausländerbehörde) often writes for these reasons:
    - you have an appointment
    - your paper runs out
    - documents are missing
    - it is about work or where you live

    Keep the letter and the envelope.
benefits = The Jobcenter and the Sozialamt often write for these reasons:
    - you have an appointment
    - documents are missing
    - there is a decision about your money

    Is a decision wrong? Then you can object, mostly for one month. Keep the letter and the envelope.
benefits_general = The Jobcenter and the Sozialamt often write for these reasons:
    - you have an appointment
    - documents are missing
    - there is a decision about your money

    Is a decision wrong? The end of the letter says what you can do and for how long. Keep the letter and the envelope.
court = Courts and the police write about an appointment, a decision or a penalty. The time limits are often short.

    The date on a yellow envelope is important. Keep the letter and the envelope.
other = It is often about a bill, the flat or the health insurance.

    Is it a dismissal from your job? Then every day counts. In the menu you find “Work and rights” for that.
unknown = That does not matter. A person looks at it. Keep the letter and the envelope.
deadline = Do you have to do something soon, or do you have an appointment? Look for a date in the letter.
    .soon = Within the next 7 days
    .later = Later
    .none = There is no date
    .unsure = I don't know
    .retry = Please choose an answer. Or choose “I don't know”.
photo = Would you like to send a photo of the letter, or a PDF file? It also works without.

    I do not look at the photo. Only a counsellor sees it, and only if you agree. Take photos of all pages. Cover what nobody should see.
    .retry = Only a photo or a PDF file fits here. Or choose the button below.
message = What would you like to know? Write it in a few sentences. Any language is fine.
    .retry = Please write a few words. Or write “no comment”.
place = Would you like to tell us your postcode? Then we find help near you. It also works without.
    .give = Yes, type it
    .skip = Go on without
    .retry = Please choose: type the postcode or go on without.
postcode = What is your postcode? It has five digits.
    .retry = That is not a postcode. Please write five digits once more. If you do not know it, just write “don't know”. Then we go on.
