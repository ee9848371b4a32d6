language = Welcome! Which language would you like?

    In welcher Sprache möchten Sie schreiben?

    ما اللغة التي تريدها؟
    .retry = Please choose a language. You can also write its number.

        Bitte wählen Sie eine Sprache. Sie können auch die Nummer schreiben.

        يُرجى اختيار لغة. يمكنك أيضًا كتابة رقمها.
notice = Hello! I am Lotse, a computer program. I inform refugees about work, vocational training and school. It is free. Human counsellors can answer you too.

    This is **not an emergency service**. If a life is in danger: 112. Police: 110. Violence against women: 116016. Someone to talk to: 0800 1110111.
data = You do not need to give a name. We store your answers so that we can help you. A person gets them only if you say yes.

    Please send photos only when we ask for one. “My data” shows everything, “delete” deletes everything, “stop” ends everything.
