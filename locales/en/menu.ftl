choose = How can we help?

    No emergency service! If a life is in danger: 112. Police: 110. Violence against women: 116016. Someone to talk to: 0800 1110111.

    You can talk to a person at any time: write “human”.
    .target_group = Is WIR right for me?
    .work_permission = Am I allowed to work?
    .training = Training and school
    .find_work = Work and rights
    .letter = Letter from an office
    .human = Talk with a person
    .language = Switch the language
    .my_data = What we store
    .help = How it works
    .retry = Please choose a topic. Or write “human”. In danger: 112 (ambulance), 110 (police).
