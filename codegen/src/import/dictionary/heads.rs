//! Heads of columns, and headings.

use super::{Role, Section};

/// Heads of columns.
#[rustfmt::skip]
pub(crate) const HEADS: &[(Role, &[&str])] = &[
    (Role::Name, &[
        "field", "field name", "fieldname", "name", "parameter", "parameter name", "property",
        "property name", "element", "element name", "attribute", "attribute name", "variable",
        "variable name", "key", "argument", "tag name", "input parameter", "param", "member",
        "column", "item", "query parameter", "request parameter", "response parameter",
        "path parameter", "data element", "message item", "field id", "request field", "sciezka",
        "nazwa", "nazwa pola", "pole", "nazwa parametru", "parametr", "element danych",
        "atrybut", "wlasciwosc", "znacznik", "nazwa elementu", "feldname", "feld",
        "parametername", "eigenschaft", "feldbezeichnung", "bezeichner", "schlussel", "champ",
        "nom", "nom du champ", "parametre", "propriete", "nom du parametre", "cle", "nom champ",
        "campo", "nombre", "parametro", "propiedad", "nombre del campo", "elemento", "atributo",
        "etiqueta", "nombre del parametro", "clave", "propriedade", "nome", "nome do campo",
        "chave", "nome do parametro", "proprieta", "nome campo", "nome parametro", "chiave",
        "veld", "veldnaam", "naam", "eigenschap", "parameternaam", "sleutel", "falt", "faltnamn",
        "namn", "egenskap", "attribut", "felt", "feltnavn", "navn", "nyckel", "参数", "参数名",
        "参数名称", "字段", "字段名", "字段名称", "名称", "属性", "元素", "变量名", "パラメータ", "項目名",
    ]),
    (Role::Wire, &[
        "tag", "xml tag", "xml element", "json key", "json field", "xml-element", "nazwa w json",
        "balise", "wire name", "xml name", "json name",
    ]),
    (Role::Code, &[
        "fault code", "error code", "code", "status code", "error", "result code", "return code",
        "response code", "errorcode", "faultcode", "fault", "reason code", "error id", "kod",
        "kod bledu", "fehlercode", "fehler", "fehlernummer", "code erreur", "code d'erreur",
        "code d’erreur", "code retour", "codigo", "codigo de error", "codigo de erro",
        "codigo do erro", "codice", "codice errore", "codice di errore", "foutcode", "felkod",
        "feilkode", "错误码", "错误代码", "返回码", "状态码", "代码",
    ]),
    (Role::Id, &[
        "id", "#", "no", "no.", "nr", "nr.", "lp", "lp.", "lfd. nr.", "numero", "seq", "index",
        "序号", "编号",
    ]),
    (Role::Parent, &[
        "parent", "parent id", "pai", "rodzic", "eltern", "padre", "parent element", "id pai",
        "ubergeordnet",
    ]),
    (Role::Path, &[
        "path", "xpath", "json path", "xml path", "full path", "pfad", "pfad (en)", "pfad (de)",
        "chemin", "ruta", "caminho", "percorso", "pad", "sokvag", "路径",
    ]),
    (Role::Occurs, &[
        "occurs", "min occurs", "minoccurs", "occurrence", "occurrences", "cardinality",
        "multiplicity", "mult", "mult.", "occ", "occ.", "min/max occurs", "repeat", "repetition",
        "ocorrencia", "ocurrencia", "ocurrencias", "kardinalitat", "vorkommen", "haufigkeit",
        "anzahl", "occurrenza", "cardinalite", "cardinalidad", "cardinalidade", "krotnosc", "wystapienia",
        "liczba wystapien", "licznosc", "aantal", "antal", "出现次数",
    ]),
    (Role::Required, &[
        "required", "mandatory", "mandatory/optional", "m/o", "o/m", "req", "req.", "optional",
        "optionality", "presence", "mdt", "condition", "conditionality", "obligation", "usage",
        "status", "used by: required (r) or optional (o)", "required/optional",
        "required or optional", "is required", "m/o/c", "r/o", "wymagane", "wymagany",
        "wymagalnosc", "obowiazkowe", "obowiazkowy", "warunkowosc", "czy wymagane", "wymagana",
        "obligatoryjnosc", "pflicht", "pflichtfeld", "erforderlich", "verpflichtend",
        "muss/kann", "muss", "obligatoire", "requis", "obligatoire/facultatif", "obligatorio",
        "requerido", "obligatoriedad", "obrigatorio", "obrigatoriedade", "obbligatorio",
        "obbligatorieta", "richiesto", "oblig.", "obrig.", "verplicht", "vereist",
        "obligatorisk", "kravs", "pakrevd", "是否必填", "必填", "必选", "是否必选", "是否必须", "必须", "必需",
        "是否必需", "必須",
    ]),
    (Role::Nillable, &[
        "nillable", "nullable", "nil", "null", "allow null", "is nullable", "null allowed", "可空",
        "是否可空",
    ]),
    (Role::Size, &[
        "max", "max length", "max. length", "maxlength", "length", "size", "len", "max len",
        "maximum length", "max size", "lenght", "dlugosc", "maks. dlugosc", "max. dlugosc",
        "rozmiar", "maksymalna dlugosc", "max lange", "max. lange", "lange", "maximallange",
        "stellen", "grosse", "longueur", "taille", "longueur max", "taille max", "longitud",
        "tamano", "longitud maxima", "tamanho", "comprimento", "tamanho maximo", "lunghezza",
        "lunghezza massima", "lengte", "maximale lengte", "langd", "max langd", "maxlangd",
        "最大长度", "长度", "最大长度(字符)", "桁数",
    ]),
    (Role::Fraction, &[
        "dezimalstellen", "decimals", "decimal places", "dec", "dec.", "decimales",
        "nachkommastellen", "fraction digits", "casas decimais", "miejsca dziesietne",
        "decimalen", "decimaler", "小数位", "小数位数", "decimali",
    ]),
    (Role::Type, &[
        "type", "data type", "datatype", "field type", "value type", "xml type", "xsd type",
        "data type & length", "type/length", "typ", "typ danych", "typ/dlugosc", "datentyp",
        "feldtyp", "type de donnees", "tipo", "tipo de dato", "tipo de datos", "tipo de dado",
        "tipo dato", "tipo di dato", "gegevenstype", "datatyp", "type de donnee", "类型", "数据类型",
        "参数类型", "字段类型", "型", "typ pola", "type / format",
    ]),
    (Role::Kind, &[
        "ele", "element kind", "node type", "e/a", "art",
    ]),
    (Role::Location, &[
        "in", "location", "parameter type", "param type", "passed in", "located in", "send in",
        "polozenie", "ort", "ubicacion", "localizacao", "位置", "placement",
    ]),
    (Role::Input, &[
        "input", "request", "eingabe", "entree", "entrada", "wejscie", "ingresso", "invoer",
        "输入",
    ]),
    (Role::Output, &[
        "output", "response", "resp", "ausgabe", "sortie", "salida", "saida", "wyjscie",
        "odpowiedz", "uscita", "uitvoer", "输出",
    ]),
    (Role::Constraint, &[
        "values", "allowed values", "possible values", "valid values", "accepted values",
        "validation", "constraint", "constraints", "restrictions", "format",
        "additional information", "range", "enum", "wartosci", "dozwolone wartosci",
        "mozliwe wartosci", "ograniczenia", "werte", "wertebereich", "mogliche werte",
        "erlaubte werte", "valeurs", "valeurs possibles", "valores", "valores posibles",
        "valores possiveis", "formato", "valori", "valori possibili", "waarden",
        "mogelijke waarden", "varden", "tillatna varden", "mojliga varden", "取值范围", "可选值", "格式",
        "取值",
    ]),
    (Role::Default, &[
        "default", "default value", "domyslnie", "wartosc domyslna", "standard", "standardwert",
        "valeur par defaut", "defaut", "por defecto", "valor por defecto", "padrao",
        "valor padrao", "predefinito", "standaard", "standardvarde", "默认值", "缺省值",
    ]),
    (Role::Description, &[
        "description", "details", "detail", "meaning", "comment", "comments", "remarks",
        "remark", "notes", "note", "explanation", "definition", "comments / mdt",
        "field description", "usage notes", "documentation", "info", "information", "purpose",
        "content", "description / comments", "message", "text", "opis", "znaczenie", "uwagi",
        "komentarz", "objasnienie", "beschreibung", "bedeutung", "bemerkung", "bemerkungen",
        "belegung", "erlauterung", "kommentar", "inhalt", "anmerkung", "besonderheit", "libelle",
        "signification", "commentaire", "commentaires", "remarque", "descripcion", "significado",
        "comentario", "comentarios", "observaciones", "detalle", "descricao", "observacao",
        "observacoes", "descrizione", "significato", "note descrittive", "commento",
        "omschrijving", "beschrijving", "betekenis", "opmerking", "toelichting", "beskrivning",
        "betydelse", "forklaring", "beskrivelse", "anmarkning", "描述", "说明", "备注", "含义", "参数说明",
        "字段说明", "説明",
    ]),
    (Role::Example, &[
        "example", "sample", "example value", "sample value", "sample data", "przyklad",
        "przykladowa wartosc", "beispiel", "exemple", "ejemplo", "exemplo", "esempio",
        "voorbeeld", "exempel", "eksempel", "示例值", "示例", "例", "示例数据", "样例",
    ]),
    (Role::Value, &[
        "value", "wartosc", "wert", "valeur", "valor", "valore", "waarde", "varde", "值",
    ]),
    (Role::Action, &[
        "soapaction", "soap action", "action",
    ]),
    (Role::Other, &[
        "version", "ver", "ver.", "since", "wersja", "interface version", "validation rule",
        "reference", "level", "lvl", "sdk object type",
    ]),
];

/// Headings, whole ones after `fold`; a word of each may also stand within a longer heading.
#[rustfmt::skip]
pub(crate) const SECTIONS: &[(Section, &[&str])] = &[
    (Section::ExampleRequest, &[
        "request example", "example request", "sample request", "request sample", "b2c request",
        "b2b request", "przyklad zadania", "przykladowe zadanie", "beispielanfrage",
        "exemple de requete", "ejemplo de peticion", "ejemplo de solicitud",
        "exemplo de requisicao", "esempio di richiesta", "voorbeeldverzoek", "exempelanrop",
        "请求示例",
    ]),
    (Section::ExampleResponse, &[
        "response example", "example response", "sample response", "response sample",
        "b2c response", "b2b response", "przyklad odpowiedzi", "przykladowa odpowiedz",
        "beispielantwort", "exemple de reponse", "ejemplo de respuesta", "exemplo de resposta",
        "esempio di risposta", "voorbeeldantwoord", "exempelsvar", "响应示例", "返回示例",
    ]),
    (Section::Example, &[
        "example", "examples", "example requests", "example requests and responses",
        "example calls", "sample", "samples", "przyklad", "przyklady", "beispiel", "beispiele",
        "exemple", "exemples", "ejemplo", "ejemplos", "exemplo", "exemplos", "esempio", "esempi",
        "voorbeeld", "voorbeelden", "exempel", "示例",
    ]),
    (Section::Errors, &[
        "error codes", "error code", "fault codes", "errors", "faults", "error messages",
        "error handling", "result codes", "return codes", "response codes", "kody bledow",
        "bledy", "fehlercodes", "fehler", "fehlermeldungen", "codes d'erreur", "codes erreur",
        "codes retour", "erreurs", "codigos de error", "errores", "codigos de erro", "erros",
        "codici di errore", "codici errore", "errori", "foutcodes", "fouten", "felkoder",
        "feilkoder", "错误码", "错误代码", "返回码",
    ]),
    (Section::Actions, &[
        "soap actions", "soapactions", "soap action", "soapaction",
    ]),
    (Section::HttpHeaders, &[
        "headers", "http headers", "request headers", "header parameters", "naglowki",
        "naglowki http", "http-header", "en-tetes", "cabeceras", "cabecalhos", "intestazioni",
        "请求头",
    ]),
    (Section::Request, &[
        "request parameters", "request information", "request", "parameters", "input parameters",
        "input", "request body", "body parameters", "request fields", "payload", "arguments",
        "query parameters", "path parameters", "body", "request message", "input message",
        "request elements", "request content", "call", "query", "form parameters",
        "uri parameters", "body content", "komunikaty wysylane", "zadanie", "parametry",
        "parametry wejsciowe", "parametry zadania", "wejscie", "dane wejsciowe", "anfrage",
        "anfrageparameter", "eingabe", "eingabeparameter", "parameter", "requete", "parametres",
        "parametres d'entree", "parametres de la requete", "entree", "peticion", "solicitud",
        "parametros", "parametros de entrada", "parametros de la peticion", "entrada",
        "requisicao", "parametros da requisicao", "richiesta", "parametri", "parametri di input",
        "verzoek", "aanvraag", "invoer", "anrop", "begaran", "inparametrar", "parametrar",
        "请求参数", "请求", "输入参数", "业务请求参数", "公共请求参数",
    ]),
    (Section::Response, &[
        "response parameters", "response information", "response", "output parameters", "output",
        "response body", "response fields", "result", "returns", "return value", "return values",
        "responses", "response message", "output message", "response elements",
        "response content", "reply", "answer", "komunikaty odbierane", "odpowiedz",
        "parametry odpowiedzi", "parametry wyjsciowe", "wyjscie", "dane wyjsciowe", "antwort",
        "ruckgabe", "ruckgabewert", "ausgabe", "antwortparameter", "reponse",
        "parametres de sortie", "parametres de la reponse", "retour", "sortie", "respuesta",
        "parametros de salida", "parametros de respuesta", "salida", "resposta",
        "parametros da resposta", "retorno", "saida", "risposta", "parametri di output",
        "antwoord", "uitvoer", "svar", "utparametrar", "响应参数", "返回参数", "响应", "返回结果", "公共响应参数",
    ]),
    (Section::Values, &[
        "values", "possible values", "allowed values", "enumeration", "enumeration values",
        "wartosci", "dozwolone wartosci", "mogliche werte", "werte", "valeurs possibles",
        "liste des valeurs", "valores posibles", "valores possiveis", "valori possibili",
        "mogelijke waarden", "mojliga varden", "可选值",
    ]),
    (Section::Neutral, &[
        "properties", "fields", "attributes", "elements", "members", "pola", "felder", "champs",
        "campos", "campi", "velden", "falt", "字段", "参数说明", "details", "description",
        "resource description", "overview",
    ]),
];
