language = In welcher Sprache möchten Sie weitermachen?

    Which language would you like?

    ما اللغة التي تريدها؟
    .retry = Bitte wählen Sie eine Sprache. Sie können auch die Nummer schreiben.

        Please choose a language. You can also write its number.

        يُرجى اختيار لغة. يمكنك أيضًا كتابة رقمها.
