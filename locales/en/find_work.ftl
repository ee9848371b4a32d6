topic = What is it about?
    .search = Look for work
    .wages = Wages and minijob
    .contract = Work contract
    .dismissal = I got a dismissal
    .unpaid = Wages do not come
    .discrimination = Discrimination
    .responsible = Which office helps me?
    .human = Talk with a person
    .retry = Please choose a topic. Or write “human”.
search = You can look for work here:
    - Job search of the Federal Employment Agency (Bundesagentur für Arbeit): https://www.arbeitsagentur.de/jobsuche/
    - Your Agentur für Arbeit or your Jobcenter: ask for a talk.
    - People you know, and companies near you.
application = For an application you mostly need a CV (Lebenslauf) and a short letter. Certificates help, but are not always necessary. A short internship can open a door. With a Gestattung or Duldung ask the immigration office (Ausländerbehörde) first.
minimum_wage = The legal minimum wage (Mindestlohn) is now { $fact_minimum_wage } per hour, before tax. It applies to almost everybody, also in a minijob. Nobody can give it up in a contract.

    Other rules apply to vocational training, some internships and some young people.
minijob = In a minijob you earn at most { $fact_minijob_limit } per month. Above that, up to { $fact_midijob_limit }, it is called a midijob. Then you pay a little for social insurance and are better protected.
wages_general = The numbers change every year. We have no checked numbers right now. Ask the counsellors or Faire Integration: https://www.faire-integration.de
contract = Read the contract calmly. You do not have to sign at once. Important are: name of the company, work, place, hours, wage, holidays and end.

    Write down your hours every day. Keep all papers. Give your passport to nobody.
contract_time = The trial period (Probezeit) is at most six months. In that time a dismissal with two weeks' notice is possible.

    Many contracts say: you must ask for missing wages soon, often within three months, sometimes even sooner. Do not wait.
on_paper = We are sorry. Did you get the dismissal (Kündigung) on paper, with a signature?
    .yes = Yes, on paper
    .no = No, another way
    .retry = Please choose yes or no.
dismissal_date = When did you get the paper? Write the date, for example 24.12.2026.
    .retry = I did not recognise a date. Please try once more, for example 24.12.2026. If you do not know it, just write “don't know”. A person will then help you.
future = This date is in the future. We need the day on which you got the paper.
clock = You got the dismissal on { $dismissal_date }. From that day you have **three weeks** to go to the labour court (Arbeitsgericht). You can do this without a lawyer, at its application office (Rechtsantragstelle).

    Also register as looking for work at the Agentur für Arbeit within the next three days.
clock_general = After a dismissal the time limits are short. Collect all papers and sign nothing. Contact the Agentur für Arbeit at once. A person should look at this with you quickly.
not_on_paper = A dismissal (Kündigung) counts only on paper and with a signature. By phone or chat it is not valid. Tell the company that you would like to go on working.

    Do not wait all the same: after a dismissal on paper there are only three weeks to go to court.
late = The three weeks for going to court are over. Sometimes there is still a way. Often it is also about wages, holidays or a reference. A person should look at this with you.
unpaid = Wages for work you have done must be paid. Nobody can give up the minimum wage.

    Ask for the wages in writing, with the month and the sum. The contract often says: after three months it is too late. Sometimes the time is even shorter. Write down your hours.
unpaid_general = Wages for work you have done must be paid. Ask for them soon and in writing. Write down your hours. Keep all messages.
months_unpaid = How many months of wages are missing? Write a number. Less than one month is 0.
    .retry = Please write only a number, for example 1.
unpaid_long = { $months_unpaid ->
        [one] One month of wages is missing. A person should look at this with you quickly.
       *[other] { $months_unpaid } months of wages are missing. That is a lot. A person should look at this with you quickly.
    }

    Faire Integration gives free advice about your rights at work: https://www.faire-integration.de
unpaid_short = A person can write the letter to the company with you.

    Faire Integration gives free advice about your rights at work: https://www.faire-integration.de
discrimination = Nobody may treat you worse at work because of origin, religion, sex, age or disability. Write down what happened: day, place, witnesses.

    A claim for money must mostly be made within two months. The Antidiskriminierungsstelle gives free advice: https://www.antidiskriminierungsstelle.de
discrimination_general = Nobody may treat you worse at work because of origin, religion or sex. The time limits are short. Get advice soon: https://www.antidiskriminierungsstelle.de
jobcenter = With this paper the **Jobcenter** is mostly responsible: for money to live on and for help with finding work. Since July 2026 the money is called “Grundsicherungsgeld”, before that “Bürgergeld”. The office decides.
ukraine = With § 24 the Jobcenter is mostly responsible.
social_office = With this paper two offices are mostly responsible:
    - The **Sozialamt** for money, housing and the doctor. The law is called AsylbLG.
    - The **Agentur für Arbeit** for help with finding work and training.

    After a longer time in Germany some rules change.
office_unclear = With this paper we cannot say for sure which office is responsible. It can be the Jobcenter, the Agentur für Arbeit or the Sozialamt. Hand in the application at one office. It must tell you who is responsible.
benefits = Is there a problem with the office?
    .fine = No, all is well
    .no_money = No money for food
    .decision = Letter is wrong
    .unclear = Office is unclear
    .retry = Please choose an answer.
decision = You can object to a letter with a decision (Bescheid): mostly for **one month**, in writing (Widerspruch). What exactly applies is written at the end of the letter. A person can help with it.
decision_general = You can take action against a letter with a decision (Bescheid). How long is written at the end of the letter. A person can help with it.
more = What would you like next?
    .topic = Another topic
    .advice = Show advice centres
    .human = Ask a counsellor
    .menu = Show all subjects
    .retry = Please choose an answer.
advice = These places can help with questions about work:
no_advice = We have no checked addresses right now. A person can name a place for you.
