"""A translator's program: opens a file, puts one translation into it, saves it.

Called as edit.py FILE KEY WORDS. Prints how many texts the file has, and what the source of KEY is.
"""

import sys

import polib
from translate.storage import po, xliff2


def edit_po(path, key, words):
    # Two readers, which must agree.
    file = polib.pofile(path)
    assert len(po.pofile.parsefile(path).units) == len(file) + 1, "the head counts as a unit there"
    entry = next(e for e in file if e.msgctxt == key)
    entry.msgstr = words
    if "fuzzy" in entry.flags:
        entry.flags.remove("fuzzy")
    file.save(path)
    return len(file), entry.msgid


def name_of(unit):
    """The name stands on the unit; the library thinks in its segments."""
    unit = unit.xmlelement
    while unit is not None and unit.get("name") is None:
        unit = unit.getparent()
    return unit.get("name") if unit is not None else None


def edit_xliff(path, key, words):
    file = xliff2.Xliff2File.parsefile(path)
    unit = next(u for u in file.units if name_of(u) == key)
    unit.target = words
    with open(path, "wb") as out:
        out.write(bytes(file))
    return len(file.units), unit.source


def main():
    path, key, words = sys.argv[1:]
    edit = edit_po if path.endswith(".po") else edit_xliff
    count, source = edit(path, key, words)
    print(count)
    print(source)


main()
