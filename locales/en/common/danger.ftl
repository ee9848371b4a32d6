kind = If a life is in danger, call 112 at once, the police at 110. Violence against women: 116016. Someone to talk to: 0800 1110111.

    We are also calling a person. What has happened?
    .violence = Violence or threats
    .suicide_crisis = I can't go on
    .deportation = Deportation
    .homeless = No place to sleep today
    .trafficking = Force or exploitation
    .other = Another danger
    .retry = In danger call 112 or 110. Please choose what has happened.
