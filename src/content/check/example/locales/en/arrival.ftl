ask = When did you come to Germany?
