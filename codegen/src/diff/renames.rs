//! Near names: a guess at what something is called now, never more than a hint.

/// The name nearest to `name` among others, if one is near enough; a name that differs in case or
/// separators only is the nearest.
pub(super) fn nearest<'a>(name: &str, others: impl Iterator<Item = &'a str>) -> Option<String> {
    let best = { others.map(|other| (distance(name, other), other)) }.min()?;
    let length = name.chars().count().max(best.1.chars().count());
    let (one, other) = (plain(name), plain(best.1));
    let shorter = one.chars().count().min(other.chars().count());
    let common = { one.chars().zip(other.chars()) }.take_while(|(a, b)| a == b);
    // A third of the letters may differ, one name may begin or end with the other, or both begin alike:
    // `InvoiceNo` and `InvoiceNumber`.
    let contains = one.contains(&other) || other.contains(&one);
    let begins_alike = common.count() * 3 >= shorter * 2;
    (best.0 * 3 <= length || shorter >= 4 && (contains || begins_alike)).then(|| best.1.to_owned())
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// How many letters must be put in, left out or replaced; names longer than a hundred letters are far
/// from each other.
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = plain(one).chars().collect();
    let other: Vec<char> = plain(other).chars().collect();
    if one.len().max(other.len()) > 100 {
        return usize::MAX / 4;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, theirs) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != theirs);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn only_near_names_are_hinted_at() {
        let near = |name: &str, others: &[&str]| nearest(name, others.iter().copied());
        assert_eq!(
            near("InvoiceNo", &["InvoiceNumber", "Total"]),
            Some("InvoiceNumber".to_owned())
        );
        assert_eq!(
            near("customer_id", &["CustomerId"]),
            Some("CustomerId".to_owned())
        );
        assert_eq!(near("Total", &["Currency", "Date"]), None);
        assert_eq!(
            near("Street", &["StreetName", "City"]),
            Some("StreetName".to_owned())
        );
        assert_eq!(near("Id", &["Paid"]), None);
    }
}
