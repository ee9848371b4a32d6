safety = WIR helps refugees on the way to work, vocational training or school. It is free. We ask a few short questions to see if the programme fits you.

    First: does one of these apply to you **now**?
    .none = No, none of these
    .danger = I am in danger
    .rejected = Asylum just refused
    .hearing = Interview in 7 days
    .retry = Please choose an answer. In danger: 112 or 110.
age = How old are you?
    .under_15 = Under 15
    .from_15 = 15 to 17
    .from_18 = 18 to 26
    .from_27 = 27 or older
    .retry = Please choose your age.
guardian = Is your mother, your father or a legal guardian (Vormund) here in Germany with you?
    .parents = Mother or father
    .guardian = A legal guardian
    .alone = No, I am alone
    .retry = Please choose an answer.
too_young = The WIR programme starts at the age of 15. There is other help for you:
    - Your school: ask there for the school social work (Schulsozialarbeit).
    - Youth migration service (Jugendmigrationsdienst, JMD): free, for young people from 12 to 26: https://www.jugendmigrationsdienste.de
came_for_protection = Did you come to Germany because you needed protection?
    .yes = Yes, as a refugee
    .no = No
    .unsure = I am not sure
    .retry = Please choose an answer.
permit_until = Until when is your card valid? Write the date, for example 24.12.2026.
    .retry = I did not recognise a date. Please try once more, for example 24.12.2026. If you do not know it, just write “don't know”. Then we go on.
training_place = Is your training or your job still going on?
    .runs = Yes, all is well
    .problem = There are problems
    .ended = No, it has ended
    .retry = Please choose an answer.
months = How many months have you been in Germany? Write a number. One year is 12. Less than one month is 0.
    .retry = Please write only a number, for example 5.
wording = What does your Duldung say about work? Look for the word “Erwerbstätigkeit” or “Beschäftigung”. It is often near “Nebenbestimmungen”.

    “Erlaubt” means allowed. “Nur mit Erlaubnis” means only with permission. “Nicht gestattet” means not allowed.
    .allowed = Erlaubt
    .with_permission = Nur mit Erlaubnis
    .not_allowed = Nicht gestattet
    .not_found = I can't find anything
    .retry = Please choose what the paper says. Or choose “I can't find anything”.
ban_reason = Has the office told you a reason? Look at the paper or in the letter.
    .none = I know no reason
    .no_1 = § 60a Abs. 6 Nr. 1
    .no_2 = § 60a Abs. 6 Nr. 2
    .no_3 = § 60a Abs. 6 Nr. 3
    .p60b = § 60b identity
    .temporary = Only a waiting time
    .retry = Please choose an answer. Not sure? Then choose “I know no reason”.
in_writing = Is this reason written exactly like this on your paper or in a letter from the office?
    .yes = Yes, exactly
    .no = No or not sure
    .retry = Please choose an answer.
in_free = According to your answers you belong to the target group of WIR. The counsellors check this again with you.
in_card = According to your answers you belong to the target group of WIR. Your card says if and how you can work. The counsellors read it with you.
in_waiting = According to your answers you belong to the target group of WIR. Perhaps you are not allowed to work yet. A waiting period is no obstacle for the programme: you can learn and plan already.
in_permission = According to your answers you belong to the target group of WIR. For a job you mostly need a permission from the immigration office (Ausländerbehörde). That is no obstacle for the programme. The counsellors help with the application.
in_place = According to your answers you belong to the target group of WIR. Your paper depends on your training or job. Please contact us early if there are problems.
in_place_lost = You belong to the target group of WIR. Your paper depends on your training or job. That is why quick advice is important now. If possible, sign nothing until then.
in_104c = According to your answers you belong to the target group of WIR.

    Important: apply for § 25a or § 25b **before** your card under § 104c expires. Only that keeps your stay lawful. A person should look at this with you soon.
in_104c_general = According to your answers you belong to the target group of WIR. Your card under § 104c expires. Do not wait until the last day. A person should look at this with you soon.
open_ban = A program cannot decide this. Some work bans go away again. That is why a person should look at your paper with you. You are not excluded.
open_60b = Your paper says § 60b. With it, work is not allowed at the moment. That can change when your identity has been clarified. A person should look at this with you. You are not excluded.
open_safe = For people from “safe countries of origin”, work is mostly forbidden during the asylum procedure. WIR can still be there for you. Perhaps school is possible. A person should look at this with you.
open_fiktion = A Fiktionsbescheinigung often means: your old permit goes on. What exactly applies is on the paper, for example “§ 81 Abs. 4”. A person should read it with you.
open_unclear = We do not know yet which rules apply to you. That is not a problem. A person should look at your paper with you. You are not excluded.
not_in_ban = Unfortunately the WIR programme is not for people with this work ban (§ 60a Abs. 6 Nr. 1 or Nr. 3). This does not mean that there is no help.
legal_advice = Have the ban checked by legal advice. Good places are:
    - a lawyer for immigration law
    - the refugee council (Flüchtlingsrat) in your federal state
    - migration advice (MBE), mostly from 27, or the youth migration service (JMD), mostly up to 26
not_in_eu = WIR is for refugees. With a passport from the EU you have other rights and other help:
    - Questions about work and wages: Faire Mobilität, free: https://www.faire-mobilitaet.de
    - All other questions: migration advice (MBE), mostly from 27, or youth migration service (JMD), mostly up to 26.
not_in_other = WIR is for refugees. With your paper there is other free help:
    - Migration advice (MBE), mostly from 27, or youth migration service (JMD), mostly up to 26
    - Questions about work and wages: Faire Integration: https://www.faire-integration.de
    - For students: the advice office at your university
not_in_general = The WIR programme is probably not the right one for you. But there is other free advice. A person will gladly name the right place.
minor = You are not 18 yet. To take part in WIR, your mother, your father or your legal guardian must agree. The counsellors help with that. You may also ask questions alone.
impairment = This question is voluntary. Do you have a disability or an illness? Or does what you have been through weigh on you heavily? Then we help you earlier.

    We only remember “priority”, not the illness. You can take that back at any time. May we store “priority”?
    .yes = Yes, priority please
    .no = No, not needed
    .skip = No answer
    .retry = Please choose an answer.
postcode = What is your postcode? With it we find a project near you.
    .retry = That is not a postcode. Please write five digits. If you do not want to, write “without”. Then we go on.
wish = What would you like to do?
    .work = Find work
    .training = Do vocational training
    .school = Get school certificate
    .language = Learn German
    .unsure = I don't know yet
    .retry = Please choose an answer.
in_local = There is a WIR project near you. People work there who can advise you.
in_online = We found no project for your place. The WIR online team is there for all of Germany and writes with you.
contact = Would you like the counsellors to get in touch with you?
    .yes = Yes, contact me
    .info = Information first
    .no = Not now
    .retry = Please choose an answer.
bye = All right. You can come back at any time. With “menu” you see all topics, with “human” you reach the counsellors.
