"""Codes for the form of a file: what can be read at all, and what may stand where."""

from diaspora_kg.catalogue.entries import entry

ENTRIES = (
    entry(
        "DKG100",
        "an input cannot be read",
        """The file or folder is not there, may not be read, is empty, holds nothing but comments,
        or is not the text it should be. Case files are UTF-8 or UTF-16; a table may also be in the
        Turkish letters of Windows. Nothing of the file has been read; the other files have.""",
        "case",
        "# a file of nothing but comments\n",
        "id: ytb\ntype: DiasporaInstitution\nlabel:\n"
        "  en: Presidency for Turks Abroad and Related Communities\n"
        "  tr: Yurtdışı Türkler ve Akraba Topluluklar Başkanlığı\n",
    ),
    entry(
        "DKG101",
        "the file is not well-formed YAML",
        """Usual causes: a text that holds ': ' or begins with a sign and has no quotation marks; a
        tab in place of spaces; a line that is indented otherwise than the one above; a bracket
        or quotation mark that is never closed; an invisible character copied out of a PDF. A
        file holds one case: '---' stands at its top or nowhere.""",
        "case",
        "id: ytb\ntype: DiasporaInstitution\nlabel: {en: Presidency for Turks Abroad, tr: YTB}\n"
        "description: {en: purpose: what it is for}\n",
        "id: ytb\ntype: DiasporaInstitution\nlabel: {en: Presidency for Turks Abroad, tr: YTB}\n"
        'description: {en: "purpose: what it is for"}\n',
    ),
    entry(
        "DKG102",
        "a key or a column stands twice",
        """Of two values under one key a program would silently keep the last. Here neither is
        read, and the line of the second is shown with the line of the first. In a table the same
        holds for columns, and for two columns of one row such as 'value' and 'value.en'.""",
        "claim",
        "property: administrativeParent\nobject: prime-ministry-tr\nobject: TR\n",
        "property: administrativeParent\nobject: prime-ministry-tr\n",
    ),
    entry(
        "DKG103",
        "a key or a column is not known",
        """Case files have a fixed set of keys, so that a slip of the pen does not lose what it
        holds. The hint names the key that was probably meant, or all that may stand there.""",
        "claim",
        "property: administrativeParent\nobject: prime-ministry-tr\npolarty: affirmed\n",
        "property: administrativeParent\nobject: prime-ministry-tr\npolarity: affirmed\n",
    ),
    entry(
        "DKG109",
        "a text has no language",
        """Quotes, labels and other texts stand under the code of their language (BCP 47): en, tr,
        ar, ur, uz. A quote keeps the language of its source, and may have translations beside it.
        In a table the language belongs to the name of the column: 'quote.tr'.""",
        "claim",
        "property: administrativeParent\nobject: prime-ministry-tr\n"
        "evidence:\n  source: yurtnac2012\n  locator: section 2, summary\n"
        "  quote: is established as a public institution under the Prime Ministry\n",
        "property: administrativeParent\nobject: prime-ministry-tr\n"
        "evidence:\n  source: yurtnac2012\n  locator: section 2, summary\n"
        "  quote: {en: is established as a public institution under the Prime Ministry}\n",
    ),
    entry(
        "DKG110",
        "something that must be there is missing",
        """A case needs an id, a claim a property and an object or a value, a link of an
        attribution a source or an agent. The message says what is missing and where.""",
        "claim",
        "object: prime-ministry-tr\n",
        "property: administrativeParent\nobject: prime-ministry-tr\n",
    ),
    entry(
        "DKG111",
        "a value has the wrong form",
        """A list or a mapping stands where one value is expected, a value where a mapping is
        expected, a key has no value, or a name holds letters that an address may not hold: ids
        and keys become part of addresses that others cite, so they are lower-case letters a to
        z, digits and hyphens.""",
        "claim",
        "id: Başbakanlık 2010\nproperty: administrativeParent\nobject: prime-ministry-tr\n",
        "id: prime-ministry-2010\nproperty: administrativeParent\nobject: prime-ministry-tr\n",
    ),
    entry(
        "DKG113",
        "the file nests or expands without bound",
        """Anchors ('&x') and aliases ('*x') can make a small file grow to millions of entries, or
        hold itself. Such a file is refused before it grows. A passage that several claims share
        is named once under 'passages:' and needs no anchor.""",
        "case",
        "id: &a [*a]\n",
        "id: ytb\ntype: DiasporaInstitution\nlabel: {en: Presidency for Turks Abroad, tr: YTB}\n",
    ),
    entry(
        "DKG125",
        "a bibliography or one of its entries cannot be read",
        """An entry lacks a brace, a comma or a key, or the file is no BibTeX or CSL-JSON. The
        message gives the line at which the entry begins; all other entries are read.""",
        "bibliography",
        "@report{yurtnac2012\n  title = {Turkey's New Horizon},\n  author = {Yurtnaç, Kemal},\n"
        "  date = {2012-10},\n}\n",
        "@report{yurtnac2012,\n  title = {Turkey's New Horizon},\n  author = {Yurtnaç, Kemal},\n"
        "  date = {2012-10},\n}\n",
    ),
    entry(
        "DKG126",
        "the letters of a file had to be guessed",
        """The file is not in UTF-8, so its letters were read as those of Windows: Turkish
        (windows-1254) for a table, western European (windows-1252) for a bibliography. Look
        whether names come out right; saved as 'CSV UTF-8' or UTF-8 the file leaves no doubt. This
        is a warning.""",
        "command",
        "iconv -f utf-8 -t windows-1254 claims.csv > ytb.csv && diaspora-kg validate ytb.csv",
        "iconv -f windows-1254 -t utf-8 ytb.csv > utf8.csv && diaspora-kg validate utf8.csv",
    ),
    entry(
        "DKG127",
        "this is no language code",
        """Texts stand under codes such as en, tr, ar, ur, uz, fa or zh-Hant. Inside braces a text
        that holds a comma must stand between quotation marks: without them YAML ends the text at
        the comma and takes what follows for another key.""",
        "case",
        "id: ytb\ntype: DiasporaInstitution\n"
        "label: {english: Presidency for Turks Abroad and Related Communities}\n",
        "id: ytb\ntype: DiasporaInstitution\nlabel: {en: Presidency for Turks Abroad, tr: YTB}\n",
    ),
    entry(
        "DKG128",
        "a table cannot be taken apart",
        """A cell stands under no column, a row has more cells than the table has columns, or a
        quotation mark is never closed. A text that holds the separator, a line break or a
        quotation mark stands between quotation marks, and a quotation mark in it stands twice.""",
        "table",
        "property,object,passage,memo\n"
        "administrativeParent,prime-ministry-tr,under,said once, in 2012\n",
        "property,object,passage,memo\n"
        'administrativeParent,prime-ministry-tr,under,"said once, in 2012"\n',
    ),
    entry(
        "DKG132",
        "a row repeats a claim but says something else of it",
        """In a table a second row with the same id adds a passage to the claim above it. What else
        it says must be the same, or its cells empty: otherwise one of the two would be lost.""",
        "table",
        "id,property,object,confidence,passage\n"
        "parent,administrativeParent,prime-ministry-tr,0.9,under\n"
        "parent,administrativeParent,prime-ministry-tr,0.5,again\n",
        "id,property,object,confidence,passage\n"
        "parent,administrativeParent,prime-ministry-tr,0.9,under\n"
        "parent,,,,again\n",
    ),
    entry(
        "DKG133",
        "a file of the folder was left out",
        """The folder holds a workbook that is no .xlsx or has no sheet of a case, a JSON file that
        is no bibliography, or RDF. It was not read. A workbook of another program is read after it
        is saved as .xlsx, or its sheets as 'CSV UTF-8'. A graph is made of cases and tables; RDF is
        checked by 'diaspora-kg validate FILE.ttl'. This is a warning, or for information.""",
        "command",
        "diaspora-kg validate my-cases    # holds ytb.ods",
        "diaspora-kg validate my-cases    # holds ytb.xlsx",
    ),
    entry(
        "DKG135",
        "an invisible mark turns the direction of a text",
        """Unicode has marks that embed, isolate or override a direction of writing. They come along
        with text that is copied from web pages and office programs, and make a reader see other
        words than stand there: a name that looks right is not found. Arabic and Urdu need none of
        them. This is a warning.""",
        "case",
        "id: ytb\ntype: DiasporaInstitution\n"
        "label: {en: \u202eYTB\u202c Presidency for Turks Abroad, tr: YTB}\n",
        "id: ytb\ntype: DiasporaInstitution\nlabel: {en: Presidency for Turks Abroad, tr: YTB}\n",
    ),
    entry(
        "DKG136",
        "a cell of a workbook has no value",
        """The cell shows an error such as #REF!, or holds a formula that no program has computed
        yet. What it should say is not known, so nothing is read from it.""",
        "command",
        "diaspora-kg validate ytb.xlsx    # a cell of which shows #REF!",
        "diaspora-kg validate ytb.xlsx    # the value itself stands there",
    ),
    entry(
        "DKG137",
        "a sheet of a workbook was left out",
        """The sheets of a case are claims, case, sources, entities and passages. A sheet of another
        name is not read, lest a slip of the pen lose what it holds unnoticed. Sheets of your own
        are hidden, or their names begin with '_'. This is a warning.""",
        "command",
        "diaspora-kg validate ytb.xlsx    # with a sheet 'sorces'",
        "diaspora-kg validate ytb.xlsx    # with a sheet 'sources'",
    ),
    entry(
        "DKG138",
        "the number does not stand in its passage",
        """A figure is checked against the digits of the quote and the translation that it rests on,
        in any script and with any marks of thousands and decimals. Numbers of one or two digits
        are not looked for, since sources write them in words. This is a warning.""",
        "claim",
        "subject: TR\nproperty: hasFigure\nvalue: 4493071\n"
        "indicator: indicator/emigrant-stock\nunit: unit/persons\nperiod: 2019\nflow: stock\n"
        "evidence: {source: yurtnac2012, locator: table 1, quote: {en: 'tur,2019,3493071'}}\n",
        "subject: TR\nproperty: hasFigure\nvalue: 3493071\n"
        "indicator: indicator/emigrant-stock\nunit: unit/persons\nperiod: 2019\nflow: stock\n"
        "evidence: {source: yurtnac2012, locator: table 1, quote: {en: 'tur,2019,3493071'}}\n",
    ),
)
