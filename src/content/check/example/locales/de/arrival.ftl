ask = Wann sind Sie nach Deutschland gekommen?
