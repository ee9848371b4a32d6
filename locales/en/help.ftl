help = Do you need help quickly? If a life is in danger: 112. Police: 110. Violence against women: 116016. Someone to talk to: 0800 1110111.

    What would you like?
    .danger = I am in danger
    .human = Talk with a person
    .how = How it works
    .topics = See the topics
    .retry = Please choose an answer. In danger: 112 or 110.
how = This is how it works: tap an answer or write its number. These words always work:
    - “human”: write with the counsellors
    - “menu”: all topics
    - “back”: one question back
    - “language”: another language
    - “my data”, “delete”, “stop”

    I only inform. Offices and courts decide about your rights.
