language = In welcher Sprache möchten Sie weitermachen?

    Which language would you like?

    ما اللغة التي تريدها؟
