language = Which language would you like to go on in?

    In welcher Sprache möchten Sie weitermachen?

    ما اللغة التي تريدها؟
    .retry = Please choose a language. You can also write its number.

        Bitte wählen Sie eine Sprache. Sie können auch die Nummer schreiben.

        يُرجى اختيار لغة. يمكنك أيضًا كتابة رقمها.
