language = بأي لغة تريد المتابعة؟

    In welcher Sprache möchten Sie weitermachen?

    Which language would you like?
