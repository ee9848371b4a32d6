"""Called as valid.py SCHEMA FILE: says where an XLIFF file does not fit the schema, and ends with 1 if it does not."""

import sys

from lxml import etree

schema, path = sys.argv[1:]
schema = etree.XMLSchema(etree.parse(schema))
if not schema.validate(etree.parse(path)):
    print(schema.error_log)
    sys.exit(1)
print("valid")
