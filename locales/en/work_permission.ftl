intro = We look together at what your paper says about work. The immigration office (Ausländerbehörde) decides. We only explain and give no legal advice.
eu = With a passport from the EU you mostly need no work permit. Faire Mobilität answers questions about work and wages, free: https://www.faire-mobilitaet.de
student = During studies, work is allowed only within limits. How much is written on your card or on the extra sheet (Zusatzblatt). The advice office at your university helps you.
fiktion = With a Fiktionsbescheinigung, the sentence on the paper counts. Often the old permit goes on (“§ 81 Abs. 4”). With other sentences it is more difficult. A person should read it with you.
unclear = Without the paper we cannot say anything exact. A person should look at it with you. You do not have to send a photo for that.
ukraine = Residence permits under § 24 that were valid on 1 February 2026 go on without an application. They are valid until 4 March 2027, even if the card shows an earlier date.

    Are you not a Ukrainian national? Then this applies only in some cases. Ask the immigration office (Ausländerbehörde).
ukraine_general = Whether a card under § 24 is valid longer than it says changes sometimes. Ask the immigration office (Ausländerbehörde) or our counsellors.
country_unclear = Perhaps other rules for work apply to your country. The immigration office (Ausländerbehörde) or our counsellors must look at that. Until then, what your paper says counts. Shall a person look at it with you?
    .human = Yes, please help
    .go_on = Go on first
    .retry = Please choose an answer.
until_known = Do you know until when your card is valid? The date is on the front of the card.
    .yes = Yes
    .no = No
    .retry = Please choose yes or no.
permit_until = Until when is your card valid? Write the date, for example 24.12.2026.
    .retry = I did not recognise a date. Please try once more, for example 24.12.2026. If you do not know it, just write “don't know”. Then we go on.
expiry_now = Your card has expired or expires very soon. Apply for an extension at the immigration office (Ausländerbehörde) **today**, online or by letter. Keep a proof. A person should look at this with you quickly.
chance_104c = There are no new applications under § 104c any more. Apply for § 25a or § 25b **before** your card expires. Only that keeps your stay lawful. A person should look at this with you soon.
chance_104c_general = Your card under § 104c expires. Do not wait until the last day. A person should look at this with you soon.
expiry_soon = Your card expires within the next six weeks. Apply for the extension at the immigration office (Ausländerbehörde) now. Shall a person help you with it?
    .human = Yes, please help
    .go_on = Go on first
    .retry = Please choose an answer.
expiry_later = Your card expires within the next twelve weeks. Get an appointment at the immigration office (Ausländerbehörde) soon. Shall a person help you with it?
    .human = Yes, please help
    .go_on = Go on first
    .retry = Please choose an answer.
expiry_noted = Good. Remember the appointment before the card expires.
wording = What does your paper say about work? Look for “Erwerbstätigkeit” or “Beschäftigung”: on the back of the card, on the extra sheet (Zusatzblatt) or near “Nebenbestimmungen”.

    “Erlaubt” means allowed. “Nur mit Erlaubnis” means only with permission. “Nicht gestattet” means not allowed.
    .allowed = Erlaubt
    .with_permission = Nur mit Erlaubnis
    .not_allowed = Nicht gestattet
    .not_found = I can't find anything
    .retry = Please choose what the paper says. Or choose “I can't find anything”.
wording_help = Without this sentence we cannot say anything exact. Ask the immigration office (Ausländerbehörde) for the sentence about work. Ask to get it in writing.
conflict = This does not fit together well: the sentence on your paper is not what we expect for this paper. The sentence on the paper comes first. A person should check this with you.
allowed = Your paper says: work is allowed. Show it to the employer before you start. If in doubt, the immigration office (Ausländerbehörde) decides.
allowed_free = Your paper says: work is allowed. With this paper that covers any job and any vocational training. No extra permission is needed for it. Show the paper to the employer. If in doubt, the immigration office (Ausländerbehörde) decides.
residence_rule = Mind your place of residence: with this paper there is often a rule about where you must live. Would you like to move for work or training? Ask the immigration office (Ausländerbehörde) first.
place_16g = Your paper says § 16g. It is for your vocational training. Besides it, up to 20 hours of work per week are possible. If the training ends too early, your stay is at risk.
place_60c = Your paper says § 60c. It is for this one vocational training. If it ends too early, there are six months, once, to look for a new place. Get advice at once then.
place_60d = Your paper says § 60d. It is for your job. If you lose the job, your Duldung is at risk. A short break that is not your fault mostly does no harm. Get advice at once when the job ends.
place_general = Your paper depends on your training or job. If it ends, your residence status can change. Get advice at once then.
training_place = Is your training or your job still going on?
    .runs = Yes, all is well
    .problem = There are problems
    .ended = No, it has ended
    .retry = Please choose an answer.
ban_safe = For people from safe countries of origin, work is mostly forbidden during the asylum procedure. School and school-based training are sometimes possible. A person should look at this with you.
ban_60b = With § 60b, work is not allowed. That can change: if you help to clarify your identity, the ban can end. A person should look at this with you.
ban_60a6 = § 60a Abs. 6 names three reasons for a work ban. The office must say which reason applies. Some reasons can end. A person and legal advice should check this.
ban_unclear = Your paper probably says: work is not allowed at the moment. That can have many reasons, and some of them pass. Do not work until then. A person should look at this with you.
reception = Do you still live in a first reception centre (Erstaufnahme, Aufnahmeeinrichtung)?
    .no = No
    .yes = Yes
    .unsure = I don't know
    .retry = Please choose an answer.
reception_rule = In a reception centre you have to wait for a work permit:
    - With a Gestattung: three months after the asylum application was registered. Six months if it is being checked whether another EU country is responsible (Dublin), or if you already have protection there.
    - With a Duldung: six months, counted from the Duldung. Three months if a valid passport shows your identity.

    In the accelerated asylum procedure there is no permit. In other cases too the answer can be no. The immigration office (Ausländerbehörde) decides.
reception_general = For people in a reception centre the rules about work are new. We cannot say anything certain about them right now. Ask the immigration office (Ausländerbehörde) or our counsellors.
months = How many months have you been in Germany? Write a number. One year is 12. Less than one month is 0.
    .retry = Please write only a number, for example 5.
months_48 = After four years in Germany without interruption the Federal Employment Agency (Bundesagentur für Arbeit) no longer has to agree. Time with a residence permit, a Gestattung or a Duldung counts. The immigration office (Ausländerbehörde) then decides alone.
months_noted = { $months_in_germany ->
        [one] You have been in Germany for one month. The immigration office (Ausländerbehörde) says if there is a waiting period.
       *[other] You have been in Germany for { $months_in_germany } months. The immigration office (Ausländerbehörde) says if there is a waiting period.
    }
wait_gestattung = In the first three months with a Gestattung there is mostly no work permit. After that the immigration office (Ausländerbehörde) is to give it if the Federal Employment Agency (Bundesagentur für Arbeit) agrees. In the accelerated asylum procedure there is no permit. You can already prepare the application.
wait_duldung = With a Duldung there is a waiting period of three months for many jobs. It does not apply to vocational training: a permission for that is possible from the first day.
wait_general = At the beginning there is often a waiting period. How long it is depends on your case. Ask the immigration office (Ausländerbehörde) or our counsellors. You can prepare everything now.
how_steps = This is how you get a permission:
    - You find a job or a training place.
    - The employer fills in the form “Erklärung zum Beschäftigungsverhältnis”.
    - You hand in your application and this form at the immigration office (Ausländerbehörde).
    - Often the Federal Employment Agency (Bundesagentur für Arbeit) checks the conditions.
    - The immigration office decides. Start only after that.
how_papers = These papers are important:
    - your residence paper
    - a proof of your identity, if you have one
    - the draft of the work contract
    - a description of the job with hours and wage
how_time = The Federal Employment Agency (Bundesagentur für Arbeit) has two weeks. If it does not answer, that counts as a yes.

    You can take action against a no from the immigration office (Ausländerbehörde), mostly for one month. It is written at the end of the letter.
how_general = For a permission you apply at the immigration office (Ausländerbehörde). The employer must fill in a form for that. Ask there how it works. Our counsellors help you.
applied = Have you already applied for a permission?
    .not_yet = Not yet
    .waiting = Yes, I am waiting
    .refused = Yes, refused
    .retry = Please choose an answer.
waiting = Good. An answer often takes some weeks. Keep all letters and envelopes. We can ask you in two weeks how it went.
refused = Look at the end of the letter. It says how much time you have. Keep the letter and the envelope. A person should look at this with you quickly.
next_topic = What would you like next?
    .find_work = Work and rights
    .human = Ask a counsellor
    .menu = Show all subjects
    .retry = Please choose an answer.
