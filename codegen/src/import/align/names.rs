//! Names that mean the same: in another case, with `No` for `Number`, with a slip.

use crate::spelling::distance;

/// How many kinds of likeness there are; smaller is better.
pub(crate) const RANKS: usize = 4;

/// How alike a documented and a sent name are: 0 equal, 1 but for case, 2 but for short forms and
/// separators, 3 but for a letter or two; `None` if they are not.
pub(crate) fn rank(documented: &str, sent: &str) -> Option<usize> {
    if documented == sent {
        return Some(0);
    }
    if documented.eq_ignore_ascii_case(sent) {
        return Some(1);
    }
    let (a, b) = (plain(documented), plain(sent));
    if a == b {
        return Some(2);
    }
    let length = a.chars().count().min(b.chars().count());
    (length >= 6 && distance(&a, &b) <= 1 + usize::from(length >= 12)).then_some(3)
}

/// The words of a name, in lower case.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for character in name.chars() {
        let separates = !character.is_alphanumeric();
        let begins = character.is_uppercase()
            && before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit());
        if separates {
            before = None;
            continue;
        }
        if begins || before.is_none() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
        before = Some(character);
    }
    words
}

fn plain(name: &str) -> String {
    words(name)
        .into_iter()
        .map(|word| match word.as_str() {
            "number" | "num" | "nr" | "numer" | "nummer" => "no".to_owned(),
            "reference" => "ref".to_owned(),
            "identifier" | "identification" => "id".to_owned(),
            "amount" => "amt".to_owned(),
            "quantity" => "qty".to_owned(),
            "address" => "addr".to_owned(),
            "description" => "desc".to_owned(),
            _ => word,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_of_names() {
        assert_eq!(rank("Total", "Total"), Some(0));
        assert_eq!(rank("total", "Total"), Some(1));
        assert_eq!(rank("InvoiceNumber", "InvoiceNo"), Some(2));
        assert_eq!(rank("order_id", "OrderId"), Some(2));
        assert_eq!(rank("Adresline1", "AddressLine1"), None);
        assert_eq!(rank("Recieved", "Received"), None);
        assert_eq!(rank("Retrieved", "Retreved"), Some(3));
        assert_eq!(rank("City", "Zip"), None);
        assert_eq!(words("emailAddress2"), ["email", "address2"]);
    }
}
