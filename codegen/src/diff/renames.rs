//! Near names: a guess at what something is called now, never more than a hint.

use crate::spelling;

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

/// How far names are from each other; those longer than a hundred letters are as far as can be.
fn distance(one: &str, other: &str) -> usize {
    let (one, other) = (plain(one), plain(other));
    if one.chars().count().max(other.chars().count()) > 100 {
        return usize::MAX / 4;
    }
    spelling::distance(&one, &other)
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
