topic = What is it about?
    .apprenticeship = Training in a company
    .school = School certificate
    .recognition = Recognise certificates
    .language = German course
    .money = Money while learning
    .problem = I want to give up
    .human = Talk with a person
    .retry = Please choose a topic. Or write “human”.
apprenticeship = A vocational training (Ausbildung) mostly takes two to three and a half years. You learn in a company and at a vocational school (Berufsschule). You get a contract and money every month.

    At the start there is a trial period: at least one month, at most four months.
apprenticeship_help = There is help for the start:
    - Einstiegsqualifizierung (EQ): a long, paid internship in a company. The employment agency does not have to agree to it.
    - Assistierte Ausbildung (AsA flex): tutoring and support, also during the training.

    Ask the career guidance (Berufsberatung) of the Agentur für Arbeit.
apprenticeship_paper = With a Gestattung or Duldung you mostly need a permission from the immigration office (Ausländerbehörde) for the training. The Federal Employment Agency (Bundesagentur für Arbeit) does not have to agree to a vocational training.
school = Adults can get a school certificate too: for example at an adult education centre (Volkshochschule, VHS) or an evening school (Abendschule). Young people can often go to a vocational school. The rules are different in each federal state.
orientation = You do not know yet which job suits you? BOFplus lets immigrants try out jobs. The programme runs until the end of 2027. Ask the career guidance (Berufsberatung) or our counsellors if it exists near you.
recognition = Do you have a certificate or a profession from another country? You can have it checked if it is recognised here. Start here, in many languages: https://www.anerkennung-in-deutschland.de

    The IQ network gives free advice. It is worth asking even without all papers.
recognition_cost = A check by a chamber mostly costs { $fact_recognition_cost_from } to { $fact_recognition_cost_to }. The assessment by the ZAB costs { $fact_recognition_zab }.

    There is a subsidy. Important: ask for it **before** you hand in the application.
recognition_cost_general = The check costs money. How much is different from case to case. Sometimes an office pays a part. Ask about that **before** you hand in the application.
integration_course = Since 9 February 2026 it is harder to get into integration courses. At the moment there are no new admissions with a Gestattung, an Ermessensduldung, § 24 or § 25 Abs. 5. The same is true for people from the EU. If you already have an admission, you keep it. This can change in 2027: ask again then.

    Ask the adult education centre (Volkshochschule) about other courses. Many are cheap or free.
job_language = There are also German courses for work (DeuFöV). They are possible with an Ermessensduldung. With another Duldung they are possible after six months: then you must have work or a vocational training, or be registered as looking for one. Ask the Agentur für Arbeit or the Jobcenter.
bab = In a vocational training with low pay there is the Berufsausbildungsbeihilfe (BAB). You cannot get it with a Gestattung. With a Duldung it is possible after 15 months in Germany. Apply at the Agentur für Arbeit.
bafoeg = For school and studies there is BAföG:
    - § 25 Abs. 1 or 2: possible at once
    - § 24: possible since June 2022
    - § 25 Abs. 3 and Duldung: after 15 months in Germany

    The office for training grants (Amt für Ausbildungsförderung) decides.
problem = It is good that you say this. Many people find a way to go on. Please do not quit and do not sign anything before you have had advice.

    Does your paper say § 60c, § 60d or § 16g?
    .yes = Yes
    .no = No
    .unsure = I don't know
    .retry = Please choose an answer.
dropout = Your stay may depend on this place. That is why quick advice is important. A person should look at this with you soon.
dropout_soon = Often a talk, tutoring or a change of company helps. A counsellor can think about it with you.
general = We cannot say anything certain about this right now. The rules change. Ask the Agentur für Arbeit or our counsellors.
more = What would you like next?
    .topic = Another topic
    .human = Ask a counsellor
    .menu = Show all subjects
    .retry = Please choose an answer.
