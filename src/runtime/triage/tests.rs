//! What the judge says before, while and after it learns.
