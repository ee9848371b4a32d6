language = Which language would you like to go on in?

    In welcher Sprache möchten Sie weitermachen?

    ما اللغة التي تريدها؟
