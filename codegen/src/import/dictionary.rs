//! The words of pages, by language: heads of columns, headings, types, yes and no, marks in prose.
//!
//! This is the one place to teach the importer a language. All words are folded (`fold`): lower
//! case, no diacritics, one blank at a time. The languages are en, pl, de, fr, es, pt, it, nl, sv and
//! zh, with words of others where pages were seen.

mod heads;

pub(crate) use heads::{HEADS, SECTIONS};

/// What a column of a table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    /// The name of the field, or its path.
    Name,
    /// The name of the thing in a catalogue of values or of errors.
    Code,
    /// The name in messages, beside a longer one.
    Wire,
    /// Number or id of the row, which others refer to.
    Id,
    /// Id of the row of the container.
    Parent,
    /// The whole path, beside a name that is only the last of it.
    Path,
    /// The name of what stands in the field of the row, or of a row above.
    Child,
    /// How many, as numbers.
    Occurs,
    /// How many at least, beside a column of how many at most.
    MinOccurs,
    MaxOccurs,
    /// Yes or no, or a word for it.
    Required,
    Nillable,
    Size,
    /// Digits behind the point, beside a column of all digits.
    Fraction,
    Type,
    /// Element, attribute or group.
    Kind,
    Location,
    /// Whether it is part of the request.
    Input,
    /// Whether it is part of the response.
    Output,
    /// Ranges, formats, allowed values.
    Constraint,
    Default,
    Description,
    Example,
    /// A key of a table of keys and values about the operation.
    Value,
    Action,
    /// Known, and of no use.
    Other,
}

/// What a heading announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Section {
    Request,
    Response,
    Errors,
    ExampleRequest,
    ExampleResponse,
    Example,
    Values,
    Actions,
    HttpHeaders,
    /// Neutral: `Properties`, `Fields`; what stands above it holds.
    Neutral,
}

/// Words that say that something must be there, alone in a cell or as a mark.
#[rustfmt::skip]
pub(crate) const YES: &[&str] = &[
        "yes", "true", "y", "t", "tak", "x", "m", "r", "required", "mandatory", "obligatory",
        "ja", "j", "pflicht", "muss", "erforderlich", "verplicht", "vereist", "oui", "o (oui)",
        "obligatoire", "requis", "si", "s", "sim", "obligatorio", "requerido", "obrigatorio",
        "obbligatorio", "richiesto", "obowiazkowe", "obowiazkowy", "wymagane", "wymagany",
        "wymagana", "obligatorisk", "kravs", "是", "必填", "必选", "必须", "必需", "v", "✓", "✔", "√",
        "true (required)", "1..1", "必須",
];

/// Words that say that something may be left out.
#[rustfmt::skip]
pub(crate) const NO: &[&str] = &[
        "no", "false", "n", "nie", "o", "-", "–", "—", "optional", "opt", "nein", "kann", "nee",
        "optioneel", "non", "facultatif", "optionnel", "opcional", "nao", "facoltativo",
        "opzionale", "opcjonalne", "opcjonalny", "nieobowiazkowe", "nieobowiazkowy",
        "niewymagane", "niewymagany", "nej", "valfri", "frivillig", "valgfri", "否", "可选", "选填",
        "非必填", "任意", "✗", "not required",
];

/// Words that say that it depends.
#[rustfmt::skip]
pub(crate) const CONDITIONAL: &[&str] = &[
        "c", "conditional", "conditionally", "condition", "warunkowo", "warunkowe", "warunkowy",
        "bedingt", "conditionnel", "condicional", "condizionale", "voorwaardelijk", "villkorlig",
        "特殊可选", "条件必填", "条件可选", "depends", "m/o",
];

/// Words for the types of fields, and the descriptor's.
#[rustfmt::skip]
pub(crate) const TYPES: &[(&str, &[&str])] = &[
    ("string", &[
        "string", "str", "text", "texto", "texte", "testo", "tekst", "ciag znakow",
        "zeichenkette", "chaine", "chaine de caracteres", "cadena", "caracter", "stringa",
        "tekenreeks", "strang", "alphanumeric", "alfanumeryczny", "alfanumerico",
        "alphanumerisch", "alphanumerique", "varchar", "nvarchar", "varchar2", "char", "nchar",
        "character", "字符串", "字符", "文本", "文字列", "xs:string", "xsd:string", "an", "ans", "字符型",
        "phone", "e-mail", "literal", "constant", "password", "email", "token", "xs:token", "xsd:token", "xs:normalizedstring", "alpha",
        "alphanum", "sstring", "system.string",
    ]),
    ("int", &[
        "int", "int32", "integer", "entier", "entero", "inteiro", "intero", "calkowita",
        "liczba calkowita", "ganzzahl", "geheel getal", "heltal", "整数", "整型", "xs:int",
        "xsd:int", "integer32", "int4", "system.int32", "整数型", "signed int",
    ]),
    ("integer", &[
        "xs:integer", "xsd:integer", "biginteger", "bigint unsigned",
    ]),
    ("long", &[
        "long", "int64", "bigint", "xs:long", "xsd:long", "长整型", "long int", "long integer",
        "int8", "system.int64",
    ]),
    ("short", &[
        "short", "int16", "smallint", "xs:short", "xsd:short", "system.int16",
    ]),
    ("byte", &[
        "byte", "tinyint", "sbyte", "xs:byte", "xsd:byte",
    ]),
    ("decimal", &[
        "decimal", "decimal number", "money", "currency", "amount", "price", "decimale",
        "dezimal", "dezimalzahl", "kwota", "importe", "montant", "bigdecimal", "numeric(p,s)", "dec",
        "xs:decimal", "xsd:decimal", "金额", "价格", "system.decimal", "小数",
    ]),
    ("double", &[
        "double", "xs:double", "xsd:double", "浮点数", "real", "double precision",
    ]),
    ("float", &[
        "float", "xs:float", "xsd:float", "浮点", "浮点型", "flottant",
    ]),
    ("boolean", &[
        "boolean", "bool", "logiczny", "wahrheitswert", "booleen", "booleano", "booleaans",
        "boolesk", "布尔", "布尔值", "布尔型", "xs:boolean", "xsd:boolean", "true/false", "flag", "bit",
        "system.boolean", "logical",
    ]),
    ("date", &[
        "date", "data", "datum", "fecha", "日期", "xs:date", "xsd:date", "localdate",
    ]),
    ("time", &[
        "time", "xs:time", "xsd:time", "czas", "uhrzeit", "heure", "hora",
    ]),
    ("datetime", &[
        "datetime", "date time", "date-time", "date/time", "timestamp", "xs:datetime",
        "xsd:datetime", "data i czas", "zeitstempel", "datum/uhrzeit", "fecha y hora",
        "data e hora", "dateheure", "calendar", "日期时间", "时间", "system.datetime", "datetime2",
        "datetimeoffset", "iso 8601", "iso8601", "iso 8601 string", "iso date time",
    ]),
    ("guid", &[
        "guid", "uuid", "globally unique identifier",
    ]),
    ("duration", &[
        "duration", "xs:duration", "xsd:duration",
    ]),
    ("base64", &[
        "base64", "base64binary", "base64-binary", "base64 binary", "binary", "byte[]",
        "xs:base64binary", "xsd:base64binary", "bytes", "byte array", "blob", "base64 string",
    ]),
    ("anyURI", &[
        "anyuri", "uri", "url", "xs:anyuri", "xsd:anyuri",
    ]),
    ("object", &[
        "object", "obiekt", "objekt", "objet", "objeto", "oggetto", "kontener", "container",
        "struct", "structure", "struktura", "complex", "complex type", "complextype", "group",
        "grupo", "gruppe", "groupe", "node", "map", "hash", "dictionary", "对象", "结构体", "json",
        "json object", "record", "element", "g",
    ]),
];

/// Words for numbers whose kind is not said; the importer takes the widest and marks it.
#[rustfmt::skip]
pub(crate) const NUMBERS: &[&str] = &[
        "number", "numeric", "num", "numero", "numer", "liczba", "zahl", "nombre", "getal",
        "tal", "nummer", "numerico", "numerique", "numerisch", "numeryczny", "数字", "数值", "数值型",
        "数値", "numerycz.", "nummeriek", "numeriek",
];

/// Titles of remarks, which are no headings.
#[rustfmt::skip]
pub(crate) const REMARKS: &[&str] = &[
        "important", "note", "notes", "warning", "caution", "tip", "tips", "info", "attention",
        "hinweis", "hinweise", "achtung", "wichtig", "remarque", "remarques", "importante", "nota",
        "notas", "aviso", "atencion", "atencao", "uwaga", "wazne", "viktigt", "obs", "belangrijk",
        "let op", "opmerking", "attenzione", "avviso", "none", "danger", "注意", "test", "copy",
];

/// Words for lists that do not say of what.
#[rustfmt::skip]
pub(crate) const LISTS: &[&str] = &[
        "list", "lista", "liste", "array", "tablica", "collection", "sequence", "arraylist",
        "arreglo", "matriz", "elenco", "lijst", "数组", "列表", "tableau", "vector", "set",
        "json array", "配列",
];

/// What stands before the type of the items.
#[rustfmt::skip]
pub(crate) const LISTS_OF: &[&str] = &[
        "array of", "list of", "collection of", "sequence of", "set of", "arrays of", "lista",
        "tablica", "liste von", "liste de", "lista de", "lista di", "array von", "tableau de",
        "lijst van", "lista med", "array di", "array de", "vector of",
];

/// What announces values in prose.
#[rustfmt::skip]
pub(crate) const VALUES_MARKS: &[&str] = &[
    "possible values", "allowed values", "valid values", "accepted values", "supported values",
    "permitted values", "available values", "one of the following", "one of", "values are",
    "values:", "value is one of", "enum:", "must be one of", "can be one of", "options are",
    "options:", "allowed:", "either", "mozliwe wartosci", "dozwolone wartosci",
    "dopuszczalne wartosci", "jedna z wartosci", "wartosci:", "przyjmuje wartosci",
    "mogliche werte", "erlaubte werte", "zulassige werte", "gultige werte", "werte:",
    "valeurs possibles", "valeurs autorisees", "liste des valeurs", "valeurs acceptees",
    "valeurs :", "valores posibles", "valores permitidos", "valores:", "valores possiveis",
    "valori possibili", "valori ammessi", "mogelijke waarden", "toegestane waarden",
    "mojliga varden", "tillatna varden", "giltiga varden", "可选值", "取值", "取值范围", "枚举值",
];

/// Labels of facts within prose: `Length: 60`, `présence: Obligatoire`.
#[rustfmt::skip]
pub(crate) const LABELS: &[(Role, &[&str])] = &[
    (Role::Type, &[
        "field type", "sdk object type", "object type", "type", "data type", "datatype", "typ",
        "datentyp", "tipo", "类型", "typ danych", "type de donnees",
    ]),
    (Role::Size, &[
        "length", "character length", "max length", "maximum length", "max. length", "size",
        "size max", "max size", "maxlength", "dlugosc", "lange", "max. lange", "longueur",
        "longitud", "tamanho", "lunghezza", "lengte", "langd", "长度", "maksymalna dlugosc",
    ]),
    (Role::Required, &[
        "required", "mandatory", "status", "presence", "obligation", "wymagane", "pflicht",
        "obligatoire", "obligatorio", "obrigatorio", "obbligatorio", "verplicht", "必填",
        "conditionality", "usage", "optionality",
    ]),
    (Role::Occurs, &[
        "occurrence", "occurs", "occurrences", "cardinality", "multiplicity", "vorkommen",
        "ocorrencia", "ocurrencia", "krotnosc",
    ]),
    (Role::Default, &[
        "default", "default value", "domyslnie", "wartosc domyslna", "standardwert",
        "valeur par defaut", "valor por defecto", "valor padrao", "默认值", "standard",
    ]),
    (Role::Example, &[
        "example", "sample data", "sample", "example value", "przyklad", "beispiel", "exemple",
        "ejemplo", "exemplo", "esempio", "voorbeeld", "exempel", "示例", "e.g.",
    ]),
    (Role::Constraint, &[
        "enum", "format", "possible values", "allowed values", "valid values", "values", "range",
        "pattern", "mozliwe wartosci", "mogliche werte", "valeurs possibles", "valores posibles",
        "valores possiveis", "valori possibili", "mogelijke waarden", "mojliga varden",
        "formato", "可选值",
    ]),
    (Role::Path, &[
        "path", "pfad", "pfad (en)", "pfad (de)", "chemin", "ruta", "caminho", "percorso",
        "sciezka", "xpath",
    ]),
    (Role::Nillable, &[
        "nillable", "nullable",
    ]),
    (Role::Description, &[
        "description", "opis", "beschreibung", "descripcion", "descricao", "descrizione",
        "beskrivning", "omschrijving", "details", "note",
    ]),
    (Role::Location, &[
        "in", "location",
    ]),
    (Role::Other, &[
        "interface version", "version", "since", "besonderheit",
    ]),
];

/// Keys of tables about the operation itself.
#[rustfmt::skip]
pub(crate) const ABOUT: &[(About, &[&str])] = &[
    (About::Operation, &[
        "operation id", "operationid", "function", "operation", "method", "method name", "operation name", "funkcja", "metoda",
        "operacja", "funktion", "methode", "operacion", "funcion", "metodo", "operazione",
        "operacao", "methodenaam",
    ]),
    (About::Service, &[
        "service", "service name", "usluga", "serwis", "dienst", "servicio", "servico",
        "servizio", "tjanst",
    ]),
    (About::Address, &[
        "url", "endpoint", "address", "wsdl", "adres", "adresse", "wsdl url", "service url",
        "uri", "direccion", "endereco", "indirizzo", "adress",
    ]),
    (About::Environment, &[
        "environment", "srodowisko", "umgebung", "environnement", "entorno", "ambiente",
        "omgeving", "miljo",
    ]),
    (About::Description, &[
        "description", "opis", "beschreibung", "descripcion", "descricao", "descrizione",
        "beskrivning",
    ]),
    (About::Action, &[
        "soapaction", "soap action",
    ]),
    (About::Namespace, &[
        "namespace", "target namespace", "przestrzen nazw", "namensraum", "xmlns",
    ]),
    (About::Other, &[
        "notes", "note", "uwagi", "version",
    ]),
];

/// A key of a table about the operation itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    Operation,
    Service,
    Address,
    Environment,
    Description,
    Action,
    Namespace,
    Other,
}

/// Environments, by words in addresses or tables.
#[rustfmt::skip]
pub(crate) const ENVIRONMENTS: &[(&str, &[&str])] = &[
    ("test", &[
        "uat", "test", "sandbox", "staging", "preprod", "demo", "testowe", "integration", "qa",
        "dev",
    ]),
    ("production", &[
        "production", "prod", "live", "produkcja", "produkcyjne", "produktion", "produccion",
        "producao", "produzione", "productie",
    ]),
];

/// Names of fields that hold secrets, without case and separators; whole or at the end.
#[rustfmt::skip]
pub(crate) const SECRETS: &[&str] = &[
    "password", "passwd", "pwd", "secret", "apikey", "accesstoken", "merchantkey", "haslo",
    "passwort", "motdepasse", "contrasena", "senha", "privatekey", "clientsecret", "secretkey",
    "authtoken", "pin", "cvv", "cvc",
];

/// Names of fields that say who calls.
#[rustfmt::skip]
pub(crate) const USERS: &[&str] = &[
    "username", "user", "login", "userid", "uzytkownik", "benutzername", "usuario",
    "utilisateur", "merchantid",
];

/// Words of prose that set fields against each other.
#[rustfmt::skip]
pub(crate) const EXACTLY_ONE: &[&str] = &[
    "but never more than one", "exactly one of", "only one of", "either",
    "one of the following fields", "never both", "but not both", "mutually exclusive",
    "nie wiecej niz jedno", "dokladnie jedno z", "albo", "entweder", "genau eines", "soit",
    "o bien", "exactamente uno", "exatamente um", "esattamente uno", "antingen",
];
/// Words of prose that ask for some of several fields.
#[rustfmt::skip]
pub(crate) const AT_LEAST_ONE: &[&str] = &[
    "at least one of", "one or more of", "co najmniej jedno z", "przynajmniej jedno z",
    "mindestens eines", "au moins un", "al menos uno", "pelo menos um", "almeno uno",
    "ten minste een", "minst ett",
];
/// Words of prose that make a field ask for another.
#[rustfmt::skip]
pub(crate) const REQUIRES: &[&str] = &[
    "must be used in combination with", "in combination with", "must be used together with",
    "only together with", "requires", "required together with", "wymaga podania",
    "tylko razem z", "nur zusammen mit", "nur in kombination mit", "uniquement avec",
    "solo junto con", "apenas em conjunto com", "solo insieme a", "alleen samen met",
    "endast tillsammans med", "only in combination with",
];

/// Debris of pages: controls, menus, labels of expanders.
#[rustfmt::skip]
pub(crate) const DEBRIS: &[&str] = &[
        "close", "xxx", "skip to main content", "results for", "search ai-powered", "copy",
        "expand", "collapse", "show more", "show less", "back to top",
        "this site requires javascript to be enabled.", "print", "edit this page",
        "on this page", "loading...", "try it",
];

/// Whether a line is a control of the page: a menu, a label of an expander, a choice of languages.
pub(crate) fn is_debris(line: &str) -> bool {
    let folded = fold(line);
    let language = |word: &str| {
        word == "lang" || word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    DEBRIS.contains(&folded.as_str())
        || folded.starts_with("lang ") && folded.split(' ').all(language)
}

/// `text` without case and diacritics, one blank at a time, without marks at its end.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank = false;
    for character in text.chars() {
        let is_letter = character.is_ascii_alphanumeric();
        // What has no width, and the mark of a link to a heading.
        if !is_letter && "\u{200b}\u{200c}\u{200d}\u{feff}\u{ad}¶".contains(character) {
            continue;
        }
        if !is_letter && (character.is_whitespace() || "*`_\\".contains(character)) {
            blank = !folded.is_empty();
            continue;
        }
        if std::mem::take(&mut blank) {
            folded.push(' ');
        }
        match is_letter {
            true => folded.push(character.to_ascii_lowercase()),
            false => folded.extend(character.to_lowercase().flat_map(plain)),
        }
    }
    folded.trim_end_matches([':', '?', ' ', '：']).to_owned()
}

/// A letter without its diacritic.
fn plain(character: char) -> impl Iterator<Item = char> {
    const LETTERS: &[(&str, char)] = &[
        ("àáâãäåąăā", 'a'),
        ("çćčĉ", 'c'),
        ("ďđð", 'd'),
        ("èéêëęěēė", 'e'),
        ("ğĝ", 'g'),
        ("ìíîïīı", 'i'),
        ("łĺľ", 'l'),
        ("ñńň", 'n'),
        ("òóôõöøőō", 'o'),
        ("ŕř", 'r'),
        ("śšşŝ", 's'),
        ("ţťț", 't'),
        ("ùúûüůűū", 'u'),
        ("ýÿ", 'y'),
        ("źżž", 'z'),
    ];
    let found = LETTERS
        .iter()
        .find(|(letters, _)| letters.contains(character))
        .map_or(character, |(_, plain)| *plain);
    let (first, second) = match found {
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        other => (other, None),
    };
    std::iter::once(first).chain(second)
}

/// The role of a column with this head.
pub(crate) fn head(text: &str) -> Option<Role> {
    let folded = fold(text);
    find(HEADS, &folded).or_else(|| {
        // `Description (en)`, `Type / notes`: the words before a parenthesis or slash decide.
        let short = folded
            .split(['(', '/', '['])
            .next()
            .unwrap_or_default()
            .trim();
        find(HEADS, short)
    })
}

/// What a heading with this text announces, if it is one of the known.
pub(crate) fn section(text: &str) -> Option<Section> {
    let folded = fold(text);
    let folded = without_number(&folded);
    find(SECTIONS, folded)
}

/// A heading without the number of its section.
pub(crate) fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if rest.len() < text.len() && (rest.starts_with([' ', ')']) || rest.is_empty()) {
        rest.trim_start_matches([' ', ')'])
    } else {
        text
    }
}

/// What `table` has for a folded word.
pub(crate) fn find<T: Copy>(table: &[(T, &[&str])], folded: &str) -> Option<T> {
    table
        .iter()
        .find(|(_, words)| words.contains(&folded))
        .map(|(meaning, _)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_are_folded() {
        let lists: Vec<&str> = [YES, NO, CONDITIONAL, NUMBERS, LISTS, LISTS_OF, DEBRIS].concat();
        let tables = { HEADS.iter().flat_map(|(_, words)| *words) }
            .chain(SECTIONS.iter().flat_map(|(_, words)| *words))
            .chain(TYPES.iter().flat_map(|(_, words)| *words))
            .chain(LABELS.iter().flat_map(|(_, words)| *words))
            .chain(ABOUT.iter().flat_map(|(_, words)| *words));
        for word in tables.chain(&lists) {
            assert_eq!(fold(word), *word);
        }
    }

    #[test]
    fn no_head_has_two_meanings() {
        let mut known: Vec<(&str, Role)> = Vec::new();
        for (role, words) in HEADS {
            for word in *words {
                let other = known.iter().find(|(other, _)| other == word);
                assert_eq!(other, None, "{word} is {role:?}, too");
                known.push((word, *role));
            }
        }
    }
}
