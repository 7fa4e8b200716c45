#!/usr/bin/env python3
"""Holds the fixtures of the data-binding patterns against two validators that share no code with Castile.

    python3 -m venv VENV && VENV/bin/pip install lxml xmlschema && VENV/bin/python judge.py

Every schema must be one to libxml2 and to xmlschema, every message must be valid by it, and every schema
must show its pattern by libxml2's XPath.
"""

import csv
import pathlib
import sys
import tempfile

import lxml.etree as etree
import xmlschema

HERE = pathlib.Path(__file__).parent
XS = "{http://www.w3.org/2001/XMLSchema}"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
PREFIXES = {"xs": XS[1:-1], "wsdl": WSDL[1:-1]}

# What SOAP 1.1 declares, as far as the fixtures need it.
ENCODING = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:t="http://schemas.xmlsoap.org/soap/encoding/"
    targetNamespace="http://schemas.xmlsoap.org/soap/encoding/">
  <xs:attribute name="arrayType" type="xs:string"/>
  <xs:complexType name="Array">
    <xs:sequence>
      <xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:attribute ref="t:arrayType"/>
    <xs:anyAttribute namespace="##other" processContents="lax"/>
  </xs:complexType>
</xs:schema>"""

# SOAP forbids DTDs; without one no entity is declared.
ENTITIES = """<!DOCTYPE x [<!NOTATION png SYSTEM "image/png">
<!ENTITY logo SYSTEM "logo.png" NDATA png><!ENTITY photo SYSTEM "photo.png" NDATA png>]>
"""

# libxml2 looks for entities where an attribute stands, and nowhere else.
BEYOND_LIBXML2 = {"ENTITYElement", "ENTITIESElement"}


def schemas(case, into):
    """The schemas of a case as files; imports without a location get one. Returns the first file."""
    types = etree.parse(case / "input.wsdl").find(f"{WSDL}types")
    inline = list(types.iterchildren(f"{XS}schema"))
    names = {schema.get("targetNamespace"): f"inline-{at}.xsd" for at, schema in enumerate(inline)}
    (into / "encoding.xsd").write_text(ENCODING)
    names["http://schemas.xmlsoap.org/soap/encoding/"] = "encoding.xsd"
    for path in case.rglob("*.xsd"):
        copy = into / path.relative_to(case)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    for at, schema in enumerate(inline):
        for node in list(schema.iterchildren(f"{XS}import")):
            if node.get("namespace") == XS[1:-1]:
                # Known without being imported.
                schema.remove(node)
            elif node.get("schemaLocation") is None:
                node.set("schemaLocation", names[node.get("namespace")])
        etree.ElementTree(schema).write(into / f"inline-{at}.xsd", encoding="utf-8")
    return into / names["urn:example:echo"]


def content(message):
    """What the body of a message holds, as a document of its own."""
    body = etree.parse(message).getroot()[-1]
    return etree.tostring(body[0], encoding="unicode", with_tail=False)


def shows(case, path):
    texts = [case / "input.wsdl", *case.rglob("*.xsd")]
    for text in texts:
        for schema in etree.parse(text).iter(f"{XS}schema"):
            if schema.get("targetNamespace") != "urn:example:echo":
                found = schema.xpath(path, namespaces=PREFIXES)
                if found:
                    return True
    return False


def main():
    rows = {}
    with open(HERE / "SAMPLES.tsv", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            rows.setdefault((row["set"], row["case"]), []).append(HERE / row["sample"])
    wrong, count = [], 0
    with open(HERE / "MANIFEST.tsv", newline="") as lines:
        cases = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in cases:
        case = HERE / row["set"] / row["case"]
        with tempfile.TemporaryDirectory() as into:
            entry = schemas(case, pathlib.Path(into))
            judges = {}
            try:
                judges["libxml2"] = etree.XMLSchema(etree.parse(entry))
            except etree.XMLSchemaParseError as error:
                wrong.append(f"{row['case']}: libxml2: {error}")
            try:
                judges["xmlschema"] = xmlschema.XMLSchema10(str(entry))
            except xmlschema.XMLSchemaException as error:
                wrong.append(f"{row['case']}: xmlschema: {error}")
            if not shows(case, row["shows"]):
                wrong.append(f"{row['case']}: libxml2 does not find {row['shows']}")
            for message in rows[row["set"], row["case"]]:
                count += 1
                text = content(message)
                document = etree.fromstring(ENTITIES + text).getroottree()
                is_within = row["case"] not in BEYOND_LIBXML2
                if "libxml2" in judges and is_within and not judges["libxml2"].validate(document):
                    wrong.append(f"{message.relative_to(HERE)}: libxml2: {judges['libxml2'].error_log}")
                if "xmlschema" in judges:
                    for error in judges["xmlschema"].iter_errors(text):
                        wrong.append(f"{message.relative_to(HERE)}: xmlschema: {error.reason}")
    print(*wrong, sep="\n")
    print(f"{len(cases)} schemas and {count} messages judged by libxml2 and xmlschema: {len(wrong)} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
