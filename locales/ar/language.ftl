language = بأي لغة تريد المتابعة؟

    In welcher Sprache möchten Sie weitermachen?

    Which language would you like?
    .retry = يُرجى اختيار لغة. يمكنك أيضًا كتابة رقمها.

        Bitte wählen Sie eine Sprache. Sie können auch die Nummer schreiben.

        Please choose a language. You can also write its number.
